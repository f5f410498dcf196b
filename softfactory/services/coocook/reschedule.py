"""Another time for a booking: same menu, same party, same price. The old time is kept until the new one is won.

Who must agree. A guest moves at once while nobody is wronged by it: the chef takes bookings unasked (or has not
answered this one yet), and cancelling would still give everything back. Otherwise, and always when the chef wishes it,
the other side is asked, and a proposal waits a day. It holds no time: whoever agrees may find it taken, and then
everything stays as it was.

Notice, horizon and hours bind whoever names a time. They are not asked again of the one who agrees to it.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, exc, select
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import time
from softfactory.kernel.auth import Principal
from softfactory.kernel.events import publish
from softfactory.kernel.jobs import job
from softfactory.kernel.outside import Steps
from softfactory.services.coocook import (
    bookings,
    busy,
    cancellation,
    errors,
    holds,
    letters,
    settings,
    slots,
    timeline,
)
from softfactory.services.coocook.contract import BookingMoved
from softfactory.services.coocook.models import Booking, Chef, MoveProposal
from softfactory.services.coocook.schemas.bookings import BookingStatus, By, RescheduleWish
from softfactory.services.coocook.slots import Hours

MOVABLE = (BookingStatus.REQUESTED, BookingStatus.CONFIRMED)


def at_once(booking: Booking, *, instant: bool, side: By, now: datetime) -> bool:
    """Whether this side's wish needs nobody's word."""
    if side != "guest" or not (instant or booking.status == BookingStatus.REQUESTED):
        return False
    told = cancellation.quote(
        booking.status, booking.price, booking.policy, booking.starts_at, side=side, now=now
    )
    return told.percent == 100


async def reschedule(
    session: AsyncSession, booking_id: UUID, wish: RescheduleWish, *, person: Principal
) -> Booking:
    """Move a booking, propose to, or answer a proposal. Wishing for the time that it has changes nothing."""
    booking, side = await bookings.visible_to(session, booking_id, person, lock=True)
    if side not in ("guest", "chef"):
        raise errors.NotOfThisTable
    now = await time.now(session)
    if wish.action != "refuse" and booking.starts_at == wish.starts_at and booking.status in MOVABLE:
        return booking
    if booking.status not in MOVABLE:
        raise errors.WrongState(status=booking.status.value)
    if now >= booking.starts_at:
        raise errors.MealBegun(starts_at=booking.starts_at)
    open_ = await proposal_of(session, booking, now=now)
    if wish.action == "refuse":
        await _refuse(session, booking, open_, side=side, person=person, reason=wish.reason)
        return booking
    assert wish.starts_at is not None  # noqa: S101 - the shape's validator
    asked = open_ is not None and open_.by != side and open_.starts_at == wish.starts_at
    if asked:
        await _move(session, booking, wish.starts_at, side=side, person=person, reason=wish.reason, now=now)
        return booking
    if wish.action == "agree":
        raise errors.NothingProposed
    chef = await session.get_one(Chef, booking.chef_id)
    _check(chef, booking, wish.starts_at, now=now)
    if at_once(booking, instant=chef.instant, side=side, now=now):
        await _move(session, booking, wish.starts_at, side=side, person=person, reason=wish.reason, now=now)
    else:
        await _propose(session, booking, wish, side=side, person=person, now=now)
    return booking


def _check(chef: Chef, booking: Booking, starts_at: datetime, *, now: datetime) -> None:
    """The chef starts at this time, soon enough and late enough."""
    hours = Hours.of(chef)
    if starts_at < now + hours.notice:
        raise errors.NoticeTooShort(notice_hours=chef.notice_hours)
    if starts_at >= now + hours.horizon:
        raise errors.BeyondHorizon(horizon_days=chef.horizon_days)
    if not slots.offers(hours, starts_at, booking.ends_at - booking.starts_at):
        raise errors.SlotNotOffered


async def proposal_of(session: AsyncSession, booking: Booking, *, now: datetime) -> MoveProposal | None:
    """The proposal that waits for an answer, if there is one and the booking can still move."""
    found = await session.scalar(select(MoveProposal).where(MoveProposal.booking_id == booking.id))
    live = found is not None and found.expires_at > now and booking.status in MOVABLE
    return found if live else None


async def _free(session: AsyncSession, booking: Booking, starts_at: datetime) -> datetime:
    """The end of the booking's new time with its turnaround, or SlotTaken. The caller holds the chef's lock."""
    chef = await session.get_one(Chef, booking.chef_id)
    ends_at = starts_at + (booking.ends_at - booking.starts_at)
    until = ends_at + timedelta(minutes=chef.turnaround_minutes)
    met = await busy.meets(session, booking.chef_id, starts_at, until, but=booking.id)
    if met is not None:
        raise errors.SlotTaken(starts_at=met[0], ends_at=met[1])
    return until


async def _move(
    session: AsyncSession,
    booking: Booking,
    starts_at: datetime,
    *,
    side: By,
    person: Principal,
    reason: str,
    now: datetime,
) -> None:
    if starts_at <= now:
        raise errors.NothingProposed
    await holds.lose_expired(session, booking.chef_id)
    until = await _free(session, booking, starts_at)
    was_at, ends_at = booking.starts_at, starts_at + (booking.ends_at - booking.starts_at)
    try:
        kept = await busy.shift(session, booking_id=booking.id, since=starts_at, ends_at=ends_at, until=until)
    except exc.DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != busy.OVERLAP:
            raise
        raise errors.SlotTaken(starts_at=starts_at, ends_at=ends_at) from None
    if not kept:
        raise RuntimeError(f"booking {booking.id} is {booking.status} and has no time")
    booking.starts_at, booking.ends_at, booking.moves = starts_at, ends_at, booking.moves + 1
    if booking.request_until is not None:
        booking.request_until = min(booking.request_until, starts_at)
    await session.execute(delete(MoveProposal).where(MoveProposal.booking_id == booking.id))
    await timeline.note(
        session,
        booking,
        "moved",
        by=side,
        actor_id=person.id,
        reason=reason,
        was_at=was_at,
        starts_at=starts_at,
    )
    await session.flush()
    await publish(
        session,
        BookingMoved(
            booking_id=booking.id,
            chef_id=booking.chef_id,
            guest_id=booking.guest_id,
            was_at=was_at,
            starts_at=starts_at,
        ),
    )
    await letters.tell_moved(session, booking, was_at=was_at)


async def _propose(
    session: AsyncSession,
    booking: Booking,
    wish: RescheduleWish,
    *,
    side: By,
    person: Principal,
    now: datetime,
) -> None:
    assert wish.starts_at is not None  # noqa: S101 - the shape's validator
    await _free(session, booking, wish.starts_at)
    mine = await proposal_of(session, booking, now=now)
    if mine is not None and (mine.by, mine.starts_at) == (side, wish.starts_at):
        return
    await session.execute(delete(MoveProposal).where(MoveProposal.booking_id == booking.id))
    until = min(now + timedelta(hours=settings.PROPOSAL_HOURS), booking.starts_at, wish.starts_at)
    proposal = MoveProposal(
        booking_id=booking.id,
        by=side,
        actor_id=person.id,
        starts_at=wish.starts_at,
        reason=wish.reason,
        expires_at=until,
    )
    session.add(proposal)
    await timeline.note(
        session,
        booking,
        "move_proposed",
        by=side,
        actor_id=person.id,
        reason=wish.reason,
        was_at=booking.starts_at,
        starts_at=wish.starts_at,
    )
    await session.flush()
    await letters.tell_move_asked(session, booking, proposal)


async def _refuse(
    session: AsyncSession,
    booking: Booking,
    proposal: MoveProposal | None,
    *,
    side: By,
    person: Principal,
    reason: str,
) -> None:
    """Refuse the other side's proposal, or take back one's own. Nothing proposed: nothing to do."""
    if proposal is None:
        return
    own = proposal.by == side
    await session.delete(proposal)
    await timeline.note(
        session,
        booking,
        "move_withdrawn" if own else "move_refused",
        by=side,
        actor_id=person.id,
        reason=reason,
        was_at=booking.starts_at,
        starts_at=proposal.starts_at,
    )
    await session.flush()
    if not own:
        await letters.tell_move_refused(session, booking, proposal)


@job(every="10m")
async def expire_proposals(steps: Steps) -> None:
    """Write down that proposals went unanswered, and drop those of bookings that ended otherwise."""
    async with steps.transaction() as session:
        found = await session.scalars(
            select(MoveProposal.booking_id)
            .where(MoveProposal.expires_at <= await time.now(session))
            .order_by(MoveProposal.expires_at)
            .limit(200)
        )
        booking_ids = list(found)
    for booking_id in booking_ids:
        async with steps.transaction() as session:
            booking = await timeline.lock(session, booking_id)
            late = await session.scalar(
                select(MoveProposal).where(
                    MoveProposal.booking_id == booking_id,
                    MoveProposal.expires_at <= await time.now(session),
                )
            )
            if late is None:
                continue
            await session.delete(late)
            if booking.status in MOVABLE:
                await timeline.note(
                    session,
                    booking,
                    "move_expired",
                    by="system",
                    reason="not_answered",
                    was_at=booking.starts_at,
                    starts_at=late.starts_at,
                )
                await letters.tell_move_refused(session, booking, late)
