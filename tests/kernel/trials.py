"""Jobs, events and a worker to try the kernel with. ``effect`` is what they leave behind."""

import asyncio
import os
import signal
import sys
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory import worker
from softfactory.kernel import db
from softfactory.kernel.db import run_sql
from softfactory.kernel.events import Event, on
from softfactory.kernel.jobs import job
from softfactory.kernel.outside import Steps

SERVICE = "platform"


async def make_table() -> None:
    async with db.transaction(SERVICE) as session:
        await _make_table(session)


async def _make_table(session: AsyncSession) -> None:
    await session.execute(text("create schema if not exists trial"))
    await session.execute(text("create table if not exists trial.effect (what text not null, pid int)"))


async def leave(session: AsyncSession, what: str) -> None:
    await session.execute(
        text("insert into trial.effect (what, pid) values (:what, :pid)"), {"what": what, "pid": os.getpid()}
    )


async def effects() -> list[str]:
    """What was left behind, in alphabetical order, but for what the schedule left."""
    return [what for what in await _left() if what != "fired"]


async def fired() -> int:
    """How often the scheduled job ran."""
    return (await _left()).count("fired")


async def _left() -> list[str]:
    async with db.transaction(SERVICE) as session:
        return list((await session.execute(text("select what from trial.effect order by what"))).scalars())


async def later(job: Any, **payload: Any) -> UUID:
    async with db.transaction("platform") as session:
        job_id = await job.later(session, **payload)
    assert job_id is not None
    return UUID(str(job_id))


async def row(job_id: UUID) -> Any:
    """The job's row, live or finished."""
    async with db.transaction("platform") as session:
        found = await run_sql(
            session,
            """
            select state, attempts, error, result, due_at > sf_now() as waits from {s}.job where id = :id union all
            select state, attempts, error, result, false from {s}.job_done where id = :id
            """,
            id=job_id,
        )
        return found.one()


async def expire_leases() -> None:
    """As if 30 seconds had passed for whoever holds a lease."""
    async with db.transaction("platform") as session:
        await run_sql(
            session,
            "update {s}.job set lease_until = clock_timestamp() - interval '1 s' where state = 'running'",
        )


@job(service=SERVICE)
async def mark(
    session: AsyncSession, *, what: str, person: UUID | None = None, times: int = 1
) -> dict[str, Any]:
    for _ in range(times):
        await leave(session, what)
    return {"what": what, "person": person}


@job(service=SERVICE, retries=2)
async def refuse(session: AsyncSession, *, what: str) -> None:
    await leave(session, what)
    raise ValueError(what)


class Item(BaseModel):
    what: str


@job(service=SERVICE, batch=8)
async def mark_many(session: AsyncSession, items: list[Item]) -> None:
    for item in items:
        await leave(session, item.what)
        if item.what.startswith("bad"):
            raise ValueError(item.what)
    await leave(session, f"batch of {len(items)}")


@job(service=SERVICE, timeout=0.2)
async def dawdle(session: AsyncSession) -> None:
    await leave(session, "dawdled")
    await asyncio.sleep(5)


@job(service=SERVICE)
async def take_time(session: AsyncSession, *, seconds: float) -> None:
    await leave(session, "begun")
    await asyncio.sleep(seconds)
    await leave(session, "ended")


@job(service=SERVICE)
async def again(session: AsyncSession, *, left: int) -> None:
    """Asks for itself with the key that it has."""
    await leave(session, f"again {left}")
    if left:
        await again.later(session, unique="again", left=left - 1)


@job(service=SERVICE)
async def die_once(session: AsyncSession, *, what: str) -> None:
    """Kills its process at the first attempt, after its effect and before the commit."""
    attempts = await session.scalar(
        text("select attempts from platform.job where name = 'platform.trials.die_once'")
    )
    await leave(session, what)
    if attempts == 1:
        os.kill(os.getpid(), signal.SIGKILL)


@job(service=SERVICE, retries=1)
async def poison(session: AsyncSession) -> None:
    os._exit(3)


@job(service=SERVICE)
async def in_steps(steps: Steps, *, what: str) -> None:
    async with steps.transaction() as session:
        await leave(session, f"{what} prepared")
    async with steps.transaction() as session:
        await leave(session, f"{what} recorded")


@job(service=SERVICE, every="10m")
async def every_ten_minutes(session: AsyncSession) -> None:
    """Known to the process once this module is, so it is due in stories of others too: they have no table yet."""
    await _make_table(session)
    await leave(session, "fired")


class Settled(Event, service=SERVICE):
    payment_id: UUID


class Ignored(Event, service=SERVICE):
    payment_id: UUID


@on(Settled, service="coocook")
async def settled_at_coocook(session: AsyncSession, event: Settled) -> None:
    await leave(session, f"coocook {event.payment_id}")


@on(Settled, service=SERVICE)
async def settled_at_home(steps: Steps, event: Settled) -> None:
    async with steps.transaction() as session:
        await leave(session, f"home {event.payment_id}")


def main() -> None:
    """A worker that knows these jobs; so do its children."""
    code = "from tests.kernel import trials; trials.main()"
    worker.RECOVERY = (sys.executable, "-c", code, "--recover")
    worker.RECOVERY_PAUSE = 0.2
    worker.run(sys.argv[1:])
