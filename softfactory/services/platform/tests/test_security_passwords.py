"""A forgotten password is set anew by letter; a known one is changed while signed in."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from softfactory.kernel import config, db, mail
from softfactory.services.platform import password_changes, passwords
from softfactory.services.platform.tests.makers import (
    EMAIL,
    bearer,
    client_at,
    code,
    log_in,
    refresh,
    registered,
    sql,
)
from softfactory.testing import PASSWORD, Client, Clock, Mailbox

NEW = "a quite different sentence"
RunJobs = Callable[..., Awaitable[int]]


async def forgot(client: Client, email: str = EMAIL) -> httpx.Response:
    return await client.post("/api/auth/password/forgot", json={"email": email})


async def reset(client: Client, token: str, password: str = NEW) -> httpx.Response:
    return await client.post("/api/auth/password/reset", json={"token": token, "password": password})


async def look(client: Client, token: str) -> httpx.Response:
    return await client.post("/api/auth/password/reset/look", json={"token": token})


async def change(client: Client, told: dict[str, Any], **wish: Any) -> httpx.Response:
    return await client.put("/api/auth/password", json={"password": NEW, **wish}, headers=bearer(told))


async def link(client: Client, run_jobs: RunJobs, mailbox: Mailbox, email: str = EMAIL) -> str:
    """The token of the newest letter."""
    assert (await forgot(client, email)).status_code == 202
    await run_jobs()
    letter = [letter for letter in await mailbox() if letter.template == "password_link"][-1]
    found = re.search(r"http://test/reset\?token=(\S+)", letter.body)
    assert found, letter.body
    return found[1]


async def test_a_link_sets_the_password_once_and_ends_every_session(
    client: Client, run_jobs: RunJobs, mailbox: Mailbox
) -> None:
    told = await registered(client)
    token = await link(client, run_jobs, mailbox)
    assert (await look(client, token)).status_code == 204
    assert (await reset(client, token)).status_code == 204
    assert (await log_in(client)).status_code == 401
    assert (await log_in(client, password=NEW)).status_code == 200
    assert code(await refresh(client, told["refresh_token"])) == (401, "refresh_invalid")
    assert code(await reset(client, token, "another new sentence")) == (409, "password_link_ended")
    assert code(await look(client, token)) == (409, "password_link_ended")
    await run_jobs()
    assert [letter.template for letter in await mailbox()][-1] == "password_reset"


async def test_letters_come_in_the_persons_language(
    client: Client, run_jobs: RunJobs, mailbox: Mailbox
) -> None:
    await registered(client)
    await registered(client, "other@example.com")
    await sql("update {s}.person set language = 'ko' where email = 'other@example.com'")
    for email in (EMAIL, "other@example.com"):
        await link(client, run_jobs, mailbox, email)
    subjects = {letter.to: letter.subject for letter in await mailbox() if "link" in letter.template}
    assert subjects == {EMAIL: "Set a new password", "other@example.com": "비밀번호를 다시 설정해 주세요"}


async def test_a_link_is_good_for_thirty_minutes(
    client: Client, run_jobs: RunJobs, mailbox: Mailbox, clock: Clock
) -> None:
    await registered(client)
    token = await link(client, run_jobs, mailbox)
    await clock.advance(minutes=29)
    assert (await look(client, token)).status_code == 204
    await clock.advance(minutes=1, seconds=1)
    assert code(await look(client, token)) == code(await reset(client, token)) == (409, "password_link_ended")
    await clock.advance(hours=25)
    async with db.transaction("platform") as session:
        await password_changes.forget(session)
    assert await sql("select id from {s}.password_link") == []


async def test_only_the_newest_link_counts(client: Client, run_jobs: RunJobs, mailbox: Mailbox) -> None:
    await registered(client)
    first, second = [await link(client, run_jobs, mailbox) for _ in range(2)]
    assert code(await reset(client, first)) == (409, "password_link_ended")
    assert (await reset(client, second)).status_code == 204


async def test_of_two_who_use_one_link_at_once_one_sets_the_password(
    client: Client, run_jobs: RunJobs, mailbox: Mailbox
) -> None:
    await registered(client)
    token = await link(client, run_jobs, mailbox)
    answers = await asyncio.gather(*(reset(client, token, f"a new sentence, number {n}") for n in range(4)))
    assert sorted(answer.status_code for answer in answers) == [204, 409, 409, 409]


async def test_a_guessable_password_leaves_the_link_as_it_was(
    client: Client, run_jobs: RunJobs, mailbox: Mailbox
) -> None:
    await registered(client)
    token = await link(client, run_jobs, mailbox)
    assert code(await reset(client, token, "password1234")) == (422, "password_guessable")
    assert (await reset(client, token)).status_code == 204


async def test_nobody_learns_who_has_an_account(client: Client, run_jobs: RunJobs, mailbox: Mailbox) -> None:
    await registered(client)
    await registered(client, "gone@example.com")
    await sql("update {s}.person set status = 'suspended' where email = 'gone@example.com'")
    known, unknown = await forgot(client), await forgot(client, "nobody@example.com")
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content) == (202, b"null")
    for email in ("gone@example.com", "guest@demo.softfactory.example"):
        assert (await forgot(client, email)).status_code == 202
    await run_jobs()
    assert [letter.to for letter in await mailbox() if letter.template == "password_link"] == [EMAIL]
    assert code(await forgot(client, "no address")) == (422, "email_invalid")


async def test_asking_for_a_link_leaves_the_same_work_for_anybody(client: Client) -> None:
    """What takes longer for a real account is done later, by a job that is asked for in either case."""
    await registered(client)
    for email in (EMAIL, "nobody@example.com"):
        assert (await forgot(client, email)).status_code == 202
    jobs = await sql(
        "select count(distinct payload ->> 'person_id') as n from {s}.job where name like '%send_link%'"
    )
    assert jobs[0]["n"] == 2


async def test_letters_are_throttled_for_one_address_and_from_one_place(app: Any, client: Client) -> None:
    await registered(client)
    asked = [(await forgot(client, email)).status_code for email in (EMAIL, EMAIL.upper(), EMAIL, EMAIL)]
    assert asked == [202, 202, 202, 429]
    nobody = [(await forgot(client, "nobody@example.com")).status_code for _ in range(4)]
    assert nobody == [202, 202, 202, 429], "an address without an account is throttled alike"
    for n in range(14):
        assert (await forgot(client, f"p{n}@example.com")).status_code == 202
    throttled = await forgot(client, "q@example.com")
    assert code(throttled) == (429, "too_many_letters")
    assert 3500 < int(throttled.headers["retry-after"]) <= 3600
    async with client_at(app, "203.0.113.9") as elsewhere:
        assert (await forgot(elsewhere, "q@example.com")).status_code == 202


async def test_only_the_letter_knows_the_link(
    client: Client, run_jobs: RunJobs, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    await registered(client)
    await forgot(client)
    sent: list[str] = []
    monkeypatch.setenv("SF_SMTP_URL", "smtp://localhost:1")
    monkeypatch.setattr(mail, "_send", lambda _, message: sent.append(message.get_content()))
    config.settings.cache_clear()
    await run_jobs()
    (body,) = [body for body in sent if "/reset?token=" in body]
    token = body.split("token=")[1].split()[0]
    kept = await sql("select facts::text || coalesce(body, '') as kept from {s}.mail")
    kept += await sql("select row_to_json(j)::text as kept from {s}.job j")
    assert token not in repr(kept)
    assert "…" in repr(kept)
    assert (await reset(client, token)).status_code == 204


async def test_a_sealed_fact_waits_encrypted(client: Client, run_jobs: RunJobs) -> None:
    await registered(client)
    (person,) = await sql("select id from {s}.person")
    async with db.transaction("platform") as session:
        await mail.queue(
            session, to=person["id"], template="password_link", link=mail.Sealed("http://x/secret")
        )
    waiting = await sql("select facts::text as facts from {s}.mail where template = 'password_link'")
    assert "secret" not in repr(waiting)
    await run_jobs()
    left = await sql("select facts, body from {s}.mail where template = 'password_link'")
    assert (left[0]["facts"], "http://x/secret" in left[0]["body"]) == ({}, True), (
        "the mailbox is the delivery"
    )


async def test_a_letter_that_opens_something_is_not_written_unsealed(client: Client) -> None:
    await registered(client)
    (person,) = await sql("select id from {s}.person")
    for template, facts in (
        ("password_link", {"link": "http://x/secret"}),
        ("space_invitation", {"link": "http://x", "invited_by": "x", "team": "x", "expires_at": None}),
    ):
        with pytest.raises(TypeError, match="seal"):
            async with db.transaction("platform") as session:
                await mail.queue(session, to=person["id"], template=template, **facts)


# -- while signed in -------------------------------------------------------------------------------------------------


async def test_a_recent_sign_in_changes_the_password_and_ends_the_other_sessions(
    client: Client, run_jobs: RunJobs, mailbox: Mailbox
) -> None:
    told, other = await registered(client), (await log_in(client)).json()
    assert (await change(client, told)).status_code == 204
    assert code(await refresh(client, other["refresh_token"])) == (401, "refresh_invalid")
    assert (await refresh(client, told["refresh_token"])).status_code == 200
    assert (await log_in(client, password=NEW)).status_code == 200
    await run_jobs()
    assert "password_changed" in [letter.template for letter in await mailbox()]


async def test_later_it_needs_the_old_password(client: Client, clock: Clock) -> None:
    told = await registered(client)
    await clock.advance(minutes=16)
    assert code(await change(client, told)) == (403, "recent_sign_in_needed")
    wrong = await change(client, told, current_password="a wrong guess")
    assert code(wrong) == (422, "password_wrong")
    assert wrong.json()["errors"][0]["field"] == "current_password"
    assert (await change(client, told, current_password=PASSWORD)).status_code == 204
    assert (await change(client, told, password="yet another sentence")).status_code == 204, "it was a proof"


async def test_who_is_signed_out_by_a_link_meanwhile_does_not_have_the_last_word(
    client: Client, run_jobs: RunJobs, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else holds a session. Its owner sets a password by a link just while that one sets another."""
    told = await registered(client)
    token, hash_of = await link(client, run_jobs, mailbox), passwords.hash_of

    async def slow(password: str) -> str:
        if password == NEW:
            assert (await reset(client, token, "the owner's own sentence")).status_code == 204
        return await hash_of(password)

    monkeypatch.setattr(passwords, "hash_of", slow)
    assert code(await change(client, told)) == (401, "token_invalid")
    assert (await log_in(client, password=NEW)).status_code == 401
    assert (await log_in(client, password="the owner's own sentence")).status_code == 200


async def test_guessing_the_old_password_is_throttled(client: Client, clock: Clock) -> None:
    told = await registered(client)
    await clock.advance(minutes=16)
    tried = [(await change(client, told, current_password="a wrong guess")).status_code for _ in range(6)]
    assert tried == [422] * 5 + [429]


async def test_the_new_password_may_not_be_guessable(client: Client) -> None:
    told = await registered(client)
    assert code(await change(client, told, password="qwertyuiop")) == (422, "password_guessable")
    assert (await log_in(client)).status_code == 200


async def test_a_demo_persons_security_stays_as_it_is(client: Client) -> None:
    told = (await client.post("/api/auth/demo", json={"role": "guest"})).json()
    tries = [
        ("PUT", "/api/auth/password", {"password": NEW}),
        ("POST", "/api/auth/totp", None),
        ("POST", "/api/auth/totp/verify", {"code": "123456"}),
        ("DELETE", "/api/auth/totp", None),
        ("POST", "/api/auth/totp/recovery-codes", None),
        ("POST", "/api/auth/passkeys/options", None),
    ]
    for method, path, body in tries:
        answer = await client.request(method, path, json=body, headers=bearer(told))
        assert code(answer) == (403, "demo_security_fixed"), path
