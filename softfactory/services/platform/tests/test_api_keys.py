"""API keys: a person limited to some scopes, and what no key opens."""

import asyncio
import re
from typing import Any
from uuid import uuid4

import pytest

from softfactory.kernel import auth
from softfactory.kernel.app import routes_table
from softfactory.kernel.operations import SiblingUnavailable
from softfactory.kernel.service import discover
from softfactory.services.platform import api_keys
from softfactory.services.platform.tests.makers import code, sql
from softfactory.testing import AsUser, Client, Clock, Mailbox, Person, client_of, grant

ROUTES = routes_table(discover().values())


async def _make(person: Person, *scopes: str, **facts: Any) -> dict[str, Any]:
    wish = {"name": "My calendar", "scopes": list(scopes) or ["users:read"], **facts}
    answer = await person.http.post("/api/auth/api-keys", json=wish)
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def _me(client: Client, key: str) -> Any:
    return await client.get("/api/users/me", headers={"Authorization": f"Bearer {key}"})


async def test_a_key_is_its_person_limited_to_its_scopes(client: Client, as_user: AsUser) -> None:
    chef = await as_user("chef", name="Haneul")
    made = await _make(chef, "users:read")
    assert made["key"].startswith(made["prefix"] + "_")
    answer = await _me(client, made["key"])
    assert (answer.status_code, answer.json()["name"]) == (200, "Haneul")
    change = await client.patch(
        "/api/users/me", json={"name": "Stolen"}, headers={"Authorization": f"Bearer {made['key']}"}
    )
    assert code(change) == (403, "scope_missing")
    assert change.json()["facts"] == {"scope": "users:write"}


async def test_the_secret_is_told_once_and_kept_as_a_hash(as_user: AsUser) -> None:
    person = await as_user()
    made = await _make(person)
    listed = await person.http.get("/api/auth/api-keys")
    assert made["key"] not in listed.text
    assert listed.json()["items"][0] == {name: made[name] for name in made if name != "key"}
    rows = await sql("select * from {s}.api_key")
    assert made["key"].rpartition("_")[2] not in str(rows)


async def test_a_key_ends_when_it_is_deleted_or_its_days_are_over(
    client: Client, as_user: AsUser, clock: Clock
) -> None:
    person, other = await as_user(), await as_user()
    first, second, endless = [await _make(person, expires_in_days=days) for days in (30, 1, None)]
    assert endless["expires_at"] is None
    assert code(await other.http.delete(f"/api/auth/api-keys/{first['id']}")) == (404, "key_unknown")
    assert (await person.http.delete(f"/api/auth/api-keys/{first['id']}")).status_code == 204
    assert code(await person.http.delete(f"/api/auth/api-keys/{first['id']}")) == (404, "key_unknown")
    assert code(await _me(client, first["key"])) == (401, "key_invalid")
    assert (await _me(client, second["key"])).status_code == 200
    await clock.advance(days=2)
    auth.forget()
    assert code(await _me(client, second["key"])) == (401, "key_invalid")
    assert (await _me(client, endless["key"])).status_code == 200
    assert code(await _me(client, "sf_deadbeef_0123")) == (401, "key_invalid")


