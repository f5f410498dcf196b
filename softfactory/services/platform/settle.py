"""The one place where a payment's outcome is written.

The answer to a confirmation, a webhook and the sweep all bring a provider's word here. It may come several times, in
any order and at once: states only move forward, and each movement of money has one source in the ledger.
"""

from datetime import timedelta
from uuid import UUID, uuid5

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import time
from softfactory.kernel.events import publish
from softfactory.kernel.jobs import job
from softfactory.kernel.outside import Steps
from softfactory.services.platform import contract, ledger, providers, refunds, sellers
from softfactory.services.platform.models.payments import UNRESOLVED, Order, Payment, PaymentState
from softfactory.services.platform.providers.base import Charge
from softfactory.services.platform.timeline import lock, note

QUIET = timedelta(seconds=30)
"""An attempt older than this has no process working at it: the provider is waited for 10 s, an operation 4 s."""
LOOK_AGAIN_SECONDS = 5.0

log = structlog.get_logger(__name__)


async def settle(session: AsyncSession, payment_id: UUID, charge: Charge) -> Payment:
    """Bring a payment to what its provider says, as far as it is not there yet."""
    order, payment = await lock(session, payment_id)
    match charge.state:
        case "captured" if payment.state in UNRESOLVED:
            if charge.amount == payment.amount:
                await _captured(session, order, payment, charge)
            else:
                await _discrepant(session, payment, charge)
        case "captured" if payment.state == "failed":
            await _captured_late(session, order, payment, charge)
        case "captured":
            await _compare(session, payment, charge)
        case "failed" if payment.state in UNRESOLVED:
            await _failed(session, order, payment, charge.code or "refused")
        case "pending" if payment.state == "capturing":
            await _unknown(session, payment, "in_process")
        case _:
            pass
    return payment


async def fail(session: AsyncSession, payment_id: UUID, *, code: str, only_from: PaymentState) -> Payment:
    """Give a payment up while it is still in the given state."""
    order, payment = await lock(session, payment_id)
    if payment.state == only_from:
        await _failed(session, order, payment, code)
    return payment


async def unanswered(session: AsyncSession, payment_id: UUID) -> Payment:
    """The provider was asked, and its answer did not come."""
    _, payment = await lock(session, payment_id)
    if payment.state == "capturing":
        await _unknown(session, payment, "answer_lost")
    return payment


async def _unknown(session: AsyncSession, payment: Payment, why: str) -> None:
    payment.state = "unknown"
    await note(session, payment.id, why)
    await look_up.later(session, delay=LOOK_AGAIN_SECONDS, payment_id=payment.id)


async def _captured(session: AsyncSession, order: Order, payment: Payment, charge: Charge) -> None:
    payment.state, payment.held_in, payment.captured = "captured", "escrow", charge.amount
    payment.provider_reference, payment.settled_at = charge.reference, await time.now(session)
    order.state = "paid"
    await session.flush()
    moved = {ledger.clearing(payment.provider): -charge.amount, ledger.escrow(order.id): charge.amount}
    await ledger.post(session, "payment_captured", payment.id, moved)
    await note(session, payment.id, "captured", amount=charge.amount)
    await publish(
        session,
        contract.PaymentSettled(
            payment_id=payment.id,
            order_id=order.id,
            subject_kind=order.subject_kind,
            subject_id=order.subject_id,
            amount=charge.amount,
        ),
    )
    await sellers.tell.later(session, delay=1, unique=payment.id, payment_id=payment.id)
    await _compare(session, payment, charge)


async def _failed(session: AsyncSession, order: Order, payment: Payment, code: str) -> None:
    payment.state, payment.failure_code, payment.settled_at = "failed", code, await time.now(session)
    if order.state == "paying":
        order.state = "open"
    await note(session, payment.id, "failed", code=code)
    await publish(
        session,
        contract.PaymentFailed(
            payment_id=payment.id,
            order_id=order.id,
            subject_kind=order.subject_kind,
            subject_id=order.subject_id,
            code=code,
        ),
    )
    await sellers.tell.later(session, delay=1, unique=payment.id, payment_id=payment.id)


async def _discrepant(session: AsyncSession, payment: Payment, charge: Charge) -> None:
    """Another amount than was asked for. The order stays as it is until an operator has given the money back."""
    payment.settled_at = await time.now(session)
    payment.state, payment.failure_code = "discrepant", "amount_mismatch"
    await _hold_apart(session, payment, charge)
    await note(session, payment.id, "discrepant", code="amount_mismatch", captured=charge.amount)
    log.error("payment_discrepant", payment_id=str(payment.id), asked=payment.amount, captured=charge.amount)


async def _captured_late(session: AsyncSession, order: Order, payment: Payment, charge: Charge) -> None:
    """Captured after it had been given up: the subject may be someone else's by now. All of it goes back."""
    payment.state = "returned"
    await _hold_apart(session, payment, charge)
    await note(session, payment.id, "captured_late", amount=charge.amount)
    await refunds.promise(
        session,
        order,
        payment,
        refund_id=uuid5(payment.id, "late"),
        amount=charge.amount,
        reason="The charge arrived after the payment had been given up.",
        source="late",
        delay=0,
    )


async def _hold_apart(session: AsyncSession, payment: Payment, charge: Charge) -> None:
    payment.captured, payment.held_in = charge.amount, "discrepancy"
    payment.provider_reference = charge.reference
    await session.flush()
    moved = {
        ledger.clearing(payment.provider): -charge.amount,
        ledger.discrepancy(payment.id): charge.amount,
    }
    await ledger.post(session, "payment_captured", payment.id, moved)


async def _compare(session: AsyncSession, payment: Payment, charge: Charge) -> None:
    """A settled payment against the provider's books: money may have been given back there without us."""
    if payment.state != "captured" or (
        charge.amount == payment.captured and charge.cancelled <= payment.promised
    ):
        return
    code = "amount_mismatch" if charge.amount != payment.captured else "cancelled_elsewhere"
    payment.state, payment.failure_code = "discrepant", code
    await note(
        session, payment.id, "discrepant", code=code, captured=charge.amount, cancelled=charge.cancelled
    )
    log.error("payment_discrepant", payment_id=str(payment.id), code=code)


@job(retries=5)
async def look_up(steps: Steps, *, payment_id: UUID) -> None:
    """Read a payment again at its provider and settle it. What nobody works at any more is given up for good."""
    async with steps.transaction() as session:
        payment = await session.get(Payment, payment_id)
        if payment is None:
            return
        is_quiet = await time.now(session) - payment.asked_at >= QUIET
    charge: Charge | None = None
    if payment.state != "pinning":  # the provider was not asked yet, and need not be
        charge = await providers.named(payment.provider).find(payment_id)
    if charge is None and is_quiet and payment.state in ("capturing", "unknown"):
        # First the key is burned there: an attempt that is still on its way somewhere can then never charge.
        charge = await providers.named(payment.provider).void(payment_id)
    async with steps.transaction() as session:
        if charge is not None:
            payment = await settle(session, payment_id, charge)
        elif is_quiet:
            payment = await fail(session, payment_id, code="abandoned", only_from="pinning")
    if payment.seller_answer is None:
        await sellers.tell_now(steps, payment_id)
