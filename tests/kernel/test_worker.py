"""Worker processes: killed, poisoned, told to stop, woken, cut off from their database."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio

from softfactory import worker
from softfactory.kernel import db
from softfactory.kernel.db import run_sql
from tests.kernel import trials

ROOT = Path(__file__).parents[2]


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def table(clean: str) -> None:
    await trials.make_table()


@contextlib.asynccontextmanager
async def process() -> AsyncIterator[asyncio.subprocess.Process]:
    code = "from tests.kernel import trials; trials.main()"
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, "platform", cwd=ROOT, env=os.environ
    )
    try:
        yield child
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.05)


async def test_a_killed_workers_job_runs_again_with_one_effect() -> None:
    job_id = await trials.later(trials.die_once, what="once")
    async with process() as child:
        assert await asyncio.wait_for(child.wait(), 30) == -signal.SIGKILL
    assert (await trials.row(job_id)).state == "running"
    await trials.expire_leases()
    async with process():
        await until(lambda: is_(job_id, "done"))
    assert await trials.effects() == ["once"]
    assert (await trials.row(job_id)).attempts == 2


async def test_a_job_that_kills_its_process_kills_no_others_work() -> None:
    poison = await trials.later(trials.poison)
    async with process() as child:
        assert await asyncio.wait_for(child.wait(), 30) == 3
    await trials.expire_leases()
    async with process() as child:
        slow = await trials.later(trials.take_time, seconds=4)
        await until(lambda: attempts_are(poison, 2))
        await expire_one(poison)
        await until(lambda: is_(poison, "dead"))
        await until(lambda: is_(slow, "done"))
        assert child.returncode is None
    assert (await trials.row(slow)).attempts == 1


async def test_a_worker_told_to_stop_lets_its_job_finish() -> None:
    job_id = await trials.later(trials.take_time, seconds=2)
    async with process() as child:
        await until(lambda: is_(job_id, "running"))
        child.terminate()
        waiting = await trials.later(trials.mark, what="for the next worker")
        assert await asyncio.wait_for(child.wait(), 20) == 0
    assert (await trials.row(job_id)).state == "done"
    assert (await trials.row(waiting)).state == "queued"


async def test_a_job_cut_short_by_the_end_of_its_worker_is_given_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker, "GRACE_SECONDS", 0.1)
    job_id = await trials.later(trials.take_time, seconds=60)
    working = worker.Worker(["platform"], 2)
    task = worker.in_own_context(working.run())
    await until(lambda: is_(job_id, "running"))
    working.stop()
    await task
    given = await trials.row(job_id)
    assert (given.state, given.attempts, given.waits) == ("queued", 0, False)
    assert await trials.effects() == []


async def test_a_worker_is_woken_by_a_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "LOOK_SECONDS", 60)
    working = worker.Worker(["platform"], 2)
    task = worker.in_own_context(working.run())
    await asyncio.sleep(1)
    job_id = await trials.later(trials.mark, what="x")
    await until(lambda: is_(job_id, "done"), 5)
    working.stop()
    await task


async def test_a_worker_outlives_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    look, failures = worker._look, 3

    async def away(service: str, limit: int) -> Any:
        nonlocal failures
        failures -= 1
        if failures >= 0:
            raise ConnectionRefusedError
        return await look(service, limit)

    monkeypatch.setattr(worker, "_look", away)
    job_id = await trials.later(trials.mark, what="x")
    working = worker.Worker(["platform"], 2)
    task = worker.in_own_context(working.run())
    await until(lambda: is_(job_id, "done"))
    working.stop()
    await task


async def is_(job_id: UUID, state: str) -> bool:
    return bool((await trials.row(job_id)).state == state)


async def attempts_are(job_id: UUID, number: int) -> bool:
    return bool((await trials.row(job_id)).attempts == number)


async def expire_one(job_id: UUID) -> None:
    async with db.transaction("platform") as session:
        await run_sql(
            session,
            "update {s}.job set lease_until = clock_timestamp() - interval '1 s' where id = :id and state = 'running'",
            id=job_id,
        )
