"""Finding chefs. The list is the hottest page of the service: one statement selects and forms what is sent.

The filter by date needs arithmetic of hours that SQL does not know (``slots.py``), so candidates are read in batches
in the list's order and sifted, three questions a batch.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import paging
from softfactory.kernel.money import won
from softfactory.kernel.paging import CursorInvalid
from softfactory.services.coocook import availability
from softfactory.services.coocook.languages import english, pick
from softfactory.services.coocook.schemas.chefs import ChefSort, ChefStatus
from softfactory.services.coocook.words import query

BATCH = 100
BATCHES = 20
"""How far one request looks for chefs with a free time; the cursor goes on from there."""

CARD = """
    json_build_object(
        'id', c.id,
        'name', coalesce(case when :english then c.name_en end, c.name),
        'headline', coalesce(case when :english then c.headline_en end, c.headline),
        'cuisines', c.cuisines, 'region', c.region, 'city', c.city,
        'rating', c.rating, 'review_count', c.rating_count,
        'price_from', case when c.price_from is not null
                           then json_build_object('amount', c.price_from, 'currency', 'KRW') end,
        'picture', json_build_object('kind', 'chef', 'seed', c.picture_seed, 'photo',
            (select p.shown from coocook.picture p where p.id = c.portrait_id and p.state = 'ready')),
        'cover', (select p.shown from coocook.picture p where p.id = c.cover_id and p.state = 'ready'),
        'instant', c.instant, 'languages', c.languages, 'status', c.status
    )::text as card
"""
HOURS = "c.zone, c.weekly, c.exceptions, c.turnaround_minutes, c.notice_hours, c.horizon_days, c.slot_step_minutes"


@dataclass(frozen=True, slots=True)
class _Order:
    """A sort: its column, its direction, and how a cursor's value is read. The id breaks ties in the same direction."""

    column: str
    descending: bool
    read: Callable[[Any], Any]


