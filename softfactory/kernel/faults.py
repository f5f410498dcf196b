"""Places where a process can be made to die, for the fault harness: nothing happens unless ``SF_DIE_AT`` is set.

``SF_DIE_AT=after-commit:3`` kills the process with SIGKILL when it reaches its third commit's end. The harness counts
up from 1 until the process survives the whole journey, so that every step has been the last one once. A worker's upkeep
(its sign of life, schedules, leases) goes on for ever and is no step of any journey: it is not counted. ``SF_DIE_IN``,
a regular expression, leaves only the work that it finds.
"""

import functools
import os
import re
import signal
from collections import Counter
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_reached: Counter[str] = Counter()
_work: ContextVar[str | None] = ContextVar("work", default="a request")


def armed() -> bool:
    """Whether steps are counted here and now."""
    if "SF_DIE_AT" not in os.environ:
        return False
    work = _work.get()
    return work is not None and re.search(os.environ.get("SF_DIE_IN", ""), work) is not None


def spared_environment() -> dict[str, str]:
    """For a process that takes over from one that died: it is not the one that was asked to die."""
    return {name: value for name, value in os.environ.items() if name != "SF_DIE_AT"}


def doing(work: str | None) -> None:
    """Name what this task does from here on, for the harness's record; ``None`` is upkeep."""
    _work.set(work)


def upkeep(act: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
    """What a process does for itself, for as long as it lives: no step of anything."""

    @functools.wraps(act)
    async def quietly(*args: P.args, **kwargs: P.kwargs) -> R:
        before = _work.set(None)
        try:
            return await act(*args, **kwargs)
        finally:
            _work.reset(before)

    return quietly


async def reach(place: str) -> None:
    """A step's edge: the last thing that the process does, if it is the one that was asked for."""
    if not armed():
        return
    _reached[place] += 1
    if os.environ["SF_DIE_AT"] == f"{place}:{_reached[place]}":
        os.write(2, f"died at {place} in {_work.get()}\n".encode())
        os.kill(os.getpid(), signal.SIGKILL)
