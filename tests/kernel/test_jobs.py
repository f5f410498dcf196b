"""Work for later: what holds when workers fail, race and die."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import uuid4

import pytest
import pytest_asyncio

from softfactory.kernel import db, errors, jobs, leases, runner
from softfactory.kernel.admin import work
from softfactory.kernel.db import run_sql
from softfactory.testing import Clock
from tests.kernel import trials

RunJobs = Callable[..., Awaitable[int]]
ROOT = Path(__file__).parents[2]


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def table(clean: str) -> None:
    await trials.make_table()


async def test_a_job_runs_after_the_commit_and_only_then(run_jobs: RunJobs) -> None:
    with contextlib.suppress(ZeroDivisionError):
        async with db.transaction("platform") as session:
            await trials.mark.later(session, what="rolled back")
            raise ZeroDivisionError
    job_id = await trials.later(trials.mark, what="kept", person=uuid4())
    await run_jobs(services={"platform"})
    assert await trials.effects() == ["kept"]
    assert (await trials.row(job_id)).state == "done"
    assert (await trials.row(job_id)).result["what"] == "kept"


async def test_a_job_called_directly_runs_in_the_callers_transaction(run_jobs: RunJobs) -> None:
    async with db.transaction("platform") as session:
        await trials.mark(session, what="now")
    assert await trials.effects() == ["now"]


async def test_a_payload_that_the_function_does_not_take_is_refused_at_once() -> None:
    async with db.transaction("platform") as session:
        for wrong in ({}, {"what": "x", "wat": 1}, {"what": None}, {"what": "x", "person": "nobody"}):
            with pytest.raises((TypeError, ValueError)):
                await trials.mark.later(session, **wrong)


async def test_a_job_is_asked_for_only_by_its_own_service() -> None:
    async with db.transaction("coocook") as session:
        with pytest.raises(RuntimeError, match="not coocook's"):
            await trials.mark.later(session, what="x")


async def test_a_failed_job_leaves_nothing_waits_and_is_dead_after_its_attempts(
    run_jobs: RunJobs, clock: Clock
) -> None:
    job_id = await trials.later(trials.refuse, what="bad")
    other = await trials.later(trials.mark, what="good")
    for attempt in (1, 2, 3):
        await run_jobs(services={"platform"}, raise_errors=False)
        await run_jobs(services={"platform"}, raise_errors=False)  # its pause is not over: nothing happens
        failed = await trials.row(job_id)
        assert (failed.state, failed.attempts) == ("dead" if attempt == 3 else "failed", attempt)
        assert failed.error.startswith("ValueError: bad")
        await clock.advance(minutes=11)
    assert (await trials.row(other)).state == "done"
    assert "bad" not in await trials.effects()


async def test_dead_jobs_are_listed_replayed_and_cancelled(run_jobs: RunJobs, clock: Clock) -> None:
    first, second = await trials.later(trials.refuse, what="1"), await trials.later(trials.refuse, what="2")
    for _ in range(3):
        await run_jobs(services={"platform"}, raise_errors=False)
        await clock.advance(minutes=11)
    async with db.transaction("platform") as session:
        assert {
            dead.id
            for dead in (await work.listed(session, state="dead", name=None, cursor=None, limit=9)).items
        } == {first, second}
        await work.replay(session, first)
        await work.cancel(session, second)
        with pytest.raises(work.JobNotDead):
            await work.replay(session, second)
    assert ((await trials.row(first)).state, (await trials.row(first)).attempts) == ("queued", 0)
    assert (await trials.row(second)).state == "cancelled"


async def test_a_dead_job_is_not_replayed_while_its_twin_waits(run_jobs: RunJobs, clock: Clock) -> None:
    dead = await trials.later(trials.refuse, what="1", unique="one")
    for _ in range(3):
        await run_jobs(services={"platform"}, raise_errors=False)
        await clock.advance(minutes=11)
    await trials.later(trials.refuse, what="1", unique="one")
    async with db.transaction("platform") as session:
        with pytest.raises(jobs.TwinWaiting):
            await work.replay(session, dead)


async def test_an_attempt_counts_when_it_is_claimed() -> None:
    job_id = await trials.later(trials.mark, what="x")
    await leases.claim("platform", 1)
    assert ((await trials.row(job_id)).state, (await trials.row(job_id)).attempts) == ("running", 1)


async def test_a_job_whose_process_dies_every_time_is_dead_after_its_attempts() -> None:
    job_id = await trials.later(trials.refuse, what="x")
    assert await leases.claim("platform", 1)
    for _ in range(2):
        await trials.expire_leases()
        assert await leases.claim_expired("platform")
    await trials.expire_leases()
    assert await leases.claim_expired("platform") is None
    assert ((await trials.row(job_id)).state, (await trials.row(job_id)).attempts) == ("dead", 3)


async def test_two_workers_never_run_one_row(run_jobs: RunJobs) -> None:
    for number in range(40):
        await trials.later(trials.mark, what=f"{number:02}")
    claimed = await asyncio.gather(*(leases.claim("platform", 10) for _ in range(6)))
    units = [unit for part in claimed for unit in part]
    assert len(units) == 40
    assert len({unit.ids[0] for unit in units}) == 40


async def test_a_run_that_lost_its_lease_is_rolled_back() -> None:
    job_id = await trials.later(trials.mark, what="once")
    (slow,) = await leases.claim("platform", 1)
    await trials.expire_leases()
    quick = await leases.claim_expired("platform")
    assert quick is not None
    assert await runner.run(slow) == []
    assert await trials.effects() == []
    assert await runner.run(quick) == []
    assert await runner.run(slow) == []
    assert await trials.effects() == ["once"]
    assert (await trials.row(job_id)).attempts == 2


async def test_a_step_of_a_run_that_lost_its_lease_does_not_begin() -> None:
    await trials.later(trials.in_steps, what="x")
    (slow,) = await leases.claim("platform", 1)
    await trials.expire_leases()
    quick = await leases.claim_expired("platform")
    await runner.run(slow)
    assert await trials.effects() == []
    assert quick is not None
    await runner.run(quick)
    assert await trials.effects() == ["x prepared", "x recorded"]


async def test_a_cancelled_job_that_runs_is_rolled_back() -> None:
    job_id = await trials.later(trials.mark, what="x")
    (unit,) = await leases.claim("platform", 1)
    async with db.transaction("platform") as session:
        await work.cancel(session, job_id)
    await runner.run(unit)
    assert await trials.effects() == []
    assert (await trials.row(job_id)).state == "cancelled"


async def test_a_renewed_lease_is_not_taken() -> None:
    await trials.later(trials.mark, what="x")
    units = await leases.claim("platform", 1)
    await trials.expire_leases()
    await leases.renew("platform", units)
    assert await leases.claim_expired("platform") is None


async def test_the_same_work_is_asked_for_once_while_it_waits(run_jobs: RunJobs) -> None:
    async with db.transaction("platform") as session:
        assert await trials.mark.later(session, unique="one", what="x")
        assert await trials.mark.later(session, unique="one", what="x") is None
        assert await trials.mark.later(session, unique="two", what="x")
    await run_jobs(services={"platform"})
    assert await trials.effects() == ["x", "x"]
    assert await trials.later(trials.mark, unique="one", what="x")


async def test_a_change_made_while_the_job_runs_is_not_missed() -> None:
    """One that has begun may have looked already: asking again gives another run, whatever becomes of the first."""
    first = await trials.later(trials.refuse, unique="one", what="x")
    (unit,) = await leases.claim("platform", 1)
    second = await trials.later(trials.refuse, unique="one", what="x")
    await runner.run(unit)
    assert ((await trials.row(first)).state, (await trials.row(second)).state) == ("failed", "queued")
    (unit,) = await leases.claim("platform", 1)
    third = await trials.later(trials.refuse, unique="one", what="x")
    await leases.give_back(unit)
    assert [(await trials.row(job_id)).state for job_id in (second, third)] == ["queued", "queued"]


async def test_a_job_may_ask_for_itself_again(run_jobs: RunJobs) -> None:
    await trials.later(trials.again, unique="again", left=2)
    await run_jobs(services={"platform"})
    assert await trials.effects() == ["again 0", "again 1", "again 2"]


async def test_a_failing_batch_is_halved_until_the_culprit_stands_alone(run_jobs: RunJobs) -> None:
    names = ["a", "b", "c", "bad", "d", "e", "f", "g", "h"]
    ids = {name: await trials.later(trials.mark_many, what=name) for name in names}
    await run_jobs(services={"platform"}, raise_errors=False)
    assert [name for name in names if (await trials.row(ids[name])).state != "done"] == ["bad"]
    assert (await trials.row(ids["bad"])).attempts == 1
    left = await trials.effects()
    assert [what for what in left if "batch" not in what] == ["a", "b", "c", "d", "e", "f", "g", "h"]
    assert "batch of 4" in left  # the half without the culprit went together


async def test_rows_of_a_batch_whose_process_died_run_alone() -> None:
    for name in "abc":
        await trials.later(trials.mark_many, what=name)
    (unit,) = await leases.claim("platform", 1)
    assert len(unit.rows) == 3
    await trials.expire_leases()
    alone = await leases.claim_expired("platform")
    assert alone is not None
    assert len(alone.rows) == 1


async def test_a_job_that_takes_too_long_is_stopped(run_jobs: RunJobs) -> None:
    job_id = await trials.later(trials.dawdle)
    await run_jobs(services={"platform"}, raise_errors=False)
    assert (await trials.row(job_id)).error.startswith("TimeoutError: longer than 0.2 s")
    assert await trials.effects() == []


async def test_a_job_may_take_longer_than_a_request(run_jobs: RunJobs) -> None:
    job_id = await trials.later(trials.take_time, seconds=db.REQUEST_LIMIT_MS / 1000 + 0.5)
    await run_jobs(services={"platform"})
    assert (await trials.row(job_id)).state == "done"


async def test_lower_priority_numbers_go_first_and_rows_of_unknown_names_wait() -> None:
    await trials.later(trials.mark, what="usual")
    urgent = await trials.later(trials.mark, what="urgent")
    unknown = await trials.later(trials.mark, what="unknown")
    async with db.transaction("platform") as session:
        await run_sql(session, "update {s}.job set priority = -1 where id = :id", id=urgent)
        await run_sql(session, "update {s}.job set name = 'platform.newer.job' where id = :id", id=unknown)
    (unit,) = await leases.claim("platform", 1)
    assert unit.ids == [urgent]
    assert len(await leases.claim("platform", 10)) == 1


async def test_only_its_owner_sees_a_job() -> None:
    owner = uuid4()
    job_id = await trials.later(trials.mark, what="x", owner=owner)
    async with db.transaction("platform") as session:
        assert (await jobs.status(session, job_id, owner=owner)).state == "queued"
        with pytest.raises(errors.NotFound):
            await jobs.status(session, job_id, owner=uuid4())


async def test_an_error_in_the_row_tells_no_values_of_rows() -> None:
    job_id = await trials.later(trials.mark, what="x")
    (unit,) = await leases.claim("platform", 1)
    try:
        async with db.transaction("platform") as session:
            await run_sql(session, "insert into {s}.inbox values (:id, 'secret@example.com')", id=job_id)
            await run_sql(session, "insert into {s}.inbox values (:id, 'secret@example.com')", id=job_id)
    except Exception as error:
        await runner._fail(unit, unit.rows[0], error)
    assert "IntegrityError" in (await trials.row(job_id)).error
    assert "secret" not in (await trials.row(job_id)).error
