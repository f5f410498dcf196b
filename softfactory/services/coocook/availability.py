"""Availability: when a chef cooks, and which of those times are free now."""

import datetime as dt
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import time
from softfactory.services.coocook import blocks, chefs, errors, settings, slots
from softfactory.services.coocook.models import Booking, Chef, Menu
from softfactory.services.coocook.schemas.chefs import Availability, AvailabilityView, BlockedTime, ChefStatus
from softfactory.services.coocook.slots import Hours, Slot, Span

FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2200, 1, 1)
"""Days outside of these are never free; arithmetic on them could leave the calendar."""


async def replace(session: AsyncSession, chef_id: UUID, wish: Availability, *, user_id: UUID) -> Chef:
    """Set a chef's hours. What is held or booked already stays, whatever the new hours say."""
    chef = await chefs.own(session, chef_id, user_id)
    chef.zone = wish.zone
    chef.weekly = [rule.model_dump(by_alias=True) for rule in wish.weekly]
    chef.exceptions = [day.model_dump(mode="json", by_alias=True) for day in wish.exceptions]
    chef.turnaround_minutes = wish.turnaround_minutes
    chef.notice_hours = wish.notice_hours
    chef.horizon_days = wish.horizon_days
    chef.slot_step_minutes = wish.slot_step_minutes
    chef.version += 1
    await session.flush()
    if wish.blocked is not None:
        await blocks.replace(session, chef, wish.blocked)
    return chef


def view(chef: Chef, today: dt.date, blocked: Sequence[BlockedTime]) -> AvailabilityView:
    """The hours as they stand, and which of their wall times the clocks will skip."""
    return AvailabilityView.model_validate(
        {
            "zone": chef.zone,
            "weekly": chef.weekly,
            "exceptions": chef.exceptions,
            "turnaround_minutes": chef.turnaround_minutes,
            "notice_hours": chef.notice_hours,
            "horizon_days": chef.horizon_days,
            "slot_step_minutes": chef.slot_step_minutes,
            "blocked": blocked,
            "version": chef.version,
            "shifted": slots.skipped(Hours.of(chef), today),
        }
    )


async def free_slots(
    session: AsyncSession,
    chef_id: UUID,
    *,
    first: dt.date,
    last: dt.date,
    party: int,
    zone: str | None,
    menu_id: UUID | None,
    moving: Booking | None = None,
) -> tuple[list[Slot], str]:
    """A chef's free times on days of a zone, and the zone. Without a menu: times long enough for any that fits.

    ``moving``: times for this booking, whose own time counts as free.
    """
    if last < first or (last - first).days >= settings.SLOT_RANGE_DAYS:
        raise errors.RangeWrong(days=settings.SLOT_RANGE_DAYS)
    chef = await session.get(Chef, chef_id)
    if chef is None or chef.status != ChefStatus.ACTIVE:
        raise errors.NoSuchChef
    zone = zone or chef.zone
    if moving is not None:
        duration: timedelta | None = moving.ends_at - moving.starts_at
    else:
        duration = await _duration(session, chef_id, menu_id, party)
    if duration is None or first < FIRST_DAY or last > LAST_DAY:
        return [], zone
    hours = Hours.of(chef)
    since, until = slots.bounds(zone, first, last)
    now = await time.now(session)
    but = moving.id if moving is not None else None
    taken = await taken_of(session, [chef_id], since, until + duration + hours.turnaround, but=but)
    return slots.free(hours, since, until, duration, taken=taken.get(chef_id, []), now=now), zone


async def _duration(
    session: AsyncSession, chef_id: UUID, menu_id: UUID | None, party: int
) -> timedelta | None:
    offered = select(Menu.min_party, Menu.max_party, Menu.duration_minutes).where(
        Menu.chef_id == chef_id, Menu.active
    )
    if menu_id is not None:
        offered = offered.where(Menu.id == menu_id)
    found = (await session.execute(offered)).all()
    fitting = [menu.duration_minutes for menu in found if menu.min_party <= party <= menu.max_party]
    if menu_id is not None and not found:
        raise errors.NoSuchMenu
    if found and not fitting:
        sizes = {"min_party": min(m.min_party for m in found), "max_party": max(m.max_party for m in found)}
        raise errors.PartyOutOfRange(**sizes)
    return timedelta(minutes=max(fitting)) if fitting else None


async def taken_of(
    session: AsyncSession,
    chef_ids: Iterable[UUID],
    since: datetime,
    until: datetime,
    *,
    but: UUID | None = None,
) -> dict[UUID, list[Span]]:
    """What is taken of several chefs' time in one question; holds that ran out are free again at once."""
    rows = await session.execute(
        text(
            """
            select b.chef_id, lower(b.during) as starts_at, upper(b.during) as ends_at
            from unnest(cast(:chef_ids as uuid[])) as wanted(id)
            join coocook.busy b
              on coocook.uuid_range(b.chef_id, b.chef_id, '[]'::text)
                 && coocook.uuid_range(wanted.id, wanted.id, '[]'::text)
             and b.during && tstzrange(:since, :until)
            where (b.expires_at is null or b.expires_at > sf_now())
              and (cast(:but as uuid) is null or b.booking_id is distinct from :but)
            """
        ),
        {"chef_ids": list(chef_ids), "since": since, "until": until, "but": but},
    )
    taken: dict[UUID, list[Span]] = {}
    for row in rows:
        taken.setdefault(row.chef_id, []).append((row.starts_at, row.ends_at))
    return taken


async def free_on(session: AsyncSession, candidates: Sequence[Row[Any]], day: dt.date) -> set[UUID]:
    """Which of some chefs have a free time on a day of their own zone.

    A candidate is a row with the chef's id and hours, and ``longest``: minutes of the longest menu that fits, or null.
    """
    if not FIRST_DAY <= day <= LAST_DAY:
        return set()
    spans = {
        chef.id: slots.bounds(chef.zone, day, day) for chef in candidates if chef.longest and _open(chef, day)
    }
    if not spans:
        return set()
    since, until = min(span[0] for span in spans.values()), max(span[1] for span in spans.values())
    taken = await taken_of(session, spans, since, until + slots.DAY * 2)
    now = await time.now(session)
    return {
        chef.id
        for chef in candidates
        if chef.id in spans
        and slots.free(
            Hours.of(chef),
            *spans[chef.id],
            timedelta(minutes=chef.longest),
            taken=taken.get(chef.id, []),
            now=now,
        )
    }


def _open(chef: Row[Any], day: dt.date) -> bool:
    return bool(Hours.of(chef).on(day))


async def free_at(
    session: AsyncSession, candidates: Sequence[Row[Any]], starts_at: datetime
) -> list[Row[Any]]:
    """The candidates who offer this start and are free for it, in their order."""
    offering = [
        chef
        for chef in candidates
        if chef.longest and slots.offers(Hours.of(chef), starts_at, timedelta(minutes=chef.longest))
    ]
    taken = await taken_of(session, [chef.id for chef in offering], starts_at, starts_at + slots.DAY * 2)
    now = await time.now(session)
    moment = timedelta(microseconds=1)
    return [
        chef
        for chef in offering
        if slots.free(
            Hours.of(chef),
            starts_at,
            starts_at + moment,
            timedelta(minutes=chef.longest),
            taken=taken.get(chef.id, []),
            now=now,
        )
    ]
