"""Running job rows: claim, run, finish, fail.

An attempt counts when the row is claimed. The row leaves the table in the effect's own transaction, and only for the
holder of its lease token: whoever lost the lease finds no row and rolls back. A process that dies holds its rows until
their leases run out (30 s); after that each of them runs alone, so that a row that kills takes no others with it.
Leases are measured by ``clock_timestamp()``, due times by ``sf_now()``.
"""

import asyncio
import random
import traceback
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID, uuid4

import orjson
import structlog
from prometheus_client import Counter, Histogram
from pydantic_core import to_jsonable_python
from sqlalchemy import exc
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import db, errors, jobs, outside, telemetry
from softfactory.kernel.db import run_sql
from softfactory.kernel.jobs import Job

LEASE_SECONDS = 30
RENEW_SECONDS = 10
BACKOFF_BASE, BACKOFF_CAP = 2.0, 600.0

log = structlog.get_logger(__name__)

FINISHED = Counter("sf_jobs_total", "Runs of jobs, by how they ended.", ["service", "job", "outcome"])
SECONDS = Histogram(
    "sf_job_seconds", "Seconds that runs took.", ["job"], buckets=(0.005, 0.02, 0.1, 0.5, 1, 5, 30, 120, 300)
)


class LeaseLost(Exception):
    """The row is not this run's any more: its lease ran out and was taken, or it was cancelled."""


class WorkerDied(Exception):
    """The process that ran the job ended before it."""


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


class JobSteps(outside.Steps):
    """The steps of a job: each transaction first makes sure that the row is still this run's, and keeps it so."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit.service)
        self._unit = unit

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        outside.require_no_transaction()
        async with db.transaction(self.service, limited=False) as session:
            held = await run_sql(
                session,
                "select 1 from {s}.job where id = :id and lease_token = :token for update",
                id=self._unit.rows[0].id,
                token=self._unit.token,
            )
            if held.first() is None:
                raise LeaseLost
            yield session

    async def progress(self, told: Any) -> None:
        """Tell whoever watches the job how far it is."""
        async with self.transaction() as session:
            await run_sql(
                session,
                "update {s}.job set progress = cast(:told as jsonb) where id = :id",
                id=self._unit.rows[0].id,
                told=orjson.dumps(to_jsonable_python(told)).decode(),
            )


async def claim(service: str, limit: int, *, expired: bool = True) -> list[Unit]:
    """Take due rows that this process can start now, for at most ``limit`` units.

    ``expired``: look also for rows whose lease ran out.
    """
    known = jobs.of_service(service)
    names = list(known)
    units: list[Unit] = []
    async with db.transaction(service) as session:
        token = uuid4()
        if expired:
            await run_sql(session, _BURY, error=_describe(WorkerDied()))
            for name, row in await _take(session, _EXPIRED, token, names=names, limit=limit):
                units.append(Unit(service, known[name], (row,), token))
        fresh: dict[str, list[Row]] = {}
        for name, row in await _take(session, _DUE, token, names=names, limit=limit - len(units)):
            if known[name].batch and row.attempts == 1:
                fresh.setdefault(name, []).append(row)
            else:
                units.append(Unit(service, known[name], (row,), token))
        for name, rows in fresh.items():
            room = (known[name].batch or 1) - len(rows)
            rows += [row for _, row in await _take(session, _MORE, token, names=[name], limit=room)]
            units.append(Unit(service, known[name], tuple(rows), token))
    return units


async def _take(
    session: AsyncSession, which: str, token: UUID, *, names: list[str], limit: int
) -> list[tuple[str, Row]]:
    if limit <= 0:
        return []
    taken = await run_sql(
        session,
        _CLAIM.format(s="{s}", which=which),
        token=token,
        names=names,
        limit=limit,
        lease=LEASE_SECONDS,
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


async def run(unit: Unit) -> list[Exception]:
    """Run the unit's rows and record how each ended; the errors of those that failed."""
    telemetry.request_id.set(unit.rows[0].trace or str(unit.rows[0].id))
    with structlog.contextvars.bound_contextvars(service=unit.service, job=unit.job.name):
        try:
            with SECONDS.labels(unit.job.name).time():
                return await _run(unit)
        except asyncio.CancelledError:
            await asyncio.shield(give_back(unit))
            raise


async def _run(unit: Unit) -> list[Exception]:
    error = await _attempt(unit)
    if error is None:
        FINISHED.labels(unit.service, unit.job.name, "done").inc(len(unit.rows))
        return []
    if len(unit.rows) > 1 and not _is_everybodys(error):
        middle = len(unit.rows) // 2
        return [*await _run(unit.part(unit.rows[:middle])), *await _run(unit.part(unit.rows[middle:]))]
    if isinstance(error, LeaseLost):
        log.warning("job_lease_lost", job_id=str(unit.rows[0].id))
        FINISHED.labels(unit.service, unit.job.name, "lost").inc()
        return []
    for row in unit.rows:
        await _fail(unit, row, error)
    return [error] * len(unit.rows)


