"""Evenings of the past and what was said of them.

They are history brought along: their bookings have no payment and no order behind them, so no money is told of that
never moved. Their timeline is one row that says so.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from softfactory.kernel.identity import demo_person_id
from softfactory.services.coocook import bills, cancellation, settings, slots
from softfactory.services.coocook.demo import content, hours
from softfactory.services.coocook.demo.content import DemoChef, demo_id, dice
from softfactory.services.coocook.demo.sentences import Language, Writer
from softfactory.services.coocook.models import Menu
from softfactory.services.coocook.schemas.bookings import BookingStatus
from softfactory.services.coocook.words import words

Rows = list[dict[str, Any]]

REACH_DAYS = 420
BOOKED_BEFORE_DAYS = 30
GUEST_NAME = "김민지"
"""The demo guest's name, as the accounts have it."""


@dataclass(frozen=True, slots=True)
class Visitor:
    id: UUID
    name: str
    language: Language


@dataclass(frozen=True, slots=True)
class Evening:
    """A meal that took place. ``guest`` and ``chef``: the stars that each gave, None for nothing written."""

    visitor: Visitor
    starts_at: datetime
    menu: int
    guest: int | None
    chef: int | None


@dataclass(frozen=True, slots=True)
class Remembered:
    """An evening of the demo guest's."""

    slug: str
    days_ago: int
    guest: int | None
    chef: int | None


DEMO_GUESTS_EVENINGS = (
    Remembered(content.DEMO_CHEF, 3, None, None),
    Remembered("lucia-romero", 6, None, 5),
    Remembered("paul-kang", 11, 4, None),
    Remembered("gaon-noh", 68, 5, 5),
    Remembered("jiwoo-heo", 143, 4, None),
)


def joined_days(chef: DemoChef) -> int:
    """For how many days a chef has been listed: one in five is new."""
    chance = dice("joined", chef.slug)
    known = chef.slug in {evening.slug for evening in DEMO_GUESTS_EVENINGS}
    new = chance.random() < 0.2 and not known
    return chance.randint(75, 160) if new else chance.randint(REACH_DAYS + BOOKED_BEFORE_DAYS, 900)


OWNERS = {content.DEMO_CHEF: "chef", "gyurim-hong": "student", "santiago-luna": "influencer"}
"""Profiles of demo people. Those that wait are of people with an account, who are given the chef's role by approval."""


def owner(chef: DemoChef) -> UUID:
    """Whose profile it is: a demo person's, or somebody's who exists only in the demo."""
    role = OWNERS.get(chef.slug)
    return demo_person_id(role) if role else demo_id("owner", chef.slug)


