"""Where one is signed in, in words; a device that was never seen is told of by letter; and what the audit keeps."""

import re
from typing import Any

import pytest

from softfactory.services.platform.places import device_of
from softfactory.services.platform.tests.fake_passkeys import FakeDevice, add_passkey
from softfactory.services.platform.tests.makers import (
    API,
    bearer,
    client_at,
    code,
    log_in,
    refresh,
    registered,
    sql,
)
from softfactory.testing import PASSWORD, Client, client_of

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Mobile/15E148 Safari/604.1"
)
AGENTS = {
    CHROME: ("Chrome", "Windows", False),
    CHROME + " Edg/142.0": ("Edge", "Windows", False),
    CHROME + " Whale/4.30": ("Whale", "Windows", False),
    IPHONE: ("Safari", "iOS", True),
    IPHONE + " KAKAOTALK 25.1": ("KakaoTalk", "iOS", True),
    IPHONE.replace("Version/18.0", "CriOS/142.0"): ("Chrome", "iOS", True),
    "Mozilla/5.0 (Linux; Android 15; SM-S921N) SamsungBrowser/27.0 Chrome/125.0 Mobile Safari/537.36": (
        "Samsung Internet",
        "Android",
        True,
    ),
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 15.1; rv:133.0) Gecko/20100101 Firefox/133.0": (
        "Firefox",
        "macOS",
        False,
    ),
    "curl/8.5.0": ("curl", None, False),
    "": (None, None, False),
    "Mozilla/5.0": (None, None, False),
}


@pytest.mark.parametrize("agent", AGENTS, ids=lambda agent: agent[-40:] or "none")
def test_a_device_has_the_name_that_people_give_it(agent: str) -> None:
    device = device_of(agent)
    assert (device.browser, device.system, device.handheld) == AGENTS[agent]


async def letters(run_jobs: Any, mailbox: Any) -> list[str]:
    await run_jobs()
    return [letter.body for letter in await mailbox() if letter.template == "new_sign_in"]


async def test_an_unknown_device_is_told_of_once(
    app: Any, client: Client, run_jobs: Any, mailbox: Any
) -> None:
    await registered(client)
    await log_in(client)
    assert await letters(run_jobs, mailbox) == [], "this place is known"
    async with client_at(app, "203.0.113.9") as elsewhere:
        elsewhere.headers["User-Agent"] = CHROME
        for _ in range(2):
            assert (await log_in(elsewhere)).status_code == 200
    (told,) = await letters(run_jobs, mailbox)
    assert "Device: Chrome · Windows\n" in told
    assert "http://test/account?tab=sessions" in told


async def test_a_browser_is_known_by_its_cookie_wherever_it_goes(
    app: Any, client: Client, run_jobs: Any, mailbox: Any
) -> None:
    wish = {"email": "minji@example.com", "password": PASSWORD, "name": "김민지"}
    entered = await client.post("/api/auth/register", json=wish)
    cookie = next(c for c in entered.headers.get_list("set-cookie") if c.startswith("sf_device="))
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/api/auth" in cookie
    async with client_at(app, "203.0.113.9") as elsewhere:
        elsewhere.cookies.set("sf_device", client.cookies["sf_device"])
        await elsewhere.post("/api/auth/login", json={"email": "minji@example.com", "password": PASSWORD})
    assert await letters(run_jobs, mailbox) == []
    async with client_at(app, "203.0.113.9") as thief:
        thief.headers["User-Agent"] = CHROME
        thief.cookies.set("sf_device", "made-up")
        wish = {"email": "minji@example.com", "password": PASSWORD}
        given = (await thief.post("/api/auth/login", json=wish)).headers.get_list("set-cookie")
        assert any(re.match(r"sf_device=[A-Za-z0-9_-]{32};", cookie) for cookie in given), (
            "a made-up one is replaced"
        )
    assert len(await letters(run_jobs, mailbox)) == 1


async def test_one_persons_browser_is_new_to_another(
    app: Any, client: Client, run_jobs: Any, mailbox: Any
) -> None:
    for email in ("minji@example.com", "other@example.com"):
        await registered(client, email)
    async with client_at(app, "203.0.113.9") as shared:
        shared.headers["User-Agent"] = CHROME
        for email in ("minji@example.com", "other@example.com"):
            await shared.post("/api/auth/login", json={"email": email, "password": PASSWORD})
    assert len(await letters(run_jobs, mailbox)) == 2
    marks = await sql("select distinct device from {s}.login_session where device is not null")
    assert len(marks) == 2, "the rows do not tell which people share a browser"


async def test_strangers_in_a_demo_get_no_letters(
    app: Any, client: Client, run_jobs: Any, mailbox: Any
) -> None:
    for address in ("203.0.113.9", "203.0.113.10"):
        async with client_at(app, address) as visitor:
            await visitor.post("/api/auth/demo", json={"role": "guest"})
    assert await letters(run_jobs, mailbox) == []


async def test_every_way_of_signing_in_counts(app: Any, client: Client, run_jobs: Any, mailbox: Any) -> None:
    told = await registered(client)
    device = FakeDevice()
    await add_passkey(client_of(app, told["access_token"]), device)
    async with client_at(app, "203.0.113.9") as elsewhere:
        elsewhere.headers["User-Agent"] = CHROME
        asked = (await elsewhere.post("/api/auth/passkeys/sign-in/options")).json()
        await elsewhere.post(
            "/api/auth/passkeys/sign-in", json={"credential": device.answer(asked)}, headers=API
        )
    assert len(await letters(run_jobs, mailbox)) == 1


async def test_all_other_devices_are_signed_out_at_once(client: Client) -> None:
    told = await registered(client)
    others = [(await log_in(client)).json() for _ in range(2)]
    stranger = await registered(client, "other@example.com")
    assert (await client.delete("/api/auth/sessions", headers=bearer(told))).status_code == 204
    listed = (await client.get("/api/auth/sessions", headers=bearer(told))).json()["items"]
    assert [(item["current"], item["device"]["browser"]) for item in listed] == [(True, "python-httpx")]
    assert [code(await refresh(client, each["refresh_token"]))[1] for each in others] == [
        "refresh_invalid"
    ] * 2
    assert (await refresh(client, told["refresh_token"])).status_code == 200
    assert (await refresh(client, stranger["refresh_token"])).status_code == 200


async def test_strangers_in_a_demo_do_not_sign_each_other_out(client: Client) -> None:
    mine, theirs = [
        (await client.post("/api/auth/demo", json={"role": "guest"}, headers=API)).json() for _ in range(2)
    ]
    assert (await client.delete("/api/auth/sessions", headers=bearer(mine))).status_code == 204
    assert (await refresh(client, theirs["refresh_token"])).status_code == 200


async def test_the_audit_keeps_what_was_done_to_an_accounts_security(app: Any, client: Client) -> None:
    told = await registered(client)
    http = client_of(app, told["access_token"])
    added = await add_passkey(http)
    await http.delete(f"/api/auth/passkeys/{added['id']}")
    await http.put("/api/auth/password", json={"password": "a quite different sentence"})
    await http.delete("/api/auth/sessions")
    kept = await sql("select act, actor_id, subject_id from {s}.audit_entry order by created_at, id")
    acts = [row["act"] for row in kept]
    wanted = [
        "passkey.added",
        "passkey.removed",
        "session.others_ended",
        "password.changed",
        "session.others_ended",
    ]
    assert acts == wanted
    assert {str(row[who]) for row in kept for who in ("actor_id", "subject_id")} == {told["user"]["id"]}
