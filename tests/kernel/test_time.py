"""Wall times become instants in one function."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from softfactory.kernel.time import ZONES, local, resolve

WALLS = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2040, 1, 1))  # noqa: DTZ001 - wall times


def test_seoul_is_nine_hours_ahead() -> None:
    assert resolve("Asia/Seoul", datetime(2026, 12, 31, 18, 0)).at == datetime(2026, 12, 31, 9, 0, tzinfo=UTC)  # noqa: DTZ001


def test_a_time_that_the_clocks_skipped_shifts_forward() -> None:
    found = resolve("America/New_York", datetime(2026, 3, 8, 2, 30))  # noqa: DTZ001
    assert found.shifted
    assert local("America/New_York", found.at).strftime("%H:%M") == "03:30"


def test_an_hour_that_comes_twice_takes_the_first() -> None:
    found = resolve("America/New_York", datetime(2026, 11, 1, 1, 30))  # noqa: DTZ001
    assert found.repeated
    assert found.at == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # still daylight time, UTC-4


@given(WALLS, st.sampled_from(sorted(ZONES)))
def test_a_time_that_exists_reads_back_as_itself(wall: datetime, zone: str) -> None:
    found = resolve(zone, wall)
    read = found.at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if found.shifted:
        assert timedelta() < read - wall <= timedelta(hours=24)
    else:
        assert read == wall
