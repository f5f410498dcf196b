"""A booking's life: every change of its state is one guarded update and one row that says who, when, why."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.services.coocook import chefs, errors
from softfactory.services.coocook.models import Booking, BookingChange
from softfactory.services.coocook.schemas.bookings import BookingStatus, By


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


async def of(session: AsyncSession, booking_id: UUID) -> list[BookingChange]:
    """A booking's changes, the first first."""
    found = await session.scalars(
        select(BookingChange)
        .where(BookingChange.booking_id == booking_id)
        .order_by(BookingChange.at, BookingChange.id)
    )
    return list(found)
