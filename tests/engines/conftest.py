"""Engines of our own for these tests: they are killed here."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from softfactory.engines.postgres import Postgres
from softfactory.engines.redis import Redis


@contextmanager
def folder() -> Iterator[Path]:
    """A data folder that an unprivileged account may enter; pytest's own stand under a private one."""
    made = Path(tempfile.mkdtemp(prefix="sf-engines-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A data folder of this test's own."""
    with folder() as made:
        yield made


@pytest.fixture(scope="module")
def cluster() -> Iterator[Postgres]:
    """One initialised PostgreSQL for the tests of a module: each may stop or kill it."""
    with folder() as made:
        server = Postgres(made)
        yield server
        server.destroy()


@pytest.fixture
def postgres(cluster: Postgres) -> Postgres:
    """A running PostgreSQL server that this test owns."""
    cluster.start()
    return cluster


@pytest.fixture
def redis(data_dir: Path) -> Iterator[Redis]:
    """A Redis server that this test owns."""
    server = Redis(data_dir)
    server.start()
    yield server
    server.stop()


def processes_of(data_dir: Path) -> list[psutil.Process]:
    """Living processes that name the data folder on their command line or in their environment."""
    found = []
    for process in psutil.process_iter():
        try:
            told = [*process.cmdline(), *process.environ().values()]
            living = process.status() != psutil.STATUS_ZOMBIE
        except psutil.Error:
            continue
        if living and process.pid != os.getpid() and any(str(data_dir) in word for word in told):
            found.append(process)
    return found
