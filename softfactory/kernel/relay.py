"""Hands events from a service's outbox to the services that listen, each in its own lane.

A lane (publishing service, listening service) is leased by one process at a time and has its own pauses after
failures, so a service that is down holds up no other. An event is marked delivered after the listener's inbox has
committed; told twice, the inbox remembers. No transaction is open during a call to another process.
"""

import asyncio
import random
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import httpx
import orjson
import structlog
from prometheus_client import Counter

from softfactory.kernel import config, db, events, faults, operations, outside, runner
from softfactory.kernel.db import run_sql

BATCH = 200
DEADLINE = 10.0
BACKOFF_CAP = 60.0

log = structlog.get_logger(__name__)

DELIVERED = Counter("sf_events_delivered_total", "Events handed over.", ["service", "target"])


async def waiting(service: str, *, to: Sequence[str]) -> list[str]:
    """The services, of these, for which an event waits that may be handed over now."""
    async with db.transaction(service) as session:
        found = await run_sql(
            session,
            """
            select target from unnest(cast(:names as text[])) target
            where exists (select 1 from {s}.outbox o where o.target = target.target and o.delivered_at is null)
              and not exists (select 1 from {s}.relay r where r.target = target.target
                              and (r.due_at > sf_now() or r.lease_until > clock_timestamp()))
            """,
            names=list(to),
        )
        return list(found.scalars())


async def relay(service: str, target: str) -> int:
    """Hand over what waits for one service; how many events it took. Raises nothing that a lane can cause."""
    faults.doing(f"events for {target}")
    token = uuid4()
    if not await _lease(service, target, token):
        return 0
    delivered = 0
    try:
        while rows := await _batch(service, target, token):
            await _deliver(service, target, rows)
            await _mark(service, target, [row["id"] for row in rows])
            DELIVERED.labels(service, target).inc(len(rows))
            delivered += len(rows)
    except Exception as error:
        log.warning("events_undelivered", service=service, target=target, error=repr(error))
        await _release(service, target, token, error=runner.describe(error))
        return delivered
    except asyncio.CancelledError:
        await asyncio.shield(_release(service, target, token))
        raise
    await _release(service, target, token)
    return delivered


async def _lease(service: str, target: str, token: UUID) -> bool:
    async with db.transaction(service) as session:
        held = await run_sql(
            session,
            """
            insert into {s}.relay (target, lease_token, lease_until)
            values (:target, :token, clock_timestamp() + make_interval(secs => :lease))
            on conflict (target) do update set lease_token = excluded.lease_token, lease_until = excluded.lease_until
            where (relay.lease_until is null or relay.lease_until < clock_timestamp())
              and (relay.due_at is null or relay.due_at <= sf_now())
            returning 1
            """,
            target=target,
            token=token,
            lease=config.settings().job_lease,
        )
        return held.first() is not None


async def _batch(service: str, target: str, token: UUID) -> list[dict[str, Any]]:
    """The lane's oldest events, as long as the lane is ours."""
    async with db.transaction(service) as session:
        held = await run_sql(
            session,
            """
            update {s}.relay set lease_until = clock_timestamp() + make_interval(secs => :lease)
            where target = :target and lease_token = :token returning 1
            """,
            target=target,
            token=token,
            lease=config.settings().job_lease,
        )
        if held.first() is None:
            return []
        found = await run_sql(
            session,
            """
            select id, name, payload, trace from {s}.outbox
            where target = :target and delivered_at is null order by created_at, id limit :limit
            """,
            target=target,
            limit=BATCH,
        )
        return [dict(row) for row in found.mappings()]


async def _deliver(service: str, target: str, rows: list[dict[str, Any]]) -> None:
    if config.is_near(target):
        async with db.transaction(target) as session:
            await events.take(session, [events.Envelope(**row) for row in rows])
        return
    url = config.service_url(target)
    if url is None:
        raise RuntimeError(f"SF_{target.upper()}_URL is not set: {service} cannot reach it")
    outside.require_no_transaction()
    async with httpx.AsyncClient(timeout=DEADLINE) as http:
        answer = await http.post(
            f"{url}/internal/events/{target}",
            content=orjson.dumps(rows, default=str),
            headers={
                "Authorization": f"Bearer {operations.service_token(target)}",
                "Content-Type": "application/json",
            },
        )
    answer.raise_for_status()


async def _mark(service: str, target: str, ids: list[UUID]) -> None:
    async with db.transaction(service) as session:
        await run_sql(
            session,
            """
            update {s}.outbox set delivered_at = sf_now()
            where target = :target and id = any(cast(:ids as uuid[])) and delivered_at is null
            """,
            target=target,
            ids=ids,
        )


async def _release(service: str, target: str, token: UUID, *, error: str | None = None) -> None:
    """End the lease; after a failure leave the service alone for 1, 2, 4 … at most 60 seconds."""
    try:
        async with db.transaction(service) as session:
            await run_sql(
                session,
                """
                update {s}.relay set lease_token = null, lease_until = null, error = cast(:error as text),
                    failures = case when :failed then failures + 1 else 0 end,
                    due_at = case when :failed then sf_now()
                        + make_interval(secs => least(power(2, least(failures, 10)), :cap) * :jitter) end
                where target = :target and lease_token = :token
                """,
                target=target,
                token=token,
                failed=error is not None,
                error=error,
                cap=BACKOFF_CAP,
                jitter=random.uniform(0.75, 1.25),  # noqa: S311 - jitter
            )
    except Exception as second:  # the lease runs out by itself
        log.warning("relay_lease_kept", service=service, target=target, error=repr(second))