async def _attempt(unit: Unit) -> Exception | None:
    try:
        async with asyncio.timeout(unit.job.timeout):
            await (_in_steps(unit) if unit.job.in_steps else _in_one_transaction(unit))
    except asyncio.CancelledError as error:
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise
        return RuntimeError(f"the job cancelled itself: {error!r}")
    except SystemExit as error:
        return RuntimeError(f"the job called sys.exit({error.code!r})")
    except TimeoutError as error:
        return error if error.args else TimeoutError(f"longer than {unit.job.timeout:g} s")
    except Exception as error:  # recorded in the row
        return error
    return None


async def _in_one_transaction(unit: Unit) -> None:
    args, kwargs = unit.job.bind([row.payload for row in unit.rows])
    async with db.transaction(unit.service, limited=False) as session:
        result = await unit.job.function(session, *args, **kwargs)
        await session.flush()
        await _finish(session, unit, result)


async def _in_steps(unit: Unit) -> None:
    args, kwargs = unit.job.bind([row.payload for row in unit.rows])
    result = await unit.job.function(JobSteps(unit), *args, **kwargs)
    async with db.transaction(unit.service) as session:
        await _finish(session, unit, result)


async def _finish(session: AsyncSession, unit: Unit, result: Any) -> None:
    """Move the rows to the finished ones, or raise LeaseLost, which rolls the effect back."""
    told = None if result is None else orjson.dumps(to_jsonable_python(result)).decode()
    where = "id = any(cast(:ids as uuid[])) and lease_token = :token"
    moved = await run_sql(
        session,
        jobs.MOVE.format(s="{s}", where=where),
        ids=unit.ids,
        token=unit.token,
        state="done",
        result=told,
    )
    if len(moved.all()) != len(unit.rows):
        raise LeaseLost


async def _fail(unit: Unit, row: Row, error: Exception) -> None:
    """Record a failure: tried again after a pause, or dead. If not even that works, the lease runs out by itself."""
    dead = row.attempts >= row.max_attempts
    outcome = "dead" if dead else "failed"
    FINISHED.labels(unit.service, unit.job.name, outcome).inc()
    expected = isinstance(error, errors.Problem) and not dead
    told = {"job_id": str(row.id), "attempt": row.attempts, "outcome": outcome, "error": _describe(error)}
    if expected:
        log.warning("job_failed", **told)
    else:
        log.error("job_failed", exc_info=error, **told)
    try:
        async with db.transaction(unit.service) as session:
            await _release(
                session,
                [row.id],
                unit.token,
                state=outcome,
                error=_describe(error),
                delay=backoff(row.attempts),
            )
    except Exception as second:
        log.warning("job_failure_unrecorded", job_id=str(row.id), error=repr(second))


async def give_back(unit: Unit) -> None:
    """Let others run the rows at once, as if they had never been claimed: this process is about to end."""
    try:
        async with db.transaction(unit.service) as session:
            await _release(session, unit.ids, unit.token, state="queued", error=None, delay=0, spared=1)
    except Exception as error:  # the leases run out by themselves
        log.warning("job_not_given_back", error=repr(error))


async def _release(
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
            lease=LEASE_SECONDS,
        )


def backoff(attempts: int) -> float:
    """Seconds until the next attempt: 2, 4, 8 … at most ten minutes, a quarter more or less."""
    return min(BACKOFF_CAP, BACKOFF_BASE * 2.0 ** (attempts - 1)) * random.uniform(0.75, 1.25)  # noqa: S311 - jitter


def _is_everybodys(error: Exception) -> bool:
    """Whether each row of the batch would fail alike: the database is away."""
    if isinstance(error, exc.DBAPIError):
        return bool(error.connection_invalidated)
    return isinstance(error, ConnectionError | errors.OutcomeUnknown | exc.TimeoutError)


def _describe(error: BaseException) -> str:
    """An error for the row: its kind, its first line and where. Values of rows, which may be personal, are left out."""
    where = ""
    own = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if "softfactory/" in frame.filename and "site-packages" not in frame.filename
    ]
    for _, frames in groupby(own, key=lambda frame: frame.filename):
        last = list(frames)[-1]
        where = f" ({last.filename.rpartition('softfactory/')[2]}:{last.lineno})"
    if isinstance(error, exc.DBAPIError):
        line = str(error.orig).split("\n", 1)[0]
        return f"{type(error).__name__}: {line.partition('DETAIL')[0]}{where}"[:500]
    if isinstance(error, errors.Problem):
        return f"{error.code}: {error.sentence('en')}{where}"[:500]
    return f"{type(error).__name__}: {str(error).split(chr(10), 1)[0]}{where}"[:500]
