"""Registering, signing in by password, and one's own account."""

import asyncio
import unicodedata
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from werkzeug.security import generate_password_hash

from softfactory.services.platform import passwords
from softfactory.services.platform.tests.makers import (
    API,
    EMAIL,
    bearer,
    code,
    log_in,
    me,
    refresh,
    registered,
    sql,
    wish,
)
from softfactory.testing import PASSWORD, Client, Mailbox

ANSWER = {"access_token", "token_type", "expires_in", "user"}


async def test_a_newcomer_registers_and_is_a_guest(client: Client) -> None:
    answer = await client.post("/api/auth/register", json=wish("Minji@Example.COM"))
    told = answer.json()
    assert answer.status_code == 201
    assert set(told) == ANSWER
    assert (told["token_type"], told["expires_in"]) == ("Bearer", 900)
    assert told["user"] == {
        "id": told["user"]["id"],
        "email": "Minji@example.com",
        "name": "김민지",
        "roles": ["guest"],
    }
    assert answer.headers["cache-control"] == "no-store"
    mine = (await me(client, told)).json()
    assert (mine["id"], mine["space_id"]) == (told["user"]["id"], told["user"]["id"])


async def test_who_registered_signs_in(client: Client) -> None:
    await registered(client)
    answer = await client.post("/api/auth/login", json={"email": EMAIL, "password": PASSWORD})
    assert answer.status_code == 200
    assert set(answer.json()) == ANSWER


async def test_an_address_is_one_account_however_it_is_written(client: Client) -> None:
    await registered(client, "minji@example.com")
    again = await client.post("/api/auth/register", json=wish(" MINJI@EXAMPLE.com "))
    assert code(again) == (409, "email_taken")
    assert (await log_in(client, "Minji@Example.Com")).status_code == 200


async def test_of_many_who_register_one_address_at_once_one_gets_it(client: Client) -> None:
    answers = await asyncio.gather(
        *(client.post("/api/auth/register", json=wish(EMAIL if n % 2 else EMAIL.upper())) for n in range(8))
    )
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    assert await sql("select count(*) as n from {s}.person") == [{"n": 1}]
    assert await sql("select count(*) as n from {s}.space") == [{"n": 1}]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"email": "minji"}, "email_invalid"),
        ({"email": "minji@localhost"}, "email_invalid"),
        ({"email": "a..b@example.com"}, "email_invalid"),
        ({"email": "a b@example.com"}, "email_invalid"),
        ({"email": "민지@example.com"}, "email_invalid"),
        ({"email": "minji@-example.com"}, "email_invalid"),
        ({"email": "x" * 65 + "@example.com"}, "email_invalid"),
        ({"email": "minji@example.com\nBcc: x@example.com"}, "email_invalid"),
        ({"password": "short"}, "invalid_input"),
        ({"password": "x" * 129}, "invalid_input"),
        ({"password": "password1234"}, "password_guessable"),
        ({"password": "1q2w3e4r5t"}, "password_guessable"),
        ({"password": "1234567890"}, "password_guessable"),
        ({"password": "Qwertyuiop!"}, "password_guessable"),
        ({"password": "abcabcabcabc"}, "password_guessable"),
        ({"password": "aaaaaaaaaaaa"}, "password_guessable"),
        ({"password": EMAIL}, "password_guessable"),
        ({"email": "minjikim.home@example.com", "password": "minjikim.home"}, "password_guessable"),
        ({"name": "   "}, "invalid_input"),
        ({"name": "Kim\nBcc: x@example.com"}, "invalid_input"),
        ({"name": "Kim\x00"}, "invalid_input"),
        ({"name": "x" * 81}, "invalid_input"),
        ({"roles": ["admin"]}, "invalid_input"),
        ({"is_demo": True}, "invalid_input"),
    ],
)
async def test_a_registration_that_cannot_be_is_refused(
    client: Client, change: dict[str, Any], expected: str
) -> None:
    answer = await client.post("/api/auth/register", json=wish() | change)
    assert code(answer) == (422, expected)
    (error,) = answer.json()["errors"]
    assert error["field"] in {*change, "body"}
    assert expected == "invalid_input" or error["message"] == answer.json()["detail"]
    assert await sql("select id from {s}.person") == []


