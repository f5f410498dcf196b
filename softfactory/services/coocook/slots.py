"""Free times, computed from a chef's hours and what is taken. Arithmetic only: nothing here reads the database.

Hours are wall times of the chef's zone and become instants by ``time.resolve``. A start that the clocks skip is not
offered; of an hour that comes twice, the first is. How long a meal lasts is elapsed time.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, Self

from softfactory.kernel.time import local, resolve

Span = tuple[datetime, datetime]
DAY = timedelta(days=1)


class HasHours(Protocol):
    """What a chef's row tells of the hours."""

    zone: Any
    weekly: Any
    exceptions: Any
    turnaround_minutes: Any
    notice_hours: Any
    horizon_days: Any
    slot_step_minutes: Any


@dataclass(frozen=True, slots=True)
class Hours:
    """When a chef cooks, ready to be computed with."""

    zone: str
    weekly: dict[int, list[tuple[str, str]]]
    exceptions: dict[dt.date, list[tuple[str, str]]]
    turnaround: timedelta
    notice: timedelta
    horizon: timedelta
    step: timedelta

    @classmethod
    def of(cls, chef: HasHours) -> Self:
        weekly: dict[int, list[tuple[str, str]]] = {}
        for rule in chef.weekly:
            weekly.setdefault(rule["weekday"], []).append((rule["from"], rule["to"]))
        return cls(
            zone=chef.zone,
            weekly=weekly,
            exceptions={
                dt.date.fromisoformat(day["date"]): [(span["from"], span["to"]) for span in day["hours"]]
                for day in chef.exceptions
            },
            turnaround=timedelta(minutes=chef.turnaround_minutes),
            notice=timedelta(hours=chef.notice_hours),
            horizon=timedelta(days=chef.horizon_days),
            step=timedelta(minutes=chef.slot_step_minutes),
        )

    def on(self, day: dt.date) -> list[Span]:
        """The open spans of a day as wall times; a span that ends at 24:00 ends on the next day at 00:00."""
        spans = self.exceptions.get(day, self.weekly.get(day.isoweekday(), []))
        return sorted((_wall(day, since), _wall(day, until)) for since, until in spans)


@dataclass(frozen=True, slots=True)
class Slot:
    """A start that a guest may choose."""

    starts_at: datetime
    ends_at: datetime


def _wall(day: dt.date, clock: str) -> datetime:
    hour, minute = int(clock[:2]), int(clock[3:])
    return datetime.combine(day, dt.time()) + timedelta(hours=hour, minutes=minute)


def starts(hours: Hours, first: dt.date, last: dt.date, duration: timedelta) -> Iterator[Slot]:
    """Every start on the chef's days from ``first`` to ``last`` by the hours alone, in order, each once."""
    for day in _days(first, last):
        spans = hours.on(day)
        if not spans:
            continue
        joined = _joined([*spans, *hours.on(day + DAY)])
        seen: set[datetime] = set()
        for opens, closes in spans:
            ends = resolve(hours.zone, next(end for start, end in joined if start <= opens < end)).at
            wall = opens
            while wall < closes:
                at = resolve(hours.zone, wall)
                if not at.shifted and at.at + duration <= ends:
                    seen.add(at.at)
                wall += hours.step
        for at_ in sorted(seen):
            yield Slot(at_, at_ + duration)


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def _joined(spans: list[Span]) -> list[Span]:
    """Spans with those that touch or overlap made one: a meal may go on past midnight when the next day is open."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def free(
    hours: Hours,
    since: datetime,
    until: datetime,
    duration: timedelta,
    *,
    taken: Sequence[Span],
    now: datetime,
) -> list[Slot]:
    """The starts in ``[since, until)`` that respect notice and horizon and meet nothing that is taken.

    ``taken``: spans of busy time, turnaround included.
    """
    earliest, latest = max(since, now + hours.notice), min(until, now + hours.horizon)
    if earliest >= latest:
        return []
    first, last = (local(hours.zone, at).date() for at in (earliest, latest))
    offered = (s for s in starts(hours, first, last, duration) if earliest <= s.starts_at < latest)
    return [s for s in offered if not _meets((s.starts_at, s.ends_at + hours.turnaround), taken)]


def _meets(span: Span, taken: Iterable[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in taken)


def offers(hours: Hours, at: datetime, duration: timedelta) -> bool:
    """Whether the hours offer a start at this instant, whatever is taken."""
    day = local(hours.zone, at).date()
    return any(slot.starts_at == at for slot in starts(hours, day, day, duration))


def bounds(zone: str, first: dt.date, last: dt.date) -> Span:
    """The instants at which a range of days in a zone begins and ends."""
    begin = resolve(zone, datetime.combine(first, dt.time())).at
    return begin, resolve(zone, datetime.combine(last + DAY, dt.time())).at


def skipped(hours: Hours, first: dt.date) -> list[str]:
    """Wall times of the hours that the clocks will skip within the horizon, to tell the chef."""
    told: list[str] = []
    for day in _days(first, first + hours.horizon):
        for span in hours.on(day):
            told += [wall.isoformat(timespec="minutes") for wall in span if resolve(hours.zone, wall).shifted]
    return told
