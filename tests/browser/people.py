"""Signing in, for whoever came through the API."""

from playwright.async_api import expect

from tests.browser.window import Window
from tests.journeys import PASSWORD, Someone, told


async def sign_in(window: Window, someone: Someone) -> None:
    """Somebody who came through the API signs in on the page."""
    page, say = window.page, window.say
    email = told(await someone.http.get("/api/users/me"))["email"]
    await window.go("/sign-in")
    await page.get_by_label(say("platform:field.email"), exact=True).fill(email)
    await page.get_by_label(say("platform:field.password"), exact=True).fill(PASSWORD)
    await window.press(
        page.get_by_role("main").get_by_role("button", name=say("platform:signIn.submit"), exact=True)
    )
    await expect(page.get_by_role("button", name=say.like("shell:account.menu"))).to_be_visible()