@pytest.mark.parametrize(
    "email", ["a.b+tag@example.co.kr", "o'neil_9@sub.example.com", "x@xn--9n2bp8q.xn--3e0b707e"]
)
async def test_unusual_addresses_that_letters_reach_are_taken(client: Client, email: str) -> None:
    assert (await registered(client, email))["user"]["email"] == email


async def test_refusals_speak_the_readers_language(client: Client) -> None:
    await registered(client)
    taken = await client.post("/api/auth/register", json=wish(), headers={"Accept-Language": "ko-KR"})
    assert taken.json()["detail"].startswith("이미 가입된")
    wrong = await client.post("/api/auth/login", json={"email": EMAIL, "password": "x"})
    assert wrong.json()["detail"] == "The email address or password is incorrect."


async def test_an_unknown_address_and_a_wrong_password_are_told_alike(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    await registered(client)
    compared: list[str] = []
    verify = passwords._hasher.verify

    class Watched:
        def __getattr__(self, name: str) -> Any:
            return getattr(hasher, name)

        def verify(self, kept: str, password: str) -> bool:
            compared.append(kept)
            return verify(kept, password)

    hasher = passwords._hasher
    monkeypatch.setattr(passwords, "_hasher", Watched())
    wrong, unknown = await log_in(client, password="wrong"), await log_in(client, "nobody@example.com")
    assert code(wrong) == code(unknown) == (401, "wrong_credentials")
    assert {**wrong.json(), "request_id": ""} == {**unknown.json(), "request_id": ""}
    assert len(compared) == 2, "a password is compared for an unknown address too"
    assert {kept.rpartition("$")[0].rpartition("$")[0] for kept in compared} == {
        compared[0].rpartition("$")[0].rpartition("$")[0]
    }, "with the same parameters, which take the same time"


async def test_a_password_keeps_its_spaces(client: Client) -> None:
    spaced = "  two spaces around  "
    await registered(client, password=spaced)
    assert (await log_in(client, password=spaced)).status_code == 200
    assert (await log_in(client, password=spaced.strip())).status_code == 401


async def test_hangul_is_one_password_on_every_keyboard(client: Client) -> None:
    password = "우리집 앞마당 감나무"
    await registered(client, password=unicodedata.normalize("NFC", password))
    assert (await log_in(client, password=unicodedata.normalize("NFD", password))).status_code == 200


@pytest.mark.parametrize("method", ["scrypt:32768:8:1", "pbkdf2:sha256:1000"])
async def test_a_hash_of_the_old_site_lets_in_and_is_made_anew(client: Client, method: str) -> None:
    await registered(client)
    old = generate_password_hash("old password", method)
    await sql("update {s}.person set password_hash = :old", old=old)
    assert (await log_in(client, password="not the old one")).status_code == 401
    assert await sql("select password_hash from {s}.person") == [{"password_hash": old}]
    assert (await log_in(client, password="old password")).status_code == 200
    (row,) = await sql("select password_hash from {s}.person")
    assert row["password_hash"].startswith("$argon2id$")
    assert (await log_in(client, password="old password")).status_code == 200
    assert (await log_in(client, password="not the old one")).status_code == 401


@pytest.mark.parametrize("kept", ["scrypt:", "pbkdf2:sha9:x$y$z", "plain", "$argon2id$v=19$broken", ""])
async def test_a_hash_that_nobody_made_lets_nobody_in(client: Client, kept: str) -> None:
    await registered(client)
    await sql("update {s}.person set password_hash = :kept", kept=kept)
    assert code(await log_in(client)) == (401, "wrong_credentials")


async def test_who_is_suspended_stays_outside(client: Client) -> None:
    told = await registered(client)
    await sql("update {s}.person set status = 'suspended'")
    assert code(await log_in(client)) == (403, "account_suspended")
    assert code(await log_in(client, password="wrong")) == (401, "wrong_credentials")
    assert code(await refresh(client, told["refresh_token"])) == (401, "refresh_invalid")


async def test_a_password_that_changed_while_it_was_compared_lets_nobody_in(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    await registered(client)
    compare = passwords.matches

    async def slow(password: str, kept: str | None) -> bool:
        found = await compare(password, kept)
        await sql("update {s}.person set password_hash = 'another'")
        return found

    monkeypatch.setattr(passwords, "matches", slow)
    assert code(await log_in(client)) == (401, "wrong_credentials")


async def test_a_person_changes_what_is_theirs(client: Client) -> None:
    told = await registered(client)
    read = await me(client, told)
    assert read.headers["etag"] == '"1"'
    assert (read.json()["language"], read.json()["zone"], read.json()["demo"]) == ("en", "Asia/Seoul", False)
    change = {"name": " 민지 ", "language": "ko", "zone": "Europe/Berlin"}
    changed = await client.patch("/api/users/me", json=change, headers=bearer(told))
    assert changed.status_code == 200
    assert changed.headers["etag"] == '"2"'
    assert (await me(client, told)).json() == changed.json()
    assert {k: changed.json()[k] for k in change} == change | {"name": "민지"}
    assert await sql("select name from {s}.space") == [{"name": "민지"}]
    only_one = await client.patch("/api/users/me", json={"zone": "Asia/Tokyo"}, headers=bearer(told))
    assert (only_one.json()["name"], only_one.json()["zone"]) == ("민지", "Asia/Tokyo")


async def test_a_change_of_an_old_version_is_refused(client: Client) -> None:
    told = await registered(client)
    headers = bearer(told) | {"If-Match": '"1"'}
    first = await client.patch("/api/users/me", json={"name": "하나"}, headers=headers)
    second = await client.patch("/api/users/me", json={"name": "둘"}, headers=headers)
    assert first.status_code == 200
    assert code(second) == (412, "precondition_failed")
    assert (await me(client, told)).json()["name"] == "하나"


@pytest.mark.parametrize(
    "change",
    [
        {"zone": "Mars/Olympus"},
        {"language": "fr"},
        {"name": None},
        {"name": ""},
        {"email": "else@example.com"},
        {"roles": ["admin"]},
    ],
)
async def test_a_change_that_cannot_be_is_refused(client: Client, change: dict[str, Any]) -> None:
    told = await registered(client)
    before = (await me(client, told)).json()
    answer = await client.patch("/api/users/me", json=change, headers=bearer(told))
    assert code(answer) == (422, "invalid_input")
    assert (await me(client, told)).json() == before


async def test_without_a_token_there_is_no_me(client: Client) -> None:
    assert code(await client.get("/api/users/me")) == (401, "sign_in_required")
    assert code(await client.patch("/api/users/me", json={})) == (401, "sign_in_required")


async def test_the_web_gets_a_cookie_and_other_clients_a_token(client: Client) -> None:
    web = await client.post("/api/auth/register", json=wish())
    cookie = web.headers["set-cookie"].lower()
    assert "refresh_token" not in web.json()
    for part in ("sf_refresh=sfr_", "httponly", "samesite=strict", "path=/api/auth", "max-age=2592000"):
        assert part in cookie
    api = await client.post("/api/auth/login", json={"email": EMAIL, "password": PASSWORD}, headers=API)
    assert "set-cookie" not in api.headers
    assert api.json()["refresh_token"].startswith("sfr_")


@pytest.mark.parametrize(
    ("language", "subject"),
    [("ko-KR,ko", "SoftFactory에 오신 것을 환영합니다"), ("en", "Welcome to SoftFactory")],
)
async def test_a_newcomer_is_welcomed_in_their_language(
    client: Client, run_jobs: Callable[[], Awaitable[int]], mailbox: Mailbox, language: str, subject: str
) -> None:
    headers = {"Accept-Language": language}
    assert (await client.post("/api/auth/register", json=wish(), headers=headers)).status_code == 201
    assert (await client.post("/api/auth/register", json=wish(), headers=headers)).status_code == 409
    await run_jobs()
    (letter,) = await mailbox()
    assert (letter.to, letter.template, letter.subject) == (EMAIL, "welcome", subject)
    assert "김민지" in letter.body
