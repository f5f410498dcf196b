"""Bookings: from a held time to a meal that was cooked. What each side may do, and what time does by itself."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import db, time
from softfactory.kernel.auth import Principal
from softfactory.kernel.events import publish
from softfactory.kernel.jobs import job
from softfactory.kernel.outside import Steps
from softfactory.services.coocook import (
    allergens,
    bills,
    busy,
    cancellation,
    chefs,
    disputes,
    errors,
    letters,
    orders,
    settings,
    timeline,
)
from softfactory.services.coocook.contract import BookingCompleted, BookingConfirmed
from softfactory.services.coocook.models import Booking, Chef, Hold, Menu
from softfactory.services.coocook.schemas.bookings import BookingStatus, BookingWish, By, TransitionWish
from softfactory.services.coocook.schemas.chefs import ChefStatus


async def book(steps: Steps, wish: BookingWish, *, guest: Principal) -> UUID:
    """Turn a guest's live hold into a booking with an order to pay. Booking the same hold again finds the same."""
    async with steps.transaction() as session:
        booking = await _consume(session, wish, guest=guest)
    if booking.order_opened_at is None and booking.status == BookingStatus.HELD:
        await orders.open_for(
            steps, booking_id=booking.id, order_id=booking.order_id, guest_id=booking.guest_id
        )
    return booking.id


async def _consume(session: AsyncSession, wish: BookingWish, *, guest: Principal) -> Booking:
    hold = await session.scalar(select(Hold).where(Hold.id == wish.hold_id, Hold.guest_id == guest.id))
    if hold is None:
        raise errors.NoSuchHold
    chef = await chefs.locked(session, hold.chef_id)
    booked = await session.scalar(
        select(Booking).where(Booking.hold_id == hold.id).execution_options(populate_existing=True)
    )
    if booked is not None:
        return booked
    assert chef is not None  # noqa: S101 - a foreign key
    if chef.status != ChefStatus.ACTIVE:  # gone since the time was held
        raise errors.HoldEnded(ended_at=await time.now(session))
    menu = await session.get_one(Menu, hold.menu_id)
    bill = bills.draw(menu, party=hold.party, extras=wish.extras)
    told = allergens.check(menu, wish.allergens, acknowledged=wish.acknowledge_allergens)
    now = await time.now(session)
    booking = Booking(
        id=db.uuid7(),
        hold_id=hold.id,
        chef_id=hold.chef_id,
        menu_id=hold.menu_id,
        guest_id=guest.id,
        guest_name=guest.name,
        space_id=guest.space_id,
        status=BookingStatus.HELD,
        starts_at=hold.starts_at,
        ends_at=hold.ends_at,
        zone=chef.zone,
        party=hold.party,
        price=bills.total(bill),
        lines=bill,
        policy=cancellation.snapshot(chef.policy),
        allergens=sorted(set(wish.allergens)),
        acknowledgement=told and {**told, "at": now.isoformat()},
        note=wish.note,
        order_id=db.uuid7(),
    )
    session.add(booking)
    await session.flush()
    booking.expires_at = await busy.book(session, hold_id=hold.id, booking_id=booking.id)
    if booking.expires_at is None:
        raise errors.HoldEnded(ended_at=hold.released_at or hold.expires_at)
    await timeline.begin(session, booking, by="guest", actor_id=guest.id)
    await session.flush()
    return booking


async def side_of(session: AsyncSession, booking: Booking, person: Principal) -> By | None:
    """On which side of a booking a person stands; None for a stranger."""
    if booking.guest_id == person.id:
        return "guest"
    owner = await session.scalar(select(Chef.user_id).where(Chef.id == booking.chef_id))
    if owner == person.id:
        return "chef"
    return "admin" if person.has("admin") else None


async def visible_to(
    session: AsyncSession, booking_id: UUID, person: Principal, *, lock: bool = False
) -> tuple[Booking, By]:
    """A booking and the caller's side of it. Someone else's looks as if it were not there."""
    booking = await (timeline.lock(session, booking_id) if lock else session.get(Booking, booking_id))
    side = await side_of(session, booking, person) if booking is not None else None
    if booking is None or side is None:
        raise errors.NoSuchBooking
    return booking, side


async def moving(session: AsyncSession, booking_id: UUID, chef_id: UUID, person: Principal | None) -> Booking:
    """The caller's booking with a chef, for which another time is looked for."""
    if person is None:
        raise errors.NoSuchBooking
    booking, _ = await visible_to(session, booking_id, person)
    if booking.chef_id != chef_id:
        raise errors.NoSuchBooking
    return booking


async def transition(
    session: AsyncSession,
    booking_id: UUID,
    wish: TransitionWish,
    *,
    person: Principal,
    dry_run: bool = False,
) -> disputes.Split | None:
    """The chef's part, either side's dispute, an admin's decision. Doing again what was done changes nothing.

    Returns how a decision divides the price. ``dry_run`` only tells that.
    """
    booking, side = await visible_to(session, booking_id, person, lock=True)
    if wish.action == "resolve":
        refund = wish.refund or 0
        return await disputes.resolve(
            session, booking, refund=refund, reason=wish.reason, side=side, person=person, dry_run=dry_run
        )
    if dry_run:
        raise errors.NothingToTry
    if wish.action == "dispute":
        await disputes.say(session, booking, wish.reason, side=side, person=person)
        return None
    if side == "guest":
        raise errors.NotYourPart
    if booking.status != _DONE_BY[wish.action]:
        if wish.action == "accept" and wish.starts_at not in (None, booking.starts_at):
            raise errors.TimeChanged(starts_at=booking.starts_at)
        act = {"accept": _accept, "decline": _decline, "complete": _complete, "no_show": _no_show}
        await act[wish.action](session, booking, by=side, actor_id=person.id, reason=wish.reason)
    return None


