"""Telling a seller how a payment ended, until it has answered."""

from uuid import UUID, uuid5

import structlog
from sqlalchemy import ColumnElement, or_

from softfactory.kernel.errors import Problem
from softfactory.kernel.jobs import job
from softfactory.kernel.outside import Steps
from softfactory.services.platform import contract, refunds
from softfactory.services.platform.contract import Released, SettledOrder, Subject, seller_of
from softfactory.services.platform.models.payments import Order, Payment, SellerAnswer
from softfactory.services.platform.timeline import lock, note

log = structlog.get_logger(__name__)


@job(retries=12)
async def tell(steps: Steps, *, payment_id: UUID) -> None:
    """Tell the seller that the money is here, or that the pin is over. Telling twice changes nothing."""
    async with steps.transaction() as session:
        payment = await session.get_one(Payment, payment_id)
        order = await session.get_one(Order, payment.order_id)
    if payment.seller_answer is not None or _no_news(payment):
        return
    answer = await _ask(order, payment)
    undelivered: UUID | None = None
    async with steps.transaction() as session:
        order, payment = await lock(session, payment_id)
        if payment.seller_answer is not None:
            return
        payment.seller_answer = answer
        await note(session, payment.id, f"seller_{answer}")
        left = await refunds.refundable(session, order, payment)
        if answer == "refused" and left:
            undelivered = uuid5(payment.id, "undelivered")
            await refunds.promise(
                session,
                order,
                payment,
                refund_id=undelivered,
                amount=left,
                reason="The seller can no longer deliver what was paid.",
                source="undelivered",
            )
    if undelivered is not None:
        await refunds.send_now(steps, undelivered)


def _no_news(payment: Payment) -> bool:
    """Whether there is nothing to tell yet: unresolved, or the wrong amount is here and nothing was paid by it."""
    return payment.held_in != "escrow" and payment.state not in ("failed", "returned")


def has_news() -> ColumnElement[bool]:
    """The payments whose seller there is something to tell."""
    return or_(Payment.held_in == "escrow", Payment.state.in_(("failed", "returned")))


async def _ask(order: Order, payment: Payment) -> SellerAnswer:
    subject = Subject(kind=order.subject_kind, id=order.subject_id)
    seller = seller_of(order.subject_kind)
    if payment.held_in == "escrow":
        told = SettledOrder(
            subject=subject, order_id=order.id, payment_id=payment.id, amount=payment.captured
        )
        return "accepted" if (await contract.settled(told, service=seller)).accepted else "refused"
    await contract.released(
        Released(subject=subject, order_id=order.id, payment_id=payment.id), service=seller
    )
    return "released"


async def tell_now(steps: Steps, payment_id: UUID) -> None:
    """Try to tell at once. What does not work now, the job does.

    Whatever ails the seller, a bug of its own included, does not change that the payment is settled.
    """
    try:
        await tell(steps, payment_id=payment_id)
    except Exception as error:
        unexpected = None if isinstance(error, Problem) else error
        log.warning(
            "seller_left_to_the_job", payment_id=str(payment_id), error=repr(error), exc_info=unexpected
        )
