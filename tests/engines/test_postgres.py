"""The embedded PostgreSQL: started, shared, killed, recovered, ended."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asyncpg
import psutil
import pytest

from softfactory.engines.postgres import Postgres
from softfactory.engines.process import EngineError, wait_until

OWNER = """
import sys, time
from softfactory.engines.postgres import Postgres
server = Postgres(sys.argv[1])
server.start()
server.sql("create table if not exists kept (word text); insert into kept values ('here')", database="softfactory")
sys.stdout.write(f"{server.pid} {server.port}\\n")
sys.stdout.flush()
time.sleep(600)
"""


def plain(url: str) -> str:
    """The address as asyncpg wants it."""
    return url.replace("+asyncpg", "")


async def test_the_platform_has_a_database_and_is_no_superuser(postgres: Postgres) -> None:
    connection = await asyncpg.connect(plain(postgres.url()))
    try:
        assert await connection.fetchval("select current_user") == "softfactory"
        assert await connection.fetchval("show is_superuser") == "off"
        assert await connection.fetchval("show server_version_num") >= "180000"
        await connection.execute("create schema coocook")
        assert await connection.fetchval(
            "select array_agg(w order by w) from unnest(array['하','가','나']) w"
        ) == [
            "가",
            "나",
            "하",
        ]
    finally:
        await connection.close()


async def test_nobody_enters_without_the_password(postgres: Postgres) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(host="127.0.0.1", port=postgres.port, user="postgres", password="guess")
    secret = postgres.data_dir / "postgres.json"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600


def test_root_lends_the_server_an_account(postgres: Postgres) -> None:
    assert postgres.pid is not None
    assert psutil.Process(postgres.pid).uids().effective != 0


def test_data_survives_kill_9_of_the_server(postgres: Postgres) -> None:
    postgres.sql("create table survives (n int); insert into survives values (7)", database="softfactory")
    killed, port = postgres.pid, postgres.port
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    assert wait_until(lambda: not postgres.alive, 10)
    assert (postgres.cluster / "postmaster.pid").exists()
    postgres.start()
    assert postgres.pid != killed
    assert postgres.port == port
    assert postgres.sql("select n from survives", database="softfactory") == "7"


def test_a_stale_pid_file_that_names_a_stranger_does_not_stop_a_start(postgres: Postgres) -> None:
    postgres.stop()
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        note = postgres.cluster / "postmaster.pid"
        note.write_text(f"{stranger.pid}\n{postgres.cluster}\n0\n{postgres.port}\n")
        postgres.start()
        assert postgres.ready()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_the_server_ends_with_a_supervisor_that_is_killed_and_starts_again(data_dir: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, data_dir], stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout is not None
        pid, port = (int(word) for word in owner.stdout.readline().split())
        owner.kill()
    heir = Postgres(data_dir)
    heir.start()  # also while the old one still shuts down
    try:
        assert heir.owned
        assert heir.pid != pid
        assert heir.port == port
        assert heir.sql("select word from kept", database="softfactory") == "here"
    finally:
        heir.destroy()


def test_a_second_process_shares_the_server_and_leaves_it_running(postgres: Postgres) -> None:
    script = (
        "import sys; from softfactory.engines.postgres import Postgres as P; p = P(sys.argv[1]); p.start()\n"
    )
    script += "assert not p.owned; sys.stdout.write(p.sql('select 40 + 2')); p.stop()"
    asked = subprocess.run(
        [sys.executable, "-c", script, postgres.data_dir], capture_output=True, text=True, check=True
    )
    assert asked.stdout == "42"
    assert postgres.ready()


def test_two_first_starts_at_once_make_one_server(data_dir: Path) -> None:
    first, second = Postgres(data_dir), Postgres(data_dir)
    try:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(Postgres.start, (first, second)))
        assert first.pid == second.pid
        assert first.owned != second.owned
        assert first.url() == second.url()
    finally:
        for server in (first, second):
            server.stop()
        first.destroy()


def test_a_stop_leaves_no_process_and_restart_keeps_the_port(postgres: Postgres) -> None:
    port = postgres.port
    postgres.restart()
    assert (postgres.port, postgres.ready()) == (port, True)
    leader = postgres.pid
    assert leader is not None
    family = [psutil.Process(leader), *psutil.Process(leader).children(recursive=True)]
    postgres.stop()
    assert not postgres.alive
    psutil.wait_procs(family, timeout=10)
    assert [member for member in family if member.is_running() and member.status() != "zombie"] == []


def test_a_clone_has_the_templates_rows(postgres: Postgres) -> None:
    postgres.create_database("template_story")
    postgres.sql(
        "create table dish (name text); insert into dish values ('비빔밥')", database="template_story"
    )
    postgres.create_database("clone_story", template="template_story")
    postgres.create_database("clone_story", template="template_story")
    assert postgres.sql("select name from dish", database="clone_story") == "비빔밥"
    postgres.drop_database("clone_story")
    assert "clone_story" not in postgres.databases()


def test_a_refused_statement_says_why(postgres: Postgres) -> None:
    with pytest.raises(EngineError, match='relation "nowhere" does not exist'):
        postgres.sql("select * from nowhere")


def test_a_folder_under_a_private_parent_works_and_the_parent_stays_private() -> None:
    with tempfile.TemporaryDirectory(prefix="sf-private-") as name:
        parent = Path(name)
        assert stat.S_IMODE(parent.stat().st_mode) == 0o700
        server = Postgres(parent / "data")
        try:
            server.start()
            server.sql("create table kept (n int)", database="softfactory")
            server.restart()
            assert server.sql("select count(*) from kept", database="softfactory") == "0"
            assert stat.S_IMODE(parent.stat().st_mode) == 0o700
        finally:
            server.destroy()


def test_a_start_killed_while_initialising_leaves_nothing_half_done(data_dir: Path) -> None:
    half = data_dir / "postgres" / "cluster.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    server = Postgres(data_dir)
    try:
        server.start()
        assert server.sql("select 1") == "1"
        assert not half.exists()
    finally:
        server.destroy()
