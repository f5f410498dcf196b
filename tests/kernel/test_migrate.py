"""Versions: they agree with the models, and may be run anywhere at any time."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator

import asyncpg
import pytest
import pytest_asyncio

from softfactory.kernel import migrate
from softfactory.kernel.service import names
from softfactory.testing import ADMIN_URL


@pytest_asyncio.fixture(loop_scope="session")
async def empty_database(
    database: str, worker_name: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[str]:
    """A database with nothing in it."""
    name = f"empty_{worker_name}_{os.getpid()}"
    owner = os.environ["SF_DATABASE_URL"].split("://", 1)[1].split(":", 1)[0]
    admin = await asyncpg.connect(os.environ[ADMIN_URL])
    await admin.execute(f'create database "{name}" owner "{owner}"')
    monkeypatch.setenv("SF_DATABASE_URL", os.environ["SF_DATABASE_URL"].rsplit("/", 1)[0] + "/" + name)
    migrate.config.settings.cache_clear()
    yield os.environ["SF_DATABASE_URL"].replace("+asyncpg", "")
    await admin.execute(f'drop database "{name}" with (force)')
    await admin.close()


@pytest.mark.parametrize("service", names())
async def test_models_and_versions_agree(database: str, service: str) -> None:
    assert await asyncio.to_thread(migrate.differences, service) == []
    assert await asyncio.to_thread(migrate.is_current, service)


async def test_an_upgrade_is_done_once_however_many_start(empty_database: str) -> None:
    code = "from softfactory.kernel import migrate; migrate.upgrade(None, print)"
    starts = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
        for _ in range(3)
    ]
    told = [line for start in starts for line in (await start.communicate())[0].decode().splitlines()]
    assert [start.returncode for start in starts] == [0, 0, 0]
    assert len([line for line in told if "kernel nothing" in line]) == len(names())
    assert len(told) == len(set(told))
    assert await asyncio.to_thread(migrate.is_current, names()[0])


async def test_a_service_not_yet_migrated_is_not_current(empty_database: str) -> None:
    assert not await asyncio.to_thread(migrate.is_current, names()[0])


async def test_one_service_is_migrated_alone(empty_database: str) -> None:
    await asyncio.to_thread(migrate.upgrade, {"platform"}, lambda _: None)
    connection = await asyncpg.connect(empty_database)
    schemas = await connection.fetch("select schema_name as name from information_schema.schemata")
    await connection.close()
    assert "platform" in {row["name"] for row in schemas}
    assert not {row["name"] for row in schemas} & (set(names()) - {"platform"})


async def test_an_upgrade_leaves_a_moved_clock_alone(empty_database: str) -> None:
    await asyncio.to_thread(migrate.upgrade, {"platform"}, lambda _: None)
    connection = await asyncpg.connect(empty_database)
    await connection.execute(
        "create or replace function public.sf_now() returns timestamptz language sql stable "
        "as $$ select timestamptz 'epoch' $$"
    )
    await asyncio.to_thread(migrate.upgrade, {"coocook"}, lambda _: None)
    assert (await connection.fetchval("select sf_now()")).year == 1970
    await connection.close()


async def test_an_upgrade_waits_for_no_table_for_long_and_tries_again(
    empty_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind a version that waits for its lock, every query of that table would wait."""
    monkeypatch.setattr(migrate, "LOCK_TIMEOUT", "200ms")
    await asyncio.to_thread(migrate.upgrade, {"platform"}, lambda _: None)
    holder = await asyncpg.connect(empty_database)
    transaction = holder.transaction()
    await transaction.start()
    await holder.execute(
        "drop table platform.alembic_version; create table platform.alembic_version (version_num text)"
    )
    told: list[str] = []
    running = asyncio.create_task(asyncio.to_thread(migrate.upgrade, {"platform"}, told.append))
    while not told and not running.done():  # noqa: ASYNC110 - another thread tells
        await asyncio.sleep(0.05)
    assert told == ["platform: a table is busy, trying again"]
    await transaction.rollback()
    await holder.close()
    await running
