"""When demo chefs cook: a few kinds of weeks, varied by chef."""

import datetime as dt
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from softfactory.kernel.time import local, resolve
from softfactory.services.coocook.demo import content
from softfactory.services.coocook.schemas.chefs import Availability
from softfactory.services.coocook.slots import Hours

ZONE = "Asia/Seoul"

WEEKS: dict[str, tuple[range | tuple[int, ...], list[tuple[str, str]]]] = {
    "dinner": (range(2, 8), [("16:00", "22:00")]),
    "night": (range(3, 8), [("18:00", "24:00")]),
    "weekend": ((5, 6, 7), [("11:00", "23:00")]),
    "daily": (range(1, 8), [("11:00", "22:00")]),
    "evenings": (range(1, 6), [("17:00", "22:00")]),
    "lunch_dinner": (range(2, 7), [("11:00", "15:00"), ("17:00", "22:00")]),
    "brunch": (range(4, 8), [("08:00", "15:00")]),
    "farm": ((4, 5, 6, 7, 1), [("11:00", "20:00")]),
}
"""Weekdays (1 Monday … 7 Sunday) and the hours of each."""


def of(chef: content.DemoChef, today: dt.date) -> Availability:
    """A chef's hours, with days off and days of other hours in the weeks ahead."""
    dice = content.dice("hours", chef.slug)
    weekdays, spans = WEEKS[chef.hours]
    days = list(weekdays)
    if len(days) > 4 and chef.slug != content.DEMO_CHEF and dice.random() < 0.4:
        days.remove(dice.choice(days))
    told: dict[str, Any] = {
        "weekly": [{"weekday": day, "from": since, "to": until} for day in days for since, until in spans],
        "exceptions": _exceptions(chef, today),
        "turnaround_minutes": dice.choice((30, 60, 60, 90)),
        "notice_hours": 12 if chef.slug == content.DEMO_CHEF else dice.choice((12, 24, 24, 48, 72)),
        "horizon_days": dice.choice((60, 90, 90, 120)),
        "slot_step_minutes": dice.choice((30, 60, 60)),
    }
    return Availability.model_validate(told)


def _exceptions(chef: content.DemoChef, today: dt.date) -> list[dict[str, Any]]:
    """A few days of holiday, and a day with hours of its own."""
    dice = content.dice("exceptions", chef.slug)
    away = today + timedelta(days=dice.randint(24, 55))
    note = dice.choice(("휴가", "식재료 산지 방문", "가족 행사", "주방 점검"))
    days: dict[dt.date, dict[str, Any]] = {
        away + timedelta(days=n): {"hours": [], "note": note} for n in range(dice.randint(1, 4))
    }
    special = today + timedelta(days=dice.randint(8, 22))
    days.setdefault(special, {"hours": [{"from": "12:00", "to": "20:00"}], "note": "특별 영업"})
    return [{"date": day, **told} for day, told in sorted(days.items())]


@lru_cache(maxsize=100)
def week(chef: content.DemoChef, today: dt.date) -> Hours:
    """A chef's weekly hours, as free times are computed from them, without the exceptions of the weeks ahead."""
    told = of(chef, today)
    weekly: dict[int, list[tuple[str, str]]] = {}
    for rule in told.weekly:
        weekly.setdefault(rule.weekday, []).append((rule.from_, rule.to))
    return Hours(
        zone=told.zone,
        weekly=weekly,
        exceptions={},
        turnaround=timedelta(minutes=told.turnaround_minutes),
        notice=timedelta(hours=told.notice_hours),
        horizon=timedelta(days=told.horizon_days),
        step=timedelta(minutes=told.slot_step_minutes),
    )


def closing(chef: content.DemoChef, today: dt.date, day: dt.date) -> datetime | None:
    """When the chef's last hours of a day end; None on a day off."""
    spans = week(chef, today).on(day)
    return resolve(ZONE, spans[-1][1]).at if spans else None


def day_of(now: datetime) -> dt.date:
    """The day that it is where the demo chefs live."""
    return local(ZONE, now).date()
