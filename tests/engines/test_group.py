"""The group: started in order, stopped against it, whatever dies comes back."""

import signal
import subprocess
from pathlib import Path

import pytest

from softfactory.engines import group as groups
from softfactory.engines.group import Followed, Group, Program
from softfactory.engines.process import Child, EngineError, free_port, port_is_free, wait_until


class Sleeper:
    """A part that only lives, and tells what happens to it."""

    def __init__(self, name: str, story: list[str]) -> None:
        self.name = name
        self.story = story
        self.child: Child | None = None
        self.broken = False

    @property
    def alive(self) -> bool:
        return self.child is not None and self.child.alive

    def start(self) -> None:
        self.story.append(f"start {self.name}")
        if self.broken:
            raise EngineError("it is broken")
        self.child = Child(["sleep", "60"])

    def stop(self) -> None:
        self.story.append(f"stop {self.name}")
        if self.child is not None:
            self.child.stop((signal.SIGTERM, 5))

    def kill(self) -> None:
        assert self.child is not None
        self.child.send(signal.SIGKILL)
        self.child.wait(5)


@pytest.fixture
def story() -> list[str]:
    return []


@pytest.fixture
def parts(story: list[str]) -> tuple[Sleeper, Sleeper, Sleeper]:
    return Sleeper("postgres", story), Sleeper("redis", story), Sleeper("app", story)


@pytest.fixture
def group(story: list[str], parts: tuple[Sleeper, ...]) -> Group:
    made = Group(story.append)
    for part in parts:
        made.add(part.name, part)
    return made


def test_parts_stop_against_the_order_of_their_start(group: Group, story: list[str]) -> None:
    group.stop()
    assert story == ["start postgres", "start redis", "start app", "stop app", "stop redis", "stop postgres"]


def test_what_dies_is_started_again(group: Group, parts: tuple[Sleeper, ...], story: list[str]) -> None:
    try:
        parts[1].kill()
        group.look()
        assert parts[1].alive
        assert story[3:] == ["redis ended; starting it again", "start redis", "redis runs again"]
    finally:
        group.stop()


def test_what_keeps_dying_is_started_ever_more_slowly(
    group: Group, parts: tuple[Sleeper, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(groups.time, "monotonic", lambda: now)
    try:
        waited = []
        for _ in range(4):
            parts[2].kill()
            died = now
            group.look()
            while not parts[2].alive:
                now += 0.5
                group.look()
            waited.append(now - died)
        assert waited == [0.0, 0.5, 1.0, 2.0]
    finally:
        monkeypatch.undo()
        group.stop()


def test_nothing_starts_while_an_engine_before_it_is_down(
    group: Group, parts: tuple[Sleeper, ...], story: list[str]
) -> None:
    try:
        parts[0].broken = True
        parts[0].kill()
        parts[2].kill()
        group.look()
        assert not parts[2].alive
        assert "postgres does not start: it is broken" in story
        parts[0].broken = False
        assert wait_until(lambda: group.look() is None and all(part.alive for part in parts), 10)
    finally:
        group.stop()


def test_a_failed_start_stops_what_ran_before(group: Group, story: list[str]) -> None:
    late = Sleeper("late", story)
    late.broken = True
    with pytest.raises(EngineError):
        group.add("late", late)
    group.stop()
    assert story[-4:] == ["stop late", "stop app", "stop redis", "stop postgres"]


def test_a_program_says_how_it_ended(tmp_path: Path) -> None:
    program = Program(["no-such-command"], env={}, log=tmp_path / "log")
    program.start()
    assert wait_until(lambda: not program.alive, 20)
    assert program.ending == "ended with status 2"
    assert "No such command" in groups.last_words(program)
    program.stop()


def test_a_child_that_ignores_requests_is_killed() -> None:
    child = Child(["sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done"], log=subprocess.PIPE)
    assert child.output is not None
    assert child.output.readline() == b"ready\n"
    child.stop((signal.SIGTERM, 0.2))
    child.output.close()
    assert child.code == -signal.SIGKILL


def test_logs_are_followed_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    path.write_text("old\n")
    followed = Followed("app", path)
    with path.open("a") as file:
        file.write("one\ntw")
    assert followed.lines() == ["one"]
    with path.open("a") as file:
        file.write("o\n")
    assert followed.lines() == ["two"]
    path.write_text("new\n")
    assert followed.lines() == ["new"]


def test_a_port_in_use_is_not_taken() -> None:
    port = free_port()
    server = subprocess.Popen(
        ["python3", "-m", "http.server", str(port), "--bind", "127.0.0.1"], stderr=subprocess.DEVNULL
    )
    try:
        assert wait_until(lambda: not port_is_free(port), 20)
        assert free_port(port) != port
    finally:
        server.kill()
        server.wait()
