"""One-time codes and recovery codes: a password alone no longer opens the account."""

import asyncio
from typing import Any

import httpx
import pyotp
import pytest

from softfactory.kernel import db
from softfactory.services.platform import challenges, settings
from softfactory.services.platform.tests.makers import (
    API,
    bearer,
    client_at,
    code,
    log_in,
    me,
    refresh,
    registered,
    sql,
)
from softfactory.testing import PASSWORD, Client, Clock


class App:
    """The app on a person's phone."""

    def __init__(self, secret: str, clock: Clock) -> None:
        self._totp, self._clock = pyotp.TOTP(secret), clock

    def code(self, periods: int = 0) -> str:
        return self._totp.generate_otp(int(self._clock.now().timestamp()) // 30 + periods)


async def post(client: Client, path: str, told: dict[str, Any], **body: Any) -> httpx.Response:
    return await client.post(f"/api/auth{path}", json=body or None, headers=bearer(told))


async def set_up(client: Client, told: dict[str, Any], clock: Clock) -> tuple[App, list[str]]:
    started = await post(client, "/totp", told)
    assert started.status_code == 200, started.text
    app = App(started.json()["secret"], clock)
    verified = await post(client, "/totp/verify", told, code=app.code())
    assert verified.status_code == 200, verified.text
    await clock.advance(seconds=60)
    return app, verified.json()["recovery_codes"]


async def challenge(client: Client) -> str:
    asked = await log_in(client)
    assert code(asked) == (401, "totp_required"), asked.text
    assert asked.json()["facts"]["expires_in"] == 300
    told: str = asked.json()["facts"]["challenge"]
    return told


async def finish(client: Client, token: str, given: str) -> httpx.Response:
    body = {"challenge": token, "code": given}
    return await client.post("/api/auth/login/code", json=body, headers=API)


async def test_with_an_app_signing_in_asks_for_its_code(client: Client, clock: Clock) -> None:
    app, _ = await set_up(client, await registered(client), clock)
    token = await challenge(client)
    done = await finish(client, token, app.code())
    assert done.status_code == 200, done.text
    assert set(done.json()) == {"access_token", "token_type", "expires_in", "user", "refresh_token"}
    assert (await me(client, done.json())).status_code == 200
    assert (await refresh(client, done.json()["refresh_token"])).status_code == 200
    assert code(await finish(client, token, app.code(1))) == (409, "challenge_ended"), "the step is over"


async def test_without_an_app_the_answer_of_a_sign_in_is_as_ever(client: Client) -> None:
    await registered(client)
    assert set(
        (
            await client.post("/api/auth/login", json={"email": "minji@example.com", "password": PASSWORD})
        ).json()
    ) == {
        "access_token",
        "token_type",
        "expires_in",
        "user",
    }


async def test_what_is_started_can_be_scanned_and_counts_only_once_confirmed(
    client: Client, clock: Clock
) -> None:
    told = await registered(client)
    first = (await post(client, "/totp", told)).json()
    assert first["otpauth_uri"].startswith("otpauth://totp/SoftFactory:minji%40example.com?secret=")
    assert first["qr_svg"].startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert (await log_in(client)).status_code == 200
    second = (await post(client, "/totp", told)).json()
    assert second["secret"] != first["secret"]
    old = App(first["secret"], clock)
    assert code(await post(client, "/totp/verify", told, code=old.code())) == (422, "code_wrong")
    assert (
        await post(client, "/totp/verify", told, code=App(second["secret"], clock).code())
    ).status_code == 200
    assert code(await post(client, "/totp", told)) == (409, "totp_already_on")
    assert code(await post(client, "/totp/verify", told, code="123456")) == (409, "totp_already_on")


async def test_the_secret_is_sealed_and_recovery_codes_are_hashes(client: Client, clock: Clock) -> None:
    told = await registered(client)
    secret = (await post(client, "/totp", told)).json()["secret"]
    codes = (await post(client, "/totp/verify", told, code=App(secret, clock).code())).json()[
        "recovery_codes"
    ]
    assert len(set(codes)) == 10
    kept = repr(await sql("select encode(secret_sealed, 'escape') as s from {s}.authenticator"))
    kept += repr(await sql("select encode(hash, 'escape') as h from {s}.recovery_code"))
    assert not any(bare in kept for each in (secret, *codes) for bare in (each, each.replace("-", "")))


async def test_a_code_is_good_once(client: Client, clock: Clock) -> None:
    app, _ = await set_up(client, await registered(client), clock)
    now = app.code()
    assert (await finish(client, await challenge(client), now)).status_code == 200
    assert code(await finish(client, await challenge(client), now)) == (422, "code_wrong")
    assert code(await finish(client, await challenge(client), app.code(-1))) == (422, "code_wrong"), (
        "nor an older"
    )
    assert (await finish(client, await challenge(client), app.code(1))).status_code == 200


async def test_the_code_that_set_it_up_is_used_too(client: Client, clock: Clock) -> None:
    told = await registered(client)
    app = App((await post(client, "/totp", told)).json()["secret"], clock)
    assert (await post(client, "/totp/verify", told, code=app.code())).status_code == 200
    assert code(await finish(client, await challenge(client), app.code())) == (422, "code_wrong")


async def test_clocks_may_differ_by_one_period(client: Client, clock: Clock) -> None:
    app, _ = await set_up(client, await registered(client), clock)
    await clock.advance(seconds=120)
    assert code(await finish(client, await challenge(client), app.code(-2))) == (422, "code_wrong")
    assert code(await finish(client, await challenge(client), app.code(2))) == (422, "code_wrong")
    assert (await finish(client, await challenge(client), app.code(-1))).status_code == 200
    assert (await finish(client, await challenge(client), app.code(1))).status_code == 200


async def test_of_two_with_one_code_at_once_one_gets_in(client: Client, clock: Clock) -> None:
    app, _ = await set_up(client, await registered(client), clock)
    tokens = [await challenge(client) for _ in range(4)]
    answers = await asyncio.gather(*(finish(client, token, app.code()) for token in tokens))
    assert sorted(answer.status_code for answer in answers) == [200, 422, 422, 422]


async def test_a_challenge_lasts_five_minutes_and_a_new_password_ends_it(
    client: Client, clock: Clock
) -> None:
    told = await registered(client)
    app, _ = await set_up(client, told, clock)
    token = await challenge(client)
    await clock.advance(minutes=5, seconds=1)
    assert code(await finish(client, token, app.code())) == (409, "challenge_ended")
    token = await challenge(client)
    await post(client, "/confirm", told, password=PASSWORD)
    changed = await client.put(
        "/api/auth/password", json={"password": "a new long sentence"}, headers=bearer(told)
    )
    assert changed.status_code == 204
    assert code(await finish(client, token, app.code())) == (409, "challenge_ended")
    assert code(await finish(client, "sfc_of_nobody", "123456")) == (409, "challenge_ended")
    await clock.advance(hours=2)
    async with db.transaction("platform") as session:
        await challenges.forget(session)
    assert await sql("select id from {s}.challenge") == []


async def test_a_wrong_code_can_be_tried_again_but_not_for_ever(
    app: Any, client: Client, clock: Clock
) -> None:
    phone, _ = await set_up(client, await registered(client), clock)
    token = await challenge(client)
    tried = await asyncio.gather(*(finish(client, token, "000000") for _ in range(12)))
    assert sorted(answer.status_code for answer in tried) == [422] * 5 + [429] * 7, "at once or in a row"
    throttled = await finish(client, token, phone.code())
    assert code(throttled) == (429, "too_many_codes")
    assert 200 < int(throttled.headers["retry-after"]) <= 300
    async with client_at(app, "203.0.113.9") as elsewhere:
        assert (await finish(elsewhere, token, phone.code())).status_code == 200


async def test_codes_are_throttled_from_everywhere_together(
    app: Any, client: Client, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SF_CODE_ATTEMPTS_ACCOUNT", "6")
    settings.accounts.cache_clear()
    phone, _ = await set_up(client, await registered(client), clock)
    token = await challenge(client)
    tried = []
    for n in range(4):
        async with client_at(app, f"203.0.113.{n}") as attacker:
            tried += [(await finish(attacker, token, "000000")).status_code for _ in range(2)]
    assert tried == [422] * 6 + [429] * 2
    assert code(await finish(client, token, phone.code())) == (429, "too_many_codes")
    settings.accounts.cache_clear()


async def test_right_codes_are_not_counted(client: Client, clock: Clock) -> None:
    phone, _ = await set_up(client, await registered(client), clock)
    for _ in range(7):
        assert (await finish(client, await challenge(client), phone.code())).status_code == 200
        await clock.advance(seconds=31)


async def test_a_recovery_code_opens_once_and_says_so(
    client: Client, clock: Clock, run_jobs: Any, mailbox: Any
) -> None:
    told = await registered(client)
    _, codes = await set_up(client, told, clock)
    typed = f" {codes[3].lower().replace('-', ' ')} "
    done = await finish(client, await challenge(client), typed)
    assert done.status_code == 200, "however it is typed"
    assert code(await finish(client, await challenge(client), codes[3])) == (422, "code_wrong")
    ways = await client.get("/api/auth/ways", headers=bearer(told))
    assert ways.json() == {
        "password": True,
        "totp": True,
        "passkeys": 0,
        "recovery_codes_left": 9,
        "demo": False,
    }
    await run_jobs()
    letters = [letter for letter in await mailbox() if letter.template == "recovery_code_used"]
    assert ["Codes left: 9." in letter.body for letter in letters] == [True]


async def test_of_two_with_one_recovery_code_at_once_one_gets_in(client: Client, clock: Clock) -> None:
    _, codes = await set_up(client, await registered(client), clock)
    tokens = [await challenge(client) for _ in range(3)]
    answers = await asyncio.gather(*(finish(client, token, codes[0]) for token in tokens))
    assert sorted(answer.status_code for answer in answers) == [200, 422, 422]


async def test_somebody_elses_codes_open_nothing(client: Client, clock: Clock) -> None:
    mine, theirs = await registered(client), await registered(client, "other@example.com")
    await set_up(client, mine, clock)
    app, codes = await set_up(client, theirs, clock)
    token = await challenge(client)
    assert code(await finish(client, token, codes[0])) == (422, "code_wrong")
    assert code(await finish(client, token, app.code())) == (422, "code_wrong")


async def test_new_recovery_codes_end_the_old_ones(client: Client, clock: Clock) -> None:
    told = await registered(client)
    assert code(await post(client, "/totp/recovery-codes", told)) == (404, "totp_not_on")
    _, old = await set_up(client, told, clock)
    new = (await post(client, "/totp/recovery-codes", told)).json()["recovery_codes"]
    assert not set(old) & set(new)
    assert code(await finish(client, await challenge(client), old[0])) == (422, "code_wrong")
    assert (await finish(client, await challenge(client), new[0])).status_code == 200


async def test_without_the_app_a_password_is_enough_again(
    client: Client, clock: Clock, run_jobs: Any, mailbox: Any
) -> None:
    told = await registered(client)
    assert code(await client.delete("/api/auth/totp", headers=bearer(told))) == (404, "totp_not_on")
    await set_up(client, told, clock)
    assert (await client.delete("/api/auth/totp", headers=bearer(told))).status_code == 204
    assert (await log_in(client)).status_code == 200
    assert await sql("select id from {s}.recovery_code") == []
    await run_jobs()
    assert {"totp_on", "totp_off"} <= {letter.template for letter in await mailbox()}


async def test_changing_it_needs_a_recent_sign_in_which_a_code_proves(client: Client, clock: Clock) -> None:
    told = await registered(client)
    app, _ = await set_up(client, told, clock)
    await clock.advance(minutes=15)
    needed = (403, "recent_sign_in_needed")
    assert code(await client.delete("/api/auth/totp", headers=bearer(told))) == needed
    assert code(await post(client, "/totp/recovery-codes", told)) == needed
    assert code(await post(client, "/totp", told)) == needed
    assert code(await post(client, "/totp/verify", told, code="123456")) == needed
    assert code(await post(client, "/confirm", told, code="000000")) == (422, "code_wrong")
    now = app.code()
    assert (await post(client, "/confirm", told, code=now)).status_code == 200
    assert code(await post(client, "/confirm", told, code=now)) == (422, "code_wrong"), "good once, here too"
    assert (await client.delete("/api/auth/totp", headers=bearer(told))).status_code == 204


async def test_guesses_while_confirming_are_throttled(client: Client, clock: Clock) -> None:
    told = await registered(client)
    await set_up(client, told, clock)
    tried = [(await post(client, "/confirm", told, code="000000")).status_code for _ in range(6)]
    assert tried == [422] * 5 + [429]
