"""The storm's checker: what the guests were told against what PostgreSQL holds.

double: two live bookings of one chef overlap, or an order was captured twice. lost: acknowledged but not there.
unresolved: still unknown to the guest at the end. orphans: charged without a live booking or a refund.
"""

import argparse
import asyncio
import json
from collections import Counter
from pathlib import Path
from typing import Any

import asyncpg

LIVE = "('paying', 'requested', 'confirmed', 'completed', 'no_show', 'disputed')"


async def check(database_url: str, journal: Path) -> dict[str, Any]:
    lines = [json.loads(line) for line in journal.read_text().splitlines() if line.strip()]
    acknowledged = [line for line in lines if line["outcome"] == "acknowledged"]
    connection = await asyncpg.connect(database_url)
    try:
        overlaps = await connection.fetchval(
            f"select count(*) from coocook.booking a join coocook.booking b on a.chef_id = b.chef_id and a.id < b.id "
            f"and a.starts_at < b.ends_at and b.starts_at < a.ends_at where a.status in {LIVE} and b.status in {LIVE}"
        )
        twice = await connection.fetchval(
            "select count(*) from (select order_id from platform.payment where captured > 0 "
            "group by order_id having count(*) > 1) x"
        )
        ids = [line["booking_id"] for line in acknowledged]
        there = {
            str(row["id"])
            for row in await connection.fetch(
                f"select id from coocook.booking where id = any($1::uuid[]) and status in {LIVE}",
                ids,
            )
        }
        orphans = await connection.fetchval(
            "select count(*) from platform.payment p join platform.payment_order o on o.id = p.order_id "
            "left join coocook.booking b on b.id = o.subject_id where p.captured > p.refunded and "
            f"(b.id is null or b.status not in {LIVE})"
        )
        provider = await connection.fetchval(
            "select coalesce(sum(amount - cancelled), 0)::bigint from platform.sandbox_charge where state = 'captured'"
        )
        ledger = await connection.fetchval(
            "select coalesce(sum(e.amount), 0)::bigint from platform.ledger_entry e join platform.ledger_account a "
            "on a.id = e.account_id where a.kind = 'provider_clearing'"
        )
        deadlocks = await connection.fetchval("select sum(deadlocks)::bigint from pg_stat_database")
    finally:
        await connection.close()
    return {
        "wishes": len(lines),
        "outcomes": dict(Counter(line["outcome"] for line in lines)),
        "acknowledged": len(acknowledged),
        "double": overlaps + twice,
        "lost": len([i for i in ids if i not in there]),
        "unresolved": len([line for line in lines if line["outcome"] == "unknown"]),
        "orphans": orphans,
        "provider_minus_ledger": provider - abs(ledger),
        "deadlocks": deadlocks,
    }


def fine(found: dict[str, Any]) -> bool:
    wrong = ("double", "lost", "unresolved", "orphans", "provider_minus_ledger", "deadlocks")
    return found["acknowledged"] > 0 and all(found[name] == 0 for name in wrong)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database_url")
    parser.add_argument("journal", type=Path)
    options = parser.parse_args()
    result = asyncio.run(check(options.database_url, options.journal))
    print(json.dumps(result, indent=2))
    raise SystemExit(0 if fine(result) else 1)
