"""Streams: opened by a ticket, fed as things change, resumed by a cursor, ended with the session."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
import pytest_asyncio
import websockets

from softfactory.kernel import db, realtime, stopping, wake
from softfactory.services.platform import live, live_tickets, notices, streams
from softfactory.services.platform.tests.listening import listening, serving, tell, ticket_of
from softfactory.services.platform.tests.makers import code, sql
from softfactory.testing import AsUser, Client, Clock, client_of

RunJobs = Callable[..., Awaitable[int]]


@pytest_asyncio.fixture(loop_scope="session")
async def url(app: Any, clean: str) -> AsyncIterator[str]:
    async with serving(app) as address:
        yield address
        streams.hub().stop()


async def _refusal(url: str, **params: Any) -> tuple[int, str]:
    async with httpx.AsyncClient(base_url=url) as http:
        return code(await http.get("/api/live", params=params))


async def test_what_is_told_reaches_an_open_stream(url: str, as_user: AsUser, run_jobs: RunJobs) -> None:
    minji, sora = await as_user(name="Minji"), await as_user(name="Sora")
    subject = uuid4()
    async with listening(url, minji) as ear, listening(url, sora) as other:
        assert await ear.next("ready") == (0, {})
        await other.next("ready")
        await tell(minji, subject=subject)
        await run_jobs()
        cursor, notice = await ear.next()
        assert (cursor, notice["number"]) == (1, 1)
        assert (notice["kind"], notice["subject_id"]) == ("platform.role", str(subject))
        assert notice["says"] == "granted.chef"
        assert other.is_silent(), "what is told to one person is no other's"
        assert ear.retry == live.RETRY_MS
        assert ear.answer.headers["content-type"].startswith("text/event-stream")
        assert ear.answer.headers["cache-control"] == "no-store"


async def test_nothing_is_told_when_the_transaction_is_rolled_back(
    as_user: AsUser, run_jobs: RunJobs
) -> None:
    minji = await as_user()

    async def told_and_undone() -> None:
        async with db.transaction("platform") as session:
            await realtime.tell(session, [UUID(minji.id)], kind="platform.role")
            raise LookupError

    with pytest.raises(LookupError):
        await told_and_undone()
    await run_jobs()
    assert (await minji.get("/api/live/notices")).json()["last"] == 0
    assert await sql("select 1 from {s}.outbox where name = 'kernel.PeopleTold'") == []


async def test_a_ticket_opens_one_stream_once(url: str, as_user: AsUser) -> None:
    minji = await as_user()
    ticket = await ticket_of(minji)
    async with (
        httpx.AsyncClient(base_url=url) as http,
        http.stream("GET", "/api/live", params={"ticket": ticket}) as answer,
    ):
        assert answer.status_code == 200
    assert await _refusal(url, ticket=ticket) == (401, "ticket_invalid")
    assert await _refusal(url, ticket="x" * 43) == (401, "ticket_invalid")
    assert (await _refusal(url, ticket=""))[0] == 422


async def test_of_many_uses_of_one_ticket_at_once_one_opens(url: str, as_user: AsUser) -> None:
    ticket = await ticket_of(await as_user())

    async def use() -> bool:
        try:
            async with db.transaction("platform") as session:
                await live_tickets.use(session, ticket)
        except live_tickets.TicketInvalid:
            return False
        return True

    assert sum(await asyncio.gather(*(use() for _ in range(8)))) == 1


async def test_a_ticket_is_good_for_thirty_seconds(url: str, as_user: AsUser, clock: Clock) -> None:
    ticket = await ticket_of(await as_user())
    await clock.advance(seconds=31)
    assert await _refusal(url, ticket=ticket) == (401, "ticket_invalid")


async def test_only_a_hash_of_a_ticket_is_kept_and_unused_ones_are_deleted(
    as_user: AsUser, clock: Clock
) -> None:
    ticket = await ticket_of(await as_user())
    (row,) = await sql("select hash from {s}.live_ticket")
    assert ticket.encode() not in bytes(row["hash"])
    await clock.advance(minutes=1)
    async with db.transaction("platform") as session:
        await live_tickets.forget(session)
    assert await sql("select 1 from {s}.live_ticket") == []


async def test_a_ticket_of_an_ended_session_opens_nothing(url: str, as_user: AsUser) -> None:
    minji = await as_user()
    ticket = await ticket_of(minji)
    assert (await minji.post("/api/auth/logout")).status_code == 204
    assert await _refusal(url, ticket=ticket) == (401, "ticket_invalid")


async def test_a_ticket_needs_a_person(client: Client) -> None:
    assert code(await client.post("/api/live/tickets")) == (401, "sign_in_required")


async def test_a_stream_resumes_where_the_reader_was(url: str, as_user: AsUser, run_jobs: RunJobs) -> None:
    minji = await as_user()
    subjects = [uuid4() for _ in range(5)]
    for subject in subjects:
        await tell(minji, subject=subject)
    await run_jobs()
    told = {row["number"]: str(row["subject_id"]) for row in await sql("select * from {s}.notice")}
    async with listening(url, minji, cursor=2) as ear:
        for number in (3, 4, 5):
            cursor, notice = await ear.next()
            assert (cursor, notice["subject_id"]) == (number, told[number])
        assert (await ear.next("ready"))[0] == 5
    async with listening(url, minji, cursor=1, headers={"Last-Event-ID": "4"}) as ear:
        assert (await ear.next())[0] == 5, "what a returning reader saw last counts more than its address"
        await ear.next("ready")
    async with listening(url, minji) as ear:
        assert (await ear.next("ready"))[0] == 5, "without a cursor it begins now"


async def test_a_cursor_that_is_too_old_is_told_to_read_everything_anew(
    url: str, as_user: AsUser, run_jobs: RunJobs, clock: Clock
) -> None:
    minji = await as_user()
    await tell(minji)
    await run_jobs()
    await tell(minji)
    await run_jobs()
    await clock.advance(days=8)
    login = {"email": minji.email, "password": "correct horse battery staple"}
    token = (await minji.post("/api/auth/login", json=login)).json()["access_token"]
    minji.http.headers["Authorization"] = f"Bearer {token}"
    await tell(minji)
    await run_jobs()  # deletes what is older than seven days, among others
    kept = [row["number"] for row in await sql("select number from {s}.notice order by number")]
    assert kept[0] > 2
    async with listening(url, minji, cursor=1) as ear:
        assert (await ear.next("reset"))[0] == kept[-1]
        assert (await ear.next("ready"))[0] == kept[-1]
    async with listening(url, minji, cursor=kept[0] - 1) as ear:
        assert (await ear.next())[0] == kept[0], "nothing that was not seen is gone"
    async with listening(url, minji, cursor=9_999) as ear:
        await ear.next("reset")  # a cursor of another time: a backup was restored


async def test_someone_far_behind_reads_everything_anew(
    url: str, as_user: AsUser, monkeypatch: pytest.MonkeyPatch, run_jobs: RunJobs
) -> None:
    monkeypatch.setattr(notices, "RESUMED", 3)
    minji = await as_user()
    for _ in range(4):
        await tell(minji)
    await run_jobs()
    async with listening(url, minji, cursor=0) as ear:
        assert (await ear.next("reset"))[0] == 4
    async with listening(url, minji, cursor=1) as ear:
        assert (await ear.next())[0] == 2


@pytest.mark.parametrize("how", ["signed out", "suspended", "expired"])
async def test_a_stream_ends_with_its_session(how: str, url: str, as_user: AsUser, run_jobs: RunJobs) -> None:
    minji = await as_user()
    async with listening(url, minji) as ear:
        await ear.next("ready")
        if how == "signed out":
            assert (await minji.post("/api/auth/logout")).status_code == 204
        elif how == "suspended":
            await sql("update {s}.person set status = 'suspended' where id = cast(:id as uuid)", id=minji.id)
        else:
            await sql("update {s}.login_session set expires_at = sf_now() - interval '1 second'")
        assert (await ear.next("end", seconds=3))[1] == {"because": "session_ended"}
        async with asyncio.timeout(3):
            await ear.closed.wait()
    assert len(streams.hub()) == 0


async def test_another_session_of_the_person_stays_open(url: str, app: Any, as_user: AsUser) -> None:
    minji = await as_user()
    login = {"email": minji.email, "password": "correct horse battery staple"}
    token = (await minji.post("/api/auth/login", json=login)).json()["access_token"]
    async with listening(url, minji) as ear:
        await ear.next("ready")
        async with client_of(app, token) as elsewhere:
            assert (await elsewhere.post("/api/auth/logout")).status_code == 204
        await asyncio.sleep(streams.LOOK_SECONDS * 2)
        assert not ear.closed.is_set()


async def test_without_redis_a_notice_takes_no_more_than_a_look(
    url: str, as_user: AsUser, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unheard(*_: Any, **__: Any) -> None: ...

    monkeypatch.setattr(wake, "call", unheard)
    minji = await as_user()
    async with listening(url, minji) as ear:
        await ear.next("ready")
        await tell(minji)
        await run_jobs()
        await ear.next(seconds=streams.LOOK_SECONDS * 3)


async def test_a_person_has_a_bounded_number_of_streams(
    url: str, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "PER_PERSON", 2)
    minji, sora = await as_user(), await as_user()
    async with listening(url, minji) as first, listening(url, minji) as second:
        await first.next("ready")
        await second.next("ready")
        assert await _refusal(url, ticket=await ticket_of(minji)) == (429, "too_many_streams")
        async with listening(url, sora) as theirs:
            await theirs.next("ready")
            monkeypatch.setattr(streams, "IN_ALL", 3)
            assert await _refusal(url, ticket=await ticket_of(sora)) == (503, "streams_full")
    await _until_closed()
    async with listening(url, minji) as again:
        await again.next("ready")


async def _until_closed() -> None:
    async with asyncio.timeout(5):
        while len(streams.hub()):  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.02)


async def test_a_reader_that_leaves_is_noticed(url: str, as_user: AsUser) -> None:
    async with listening(url, await as_user()) as ear:
        await ear.next("ready")
        assert len(streams.hub()) == 1
    await _until_closed()


async def test_a_slow_reader_is_cut_and_misses_nothing(
    url: str, as_user: AsUser, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader's network takes nothing, so what it is told waits, up to a bound."""
    monkeypatch.setattr(streams, "WAITING", 3)
    minji = await as_user()
    opened = live_tickets.Opened(UUID(minji.id), uuid4())
    stream = streams.Stream(opened, notices.Resumed(0, []))
    await stream.next(1)
    for _ in range(4):
        await tell(minji)
    await run_jobs()
    async with db.transaction("platform") as session:
        found = (await notices.after(session, opened.person_id, 0)).missed
    stream.give(found[:2])
    assert stream.ended is None
    stream.give(found)
    assert stream.ended == "slow"
    assert [message.cursor for message in await stream.next(1)] == [1, 2], "whole, as far as it goes"
    assert stream.seen == 2, "from where it resumes"


