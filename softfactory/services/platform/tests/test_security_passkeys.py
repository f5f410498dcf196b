"""Passkeys: a key on a device signs a challenge, and that replaces the password and the code."""

import asyncio
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from softfactory.services.platform import settings
from softfactory.services.platform.tests.fake_passkeys import PRESENT, FakeDevice, add_passkey, to_text
from softfactory.services.platform.tests.makers import API, bearer, code, me, refresh, registered, sql
from softfactory.testing import Client, Clock, client_of


@pytest.fixture
def someone(app: Any, client: Client) -> Any:
    """A new person and their signed-in client."""

    async def make(email: str = "minji@example.com") -> tuple[dict[str, Any], Client]:
        told = await registered(client, email)
        return told, client_of(app, told["access_token"])

    return make


async def ask(client: Client) -> dict[str, Any]:
    answer = await client.post("/api/auth/passkeys/sign-in/options")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def sign_in(client: Client, credential: dict[str, Any]) -> httpx.Response:
    return await client.post("/api/auth/passkeys/sign-in", json={"credential": credential}, headers=API)


async def test_a_passkey_signs_in_without_password_and_code(client: Client, someone: Any) -> None:
    told, http = await someone()
    device = FakeDevice()
    added = await add_passkey(http, device, name="내 맥북")
    assert (added["name"], added["synced"], added["last_used_at"]) == ("내 맥북", False, None)
    await http.post("/api/auth/totp")
    await sql("update {s}.authenticator set confirmed_at = sf_now()")
    done = await sign_in(client, device.answer(await ask(client)))
    assert done.status_code == 200, done.text
    assert set(done.json()) == {"access_token", "token_type", "expires_in", "user", "refresh_token"}
    assert (await me(client, done.json())).json()["id"] == told["user"]["id"]
    assert (await refresh(client, done.json()["refresh_token"])).status_code == 200
    (listed,) = (await http.get("/api/auth/passkeys")).json()["items"]
    assert listed["last_used_at"] is not None


async def test_the_options_ask_for_what_we_check(client: Client, someone: Any) -> None:
    _, http = await someone()
    first = await add_passkey(http, device := FakeDevice())
    assert first["name"] == "python-httpx", "without a name it has the browser's"
    made = (await http.post("/api/auth/passkeys/options")).json()
    assert (made["rp"]["id"], made["user"]["name"]) == ("test", "minji@example.com")
    assert made["authenticatorSelection"]["residentKey"] == "required"
    assert made["authenticatorSelection"]["userVerification"] == "required"
    assert [each["id"] for each in made["excludeCredentials"]] == [to_text(device.credential_id)]
    used = await ask(client)
    assert (used["rpId"], used["userVerification"], used.get("allowCredentials", [])) == (
        "test",
        "required",
        [],
    )


