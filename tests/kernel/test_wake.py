"""Waking workers: Redis may be away or frozen, and nobody waits for it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from softfactory import worker
from softfactory.kernel import db, wake
from softfactory.kernel.config import settings
from softfactory.kernel.db import run_sql
from tests.kernel import trials


@pytest_asyncio.fixture(loop_scope="session", params=["away", "frozen"])
async def redis(request: Any, clean: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """A Redis that is not there, or that takes connections and says nothing."""
    accepted: list[asyncio.StreamWriter] = []

    async def accept(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accepted.append(writer)

    listening = await asyncio.start_server(accept, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    if request.param == "away":
        listening.close()
    await wake.close()
    monkeypatch.setenv("SF_REDIS_URL", f"redis://127.0.0.1:{port}/0")
    monkeypatch.setattr(wake, "_silent_until", 0.0)
    settings.cache_clear()
    await trials.make_table()
    yield
    await wake.close()
    for writer in accepted:
        writer.close()
    listening.close()


async def test_a_commit_does_not_wait_for_redis(redis: None) -> None:
    async with asyncio.timeout(60):  # this Redis never answers: whoever waits for it waits for ever
        for _ in range(10):
            async with db.transaction("platform") as session:
                await trials.mark.later(session, what=str(uuid4()))
    async with db.transaction("platform") as session:
        assert (await run_sql(session, "select count(*) from {s}.job")).scalar_one() == 10


async def test_a_worker_finds_its_work_without_redis(redis: None) -> None:
    working = worker.Worker(["platform"], 2)
    task = worker.in_own_context(working.run())
    await asyncio.sleep(0.5)
    # As another process would ask: without telling the worker of this one.
    async with db.transaction("platform") as session:
        row = trials.mark.row({"what": "x"})
        await run_sql(
            session,
            """
            insert into {s}.job (id, name, payload, due_at, priority, max_attempts)
            values (:id, :name, '{"what": "found"}', sf_now(), 0, 1)
            """,
            id=row["id"],
            name=row["name"],
        )
    async with asyncio.timeout(10):
        while await trials.effects() != ["found"]:  # noqa: ASYNC110 - the worker does it
            await asyncio.sleep(0.05)
    working.stop()
    async with asyncio.timeout(10):
        await task
