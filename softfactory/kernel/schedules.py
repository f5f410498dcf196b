"""When scheduled jobs are due, and firing each due time once across all processes."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import db, faults
from softfactory.kernel.db import run_sql

ZONE = ZoneInfo("Asia/Seoul")
"""Cron expressions mean this zone's wall time. It has no daylight saving, so every wall time exists once."""

_EPOCH = datetime(1970, 1, 1, tzinfo=ZONE).astimezone(UTC)
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))


@dataclass(frozen=True, slots=True)
class Rule:
    """``every`` so many seconds, counted from a midnight in Seoul; or the five fields of a cron line."""

    text: str
    every: int = 0
    cron: tuple[frozenset[int], ...] = ()

    def next(self, after: datetime) -> datetime:
        """The first due time later than ``after``."""
        if self.every:
            local = int((after - _EPOCH).total_seconds())
            return _EPOCH + timedelta(seconds=(local // self.every + 1) * self.every)
        minute = after.astimezone(ZONE).replace(second=0, microsecond=0) + timedelta(minutes=1)
        minutes, hours, days, months, weekdays = self.cron
        last = minute + timedelta(days=366 * 8)  # 29 February is at most eight years away
        while minute < last:
            if minute.month not in months or not _day_matches(minute, days, weekdays):
                minute = minute.replace(hour=0, minute=0) + timedelta(days=1)
            elif minute.hour not in hours:
                minute = minute.replace(minute=0) + timedelta(hours=1)
            elif minute.minute not in minutes:
                minute += timedelta(minutes=1)
            else:
                return minute.astimezone(UTC)
        raise ValueError(f"{self.text} never comes")


def _day_matches(moment: datetime, days: frozenset[int], weekdays: frozenset[int]) -> bool:
    """As cron has it: when both the day and the weekday are restricted, either will do."""
    by_day, by_weekday = moment.day in days, moment.isoweekday() % 7 in weekdays
    if len(days) < 31 and len(weekdays) < 7:
        return by_day or by_weekday
    return by_day and by_weekday


def parse(*, every: str | None = None, cron: str | None = None) -> Rule:
    """The rule of ``every="10m"`` (s, m, h, d) or ``cron="0 3 * * *"``; ValueError when it is neither."""
    if every is not None:
        found = re.fullmatch(r"([1-9]\d*)([smhd])", every)
        if not found:
            raise ValueError(f"every={every!r}: say a number and s, m, h or d, such as 10m")
        return Rule(f"every {every}", every=int(found[1]) * _UNITS[found[2]])
    fields = (cron or "").split()
    if len(fields) != 5:
        raise ValueError(f"cron={cron!r}: five fields are minute, hour, day, month, weekday")
    sets = [_numbers(field, *limits) for field, limits in zip(fields, _RANGES, strict=True)]
    sets[4] = frozenset(day % 7 for day in sets[4])  # Sunday is 0 and 7
    rule = Rule(f"cron {cron}", cron=tuple(sets))
    rule.next(datetime.now(UTC))
    return rule


def _numbers(field: str, low: int, high: int) -> frozenset[int]:
    found: set[int] = set()
    for part in field.split(","):
        match = re.fullmatch(r"(?:\*|(\d+)(?:-(\d+))?)(?:/([1-9]\d*))?", part)
        if not match:
            raise ValueError(f"cron field {field!r} cannot be read")
        first, last, step = match.groups()
        start = int(first) if first else low
        end = int(last) if last else (high if not first or step else start)
        if not low <= start <= end <= high:
            raise ValueError(f"cron field {field!r} is outside {low}-{high}")
        found.update(range(start, end + 1, int(step or 1)))
    return frozenset(found)


@faults.upkeep
async def fire(service: str) -> int:
    """Ask for every scheduled job of the service that is due; how many were.

    Whoever moves ``next_at`` from the due time has fired it, in the same transaction as the job's row. Due times that
    passed while no worker ran are made up for once. A job that still waits or runs is not asked for again.
    """
    from softfactory.kernel import jobs  # jobs take their rules from here

    rules = {name: (job, job.rule) for name, job in jobs.of_service(service).items() if job.rule is not None}
    fired = 0
    async with db.transaction(service) as session:
        found = await run_sql(session, _STATE, names=list(rules))
        for row in found.mappings().all():
            job, rule = rules[row["name"]]
            due: datetime = row["next_at"]
            if row["rule"] != rule.text:
                # From the real clock: where a test has moved sf_now(), the time that it skipped has passed.
                due = rule.next(row["real"])
                await run_sql(session, _WRITE, name=job.name, rule=rule.text, due=due)
            if due > row["now"]:
                continue
            moved = await run_sql(session, _MOVE, name=job.name, due=due, next=rule.next(row["now"]))
            if moved.first() is not None:
                fired += 1
                if not row["running"]:
                    await job.later(session, unique="schedule")
    return fired


async def fired_at(session: AsyncSession, name: str) -> datetime | None:
    """When a scheduled job of the session's service was last asked for."""
    found = await run_sql(session, "select fired_at from {s}.schedule where name = :name", name=name)
    moment: datetime | None = found.scalar_one_or_none()
    return moment


_STATE = """
    select w.name, s.rule, s.next_at, sf_now() as now, clock_timestamp() as real,
           exists (select 1 from {s}.job j where j.name = w.name and j.state = 'running') as running
    from unnest(cast(:names as text[])) w(name) left join {s}.schedule s using (name)
    order by w.name
"""
_WRITE = """
    insert into {s}.schedule (name, rule, next_at) values (:name, :rule, :due)
    on conflict (name) do update set rule = excluded.rule, next_at = excluded.next_at
    where schedule.rule <> excluded.rule
"""
_MOVE = """
    update {s}.schedule set next_at = :next, fired_at = sf_now()
    where name = :name and next_at = :due returning 1
"""
