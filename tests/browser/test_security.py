"""Passkeys, one-time codes and a forgotten password, as people meet them."""

import re
import time
from collections.abc import AsyncIterator
from uuid import uuid4

import asyncpg
import pyotp
import pytest_asyncio
from playwright.async_api import CDPSession, expect

from tests.browser import guest
from tests.browser.conftest import OpenWindow
from tests.browser.inspection import faults
from tests.browser.window import Device, Window
from tests.deployment import Deployment
from tests.journeys import PASSWORD


@pytest_asyncio.fixture(loop_scope="session")
async def window(open_window: OpenWindow, device: Device, deployment: Deployment) -> AsyncIterator[Window]:
    """At the site's name: browsers keep passkeys for names only. The clock is put right afterwards."""
    opened = await open_window(device)
    opened.site = opened.site.replace("127.0.0.1", "localhost")
    yield opened
    await deployment.shift_clock(0)


async def plug_in(window: Window) -> tuple[CDPSession, str]:
    """A device with a fingerprint reader, whose owner always agrees."""
    cdp = await window.page.context.new_cdp_session(window.page)
    await cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = await cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return cdp, made["authenticatorId"]


async def sign_up(window: Window) -> tuple[str, str]:
    """A new person's address and name."""
    name = f"서지우 {uuid4().hex[:6]}"
    await window.go("/sign-up")
    await guest.sign_up(window, name)
    await window.go("/account")
    email = await window.page.get_by_text(re.compile(r"^[0-9a-f]{12}@example\.com$")).inner_text()
    return email, name


async def sign_out(window: Window) -> None:
    await window.press(window.page.get_by_role("button", name=window.say.like("shell:account.menu")))
    await window.press(window.page.get_by_role("menuitem", name=window.say("shell:account.signOut")))
    await expect(window.page.get_by_role("button", name=window.say.like("shell:account.menu"))).to_have_count(
        0
    )


async def give_password(window: Window, email: str) -> None:
    await window.go("/sign-in")
    await window.page.get_by_label(window.say("platform:field.email"), exact=True).fill(email)
    await window.page.get_by_label(window.say("platform:field.password"), exact=True).fill(PASSWORD)
    await window.press(
        window.page.get_by_role("main").get_by_role(
            "button", name=window.say("platform:signIn.submit"), exact=True
        )
    )


async def is_in(window: Window, name: str) -> None:
    await expect(window.button("shell:account.menu", name=name)).to_be_visible()


async def test_a_passkey_is_added_and_signs_in_by_itself(window: Window) -> None:
    cdp, reader = await plug_in(window)
    _, name = await sign_up(window)
    await window.go("/account?tab=security")
    await window.press(window.button("security:passkeys.add"))
    await expect(window.page.get_by_text(window.say.like("security:passkeys.unused"))).to_be_visible()
    held = await cdp.send("WebAuthn.getCredentials", {"authenticatorId": reader})
    assert [each["isResidentCredential"] for each in held["credentials"]] == [True]
    assert await faults(window, "security") == []

    # Nobody agrees for now: neither the suggestion nor the button may sign in by itself.
    switch = {"authenticatorId": reader, "enabled": False}
    await cdp.send("WebAuthn.setAutomaticPresenceSimulation", switch)
    await sign_out(window)
    await window.go("/sign-in")
    await expect(window.button("sign-in:withPasskey")).to_be_visible()
    await window.quiet()  # the suggestion has asked by now, and is not answered any more
    await cdp.send("WebAuthn.setAutomaticPresenceSimulation", {**switch, "enabled": True})
    await window.press(window.button("sign-in:withPasskey"))
    await is_in(window, name)

    await window.go("/account?tab=security")
    await expect(window.page.get_by_text(window.say.like("security:passkeys.used"))).to_be_visible()
    await window.press(window.page.get_by_role("button", name=window.say.like("security:passkeys.removeOf")))
    await window.press(
        window.page.get_by_role("dialog").get_by_role(
            "button", name=window.say("security:passkeys.remove"), exact=True
        )
    )
    await window.sees("security:passkeys.none")


