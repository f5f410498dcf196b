"""Refunds: promised in the ledger, sent by the provider, recorded. Each step may be repeated.

A promise takes the money out of escrow at once, so that no payout and no second refund can spend it while the
provider is asked. The provider's idempotency key is the refund's id: a lost answer is found by asking again.
"""

import asyncio
from uuid import UUID

import httpx
import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import time
from softfactory.kernel.errors import Problem
from softfactory.kernel.events import publish
from softfactory.kernel.jobs import job
from softfactory.kernel.operations import answers
from softfactory.kernel.outside import Steps
from softfactory.services.platform import contract, ledger, payment_letters, providers
from softfactory.services.platform.errors.payments import (
    AmountInvalid,
    OrderUnpaid,
    PaymentInProgress,
    RefundReused,
    RefundTooLarge,
)
from softfactory.services.platform.models.payments import UNRESOLVED, Order, Payment, Refund, RefundSource
from softfactory.services.platform.providers.base import Cancelled
from softfactory.services.platform.timeline import live_payment, lock, lock_order, note

INLINE_SECONDS = 3.0
"""How long whoever asks for a refund waits for the provider, within the four seconds of an operation."""

log = structlog.get_logger(__name__)


async def refundable(session: AsyncSession, order: Order, payment: Payment) -> int:
    """What can still be given back: not promised yet, and not paid out to the seller yet."""
    left = payment.captured - payment.promised
    if payment.held_in == "escrow":
        left = min(left, await ledger.kept_balance(session, ledger.escrow(order.id)))
    return left


async def promise(
    session: AsyncSession,
    order: Order,
    payment: Payment,
    *,
    refund_id: UUID,
    amount: int,
    reason: str,
    source: RefundSource,
    actor_id: UUID | None = None,
    delay: float = 2.0,
) -> Refund:
    """Set money aside for the payer and ask for its sending. The caller holds both locks (``timeline.lock``).

    ``delay``: seconds until a job sends it, when the caller means to send it at once by itself.
    """
    known = await session.get(Refund, refund_id)
    if known is not None:
        if (known.payment_id, known.amount) != (payment.id, amount):
            raise RefundReused
        return known
    if amount < 1:
        raise AmountInvalid(errors=[{"field": "amount", "code": AmountInvalid.code}])
    left = await refundable(session, order, payment)
    if amount > left:
        raise RefundTooLarge(refundable=left)
    refund = Refund(
        id=refund_id,
        payment_id=payment.id,
        amount=amount,
        reason=reason,
        source=source,
        actor_id=actor_id,
        state="requested",
    )
    session.add(refund)
    payment.promised += amount
    await session.flush()
    moved = {_held(order, payment): -amount, ledger.refunding(order.id): amount}
    await ledger.post(session, "refund_promised", refund.id, moved)
    await note(session, payment.id, "refund_requested", refund_id=refund.id, amount=amount, source=source)
    await send.later(session, delay=delay, unique=refund.id, refund_id=refund.id)
    if source in payment_letters.OF_SOURCE:
        await payment_letters.tell_payer(session, order, source=source, amount=amount)
    return refund


def _held(order: Order, payment: Payment) -> ledger.Account:
    return ledger.escrow(order.id) if payment.held_in == "escrow" else ledger.discrepancy(payment.id)


@job(retries=12)
async def send(steps: Steps, *, refund_id: UUID) -> None:
    """Have the provider give the money back. Running it again asks with the same key, and records once."""
    async with steps.transaction() as session:
        refund = await session.get(Refund, refund_id)
        if refund is None or refund.state != "requested":
            return
        payment = await session.get_one(Payment, refund.payment_id)
    told = await providers.named(payment.provider).cancel(
        payment.id, refund_id=refund.id, amount=refund.amount, reason=refund.reason
    )
    async with steps.transaction() as session:
        await record(session, refund_id, told)


