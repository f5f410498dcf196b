"""Tables, version by version: the kernel's in each service's schema, then the service's own.

During an upgrade ``search_path`` is the service's schema and ``public``: the kernel's versions name no schema.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, exc, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from softfactory.kernel import config
from softfactory.kernel.service import SERVICES, discover, names

KERNEL_TABLES = frozenset(
    {
        "job",
        "job_done",
        "schedule",
        "outbox",
        "relay",
        "inbox",
        "mail",
        "idempotency",
        "kernel_version",
        "worker",
    }
)
"""Names that no service may give to a table of its own."""

LOCK_TIMEOUT = "5s"
"""A version that waits longer for a table gives up and is tried again: behind it, every query would wait."""

LOCK_NOT_AVAILABLE = "55P03"
TRIES = 5

_HERE = Path(__file__).parent / "migrations"


def upgrade(services: Iterable[str] | None = None, report: Callable[[str], None] = lambda _: None) -> None:
    """Bring the services' schemas (all when None) to the newest version. Safe to run anywhere at any time.

    Call it where no event loop runs.
    """
    asyncio.run(_upgrade(sorted(services) if services is not None else list(names()), report))


def is_current(service: str) -> bool:
    """Whether the service's schema has every version of the kernel and of the service."""
    return asyncio.run(_is_current(service))


def new_revision(service: str, message: str) -> Path:
    """Write the service's next version: the difference between its models and its database."""
    return asyncio.run(_new_revision(service, message))


def differences(service: str) -> list[Any]:
    """What autogenerate would still change; empty when models and versions agree."""
    return asyncio.run(_differences(service))


async def _upgrade(services: list[str], report: Callable[[str], None]) -> None:
    for service in services:
        for attempt in range(1, TRIES + 1):
            try:
                await _upgrade_one(service, report)
                break
            except exc.DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) != LOCK_NOT_AVAILABLE or attempt == TRIES:
                    raise
                report(f"{service}: a table is busy, trying again")
                await asyncio.sleep(attempt)


async def _upgrade_one(service: str, report: Callable[[str], None]) -> None:
    async with _connection(service, f'"{service}", public') as connection:
        # Held until this connection closes. Of two starts at once, the second waits and finds nothing to do.
        await connection.execute(
            text("select pg_advisory_lock(hashtextextended(:key, 0))"), {"key": f"migrate:{service}"}
        )
        await connection.execute(text(f'create schema if not exists "{service}"'))
        await connection.execute(text(f"set lock_timeout = '{LOCK_TIMEOUT}'"))
        await connection.commit()
        for cfg in (kernel_config(service), service_config(service)):
            before = await connection.run_sync(_version, cfg)
            await connection.commit()
            await connection.run_sync(_to_head, cfg)
            after = await connection.run_sync(_version, cfg)
            await connection.commit()
            if after != before:
                report(f"{service}: {cfg.attributes['title']} {before or 'nothing'} -> {after}")


def _to_head(connection: Connection, cfg: Config) -> None:
    cfg.attributes["connection"] = connection
    command.upgrade(cfg, "heads")


def _version(connection: Connection, cfg: Config) -> str:
    options = {
        "version_table": cfg.attributes["version_table"],
        "version_table_schema": cfg.attributes["schema"],
    }
    return ", ".join(sorted(MigrationContext.configure(connection, opts=options).get_current_heads()))


async def _is_current(service: str) -> bool:
    async with _connection(service, "public") as connection:
        for cfg in (kernel_config(service), service_config(service)):
            heads = ", ".join(sorted(ScriptDirectory.from_config(cfg).get_heads()))
            if await connection.run_sync(_version, cfg) != heads:
                return False
    return True


async def _differences(service: str) -> list[Any]:
    metadata = discover()[service].metadata
    async with _connection(service, "public") as connection:

        def compare(inner: Connection) -> list[Any]:
            options = {
                "include_schemas": True,
                "include_name": _only(service),
                "compare_server_default": True,
                "version_table": "alembic_version",
                "version_table_schema": service,
            }
            return list(compare_metadata(MigrationContext.configure(inner, opts=options), metadata))

        return await connection.run_sync(compare)


async def _new_revision(service: str, message: str) -> Path:
    # The schema is named in what autogenerate writes, so here search_path must not contain it.
    async with _connection(service, "public") as connection:
        cfg = service_config(service)
        cfg.attributes["metadata"] = discover()[service].metadata
        heads = ScriptDirectory.from_config(cfg).get_heads()
        number = len(list(ScriptDirectory.from_config(cfg).walk_revisions())) + 1

        def write(inner: Connection) -> Any:
            cfg.attributes["connection"] = inner
            return command.revision(
                cfg,
                message,
                autogenerate=True,
                head=heads[0] if heads else "base",
                rev_id=f"{number:04d}",
                version_path=cfg.get_main_option("version_locations"),
            )

        return Path((await connection.run_sync(write)).path)


def kernel_config(service: str) -> Config:
    """Alembic's settings for the kernel's versions in a service's schema."""
    return _config(service, _HERE / "versions", version_table="kernel_version", title="kernel")


def service_config(service: str) -> Config:
    """Alembic's settings for a service's own versions."""
    root = SERVICES
    return _config(
        service, root / service / "migrations" / "versions", version_table="alembic_version", title="service"
    )


def _config(service: str, versions: Path, *, version_table: str, title: str) -> Config:
    cfg = Config()
    for key, value in (
        ("script_location", str(_HERE)),
        ("version_locations", str(versions)),
        ("path_separator", "newline"),
        ("file_template", "%(rev)s_%(slug)s"),
    ):
        cfg.set_main_option(key, value.replace("%", "%%"))
    cfg.attributes.update(
        schema=service,
        version_table=version_table,
        title=title,
        metadata=MetaData(),
        include_name=_only(service),
    )
    return cfg


def _only(service: str) -> Callable[[str | None, str, Any], bool]:
    """Autogenerate looks at the service's schema and, in it, past the kernel's tables."""

    def include(name: str | None, kind: str, _parents: Any) -> bool:
        if kind == "schema":
            return name == service
        if kind == "table":
            return name not in KERNEL_TABLES and not str(name).startswith("job_done_")
        return True

    return include


@contextlib.asynccontextmanager
async def _connection(service: str, search_path: str) -> AsyncIterator[AsyncConnection]:
    engine = create_async_engine(
        config.database_url(service),
        poolclass=NullPool,
        connect_args={
            "timeout": 10,
            "server_settings": {
                "application_name": "softfactory-migrate",
                "search_path": search_path,
                "timezone": "UTC",
            },
        },
    )
    try:
        async with engine.connect() as connection:
            yield connection
    finally:
        await engine.dispose()
