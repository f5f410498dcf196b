"""PostgreSQL: one session a request, one transaction, one place that commits."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from functools import cache
from typing import Annotated, Any
from uuid import UUID

import uuid_utils
from fastapi import Depends, Request
from sqlalchemy import CursorResult, DateTime, MetaData, Text, TextClause, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import Mapped, mapped_column

from softfactory.kernel import config, faults
from softfactory.kernel.errors import OutcomeUnknown
from softfactory.kernel.service import service_of
from softfactory.kernel.time import Instant

REQUEST_LIMIT_MS = 5_000
"""PostgreSQL ends any transaction of a request after this long (``transaction_timeout``, version 17 or later)."""

NAMING = {
    "ix": "idx_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

_open: ContextVar[tuple[AsyncSession, ...]] = ContextVar("open_sessions", default=())


def uuid7() -> UUID:
    """A fresh id: its order is roughly the order of making, which serves paging and nothing else."""
    return UUID(bytes=uuid_utils.uuid7().bytes)


TYPES: dict[Any, Any] = {Instant: DateTime(timezone=True), str: Text()}
"""How annotations become columns: times are ``timestamptz``, strings are ``text``."""


def metadata_of(service: str) -> MetaData:
    """A service's tables, in the service's own schema."""
    return MetaData(schema=service, naming_convention=NAMING)


class Row:
    """What every table has. A service's base: ``class Base(Row, DeclarativeBase): metadata = metadata_of("x")``."""

    type_annotation_map = TYPES

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7, sort_order=-10)
    created_at: Mapped[Instant] = mapped_column(server_default=text("sf_now()"), sort_order=90)


@cache
def _engine(url: str) -> AsyncEngine:
    settings = config.settings()
    return create_async_engine(
        url,
        pool_size=settings.pool_size,
        max_overflow=settings.pool_overflow,
        pool_recycle=3600,
        pool_pre_ping=True,
        pool_timeout=10,
        hide_parameters=True,  # values of rows may be personal: errors and logs go without them
        connect_args={
            "timeout": 5,
            "server_settings": {
                "application_name": "softfactory",
                "timezone": "UTC",
                "jit": "off",
                "transaction_timeout": str(REQUEST_LIMIT_MS),
                "idle_in_transaction_session_timeout": "60000",
            },
        },
    )


def engine(service: str) -> AsyncEngine:
    """The engine of a service's primary. Services on one database share one pool."""
    return _engine(config.database_url(service))


async def dispose() -> None:
    """Close every pool of this process."""
    for service in {config.database_url(name) for name in _used}:
        await _engine(service).dispose()
    _used.clear()


_used: set[str] = set()


def transaction_is_open() -> bool:
    """Whether the current task has touched a database and not yet committed."""
    return any(session.in_transaction() for session in _open.get())


@asynccontextmanager
async def transaction(service: str, *, limited: bool = True) -> AsyncIterator[AsyncSession]:
    """One transaction on the service's primary: committed at the end, rolled back by any exception.

    ``limited=False`` lifts the five-second limit, for jobs, which have a limit of their own.
    """
    _used.add(service)
    session = AsyncSession(engine(service), expire_on_commit=False)
    session.info["service"] = service
    _open.set((*_open.get(), session))
    try:
        if not limited:
            await session.execute(text("set local transaction_timeout = 0"))
        yield session
        await _commit(session)
    except BaseException:
        await _abandon(session)
        raise
    finally:
        _open.set(tuple(other for other in _open.get() if other is not session))
        await asyncio.shield(session.close())
    for act in session.info.get("after_commit", ()):
        await act()


def after_commit(session: AsyncSession, act: Callable[[], Awaitable[None]], *, key: str) -> None:
    """Do something cheap and dispensable once the transaction is committed; once per key."""
    acts: dict[str, Callable[[], Awaitable[None]]] = session.info.setdefault("after_commit_by_key", {})
    acts[key] = act
    session.info["after_commit"] = tuple(acts.values())


async def _commit(session: AsyncSession) -> None:
    if not session.in_transaction() and not session.new and not session.dirty:
        return
    await session.flush()
    counted = faults.armed() and await _wrote(session)
    if counted:
        await faults.reach("before-commit")
    try:
        async with asyncio.timeout(config.settings().commit_deadline):
            await session.commit()
    except TimeoutError:
        await session.invalidate()
        raise OutcomeUnknown from None
    if counted:
        await faults.reach("after-commit")


async def _wrote(session: AsyncSession) -> bool:
    """Whether the transaction changed anything: only such commits are steps for the fault harness."""
    found = await session.execute(text("select pg_current_xact_id_if_assigned() is not null"))
    return bool(found.scalar_one())


async def _abandon(session: AsyncSession) -> None:
    """Roll back; a connection that cannot even do that is thrown away."""
    try:
        await asyncio.shield(session.rollback())
    except Exception:  # the first error is the one to tell
        await session.invalidate()


async def _request_session(request: Request) -> AsyncIterator[AsyncSession]:
    async with transaction(service_of(request.scope["endpoint"])) as session:
        request.state.session = session
        yield session


Session = Annotated[AsyncSession, Depends(_request_session, scope="function")]
"""A route's transaction on the primary. It is committed before the answer leaves."""

ReadSession = Session
"""A route's read. The primary until a deployment has replicas."""


@cache
def _statement(schema: str, template: str) -> TextClause:
    return text(template.replace("{s}", f'"{schema}"'))


async def run_sql(session: AsyncSession, template: str, **values: Any) -> CursorResult[Any]:
    """Run SQL against the session's service; ``{s}`` stands for its schema.

    The kernel's own tables stand in every service's schema, so their SQL is written once with ``{s}``.
    """
    result = await session.execute(_statement(session.info["service"], template), values)
    if not isinstance(result, CursorResult):
        raise TypeError("SQL text gives a cursor")
    return result
