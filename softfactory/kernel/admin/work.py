"""The jobs of a service as an operator reads them, and what an admin does about them."""

from typing import Any, Literal
from uuid import UUID

from sqlalchemy import exc
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import errors, jobs, wake
from softfactory.kernel.admin import masks
from softfactory.kernel.db import run_sql
from softfactory.kernel.paging import Page, decode, encode
from softfactory.kernel.shapes import View
from softfactory.kernel.time import Moment

LIVE = ("queued", "running", "failed", "dead")
JobState = Literal["queued", "running", "failed", "dead", "cancelled", "done"]


class JobLine(View):
    """A job in a list. ``failed`` means that it will be tried again at ``due_at``; ``dead`` that it will not."""

    id: UUID
    name: str
    state: JobState
    attempts: int
    max_attempts: int
    progress: Any = None
    error: str | None
    owner_id: UUID | None
    due_at: Moment
    created_at: Moment
    started_at: Moment | None
    finished_at: Moment | None


class JobDetail(JobLine):
    """A job with what it was asked (without secrets), what its code says it does, and the request it came from."""

    payload: Any
    result: Any
    summary: str | None
    trace: str | None
    lease_until: Moment | None


class JobNotDead(errors.Conflict):
    """A job was to be replayed that is not dead."""

    en = "This job is not stopped. It may have been run again or canceled already."
    ko = "중단된 작업이 아닙니다. 이미 다시 실행했거나 취소한 작업일 수 있습니다."


class JobOver(errors.Conflict):
    """A job was to be cancelled that has ended."""

    en = "This job has already ended."
    ko = "이미 끝난 작업입니다."


_LINE = """id, name, state, attempts, max_attempts, progress, error, owner_id, due_at, created_at, started_at,
    finished_at"""
_DETAIL = _LINE + ", payload, result, trace, lease_until"


def _tables(state: str | None) -> tuple[str, ...]:
    if state is None:
        return ("job", "job_done")
    return ("job",) if state in LIVE else ("job_done",)


async def listed(
    session: AsyncSession, *, state: str | None, name: str | None, cursor: str | None, limit: int
) -> Page[JobLine]:
    """Live and finished jobs, those asked for last first."""
    key = decode(cursor, UUID)
    where = ["true"]
    if state is not None:
        where.append("state = :state")
    if name is not None:
        where.append("strpos(name, :name) > 0")
    if key is not None:
        where.append("id < :before")
    parts = [
        f"(select {_LINE} from {{s}}.{table} where {' and '.join(where)} order by id desc limit :limit)"  # noqa: S608 - constants of this module
        for table in _tables(state)
    ]
    values = {"state": state, "name": name, "before": key[0] if key else None}
    found = await run_sql(
        session,
        f"select * from ({' union all '.join(parts)}) asked order by id desc limit :limit",  # noqa: S608 - constants
        limit=limit + 1,
        **{k: v for k, v in values.items() if v is not None},
    )
    rows = [JobLine(**{**row, "progress": masks.payload(row["progress"])}) for row in found.mappings()]
    return Page(items=rows[:limit], next_cursor=encode(rows[limit - 1].id) if len(rows) > limit else None)


async def read(session: AsyncSession, job_id: UUID) -> JobDetail:
    """One job, live or finished within 14 days."""
    found = await run_sql(
        session,
        f"""
        select {_DETAIL} from {{s}}.job where id = :id
        union all select {_DETAIL} from {{s}}.job_done where id = :id
        """,  # noqa: S608 - a constant list of columns
        id=job_id,
    )
    row = found.mappings().first()
    if row is None:
        raise errors.NotFound
    shown = {name: masks.payload(row[name]) for name in ("payload", "result", "progress")}
    return JobDetail(**{**row, **shown}, summary=_summary(session.info["service"], row["name"]))


def _summary(service: str, name: str) -> str | None:
    """The first sentence of what the job's code says about itself."""
    known = jobs.of_service(service).get(name)
    doc = known.function.__doc__ if known else None
    return doc.strip().split("\n", 1)[0] if doc else None


async def replay(session: AsyncSession, job_id: UUID) -> JobDetail:
    """Give a dead job all of its attempts again, now."""
    try:
        async with session.begin_nested():
            found = await run_sql(
                session,
                """
                update {s}.job set state = 'queued', attempts = 0, due_at = sf_now(), finished_at = null
                where id = :id and state = 'dead' returning id
                """,
                id=job_id,
            )
    except exc.IntegrityError:
        raise jobs.TwinWaiting from None
    if found.first() is None:
        await read(session, job_id)  # NotFound when there is none
        raise JobNotDead
    wake.after(session)
    return await read(session, job_id)


async def cancel(session: AsyncSession, job_id: UUID) -> JobDetail:
    """End a job that is not finished. One that runs is rolled back at its next commit."""
    ended = await run_sql(
        session, jobs.MOVE.format(s="{s}", where="id = :id"), id=job_id, state="cancelled", result=None
    )
    if ended.first() is None:
        await read(session, job_id)
        raise JobOver
    return await read(session, job_id)
