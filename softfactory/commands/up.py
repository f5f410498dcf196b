"""`softfactory up`: the platform on one machine, ready in seconds and kept running."""

import hashlib
import http.client
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn

from rich.console import Console
from rich.panel import Panel
from rich.table import Table

from softfactory.engines.group import Followed, Group, Program, last_words, ours
from softfactory.engines.postgres import Postgres
from softfactory.engines.process import Child, EngineError, port_is_free, tail, wait_until
from softfactory.engines.redis import Redis
from softfactory.engines.state import Ownership, State

PACKAGE = Path(__file__).resolve().parent.parent
ROLES = ("guest", "chef", "admin")
COLOURS = {"postgres": "blue", "redis": "red", "worker": "magenta", "app": "green"}
BOOT_SECONDS = 120
LOOK_SECONDS = 0.25


class Stopped(BaseException):
    """The person, or the machine, asks us to end."""


@dataclass(frozen=True)
class Wish:
    """What `up` was asked for."""

    port: int
    host: str
    data_dir: Path
    demo: bool
    workers: int
    logs: bool

    @property
    def address(self) -> str:
        """Where a browser finds the platform."""
        return f"http://localhost:{self.port}"


def run(wish: Wish, console: Console) -> int:
    """Start everything, keep it running until asked to end; the exit status."""
    started = time.monotonic()
    wish.data_dir.mkdir(mode=0o755, parents=True, exist_ok=True)
    owner = Ownership(wish.data_dir / "up.owner")
    if not owner.take():
        where = f"{wish.data_dir} (process {owner.holder()})"
        console.print(
            f"✗ SoftFactory already runs on {where}. Stop it, or choose another --data-dir.", style="red"
        )
        return 1
    # A start killed a moment ago may still be letting go of its port.
    if not wait_until(lambda: port_is_free(wish.port, wish.host), 3, pause=0.1):
        console.print(
            f"✗ Port {wish.port} is in use by another program. Choose another: "
            f"make up PORT={wish.port + 1}, or softfactory up --port {wish.port + 1}.",
            style="red",
            soft_wrap=True,
        )
        return 1
    group = Group(lambda line: console.print(f"! {line}", style="yellow", markup=False, soft_wrap=True))
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stopped)
    try:
        _start(wish, group, console)
        _welcome(wish, console, time.monotonic() - started)
        _watch(wish, group, console)
    except Stopped:
        return 0
    except EngineError as refused:
        console.print(f"✗ {refused}", style="red", markup=False, soft_wrap=True)
        return 1
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _at_once)
        with console.status("Stopping …"):
            group.stop()
        owner.release()
        console.print("Stopped. The data stays in " + str(wish.data_dir), markup=False, soft_wrap=True)


