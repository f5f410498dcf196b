"""How a service stands: what its health is judged by, the workers seen, versions, and what waits for a person."""

import time as clock
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import config, health
from softfactory.kernel.db import run_sql
from softfactory.kernel.service import Service
from softfactory.kernel.shapes import View
from softfactory.kernel.time import Moment

SEEN_SECONDS = 30
"""A worker that has not been seen for so long is away."""


class WorkerView(View):
    id: UUID
    host: str
    pid: int
    version: str
    concurrency: int
    running: int
    started_at: Moment
    seen_at: Moment
    alive: bool


class Versions(View):
    app: str
    postgres: str
    schema_version: str
    kernel_version: str


class Standing(View):
    """``reason`` says why ``ok`` is false: ``jobs_overdue``, ``events_undelivered`` or ``no_worker``."""

    service: str
    ok: bool
    reason: str | None
    database_ms: float
    oldest_overdue_job_s: float
    oldest_undelivered_event_s: float
    jobs: dict[str, int]
    undelivered_events: int
    workers: list[WorkerView]
    versions: Versions


class WaitingLine(View):
    kind: str
    count: int


class Waiting(View):
    """What needs somebody, by kind; nothing is left out, also when it is zero."""

    items: list[WaitingLine]


async def standing(session: AsyncSession) -> Standing:
    """The session's service as it is now."""
    began = clock.perf_counter()
    ages = dict((await run_sql(session, health.QUERY)).mappings().one())
    took = (clock.perf_counter() - began) * 1000
    counts = await run_sql(session, "select state, count(*) as n from {s}.job group by state")
    jobs = {row["state"]: int(row["n"]) for row in counts.mappings()}
    waiting = await run_sql(session, "select count(*) from {s}.outbox where delivered_at is null")
    seen = await run_sql(
        session,
        """
        select *, seen_at > clock_timestamp() - make_interval(secs => :away) as alive from {s}.worker
        order by seen_at desc limit 50
        """,
        away=SEEN_SECONDS,
    )
    workers = [WorkerView(**row) for row in seen.mappings()]
    reason = health.reason(ages) or (None if any(worker.alive for worker in workers) else "no_worker")
    return Standing(
        service=session.info["service"],
        ok=reason is None,
        reason=reason,
        database_ms=round(took, 1),
        oldest_overdue_job_s=round(ages["job_age"], 1),
        oldest_undelivered_event_s=round(ages["event_age"], 1),
        jobs=jobs,
        undelivered_events=int(waiting.scalar_one()),
        workers=workers,
        versions=await _versions(session),
    )


async def _versions(session: AsyncSession) -> Versions:
    found = await run_sql(
        session,
        """
        select current_setting('server_version') as postgres,
               (select string_agg(version_num, ', ') from {s}.alembic_version) as own,
               (select string_agg(version_num, ', ') from {s}.kernel_version) as kernel
        """,
    )
    row: Any = found.mappings().one()
    return Versions(
        app=config.settings().release,
        postgres=row["postgres"].split(" ")[0],
        schema_version=row["own"] or "",
        kernel_version=row["kernel"] or "",
    )


async def waiting(session: AsyncSession, service: Service) -> Waiting:
    """How much of each kind waits: the kernel's own kinds, then those that the service's manifest names."""
    found = await run_sql(
        session,
        """
        select (select count(*) from {s}.job where state = 'dead') as dead_jobs,
               (select count(*) from {s}.outbox where delivered_at is null
                and created_at < clock_timestamp() - make_interval(secs => :stale)) as undelivered_events
        """,
        stale=health.STALE_SECONDS,
    )
    items = [WaitingLine(kind=kind, count=n) for kind, n in found.mappings().one().items()]
    items += [WaitingLine(kind=kind, count=await count(session)) for kind, count in service.waiting.items()]
    return Waiting(items=items)
