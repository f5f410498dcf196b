"""Holds: a chef's time kept for one guest for ten minutes.

Ten thousand guests may want the same thousand times at once, so the way of a hold is short. Most losers leave after
one question, without any lock; a winner locks first herself, then the chef, asks again and writes once.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, TextClause, exc, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import db, time
from softfactory.kernel.jobs import job
from softfactory.kernel.money import won
from softfactory.kernel.outside import Steps
from softfactory.services.coocook import busy, chefs, errors, orders, settings, slots, timeline
from softfactory.services.coocook.models import Booking, Busy, Hold
from softfactory.services.coocook.schemas.bookings import BookingStatus, HoldView, HoldWish
from softfactory.services.coocook.slots import Hours

_LOOK: TextClause = text(
    """
    select sf_now() as now, c.user_id, c.zone, c.weekly, c.exceptions, c.turnaround_minutes, c.notice_hours,
           c.horizon_days, c.slot_step_minutes,
           m.id as menu_id, m.price_per_guest, m.min_party, m.max_party, m.duration_minutes,
           taken.*,
           (select count(*) from coocook.hold h join coocook.busy b on b.hold_id = h.id
            where h.guest_id = :guest_id and b.expires_at > sf_now()) as held
    from coocook.chef c
    left join coocook.menu m on m.id = :menu_id and m.chef_id = c.id and m.active
    left join lateral (
        select lower(b.during) as taken_from, b.ends_at as taken_to, b.expires_at as taken_until,
               h.id as taken_by, h.guest_id as taken_guest, h.menu_id as taken_menu, h.party as taken_party
        from coocook.busy b left join coocook.hold h on h.id = b.hold_id
        where coocook.uuid_range(b.chef_id, b.chef_id, '[]'::text) && coocook.uuid_range(c.id, c.id, '[]'::text)
          and b.during && tstzrange(cast(:starts_at as timestamptz), cast(:starts_at as timestamptz)
                                    + make_interval(mins => m.duration_minutes + c.turnaround_minutes))
          and (b.expires_at is null or b.expires_at > sf_now())
        order by b.during limit 1
    ) taken on true
    where c.id = :chef_id and c.status = 'active'
    """
)
_LOCK = text(
    """
    with guest as materialized (select pg_advisory_xact_lock(hashtextextended(:guest, 0)))
    select 1 from guest, coocook.chef c where c.id = :chef_id for no key update of c
    """
)
_KEEP = text(
    """
    with kept as (
        insert into coocook.hold (id, chef_id, menu_id, guest_id, party, starts_at, ends_at, price, expires_at)
        values (:id, :chef_id, :menu_id, :guest_id, :party, :starts_at, :ends_at, :price, :expires_at)
    )
    insert into coocook.busy (id, chef_id, during, ends_at, hold_id, expires_at)
    values (:busy_id, :chef_id, tstzrange(:starts_at, :busy_until), :ends_at, :id, :expires_at)
    """
)


async def take(session: AsyncSession, wish: HoldWish, *, guest_id: UUID) -> HoldView:
    """Keep a chef's time, or raise SlotTaken. The same wish again answers the hold that the guest already has."""
    if own := _judge(await _look(session, wish, guest_id), wish, guest_id):
        return own
    await session.execute(_LOCK, {"guest": f"hold:{guest_id}", "chef_id": wish.chef_id})
    await lose_expired(session, wish.chef_id)
    # Waiting took time: what was free may be taken, and the clock has moved.
    found = await _look(session, wish, guest_id)
    if own := _judge(found, wish, guest_id):
        return own
    if found.held >= settings.HOLDS_PER_GUEST:
        raise errors.TooManyHolds(limit=settings.HOLDS_PER_GUEST)
    ends_at = wish.starts_at + timedelta(minutes=found.duration_minutes)
    kept: dict[str, Any] = {
        "id": db.uuid7(),
        "chef_id": wish.chef_id,
        "menu_id": wish.menu_id,
        "party": wish.party,
        "starts_at": wish.starts_at,
        "ends_at": ends_at,
        "price": found.price_per_guest * wish.party,
        "expires_at": found.now + timedelta(minutes=settings.HOLD_MINUTES),
    }
    taken_to = ends_at + timedelta(minutes=found.turnaround_minutes)
    try:
        await session.execute(
            _KEEP, {**kept, "guest_id": guest_id, "busy_id": db.uuid7(), "busy_until": taken_to}
        )
    except exc.DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != busy.OVERLAP:
            raise
        raise errors.SlotTaken(starts_at=wish.starts_at, ends_at=ends_at) from None
    return HoldView(**{**kept, "price": won(kept["price"])})


