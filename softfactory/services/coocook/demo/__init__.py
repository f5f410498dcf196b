"""Coocook's demo data: chefs with menus, hours, past evenings and reviews, and the demo people's own bookings.

Rows have fixed ids and are written in one transaction, so a second run finds them and does nothing. Dates are counted
from the database's clock. What claims to be paid was paid: the demo people's bookings go through the API.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Text, bindparam, func, insert, select, text
from sqlalchemy.dialects.postgresql import ARRAY, Range
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import db, time
from softfactory.services.coocook import chefs as chefs_of_coocook
from softfactory.services.coocook import ratings
from softfactory.services.coocook.demo import content, history, hours, live, moderated
from softfactory.services.coocook.demo.content import DemoChef, demo_id, dice
from softfactory.services.coocook.models import Booking, BookingChange, Busy, Chef, Hold, Menu, Review
from softfactory.services.coocook.schemas.chefs import ChefStatus

Report = Callable[[str], None]


async def seed(report: Report) -> None:
    """Fill coocook's tables for a demo; what is there already stays."""
    async with db.transaction("coocook", limited=False) as session:
        await session.execute(text("select pg_advisory_xact_lock(hashtext('coocook.demo'))"))
        if await session.get(Chef, demo_id("chef", content.DEMO_CHEF)) is None:
            await _fill(session, report)
        else:
            report("coocook: the chefs are there already")
    await live.seed(report)


async def _fill(session: AsyncSession, report: Report) -> None:
    now = await time.now(session)
    found = content.chefs()
    report(f"coocook: {len(found)} chefs, their menus and hours")
    taken = set(await session.scalars(select(Chef.user_id)))
    await session.execute(insert(Chef), [_chef_row(chef, now, taken) for chef in found])
    await session.execute(insert(Menu), [row for chef in found for row in _menu_rows(chef, now)])
    for chef in found:
        await chefs_of_coocook.refresh_offer(session, await session.get_one(Chef, chef.id))
    await session.execute(insert(Busy), [row for chef in found for row in _appointments(chef, now)])
    report("coocook: evenings of the past and their reviews")
    pasts = [history.Past(chef, now) for chef in found]
    await session.execute(insert(Hold), [row for past in pasts for row in past.holds])
    await session.execute(insert(Booking), [row for past in pasts for row in past.bookings])
    await session.execute(insert(BookingChange), [row for past in pasts for row in past.changes])
    reviews = [row for past in pasts for row in past.reviews]
    searched = func.array_to_tsvector(bindparam("found_by", type_=ARRAY(Text)))
    await session.execute(insert(Review).values(words=searched), reviews)
    await moderated.seed(session, now)
    report(f"coocook: {len(reviews)} reviews; ranking the chefs")
    # The first pass finds what the average chef is, the second ranks by it.
    await ratings.refresh_all(session)
    await ratings.refresh_all(session)


def _chef_row(chef: DemoChef, now: datetime, taken: set[UUID]) -> dict[str, Any]:
    listed_for = timedelta(hours=20) if chef.waits else timedelta(days=history.joined_days(chef))
    joined = now - listed_for
    # Whoever the demo chef was before may have a profile already; a person has one.
    owner = history.owner(chef) if history.owner(chef) not in taken else demo_id("owner", chef.slug)
    told = hours.of(chef, hours.day_of(now))
    return {
        "id": chef.id,
        "user_id": owner,
        "space_id": owner,
        **chef.profile.model_dump(),
        "status": ChefStatus.DRAFT if chef.waits else ChefStatus.ACTIVE,
        "approved_at": None if chef.waits else joined,
        "created_at": joined,
        "zone": told.zone,
        "weekly": [rule.model_dump(by_alias=True) for rule in told.weekly],
        "exceptions": [day.model_dump(mode="json", by_alias=True) for day in told.exceptions],
        "turnaround_minutes": told.turnaround_minutes,
        "notice_hours": told.notice_hours,
        "horizon_days": told.horizon_days,
        "slot_step_minutes": told.slot_step_minutes,
    }


def _menu_rows(chef: DemoChef, now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "id": chef.menu_id(number),
            "chef_id": chef.id,
            **menu.model_dump(exclude={"replaces", "active", "price_per_guest", "extras"}),
            "price_per_guest": menu.price_per_guest.amount,
            "extras": [{**extra.model_dump(), "price": extra.price.amount} for extra in menu.extras],
            "allergens": sorted({allergen for dish in menu.dishes for allergen in dish.allergens}),
            "created_at": now - timedelta(days=420),
        }
        for number, menu in enumerate(chef.menus, start=1)
    ]


def _appointments(chef: DemoChef, now: datetime) -> list[dict[str, Any]]:
    """Outside appointments in the weeks ahead: they take time and claim no booking."""
    chance = dice("appointments", chef.slug)
    if chef.waits or chef.slug == content.DEMO_CHEF:
        return []
    rows, today = [], hours.day_of(now)
    for ahead in sorted(chance.sample(range(1, 40), chance.randint(4, 14))):
        until = hours.closing(chef, today, today + timedelta(days=ahead))
        if until is None:
            continue
        since = until - timedelta(hours=chance.choice((3, 4, 5)))
        rows.append(
            {
                "id": demo_id("appointment", chef.slug, ahead),
                "chef_id": chef.id,
                "during": Range(since, until),
                "ends_at": until,
            }
        )
    return rows
