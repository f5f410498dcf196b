"""A chef's calendar as a feed: what phones and calendars read without signing in, by an address nobody can guess.

The token is in the address, so it is kept as a hash and shown once. A new one ends the old one. The feed tells when the
chef works, which menu and for how many; nothing of the guest. Times are instants (UTC): every calendar shows them by
its own clock, and no rule of daylight saving can be read wrong.
"""

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from icalendar import Calendar, Event
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import config, time
from softfactory.services.coocook import errors
from softfactory.services.coocook.languages import english, pick
from softfactory.services.coocook.models import Booking, BookingChange, Busy, Chef, Menu
from softfactory.services.coocook.schemas.bookings import BookingStatus

SHOWN = (BookingStatus.REQUESTED, BookingStatus.CONFIRMED, BookingStatus.COMPLETED, BookingStatus.DISPUTED)
"""What takes place or did. What is cancelled leaves the feed, and with it the calendars that read it."""

PAST_DAYS = 60
MOST = 2_000


async def renew(session: AsyncSession, chef: Chef) -> str:
    """A new address for a chef's feed; the one before ends. The chef is locked by the caller."""
    token = secrets.token_urlsafe(32)
    chef.feed_hash, chef.feed_made_at = _hash(token), await time.now(session)
    return f"{config.settings().public_url}/api/coocook/chefs/{chef.id}/calendar.ics?token={token}"


def revoke(chef: Chef) -> None:
    chef.feed_hash = chef.feed_made_at = None


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


async def read(session: AsyncSession, chef_id: UUID, token: str) -> bytes:
    """The feed as iCalendar (RFC 5545), the same bytes while nothing changes. A wrong token finds nothing."""
    chef = await session.get(Chef, chef_id)
    if chef is None or chef.feed_hash is None or not hmac.compare_digest(chef.feed_hash, _hash(token)):
        raise errors.NoSuchFeed
    since = await time.now(session) - timedelta(days=PAST_DAYS)
    calendar = Calendar()
    calendar.add("prodid", "-//SoftFactory//CooCook//KO")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{pick('쿠쿡', 'CooCook')} · {pick(chef.name, chef.name_en)}")
    calendar.add("x-wr-timezone", chef.zone)
    calendar.add("refresh-interval;value=duration", "PT30M")
    for event in [*await _bookings(session, chef, since), *await _blocks(session, chef, since)]:
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


async def _bookings(session: AsyncSession, chef: Chef, since: datetime) -> list[Event]:
    changed = (
        select(func.max(BookingChange.at)).where(BookingChange.booking_id == Booking.id).scalar_subquery()
    )
    rows = await session.execute(
        select(Booking, Menu.name, Menu.name_en, changed.label("changed"))
        .join(Menu, Menu.id == Booking.menu_id)
        .where(Booking.chef_id == chef.id, Booking.status.in_(SHOWN), Booking.starts_at >= since)
        .order_by(Booking.starts_at, Booking.id)
        .limit(MOST)
    )
    events = []
    for booking, menu, menu_en, changed_at in rows:
        guests = f"{booking.party} guests" if english() else f"{booking.party}명"
        waits = booking.status == BookingStatus.REQUESTED
        asked = pick("요청: ", "Request: ") if waits else ""
        event = _event(booking.id, booking.starts_at, booking.ends_at, changed_at or booking.created_at)
        event.add("summary", f"{asked}{pick(menu, menu_en)} · {guests}")
        event.add("status", "TENTATIVE" if waits else "CONFIRMED")
        event.add("sequence", booking.moves)
        event.add("url", f"{config.settings().public_url}/chef/desk?booking={booking.id}")
        events.append(event)
    return events


async def _blocks(session: AsyncSession, chef: Chef, since: datetime) -> list[Event]:
    rows = await session.scalars(
        select(Busy)
        .where(
            Busy.chef_id == chef.id, Busy.hold_id.is_(None), Busy.booking_id.is_(None), Busy.ends_at >= since
        )
        .order_by(Busy.ends_at, Busy.id)
        .limit(MOST)
    )
    events = []
    for row in rows:
        assert row.during.lower is not None  # noqa: S101 - the constraint "bounded"
        event = _event(row.id, row.during.lower, row.ends_at, row.created_at)
        event.add("summary", row.note or pick("예약 받지 않음", "Not available"))
        events.append(event)
    return events


def _event(of: UUID, starts_at: datetime, ends_at: datetime, changed_at: Any) -> Event:
    event = Event()
    event.add("uid", f"{of}@coocook.softfactory")
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("dtstart", starts_at)
    event.add("dtend", ends_at)
    return event