_DONE_BY = {
    "accept": BookingStatus.CONFIRMED,
    "decline": BookingStatus.DECLINED,
    "complete": BookingStatus.COMPLETED,
    "no_show": BookingStatus.NO_SHOW,
}


def _require(booking: Booking, status: BookingStatus) -> None:
    if booking.status != status:
        raise errors.WrongState(status=booking.status.value)


async def _accept(session: AsyncSession, booking: Booking, *, by: By, actor_id: UUID, reason: str) -> None:
    _require(booking, BookingStatus.REQUESTED)
    if await time.now(session) >= booking.starts_at:
        raise errors.TooLate(starts_at=booking.starts_at)
    await confirm(session, booking, by=by, actor_id=actor_id, reason=reason or "accepted")


async def confirm(
    session: AsyncSession,
    booking: Booking,
    *,
    by: By,
    reason: str,
    actor_id: UUID | None = None,
    **facts: Any,
) -> None:
    """The chef will cook: said to both, and to whoever listens."""
    await timeline.move(
        session,
        booking,
        BookingStatus.CONFIRMED,
        by=by,
        actor_id=actor_id,
        reason=reason,
        request_until=None,
        **facts,
    )
    await publish(
        session,
        BookingConfirmed(
            booking_id=booking.id,
            chef_id=booking.chef_id,
            guest_id=booking.guest_id,
            starts_at=booking.starts_at,
        ),
    )
    await letters.tell_confirmed(session, booking)


async def _decline(session: AsyncSession, booking: Booking, *, by: By, actor_id: UUID, reason: str) -> None:
    _require(booking, BookingStatus.REQUESTED)
    await timeline.move(
        session, booking, BookingStatus.DECLINED, by=by, actor_id=actor_id, reason=reason or "declined"
    )
    await busy.free(session, booking_id=booking.id)
    await cancellation.settle_end(
        session, booking, refund=booking.price, by="chef" if by == "chef" else "admin"
    )
    await letters.tell_declined(session, booking)


async def _complete(
    session: AsyncSession, booking: Booking, *, by: By, actor_id: UUID | None, reason: str
) -> None:
    _require(booking, BookingStatus.CONFIRMED)
    now = await time.now(session)
    if now < booking.ends_at:
        raise errors.TooEarly(from_at=booking.ends_at)
    await timeline.move(
        session,
        booking,
        BookingStatus.COMPLETED,
        by=by,
        actor_id=actor_id,
        reason=reason or "completed",
        completed_at=now,
        review_until=now + timedelta(days=settings.REVIEW_DAYS),
    )
    await orders.pay_later(session, booking)
    await publish(
        session, BookingCompleted(booking_id=booking.id, chef_id=booking.chef_id, guest_id=booking.guest_id)
    )
    await letters.tell_completed(session, booking)


async def _no_show(session: AsyncSession, booking: Booking, *, by: By, actor_id: UUID, reason: str) -> None:
    """Nobody opened the door: the chef came and is paid. The guest is written to, who may say otherwise."""
    _require(booking, BookingStatus.CONFIRMED)
    possible = booking.starts_at + timedelta(minutes=settings.NO_SHOW_AFTER_MINUTES)
    if await time.now(session) < possible:
        raise errors.TooEarly(from_at=possible)
    await timeline.move(
        session, booking, BookingStatus.NO_SHOW, by=by, actor_id=actor_id, reason=reason or "no_show"
    )
    await orders.pay_later(session, booking)
    await letters.tell_no_show(session, booking, until=disputes.window(booking)[1])


# -- what time does --------------------------------------------------------------------------------------------------


@job(every="1m")
async def expire_requests(steps: Steps) -> None:
    """Requests that no chef answered in time are over, and refunded whole."""
    for booking_id in await _due(steps, Booking.status == BookingStatus.REQUESTED, Booking.request_until):
        async with steps.transaction() as session:
            booking = await timeline.lock(session, booking_id)
            late = booking.request_until is not None and booking.request_until <= await time.now(session)
            if booking.status == BookingStatus.REQUESTED and late:
                await timeline.move(
                    session, booking, BookingStatus.EXPIRED, by="system", reason="not_answered"
                )
                await busy.free(session, booking_id=booking.id)
                await cancellation.settle_end(session, booking, refund=booking.price, by="system")
                await letters.tell_unanswered(session, booking)


@job(every="10m")
async def complete_overdue(steps: Steps) -> None:
    """A confirmed meal that nobody spoke of counts as cooked a day after its end."""
    grace = timedelta(hours=settings.COMPLETE_AFTER_HOURS)
    for booking_id in await _due(steps, Booking.status == BookingStatus.CONFIRMED, Booking.ends_at, grace):
        async with steps.transaction() as session:
            booking = await timeline.lock(session, booking_id)
            if booking.status == BookingStatus.CONFIRMED:
                await _complete(session, booking, by="system", actor_id=None, reason="completed_by_time")


async def _due(steps: Steps, which: Any, moment: Any, grace: timedelta = timedelta()) -> list[UUID]:
    async with steps.transaction() as session:
        before = await time.now(session) - grace
        found = await session.scalars(
            select(Booking.id).where(which, moment <= before).order_by(moment).limit(200)
        )
        return list(found)
