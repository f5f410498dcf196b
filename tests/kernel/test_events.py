"""Events: one effect per listener however often they are told, and nobody waits for a listener that is down."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from softfactory.kernel import config, db, events, relay, telemetry
from softfactory.kernel.db import run_sql
from softfactory.kernel.events import publish
from softfactory.testing import Clock
from tests.kernel import trials
from tests.kernel.trials import Ignored, Settled

RunJobs = Callable[..., Awaitable[int]]


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def table(clean: str) -> None:
    await trials.make_table()


async def settle() -> UUID:
    payment_id = uuid4()
    async with db.transaction("platform") as session:
        await publish(session, Settled(payment_id=payment_id))
    return payment_id


async def rows(sql: str, service: str = "platform") -> list[Any]:
    async with db.transaction(service) as session:
        return list((await run_sql(session, sql)).all())


async def test_every_listener_hears_an_event_once(run_jobs: RunJobs) -> None:
    payment_id = await settle()
    await run_jobs()
    await run_jobs()
    assert await trials.effects() == [f"coocook {payment_id}", f"home {payment_id}"]
    assert await rows("select 1 from {s}.outbox where delivered_at is null") == []


async def test_an_event_of_a_transaction_rolled_back_is_never_told(run_jobs: RunJobs) -> None:
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 - the error comes after the event
        async with db.transaction("platform") as session:
            await publish(session, Settled(payment_id=uuid4()))
            raise ZeroDivisionError
    await run_jobs()
    assert await trials.effects() == []


async def test_an_event_told_twice_has_one_effect(run_jobs: RunJobs) -> None:
    payment_id = await settle()
    await run_jobs()
    # As if the relay had died after the listener's commit and before its own.
    await rows("update {s}.outbox set delivered_at = null returning 1")
    await run_jobs()
    (envelope,) = await rows("select id, name, payload, trace from {s}.outbox where target = 'coocook'")
    for _ in range(3):
        await events.receive("coocook", [{**envelope._mapping, "id": str(envelope.id)}])
    await run_jobs()
    assert await trials.effects() == [f"coocook {payment_id}", f"home {payment_id}"]


async def test_only_its_owner_says_an_event() -> None:
    async with db.transaction("coocook") as session:
        with pytest.raises(RuntimeError, match="not coocook's to say"):
            await publish(session, Settled(payment_id=uuid4()))


async def test_an_event_that_nobody_hears_leaves_no_row() -> None:
    async with db.transaction("platform") as session:
        await publish(session, Ignored(payment_id=uuid4()))
    assert await rows("select 1 from {s}.outbox") == []


async def test_an_event_carries_the_request_that_caused_it(run_jobs: RunJobs) -> None:
    token = telemetry.request_id.set("request-1")
    try:
        await settle()
    finally:
        telemetry.request_id.reset(token)
    await run_jobs()
    heard = await rows(
        "select trace from {s}.job_done where name = 'coocook.trials.settled_at_coocook'", "coocook"
    )
    assert [row.trace for row in heard] == ["request-1"]


async def test_a_listener_that_cannot_be_reached_holds_up_no_other(
    run_jobs: RunJobs, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    near = config.is_near
    monkeypatch.setenv("SF_COOCOOK_URL", "http://127.0.0.1:9")  # nobody listens at the discard port
    monkeypatch.setattr(config, "is_near", lambda service: service != "coocook" and near(service))
    payment_id = await settle()
    await run_jobs(services={"platform"})
    assert await trials.effects() == [f"home {payment_id}"]
    assert [
        tuple(row)
        for row in await rows("select failures, due_at > sf_now() from {s}.relay where target = 'coocook'")
    ] == [(1, True)]
    assert await relay.waiting("platform", to=["coocook"]) == []  # left alone for a moment
    monkeypatch.undo()
    await clock.advance(minutes=2)
    await run_jobs()
    assert await trials.effects() == [f"coocook {payment_id}", f"home {payment_id}"]
    assert [
        row.failures for row in await rows("select failures from {s}.relay where target = 'coocook'")
    ] == [0]


async def test_pauses_grow_to_a_minute(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(*_: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(relay, "_deliver", refuse)
    await settle()
    pauses: list[timedelta] = []
    for _ in range(9):
        assert await relay.relay("platform", "coocook") == 0
        ((pause,),) = await rows("select due_at - sf_now() from {s}.relay where target = 'coocook'")
        pauses.append(pause)
        await clock.advance(minutes=2)
    assert pauses[0] < timedelta(seconds=2)
    assert timedelta(seconds=44) < pauses[-1] < timedelta(seconds=76)


async def test_a_lane_has_one_relay_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    await settle()
    deliver, inner = relay._deliver, []

    async def meanwhile(service: str, target: str, batch: list[dict[str, Any]]) -> None:
        monkeypatch.setattr(relay, "_deliver", deliver)
        inner.append(await relay.relay(service, target))
        await deliver(service, target, batch)

    monkeypatch.setattr(relay, "_deliver", meanwhile)
    assert await relay.relay("platform", "coocook") == 1
    assert inner == [0]


async def test_a_far_service_takes_events_by_http(
    app: Any, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The app's own address, as another process would use it."""
    import httpx

    payment_id = await settle()
    client = httpx.AsyncClient
    monkeypatch.setattr(
        relay.httpx, "AsyncClient", lambda **options: client(transport=httpx.ASGITransport(app), **options)
    )
    near, seen = config.is_near, []

    def is_near(service: str) -> bool:
        seen.append(service)
        return near(service) and not (service == "coocook" and len(seen) == 1)

    monkeypatch.setattr(config, "is_near", is_near)
    monkeypatch.setattr(config, "service_url", lambda _service: "http://test")
    assert await relay.relay("platform", "coocook") == 1
    monkeypatch.undo()
    await run_jobs(services={"coocook"})
    assert await trials.effects() == [f"coocook {payment_id}"]


async def test_many_events_go_in_batches(run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "BATCH", 4)
    for _ in range(10):
        await settle()
    assert await relay.relay("platform", "coocook") == 10
    await run_jobs(services={"coocook"})
    assert len(await trials.effects()) == 10


async def test_an_event_that_cannot_be_read_is_a_dead_job_and_holds_up_no_other(run_jobs: RunJobs) -> None:
    broken = {"id": str(uuid4()), "name": "platform.Settled", "payload": {"payment_id": "?"}}
    good = {
        "id": str(uuid4()),
        "name": "platform.Settled",
        "payload": {"payment_id": str(uuid4()), "newer": 1},
    }
    unheard = {"id": str(uuid4()), "name": "platform.Newer", "payload": {}}
    await events.receive("coocook", [broken, good, unheard])
    await run_jobs(services={"coocook"}, raise_errors=False)
    assert await trials.effects() == [f"coocook {good['payload']['payment_id']}"]
    assert [row.state for row in await rows("select state from {s}.job", "coocook")] == ["failed"]
