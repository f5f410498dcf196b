"""Disputes: one side says what went wrong, the other answers, the money waits, and an admin divides it.

Possible until two days after the end, which is when the chef is paid: what has left escrow cannot be divided.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import money, time
from softfactory.kernel.auth import Principal, RoleMissing
from softfactory.kernel.events import publish
from softfactory.services.coocook import errors, letters, orders, settings, timeline
from softfactory.services.coocook.contract import BookingCompleted, BookingDisputed, DisputeResolved
from softfactory.services.coocook.models import Booking, Dispute, Review
from softfactory.services.coocook.schemas.bookings import BookingStatus, By

DISPUTABLE = (BookingStatus.CONFIRMED, BookingStatus.COMPLETED, BookingStatus.NO_SHOW)


@dataclass(frozen=True, slots=True)
class Split:
    """How a price is divided: what the guest gets back, the platform's commission, and what the chef is paid."""

    paid: int
    refund: int

    @property
    def fee(self) -> int:
        return money.share(self.paid - self.refund, settings.COMMISSION_BASIS_POINTS)

    @property
    def payout(self) -> int:
        return self.paid - self.refund - self.fee


def window(booking: Booking) -> tuple[datetime, datetime]:
    """From when until when a booking can be disputed: a meal that nobody spoke of from half an hour after its start."""
    since = booking.starts_at
    if booking.status == BookingStatus.CONFIRMED:
        since += timedelta(minutes=settings.NO_SHOW_AFTER_MINUTES)
    return since, booking.ends_at + timedelta(days=settings.PAYOUT_DAYS)


def open_to_dispute(booking: Booking, now: datetime) -> bool:
    since, until = window(booking)
    untouched = booking.payout_started_at is None and booking.paid_at is not None
    return booking.status in DISPUTABLE and since <= now < until and untouched


async def of(session: AsyncSession, booking_id: UUID) -> Dispute | None:
    found: Dispute | None = await session.scalar(select(Dispute).where(Dispute.booking_id == booking_id))
    return found


async def say(session: AsyncSession, booking: Booking, reason: str, *, side: By, person: Principal) -> None:
    """Dispute a booking, or answer the other side's dispute, once each. The booking is locked by the caller."""
    if side not in ("guest", "chef"):
        raise errors.NotOfThisTable
    dispute = await of(session, booking.id)
    if booking.status == BookingStatus.DISPUTED and dispute is not None:
        if dispute.by != side and dispute.answer is None:
            dispute.answer, dispute.answered_at = reason, await time.now(session)
            await timeline.note(
                session, booking, "dispute_answered", by=side, actor_id=person.id, reason=reason
            )
            await session.flush()
        return
    now = await time.now(session)
    if booking.status not in DISPUTABLE:
        raise errors.WrongState(status=booking.status.value)
    since, until = window(booking)
    if now < since:
        raise errors.TooEarly(from_at=since)
    if dispute is not None or not open_to_dispute(booking, now):
        raise errors.DisputeClosed(ended_at=min(until, now))
    session.add(Dispute(booking_id=booking.id, by=side, from_status=booking.status.value, reason=reason))
    await timeline.move(session, booking, BookingStatus.DISPUTED, by=side, actor_id=person.id, reason=reason)
    await publish(
        session,
        BookingDisputed(
            booking_id=booking.id,
            chef_id=booking.chef_id,
            guest_id=booking.guest_id,
            by=side,
        ),
    )
    await letters.tell_disputed(session, booking, by=side)


async def resolve(
    session: AsyncSession,
    booking: Booking,
    *,
    refund: int,
    reason: str,
    side: By,
    person: Principal,
    dry_run: bool,
) -> Split:
    """Divide what a disputed booking cost: a part back to the guest, the rest to the chef. The booking is locked.

    Whoever sits at the table does not decide, admin or not. The same decision again answers what was decided.
    """
    if not person.has("admin"):
        raise RoleMissing(roles="admin")
    if side != "admin":
        raise errors.OwnCase
    dispute = await of(session, booking.id)
    if (
        dispute is not None
        and dispute.decided_at is not None
        and (dispute.refund, dispute.decision)
        == (
            refund,
            reason,
        )
    ):
        return Split(booking.price, refund)
    if booking.status != BookingStatus.DISPUTED or dispute is None:
        raise errors.WrongState(status=booking.status.value)
    if refund > booking.price:
        raise errors.RefundOverPrice(price=booking.price)
    told = Split(booking.price, max(refund, booking.refund_amount or 0))  # an operator gave back more already
    if dry_run:
        return told
    first_time = booking.completed_at is None
    await _close(session, booking, dispute, told, by="admin", actor_id=person.id, reason=reason)
    await orders.give_back(session, booking, told.refund)
    if told.refund < booking.price:
        await orders.pay_later(session, booking)
    await _say_resolved(session, booking, told, words=reason, first_time=first_time)
    return told


REFUNDED = "결제 금액 전액이 환불되었습니다. (The whole price was refunded.)"


async def end_refunded(session: AsyncSession, booking: Booking, *, refund_id: UUID) -> None:
    """Everything went back by an operator's hand: there is nothing left to divide. The booking is locked."""
    dispute = await of(session, booking.id)
    assert dispute is not None  # noqa: S101 - it is disputed
    told, first_time = Split(booking.price, booking.price), booking.completed_at is None
    await _close(
        session,
        booking,
        dispute,
        told,
        by="system",
        reason="refunded",
        words=REFUNDED,
        refund_id=refund_id,
        refund_amount=booking.price,
        refund_state="done",
    )
    await _say_resolved(session, booking, told, words=REFUNDED, first_time=first_time)


async def _close(
    session: AsyncSession,
    booking: Booking,
    dispute: Dispute,
    told: Split,
    *,
    by: By,
    reason: str,
    actor_id: UUID | None = None,
    words: str | None = None,
    **facts: Any,
) -> None:
    now = await time.now(session)
    dispute.decided_by, dispute.decided_at = actor_id, now
    dispute.decision, dispute.refund = words or reason, told.refund
    await timeline.move(
        session,
        booking,
        BookingStatus.COMPLETED,
        by=by,
        actor_id=actor_id,
        reason=reason,
        completed_at=booking.completed_at or now,
        review_until=await _review_until(session, booking, now),
        **facts,
    )


async def _say_resolved(
    session: AsyncSession, booking: Booking, told: Split, *, words: str, first_time: bool
) -> None:
    ids = {"booking_id": booking.id, "chef_id": booking.chef_id, "guest_id": booking.guest_id}
    await publish(session, DisputeResolved(**ids, refund=told.refund))
    if first_time:
        await publish(session, BookingCompleted(**ids))
    await letters.tell_resolved(session, booking, payout=told.payout, reason=words)


async def _review_until(session: AsyncSession, booking: Booking, now: datetime) -> datetime:
    """Nobody could review meanwhile, so the days count anew; not once one side's words are shown."""
    shown = await session.scalar(
        select(func.count()).where(Review.booking_id == booking.id, Review.published_at.is_not(None))
    )
    until = now + timedelta(days=settings.REVIEW_DAYS)
    if shown and booking.review_until is not None:
        return booking.review_until
    await session.execute(
        update(Review)
        .where(Review.booking_id == booking.id)
        .values(publish_at=until)
        .execution_options(synchronize_session=False)
    )
    return until


async def waiting(session: AsyncSession) -> int:
    """How many disputes wait for an admin's decision."""
    found = await session.scalar(select(func.count()).where(Booking.status == BookingStatus.DISPUTED))
    return int(found or 0)