@dataclass(slots=True)
class Past:
    """One chef's past, as rows by table."""

    chef: DemoChef
    now: datetime
    holds: Rows = field(default_factory=list)
    bookings: Rows = field(default_factory=list)
    changes: Rows = field(default_factory=list)
    reviews: Rows = field(default_factory=list)
    _writers: dict[Language, Writer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.chef.waits:
            return
        self._writers = {language: Writer(self.chef, language) for language in ("ko", "en")}
        for evening in self._evenings():
            booking = self._book(evening)
            self._review(evening, booking)

    def _evenings(self) -> Iterator[Evening]:
        """The demo guest's, and a few dozen of strangers' on other days."""
        me, days = Visitor(demo_person_id("guest"), GUEST_NAME, "ko"), set()
        for past in DEMO_GUESTS_EVENINGS:
            if past.slug == self.chef.slug:
                starts_at, menu = next(self._starts(range(past.days_ago, past.days_ago + 8)))
                days.add(starts_at.date())
                yield Evening(me, starts_at, menu, past.guest, past.chef)
        yield from (evening for evening in self._strangers() if evening.starts_at.date() not in days)

    def _strangers(self) -> Iterator[Evening]:
        """Evenings of the demo's other guests. The demo chef's latest ones wait for the chef's words."""
        chance, famous = dice("history", self.chef.slug), self.chef.slug == content.DEMO_CHEF
        reach = min(REACH_DAYS, joined_days(self.chef) - BOOKED_BEFORE_DAYS)
        most, usual = (40, 16) if reach == REACH_DAYS else (16, 8)
        count = 38 if famous else round(chance.triangular(6, most, usual))
        quality = 0.9 if famous else chance.triangular(0.1, 0.92, 0.7)
        visitors = self._visitors(count + chance.randint(0, count // 6))
        waiting = [4, 5, 6, 7, 8] if famous else []
        days = [*waiting, *(day for day in chance.sample(range(2, reach), reach - 2) if day not in waiting)]
        starts = self._starts(days)
        for number, (visitor, (starts_at, menu)) in enumerate(zip(visitors, starts, strict=False)):
            stars = _stars(chance.random(), quality) if number < count else None
            answered = stars and number >= len(waiting) and chance.random() < 0.6
            back = (3 if chance.random() < 0.05 else 5) if answered else None
            yield Evening(visitor, starts_at, menu, stars, back)

    def _visitors(self, count: int) -> list[Visitor]:
        """Different people, more of them English speakers where the chef speaks English."""
        chance = dice("visitors", self.chef.slug)
        names = content.read("guests")
        english = round(count * (0.38 if "en" in self.chef.profile.languages else 0.07))
        wanted: tuple[tuple[Language, int], ...] = (("en", english), ("ko", count - english))
        found = [
            Visitor(demo_id("guest", language, name), name, language)
            for language, n in wanted
            for name in chance.sample(names[language], n)
        ]
        chance.shuffle(found)
        return found

    def _starts(self, days_ago: Iterable[int]) -> Iterator[tuple[datetime, int]]:
        """A start and a menu on each of some days of the past on which the chef was open."""
        today = hours.day_of(self.now)
        week = hours.week(self.chef, today)
        for ago in days_ago:
            day: dt.date = today - timedelta(days=ago)
            chance = dice("start", self.chef.slug, ago)
            menu = chance.randrange(len(self.chef.menus))
            minutes = timedelta(minutes=self.chef.menus[menu].duration_minutes)
            if found := list(slots.starts(week, day, day, minutes)):
                yield chance.choice(found).starts_at, menu

    def _book(self, evening: Evening) -> dict[str, Any]:
        """A completed booking with the hold that it came from and its timeline."""
        chef, visitor, starts_at = self.chef, evening.visitor, evening.starts_at
        booking_id = demo_id("booking", chef.slug, visitor.id, starts_at.isoformat())
        hold_id = demo_id("hold", booking_id)
        chance = dice("evening", booking_id)
        menu = chef.menus[evening.menu]
        party = min(menu.max_party, menu.min_party + int(chance.expovariate(0.55)))
        price_of_one = menu.price_per_guest.amount
        offered = Menu(name=menu.name, name_en=menu.name_en, price_per_guest=price_of_one, extras=[])
        bill = bills.draw(offered, party=party, extras=[])
        booked_at = starts_at - timedelta(hours=chance.randint(80, 24 * BOOKED_BEFORE_DAYS))
        ends_at = starts_at + timedelta(minutes=menu.duration_minutes)
        done_at = min(ends_at + timedelta(hours=chance.randint(1, 20)), self.now)
        common = {
            "chef_id": chef.id,
            "menu_id": chef.menu_id(evening.menu + 1),
            "guest_id": visitor.id,
            "party": party,
            "starts_at": starts_at,
            "ends_at": ends_at,
            "price": bills.total(bill),
            "created_at": booked_at,
        }
        ended_at = booked_at + timedelta(minutes=settings.HOLD_MINUTES)
        self.holds.append({"id": hold_id, **common, "expires_at": ended_at})
        booking = {
            "id": booking_id,
            "hold_id": hold_id,
            **common,
            "guest_name": visitor.name,
            "space_id": visitor.id,
            "status": BookingStatus.COMPLETED,
            "zone": hours.ZONE,
            "lines": bill,
            "policy": cancellation.snapshot(chef.profile.policy),
            "allergens": [],
            "note": "",
            "order_id": demo_id("no-order", booking_id),
            "completed_at": done_at,
            "review_until": done_at + timedelta(days=settings.REVIEW_DAYS),
        }
        self.bookings.append(booking)
        self.changes.append(
            {
                "id": demo_id("change", booking_id),
                "booking_id": booking_id,
                "from_status": None,
                "to_status": BookingStatus.COMPLETED.value,
                "by": "system",
                "reason": "imported",
                "at": done_at,
                "created_at": done_at,
            }
        )
        return booking

    def _review(self, evening: Evening, booking: dict[str, Any]) -> None:
        """What both sides wrote, if they did: shown once both have, or once the time is up."""
        chance = dice("written", booking["id"])
        done_at, until = booking["completed_at"], booking["review_until"]
        at = {
            "guest": min(done_at + timedelta(hours=chance.randint(2, 110)), self.now),
            "chef": min(done_at + timedelta(hours=chance.randint(8, 150)), self.now),
        }
        in_time = until if until <= self.now else None
        shown = max(at.values()) if evening.guest and evening.chef else in_time
        common = {
            "booking_id": booking["id"],
            "chef_id": self.chef.id,
            "publish_at": until,
            "published_at": shown,
        }
        if evening.guest:
            text = self._writers[evening.visitor.language].review(
                evening.guest, self.chef.menus[evening.menu], party=booking["party"]
            )
            who = {"by": "guest", "author_id": evening.visitor.id, "author_name": evening.visitor.name}
            self._say(common | who, evening.guest, text, at["guest"])
        if evening.chef:
            spoken = [code for code in ("ko", "en") if code in self.chef.profile.languages]
            shared = evening.visitor.language if evening.visitor.language in spoken else spoken[0]
            text = self._writers["en" if shared == "en" else "ko"].of_guest(evening.chef)
            who = {"by": "chef", "author_id": owner(self.chef), "author_name": self.chef.profile.name}
            self._say(common | who, evening.chef, text, at["chef"])

    def _say(self, common: dict[str, Any], rating: int, text: str, at: datetime) -> None:
        review_id = demo_id("review", common["booking_id"], common["by"])
        said = {"id": review_id, "rating": rating, "text": text, "found_by": words(text), "created_at": at}
        self.reviews.append(common | said)


def _stars(roll: float, quality: float) -> int:
    """Stars of one review: most are fives, and the worse the chef, the longer the tail."""
    five = 0.32 + 0.5 * quality
    four = five + (1 - five) * (0.55 + 0.25 * quality)
    three = four + (1 - four) * 0.65
    two = three + (1 - three) * 0.75
    return next((stars for stars, limit in ((5, five), (4, four), (3, three), (2, two)) if roll < limit), 1)
