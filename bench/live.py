"""From a commit to another person's screen: how long a notice takes, and what open streams cost.

    .venv/bin/python -m bench.live

Against `softfactory up`, on loopback, a bounded number of bookings and streams. A chef accepts requests; each guest
listens. Told are the seconds from the chef's answer (the commit is just before it) and from the chef's click to the
event on the guest's stream: worker, relay and Redis are on the way. Then with 200 streams open on the one app process:
its memory, its processor time, and how many database connections are in use while they idle.
"""

import argparse
import asyncio
import json
import statistics
import subprocess
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import psutil

from bench.booking_storm import ROOT, database_of, python, wait_ready
from tests.deployment import free_port
from tests.journeys import Journey, Someone, told, until

PER_PERSON = 10
AT_ONCE = 8
"""Streams that are opened at the same time: a ticket lasts 30 s, also on a machine that does other things."""
IDLE_SECONDS = 10


class Reader:
    """One open stream; remembers when each subject was heard of."""

    def __init__(self, base_url: str, person: Someone) -> None:
        self.base_url, self.person = base_url, person
        self.heard: dict[str, float] = {}
        self.ready = asyncio.Event()

    async def read(self) -> None:
        # A connection of its own for both: one that was idle may be closed just as it is used again.
        async with httpx.AsyncClient(base_url=self.base_url, timeout=None) as http:  # noqa: S113 - ends with the bench
            bearer = {"Authorization": f"Bearer {self.person.token}"}
            ticket = told(await http.post("/api/live/tickets", headers=bearer), 201)["ticket"]
            await self._listen(http, ticket)

    async def _listen(self, http: httpx.AsyncClient, ticket: str) -> None:
        async with http.stream("GET", "/api/live", params={"ticket": ticket}) as answer:
            assert answer.status_code == 200, await answer.aread()
            async for line in answer.aiter_lines():
                if line == "event: ready":
                    self.ready.set()
                elif line.startswith("data: {") and "subject_id" in line:
                    notice = json.loads(line.removeprefix("data: "))
                    self.heard.setdefault(f"{notice['subject_id']} {notice['says']}", time.perf_counter())


def summary(seconds: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(seconds, n=20)
    ms = {"p50": statistics.median(seconds), "p95": cuts[18], "max": max(seconds)}
    return {name: round(value * 1000, 1) for name, value in ms.items()}


async def accept_all(journey: Journey, kitchen: Any, guest: Someone, base_url: str, count: int) -> Any:
    """``count`` requests, accepted one after another while the guest listens."""
    slots = await journey.slots(kitchen, days=14)
    assert len(slots) >= count, f"{len(slots)} times are free, {count} are needed"
    bookings = []
    for slot in slots[:count]:
        booking = await journey.book(guest, (await journey.hold(guest, kitchen, slot["starts_at"]))["id"])
        told(await journey.pay(guest, booking), 200)
        await until(lambda b=booking: journey.booking(guest, b["id"]), lambda b: b["status"] == "requested")
        bookings.append(booking["id"])
    await asyncio.sleep(3)  # what paying told has arrived
    reader = Reader(base_url, guest)
    reading = asyncio.create_task(reader.read())
    await reader.ready.wait()
    clicked, answered = {}, {}
    for booking in bookings:
        clicked[booking] = time.perf_counter()
        told(await journey.move(kitchen.chef, booking, "accept"), 200)
        answered[booking] = time.perf_counter()
        await asyncio.sleep(0.15)
    deadline = time.monotonic() + 30
    wanted = {booking: f"{booking} guest.confirmed" for booking in bookings}
    while not set(wanted.values()) <= reader.heard.keys():
        assert time.monotonic() < deadline, "not every notice arrived"
        await asyncio.sleep(0.05)
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    return {
        "notices": count,
        "ms_after_the_answer": summary([max(0.0, reader.heard[wanted[b]] - answered[b]) for b in bookings]),
        "ms_after_the_click": summary([reader.heard[wanted[b]] - clicked[b] for b in bookings]),
    }


async def measure(base_url: str, database: str, app: psutil.Process, *, count: int, streams: int) -> Any:
    journey = Journey(
        lambda token: httpx.AsyncClient(
            base_url=base_url, timeout=30, headers={"Authorization": f"Bearer {token}"} if token else {}
        )
    )
    kitchen = await journey.open_kitchen(instant=False, minutes=60)
    guest = await journey.sign_up("Guest")
    result: dict[str, Any] = {"alone": await accept_all(journey, kitchen, guest, base_url, count)}
    print(json.dumps(result), flush=True)
    people = [await journey.sign_up(f"Reader {n}") for n in range(-(-streams // PER_PERSON))]
    before = app.memory_info().rss
    async with AsyncExitStack() as stack:
        readers = [Reader(base_url, people[n // PER_PERSON]) for n in range(streams)]
        group = await stack.enter_async_context(asyncio.TaskGroup())
        tasks = []
        for first in range(0, streams, AT_ONCE):
            some = readers[first : first + AT_ONCE]
            tasks += [group.create_task(reader.read()) for reader in some]
            await asyncio.gather(*(reader.ready.wait() for reader in some))
        result["streams"] = {"open": streams, "memory_mb": round((app.memory_info().rss - before) / 1e6, 1)}
        result["streams"] |= await idle(app, database)
        print(json.dumps(result["streams"]), flush=True)
        kitchen = await journey.open_kitchen(instant=False, minutes=60)
        result["among_streams"] = await accept_all(journey, kitchen, guest, base_url, count)
        for task in tasks:
            task.cancel()
    await journey.close()
    return result


async def idle(app: psutil.Process, database: str) -> dict[str, Any]:
    """What open streams cost while nothing is told."""
    connection = await asyncpg.connect(database)
    used, began = app.cpu_times(), time.monotonic()
    busy, in_transaction = [], 0
    while time.monotonic() - began < IDLE_SECONDS:
        row = await connection.fetchrow(
            """
            select count(*) filter (where state = 'active') as active,
                   count(*) filter (where state like 'idle in transaction%') as held, count(*) as all
            from pg_stat_activity where application_name = 'softfactory'
            """
        )
        busy.append(row["all"])
        in_transaction = max(in_transaction, row["held"])
        await asyncio.sleep(0.1)
    now = app.cpu_times()
    await connection.close()
    share = (now.user + now.system - used.user - used.system) / IDLE_SECONDS
    return {
        "processor_percent": round(share * 100, 1),
        "connections_of_all_processes": max(busy),
        "transactions_held_at_most": in_transaction,
        "app_connections": len(
            [c for c in app.net_connections("tcp") if c.raddr and c.status == "ESTABLISHED"]
        ),
    }


def run(folder: Path, *, count: int, streams: int) -> Any:
    port, data = free_port(), folder / "data"
    base_url = f"http://127.0.0.1:{port}"
    with (folder / "up.log").open("wb") as log:
        up = subprocess.Popen(
            python("-m", "softfactory.cli", "up", "--port", str(port), "--data-dir", str(data)),
            cwd=ROOT,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        wait_ready(base_url, up)
        (app,) = (p for p in psutil.Process(up.pid).children(recursive=True) if "serve" in p.cmdline())
        return asyncio.run(measure(base_url, database_of(data), app, count=count, streams=streams))
    finally:
        began = time.monotonic()
        up.terminate()
        up.wait(60)
        print(f"stopped in {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--streams", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="softfactory-live-", ignore_cleanup_errors=True) as place:
        print(json.dumps(run(Path(place), count=options.count, streams=options.streams), indent=2))
