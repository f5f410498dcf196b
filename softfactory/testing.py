"""Fixtures for stories: real PostgreSQL and Redis, real commits, the whole app through its API.

One pair of engines serves a run; each test worker has a database cloned from a migrated template, emptied after
every test. Loaded as a pytest plugin by the root ``conftest.py``.
"""

import os
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
import pytest_asyncio

ADMIN_URL = "SF_TEST_ADMIN_URL"
TEMPLATE = "softfactory_template"
PASSWORD = "correct horse battery staple"  # noqa: S105 - of people who exist for one test

_engines: list[Any] = []


def pytest_configure(config: pytest.Config) -> None:
    """Start the run's engines in the controller; its workers inherit their addresses."""
    os.environ.setdefault("SF_DEMO", "1")
    os.environ.setdefault("SF_PUBLIC_URL", "http://test")
    os.environ.setdefault("SF_SECRET_KEY", "secret-of-the-test-run")
    from softfactory.kernel import telemetry

    telemetry.configure("WARNING")
    if hasattr(config, "workerinput") or ADMIN_URL in os.environ or config.option.collectonly:
        return
    from softfactory.engines.postgres import Postgres
    from softfactory.engines.redis import Redis

    folder = Path(tempfile.mkdtemp(prefix="softfactory-tests-"))
    folder.chmod(0o755)  # root lends PostgreSQL an account, and that one passes through here
    postgres = Postgres(folder / "postgres", options={"fsync": "off", "synchronous_commit": "off"})
    redis = Redis(folder / "redis")
    postgres.start()
    redis.start()
    _engines.extend((postgres, redis, folder))
    postgres.create_database(TEMPLATE)
    os.environ["SF_DATABASE_URL"] = postgres.url(TEMPLATE)
    os.environ["SF_REDIS_URL"] = redis.url()
    os.environ["SF_STORAGE_URL"] = (folder / "files").as_uri()
    from softfactory.kernel import config as kernel_config
    from softfactory.kernel import migrate

    kernel_config.settings.cache_clear()
    migrate.upgrade(None, lambda _: None)
    os.environ[ADMIN_URL] = postgres.url("postgres", user="postgres").replace("+asyncpg", "")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not _engines:
        return
    import shutil

    postgres, redis, folder = _engines
    redis.stop()
    postgres.destroy()
    shutil.rmtree(folder, ignore_errors=True)
    _engines.clear()
    os.environ.pop(ADMIN_URL, None)


def _of_database(url: str, name: str) -> str:
    return url.rsplit("/", 1)[0] + "/" + name


@pytest.fixture(scope="session")
def worker_name(request: pytest.FixtureRequest) -> str:
    return str(getattr(request.config, "workerinput", {}).get("workerid", "alone"))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def database(worker_name: str) -> AsyncIterator[str]:
    """This test worker's own database, a clone of the migrated template. Returns a superuser's URL of it."""
    from softfactory.kernel import config, db

    admin_url = os.environ[ADMIN_URL]
    name = f"test_{worker_name}_{os.getpid()}"
    owner = os.environ["SF_DATABASE_URL"].split("://", 1)[1].split(":", 1)[0]
    await clone(admin_url, name, owner)
    os.environ["SF_DATABASE_URL"] = _of_database(os.environ["SF_DATABASE_URL"], name)
    config.settings.cache_clear()
    yield _of_database(admin_url, name)
    await db.dispose()
    connection = await asyncpg.connect(admin_url)
    await connection.execute(f'drop database "{name}" with (force)')
    await connection.close()


async def clone(admin_url: str, name: str, owner: str) -> None:
    """A database like the template; one clone at a time, as PostgreSQL wants it."""
    connection = await asyncpg.connect(admin_url)
    try:
        await connection.execute("select pg_advisory_lock(8271)")
        await connection.execute(f'create database "{name}" template {TEMPLATE} owner "{owner}"')
    finally:
        await connection.close()


async def empty(admin_url: str) -> None:
    """Delete every row of every service, past triggers and foreign keys, and put the clock right."""
    connection = await asyncpg.connect(admin_url)
    try:
        tables = await connection.fetch(
            """
            select format('%I.%I', n.nspname, c.relname) as name from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^(pg_|information_schema|public)'
              and c.relname not in ('alembic_version', 'kernel_version')
            """
        )
        async with connection.transaction():
            await connection.execute("set local session_replication_role = replica")
            await connection.execute(";".join(f"delete from {row['name']}" for row in tables) or "select 1")
        await connection.execute(_CLOCK.format(shift="interval '0'"))
    finally:
        await connection.close()


