"""Schedules: due times are found as written, and each is fired once."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from softfactory.kernel import db, housekeeping, leases, schedules
from softfactory.kernel.db import run_sql
from softfactory.testing import Clock
from tests.kernel import trials

RunJobs = Callable[..., Awaitable[int]]
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("cron", "after", "due"),
    [
        ("0 3 * * *", "2026-03-01T02:59:59+09:00", "2026-03-01T03:00+09:00"),
        ("0 3 * * *", "2026-03-01T03:00:00+09:00", "2026-03-02T03:00+09:00"),
        ("*/15 9-17 * * 1-5", "2026-03-06T17:45+09:00", "2026-03-09T09:00+09:00"),
        ("30 0 1 1,7 *", "2026-01-01T00:30+09:00", "2026-07-01T00:30+09:00"),
        ("0 0 29 2 *", "2026-01-01T00:00+09:00", "2028-02-29T00:00+09:00"),
        ("0 0 * * 7", "2026-03-02T00:00+09:00", "2026-03-08T00:00+09:00"),
        ("0 0 13 * 5", "2026-03-02T00:00+09:00", "2026-03-06T00:00+09:00"),
    ],
)
def test_a_cron_line_means_seouls_wall_time(cron: str, after: str, due: str) -> None:
    assert schedules.parse(cron=cron).next(at(after)) == at(due)


@pytest.mark.parametrize(
    "cron", ["", "* * * *", "60 * * * *", "* * 0 * *", "5-1 * * * *", "x * * * *", "0 0 30 2 *"]
)
def test_a_cron_line_that_never_comes_is_refused(cron: str) -> None:
    with pytest.raises(ValueError, match=r"cron|never"):
        schedules.parse(cron=cron)


@pytest.mark.parametrize("every", ["", "10", "0m", "1w", "1.5h"])
def test_an_interval_that_cannot_be_read_is_refused(every: str) -> None:
    with pytest.raises(ValueError, match="every="):
        schedules.parse(every=every)


@given(MOMENTS, st.sampled_from(["30s", "10m", "6h", "1d"]))
def test_intervals_come_one_after_the_other(moment: datetime, every: str) -> None:
    rule = schedules.parse(every=every)
    first = rule.next(moment)
    assert 0 < (first - moment).total_seconds() <= rule.every
    assert (rule.next(first) - first).total_seconds() == rule.every


@given(MOMENTS)
def test_a_day_begins_at_seouls_midnight(moment: datetime) -> None:
    assert schedules.parse(every="1d").next(moment).astimezone(schedules.ZONE).hour == 0


@pytest_asyncio.fixture(loop_scope="session")
async def table(clean: str) -> None:
    await trials.make_table()


async def test_a_due_time_is_fired_once_however_many_look(
    table: None, run_jobs: RunJobs, clock: Clock
) -> None:
    await schedules.fire("platform")
    await clock.advance(minutes=11)
    async with db.transaction("platform") as session:
        due = (
            await run_sql(session, "select count(*) from {s}.schedule where next_at <= sf_now()")
        ).scalar_one()
    fired = await asyncio.gather(*(schedules.fire("platform") for _ in range(6)))
    assert sum(fired) == due
    await run_jobs(services={"platform"})
    assert await trials.fired() == 1


async def test_due_times_missed_are_made_up_for_once(table: None, run_jobs: RunJobs, clock: Clock) -> None:
    await run_jobs(services={"platform"})
    assert await trials.fired() == 0
    await clock.advance(hours=5)
    await run_jobs(services={"platform"})
    await run_jobs(services={"platform"})
    assert await trials.fired() == 1
    await clock.advance(minutes=10)
    await run_jobs(services={"platform"})
    assert await trials.fired() == 2


async def test_a_run_that_still_goes_on_is_not_doubled(table: None, clock: Clock) -> None:
    await schedules.fire("platform")
    await clock.advance(minutes=10)
    await schedules.fire("platform")
    running = [unit for unit in await leases.claim("platform", 99) if unit.job is trials.every_ten_minutes]
    assert len(running) == 1
    await clock.advance(minutes=10)
    await schedules.fire("platform")
    assert trials.every_ten_minutes not in [unit.job for unit in await leases.claim("platform", 99)]


async def test_finished_jobs_get_their_days_ahead_and_old_days_go(
    table: None, run_jobs: RunJobs, clock: Clock
) -> None:
    async def days() -> list[str]:
        async with db.transaction("platform") as session:
            found = await run_sql(
                session,
                "select right(inhrelid::regclass::text, 8) from pg_inherits "
                "where inhparent = '{s}.job_done'::regclass order by 1",
            )
            return [day for day in found.scalars() if day.isdigit()]

    await clock.advance(days=40)
    async with db.transaction("platform") as session:
        await housekeeping.part_finished_jobs.later(session)
        await trials.mark.later(session, what="finished on a day of its own")
    await run_jobs(services={"platform"})
    there = await days()
    today = clock.now().strftime("%Y%m%d")
    assert [day for day in there if day >= today] == there
    # The first job that ended today may have come before today's partition was made.
    assert len(there) >= housekeeping.DAYS_AHEAD


async def test_old_rows_are_forgotten_and_waiting_ones_kept(
    table: None, run_jobs: RunJobs, clock: Clock
) -> None:
    async with db.transaction("platform") as session:
        for delivered in ("null", "sf_now()"):
            await run_sql(
                session,
                f"""
                insert into {{s}}.outbox (id, target, name, payload, delivered_at)
                values (gen_random_uuid(), 'nobody', 'platform.Nothing', '{{}}', {delivered})
                """,
            )
        await run_sql(
            session,
            """
            insert into {s}.idempotency (principal_key, method, path, key, body_hash, state)
            values ('anyone', 'POST', '/', 'k', '', 'started')
            """,
        )
    await clock.advance(days=15)
    await run_jobs(services={"platform"})
    async with db.transaction("platform") as session:
        left = await run_sql(
            session,
            """
            select (select count(*) from {s}.idempotency) as answers, (select count(*) from {s}.outbox) as events,
                   (select count(*) from {s}.outbox where delivered_at is null) as waiting
            """,
        )
        assert tuple(left.one()) == (0, 1, 1)
