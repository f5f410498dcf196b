"""A booking's life: every change of its state is one guarded update and one row that says who, when, why.

Each row tells the guest and the chef (``kernel/realtime.py``), so that whoever looks at the booking sees it change.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import realtime
from softfactory.services.coocook import chefs, errors
from softfactory.services.coocook.models import Booking, BookingChange, Chef
from softfactory.services.coocook.schemas.bookings import BookingStatus, By

KIND = "coocook.booking"
SAID = frozenset(
    {
        BookingStatus.REQUESTED,
        BookingStatus.CONFIRMED,
        BookingStatus.COMPLETED,
        BookingStatus.CANCELLED,
        BookingStatus.DECLINED,
        BookingStatus.EXPIRED,
        BookingStatus.NO_SHOW,
        BookingStatus.DISPUTED,
    }
)
"""What is worth a sentence in the bell (``live`` messages, by side and state). Holding and paying are not, nor how a
booking ends that was never paid."""


async def lock(session: AsyncSession, booking_id: UUID) -> Booking:
    """A booking, locked behind its chef's lock: one order everywhere, so that nobody waits in a circle."""
    chef_id = await session.scalar(select(Booking.chef_id).where(Booking.id == booking_id))
    if chef_id is None:
        raise errors.NoSuchBooking
    await chefs.lock(session, chef_id)
    found = await session.scalars(
        select(Booking)
        .where(Booking.id == booking_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.one()


async def begin(session: AsyncSession, booking: Booking, *, by: By, actor_id: UUID | None) -> None:
    """The first row of the timeline."""
    session.add(
        BookingChange(
            booking_id=booking.id,
            from_status=None,
            to_status=booking.status,
            by=by,
            actor_id=actor_id,
            reason="booked",
        )
    )
    await _tell(session, booking, before=None, actor_id=actor_id)


async def move(
    session: AsyncSession,
    booking: Booking,
    to: BookingStatus,
    *,
    by: By,
    reason: str,
    actor_id: UUID | None = None,
    **facts: Any,
) -> None:
    """Change a booking's state from the one that was read, with the facts that belong to the change."""
    before = booking.status
    moved = await session.scalar(
        update(Booking)
        .where(Booking.id == booking.id, Booking.status == before)
        .values(status=to, **facts)
        .returning(Booking)
        .execution_options(populate_existing=True)
    )
    if moved is None:
        raise errors.WrongState(status=before.value)
    session.add(
        BookingChange(
            booking_id=booking.id, from_status=before, to_status=to, by=by, actor_id=actor_id, reason=reason
        )
    )
    await _tell(session, booking, before=before, actor_id=actor_id)


async def _tell(
    session: AsyncSession, booking: Booking, *, before: BookingStatus | None, actor_id: UUID | None
) -> None:
    """Both sides' screens, and the bell of whoever did not do it. A dispute is for admins to settle."""
    status = BookingStatus(booking.status)
    said = status in SAID and before not in (None, BookingStatus.HELD, status)
    what = "settled" if before == BookingStatus.DISPUTED else status.value
    await _tell_sides(session, booking, what if said else None, actor_id=actor_id)
    if status == BookingStatus.DISPUTED:
        await realtime.tell_role(session, "admin", kind=KIND, subject_id=booking.id, says="admin.disputed")


async def _tell_sides(
    session: AsyncSession, booking: Booking, what: str | None, *, actor_id: UUID | None
) -> None:
    chef_user_id = await session.scalar(select(Chef.user_id).where(Chef.id == booking.chef_id))
    told = {
        person_id: f"{side}.{what}" if what and person_id != actor_id else None
        for person_id, side in ((booking.guest_id, "guest"), (chef_user_id, "chef"))
        if person_id is not None
    }
    await realtime.tell(session, told, kind=KIND, subject_id=booking.id)


async def note(
    session: AsyncSession,
    booking: Booking,
    what: str,
    *,
    by: By,
    reason: str,
    actor_id: UUID | None = None,
    was_at: datetime | None = None,
    starts_at: datetime | None = None,
) -> None:
    """A row for what happened to a booking without changing its state."""
    session.add(
        BookingChange(
            booking_id=booking.id,
            from_status=booking.status,
            to_status=booking.status,
            what=what,
            by=by,
            actor_id=actor_id,
            reason=reason,
            was_at=was_at,
            starts_at=starts_at,
        )
    )
    await _tell_sides(session, booking, what, actor_id=actor_id)


async def stir(session: AsyncSession, booking_id: UUID) -> None:
    """Both sides' screens, without a word: something beside the state changed, such as how far a refund has come."""
    sides = await session.execute(
        select(Booking.guest_id, Chef.user_id)
        .join(Chef, Chef.id == Booking.chef_id)
        .where(Booking.id == booking_id)
    )
    await realtime.tell(session, sides.one(), kind=KIND, subject_id=booking_id)


async def of(session: AsyncSession, booking_id: UUID) -> list[BookingChange]:
    """A booking's changes, the first first."""
    found = await session.scalars(
        select(BookingChange)
        .where(BookingChange.booking_id == booking_id)
        .order_by(BookingChange.at, BookingChange.id)
    )
    return list(found)
