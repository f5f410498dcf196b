"""Leases on job rows: a process claims what it can start now, holds it by a token, and renews it while it runs.

An attempt counts when a row is claimed. A process that dies holds its rows until their leases run out (30 s).
Leases are measured by ``clock_timestamp()``, due times by ``sf_now()``.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import structlog
from sqlalchemy import exc
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import config, db, faults, jobs
from softfactory.kernel.db import run_sql
from softfactory.kernel.jobs import Job


def lease_seconds() -> float:
    """How long a worker that has died keeps its rows."""
    return config.settings().job_lease


def renew_seconds() -> float:
    return lease_seconds() / 3


log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Row:
    """What a run needs to know of its row."""

    id: UUID
    payload: Any
    attempts: int
    max_attempts: int
    trace: str | None


@dataclass(frozen=True, slots=True)
class Unit:
    """Rows that run together: one, or the rows of a batch. ``token`` proves the lease."""

    service: str
    job: Job[..., Any]
    rows: tuple[Row, ...]
    token: UUID

    @property
    def ids(self) -> list[UUID]:
        return [row.id for row in self.rows]

    def part(self, rows: Sequence[Row]) -> "Unit":
        return Unit(self.service, self.job, tuple(rows), self.token)


async def claim(service: str, limit: int) -> list[Unit]:
    """Take due rows that this process can start now, for at most ``limit`` units."""
    known = jobs.of_service(service)
    units: list[Unit] = []
    batches: dict[str, list[Row]] = {}
    async with _claiming(service) as (session, token):
        for name, row in await _take(session, _DUE, token, names=list(known), limit=limit):
            if known[name].batch and row.attempts == 1:
                batches.setdefault(name, []).append(row)
            else:
                units.append(Unit(service, known[name], (row,), token))
        for name, rows in batches.items():
            room = (known[name].batch or 1) - len(rows)
            rows += [row for _, row in await _take(session, _MORE, token, names=[name], limit=room)]
            units.append(Unit(service, known[name], tuple(rows), token))
        asked = [unit.job.name for unit in units if not unit.job.rule]
        faults.doing(f"the claim of {', '.join(sorted(asked))}" if asked else None)
    return units


async def claim_expired(service: str) -> Unit | None:
    """Take one row whose process died. Those without an attempt left are dead."""
    known = jobs.of_service(service)
    async with _claiming(service) as (session, token):
        await run_sql(session, _BURY, error="WorkerDied: the process that ran it ended each time")
        for name, row in await _take(session, _EXPIRED, token, names=list(known), limit=1):
            return Unit(service, known[name], (row,), token)
    return None


@asynccontextmanager
async def _claiming(service: str) -> AsyncIterator[tuple[AsyncSession, UUID]]:
    async with db.transaction(service) as session:
        # Nothing depends on a claim: if PostgreSQL crashes and forgets it, the row is due again and this run finds no
        # token. So it need not wait for the disk, nor for replicas.
        await run_sql(session, "set local synchronous_commit = off")
        yield session, uuid4()


async def _take(
    session: AsyncSession, which: str, token: UUID, *, names: list[str], limit: int
) -> list[tuple[str, Row]]:
    if limit <= 0:
        return []  # a batch whose rows are complete
    taken = await run_sql(
        session,
        _CLAIM.format(s="{s}", which=which),
        token=token,
        names=names,
        limit=limit,
        lease=lease_seconds(),
    )
    return [
        (row.name, Row(row.id, row.payload, row.attempts, row.max_attempts, row.trace)) for row in taken.all()
    ]


# Only names that this version knows: a row of a newer or older one waits for its worker.
_DUE = """state in ('queued', 'failed') and due_at <= sf_now() and name = any(cast(:names as text[]))
    order by priority, due_at"""
# What failed before runs alone.
_MORE = """state = 'queued' and attempts = 0 and due_at <= sf_now() and name = any(cast(:names as text[]))
    order by priority, due_at"""
_EXPIRED = """state = 'running' and lease_until < clock_timestamp() and name = any(cast(:names as text[]))
    order by lease_until"""
_CLAIM = """
    with taken as materialized (select id from {s}.job where {which} limit :limit for update skip locked)
    update {s}.job set state = 'running', attempts = attempts + 1, lease_token = :token,
        lease_until = clock_timestamp() + make_interval(secs => :lease), started_at = coalesce(started_at, sf_now())
    from taken where job.id = taken.id
    returning job.id, job.name, job.payload, job.attempts, job.max_attempts, job.trace
"""
_BURY = """
    with gone as materialized (
        select id from {s}.job where state = 'running' and lease_until < clock_timestamp() and attempts >= max_attempts
        limit 100 for update skip locked)
    update {s}.job set state = 'dead', lease_token = null, lease_until = null, finished_at = sf_now(), error = :error
    from gone where job.id = gone.id
"""


async def give_back(unit: Unit) -> None:
    """Let others run the rows at once, as if they had never been claimed: this process is about to end."""
    try:
        async with db.transaction(unit.service) as session:
            await release(session, unit.ids, unit.token, state="queued", error=None, delay=0, spared=1)
    except Exception as error:  # the leases run out by themselves
        log.warning("job_not_given_back", error=repr(error))


async def release(
    session: AsyncSession,
    ids: Iterable[UUID],
    token: UUID,
    *,
    state: str,
    error: str | None,
    delay: float,
    spared: int = 0,
) -> None:
    """End the lease. A key that a newer row took while this one ran stays with the newer one."""
    values = {
        "ids": list(ids),
        "token": token,
        "state": state,
        "error": error,
        "delay": delay,
        "spared": spared,
    }
    try:
        async with session.begin_nested():
            await run_sql(session, _RELEASE, **values)
    except exc.IntegrityError:
        await run_sql(session, _RELEASE.replace("set state =", "set unique_key = null, state ="), **values)


_RELEASE = """
    update {s}.job set state = cast(:state as text), attempts = attempts - :spared,
        lease_token = null, lease_until = null,
        error = coalesce(cast(:error as text), error),
        due_at = case when cast(:delay as float8) > 0 then sf_now() + make_interval(secs => :delay) else due_at end,
        finished_at = case when cast(:state as text) = 'dead' then sf_now() end
    where id = any(cast(:ids as uuid[])) and lease_token = :token
"""


@faults.upkeep
async def renew(service: str, units: Iterable[Unit]) -> None:
    """Keep the leases of running units. A row that is being finished is locked, and passed over."""
    held = [(row_id, unit.token) for unit in units for row_id in unit.ids]
    async with db.transaction(service) as session:
        await run_sql(
            session,
            """
            with held as materialized (
                select id from {s}.job
                where (id, lease_token) in (
                    select * from unnest(cast(:ids as uuid[]), cast(:tokens as uuid[])))
                for update skip locked)
            update {s}.job set lease_until = clock_timestamp() + make_interval(secs => :lease)
            from held where job.id = held.id
            """,
            ids=[row_id for row_id, _ in held],
            tokens=[token for _, token in held],
            lease=lease_seconds(),
        )