_CLOCK = (
    "create or replace function public.sf_now() returns timestamptz language sql stable as "
    "$clock$ select statement_timestamp() + {shift} $clock$"
)


@pytest_asyncio.fixture(loop_scope="session")
async def clean(database: str) -> AsyncIterator[str]:
    """An empty database for one test."""
    from softfactory.kernel import auth

    auth.forget()
    yield database
    await empty(database)


@pytest.fixture(scope="session")
def app(database: str) -> Any:
    from softfactory.main import build

    return build()


def client_of(app: Any, token: str | None = None, language: str = "en") -> httpx.AsyncClient:
    """A client of an app in this process."""
    headers = {"Accept-Language": language} | ({"Authorization": f"Bearer {token}"} if token else {})
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://test", headers=headers)


Client = httpx.AsyncClient


@pytest_asyncio.fixture(loop_scope="session")
async def client(app: Any, clean: str) -> AsyncIterator[Client]:
    """Someone who has not signed in."""
    async with client_of(app) as anonymous:
        yield anonymous


@dataclass
class Person:
    """A signed-in client and who it is."""

    http: Client
    id: str
    email: str
    token: str = field(repr=False)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.http, name)


AsUser = Callable[..., Awaitable[Person]]


@pytest_asyncio.fixture(loop_scope="session")
async def as_user(app: Any, client: Client) -> AsyncIterator[AsUser]:
    """``await as_user("chef", name="...")``: a new person with these roles besides guest, signed in."""
    opened: list[Client] = []

    async def make(*roles: str, name: str = "", email: str | None = None, language: str = "en") -> Person:
        address = email or f"person{len(opened) + 1}.{os.urandom(3).hex()}@example.com"
        wish = {"email": address, "password": PASSWORD, "name": name or f"Person {len(opened) + 1}"}
        answer = await client.post("/api/auth/register", json=wish)
        assert answer.status_code == 201, answer.text
        told = answer.json()
        wanted = [role for role in roles if role != "guest"]
        if wanted:
            await grant(told["user"]["id"], *wanted)
            login = {"email": address, "password": PASSWORD}
            told = (await client.post("/api/auth/login", json=login)).json()
        client.cookies.clear()
        http = client_of(app, told["access_token"], language)
        opened.append(http)
        return Person(http, told["user"]["id"], address, told["access_token"])

    yield make
    for http in opened:
        await http.aclose()


async def grant(person_id: str, *roles: str) -> None:
    """Give a person roles, as an admin would."""
    from uuid import UUID

    from softfactory.kernel import db
    from softfactory.services.platform import people

    async with db.transaction("platform") as session:
        for role in roles:
            await people.grant(session, UUID(person_id), role, reason="test")


@pytest.fixture
def run_jobs(clean: str) -> Callable[..., Awaitable[int]]:
    """``await run_jobs()``: run due jobs and deliver events until nothing is left to do now."""
    from softfactory import worker

    async def run(**options: Any) -> int:
        return await worker.drain(raise_errors=options.pop("raise_errors", True), **options)

    return run


class Clock:
    """Moves ``sf_now()`` of the test's database."""

    def __init__(self, admin_url: str) -> None:
        self._url = admin_url
        self._shift = timedelta()

    async def advance(self, **by: float) -> None:
        await self.set_shift(self._shift + timedelta(**by))

    async def set_shift(self, shift: timedelta) -> None:
        self._shift = shift
        connection = await asyncpg.connect(self._url)
        try:
            await connection.execute(_CLOCK.format(shift=f"interval '{shift.total_seconds()} seconds'"))
        finally:
            await connection.close()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift


@pytest.fixture
def clock(clean: str) -> Clock:
    return Clock(clean)


@dataclass(frozen=True)
class Letter:
    to: str
    template: str
    subject: str
    body: str


Mailbox = Callable[[], Awaitable[list[Letter]]]


@pytest.fixture
def mailbox(clean: str) -> Mailbox:
    """``await mailbox()``: every letter that was delivered, oldest first. Run the jobs before."""

    async def letters() -> list[Letter]:
        from softfactory.kernel.service import names

        connection = await asyncpg.connect(clean)
        try:
            found = [
                row
                for name in names()
                for row in await connection.fetch(
                    f'select created_at, to_address, template, subject, body from "{name}".mail '
                    "where subject is not null"
                )
            ]
        finally:
            await connection.close()
        found.sort(key=lambda row: row["created_at"])
        return [Letter(r["to_address"], r["template"], r["subject"], r["body"]) for r in found]

    return letters


@pytest.fixture(autouse=True)
def _own_settings() -> Iterator[None]:
    """A test that changes the environment does not change the next one's settings."""
    yield
    from softfactory.kernel import config

    config.settings.cache_clear()
