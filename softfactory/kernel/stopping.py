"""Hearing early that this process is to end, so that answers which never end by themselves can end.

A server stops in this order: the signal, then it waits for every answer, and only then for the application (ASGI's
lifespan). A stream that waited for the last step would hold up the second one until it is cut off.
"""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_acts: set[Callable[[], None]] = set()
_asked = False


def on_stop(act: Callable[[], None]) -> Callable[[], None]:
    """Call ``act`` in the event loop when the process is asked to end; returns how to take that back."""
    _acts.add(act)
    return lambda: _acts.discard(act)


def is_asked() -> bool:
    """Whether this process is ending: nothing that lasts should begin."""
    return _asked


def stop() -> None:
    """Tell everyone who wants to know."""
    global _asked
    _asked = True
    for act in tuple(_acts):
        act()


@contextmanager
def watched() -> Iterator[None]:
    """While the app runs: hear the signals before the server, and hand them on to it."""
    global _asked
    _asked = False
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's: whoever serves from another one ends its streams by itself
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def heard(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stop)
        theirs: Any = before[signal.Signals(number)]
        if callable(theirs):
            theirs(number, frame)
        elif theirs is signal.SIG_DFL:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)

    for number in _SIGNALS:
        signal.signal(number, heard)
    try:
        yield
    finally:
        for number, theirs in before.items():
            if signal.getsignal(number) is heard and theirs is not None:
                signal.signal(number, theirs)
