"""``/health/live``: the process runs. ``/health/ready``: it can serve, and work is being done.

Ready looks at what proves work: the age of the oldest overdue job and of the oldest event not yet delivered. A
worker that connected once and then hangs is seen here, not in its open connections.
"""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

from softfactory.kernel import db
from softfactory.kernel.db import run_sql

STALE_SECONDS = 120.0

QUERY = """
    select
      coalesce(extract(epoch from clock_timestamp() - (
        select min(due_at) from {s}.job
        where state in ('queued', 'failed') and due_at < clock_timestamp())), 0)::float8 as job_age,
      coalesce(extract(epoch from clock_timestamp() - (
        select min(created_at) from {s}.outbox where delivered_at is null)), 0)::float8 as event_age
"""


async def of_service(name: str) -> dict[str, Any]:
    """One service's state: ``ok``, and the ages in seconds that it was judged by."""
    try:
        async with asyncio.timeout(3), db.transaction(name) as session:
            row = dict((await run_sql(session, QUERY)).mappings().one())
    except Exception as error:  # whatever it is, this service cannot serve now
        return {"ok": False, "reason": "database_unreachable", "error": type(error).__name__}
    ages = {
        "oldest_overdue_job_s": round(row["job_age"], 1),
        "oldest_undelivered_event_s": round(row["event_age"], 1),
    }
    if (why := reason(row)) is not None:
        return {"ok": False, "reason": why, **ages}
    return {"ok": True, **ages}


def reason(ages: Mapping[str, Any]) -> str | None:
    """Why a service of these ages is not well; None when it is."""
    if ages["job_age"] > STALE_SECONDS:
        return "jobs_overdue"
    return "events_undelivered" if ages["event_age"] > STALE_SECONDS else None


async def ready(services: Iterable[str]) -> tuple[bool, dict[str, Any]]:
    listed = list(services)
    states = dict(zip(listed, await asyncio.gather(*(of_service(name) for name in listed)), strict=True))
    fine = all(state["ok"] for state in states.values())
    return fine, {"status": "ready" if fine else "not_ready", "services": states}
