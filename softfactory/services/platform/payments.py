"""Paying an order: pin at the seller, charge at the provider, settle. Every step can be the last one before a crash.

The rows say how far a payment came, so whoever comes next (the same request again, a webhook, the sweep) goes on
from there: pinning twice and charging twice with one key change nothing.
"""

import asyncio
from dataclasses import dataclass
from uuid import UUID, uuid5

import httpx
import structlog
from sqlalchemy import ColumnElement, select, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import errors, time
from softfactory.kernel.auth import Principal, RecentSignInNeeded, RoleMissing
from softfactory.kernel.db import uuid7
from softfactory.kernel.money import won
from softfactory.kernel.outside import Steps
from softfactory.services.platform import audit, contract, orders, people, providers, refunds, sellers
from softfactory.services.platform.errors.payments import (
    AmountMismatch,
    CancelThroughSeller,
    DemoMoney,
    OrderClosed,
    OrderPaid,
    PaymentDeclined,
    PaymentInProgress,
    PaymentKeyUsed,
    PaymentTimedOut,
    RefundTooLarge,
)
from softfactory.services.platform.models.accounts import Person
from softfactory.services.platform.models.payments import UNRESOLVED, Order, Payment, PaymentEvent, Refund
from softfactory.services.platform.providers.base import CONFIRM_SECONDS, ChargeWish
from softfactory.services.platform.schemas.payments import (
    CancelView,
    CancelWish,
    ConfirmWish,
    Line,
    Payer,
    PaymentDetail,
    PaymentStatus,
    PaymentView,
    RefundView,
    TimelineEntry,
    Title,
)
from softfactory.services.platform.settle import fail, look_up, settle, unanswered
from softfactory.services.platform.timeline import live_payment, lock, lock_order, note

GIVEN_UP = ("abandoned", "voided")
"""Codes of payments that failed because nobody was working at them any more, not because of the card."""

log = structlog.get_logger(__name__)


async def confirm(steps: Steps, wish: ConfirmWish, *, payer: Principal) -> PaymentView:
    """Pay an order. The same order and key again go on with the same payment, or tell how it ended."""
    provider = providers.chosen(demo=payer.demo)
    async with steps.transaction() as session:
        order, payment = await _begin(session, wish, payer_id=payer.id, provider=provider.name)
    if payment.state == "pinning":
        await _pin(steps, order, payment)
    async with steps.transaction() as session:
        payment = await _may_charge(session, payment.id)
    if payment.state == "capturing":
        await _charge(steps, payment)
    elif payment.state == "unknown":
        await _look(steps, payment.id)
    await sellers.tell_now(steps, payment.id)
    async with steps.transaction() as session:
        payment = await session.get_one(Payment, payment.id)
    if payment.state == "failed":
        if payment.failure_code in GIVEN_UP:
            raise PaymentTimedOut(payment_id=payment.id)
        raise PaymentDeclined(reason=payment.failure_code, payment_id=payment.id)
    return view(order, payment)


async def _begin(
    session: AsyncSession, wish: ConfirmWish, *, payer_id: UUID, provider: str
) -> tuple[Order, Payment]:
    """The order's live payment with this key, or a new one. Of two at once with different keys, one is refused."""
    order = await session.get(Order, wish.order_id)
    if order is None or order.buyer_id != payer_id:
        raise errors.NotFound
    if wish.amount != order.amount:
        raise AmountMismatch(expected=order.amount, errors=[{"field": "amount", "code": AmountMismatch.code}])
    order = await lock_order(session, order.id)
    live = await live_payment(session, order.id)
    if live is not None:
        if live.payment_key == wish.payment_key and live.provider == provider:
            return order, live
        raise PaymentInProgress(payment_id=live.id) if live.state in UNRESOLVED else OrderPaid
    if order.state == "cancelled":
        raise OrderClosed
    payment: Payment | None = await session.scalar(
        insert(Payment)
        .values(
            id=uuid7(),
            order_id=order.id,
            buyer_id=payer_id,
            provider=provider,
            payment_key=wish.payment_key,
            amount=order.amount,
        )
        .on_conflict_do_nothing()
        .returning(Payment)
    )
    if payment is None:  # the order is locked, so it can only be the provider's key
        raise PaymentKeyUsed
    order.state = "paying"
    await note(session, payment.id, "started", amount=payment.amount)
    return order, payment


