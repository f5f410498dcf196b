"""Work for later: a job is a function, and asking for it is a row in the caller's transaction.

    @job(retries=8)
    async def confirm_by_mail(session: AsyncSession, *, booking_id: UUID) -> None: ...

    await confirm_by_mail.later(session, booking_id=booking.id)

A function whose first parameter is ``session`` has one transaction, which also finishes the row; one whose first
parameter is ``steps`` has several. A job may run twice, so it takes ids, reloads, looks, acts and marks. Parameters
are JSON: only add them, with a default. How rows are run is in ``runner.py``.
"""

import functools
import inspect
import typing
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Generic, Literal, ParamSpec, TypeVar
from uuid import UUID

import orjson
from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import db, errors, telemetry, wake
from softfactory.kernel.db import run_sql
from softfactory.kernel.schedules import Rule, parse
from softfactory.kernel.service import service_of
from softfactory.kernel.shapes import View
from softfactory.kernel.time import Moment

P = ParamSpec("P")
R = TypeVar("R")

KERNEL = "kernel"
"""Owner of the jobs that exist once in every service's schema."""

State = Literal["queued", "running", "failed", "dead", "cancelled", "done"]

_jobs: dict[str, dict[str, "Job[..., Any]"]] = {}
_RESERVED = frozenset({"due_at", "delay", "unique", "owner", "session", "self"})


