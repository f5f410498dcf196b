"""The reschedule storm: 200 guests move their bookings among 50 times while `softfactory up` is killed under them.

    .venv/bin/python -m bench.reschedule_storm            app, worker and PostgreSQL killed and brought back meanwhile
    .venv/bin/python -m bench.reschedule_storm --calm     without the killer

Each guest has a paid booking at a time of their own, wants one of the 50 (ten of each chef's, wanted by forty guests),
and at times goes back, so that times come and go and nearly every move meets somebody. Load, killer and checker are
processes of their own (bench/storm). Everything stays on loopback, is bounded in count and time, and ends by itself.
Afterwards a naive reschedule is planted, and the checker must find what it leaves behind.
"""

import argparse
import asyncio
import json
import subprocess
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx

from bench.booking_storm import ROOT, database_of, python, wait_ready
from tests.deployment import free_port
from tests.journeys import Journey, told

CHEFS, GUESTS, WANTED = 5, 200, 50


async def prepare(base_url: str) -> dict[str, Any]:
    """Chefs, guests with a paid booking each, and the times that everybody wants; made through the API."""
    journey = Journey(
        lambda token: httpx.AsyncClient(
            base_url=base_url, timeout=60, headers={"Authorization": f"Bearer {token}"} if token else {}
        )
    )
    each, wanted = GUESTS // CHEFS, WANTED // CHEFS
    people: list[dict[str, Any]] = []
    for chef in range(CHEFS):
        kitchen = await journey.open_kitchen(minutes=60)
        first = date.today() + timedelta(days=30)  # noqa: DTZ011 - far enough for the policy's whole refund
        query = {"from": str(first), "to": str(first + timedelta(days=13)), "party": 2}
        found = told(
            await kitchen.chef.http.get(f"/api/coocook/chefs/{kitchen.chef_id}/slots", params=query), 200
        )["items"]
        times = [slot["starts_at"] for slot in found]
        if len(times) < each + wanted:
            raise SystemExit(f"a chef has {len(times)} free times, {each + wanted} are needed")
        for number in range(each):
            guest = await journey.sign_up(f"Guest {chef}-{number}")
            held = await journey.hold(guest, kitchen, times[number])
            booking = await journey.book(guest, held["id"])
            told(await journey.pay(guest, booking), 200, 201)
            people.append(
                {
                    "token": guest.token,
                    "booking_id": booking["id"],
                    "starts_at": times[number],
                    "wanted": times[each : each + wanted],
                    "email": told(await guest.http.get("/api/users/me"), 200)["email"],
                }
            )
    await journey.close()
    return {"base_url": base_url, "people": people}


def storm(folder: Path, *, rounds: int, kill: bool) -> bool:
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
        plan.write_text(json.dumps(asyncio.run(prepare(base_url))))
        url = database_of(data)
        killer = None
        if kill:
            killer = subprocess.Popen(
                python(
                    "-m", "bench.storm.killer", str(up.pid), "--rounds", "2", "--first", "4", "--pause", "6"
                ),
                cwd=ROOT,
                stdout=subprocess.PIPE,
            )
        load = subprocess.run(
            python("-m", "bench.storm.moves", str(plan), str(journal), "--rounds", str(rounds)),
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
            time.sleep(5)
        verdict = _check(url, plan, journal)
        print("checker", verdict.stdout, verdict.stderr)
        subprocess.run(python("-m", "bench.storm.plant_move", url), cwd=ROOT, check=True)
        planted = _check(url, plan, journal)
        caught = planted.returncode != 0
        print("planted", planted.stdout)
        print("the planted naive reschedule was", "caught" if caught else "NOT caught")
        return verdict.returncode == 0 and caught
    finally:
        up.terminate()
        up.wait(60)


def _check(url: str, plan: Path, journal: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        python("-m", "bench.storm.moves_checker", url, str(plan), str(journal)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=25, help="moves that each of the 200 guests tries")
    parser.add_argument("--calm", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="softfactory-moves-", ignore_cleanup_errors=True) as folder:
        fine = storm(Path(folder), rounds=options.rounds, kill=not options.calm)
    raise SystemExit(0 if fine else 1)
