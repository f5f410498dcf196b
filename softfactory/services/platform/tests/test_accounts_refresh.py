"""Staying signed in: a lost answer costs nothing, a stolen token ends the session."""

import asyncio
import hashlib

from softfactory.kernel import auth
from softfactory.services.platform.tests.makers import (
    API,
    bearer,
    code,
    log_in,
    me,
    refresh,
    registered,
    sql,
    wish,
)
from softfactory.testing import Client, Clock, grant


async def test_a_refresh_gives_new_tokens_of_the_same_session(client: Client) -> None:
    first = await registered(client)
    answer = await refresh(client, first["refresh_token"])
    second = answer.json()
    assert answer.status_code == 200
    assert set(second) == set(first)
    assert second["user"] == first["user"]
    assert second["refresh_token"] != first["refresh_token"]
    assert (await me(client, second)).status_code == 200
    assert len(await sql("select id from {s}.login_session")) == 1


async def test_the_web_refreshes_by_its_cookie(client: Client) -> None:
    await client.post("/api/auth/register", json=wish())
    before = client.cookies["sf_refresh"]
    answer = await client.post("/api/auth/refresh")
    assert answer.status_code == 200
    assert set(answer.json()) == {"access_token", "token_type", "expires_in", "user"}
    assert client.cookies["sf_refresh"] not in ("", before)
    both = await client.post("/api/auth/refresh", json={"refresh_token": before})
    assert code(both) == (400, "refresh_ambiguous")


async def test_without_a_refresh_token_there_is_nothing_to_refresh(client: Client) -> None:
    assert code(await client.post("/api/auth/refresh")) == (401, "refresh_missing")
    assert code(await refresh(client, "sfr_" + "A" * 43)) == (401, "refresh_invalid")
    assert code(await refresh(client, "토큰")) == (401, "refresh_invalid")
    assert code(await refresh(client, "")) == (422, "invalid_input")
    extra = await client.post("/api/auth/refresh", json={"refresh_token": "x", "scope": "all"})
    assert code(extra) == (422, "invalid_input")


async def test_a_lost_answer_gets_the_same_successor_again(client: Client, clock: Clock) -> None:
    first = await registered(client)
    lost = (await refresh(client, first["refresh_token"])).json()
    await clock.advance(seconds=25)
    again = (await refresh(client, first["refresh_token"])).json()
    assert again["refresh_token"] == lost["refresh_token"]
    assert (await refresh(client, again["refresh_token"])).status_code == 200


async def test_two_tabs_at_once_get_the_same_successor(client: Client) -> None:
    first = await registered(client)
    answers = await asyncio.gather(*(refresh(client, first["refresh_token"]) for _ in range(6)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["refresh_token"] for answer in answers}) == 1
    assert len(await sql("select id from {s}.refresh_token")) == 2


async def test_a_replaced_token_ends_the_session_once_its_successor_was_used(client: Client) -> None:
    first = await registered(client)
    second = (await refresh(client, first["refresh_token"])).json()
    third = (await refresh(client, second["refresh_token"])).json()
    assert code(await refresh(client, first["refresh_token"])) == (401, "refresh_reused")
    assert code(await refresh(client, third["refresh_token"])) == (401, "refresh_invalid")
    await auth.RevocationWatch().once()
    assert code(await me(client, third)) == (401, "token_invalid")


async def test_a_replaced_token_ends_the_session_after_half_a_minute(client: Client, clock: Clock) -> None:
    first = await registered(client)
    second = (await refresh(client, first["refresh_token"])).json()
    await clock.advance(seconds=32)
    assert code(await refresh(client, first["refresh_token"])) == (401, "refresh_reused")
    assert code(await refresh(client, second["refresh_token"])) == (401, "refresh_invalid")


async def test_only_the_stolen_session_ends(client: Client, clock: Clock) -> None:
    first = await registered(client)
    other = (await log_in(client)).json()
    await refresh(client, first["refresh_token"])
    await clock.advance(seconds=32)
    assert (await refresh(client, first["refresh_token"])).status_code == 401
    assert (await refresh(client, other["refresh_token"])).status_code == 200


async def test_a_session_ends_after_thirty_days_however_often_it_was_used(
    client: Client, clock: Clock
) -> None:
    told = await registered(client)
    await clock.advance(days=29, hours=23, minutes=50)
    told = (await refresh(client, told["refresh_token"])).json()
    assert 500 < told["expires_in"] <= 600, "an access token does not outlive its session"
    await clock.advance(minutes=11)
    assert code(await refresh(client, told["refresh_token"])) == (401, "refresh_invalid")


async def test_a_refresh_tells_the_roles_as_they_are_now(client: Client) -> None:
    told = await registered(client)
    await grant(told["user"]["id"], "chef")
    renewed = (await refresh(client, told["refresh_token"])).json()
    assert renewed["user"]["roles"] == ["guest", "chef"]
    assert (await auth.verify(renewed["access_token"])).roles == {"guest", "chef"}


async def test_no_token_can_be_read_from_the_database(client: Client) -> None:
    told = await registered(client)
    token = (await refresh(client, told["refresh_token"])).json()["refresh_token"]
    stored = await sql("select hash, t::text as everything from {s}.refresh_token t order by created_at")
    assert stored[-1]["hash"] == hashlib.sha256(token.encode()).digest()
    for row in stored:
        assert token.removeprefix("sfr_") not in row["everything"]


async def test_signing_out_ends_the_session_and_its_cookie(client: Client) -> None:
    told = (await client.post("/api/auth/register", json=wish())).json()
    answer = await client.post("/api/auth/logout", headers=bearer(told))
    assert (answer.status_code, answer.content) == (204, b"")
    assert "sf_refresh" not in client.cookies
    assert code(await client.post("/api/auth/refresh")) == (401, "refresh_missing")
    await auth.RevocationWatch().once()
    assert code(await me(client, told)) == (401, "token_invalid")


async def test_the_cookie_alone_signs_out_too(client: Client) -> None:
    await client.post("/api/auth/register", json=wish())
    cookie = client.cookies["sf_refresh"]
    assert (await client.post("/api/auth/logout")).status_code == 204
    assert code(await refresh(client, cookie)) == (401, "refresh_invalid")


async def test_signing_out_everywhere_ends_every_session_of_that_person_only(client: Client) -> None:
    first, second = await registered(client), (await log_in(client)).json()
    other = await registered(client, "other@example.com")
    answer = await client.post("/api/auth/logout?all=1", headers=bearer(first))
    assert answer.status_code == 204
    for told in (first, second):
        assert code(await refresh(client, told["refresh_token"])) == (401, "refresh_invalid")
    assert (await refresh(client, other["refresh_token"])).status_code == 200


async def test_signing_out_of_nothing_is_fine(client: Client) -> None:
    assert (await client.post("/api/auth/logout")).status_code == 204
    assert (await client.post("/api/auth/logout", headers=API)).status_code == 204