async def _pin(steps: Steps, order: Order, payment: Payment) -> None:
    """Have the seller keep the subject for this payment. A refusal ends the payment before any money moves."""
    subject = contract.Subject(kind=order.subject_kind, id=order.subject_id)
    wish = contract.Pin(subject=subject, order_id=order.id, payment_id=payment.id)
    try:
        await contract.pin(wish, service=contract.seller_of(order.subject_kind))
    except errors.Problem as refusal:
        if refusal.status >= 500:
            raise  # unknown whether it is pinned: the same request again, or the sweep, goes on
        async with steps.transaction() as session:
            failed = await fail(session, payment.id, code=refusal.code, only_from="pinning")
        if failed.state == "failed":
            await sellers.tell_now(steps, payment.id)
            raise


async def _may_charge(session: AsyncSession, payment_id: UUID) -> Payment:
    """Move a pinned payment to capturing, unless someone has given it up meanwhile."""
    _, payment = await lock(session, payment_id)
    if payment.state in ("pinning", "capturing"):
        if payment.state == "pinning":
            await note(session, payment.id, "pinned")
        payment.state, payment.asked_at = "capturing", await time.now(session)
    elif payment.state == "failed" and payment.seller_answer is not None:
        # Given up while the seller was being asked: the pin may have come after the release. Release once more.
        payment.seller_answer = None
        await sellers.tell.later(session, unique=payment.id, payment_id=payment.id)
    return payment


async def _charge(steps: Steps, payment: Payment) -> None:
    wish = ChargeWish(payment.id, payment.payment_key, payment.amount)
    try:
        async with asyncio.timeout(CONFIRM_SECONDS):
            charge = await providers.named(payment.provider).confirm(wish)
    except (TimeoutError, httpx.TransportError) as error:
        log.warning("charge_unanswered", payment_id=str(payment.id), error=repr(error))
        async with steps.transaction() as session:
            await unanswered(session, payment.id)
        return
    async with steps.transaction() as session:
        await settle(session, payment.id, charge)


async def _look(steps: Steps, payment_id: UUID) -> None:
    try:
        await look_up(steps, payment_id=payment_id)
    except httpx.TransportError as error:
        log.warning("look_up_unanswered", payment_id=str(payment_id), error=repr(error))


# -- reading ---------------------------------------------------------------------------------------------------------


def status(payment: Payment) -> PaymentStatus:
    if payment.state in ("captured", "returned") and payment.refunded:
        return "refunded" if payment.refunded == payment.captured else "partially_refunded"
    return payment.state


def is_unresolved(payment: PaymentView) -> bool:
    return payment.status in UNRESOLVED


def view(order: Order, payment: Payment) -> PaymentView:
    delivered = {"accepted": True, "refused": False}.get(payment.seller_answer or "")
    return PaymentView(
        id=payment.id,
        order_id=order.id,
        subject_kind=order.subject_kind,
        subject_id=order.subject_id,
        title=Title(ko=order.title_ko, en=order.title_en),
        status=status(payment),
        amount=won(payment.amount),
        captured=won(payment.captured),
        refunded=won(payment.refunded),
        provider=payment.provider,
        failure_code=payment.failure_code,
        delivered=delivered,
        created_at=payment.created_at,
        settled_at=payment.settled_at,
    )


def visible_to(caller: Principal) -> ColumnElement[bool]:
    """Whose payments a caller may see: their own, an operator all."""
    return true() if caller.has("operator", "admin") else Payment.buyer_id == caller.id


