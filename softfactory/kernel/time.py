"""Time: UTC instants decided by PostgreSQL's clock, and wall times that people chose, with their zone.

Business SQL asks ``sf_now()``, a function of each database that tests can move.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, AwareDatetime, PlainSerializer
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

Instant = datetime
"""An aware time in UTC (``timestamptz``)."""


def _rfc3339(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


Moment = Annotated[AwareDatetime, PlainSerializer(_rfc3339, return_type=str, when_used="json")]
"""A time in the API: RFC 3339, always with its offset, answered in UTC."""

ZONES = frozenset(available_timezones())


def _known_zone(name: str) -> str:
    if name not in ZONES:
        raise ValueError("not an IANA time zone, such as Asia/Seoul")
    return name


ZoneName = Annotated[str, AfterValidator(_known_zone)]


async def now(session: AsyncSession) -> datetime:
    """The database's time. Ask again after waiting for a lock."""
    moment: datetime = (await session.execute(text("select sf_now()"))).scalar_one()
    return moment


@dataclass(frozen=True, slots=True)
class Resolved:
    """A wall time as an instant. ``shifted``: the clocks skipped it, and it was moved forward by the gap."""

    at: datetime
    shifted: bool = False
    repeated: bool = False


def resolve(zone: str, wall: datetime) -> Resolved:
    """The instant of a wall time in a zone: a gap shifts forward, a repeated hour takes the first (PEP 495)."""
    tz = ZoneInfo(zone)
    first, second = (wall.replace(tzinfo=tz, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return Resolved(first)
    if first.astimezone(tz).replace(tzinfo=None) == wall:
        return Resolved(first, repeated=True)
    return Resolved(first, shifted=True)


def local(zone: str, instant: datetime) -> datetime:
    """The wall time that people in the zone read at an instant, with its offset."""
    return instant.astimezone(ZoneInfo(zone))


def minutes(n: int) -> timedelta:
    return timedelta(minutes=n)
