"""Notices: numbers that a cursor can trust, and the bell that shows them."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

import pytest

from softfactory.kernel import db, realtime
from softfactory.services.platform import notices, people
from softfactory.services.platform.tests.listening import tell
from softfactory.services.platform.tests.makers import code, sql
from softfactory.testing import PASSWORD, AsUser, Client, Person

RunJobs = Callable[..., Awaitable[int]]


async def bell(person: Person, **params: object) -> dict:
    answer = await person.get("/api/live/notices", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_numbers_have_no_gaps_and_appear_in_order_however_commits_overlap(as_user: AsUser) -> None:
    """100 writers at once, each to two people, some of which roll back. A reader never sees 7 before 6."""
    minji, sora = await as_user(), await as_user()
    both = [UUID(minji.id), UUID(sora.id)]
    seen: list[list[int]] = []
    done = asyncio.Event()
    places = asyncio.Semaphore(8)  # of the pool's ten: the reader has one of its own

    async def write(number: int) -> None:
        told = realtime.PeopleTold(
            kind="platform.role", to=[realtime.Telling(person_id=each) for each in both]
        )
        try:
            async with places, db.transaction("platform") as session:
                await notices.take(session, told)
                await asyncio.sleep(0.001 * (number % 5))
                if number % 10 == 0:
                    raise LookupError
        except LookupError:
            pass

    async def watch() -> None:
        cursor = 0
        while True:
            ending = done.is_set()
            async with db.transaction("platform") as session:
                found = await notices.after(session, both[0], cursor)
            assert not found.reset
            if found.missed:
                seen.append([notice.number for notice in found.missed])
                cursor = seen[-1][-1]
            elif ending:
                return
            await asyncio.sleep(0)

    watching = asyncio.create_task(watch())
    await asyncio.gather(*(write(number) for number in range(100)))
    done.set()
    await watching
    numbers = [number for part in seen for number in part]
    assert numbers == list(range(1, 91))
    assert len(seen) > 3, "it looked while they wrote"
    rows = await sql("select person_id, max(number) as last, count(*) from {s}.notice group by 1")
    assert {(row["last"], row["count"]) for row in rows} == {(90, 90)}


async def test_a_notice_that_is_delivered_twice_counts_once(as_user: AsUser, run_jobs: RunJobs) -> None:
    from softfactory.kernel import events

    minji = await as_user()
    await tell(minji)
    (row,) = await sql("select id, name, payload from {s}.outbox where name = 'kernel.PeopleTold'")
    await events.receive("platform", [row])
    await run_jobs()
    assert (await bell(minji))["last"] == 1


async def test_the_bell_shows_sentences_and_how_many_are_unread(as_user: AsUser, run_jobs: RunJobs) -> None:
    minji = await as_user()
    assert await bell(minji) == {"items": [], "next_cursor": None, "unread": 0, "read_to": 0, "last": 0}
    for says in ("granted.chef", None, "granted.brand", "granted.student"):
        await tell(minji, says=says)
        await run_jobs()
    shown = await bell(minji)
    assert [(n["number"], n["says"]) for n in shown["items"]] == [
        (4, "granted.student"),
        (3, "granted.brand"),
        (1, "granted.chef"),
    ]
    assert (shown["unread"], shown["read_to"], shown["last"]) == (3, 0, 4)

    assert (await minji.post("/api/live/notices/read", json={"up_to": 3})).status_code == 204
    await run_jobs()
    shown = await bell(minji)
    assert (shown["unread"], shown["read_to"]) == (1, 3)
    assert shown["last"] == 5, "the person's other windows hear of it"
    assert (await minji.post("/api/live/notices/read", json={"up_to": 1})).status_code == 204
    await run_jobs()
    assert (await bell(minji))["read_to"] == 3, "what was read stays read"
    assert (await minji.post("/api/live/notices/read", json={"up_to": 2**53 - 1})).status_code == 204
    assert (await bell(minji))["read_to"] == 5, "what is to come is not read yet"
    assert code(await minji.post("/api/live/notices/read", json={"up_to": -1})) == (422, "invalid_input")


async def test_the_bell_pages_from_the_newest(as_user: AsUser, run_jobs: RunJobs) -> None:
    minji = await as_user()
    for _ in range(5):
        await tell(minji)
    await run_jobs()
    first = await bell(minji, limit=3)
    second = await bell(minji, limit=3, cursor=first["next_cursor"])
    assert [n["number"] for n in first["items"] + second["items"]] == [5, 4, 3, 2, 1]
    assert second["next_cursor"] is None
    assert code(await minji.get("/api/live/notices", params={"cursor": "nonsense"})) == (
        422,
        "cursor_invalid",
    )


async def test_a_role_is_told_to_whoever_holds_it(as_user: AsUser, run_jobs: RunJobs) -> None:
    first, second, guest = await as_user("admin"), await as_user("admin"), await as_user()
    before = [(await bell(person))["last"] for person in (first, second)]
    async with db.transaction("platform") as session:
        await realtime.tell_role(session, "admin", kind="platform.payment", says="desk.discrepant")
    await run_jobs()
    for person, last in zip((first, second), before, strict=True):
        assert (await bell(person))["last"] > last
        # Signing in is told as well, and what one run tells has no order of its own.
        assert "desk.discrepant" in [each["says"] for each in (await bell(person))["items"]]
    assert (await bell(guest))["items"] == []


async def test_people_who_are_not_there_hold_up_nobody(as_user: AsUser, run_jobs: RunJobs) -> None:
    minji = await as_user()
    async with db.transaction("platform") as session:
        await realtime.tell(session, [uuid4(), UUID(minji.id)], kind="platform.role")
        await realtime.tell(session, [], kind="platform.role")
    await run_jobs()
    assert (await bell(minji))["last"] == 1


async def test_a_notice_names_a_kind_of_its_own_service_and_carries_no_words(as_user: AsUser) -> None:
    minji = await as_user()
    async with db.transaction("platform") as session:
        for kind in ("coocook.booking", "platform", "platform.Two Words"):
            with pytest.raises(ValueError, match="is no kind of platform's"):
                await realtime.tell(session, [UUID(minji.id)], kind=kind)
        with pytest.raises(ValueError, match="is a sentence"):
            await realtime.tell(session, {UUID(minji.id): "Hello Minji!"}, kind="platform.role")
        with pytest.raises(ValueError, match="no such role"):
            await realtime.tell_role(session, "king", kind="platform.role")


async def test_a_new_role_is_told(as_user: AsUser, run_jobs: RunJobs) -> None:
    minji = await as_user()
    for _ in range(2):
        async with db.transaction("platform") as session:
            await people.grant(session, UUID(minji.id), "chef", reason="approved")
    await run_jobs()
    assert [n["says"] for n in (await bell(minji))["items"]] == ["granted.chef"]


async def test_signing_in_elsewhere_is_told_but_not_between_strangers(
    client: Client, as_user: AsUser, run_jobs: RunJobs
) -> None:
    minji = await as_user()
    await run_jobs()
    assert (await bell(minji))["last"] == 0, "the first sign-in is no news"
    login = {"email": minji.email, "password": PASSWORD}
    assert (await client.post("/api/auth/login", json=login)).status_code == 200
    await run_jobs()
    assert [n["says"] for n in (await bell(minji))["items"]] == ["begun"]
    assert (await minji.post("/api/auth/logout?all=1")).status_code == 204
    assert len(await sql("select 1 from {s}.outbox where name = 'kernel.PeopleTold'")) == 2, (
        "one for all sessions"
    )

    for _ in range(2):
        assert (await client.post("/api/auth/demo", json={"role": "chef"})).status_code == 200
    told = await sql("select 1 from {s}.outbox where payload->>'kind' = 'platform.session'")
    assert len(told) == 2
