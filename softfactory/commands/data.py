"""What `migrate` and `seed` share: a database to work on, and progress that a person can follow."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.console import Console

from softfactory.engines.postgres import Postgres
from softfactory.engines.process import EngineError
from softfactory.engines.redis import Redis


@contextmanager
def engines(data_dir: Path, console: Console) -> Iterator[None]:
    """The engines that the environment names, else the embedded ones, shared with a running `up`."""
    started: list[Postgres | Redis] = []
    try:
        if "SF_DATABASE_URL" not in os.environ:
            postgres = Postgres(data_dir)
            started.append(postgres)
            postgres.start()
            os.environ["SF_DATABASE_URL"] = postgres.url()
        if "SF_REDIS_URL" not in os.environ:
            redis = Redis(data_dir)
            started.append(redis)
            redis.start()
            os.environ["SF_REDIS_URL"] = redis.url()
        yield
    except EngineError as refused:
        console.print(f"✗ {refused}", style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    finally:
        for engine in reversed(started):
            engine.stop()


@contextmanager
def progress(title: str, console: Console) -> Iterator[Callable[[str], None]]:
    """A function that shows what is being done: one moving line at a terminal, else a line each time."""
    if console.is_terminal:
        with console.status(f"{title} …") as status:
            yield lambda line: status.update(f"{title}: {line}")
    else:
        yield lambda line: console.print(line, markup=False, soft_wrap=True)
    console.print(f"✓ {title}")
