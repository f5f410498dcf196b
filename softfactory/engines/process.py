"""Child processes of the engines and of `up`: in sessions of their own, reaped, never left behind."""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import IO, TypeVar

from softfactory.engines.account import Account

T = TypeVar("T")

LAUNCHER = Path(__file__).with_name("launch.py")
LOG_LIMIT = 10 * 1024 * 1024
# Below the range from which Linux takes the ports of outgoing connections: one of those could sit on ours.
PORTS = range(15000, 30000)


class EngineError(Exception):
    """An engine cannot do what was asked; the message is a sentence for the person who started it."""


class Child:
    """One child process: its own session, its output in a log, a signal at its supervisor's death."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        log: Path | int | None = None,
        death: signal.Signals = signal.SIGKILL,
        account: Account | None = None,
        env: Mapping[str, str] | None = None,
        cwd: str | Path = "/",
        feed: bytes = b"",
    ) -> None:
        who = f"{account.uid}:{account.gid}" if account else "-"
        arguments = [sys.executable, "-I", "-S", str(LAUNCHER), death.name, str(os.getpid()), who, "--"]
        arguments += [str(part) for part in command]

        def spawn() -> subprocess.Popen[bytes]:
            output: IO[bytes] | int | None = open_log(log) if isinstance(log, Path) else log
            try:
                return subprocess.Popen(
                    arguments,
                    stdin=subprocess.PIPE,
                    stdout=output,
                    stderr=subprocess.STDOUT if output is not None else None,
                    env=None if env is None else dict(env),
                    cwd=cwd,
                    start_new_session=True,
                )
            finally:
                if output is not None and not isinstance(output, int):
                    output.close()

        self._popen = in_a_lasting_thread(spawn)
        if self._popen.stdin is not None:
            with suppress(BrokenPipeError):  # it died at once; `alive` tells
                self._popen.stdin.write(feed)
                self._popen.stdin.close()

    @property
    def pid(self) -> int:
        """Its process id, which is also its session's."""
        return self._popen.pid

    @property
    def output(self) -> IO[bytes] | None:
        """Its output, when it was started with `subprocess.PIPE`."""
        return self._popen.stdout

    @property
    def alive(self) -> bool:
        """Whether it runs; asking reaps it."""
        return self._popen.poll() is None

    @property
    def code(self) -> int | None:
        """Its exit status (negative: a signal), None while it runs."""
        return self._popen.poll()

    def send(self, number: signal.Signals) -> None:
        """Send a signal, if it is still there."""
        if self.alive:
            self._popen.send_signal(number)

    def wait(self, seconds: float) -> bool:
        """Wait for its end; False when it outlives the wait."""
        try:
            self._popen.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def stop(self, *signals: tuple[signal.Signals, float]) -> None:
        """Send each signal and wait so many seconds; whatever is left after the last is killed."""
        for number, seconds in signals:
            self.send(number)
            if self.wait(seconds):
                return
        self.send(signal.SIGKILL)
        self.wait(10)


_lasting: ThreadPoolExecutor | None = None


def in_a_lasting_thread(work: Callable[[], T]) -> T:
    """Run `work` in a thread as lasting as the process: the parent-death signal follows the thread."""
    global _lasting
    if threading.current_thread() is threading.main_thread():
        return work()
    if _lasting is None:
        _lasting = ThreadPoolExecutor(1, thread_name_prefix="engine-spawn")
    return _lasting.submit(work).result()


def open_log(path: Path) -> IO[bytes]:
    """Open a log for appending, the last one kept aside when it has grown large."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_name(path.name + ".1"))
    return path.open("ab")


def tail(log: Path, lines: int = 15) -> str:
    """The end of a log file."""
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""


def port_is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port(preferred: int | None = None) -> int:
    """The preferred port when it is free, else another one."""
    if preferred and port_is_free(preferred):
        return preferred
    for port in random.sample(PORTS, 200):
        if port_is_free(port):
            return port
    raise EngineError("No free port was found between 15000 and 30000 on 127.0.0.1.")


def wait_until(ready: Callable[[], bool], seconds: float, *, pause: float = 0.02) -> bool:
    """Poll until `ready` says yes; False when the time is over."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True


def pid_exists(pid: int) -> bool:
    """Whether a process with this id runs (a zombie does not)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return not Path("/proc/self").exists()


def command_of(pid: int) -> str:
    """The command line of a process, empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        if Path("/proc/self").exists():
            return ""
    shown = subprocess.run(
        ["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False
    )
    return shown.stdout.strip()