async def test_an_idle_stream_holds_no_connection(url: str, as_user: AsUser) -> None:
    people = [await as_user() for _ in range(3)]
    async with listening(url, people[0]), listening(url, people[1]), listening(url, people[2]) as ear:
        await ear.next("ready")
        pool: Any = db.engine("platform").pool
        counts = []
        for _ in range(20):
            counts.append(pool.checkedout())
            await asyncio.sleep(0.05)
        assert min(counts) == 0
        assert max(counts) <= 1, "one look for all of them"
        idle = await sql(
            "select 1 from pg_stat_activity where state like 'idle in transaction%' and datname = current_database()"
        )
        assert idle == []


async def test_a_quiet_stream_is_kept_alive_by_comments(
    url: str, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "BEAT_SECONDS", 0.1)
    async with listening(url, await as_user()) as ear:
        await ear.next("ready")
        await asyncio.sleep(0.5)
        assert ear.comments >= 2
        assert ear.is_silent()


async def test_the_same_stream_over_a_websocket(url: str, as_user: AsUser, run_jobs: RunJobs) -> None:
    minji = await as_user()
    await tell(minji)
    await run_jobs()
    address = url.replace("http://", "ws://") + "/api/live"
    ticket = await ticket_of(minji)
    async with websockets.connect(f"{address}?ticket={ticket}&cursor=0") as socket:
        said = [json.loads(await socket.recv()) for _ in range(2)]
        assert [(each["event"], each["cursor"]) for each in said] == [("notice", 1), ("ready", 1)]
        await socket.send("whatever a reader says is not listened to")
        await tell(minji)
        await run_jobs()
        assert json.loads(await socket.recv())["data"]["number"] == 2
        assert (await minji.post("/api/auth/logout")).status_code == 204
        assert json.loads(await socket.recv())["data"] == {"because": "session_ended"}
        with pytest.raises(websockets.ConnectionClosed) as ended:
            await socket.recv()
    assert ended.value.rcvd is not None
    assert ended.value.rcvd.code == 1008
    for wrong in (f"?ticket={ticket}", "", "?ticket=%00"):
        with pytest.raises(websockets.InvalidStatus) as refused:
            await websockets.connect(address + wrong)
        assert refused.value.response.status_code == 401
        assert json.loads(refused.value.response.body or b"")["code"] == "ticket_invalid"


async def test_streams_end_at_once_when_the_process_is_asked_to_end(url: str, as_user: AsUser) -> None:
    minji = await as_user()
    async with listening(url, minji) as ear:
        await ear.next("ready")
        try:
            stopping.stop()
            assert (await ear.next("end", seconds=1))[1] == {"because": "stopping"}
            async with asyncio.timeout(1):
                await ear.closed.wait()
            assert await _refusal(url, ticket=await ticket_of(minji)) == (503, "streams_full")
        finally:
            with stopping.watched():
                assert not stopping.is_asked()
