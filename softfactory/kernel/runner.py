"""Running job rows: run, finish, fail.

The row leaves the table in the effect's own transaction, and only for the holder of its lease token: whoever lost the
lease finds no row and rolls back.
"""

import asyncio
import random
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import orjson
import structlog
from prometheus_client import Counter, Histogram
from pydantic_core import to_jsonable_python
from sqlalchemy import exc
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import db, errors, faults, jobs, leases, outside, telemetry
from softfactory.kernel.db import run_sql
from softfactory.kernel.leases import Row, Unit

BACKOFF_BASE, BACKOFF_CAP = 2.0, 600.0

log = structlog.get_logger(__name__)

FINISHED = Counter("sf_jobs_total", "Runs of jobs, by how they ended.", ["service", "job", "outcome"])
SECONDS = Histogram(
    "sf_job_seconds", "Seconds that runs took.", ["job"], buckets=(0.005, 0.02, 0.1, 0.5, 1, 5, 30, 120, 300)
)


class LeaseLost(Exception):
    """The row is not this run's any more: its lease ran out and was taken, or it was cancelled."""


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


async def run(unit: Unit) -> list[Exception]:
    """Run the unit's rows and record how each ended; the errors of those that failed."""
    telemetry.request_id.set(unit.rows[0].trace or str(unit.rows[0].id))
    faults.doing(None if unit.job.rule else unit.job.name)
    with structlog.contextvars.bound_contextvars(service=unit.service, job=unit.job.name):
        try:
            with SECONDS.labels(unit.job.name).time():
                return await _run(unit)
        except asyncio.CancelledError:
            await asyncio.shield(leases.give_back(unit))
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
    told = {"job_id": str(row.id), "attempt": row.attempts, "outcome": outcome, "error": describe(error)}
    if isinstance(error, errors.Problem) and not dead:
        log.warning("job_failed", **told)
    else:
        # Where, not what: PostgreSQL's messages quote rows.
        log.error("job_failed", stack="".join(traceback.format_tb(error.__traceback__)), **told)
    for pause in (1, 3, 8, 0):  # PostgreSQL may be restarting: within the lease it is worth asking again
        try:
            async with db.transaction(unit.service) as session:
                await leases.release(
                    session,
                    [row.id],
                    unit.token,
                    state=outcome,
                    error=describe(error),
                    delay=backoff(row.attempts),
                )
            return
        except Exception as second:
            log.warning("job_failure_unrecorded", job_id=str(row.id), error=repr(second))
            await asyncio.sleep(pause)


def backoff(attempts: int) -> float:
    """Seconds until the next attempt: 2, 4, 8 … at most ten minutes, a quarter more or less."""
    return min(BACKOFF_CAP, BACKOFF_BASE * 2.0 ** (attempts - 1)) * random.uniform(0.75, 1.25)  # noqa: S311 - jitter


def _is_everybodys(error: Exception) -> bool:
    """Whether each row of the batch would fail alike: the database is away."""
    if isinstance(error, exc.DBAPIError):
        return bool(error.connection_invalidated)
    return isinstance(error, ConnectionError | errors.OutcomeUnknown | exc.TimeoutError)


def describe(error: BaseException) -> str:
    """An error for the row: its kind, its first line and where. Values of rows, which may be personal, are left out."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if "softfactory/" in f.filename and "site-packages" not in f.filename]
    where = f" ({own[-1].filename.rpartition('softfactory/')[2]}:{own[-1].lineno})" if own else ""
    if isinstance(error, errors.Problem):
        return f"{error.code}: {error.sentence('en')}{where}"[:500]
    told = error.orig if isinstance(error, exc.DBAPIError) else error
    first = str(told).split("\n", 1)[0]  # PostgreSQL's further lines quote rows
    return f"{type(error).__name__}: {first}{where}"[:500]