_ORDERS = {
    ChefSort.RATING: _Order("c.rank", True, int),
    ChefSort.PRICE: _Order("c.price_from", False, int),
    ChefSort.NEW: _Order("c.approved_at", True, datetime.fromisoformat),
}
_UNLISTED = _Order("c.created_at", True, datetime.fromisoformat)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader looks for."""

    cuisine: str | None = None
    region: str | None = None
    date: dt.date | None = None
    party: int | None = None
    price_min: int | None = None
    price_max: int | None = None
    rating_min: float | None = None
    q: str | None = None
    sort: ChefSort = ChefSort.RATING
    status: ChefStatus = ChefStatus.ACTIVE


async def page(session: AsyncSession, wanted: Wanted, *, cursor: str | None, limit: int) -> bytes:
    """One page of cards as JSON."""
    order = _ORDERS[wanted.sort] if wanted.status == ChefStatus.ACTIVE else _UNLISTED
    after = _after(order, wanted, cursor)
    found: list[Row[Any]] = []
    if wanted.date is None:
        found = await _select(session, wanted, order, after, limit + 1)
        more = len(found) > limit
        found = found[:limit]
        end = found[-1] if more else None
    else:
        found, end = await _sift(session, wanted, order, after, limit)
    # The status stands in the cursor's first part too: a cursor of another list is refused, not misread.
    following = paging.encode(_name(wanted), end.key, end.id) if end else None
    return b'{"items":[%b],"next_cursor":%b}' % (
        ",".join(row.card for row in found).encode(),
        orjson.dumps(following),
    )


async def _sift(
    session: AsyncSession, wanted: Wanted, order: _Order, after: tuple[Any, UUID] | None, limit: int
) -> tuple[list[Row[Any]], Row[Any] | None]:
    """Chefs who are free on the date, and the row to go on from; a page may be short before the list ends."""
    assert wanted.date is not None  # noqa: S101 - asked by `page`
    found: list[Row[Any]] = []
    end: Row[Any] | None = None
    for _ in range(BATCHES):
        batch = await _select(session, wanted, order, after, BATCH)
        free = await availability.free_on(session, batch, wanted.date)
        for row in batch:
            if row.id in free:
                if len(found) == limit:
                    return found, end
                found.append(row)
            end = row
        if len(batch) < BATCH:
            return found, None
        after = (batch[-1].key, batch[-1].id)
    return found, end


async def _select(
    session: AsyncSession, wanted: Wanted, order: _Order, after: tuple[Any, UUID] | None, count: int
) -> list[Row[Any]]:
    conditions = ["c.status = :status"]
    values: dict[str, Any] = {"status": wanted.status.value, "english": english(), "count": count}

    def require(condition: str, **value: Any) -> None:
        conditions.append(condition)
        values.update(value)

    if wanted.cuisine is not None:
        require("c.cuisines @> array[cast(:cuisine as text)]", cuisine=wanted.cuisine)
    if wanted.region is not None:
        require("c.region = :region", region=wanted.region)
    if wanted.party is not None:
        require(f"exists (select from coocook.menu m where {_FITS})")
        values["party"] = wanted.party
    if wanted.price_min is not None:
        require("c.price_from >= :price_min", price_min=wanted.price_min)
    if wanted.price_max is not None:
        require("c.price_from <= :price_max", price_max=wanted.price_max)
    if wanted.rating_min is not None:
        require("c.rating >= cast(:rating_min as numeric)", rating_min=wanted.rating_min)
    if wanted.q is not None and wanted.q.strip():
        asked = query(wanted.q)
        require("c.words @@ cast(:q as tsquery)", q=asked) if asked else require("false")
    if order.column == "c.price_from":
        require("c.price_from is not null")
    if after is not None:
        sign = "<" if order.descending else ">"
        require(
            f"({order.column}, c.id) {sign} (:after_key, :after_id)", after_key=after[0], after_id=after[1]
        )
    direction = "desc" if order.descending else "asc"
    extra = ""
    if wanted.date is not None:
        fitting = _FITS if wanted.party is not None else "m.chef_id = c.id and m.active"
        extra = f", {HOURS}, ({_LONGEST} {fitting}) as longest"
    statement = (
        f"select c.id, {order.column} as key, {CARD}{extra} from coocook.chef c "  # noqa: S608 - constants only
        f"where {' and '.join(conditions)} order by {order.column} {direction}, c.id {direction} limit :count"
    )
    rows = await session.execute(text(statement), values)
    return list(rows.all())


_LONGEST = "select max(m.duration_minutes) from coocook.menu m where"
_FITS = "m.chef_id = c.id and m.active and :party between m.min_party and m.max_party"


def _name(wanted: Wanted) -> str:
    return f"{wanted.status.value}:{wanted.sort.value}"


def _after(order: _Order, wanted: Wanted, cursor: str | None) -> tuple[Any, UUID] | None:
    seen = paging.decode(cursor, str, order.read, UUID)
    if seen is None:
        return None
    if seen[0] != _name(wanted) or None in seen:
        raise CursorInvalid
    return seen[1], seen[2]


async def free_instead(
    session: AsyncSession, *, of: UUID, starts_at: datetime, party: int, price: int, limit: int = 3
) -> list[dict[str, Any]]:
    """Cards of other chefs of the same region who are free at the very same time, the best first.

    Each with the menu for this party whose price is nearest: one click holds it.
    """
    rows = await session.execute(
        text(
            f"""
            select c.id, {CARD}, {HOURS}, ({_LONGEST} {_FITS}) as longest,
                   near.id as menu_id, near.name as menu_name, near.name_en as menu_name_en, near.price as menu_price
            from coocook.chef c join coocook.chef gone on gone.id = :of and gone.region = c.region
            join lateral (
                select m.id, m.name, m.name_en, m.price_per_guest * :party as price from coocook.menu m
                where {_FITS} order by abs(m.price_per_guest * :party - :price), m.id limit 1
            ) near on true
            where c.status = 'active' and c.id <> :of
            order by c.cuisines && gone.cuisines desc, c.rank desc, c.id limit 50
            """  # noqa: S608 - constants only
        ),
        {"of": of, "party": party, "price": price, "english": english()},
    )
    found = await availability.free_at(session, list(rows.all()), starts_at)
    return [
        orjson.loads(row.card)
        | {
            "menu": {
                "id": row.menu_id,
                "name": pick(row.menu_name, row.menu_name_en),
                "price": won(row.menu_price),
            },
            "starts_at": starts_at,
        }
        for row in found[:limit]
    ]
