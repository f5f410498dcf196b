"""Demo people: one click in, shared by strangers, and nothing of theirs outlives the demo."""

import asyncio
from collections.abc import Iterator

import pytest

from softfactory.kernel import auth, config, identity
from softfactory.services.platform import settings
from softfactory.services.platform.demo import seed
from softfactory.services.platform.tests.makers import API, bearer, code, log_in, me, refresh, sql, wish
from softfactory.testing import Client, Clock

ROLES = {
    "guest": ["guest"],
    "chef": ["guest", "chef"],
    "brand": ["guest", "brand"],
    "influencer": ["guest", "influencer"],
    "student": ["guest", "student"],
    "operator": ["operator"],
    "admin": ["operator", "admin"],
}


async def demo(client: Client, role: str = "guest") -> dict:
    answer = await client.post("/api/auth/demo", json={"role": role}, headers=API)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture
def no_demo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Call ``config.settings.cache_clear()`` when the demo shall end."""
    config.settings()
    monkeypatch.setenv("SF_DEMO", "0")
    yield
    config.settings.cache_clear()


@pytest.mark.parametrize("role", ROLES)
async def test_one_click_is_enough_for_every_role(client: Client, role: str) -> None:
    told = await demo(client, role)
    assert told["user"]["roles"] == ROLES[role]
    assert told["user"]["id"] == str(identity.demo_person_id(role))
    assert told["user"]["email"] == f"{role}@demo.softfactory.example"
    assert (await auth.verify(told["access_token"])).demo
    assert (await me(client, told)).json()["demo"] is True


async def test_first_visitors_at_once_are_the_same_people(client: Client) -> None:
    answers = await asyncio.gather(*(demo(client, role) for role in [*ROLES, *ROLES]))
    assert len({told["user"]["id"] for told in answers}) == 7
    await seed(lambda _: None)
    assert await sql("select count(*) as n from {s}.person") == [{"n": 7}]


async def test_an_unknown_role_is_refused(client: Client) -> None:
    for body in ({"role": "owner"}, {}, {"role": "guest", "email": "x@example.com"}):
        assert code(await client.post("/api/auth/demo", json=body)) == (422, "invalid_input")


async def test_a_demo_session_lasts_two_hours(client: Client, clock: Clock) -> None:
    told = await demo(client)
    await clock.advance(minutes=119)
    told = (await refresh(client, told["refresh_token"])).json()
    assert told["expires_in"] <= 60
    await clock.advance(minutes=2)
    assert code(await refresh(client, told["refresh_token"])) == (401, "refresh_invalid")


async def test_strangers_on_one_demo_account_do_not_see_or_end_one_another(client: Client) -> None:
    mine, theirs = await demo(client), await demo(client)
    sid = (await auth.verify(mine["access_token"])).sid
    seen = (await client.get("/api/auth/sessions", headers=bearer(theirs))).json()["items"]
    assert [item["current"] for item in seen] == [True]
    ended = await client.delete(f"/api/auth/sessions/{sid}", headers=bearer(theirs))
    assert code(ended) == (404, "session_unknown")
    assert (await client.post("/api/auth/logout?all=1", headers=bearer(theirs))).status_code == 204
    assert code(await refresh(client, theirs["refresh_token"])) == (401, "refresh_invalid")
    assert (await refresh(client, mine["refresh_token"])).status_code == 200


async def test_a_visitor_reads_in_their_language_but_renames_nobody(client: Client) -> None:
    told = await demo(client)
    renamed = await client.patch("/api/users/me", json={"name": "놀자"}, headers=bearer(told))
    assert code(renamed) == (403, "demo_name_fixed")
    same = {"name": told["user"]["name"], "language": "en"}
    assert (await client.patch("/api/users/me", json=same, headers=bearer(told))).status_code == 200


async def test_a_demo_person_has_no_password_and_no_namesake(client: Client) -> None:
    taken = await client.post("/api/auth/register", json=wish("guest@demo.softfactory.example"))
    assert code(taken) == (409, "email_taken")
    await demo(client)
    assert code(await log_in(client, "guest@demo.softfactory.example")) == (401, "wrong_credentials")


async def test_where_there_is_no_demo_nobody_gets_in_by_it(client: Client, no_demo: None) -> None:
    told = await demo(client, "admin")
    principal = await auth.verify(told["access_token"])
    config.settings.cache_clear()
    refused = await client.post("/api/auth/demo", json={"role": "guest"})
    assert code(refused) == (403, "demo_off")
    assert code(await refresh(client, told["refresh_token"])) == (401, "refresh_invalid")
    state = await identity.session_state(identity.SessionRequest(sid=principal.sid, person_id=principal.id))
    assert not state.alive


async def test_demo_sessions_are_rows_that_anybody_asks_for_so_they_are_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SF_CHALLENGES_FROM", "2")
    settings.accounts.cache_clear()
    asked = [(await client.post("/api/auth/demo", json={"role": "guest"})).status_code for _ in range(3)]
    settings.accounts.cache_clear()
    assert asked == [200, 200, 429]
