"""What a booking asks of platform: its order, the refund of it, and the chef's money. Each may be asked twice.

Ids are made here and stored before platform is asked, so that a process that dies in between asks again for the same.
"""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import db, time
from softfactory.kernel.errors import Conflict, NotFound
from softfactory.kernel.jobs import job
from softfactory.kernel.outside import Steps
from softfactory.services.coocook import settings, timeline
from softfactory.services.coocook.contract import BOOKING
from softfactory.services.coocook.models import Booking, Chef
from softfactory.services.coocook.schemas.bookings import BookingStatus
from softfactory.services.platform.contract import (
    CloseOrder,
    OpenOrder,
    PayOut,
    RefundOrder,
    close_order,
    open_order,
    pay_out,
    refund,
)

UNORDERED_AFTER = timedelta(seconds=20)
REFUND_AGAIN = timedelta(minutes=2)

log = structlog.get_logger(__name__)


class RefundPending(Conflict):
    """The chef is paid after the guest has been."""

    en = "The refund for this booking is not finished yet. Please try again in a moment."
    ko = "이 예약의 환불이 아직 끝나지 않았습니다. 잠시 후 다시 시도해 주세요."


async def open_for(steps: Steps, *, booking_id: UUID, order_id: UUID, guest_id: UUID) -> None:
    """Open the booking's order, and note that it is open."""
    await open_order(
        OpenOrder(order_id=order_id, subject_kind=BOOKING, subject_id=booking_id, buyer_id=guest_id)
    )
    async with steps.transaction() as session:
        await session.execute(
            update(Booking)
            .where(Booking.id == booking_id, Booking.order_opened_at.is_(None))
            .values(order_opened_at=await time.now(session))
        )


@job(every="1m")
async def open_missing(steps: Steps) -> None:
    """Open the orders of bookings whose process died before it could."""
    async with steps.transaction() as session:
        before = await time.now(session) - UNORDERED_AFTER
        missing = (
            await session.scalars(
                select(Booking)
                .where(
                    Booking.order_opened_at.is_(None),
                    Booking.status == BookingStatus.HELD,
                    Booking.created_at < before,
                    Booking.expires_at > before,
                )
                .limit(100)
            )
        ).all()
    for booking in missing:
        try:
            await open_for(steps, booking_id=booking.id, order_id=booking.order_id, guest_id=booking.guest_id)
        except Conflict as refusal:  # it ran out or was cancelled in the meantime
            log.info("order_not_opened", booking=str(booking.id), code=refusal.code)


@job(retries=12)
async def close(steps: Steps, *, booking_id: UUID) -> None:
    """Close the order of a booking that nobody will pay any more."""
    async with steps.transaction() as session:
        booking = await session.get_one(Booking, booking_id)
    with suppress(NotFound):  # its process may have died before the order was opened
        await close_order(CloseOrder(order_id=booking.order_id))


async def give_back(session: AsyncSession, booking: Booking, amount: int) -> None:
    """Decide how much comes back in all; a job carries it out. A booking is refunded by one decision."""
    if amount == 0:
        return
    booking.refund_id, booking.refund_amount, booking.refund_state = db.uuid7(), amount, "due"
    await session.flush()
    await send_refund.later(session, unique=booking.id, booking_id=booking.id)


@job(retries=20)
async def send_refund(steps: Steps, *, booking_id: UUID) -> None:
    """Ask platform for the refund that was decided. The same refund_id is asked for until the outcome is known."""
    async with steps.transaction() as session:
        booking = await session.get_one(Booking, booking_id)
    if (
        booking.refund_id is None
        or booking.refund_amount is None
        or booking.refund_state in ("done", "refused")
    ):
        return
    answer = await refund(
        RefundOrder(
            refund_id=booking.refund_id,
            order_id=booking.order_id,
            amount=booking.refund_amount,
            reason=f"booking {booking.status.value}",
            in_all=True,
        )
    )
    async with steps.transaction() as session:
        await session.execute(
            update(Booking)
            .where(Booking.id == booking_id, Booking.refund_state.not_in(("done", "refused")))
            .values(refund_state=answer.state)
        )
        await timeline.stir(session, booking_id)
        if answer.state == "requested":  # a refund that the provider refuses later is told to nobody: ask
            await send_refund.later(session, delay=REFUND_AGAIN, unique=booking_id, booking_id=booking_id)
    if answer.state == "refused":
        log.error("refund_refused", booking=str(booking_id), refund=str(answer.refund_id))


async def pay_later(session: AsyncSession, booking: Booking) -> None:
    """Pay the chef what is left of the price, two days after the end."""
    booking.payout_id = booking.payout_id or db.uuid7()
    await session.flush()
    due_at = max(booking.ends_at + timedelta(days=settings.PAYOUT_DAYS), await time.now(session))
    await pay_chef.later(session, due_at=due_at, unique=booking.id, booking_id=booking.id)


@job(retries=30)
async def pay_chef(steps: Steps, *, booking_id: UUID) -> None:
    """Move what is left in escrow to the chef's wallet, less the commission. Waits for an unfinished refund: while
    the provider will not give it back, the guest's part lies in escrow too, and is not the chef's.

    That it begins is written down behind the booking's lock before platform is asked: a dispute comes before, and
    then nothing is paid until it is decided, or too late.
    """
    async with steps.transaction() as session:
        booking = await timeline.lock(session, booking_id)
        chef = await session.get_one(Chef, booking.chef_id)
        if booking.paid_out_at is not None or booking.payout_id is None:
            return
        if booking.status == BookingStatus.DISPUTED:
            return  # whoever decides asks again
        if booking.refund_state not in (None, "done"):
            raise RefundPending
        booking.payout_started_at = booking.payout_started_at or await time.now(session)
    await pay_out(
        PayOut(
            payout_id=booking.payout_id,
            order_id=booking.order_id,
            payee_id=chef.user_id,
            fee_basis_points=settings.COMMISSION_BASIS_POINTS,
        )
    )
    async with steps.transaction() as session:
        await session.execute(
            update(Booking)
            .where(Booking.id == booking_id, Booking.paid_out_at.is_(None))
            .values(paid_out_at=await time.now(session))
        )
