"""Orders: what one buyer pays for one subject, at the price its seller quoted."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import errors
from softfactory.kernel.auth import Principal
from softfactory.kernel.db import uuid7
from softfactory.kernel.money import won
from softfactory.kernel.operations import answers
from softfactory.kernel.outside import Steps
from softfactory.kernel.service import names
from softfactory.services.platform import contract
from softfactory.services.platform.errors.payments import NothingToPay
from softfactory.services.platform.models.payments import Order
from softfactory.services.platform.schemas.payments import Line, OrderView, OrderWish, Title
from softfactory.services.platform.timeline import lock_order


async def place(steps: Steps, wish: OrderWish, *, buyer: Principal) -> OrderView:
    """The order of a subject for the person who may buy it: the live one, or a new one."""
    subject = contract.Subject(kind=wish.subject_kind, id=wish.subject_id)
    async with steps.transaction() as session:
        order = await _live(session, subject)
    if order is None:
        order = await _open(steps, subject, order_id=uuid7(), buyer_id=buyer.id, replacing=False)
    if order.buyer_id != buyer.id:
        raise errors.NotFound
    return view(order)


@answers(contract.open_order)
async def open_order(steps: Steps, request: contract.OpenOrder) -> contract.OrderOpened:
    """The seller's id counts: an open order that the buyer had placed before is closed for it.

    An order of another id that is already being paid is answered as it is.
    """
    subject = contract.Subject(kind=request.subject_kind, id=request.subject_id)
    async with steps.transaction() as session:
        order = await session.get(Order, request.order_id)
    if order is None:
        order = await _open(
            steps, subject, order_id=request.order_id, buyer_id=request.buyer_id, replacing=True
        )
    if order.buyer_id != request.buyer_id or _subject(order) != subject:
        raise errors.NotFound
    return _opened(order)


@answers(contract.close_order)
async def close_order(session: AsyncSession, request: contract.CloseOrder) -> contract.OrderOpened:
    order = await lock_order(session, request.order_id)
    if order.state == "open":
        order.state = "cancelled"
    return _opened(order)


async def _open(
    steps: Steps, subject: contract.Subject, *, order_id: UUID, buyer_id: UUID, replacing: bool
) -> Order:
    """Ask the subject's seller for the price and write the order. To everybody but its buyer it does not exist.

    ``replacing``: an open order of the subject with another id is closed, instead of being the answer.
    """
    seller = contract.seller_of(subject.kind)
    if seller not in names():
        raise errors.NotFound
    quoted = await contract.quote(subject, service=seller)
    if quoted.buyer_id != buyer_id:
        raise errors.NotFound
    if quoted.amount < 1:
        raise NothingToPay
    async with steps.transaction() as session:
        live = await _live(session, subject)
        if live is not None and live.id != order_id:
            live = await lock_order(session, live.id)
            if live.state != "open" or not replacing:
                return live
            live.state = "cancelled"
            await session.flush()
        return await _write(session, subject, quoted, order_id)


async def _live(session: AsyncSession, subject: contract.Subject) -> Order | None:
    return await session.scalar(
        select(Order).where(
            Order.subject_kind == subject.kind, Order.subject_id == subject.id, Order.state != "cancelled"
        )
    )


async def _write(
    session: AsyncSession, subject: contract.Subject, quoted: contract.Quote, order_id: UUID
) -> Order:
    """Insert the order; of two at once for one subject, both get the one that was first."""
    made = await session.scalar(
        insert(Order)
        .values(
            id=order_id,
            buyer_id=quoted.buyer_id,
            space_id=quoted.buyer_id,
            subject_kind=subject.kind,
            subject_id=subject.id,
            amount=quoted.amount,
            title_ko=quoted.title_ko,
            title_en=quoted.title_en,
            lines=[list(line) for line in quoted.lines],
        )
        .on_conflict_do_nothing()
        .returning(Order)
    )
    order = made or await session.get(Order, order_id) or await _live(session, subject)
    if order is None:  # the other one was closed between the two statements
        raise errors.Conflict
    return order


def _subject(order: Order) -> contract.Subject:
    return contract.Subject(kind=order.subject_kind, id=order.subject_id)


def _opened(order: Order) -> contract.OrderOpened:
    return contract.OrderOpened(order_id=order.id, amount=order.amount, state=order.state)


def view(order: Order) -> OrderView:
    return OrderView(
        id=order.id,
        subject_kind=order.subject_kind,
        subject_id=order.subject_id,
        title=Title(ko=order.title_ko, en=order.title_en),
        lines=[Line(label=label, amount=won(amount)) for label, amount in order.lines],
        amount=won(order.amount),
        status=order.state,
        created_at=order.created_at,
    )