async def test_a_challenge_is_answered_once(client: Client, someone: Any) -> None:
    _, http = await someone()
    device = FakeDevice()
    options = (await http.post("/api/auth/passkeys/options")).json()
    wish = {"credential": device.make(options)}
    assert (await http.post("/api/auth/passkeys", json=wish)).status_code == 201
    assert code(await http.post("/api/auth/passkeys", json=wish)) == (409, "challenge_ended")
    asked = await ask(client)
    assert (await sign_in(client, device.answer(asked))).status_code == 200
    assert code(await sign_in(client, device.answer(asked))) == (409, "challenge_ended")
    at_once = await ask(client)
    answers = await asyncio.gather(*(sign_in(client, device.answer(at_once)) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]


async def test_a_refused_answer_uses_its_challenge_up(client: Client, someone: Any) -> None:
    _, http = await someone()
    device = FakeDevice()
    await add_passkey(http, device)
    asked = await ask(client)
    stranger = FakeDevice(credential_id=device.credential_id, user_handle=device.user_handle)
    assert code(await sign_in(client, stranger.answer(asked))) == (422, "passkey_refused")
    assert code(await sign_in(client, device.answer(asked))) == (409, "challenge_ended")


async def test_a_challenge_lasts_five_minutes(client: Client, someone: Any, clock: Clock) -> None:
    _, http = await someone()
    device = FakeDevice()
    await add_passkey(http, device)
    options, asked = (await http.post("/api/auth/passkeys/options")).json(), await ask(client)
    await clock.advance(minutes=5, seconds=1)
    late = await http.post("/api/auth/passkeys", json={"credential": FakeDevice().make(options)})
    assert code(late) == (409, "challenge_ended")
    assert code(await sign_in(client, device.answer(asked))) == (409, "challenge_ended")


async def test_challenges_are_for_what_and_whom_they_were_made(client: Client, someone: Any) -> None:
    (_, mine), (_, theirs) = await someone(), await someone("other@example.com")
    options = (await mine.post("/api/auth/passkeys/options")).json()
    crossed = await theirs.post("/api/auth/passkeys", json={"credential": FakeDevice().make(options)})
    assert code(crossed) == (409, "challenge_ended")
    asked = await ask(client)
    wrong = FakeDevice().make({**asked, "user": {"id": to_text(b"x")}})
    assert code(await mine.post("/api/auth/passkeys", json={"credential": wrong})) == (409, "challenge_ended")


WRONG: dict[str, dict[str, Any]] = {
    "another site's page": {"origin": "http://evil.example"},
    "another site's key": {"site": "evil.example"},
    "a device that did not ask its owner": {"flags": PRESENT},
    "a device that nobody touched": {"flags": 0},
}


@pytest.mark.parametrize("how", WRONG)
async def test_what_does_not_hold_is_refused(client: Client, someone: Any, how: str) -> None:
    _, http = await someone()
    options = (await http.post("/api/auth/passkeys/options")).json()
    made = FakeDevice(**WRONG[how]).make(options)
    assert code(await http.post("/api/auth/passkeys", json={"credential": made})) == (422, "passkey_refused")
    device = FakeDevice()
    await add_passkey(http, device)
    for name, value in WRONG[how].items():
        setattr(device, name, value)
    assert code(await sign_in(client, device.answer(await ask(client)))) == (422, "passkey_refused")


async def test_an_answer_that_was_changed_is_refused(client: Client, someone: Any) -> None:
    (_, mine), (theirs, _) = await someone(), await someone("other@example.com")
    device = FakeDevice()
    await add_passkey(mine, device)
    changes = {
        "signature": to_text(b"no"),
        "userHandle": to_text(b"somebody"),
        "authenticatorData": to_text(b"short"),
    }
    for field, value in changes.items():
        answer = device.answer(await ask(client))
        answer["response"][field] = value
        assert code(await sign_in(client, answer)) == (422, "passkey_refused"), field
    nonsense = device.answer(await ask(client))
    nonsense["response"]["clientDataJSON"] = to_text(b"[]")
    assert code(await sign_in(client, nonsense)) == (422, "passkey_refused")
    assert theirs["user"]["id"] != mine


async def test_a_count_that_does_not_rise_tells_of_a_copy(client: Client, someone: Any) -> None:
    _, http = await someone()
    device = FakeDevice()
    await add_passkey(http, device)
    device.count = 6
    assert (await sign_in(client, device.answer(await ask(client)))).status_code == 200
    copy = FakeDevice(
        count=3, credential_id=device.credential_id, key=device.key, user_handle=device.user_handle
    )
    assert code(await sign_in(client, copy.answer(await ask(client)))) == (422, "passkey_refused")
    copy.count = 6
    assert code(await sign_in(client, copy.answer(await ask(client)))) == (422, "passkey_refused"), (
        "nor the same"
    )
    assert (await sign_in(client, device.answer(await ask(client)))).status_code == 200


async def test_of_two_answers_with_one_count_one_gets_in(client: Client, someone: Any) -> None:
    _, http = await someone()
    device = FakeDevice()
    await add_passkey(http, device)
    answers = []
    for _ in range(4):
        device.count = 6
        answers.append(device.answer(await ask(client)))
    done = await asyncio.gather(*(sign_in(client, answer) for answer in answers))
    assert sorted(answer.status_code for answer in done) == [200, 422, 422, 422]


async def test_keys_that_never_count_are_fine(client: Client, someone: Any) -> None:
    _, http = await someone()
    device = FakeDevice()
    await add_passkey(http, device)
    for _ in range(2):
        device.count = -1
        assert (await sign_in(client, device.answer(await ask(client)))).status_code == 200


async def test_a_passkey_is_registered_once(client: Client, someone: Any) -> None:
    (_, mine), (_, theirs) = await someone(), await someone("other@example.com")
    device = FakeDevice()
    await add_passkey(mine, device)
    options = (await theirs.post("/api/auth/passkeys/options")).json()
    again = await theirs.post("/api/auth/passkeys", json={"credential": device.make(options)})
    assert code(again) == (409, "passkey_taken")


async def test_a_suspended_person_stays_out(client: Client, someone: Any) -> None:
    _, http = await someone()
    device = FakeDevice()
    await add_passkey(http, device)
    await sql("update {s}.person set status = 'suspended'")
    assert code(await sign_in(client, device.answer(await ask(client)))) == (403, "account_suspended")


async def test_passkeys_are_named_and_deleted_by_their_owner(
    client: Client, someone: Any, run_jobs: Any, mailbox: Any
) -> None:
    (_, mine), (_, theirs) = await someone(), await someone("other@example.com")
    device = FakeDevice()
    kept = await add_passkey(mine, device)
    path = f"/api/auth/passkeys/{kept['id']}"
    assert (await mine.patch(path, json={"name": "열쇠고리"})).json()["name"] == "열쇠고리"
    assert (await mine.patch(path, json={"name": "  "})).status_code == 422
    for answer in (
        await theirs.patch(path, json={"name": "x"}),
        await theirs.delete(path),
        await mine.delete(f"/api/auth/passkeys/{uuid4()}"),
    ):
        assert code(answer) == (404, "passkey_unknown")
    assert (await theirs.get("/api/auth/passkeys")).json() == {"items": []}
    assert (await mine.delete(path)).status_code == 204
    assert code(await sign_in(client, device.answer(await ask(client)))) == (404, "passkey_unknown")
    await run_jobs()
    assert {"passkey_added", "passkey_removed"} <= {letter.template for letter in await mailbox()}


async def test_the_last_way_in_stays(someone: Any, clean: str) -> None:
    _, http = await someone()
    ids = [(await add_passkey(http))["id"] for _ in range(2)]
    await sql("update {s}.person set password_hash = null")
    # Both are held up at the row that they delete, which is after they have counted.
    holding = await asyncpg.connect(clean)
    async with holding.transaction():
        await holding.execute("select id from platform.passkey for update")
        deletions = [asyncio.create_task(http.delete(f"/api/auth/passkeys/{each}")) for each in ids]
        await asyncio.sleep(1)
    await holding.close()
    answers = await asyncio.gather(*deletions)
    assert sorted(answer.status_code for answer in answers) == [204, 409]
    assert [answer.json()["code"] for answer in answers if answer.status_code == 409] == ["last_way_in"]
    (left,) = (await http.get("/api/auth/passkeys")).json()["items"]
    await sql("update {s}.person set password_hash = 'x'")
    assert (await http.delete(f"/api/auth/passkeys/{left['id']}")).status_code == 204


async def test_an_account_holds_twenty(someone: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from softfactory.services.platform import passkeys

    monkeypatch.setattr(passkeys, "MOST", 2)
    _, http = await someone()
    offers = [(await http.post("/api/auth/passkeys/options")).json() for _ in range(4)]
    wishes = [{"credential": FakeDevice().make(options)} for options in offers]
    answers = await asyncio.gather(*(http.post("/api/auth/passkeys", json=wish) for wish in wishes))
    assert sorted(answer.status_code for answer in answers) == [201, 201, 409, 409]


async def test_a_passkey_proves_who_is_there_and_only_its_owner(
    client: Client, someone: Any, clock: Clock
) -> None:
    (told, mine), (_, theirs) = await someone(), await someone("other@example.com")
    device, foreign = FakeDevice(), FakeDevice()
    kept = await add_passkey(mine, device)
    await add_passkey(theirs, foreign)
    await clock.advance(minutes=14)
    path = f"/api/auth/passkeys/{kept['id']}"
    await clock.advance(minutes=2)
    for method, address in (("DELETE", path), ("PATCH", path), ("POST", "/api/auth/passkeys/options")):
        body = {"name": "x"} if method == "PATCH" else None
        assert code(await mine.request(method, address, json=body)) == (403, "recent_sign_in_needed")
    wrong = await mine.post("/api/auth/confirm", json={"passkey": foreign.answer(await ask(client))})
    assert code(wrong) == (422, "passkey_refused")
    right = await mine.post("/api/auth/confirm", json={"passkey": device.answer(await ask(client))})
    assert right.status_code == 200, right.text
    assert (await mine.delete(path)).status_code == 204
    assert bearer(told)


async def test_asking_without_end_is_throttled(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SF_CHALLENGES_FROM", "3")
    settings.accounts.cache_clear()
    asked = [(await client.post("/api/auth/passkeys/sign-in/options")).status_code for _ in range(4)]
    settings.accounts.cache_clear()
    assert asked == [200, 200, 200, 429]