class Job(Generic[P, R]):
    """A function that can run later. Calling it runs it now, in the caller's transaction."""

    def __init__(
        self,
        function: Callable[P, Awaitable[R]],
        *,
        retries: int = 8,
        rule: Rule | None = None,
        batch: int | None = None,
        timeout: float = 300,
        priority: int = 0,
        service: str | None = None,
    ) -> None:
        functools.update_wrapper(self, function)
        self.function = function
        self.service = service or _owner(function)
        self.name = _name(function, self.service)
        self.retries, self.rule, self.batch = retries, rule, batch
        self.timeout, self.priority = timeout, priority
        first, *rest = inspect.signature(function).parameters
        if first not in ("session", "steps") or (batch and first != "session"):
            raise TypeError(
                f"{self.name}: the first parameter is `session` or `steps`, with batch= `session`"
            )
        if (batch and len(rest) != 1) or (rule and (rest or batch)):
            raise TypeError(f"{self.name}: a batch takes one list; a scheduled job takes nothing")
        if clash := _RESERVED.intersection(rest):
            raise TypeError(f"{self.name}: parameters may not be called {', '.join(sorted(clash))}")
        self.in_steps = first == "steps"
        known = _jobs.setdefault(self.service, {})
        if self.name in known and known[self.name].function.__code__ is not function.__code__:
            raise TypeError(f"there are two jobs called {self.name}")
        known[self.name] = self

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Awaitable[R]:
        return self.function(*args, **kwargs)

    async def later(
        self,
        session: AsyncSession,
        *,
        due_at: datetime | None = None,
        delay: timedelta | float | None = None,
        unique: UUID | str | None = None,
        owner: UUID | None = None,
        **payload: Any,
    ) -> UUID | None:
        """Ask for a run once the session's transaction is committed. Returns the job's id.

        ``unique``: nothing is asked when the same job with the same key is waiting already (None is returned). One
        that has begun does not count, for it may have looked before this transaction's change. ``owner``: the person
        who may watch it. ``delay``: seconds or a timedelta.
        """
        row = self.row(payload, due_at=due_at, delay=delay, unique=unique, owner=owner)
        return next(iter(await insert(session, [(self, row)])), None)

    def row(
        self,
        payload: dict[str, Any],
        *,
        due_at: datetime | None = None,
        delay: timedelta | float | None = None,
        unique: UUID | str | None = None,
        owner: UUID | None = None,
    ) -> dict[str, Any]:
        """The row of one run, its payload checked against the function's annotations."""
        return {
            "id": db.uuid7(),
            "name": self.name,
            "payload": self.pack(payload),
            "due_at": due_at,
            "delay": delay.total_seconds() if isinstance(delay, timedelta) else delay or 0,
            "priority": self.priority,
            "max_attempts": self.retries + 1,
            "unique_key": None if unique is None else str(unique),
            "owner_id": owner,
            "trace": telemetry.request_id.get() or None,
        }

    def pack(self, payload: dict[str, Any]) -> Any:
        """A payload as JSON values; TypeError when the function does not take it."""
        if self._item is not None:
            return self._item.dump_python(self._item.validate_python(payload), mode="json")
        missing = {name for name, (_, needed) in self._takes.items() if needed} - payload.keys()
        unknown = payload.keys() - self._takes.keys()
        if missing or unknown:
            raise TypeError(f"{self.name}: missing {sorted(missing)}, unknown {sorted(unknown)}")
        return {
            name: (adapter := self._takes[name][0]).dump_python(adapter.validate_python(value), mode="json")
            for name, value in payload.items()
        }

    def bind(self, payloads: list[Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """The function's arguments after the first, from stored payloads (one, but for a batch)."""
        if self._item is not None:
            return ([self._item.validate_python(payload) for payload in payloads],), {}
        # A field that this version does not know was written by a newer one: it is left aside, as with events.
        known = {name: value for name, value in payloads[0].items() if name in self._takes}
        return (), {name: self._takes[name][0].validate_python(value) for name, value in known.items()}

    @cached_property
    def _takes(self) -> dict[str, tuple[TypeAdapter[Any], bool]]:
        _, *rest = inspect.signature(self.function).parameters.values()
        hints = typing.get_type_hints(self.function, include_extras=True)
        return {p.name: (TypeAdapter(hints[p.name]), p.default is inspect.Parameter.empty) for p in rest}

    @cached_property
    def _item(self) -> TypeAdapter[Any] | None:
        if self.batch is None:
            return None
        _, items = inspect.signature(self.function).parameters
        (item,) = typing.get_args(typing.get_type_hints(self.function, include_extras=True)[items])
        return TypeAdapter(item)


def job(
    *,
    retries: int = 8,
    every: str | None = None,
    cron: str | None = None,
    batch: int | None = None,
    timeout: float = 300,
    priority: int = 0,
    service: str | None = None,
) -> Callable[[Callable[P, Awaitable[R]]], Job[P, R]]:
    """Make a function a job.

    ``every="10m"`` or ``cron="0 3 * * *"`` (Asia/Seoul): also run it then, once across all processes. ``batch=200``:
    the function takes a list of up to so many payloads (``items: list[SomeModel]``) in one transaction; when that
    fails, the list is halved until the culprit stands alone. ``timeout``: seconds. ``priority``: lower goes first.
    ``service``: whose job it is, where the module does not tell (tests).
    """
    if every is not None and cron is not None:
        raise TypeError("every= and cron= exclude one another")
    rule = parse(every=every, cron=cron) if every or cron else None

    def make(function: Callable[P, Awaitable[R]]) -> Job[P, R]:
        return Job(
            function,
            retries=retries,
            rule=rule,
            batch=batch,
            timeout=timeout,
            priority=priority,
            service=service,
        )

    return make


def _owner(function: Any) -> str:
    return KERNEL if function.__module__.startswith("softfactory.kernel.") else service_of(function)


def _name(function: Any, service: str) -> str:
    module = function.__module__
    for prefix in ("softfactory.services.", "softfactory."):
        if module.startswith(prefix):
            return f"{module.removeprefix(prefix)}.{function.__name__}"
    return f"{service}.{module.rpartition('.')[2]}.{function.__name__}"


def of_service(service: str) -> dict[str, Job[..., Any]]:
    """Every job that may stand in the service's table, by name."""
    return {**_jobs.get(KERNEL, {}), **_jobs.get(service, {})}


async def insert(session: AsyncSession, wanted: Iterable[tuple[Job[..., Any], dict[str, Any]]]) -> list[UUID]:
    """Write rows made by ``Job.row`` in one statement; the ids of those that were not waiting already."""
    rows = []
    for job_, row in wanted:
        if job_.service not in (KERNEL, session.info["service"]):
            raise RuntimeError(f"{job_.name} is not {session.info['service']}'s: ask its service by an event")
        rows.append(row)
    result = await run_sql(
        session,
        """
        insert into {s}.job (id, name, payload, due_at, priority, max_attempts, unique_key, owner_id, trace)
        select id, name, payload, coalesce(due_at, sf_now() + make_interval(secs => delay)), priority, max_attempts,
               unique_key, owner_id, trace
        from jsonb_to_recordset(cast(:rows as jsonb)) as r(
            id uuid, name text, payload jsonb, due_at timestamptz, delay float8, priority int, max_attempts int,
            unique_key text, owner_id uuid, trace text)
        on conflict (name, unique_key) where unique_key is not null and state in ('queued', 'failed') do nothing
        returning id
        """,
        rows=orjson.dumps(rows, default=str).decode(),  # asyncpg's ids are a class of their own
    )
    wake.after(session)
    return list(result.scalars())


class JobView(View):
    """How far a piece of work has come, for the person who asked for it."""

    id: UUID
    name: str
    state: State
    progress: Any = None
    result: Any = None
    created_at: Moment
    finished_at: Moment | None = None


class TwinWaiting(errors.Conflict):
    """The same work was asked for again since, and waits to run."""

    en = "The same work is already waiting to run."
    ko = "같은 작업이 이미 대기 중입니다."


async def status(session: AsyncSession, job_id: UUID, *, owner: UUID) -> JobView:
    """A job of this owner, live or finished within 14 days; else NotFound."""
    columns = "id, name, state, progress, result, created_at, finished_at"
    found = await run_sql(
        session,
        f"""
        select {columns} from {{s}}.job where id = :id and owner_id = :owner
        union all
        select {columns} from {{s}}.job_done where id = :id and owner_id = :owner
        """,  # noqa: S608 - a constant list of columns
        id=job_id,
        owner=owner,
    )
    row = found.mappings().first()
    if row is None:
        raise errors.NotFound
    return JobView(**row)


MOVE = """
    with ended as (delete from {s}.job where {where} returning *)
    insert into {s}.job_done (id, name, payload, due_at, priority, state, attempts, max_attempts, progress, result,
                              error, unique_key, owner_id, trace, created_at, started_at, finished_at)
    select id, name, payload, due_at, priority, cast(:state as text), attempts, max_attempts, progress,
           cast(:result as jsonb), error, unique_key, owner_id, trace, created_at, started_at, sf_now()
    from ended returning id
"""
"""Moves live rows to the finished ones; ``{where}`` says which."""
