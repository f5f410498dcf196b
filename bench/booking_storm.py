"""The booking storm: 10,000 attempts on 1,000 times over 100 connections, against `softfactory up`.

    .venv/bin/python -m bench.booking_storm            as it is
    .venv/bin/python -m bench.booking_storm --kill     app, worker and PostgreSQL killed and brought back meanwhile

Load, killer and checker are processes of their own (bench/storm). Everything stays on loopback, is bounded in count and
time, and ends by itself. Afterwards a naive booking is planted, and the checker must find it.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx

from tests.deployment import free_port
from tests.journeys import Journey, told

ROOT = Path(__file__).resolve().parent.parent
CHEFS, CONNECTIONS = 20, 100


async def prepare(base_url: str, slots: int) -> dict[str, Any]:
    """Chefs, times and guests, made through the API; the plan that the load follows."""
    journey = Journey(
        lambda token: httpx.AsyncClient(
            base_url=base_url, timeout=30, headers={"Authorization": f"Bearer {token}"} if token else {}
        )
    )
    wanted, found = slots // CHEFS, []
    for _ in range(CHEFS):
        kitchen = await journey.open_kitchen(minutes=60)
        first = date.today() + timedelta(days=2)  # noqa: DTZ011 - any day ahead will do
        query = {"from": str(first), "to": str(first + timedelta(days=13)), "party": 2}
        times = told(
            await kitchen.chef.http.get(f"/api/coocook/chefs/{kitchen.chef_id}/slots", params=query), 200
        )["items"]
        if len(times) < wanted:
            raise SystemExit(f"a chef has {len(times)} free times, {wanted} are needed")
        wish = {"chef_id": kitchen.chef_id, "menu_id": kitchen.menu_id}
        found += [wish | {"starts_at": slot["starts_at"]} for slot in times[:wanted]]
    tokens = [(await journey.sign_up(f"Guest {n}")).token for n in range(CONNECTIONS)]
    await journey.close()
    return {"base_url": base_url, "slots": found, "tokens": tokens}


def wait_ready(base_url: str, process: "subprocess.Popen[bytes]", seconds: float = 240) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit("`softfactory up` ended before it was ready")
        try:
            if httpx.get(f"{base_url}/health/ready", timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.3)
    raise SystemExit("the platform did not become ready")


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def storm(folder: Path, *, attempts: int, slots: int, kill: bool) -> bool:
    port = free_port()
    base_url, data = f"http://127.0.0.1:{port}", folder / "data"
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
        plan, journal = folder / "plan.json", folder / "journal.jsonl"
        plan.write_text(json.dumps(asyncio.run(prepare(base_url, slots))))
        url = database_of(data)
        killer = None
        if kill:
            killer = subprocess.Popen(
                python("-m", "bench.storm.killer", str(up.pid), "--rounds", "2"),
                cwd=ROOT,
                stdout=subprocess.PIPE,
            )
        load = subprocess.run(
            python("-m", "bench.storm.load", str(plan), str(journal), "--attempts", str(attempts)),
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
            timeout=1500,
        )
        print("load", load.stdout)
        if killer is not None:
            print("killed", killer.communicate(timeout=120)[0].decode())
            wait_ready(base_url, up)
            time.sleep(60)  # the sweep finishes what the killed processes left
        verdict = subprocess.run(
            python("-m", "bench.storm.checker", url, str(journal)),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        print("checker", verdict.stdout, verdict.stderr)
        subprocess.run(python("-m", "bench.storm.plant", url), cwd=ROOT, check=True)
        planted = subprocess.run(
            python("-m", "bench.storm.checker", url, str(journal)),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        caught = (
            planted.returncode != 0
            and json.loads(planted.stdout)["double"] > json.loads(verdict.stdout)["double"]
        )
        print("the planted naive booking was", "caught" if caught else "NOT caught")
        return verdict.returncode == 0 and caught
    finally:
        up.terminate()
        up.wait(60)


def database_of(data: Path) -> str:
    """The embedded database's address, for the checker and the plant."""
    from softfactory.engines.postgres import Postgres

    return Postgres(data).url(user="postgres").replace("+asyncpg", "")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--attempts", type=int, default=10_000)
    parser.add_argument("--slots", type=int, default=1_000)
    parser.add_argument("--kill", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="softfactory-storm-", ignore_cleanup_errors=True) as folder:
        fine = storm(Path(folder), attempts=options.attempts, slots=options.slots, kill=options.kill)
    raise SystemExit(0 if fine else 1)
