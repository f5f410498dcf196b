"""Busy time: what is taken of a chef's calendar. One row per hold or booking, under one overlap constraint.

Whoever writes here holds the chef's lock (``chefs.lock``): under a storm the constraint alone makes guests deadlock.
The constraint stays, so that no other path can ever book a chef twice.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

OVERLAP = "23P01"
"""PostgreSQL's code for a violated exclusion constraint."""


async def drop_expired(session: AsyncSession, chef_id: UUID) -> list[UUID]:
    """Free the time of holds that ran out; the ids of unpaid bookings that lost theirs by it."""
    rows = await session.execute(
        text(
            "delete from coocook.busy where chef_id = :chef_id and expires_at <= sf_now() returning booking_id"
        ),
        {"chef_id": chef_id},
    )
    return [booking_id for (booking_id,) in rows if booking_id is not None]


async def free(session: AsyncSession, *, booking_id: UUID) -> None:
    """Give a booking's time back."""
    await session.execute(text("delete from coocook.busy where booking_id = :id"), {"id": booking_id})


async def meets(
    session: AsyncSession, chef_id: UUID, since: datetime, until: datetime, *, but: UUID | None = None
) -> tuple[datetime, datetime] | None:
    """The first taken time, without its turnaround, that a span would meet. ``but``: a booking that moves away."""
    row = await session.execute(
        text(
            """
            select lower(b.during) as since, b.ends_at as until from coocook.busy b
            where coocook.uuid_range(b.chef_id, b.chef_id, '[]'::text)
                  && coocook.uuid_range(cast(:chef_id as uuid), cast(:chef_id as uuid), '[]'::text)
              and b.during && tstzrange(cast(:since as timestamptz), cast(:until as timestamptz))
              and (cast(:but as uuid) is null or b.booking_id is distinct from :but)
              and (b.expires_at is null or b.expires_at > sf_now())
            order by b.during limit 1
            """
        ),
        {"chef_id": chef_id, "since": since, "until": until, "but": but},
    )
    found = row.first()
    return (found.since, found.until) if found else None


async def shift(
    session: AsyncSession, *, booking_id: UUID, since: datetime, ends_at: datetime, until: datetime
) -> bool:
    """Give a booking another time; False when it has none. An overlap is an error of the constraint's code.

    One row changes its span: there is no moment without a time, and none with two.
    """
    row = await session.execute(
        text(
            "update coocook.busy set during = tstzrange(:since, :until), ends_at = :ends_at "
            "where booking_id = :id returning 1"
        ),
        {"id": booking_id, "since": since, "until": until, "ends_at": ends_at},
    )
    return row.first() is not None


async def book(session: AsyncSession, *, hold_id: UUID, booking_id: UUID) -> datetime | None:
    """Turn a live hold's time into a booking's; until when it is kept unpaid, or None when it ran out."""
    row = await session.execute(
        text(
            "update coocook.busy set booking_id = :booking_id "
            "where hold_id = :hold_id and expires_at > sf_now() returning expires_at"
        ),
        {"hold_id": hold_id, "booking_id": booking_id},
    )
    kept: datetime | None = row.scalar()
    return kept


async def pin(session: AsyncSession, *, booking_id: UUID) -> bool:
    """Keep a booking's time for as long as its payment takes; False when it ran out."""
    row = await session.execute(
        text(
            "update coocook.busy set expires_at = null "
            "where booking_id = :id and (expires_at is null or expires_at > sf_now()) returning 1"
        ),
        {"id": booking_id},
    )
    return row.first() is not None


async def unpin(session: AsyncSession, *, booking_id: UUID, until: datetime) -> None:
    """Let a booking's time run out again."""
    await session.execute(
        text("update coocook.busy set expires_at = :until where booking_id = :id"),
        {"id": booking_id, "until": until},
    )