async def detail(session: AsyncSession, payment_id: UUID, *, caller: Principal) -> PaymentDetail:
    """A payment with its timeline and refunds; NotFound for one that the caller may not see."""
    payment = await session.scalar(select(Payment).where(Payment.id == payment_id, visible_to(caller)))
    if payment is None:
        raise errors.NotFound
    order = await session.get_one(Order, payment.order_id)
    lines = await session.scalars(
        select(PaymentEvent).where(PaymentEvent.payment_id == payment_id).order_by(PaymentEvent.id)
    )
    made = await session.scalars(
        select(Refund).where(Refund.payment_id == payment_id).order_by(Refund.created_at, Refund.id)
    )
    return PaymentDetail(
        **{**dict(view(order, payment)), "payer": await _payer(session, payment, caller)},
        lines=orders.view(order).lines,
        timeline=[TimelineEntry(at=e.created_at, kind=e.kind, facts=e.facts) for e in lines],
        refunds=[
            RefundView(
                id=r.id,
                amount=won(r.amount),
                status=r.state,
                reason=r.reason,
                source=r.source,
                created_at=r.created_at,
                done_at=r.done_at,
            )
            for r in made
        ],
    )


async def _payer(session: AsyncSession, payment: Payment, caller: Principal) -> Payer | None:
    if not caller.has("operator", "admin"):
        return None
    person = await session.get(Person, payment.buyer_id)
    return Payer(
        id=payment.buyer_id,
        name=person.name if person else None,
        email=people.shown_address(person.email, reader=caller) if person else None,
    )


# -- cancelling ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Canceller:
    """Who gives back, and whether they have proved lately who they are."""

    principal: Principal
    is_recent: bool

    def may(self, *, dry_run: bool) -> None:
        """An operator may ask what would happen; only an admin who is surely there makes it happen."""
        if not self.principal.has("operator", "admin"):
            raise CancelThroughSeller
        if not (self.principal.has("admin") or dry_run):
            raise RoleMissing(roles="admin")
        if not (self.is_recent or dry_run):
            raise RecentSignInNeeded


async def cancel(
    steps: Steps, payment_id: UUID, wish: CancelWish, *, by: Canceller, key: str, dry_run: bool
) -> CancelView:
    """Give back a part or all of a payment, as an admin; ``dry_run`` only tells what would happen."""
    caller = by.principal
    refund_id = uuid5(payment_id, f"{caller.id}:{key}")
    async with steps.transaction() as session:
        found = await session.scalar(select(Payment.id).where(Payment.id == payment_id, visible_to(caller)))
        if found is None:
            raise errors.NotFound
        by.may(dry_run=dry_run)
        order, payment = await lock(session, payment_id)
        if caller.demo and payment.provider != "sandbox":
            raise DemoMoney
        if payment.state in UNRESOLVED:
            raise PaymentInProgress(payment_id=payment.id)
        if (known := await session.get(Refund, refund_id)) is None:
            left = await refunds.refundable(session, order, payment)
            amount = left if wish.amount is None else wish.amount
            if amount > left or left == 0:
                raise RefundTooLarge(refundable=left)
            quoted = _quote(payment, amount)
            if dry_run:
                return quoted
            await refunds.promise(
                session,
                order,
                payment,
                refund_id=refund_id,
                amount=amount,
                reason=wish.reason,
                source="operator",
                actor_id=caller.id,
            )
            await audit.record(
                session,
                act="payment.refunded",
                actor_id=caller.id,
                subject_id=payment.id,
                reason=wish.reason,
                facts={"refund_id": refund_id, "amount": amount, "payer_id": payment.buyer_id},
                about=payment.buyer_id,
            )
        else:
            quoted = _quote(payment, known.amount, before=payment.promised - known.amount)
    await refunds.send_now(steps, refund_id)
    async with steps.transaction() as session:
        made = await session.get_one(Refund, refund_id)
    return quoted.model_copy(update={"refund_id": refund_id, "status": made.state})


def _quote(payment: Payment, amount: int, *, before: int | None = None) -> CancelView:
    promised = payment.promised if before is None else before
    remaining = payment.captured - promised - amount
    lines = [
        ("paid", payment.captured),
        ("refunded_before", -promised),
        ("refund", -amount),
        ("remaining", remaining),
    ]
    return CancelView(
        payment_id=payment.id,
        refund_id=None,
        status="quoted",
        refund=won(amount),
        remaining=won(remaining),
        lines=[Line(label=label, amount=won(value)) for label, value in lines],
    )
