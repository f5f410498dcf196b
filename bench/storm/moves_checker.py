"""The reschedule storm's checker: what the guests were told against what PostgreSQL holds.

double: two live bookings of one chef overlap. lost: a guest's booking is not at the time that was acknowledged last.
without: a booking without its busy time, or whose busy time is another one. untold: moved without a row in its
timeline, or the other way round. changed: price or party are not what they were.
"""

import argparse
import asyncio
import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import asyncpg

LIVE = "('paying', 'requested', 'confirmed', 'completed', 'no_show', 'disputed')"


async def check(database_url: str, plan: Path, journal: Path) -> dict[str, Any]:
    people = json.loads(plan.read_text())["people"]
    lines = [json.loads(line) for line in journal.read_text().splitlines() if line.strip()]
    expected = {person["booking_id"]: person["starts_at"] for person in people}
    doubtful = set()
    for line in lines:
        if line["outcome"] == "acknowledged":
            expected[line["booking_id"]] = line["starts_at"]
        if line["outcome"] == "unknown":
            doubtful.add(line["booking_id"])
    connection = await asyncpg.connect(database_url)
    try:
        double = await connection.fetchval(
            f"select count(*) from coocook.booking a join coocook.booking b on a.chef_id = b.chef_id and a.id < b.id "
            f"and a.starts_at < b.ends_at and b.starts_at < a.ends_at where a.status in {LIVE} and b.status in {LIVE}"
        )
        ids = list(expected)
        rows = await connection.fetch(
            """
            select b.id, b.starts_at, b.moves, b.status, b.price, b.party,
                   lower(t.during) as busy_from, t.ends_at as busy_to, b.ends_at,
                   (select count(*) from coocook.booking_change c
                    where c.booking_id = b.id and c.what = 'moved') as told
            from coocook.booking b left join coocook.busy t on t.booking_id = b.id
            where b.id = any($1::uuid[])
            """,
            ids,
        )
        deadlocks = await connection.fetchval("select sum(deadlocks)::bigint from pg_stat_database")
    finally:
        await connection.close()
    there = {str(row["id"]): row for row in rows if row["status"] == "confirmed"}
    lost = [
        booking_id
        for booking_id, starts_at in expected.items()
        if booking_id not in there
        or (
            booking_id not in doubtful and there[booking_id]["starts_at"] != datetime.fromisoformat(starts_at)
        )
    ]
    moved = Counter(line["booking_id"] for line in lines if line["outcome"] == "acknowledged")
    return {
        "wishes": len(lines),
        "outcomes": dict(Counter(line["outcome"] for line in lines)),
        "guests_who_moved": len(moved),
        "double": double,
        "lost": len(lost),
        "unresolved": len(doubtful),
        "without": sum(
            (row["busy_from"], row["busy_to"]) != (row["starts_at"], row["ends_at"]) for row in rows
        ),
        "untold": sum(row["moves"] != row["told"] for row in rows),
        "changed": sum((row["price"], row["party"]) != (160_000, 2) for row in rows),
        "deadlocks": deadlocks,
    }


def fine(found: dict[str, Any]) -> bool:
    wrong = ("double", "lost", "unresolved", "without", "untold", "changed", "deadlocks")
    return found["outcomes"].get("acknowledged", 0) > 0 and all(found[name] == 0 for name in wrong)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database_url")
    parser.add_argument("plan", type=Path)
    parser.add_argument("journal", type=Path)
    options = parser.parse_args()
    result = asyncio.run(check(options.database_url, options.plan, options.journal))
    print(json.dumps(result, indent=2))
    raise SystemExit(0 if fine(result) else 1)
