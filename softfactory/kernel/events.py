"""What happened, told to whoever listens.

    class PaymentSettled(Event): ...                      # in a contract: past tense, ids only

    await publish(session, PaymentSettled(...))           # a row per listening service, in the same transaction

    @on(PaymentSettled)                                   # in the listener's noun
    async def release(session: AsyncSession, event: PaymentSettled) -> None: ...

A listener is a job of its service: it may run twice and in any order. How events travel is in ``relay.py``.
"""

from collections.abc import Awaitable, Callable
from typing import Any, ClassVar, ParamSpec, TypeVar
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import db, jobs, telemetry, wake
from softfactory.kernel.db import run_sql
from softfactory.kernel.jobs import Job
from softfactory.kernel.service import discover, service_of

P = ParamSpec("P")
R = TypeVar("R")


class Event(BaseModel):
    """The base of all events. Add fields with defaults; never change a meaning. Its name is ``<service>.<Class>``."""

    model_config = ConfigDict(frozen=True)

    said_by: ClassVar[str] = ""

    def __init_subclass__(cls, *, service: str | None = None, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.said_by = service or service_of(cls)

    @classmethod
    def event_name(cls) -> str:
        return f"{cls.said_by}.{cls.__name__}"


class Listener(Job[P, R]):
    """A job whose payload is an event."""

    event: type[Event]

    def pack(self, payload: dict[str, Any]) -> Any:
        return payload

    def bind(self, payloads: list[Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        return (self.event.model_validate(payloads[0]),), {}


_listeners: dict[str, dict[str, list[Listener[..., Any]]]] = {}


def on(
    event: type[Event],
    *,
    retries: int = 12,
    timeout: float = 300,
    priority: int = 0,
    service: str | None = None,
) -> Callable[[Callable[P, Awaitable[R]]], Listener[P, R]]:
    """Make a function ``(session, event)`` or ``(steps, event)`` a listener of its service.

    ``priority``: lower goes first. ``service``: whose listener it is, where the module does not tell (tests).
    """

    def register(function: Callable[P, Awaitable[R]]) -> Listener[P, R]:
        listener: Listener[P, R] = Listener(
            function, retries=retries, timeout=timeout, priority=priority, service=service
        )
        listener.event = event
        known = _listeners.setdefault(event.event_name(), {}).setdefault(listener.service, [])
        known[:] = [other for other in known if other.name != listener.name] + [listener]
        return listener

    return register


def targets(event_name: str) -> list[str]:
    """The services that listen to an event."""
    discover()  # importing every manifest registers every listener
    return sorted(_listeners.get(event_name, ()))


async def publish(session: AsyncSession, event: Event) -> None:
    """Tell every listening service, once the session's transaction is committed. Only the event's owner says it.

    The kernel's own events are said by every service.
    """
    if event.said_by not in (jobs.KERNEL, session.info["service"]):
        raise RuntimeError(f"{event.event_name()} is not {session.info['service']}'s to say")
    listening = targets(event.event_name())
    if not listening:
        return
    await run_sql(
        session,
        """
        insert into {s}.outbox (id, target, name, payload, trace)
        select cast(:id as uuid), target, :name, cast(:payload as jsonb), :trace
        from unnest(cast(:targets as text[])) target
        """,
        id=db.uuid7(),
        name=event.event_name(),
        payload=event.model_dump_json(),
        trace=telemetry.request_id.get() or None,
        targets=listening,
    )
    wake.after(session)


class Envelope(BaseModel):
    """An event on its way to a service."""

    id: UUID
    name: str
    payload: dict[str, Any]
    trace: str | None = None


async def receive(service: str, envelopes: list[dict[str, Any]]) -> None:
    """Take events for a service: per event and listener an inbox row and its job, once however often it is told.

    A payload is read only when its job runs, so that one that cannot be read holds up no other.
    """
    async with db.transaction(service) as session:
        await take(session, [Envelope.model_validate(envelope) for envelope in envelopes])


async def take(session: AsyncSession, envelopes: list[Envelope]) -> None:
    """As ``receive``, in a transaction of the listening service."""
    discover()
    wanted = {
        (envelope.id, listener.name): (listener, envelope)
        for envelope in envelopes
        for listener in _listeners.get(envelope.name, {}).get(session.info["service"], ())
    }
    if not wanted:
        return
    # In one order everywhere: two relays with the same events must not wait for one another in a circle.
    pairs = sorted(wanted)
    asked = {}
    for pair in pairs:
        listener, envelope = wanted[pair]
        asked[pair] = (listener, {**listener.row(envelope.payload), "trace": envelope.trace})
    fresh = await run_sql(
        session,
        """
        insert into {s}.inbox (event_id, listener, job_id)
        select event_id, listener, job_id
        from jsonb_to_recordset(cast(:pairs as jsonb)) as r(event_id uuid, listener text, job_id uuid)
        on conflict do nothing returning event_id, listener
        """,
        pairs=orjson.dumps(
            [
                {"event_id": str(event_id), "listener": name, "job_id": str(asked[(event_id, name)][1]["id"])}
                for event_id, name in pairs
            ]
        ).decode(),
    )
    rows: list[tuple[Job[..., Any], dict[str, Any]]] = [
        asked[(row.event_id, row.listener)] for row in fresh.all()
    ]
    if rows:
        await jobs.insert(session, rows)
