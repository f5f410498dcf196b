"""Every check of the code, two at a time; what fails is shown whole: `check.py`."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from common import ROOT, VENV, Refusal, node_path, npm, say

BIN = VENV / "bin"
DOCUMENT = ROOT / "web" / "openapi.json"
GENERATED = ROOT / "web" / "src" / "api" / "generated"


def program(*command: str | Path) -> Callable[[], tuple[bool, str]]:
    """A check that is a program: fine when it ends with 0."""

    def check() -> tuple[bool, str]:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            env={**os.environ, "PATH": node_path(), "NO_COLOR": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.returncode == 0, done.stdout

    return check


def client_is_fresh() -> tuple[bool, str]:
    """The committed API document and client are what the code gives today."""
    kept = {path: path.read_bytes() for path in [DOCUMENT, *GENERATED.rglob("*")] if path.is_file()}
    before = fingerprint()
    try:
        for command in ([BIN / "softfactory", "openapi", "--out", DOCUMENT], npm("run", "-s", "api")):
            fine, output = program(*command)()
            if not fine:
                return False, output
        if fingerprint() == before:
            return True, ""
        return (
            False,
            "The API has changed since web/openapi.json and its client were made: run `make api`, commit.",
        )
    finally:  # a check changes nothing
        shutil.rmtree(GENERATED, ignore_errors=True)
        DOCUMENT.unlink(missing_ok=True)
        for path, content in kept.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def fingerprint() -> str:
    """One hash of the API document and the client generated from it."""
    total = hashlib.sha256()
    for path in sorted([DOCUMENT, *GENERATED.rglob("*")]):
        if path.is_file():
            total.update(str(path).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


# Two lanes: what reads the web sources waits until the stale-client check has put them back.
LANES: list[list[tuple[str, Callable[[], tuple[bool, str]]]]] = [
    [
        ("ruff check", program(BIN / "ruff", "check", ".")),
        ("ruff format", program(BIN / "ruff", "format", "--check", ".")),
        ("house rules", program(BIN / "python", ROOT / "setup" / "house_rules.py")),
        ("import contracts", program(BIN / "lint-imports", "--no-cache")),
        ("mypy", program(BIN / "mypy", "--strict", "softfactory")),
    ],
    [
        ("generated API client", client_is_fresh),
        ("screen rules", program(BIN / "python", ROOT / "setup" / "screen_rules.py")),
        ("biome", program(*npm("run", "-s", "check"))),
        ("tsc", program(*npm("run", "-s", "types"))),
        ("vitest", program(*npm("run", "-s", "test"))),
    ],
]


def go(lane: list[tuple[str, Callable[[], tuple[bool, str]]]]) -> list[str]:
    """Run one lane; the names of what failed."""
    failed = []
    for name, check in lane:
        started = time.monotonic()
        fine, output = check()
        say(f"{'✓' if fine else '✗'} {name} ({time.monotonic() - started:.1f} s)")
        if not fine:
            say(output.rstrip())
            failed.append(name)
    return failed


def main() -> int:
    """Run both lanes and sum up."""
    with ThreadPoolExecutor(len(LANES)) as pool:
        failed = [name for lane in pool.map(go, LANES) for name in lane]
    say(f"✗ Failed: {', '.join(failed)}" if failed else "✓ Everything checks out")
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Refusal as refusal:
        say(f"✗ {refusal}")
        sys.exit(1)
