"""The processes that `up` starts: engines, workers and the web app, kept running and ended in order."""

import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from softfactory.engines.process import Child, EngineError, tail

PAUSES = (0.0, 0.5, 1.0, 2.0, 5.0, 10.0)
"""Seconds before the first, second, ... restart in a row."""

STEADY = 30.0
"""A part that ran so long has earned a restart without delay."""


class Part(Protocol):
    """Anything that can be started, watched and stopped: an engine or one of our programs."""

    @property
    def alive(self) -> bool: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...


class Program:
    """One of SoftFactory's own processes: `softfactory serve`, `softfactory worker`."""

    def __init__(
        self, arguments: Sequence[str], *, env: Mapping[str, str], log: Path, patience: float = 10
    ) -> None:
        self.arguments = arguments
        self.env = env
        self.log = log
        self.patience = patience
        self._child: Child | None = None

    @property
    def alive(self) -> bool:
        """Whether its process runs."""
        return self._child is not None and self._child.alive

    @property
    def pid(self) -> int | None:
        """Its process id, None when it does not run."""
        return self._child.pid if self._child is not None and self._child.alive else None

    @property
    def ending(self) -> str:
        """How it ended, in words."""
        code = self._child.code if self._child is not None else None
        if code is None:
            return "runs"
        return f"ended with status {code}" if code >= 0 else f"was ended by {signal.Signals(-code).name}"

    def start(self) -> None:
        """Start it, unless it runs; whether it is ready is for others to ask.

        It dies at once with its supervisor: its work is made to survive that, and the port is free again.
        """
        if not self.alive:
            self._child = Child(
                [sys.executable, "-m", "softfactory.cli", *self.arguments],
                log=self.log,
                death=signal.SIGKILL,
                env=ours(self.env),
                cwd=Path.cwd(),
            )

    def stop(self) -> None:
        """Let it finish what it does, within its patience."""
        if self._child is not None:
            self._child.stop((signal.SIGTERM, self.patience))
            self._child = None


def ours(told: Mapping[str, str]) -> dict[str, str]:
    """The environment of our own processes: what we were given, and what they are told."""
    given = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    # Without that, a machine that forbids bytecode compiles the whole platform at every start: 4 s more.
    return {**given, **told, "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}


@dataclass
class Watched:
    """A part and its restarts."""

    name: str
    part: Part
    failures: int = 0
    since: float = 0.0
    due: float = 0.0
    told: bool = field(default=False)


class Group:
    """Parts in the order of their needs: started in it, stopped against it, restarted whenever one dies."""

    def __init__(self, report: Callable[[str], None]) -> None:
        self.report = report
        self._members: list[Watched] = []

    def add(self, name: str, part: Part) -> None:
        """Start a part and watch it from now on. It is stopped with the others even when its start fails."""
        member = Watched(name, part)
        self._members.append(member)
        part.start()
        member.since = time.monotonic()

    def stop(self) -> None:
        """End everything, the last started first; one that cannot end does not keep the others."""
        while self._members:
            member = self._members.pop()
            try:
                member.part.stop()
            except (EngineError, OSError) as refused:
                self.report(f"{member.name}: {refused}")

    def look(self) -> None:
        """Start again what has died, in order: nothing starts while an engine before it is down."""
        now = time.monotonic()
        for member in self._members:
            if member.part.alive:
                if member.failures and now - member.since > STEADY:
                    member.failures = 0
                continue
            if not member.told:
                self._died(member, now)
            if now < member.due:
                if isinstance(member.part, Program):  # nobody needs it to start
                    continue
                return
            member.told = False
            try:
                member.part.start()
            except EngineError as refused:
                self.report(f"{member.name} does not start: {refused}")
                self._died(member, now)
                return
            member.since = time.monotonic()
            self.report(f"{member.name} runs again")

    def _died(self, member: Watched, now: float) -> None:
        pause = PAUSES[min(member.failures, len(PAUSES) - 1)]
        member.failures += 1
        member.told = True
        member.due = now + pause
        how = member.part.ending if isinstance(member.part, Program) else "ended"
        self.report(f"{member.name} {how}; starting it again" + (f" in {pause:.0f} s" if pause >= 1 else ""))


class Followed:
    """New lines of a log file, as they are written."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self.path = path
        self._at = path.stat().st_size if path.exists() else 0
        self._rest = b""

    def lines(self) -> list[str]:
        """What was written since the last call."""
        try:
            size = self.path.stat().st_size
            if size < self._at:  # moved aside
                self._at, self._rest = 0, b""
            with self.path.open("rb") as file:
                file.seek(self._at)
                new = file.read()
        except OSError:
            return []
        self._at += len(new)
        *whole, self._rest = (self._rest + new).split(b"\n")
        return [line.decode(errors="replace") for line in whole]


def last_words(program: Program) -> str:
    """Why a program that ended at once did: the end of its log."""
    return f"{program.log} ends with:\n{tail(program.log)}"
