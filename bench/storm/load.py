"""The storm's load: many guests reach for few times of few chefs, hold, book and pay.

Every wish is written to the journal (one JSON object a line) when its outcome is known to the guest: ``acknowledged``,
``refused`` or ``unknown``. What is unknown is sent again with the same key until it is known or the time is up; then it
stays ``unknown`` and the checker counts it as unresolved.
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
from uuid import uuid4

import httpx

RETRY_SECONDS = 120.0


@dataclass
class Storm:
    base_url: str
    journal: TextIO
    slots: list[dict[str, str]]
    tokens: list[str]
    attempts: int
    rng: random.Random
    left: int = 0
    tally: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)

    def write(self, **facts: Any) -> None:
        self.journal.write(json.dumps(facts) + "\n")
        self.journal.flush()


async def send(
    storm: Storm, http: httpx.AsyncClient, step: str, path: str, body: Any, key: str
) -> httpx.Response | None:
    """POST until the outcome is known; None when it stayed unknown."""
    deadline = time.monotonic() + RETRY_SECONDS
    while True:
        started = time.monotonic()
        try:
            answer = await http.post(path, json=body, headers={"Idempotency-Key": key})
            storm.waits.append(time.monotonic() - started)
            twin = answer.status_code == 409 and answer.json().get("code") == "twin_running"
            if answer.status_code < 500 and answer.status_code != 429 and not twin:
                return answer
            storm.tally[f"{step} {answer.status_code}, sent again"] += 1
        except httpx.HTTPError as error:
            storm.tally[f"{step} {type(error).__name__}, sent again"] += 1
        if time.monotonic() > deadline:
            return None
        await asyncio.sleep(0.2 + storm.rng.random() * 0.3)


async def attempt(storm: Storm, http: httpx.AsyncClient, guest: int) -> None:
    slot = storm.rng.choice(storm.slots)
    wish = {
        "chef_id": slot["chef_id"],
        "menu_id": slot["menu_id"],
        "starts_at": slot["starts_at"],
        "party": 2,
    }
    key = uuid4().hex
    facts = {"key": key, "guest": guest, "chef_id": slot["chef_id"], "starts_at": slot["starts_at"]}
    hold = await send(storm, http, "hold", "/api/coocook/holds", wish, key)
    if hold is None or hold.status_code not in {200, 201}:
        _tell(storm, facts, "hold", hold)
        return
    book_wish = {"hold_id": hold.json()["id"], "allergens": [], "note": ""}
    booking = await send(storm, http, "book", "/api/coocook/bookings", book_wish, key)
    if booking is None or booking.status_code not in {200, 201}:
        _tell(storm, facts, "book", booking)
        return
    told = booking.json()
    facts |= {"booking_id": told["id"], "order_id": told["order_id"], "amount": told["price"]["amount"]}
    pay_wish = {"order_id": told["order_id"], "payment_key": "sandbox_ok", "amount": told["price"]["amount"]}
    paid = await send(storm, http, "pay", "/api/payment/confirm", pay_wish, key)
    if paid is not None and paid.status_code == 202:
        paid = await settled(storm, http, paid.headers["location"]) or paid
    _tell(storm, facts, "pay", paid)


async def settled(storm: Storm, http: httpx.AsyncClient, path: str) -> httpx.Response | None:
    """Look at a payment whose outcome the platform did not know yet, as it asks, until it knows."""
    deadline = time.monotonic() + RETRY_SECONDS
    while time.monotonic() < deadline:
        await asyncio.sleep(1)
        try:
            answer = await http.get(path)
        except httpx.HTTPError:
            continue
        if answer.status_code == 200 and answer.json()["status"] in {"captured", "failed"}:
            storm.tally["pay answered later"] += 1
            return (
                answer
                if answer.json()["status"] == "captured"
                else httpx.Response(402, json={"code": "failed"})
            )
    return None


def _tell(storm: Storm, facts: dict[str, Any], step: str, answer: httpx.Response | None) -> None:
    if answer is None:
        outcome = "unknown"
    elif answer.status_code in {200, 201}:
        outcome = "acknowledged"
    elif answer.status_code == 202:
        outcome = "unknown"
    else:
        outcome = "refused"
    code = answer.json().get("code", "") if answer is not None and answer.status_code >= 400 else ""
    storm.tally[f"{step} {outcome} {code}".strip()] += 1
    storm.write(outcome=outcome, step=step, code=code, **facts)


async def guest_works(storm: Storm, guest: int) -> None:
    headers = {"Authorization": f"Bearer {storm.tokens[guest]}", "Accept-Language": "en"}
    limits = httpx.Limits(max_connections=1)
    async with httpx.AsyncClient(base_url=storm.base_url, headers=headers, timeout=30, limits=limits) as http:
        while storm.left > 0:
            storm.left -= 1
            await attempt(storm, http, guest)


async def run(plan: Path, journal: Path, attempts: int) -> dict[str, Any]:
    told = json.loads(plan.read_text())
    with journal.open("a") as out:
        storm = Storm(
            told["base_url"], out, told["slots"], told["tokens"], attempts, random.Random(20261123), attempts
        )
        started = time.monotonic()
        await asyncio.gather(*(guest_works(storm, guest) for guest in range(len(storm.tokens))))
        seconds = time.monotonic() - started
    waits = sorted(storm.waits)
    return {
        "attempts": attempts,
        "seconds": round(seconds, 1),
        "attempts_per_second": round(attempts / seconds, 1),
        "requests": len(waits),
        "median_ms": round(waits[len(waits) // 2] * 1000),
        "p99_ms": round(waits[int(len(waits) * 0.99)] * 1000),
        "worst_ms": round(waits[-1] * 1000),
        "tally": dict(sorted(storm.tally.items())),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plan", type=Path)
    parser.add_argument("journal", type=Path)
    parser.add_argument("--attempts", type=int, default=10_000)
    options = parser.parse_args()
    print(json.dumps(asyncio.run(run(options.plan, options.journal, options.attempts)), indent=2))