async def test_an_app_and_a_recovery_code_complete_a_sign_in(window: Window, deployment: Deployment) -> None:
    window.expected |= {401, 403, 422}
    page, say = window.page, window.say
    email, name = await sign_up(window)
    await window.go("/account?tab=security")
    await window.press(window.button("security:totp.start"))
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("img", name=say("security:setup.qr"))).to_be_visible()
    app = pyotp.TOTP((await dialog.locator("code").inner_text()).replace(" ", ""))
    await dialog.get_by_label(say("security:setup.code"), exact=True).fill(app.now())
    await window.press(dialog.get_by_role("button", name=say("security:setup.submit"), exact=True))
    await expect(dialog.get_by_role("listitem")).to_have_count(10)
    codes = await dialog.get_by_role("listitem").all_inner_texts()
    async with page.expect_download() as download:
        await window.press(dialog.get_by_role("button", name=say("security:codes.download"), exact=True))
    assert codes[9] in (await (await download.value).path()).read_text()
    await window.press(dialog.get_by_role("button", name=say("security:codes.done"), exact=True))
    await expect(page.get_by_text(say("security:totp.on"), exact=True)).to_be_visible()

    await sign_out(window)
    await give_password(window, email)
    await expect(window.heading("sign-in:code.title")).to_be_visible()
    assert await faults(window, "code") == []
    field = page.get_by_label(say("sign-in:code.code"), exact=True)
    await field.fill("000000")
    await expect(page.get_by_text(re.compile("다음 코드가|Wait for the next"))).to_be_visible()
    await field.fill(app.generate_otp(int(time.time()) // 30 + 1))  # the one before set the app up
    await is_in(window, name)

    await sign_out(window)
    await give_password(window, email)
    await window.press(window.button("sign-in:code.useRecovery"))
    await page.get_by_label(say("sign-in:code.recovery"), exact=True).fill(codes[2].lower())
    await window.press(window.button("sign-in:code.submit"))
    await is_in(window, name)

    await deployment.shift_clock(16 * 60)
    await window.go("/account?tab=security")
    await window.sees("security:codes.left", count=9)
    await window.press(window.button("security:totp.remove"))
    await window.press(dialog.get_by_role("button", name=say("security:totp.removeConfirm"), exact=True))
    await expect(page.get_by_role("dialog", name=say("step-up:title"))).to_be_visible()
    await page.get_by_role("textbox", name=say("step-up:password")).fill(PASSWORD)
    await window.press(window.button("step-up:submit"))
    await expect(window.button("security:totp.start")).to_be_visible()


async def test_a_forgotten_password_is_set_by_the_letters_link(
    window: Window, deployment: Deployment
) -> None:
    window.expected |= {409}
    page, say = window.page, window.say
    email, name = await sign_up(window)
    await sign_out(window)
    await window.go("/sign-in")
    await window.press(window.link("sign-in:forgot"))
    await expect(window.heading("sign-in:forgotPage.title")).to_be_visible()
    await page.get_by_label(say("platform:field.email"), exact=True).fill(email)
    await window.press(window.button("sign-in:forgotPage.submit"))
    await expect(window.heading("sign-in:sent.title")).to_be_visible()
    assert await faults(window, "sent") == []
    link = await _link_in_letter(deployment, email)

    await window.go(link)
    await page.get_by_label(say("sign-in:reset.password"), exact=True).fill("a quite different sentence")
    await window.press(window.button("sign-in:reset.submit"))
    await expect(window.heading("sign-in:reset.done")).to_be_visible()
    await window.go(link)
    await expect(window.heading("sign-in:linkEnded.title")).to_be_visible()
    assert await faults(window, "ended") == []
    await window.press(window.link("sign-in:linkEnded.again"))
    await expect(window.heading("sign-in:forgotPage.title")).to_be_visible()
    assert name


async def _link_in_letter(deployment: Deployment, email: str) -> str:
    connection = await asyncpg.connect(deployment.admin_urls[0])
    try:
        for _ in range(100):
            body = await connection.fetchval(
                "select body from platform.mail where to_address = $1 and template = 'password_link'", email
            )
            if body:
                found = re.search(r"(/reset\?token=\S+)", body)
                assert found
                return found[1]
            await connection.execute("select pg_sleep(0.2)")
    finally:
        await connection.close()
    raise AssertionError("no letter came")