async def _look(session: AsyncSession, wish: HoldWish, guest_id: UUID) -> Row[Any]:
    """Everything that decides on a wish, in one question."""
    wanted = {
        "chef_id": wish.chef_id,
        "menu_id": wish.menu_id,
        "starts_at": wish.starts_at,
        "guest_id": guest_id,
    }
    found = (await session.execute(_LOOK, wanted)).first()
    if found is None:
        raise errors.NoSuchChef
    return found


def _judge(found: Row[Any], wish: HoldWish, guest_id: UUID) -> HoldView | None:
    """Refuse what cannot be held; the guest's own hold when this is the same wish again."""
    if found.menu_id is None:
        raise errors.NoSuchMenu
    if found.user_id == guest_id:
        raise errors.OwnTable
    if not found.min_party <= wish.party <= found.max_party:
        raise errors.PartyOutOfRange(min_party=found.min_party, max_party=found.max_party)
    same = (guest_id, wish.menu_id, wish.party, wish.starts_at)
    if found.taken_until and same == (
        found.taken_guest,
        found.taken_menu,
        found.taken_party,
        found.taken_from,
    ):
        return HoldView(
            id=found.taken_by,
            chef_id=wish.chef_id,
            menu_id=wish.menu_id,
            starts_at=found.taken_from,
            ends_at=found.taken_to,
            party=wish.party,
            expires_at=found.taken_until,
            price=won(found.price_per_guest * wish.party),
        )
    _refuse_taken(found, guest_id)  # before any arithmetic: in a storm nearly all leave here
    hours = Hours.of(found)
    if wish.starts_at < found.now + hours.notice:
        raise errors.NoticeTooShort(notice_hours=found.notice_hours)
    if wish.starts_at >= found.now + hours.horizon:
        raise errors.BeyondHorizon(horizon_days=found.horizon_days)
    if not slots.offers(hours, wish.starts_at, timedelta(minutes=found.duration_minutes)):
        raise errors.SlotNotOffered
    return None


def _refuse_taken(found: Row[Any], guest_id: UUID) -> None:
    if found.taken_from is not None:
        yours = found.taken_guest == guest_id
        raise errors.SlotTaken(starts_at=found.taken_from, ends_at=found.taken_to, yours=yours)


async def release(session: AsyncSession, hold_id: UUID, *, guest_id: UUID) -> None:
    """Give the time back. A hold that ended already stays ended; one that was booked is cancelled as a booking."""
    hold = await session.scalar(select(Hold).where(Hold.id == hold_id, Hold.guest_id == guest_id))
    if hold is None:
        raise errors.NoSuchHold
    await chefs.lock(session, hold.chef_id)
    booked = await session.scalar(select(Booking.id).where(Booking.hold_id == hold_id))
    if booked is not None:
        raise errors.HoldBooked(booking_id=booked)
    await session.execute(text("delete from coocook.busy where hold_id = :id"), {"id": hold_id})
    now = await time.now(session)
    await session.execute(
        update(Hold).where(Hold.id == hold_id, Hold.released_at.is_(None)).values(released_at=now)
    )


async def lose_expired(session: AsyncSession, chef_id: UUID) -> None:
    """Free a chef's expired holds; the unpaid bookings that had them are over, and so are their orders.

    The caller holds the chef's lock.
    """
    booking_ids = await busy.drop_expired(session, chef_id)
    if not booking_ids:
        return
    lost = await session.scalars(
        select(Booking)
        .where(Booking.id.in_(booking_ids))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    for booking in lost:
        if booking.status == BookingStatus.HELD:
            await timeline.move(
                session, booking, BookingStatus.EXPIRED, by="system", reason="not_paid_in_time"
            )
            await orders.close.later(session, unique=booking.id, booking_id=booking.id)


@job(every="1m")
async def sweep(steps: Steps) -> None:
    """Expire what nobody comes by to expire; chef by chef, so that no lock is held for long."""
    async with steps.transaction() as session:
        found = await session.scalars(
            select(Busy.chef_id).where(Busy.expires_at <= await time.now(session)).distinct().limit(500)
        )
        chef_ids = sorted(found)
    for chef_id in chef_ids:
        async with steps.transaction() as session:
            await chefs.lock(session, chef_id)
            await lose_expired(session, chef_id)


@job(cron="20 4 * * *")
async def forget(session: AsyncSession) -> None:
    """Delete holds of the past that became nothing."""
    await session.execute(
        text(
            """
            delete from coocook.hold h
            where h.expires_at < sf_now() - make_interval(days => :days)
              and not exists (select from coocook.booking b where b.hold_id = h.id)
              and not exists (select from coocook.busy b where b.hold_id = h.id)
            """
        ),
        {"days": settings.KEEP_HOLDS_DAYS},
    )