def _stopped(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def _at_once(_number: int, _frame: FrameType | None) -> None:
    """Asked a second time: the children get their parent-death signals, PostgreSQL's a clean one."""
    os._exit(130)


def _start(wish: Wish, group: Group, console: Console) -> None:
    environment = _environment(wish)
    with console.status("Starting …") as status:

        def show(title: str, line: str = "") -> None:
            status.update(f"{title} …{' ' + line if line else ''}")
            if line and not console.is_terminal:
                console.print(f"  {line}", markup=False, soft_wrap=True)

        if "SF_DATABASE_URL" not in os.environ:
            postgres = Postgres(wish.data_dir)
            with _told(console, "PostgreSQL"):
                group.add("postgres", postgres)
            environment["SF_DATABASE_URL"] = postgres.url()
        if "SF_REDIS_URL" not in os.environ:
            redis = Redis(wish.data_dir)
            with _told(console, "Redis"):
                group.add("redis", redis)
            environment["SF_REDIS_URL"] = redis.url()
        _prepare(wish, environment, console, show)
        show("Web app and worker")
        with _told(console, "Web app and worker"):
            _programs(wish, group, environment)


def _environment(wish: Wish) -> dict[str, str]:
    """What the children are told, beside what is in our own environment."""
    secret = State(wish.data_dir / "secret.json")
    if not secret.path.exists():
        secret.write({"key": secrets.token_urlsafe(48)})
    return {
        "SF_DEMO": "1" if wish.demo else "0",
        "SF_DATA_DIR": str(wish.data_dir),
        "SF_STORAGE_URL": os.environ.get("SF_STORAGE_URL") or (wish.data_dir / "files").as_uri(),
        "SF_SECRET_KEY": os.environ.get("SF_SECRET_KEY") or str(secret.read()["key"]),
        "SF_PUBLIC_URL": os.environ.get("SF_PUBLIC_URL") or wish.address,
    }


def _prepare(wish: Wish, environment: dict[str, str], console: Console, show: Callable[..., None]) -> None:
    """Migrations and demo data, each only when what they are made from has changed, or the day."""
    steps = [("migrate", "Migrations", ["kernel/migrations/**/*.py", "services/*/migrations/**/*.py"])]
    if wish.demo:
        steps.append(("seed", "Demo data", ["kernel/demo.py", "services/*/demo.py", "services/*/demo/**/*"]))
    stamps = State(wish.data_dir / "prepared.json")
    for command, title, patterns in steps:
        # The database is part of the stamp: another one, or a fresh one, starts from nothing.
        wanted = hashlib.sha256(
            environment.get("SF_DATABASE_URL", os.environ.get("SF_DATABASE_URL", "")).encode()
        )
        for path in sorted(
            {path for pattern in patterns for path in PACKAGE.glob(pattern) if path.is_file()}
        ):
            if "__pycache__" not in path.parts:
                wanted.update(str(path.relative_to(PACKAGE)).encode() + path.read_bytes())
        if command == "seed":  # demo bookings lie around today: tomorrow's start renews what has passed
            wanted.update(time.strftime("%Y-%m-%d").encode())
        # An external database may have been emptied behind our back; ours is emptied with its password.
        known = "SF_DATABASE_URL" not in os.environ and stamps.read().get(command) == wanted.hexdigest()
        if known:
            continue
        show(title)
        with _told(console, title):
            _run_step(command, title, environment, wish.data_dir / "logs" / f"{command}.log", show)
        stamps.write({**stamps.read(), command: wanted.hexdigest()})


def _run_step(
    command: str, title: str, environment: dict[str, str], log: Path, show: Callable[..., None]
) -> None:
    """Run one of our own commands to its end, in a process of its own: this one stays small."""
    child = Child(
        [sys.executable, "-m", "softfactory.cli", command],
        log=subprocess.PIPE,
        env=ours(environment),
        cwd=Path.cwd(),
    )
    log.parent.mkdir(exist_ok=True)
    try:
        with log.open("wb") as file:
            for line in child.output or ():
                file.write(line)
                file.flush()
                if not line.startswith("✓".encode()):
                    show(title, line.decode(errors="replace").strip())
        child.wait(60)
    finally:
        child.stop((signal.SIGTERM, 5))
    if child.code != 0:
        raise EngineError(f"{title} failed; {log} ends with:\n{tail(log, 30)}")


def _programs(wish: Wish, group: Group, environment: dict[str, str]) -> None:
    """Start workers and web app, and wait until the platform says that it is ready."""
    logs = wish.data_dir / "logs"
    for number in range(1, wish.workers + 1):
        name = "worker" if wish.workers == 1 else f"worker {number}"
        log = logs / f"{name.replace(' ', '-')}.log"
        group.add(name, Program(["worker"], env=environment, log=log, patience=30))
    app = Program(
        ["serve", "--port", str(wish.port), "--host", wish.host], env=environment, log=logs / "app.log"
    )
    group.add("app", app)

    def ready() -> bool:
        if not app.alive:
            raise EngineError(f"The web app {app.ending}; {last_words(app)}")
        return answers(wish)

    if not wait_until(ready, BOOT_SECONDS, pause=0.05):
        raise EngineError(f"The web app did not become ready in {BOOT_SECONDS} s; {last_words(app)}")


def answers(wish: Wish) -> bool:
    """Whether `/health/ready` says yes."""
    host = "127.0.0.1" if wish.host == "0.0.0.0" else wish.host  # noqa: S104 - compared, not bound
    link = http.client.HTTPConnection(host, wish.port, timeout=5)
    try:
        link.request("GET", "/health/ready")
        return link.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        link.close()


def _watch(wish: Wish, group: Group, console: Console) -> NoReturn:
    """Keep everything running until a signal raises Stopped."""
    followed = []
    if wish.logs:
        followed = [Followed(path.stem, path) for path in sorted((wish.data_dir / "logs").glob("*.log"))]
    while True:
        group.look()
        for log in followed:
            colour = COLOURS.get(log.name.partition("-")[0], "cyan")
            for line in log.lines():
                console.print(f"[{colour}]{log.name:>8}[/{colour}] │ ", end="")
                console.print(line, markup=False, soft_wrap=True)
        time.sleep(LOOK_SECONDS)


@contextmanager
def _told(console: Console, title: str) -> Iterator[None]:
    """Say a step's name and time when it went well."""
    started = time.monotonic()
    yield
    console.print(f"[green]✓[/green] {title} [dim]{time.monotonic() - started:.1f} s[/dim]")


def _welcome(wish: Wish, console: Console, seconds: float) -> None:
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim")
    facts.add_column(overflow="fold")
    facts.add_row("Open", f"[bold][link={wish.address}]{wish.address}[/link][/bold]")
    facts.add_row("API", f"{wish.address}/docs")
    if wish.demo:
        facts.add_row("Demo", f"sign in with one click as {', '.join(ROLES)}")
    facts.add_row("Data", str(wish.data_dir))
    facts.add_row("Logs", str(wish.data_dir / "logs"))
    facts.add_row("Stop", "Ctrl-C")
    console.print(
        Panel(facts, title=f"SoftFactory is ready ({seconds:.1f} s)", expand=False, border_style="green")
    )
