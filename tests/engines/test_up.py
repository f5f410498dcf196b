"""`softfactory up`: whatever is killed comes back, nothing is left behind, and what cannot start says so."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psutil
import pytest

from softfactory.engines.postgres import Postgres
from softfactory.engines.process import free_port, port_is_free, wait_until

from .conftest import processes_of

PATIENCE = 90
pytestmark = [pytest.mark.layouts, pytest.mark.faults]


@dataclass
class Platform:
    """One `up`, on a data folder and a port of its own."""

    data_dir: Path
    port: int
    running: "subprocess.Popen[str] | None" = None

    def start(self, *options: str, **more: str) -> "subprocess.Popen[str]":
        """Begin an `up`; its words are kept in a file."""
        place = ["--port", str(self.port), "--data-dir", str(self.data_dir), "--no-demo"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("SF_")}
        with (self.data_dir / "said").open("a") as said:
            self.running = subprocess.Popen(
                [sys.executable, "-m", "softfactory.cli", "up", *place, *options],
                env={**environment, **more},
                stdout=said,
                stderr=said,
                text=True,
                start_new_session=True,
            )
        return self.running

    @property
    def said(self) -> str:
        """Everything that was said so far."""
        return (self.data_dir / "said").read_text()

    def says(self, words: str) -> bool:
        """Whether it said so."""
        return words in self.said

    def ready(self) -> bool:
        """Whether the platform serves and works; an `up` that ended never will."""
        assert self.running is not None
        assert self.running.poll() is None, self.said
        return self.answers()

    def answers(self) -> bool:
        """Whether `/health/ready` says yes."""
        address = f"http://127.0.0.1:{self.port}/health/ready"
        with suppress(OSError), urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
        return False

    def await_ready(self) -> None:
        """Wait until it is ready and has said so."""
        assert wait_until(self.ready, PATIENCE, pause=0.1), self.said
        assert wait_until(lambda: self.said.count("is ready") > 0, PATIENCE), self.said

    def children(self) -> dict[str, int]:
        """The process ids of its parts, by name."""
        assert self.running is not None
        marks = {
            "postgres": "bin/postgres ",
            "redis": "-server ",
            "worker": "cli worker ",
            "app": "cli serve ",
        }
        found = {}
        for child in psutil.Process(self.running.pid).children():
            with suppress(psutil.Error):
                line = " ".join([*child.cmdline(), ""])
                found.update({name: child.pid for name, mark in marks.items() if mark in line})
        return found

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End it, and return its exit status."""
        assert self.running is not None
        self.running.send_signal(how)
        return self.running.wait(PATIENCE)


@pytest.fixture
def platform(data_dir: Path) -> Iterator[Platform]:
    made = Platform(data_dir, free_port())
    yield made
    if made.running is not None and made.running.poll() is None:
        made.running.kill()
        made.running.wait()
    wait_until(lambda: not processes_of(data_dir), PATIENCE)
    Postgres(data_dir).destroy()


def until(condition: Callable[[], bool], platform: Platform) -> None:
    """Wait for it, or show what `up` said."""
    assert wait_until(condition, PATIENCE, pause=0.1), platform.said


def test_whatever_is_killed_comes_back_and_a_stop_leaves_nothing(platform: Platform) -> None:
    platform.start()
    platform.await_ready()
    for name in ("app", "worker", "redis", "postgres"):
        before = platform.children()
        assert set(before) == {"postgres", "redis", "worker", "app"}, platform.said
        os.kill(before[name], signal.SIGKILL)
        until(partial(platform.says, f"{name} runs again"), platform)
        until(platform.ready, platform)
        after = platform.children()
        assert {part: pid for part, pid in after.items() if part != name} == {
            part: pid for part, pid in before.items() if part != name
        }
        assert after[name] != before[name]
    assert platform.end() == 0
    assert processes_of(platform.data_dir) == []
    assert port_is_free(platform.port)


def test_one_up_a_folder_and_after_kill_9_of_it_the_next_is_clean(platform: Platform) -> None:
    platform.start()
    platform.await_ready()
    assert Platform(platform.data_dir, free_port()).start().wait(PATIENCE) == 1
    assert "already runs" in platform.said
    assert platform.ready()
    platform.end(signal.SIGKILL)
    platform.start()  # at once, while PostgreSQL may still shut down
    until(lambda: platform.said.count("is ready") == 2, platform)
    assert len(platform.children()) == 4
    assert platform.end(signal.SIGINT) == 0
    assert processes_of(platform.data_dir) == []


def test_a_port_in_use_is_named_with_a_way_out(platform: Platform) -> None:
    listen = [sys.executable, "-m", "http.server", str(platform.port), "--bind", "127.0.0.1"]
    with subprocess.Popen(listen, stderr=subprocess.DEVNULL) as other:
        try:
            assert wait_until(lambda: not port_is_free(platform.port), PATIENCE)
            assert platform.start().wait(PATIENCE) == 1
        finally:
            other.kill()
    assert f"Port {platform.port} is in use" in platform.said
    assert f"PORT={platform.port + 1}" in platform.said
    assert processes_of(platform.data_dir) == []


def test_engines_named_by_url_replace_the_embedded_ones(platform: Platform, tmp_path: Path) -> None:
    from softfactory.engines.redis import Redis

    elsewhere = platform.data_dir / "elsewhere"
    postgres, redis = Postgres(elsewhere), Redis(elsewhere)
    postgres.start()
    redis.start()
    try:
        platform.start(SF_DATABASE_URL=postgres.url(), SF_REDIS_URL=redis.url())
        platform.await_ready()
        assert set(platform.children()) == {"worker", "app"}
        assert not (platform.data_dir / "postgres").exists()
        assert (
            postgres.sql(
                "select count(*) > 0 from pg_namespace where nspname = 'coocook'", database="softfactory"
            )
            == "t"
        )
        assert platform.end() == 0
        assert postgres.ready()
        assert redis.ready()
    finally:
        redis.stop()
        postgres.destroy()


def test_a_stop_while_starting_leaves_nothing(platform: Platform) -> None:
    platform.start()
    until(lambda: "PostgreSQL" in platform.said, platform)
    time.sleep(0.3)  # somewhere in the migrations
    assert platform.end() == 0
    assert processes_of(platform.data_dir) == []


def test_another_size_is_refused_in_a_sentence(platform: Platform) -> None:
    assert platform.start("--size", "1").wait(PATIENCE) == 1
    assert "Size 1 is not built yet" in platform.said