async def send_now(steps: Steps, refund_id: UUID) -> None:
    """Try to send at once. What does not work now, the job does."""
    try:
        async with asyncio.timeout(INLINE_SECONDS):
            await send(steps, refund_id=refund_id)
    except (TimeoutError, httpx.HTTPError, Problem) as error:
        log.info("refund_left_to_the_job", refund_id=str(refund_id), error=repr(error))


async def record(session: AsyncSession, refund_id: UUID, told: Cancelled) -> None:
    """Write what the provider said of a refund, once."""
    payment_id = (await session.get_one(Refund, refund_id)).payment_id
    order, payment = await lock(session, payment_id)
    refund = await session.get_one(Refund, refund_id, populate_existing=True)
    if refund.state != "requested":
        return
    if not told.done:
        await _refused(session, order, payment, refund, told)
        return
    refund.state, refund.provider_reference, refund.done_at = "done", told.reference, await time.now(session)
    payment.refunded += refund.amount
    moved = {ledger.refunding(order.id): -refund.amount, ledger.clearing(payment.provider): refund.amount}
    await ledger.post(session, "refund_sent", refund.id, moved)
    await note(session, payment.id, "refunded", refund_id=refund.id, amount=refund.amount)
    if payment.state == "returned":
        return  # no seller ever had this money: the refund is no news to anyone but the payer
    remaining = payment.captured - payment.refunded
    if remaining == 0:
        _end(order, payment)
    await publish(
        session,
        contract.PaymentRefunded(
            payment_id=payment.id,
            order_id=order.id,
            subject_kind=order.subject_kind,
            subject_id=order.subject_id,
            refund_id=refund.id,
            amount=refund.amount,
            remaining=remaining,
        ),
    )


def _end(order: Order, payment: Payment) -> None:
    """Everything went back. A discrepant payment never paid its order, which can be paid again."""
    if payment.state == "discrepant" and payment.held_in == "discrepancy":
        payment.state, order.state = "returned", "open"
    else:
        order.state = "cancelled"


async def _refused(
    session: AsyncSession, order: Order, payment: Payment, refund: Refund, told: Cancelled
) -> None:
    """The provider will not give it back: the money is where it was, and reconciliation lists it."""
    refund.state, refund.refusal_code = "refused", told.code
    payment.promised -= refund.amount
    moved = {ledger.refunding(order.id): -refund.amount, _held(order, payment): refund.amount}
    await ledger.post(session, "refund_refused", refund.id, moved)
    await note(session, payment.id, "refund_refused", refund_id=refund.id, code=told.code)
    log.error("refund_refused", refund_id=str(refund.id), code=told.code)


@answers(contract.refund)
async def refund(steps: Steps, request: contract.RefundOrder) -> contract.RefundAnswer:
    async with steps.transaction() as session:
        order = await lock_order(session, request.order_id)
        known = await session.get(Refund, request.refund_id)
        payment_id = known.payment_id if known else await _paid(session, order)
        order, payment = await lock(session, payment_id)
        if order.id != request.order_id:
            raise RefundReused
        amount = request.amount
        if request.in_all:
            amount = known.amount if known else request.amount - payment.promised
            if amount <= 0 < request.amount:
                return contract.RefundAnswer(refund_id=request.refund_id, amount=0, state="done")
        await promise(
            session,
            order,
            payment,
            refund_id=request.refund_id,
            amount=amount,
            reason=request.reason,
            source="seller",
        )
    await send_now(steps, request.refund_id)
    async with steps.transaction() as session:
        made = await session.get_one(Refund, request.refund_id)
    return contract.RefundAnswer(refund_id=made.id, amount=made.amount, state=made.state)


async def _paid(session: AsyncSession, order: Order) -> UUID:
    """The payment that holds an order's money."""
    payment = await live_payment(session, order.id)
    if payment is None:
        raise OrderUnpaid
    if payment.state in UNRESOLVED:
        raise PaymentInProgress(payment_id=payment.id)
    return payment.id
