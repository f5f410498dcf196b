"""Workers say that they live: a row of theirs in each of their services, written anew every few seconds.

Only for people to look at: who holds a row of work is decided by its lease.
"""

import os
import socket
from collections.abc import Iterable
from uuid import UUID

from softfactory.kernel import config, db, faults
from softfactory.kernel.db import run_sql

SECONDS = 10.0
KEPT = "1 day"
"""How long the row of a worker that died stays to be seen."""


@faults.upkeep
async def beat(service: str, worker_id: UUID, *, concurrency: int, running: int) -> None:
    """Tell that the worker lives, and forget those that died long ago."""
    async with db.transaction(service) as session:
        await run_sql(session, "set local synchronous_commit = off")
        await run_sql(
            session,
            """
            insert into {s}.worker (id, host, pid, version, concurrency, running)
            values (:id, :host, :pid, :version, :concurrency, :running)
            on conflict (id) do update set running = excluded.running, seen_at = clock_timestamp()
            """,
            id=worker_id,
            host=socket.gethostname(),
            pid=os.getpid(),
            version=config.settings().release,
            concurrency=concurrency,
            running=running,
        )
        await run_sql(
            session,
            "delete from {s}.worker where seen_at < clock_timestamp() - cast(cast(:kept as text) as interval)",
            kept=KEPT,
        )


@faults.upkeep
async def leave(services: Iterable[str], worker_id: UUID) -> None:
    """The worker ended well: it is not missed."""
    for service in services:
        async with db.transaction(service) as session:
            await run_sql(session, "delete from {s}.worker where id = :id", id=worker_id)
