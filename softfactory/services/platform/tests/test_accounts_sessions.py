"""Seeing and ending where one is signed in."""

from uuid import UUID, uuid4

from softfactory.kernel import auth, db, identity
from softfactory.services.platform import sessions
from softfactory.services.platform.tests.makers import (
    bearer,
    code,
    log_in,
    me,
    refresh,
    registered,
    sql,
)
from softfactory.testing import Client, Clock


async def sids(client: Client, told: dict) -> list[str]:
    answer = await client.get("/api/auth/sessions", headers=bearer(told))
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


async def test_a_person_sees_where_they_are_signed_in(client: Client) -> None:
    await registered(client)
    told = (await log_in(client)).json()
    answer = await client.get("/api/auth/sessions", headers=bearer(told))
    items = answer.json()["items"]
    assert [item["current"] for item in items] == [True, False]
    assert set(items[0]) == {"id", "created_at", "last_seen_at", "user_agent", "device", "ip", "current"}
    assert items[0]["user_agent"].startswith("python-httpx")
    assert items[0]["ip"] == "127.0.0.1"
    assert answer.json()["next_cursor"] is None


async def test_sessions_come_page_by_page(client: Client) -> None:
    told = await registered(client)
    for _ in range(4):
        await log_in(client)
    whole = await sids(client, told)
    seen, cursor = [], None
    for size in (2, 2, 1):
        page = await client.get(
            "/api/auth/sessions",
            params={"limit": 2} | ({"cursor": cursor} if cursor else {}),
            headers=bearer(told),
        )
        assert len(page.json()["items"]) == size
        seen += [item["id"] for item in page.json()["items"]]
        cursor = page.json()["next_cursor"]
    assert cursor is None
    assert seen == whole
    bad = await client.get("/api/auth/sessions?cursor=nonsense", headers=bearer(told))
    assert code(bad) == (422, "cursor_invalid")


async def test_an_ended_session_is_refused_everywhere_within_the_watch(client: Client) -> None:
    told, other = await registered(client), (await log_in(client)).json()
    sid = (await auth.verify(other["access_token"])).sid
    assert (await client.delete(f"/api/auth/sessions/{sid}", headers=bearer(told))).status_code == 204
    assert str(sid) not in await sids(client, told)
    gone = await client.delete(f"/api/auth/sessions/{sid}", headers=bearer(told))
    assert code(gone) == (404, "session_unknown")
    assert code(await refresh(client, other["refresh_token"])) == (401, "refresh_invalid")
    await auth.RevocationWatch().once()
    assert code(await me(client, other)) == (401, "token_invalid")
    assert (await me(client, told)).status_code == 200


async def test_a_watch_that_has_asked_before_hears_of_new_ends(client: Client) -> None:
    told = await registered(client)
    watch = auth.RevocationWatch()
    await watch.once()
    assert (await me(client, told)).status_code == 200
    await client.post("/api/auth/logout", headers=bearer(told))
    await watch.once()
    assert (await me(client, told)).status_code == 401


async def test_nobody_sees_or_ends_the_session_of_another(client: Client) -> None:
    mine, theirs = await registered(client), await registered(client, "other@example.com")
    sid = (await auth.verify(mine["access_token"])).sid
    assert str(sid) not in await sids(client, theirs)
    answer = await client.delete(f"/api/auth/sessions/{sid}", headers=bearer(theirs))
    unknown = await client.delete(f"/api/auth/sessions/{uuid4()}", headers=bearer(theirs))
    assert code(answer) == code(unknown) == (404, "session_unknown")
    assert (await refresh(client, mine["refresh_token"])).status_code == 200


async def state(told: dict) -> identity.SessionState:
    principal = await auth.verify(told["access_token"])
    return await identity.session_state(identity.SessionRequest(sid=principal.sid, person_id=principal.id))


async def test_money_and_admin_routes_learn_at_once_whether_a_session_lives(
    client: Client, clock: Clock
) -> None:
    told, other = await registered(client), await registered(client, "other@example.com")
    assert await state(told) == identity.SessionState(alive=True, roles=["guest"], recent=True)
    crossed = await identity.session_state(
        identity.SessionRequest(
            sid=(await auth.verify(told["access_token"])).sid, person_id=UUID(other["user"]["id"])
        )
    )
    assert not crossed.alive
    await client.post("/api/auth/logout", headers=bearer(told))
    assert not (await state(told)).alive
    await sql("update {s}.person set status = 'suspended' where email = 'other@example.com'")
    assert not (await state(other)).alive
    await sql("update {s}.person set status = 'active'")
    assert (await state(other)).alive
    await clock.advance(days=31)
    assert not (await state(other)).alive


async def test_ended_sessions_are_forgotten_after_a_month(client: Client, clock: Clock) -> None:
    told = await registered(client)
    await client.post("/api/auth/logout", headers=bearer(told))
    await clock.advance(days=29)
    await log_in(client)
    await _forget()
    assert len(await sql("select id from {s}.login_session")) == 2
    await clock.advance(days=2)
    await _forget()
    assert len(await sql("select id from {s}.login_session")) == 1
    assert len(await sql("select id from {s}.refresh_token")) == 1


async def _forget() -> None:
    async with db.transaction("platform") as session:
        await sessions.forget(session)
