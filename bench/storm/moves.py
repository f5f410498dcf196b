"""The reschedule storm's load: each guest moves one booking again and again among the times that everybody wants.

Every move is written to the journal when its outcome is known to the guest. What is unknown is sent again until it is
known: naming the same time again is the same wish, so no key is needed.
"""

import argparse
import asyncio
import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

import httpx

from tests.journeys import PASSWORD

RETRY_SECONDS = 120.0
AT_ONCE = 100
GO_BACK = 0.4


@dataclass
class Moves:
    base_url: str
    journal: TextIO
    people: list[dict[str, Any]]
    rounds: int
    rng: random.Random
    tally: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)


async def sign_in(http: httpx.AsyncClient, email: str) -> None:
    answer = await http.post("/api/auth/login", json={"email": email, "password": PASSWORD})
    if answer.status_code == 200:
        http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"


async def send(
    moves: Moves, http: httpx.AsyncClient, path: str, body: Any, email: str
) -> httpx.Response | None:
    deadline = time.monotonic() + RETRY_SECONDS
    while time.monotonic() < deadline:
        started = time.monotonic()
        try:
            answer = await http.post(path, json=body)
            moves.waits.append(time.monotonic() - started)
            if answer.status_code == 401:  # a token lives 15 minutes; to prepare and to storm may take longer
                await sign_in(http, email)
            elif answer.status_code < 500 and answer.status_code != 429:
                return answer
            moves.tally[f"{answer.status_code}, sent again"] += 1
        except httpx.HTTPError as error:
            moves.tally[f"{type(error).__name__}, sent again"] += 1
        await asyncio.sleep(0.2 + moves.rng.random() * 0.3)
    return None


async def guest_moves(moves: Moves, number: int, gate: asyncio.Semaphore) -> None:
    person = moves.people[number]
    path = f"/api/coocook/bookings/{person['booking_id']}/reschedule"
    headers = {"Authorization": f"Bearer {person['token']}", "Accept-Language": "en"}
    limits = httpx.Limits(max_connections=1)
    async with httpx.AsyncClient(base_url=moves.base_url, headers=headers, timeout=30, limits=limits) as http:
        for _ in range(moves.rounds):
            back = moves.rng.random() < GO_BACK
            wanted = person["starts_at"] if back else moves.rng.choice(person["wanted"])
            async with gate:
                answer = await send(moves, http, path, {"starts_at": wanted}, person["email"])
            if answer is None:
                outcome, code = "unknown", ""
            elif answer.status_code == 200:
                outcome, code = "acknowledged", ""
            else:
                outcome, code = "refused", answer.json().get("code", "")
            moves.tally[f"{outcome} {code}".strip()] += 1
            told = {"booking_id": person["booking_id"], "starts_at": wanted, "outcome": outcome, "code": code}
            moves.journal.write(json.dumps(told) + "\n")
            moves.journal.flush()


async def run(plan: Path, journal: Path, rounds: int) -> dict[str, Any]:
    told = json.loads(plan.read_text())
    with journal.open("a") as out:
        moves = Moves(told["base_url"], out, told["people"], rounds, random.Random(20261125))
        gate, started = asyncio.Semaphore(AT_ONCE), time.monotonic()
        await asyncio.gather(*(guest_moves(moves, number, gate) for number in range(len(moves.people))))
        seconds = time.monotonic() - started
    waits = sorted(moves.waits)
    return {
        "guests": len(moves.people),
        "wishes": len(moves.people) * rounds,
        "seconds": round(seconds, 1),
        "requests": len(waits),
        "median_ms": round(waits[len(waits) // 2] * 1000),
        "p99_ms": round(waits[int(len(waits) * 0.99)] * 1000),
        "worst_ms": round(waits[-1] * 1000),
        "tally": dict(sorted(moves.tally.items())),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plan", type=Path)
    parser.add_argument("journal", type=Path)
    parser.add_argument("--rounds", type=int, default=25)
    options = parser.parse_args()
    print(json.dumps(asyncio.run(run(options.plan, options.journal, options.rounds)), indent=2))