async def test_a_deleted_key_is_believed_for_two_seconds_at_most(
    client: Client, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = await as_user()
    made = await _make(person)
    moment = 1000.0
    monkeypatch.setattr(auth.clock, "monotonic", lambda: moment)
    assert (await _me(client, made["key"])).status_code == 200
    await person.http.delete(f"/api/auth/api-keys/{made['id']}")
    moment += 1.9
    assert (await _me(client, made["key"])).status_code == 200
    moment += 0.2
    assert code(await _me(client, made["key"])) == (401, "key_invalid")


async def test_no_answer_means_no(client: Client, as_user: AsUser, monkeypatch: pytest.MonkeyPatch) -> None:
    made = await _make(await as_user())

    async def silent(_: object) -> None:
        raise SiblingUnavailable(service="platform")

    monkeypatch.setattr(auth.identity, "api_key", silent)
    assert code(await _me(client, made["key"])) == (503, "sibling_unavailable")


async def test_that_a_key_was_used_is_written_at_most_once_a_minute(
    client: Client, as_user: AsUser, clock: Clock
) -> None:
    made = await _make(await as_user())
    seen = []
    for seconds in (0, 30, 40):
        await clock.advance(seconds=seconds)
        auth.forget()
        await _me(client, made["key"])
        seen.append((await sql("select last_used_at from {s}.api_key"))[0]["last_used_at"])
    assert seen[0] is not None
    assert seen[0] == seen[1] < seen[2]


async def test_twenty_keys_and_no_more_even_at_once(as_user: AsUser) -> None:
    person = await as_user()
    for _ in range(18):
        await _make(person)
    wish = {"name": "one more", "scopes": ["users:read"]}
    answers = await asyncio.gather(*(person.http.post("/api/auth/api-keys", json=wish) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [201, 201, 409, 409, 409, 409]
    assert {code(a) for a in answers if a.status_code == 409} == {(409, "too_many_keys")}
    first = (await person.http.get("/api/auth/api-keys")).json()["items"][3]
    await person.http.delete(f"/api/auth/api-keys/{first['id']}")
    await _make(person)


async def test_scopes_are_those_that_routes_ask_for(as_user: AsUser) -> None:
    person = await as_user()
    known = (await person.http.get("/api/auth/api-keys")).json()["known_scopes"]
    assert {"coocook:read", "coocook:write", "payment:read", "users:read"} <= set(known)
    assert not [scope for scope in known if scope.startswith("auth:") or scope == "payment:write"]
    wish = {"name": "x", "scopes": ["moon:read"]}
    assert code(await person.http.post("/api/auth/api-keys", json=wish)) == (422, "scope_unknown")


async def test_a_suspended_person_has_no_keys(client: Client, as_user: AsUser) -> None:
    person = await as_user()
    made = await _make(person)
    await sql("update {s}.person set status = 'suspended' where id = cast(:id as uuid)", id=person.id)
    assert code(await _me(client, made["key"])) == (401, "key_invalid")


async def test_demo_people_have_no_keys(client: Client) -> None:
    told = (await client.post("/api/auth/demo", json={"role": "guest"})).json()
    answer = await client.post(
        "/api/auth/api-keys",
        json={"name": "x", "scopes": ["users:read"]},
        headers={"Authorization": f"Bearer {told['access_token']}"},
    )
    assert code(answer) == (403, "demo_keys")


async def test_an_admins_key_is_no_admin(app: Any, as_user: AsUser) -> None:
    """Routes that are everybody's show admins more; a key, which asks nobody whether it is still one, gets no more."""
    admin = await as_user("operator", "admin")
    assert (await admin.http.get("/api/coocook/bookings?role=admin")).status_code == 200
    made = await _make(admin, "coocook:read")
    async with client_of(app, made["key"]) as program:
        assert (await program.get("/api/coocook/bookings")).status_code == 200
        assert code(await program.get("/api/coocook/bookings?role=admin")) == (403, "role_missing")
        assert code(await program.get("/api/coocook/chefs?status=draft")) == (403, "list_not_yours")


async def test_whoever_has_an_account_hears_of_a_new_key(
    as_user: AsUser, run_jobs: Any, mailbox: Mailbox
) -> None:
    person = await as_user()
    made = await _make(person)
    await run_jobs()
    (letter,) = [letter for letter in await mailbox() if letter.template == "api_key_made"]
    assert letter.to == person.email
    assert "My calendar" in letter.body
    assert made["key"] not in letter.body


async def test_a_key_makes_no_key(app: Any, as_user: AsUser) -> None:
    made = await _make(await as_user(), *api_keys.scopes())
    async with client_of(app, made["key"]) as program:
        wish = {"name": "child", "scopes": ["users:read"]}
        assert code(await program.post("/api/auth/api-keys", json=wish)) == (403, "key_refused")


def _calls(dependant: Any) -> list[Any]:
    return [dependant.call, *(call for part in dependant.dependencies for call in _calls(part))]


NO_KEY = re.compile(
    r"/api/auth(/|$)|/api/live/tickets|/api/users/(audit|\{person_id\}|me/export|me/obligations)|/api/users/?$"
    r"|/api/(payment/(orders|confirm|\{payment_id\}/cancel|reconciliation))"
)
"""Addresses of security, of admins, and where money moves, said here without looking at how a route says it."""
RIGHTS = re.compile(r"/api/users/(spaces|invitations)")
"""Read by a key, perhaps; who is in a team is changed by people only."""


@pytest.mark.parametrize("verb", ["read", "write"])
async def test_every_route_x_a_key_that_reads_x_a_key_that_writes(
    verb: str, app: Any, as_user: AsUser
) -> None:
    person = await as_user("chef", "operator")
    await grant(person.id, "admin", "brand")
    scopes = [scope for scope in api_keys.scopes() if scope.endswith(f":{verb}")]
    made = await _make(person, *scopes)
    opened = refused = 0
    async with client_of(app, made["key"]) as program:
        for method, path, route in ROUTES:
            if auth.maybe_user not in _calls(route.dependant):
                continue  # public: nobody looks at who is calling
            url = re.sub(r"{[^}]+}", lambda _: str(uuid4()), path)
            headers = {"Idempotency-Key": uuid4().hex, "If-Match": '"1"'}
            body = {} if method not in ("GET", "HEAD") else None
            answer = await program.request(method, url, json=body, headers=headers)
            told = answer.json().get("code", "") if answer.status_code >= 400 else ""
            roles = auth.asked_roles(route.dependant)
            where = f"{method} {path}: {answer.status_code} {told}"
            assert answer.status_code != 401, where
            staff = roles and roles <= {"operator", "admin"}
            closed = NO_KEY.match(path) or (method != "GET" and RIGHTS.match(path)) or staff
            if closed or {auth.sure_user, auth.recent_user} & set(_calls(route.dependant)):
                assert told == "key_refused", where
                refused += 1
            elif (method in ("GET", "HEAD")) == (verb == "read"):
                assert told not in ("key_refused", "scope_missing"), where
                opened += 1
            else:
                assert told == "scope_missing", where
                refused += 1
    assert opened >= 5
    assert refused >= 20
