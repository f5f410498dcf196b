"""The embedded Redis: guarded, recovered, ended."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil

from softfactory.engines.process import wait_until
from softfactory.engines.redis import OLDEST, Redis, find_server, version_of

OWNER = """
import sys, time
from softfactory.engines.redis import Redis
server = Redis(sys.argv[1])
server.start()
sys.stdout.write(f"{server.pid} {server.port}\\n")
sys.stdout.flush()
time.sleep(600)
"""


def say(redis: Redis, *lines: str) -> bytes:
    """What the server answers to these lines."""
    with socket.create_connection(("127.0.0.1", redis.port), timeout=5) as link:
        link.sendall("".join(f"{line}\r\n" for line in (*lines, "QUIT")).encode())
        answer = b""
        while more := link.recv(1024):
            answer += more
    return answer


def test_the_server_is_new_enough() -> None:
    assert version_of(find_server()) >= OLDEST


def test_nobody_enters_without_the_password(redis: Redis) -> None:
    assert b"-NOAUTH" in say(redis, "PING")
    assert redis.url().startswith("redis://:")
    assert redis.pid is not None
    password = redis.url().split(":")[2].split("@")[0]
    assert not any(password in word for word in psutil.Process(redis.pid).cmdline())


def test_it_comes_back_on_its_port_after_kill_9(redis: Redis) -> None:
    killed, port, url = redis.pid, redis.port, redis.url()
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    assert wait_until(lambda: not redis.alive, 10)
    redis.start()
    assert redis.pid != killed
    assert (redis.port, redis.url(), redis.ready()) == (port, url, True)


def test_it_ends_with_a_supervisor_that_is_killed(data_dir: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, data_dir], stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout is not None
        pid, _ = (int(word) for word in owner.stdout.readline().split())
        owner.kill()
    heir = Redis(data_dir)
    heir.start()
    try:
        assert heir.owned
        assert heir.pid not in (None, pid)
    finally:
        heir.stop()


def test_a_second_process_shares_it(redis: Redis) -> None:
    other = Redis(redis.data_dir)
    other.start()
    assert not other.owned
    assert other.url() == redis.url()
    other.stop()
    assert redis.ready()


def test_a_stop_leaves_no_process(redis: Redis) -> None:
    assert redis.pid is not None
    process = psutil.Process(redis.pid)
    redis.stop()
    assert not redis.alive
    assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
