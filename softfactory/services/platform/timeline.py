"""A payment's timeline, and the one way to lock a payment.

Each line tells the payer's screens (``kernel/realtime.py``); what ends a payment, or gives money back, also the bell.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import errors, realtime
from softfactory.services.platform.models.payments import Order, Payment, PaymentEvent

SAID = {"captured": "settled", "failed": "failed", "refunded": "refunded"}
"""Lines that the payer's bell says (``live`` messages)."""


async def note(session: AsyncSession, payment_id: UUID, kind: str, **facts: Any) -> None:
    """Write a line of the timeline, and tell the payer."""
    session.add(PaymentEvent(payment_id=payment_id, kind=kind, facts=errors.jsonable(facts)))
    await session.flush()
    payment = await session.get_one(Payment, payment_id)
    told = {payment.buyer_id: SAID.get(kind)}
    await realtime.tell(session, told, kind="platform.payment", subject_id=payment_id)
    if kind == "discrepant":
        for role in ("admin", "operator"):
            await realtime.tell_role(
                session, role, kind="platform.payment", subject_id=payment_id, says="desk.discrepant"
            )


async def lock_order(session: AsyncSession, order_id: UUID) -> Order:
    """The order as it is now, kept from changing until the transaction ends."""
    order = await session.get(Order, order_id, with_for_update=True, populate_existing=True)
    if order is None:
        raise errors.NotFound
    return order


async def lock(session: AsyncSession, payment_id: UUID) -> tuple[Order, Payment]:
    """A payment and its order. The order's row comes first everywhere, so that nobody waits in a circle."""
    order_id = await session.scalar(select(Payment.order_id).where(Payment.id == payment_id))
    if order_id is None:
        raise errors.NotFound
    order = await lock_order(session, order_id)
    payment = await session.get_one(Payment, payment_id, with_for_update=True, populate_existing=True)
    return order, payment


async def live_payment(session: AsyncSession, order_id: UUID) -> Payment | None:
    """The payment that counts for an order: there is at most one."""
    return await session.scalar(
        select(Payment).where(Payment.order_id == order_id, Payment.state.not_in(("failed", "returned")))
    )
