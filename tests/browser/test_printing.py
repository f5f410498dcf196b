"""A booking on paper: who, when and what it costs, without what could be pressed, dark on white in either scheme."""

from playwright.async_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.window import DESK
from tests.journeys import Journey, told


async def test_a_printed_booking_can_be_read(open_window: OpenWindow, journey: Journey) -> None:
    window = await open_window(DESK)  # the dark scheme
    await window.go("/sign-in")
    await window.press(window.page.get_by_role("button", name=window.say("platform:demo.guest.name")))
    await expect(
        window.page.get_by_role("button", name=window.say.like("shell:account.menu"))
    ).to_be_visible()
    someone = await journey.demo("guest")
    booking = told(await someone.http.get("/api/coocook/bookings"))["items"][0]
    await window.go(f"/bookings/{booking['id']}")
    page = window.page
    title = page.get_by_role("heading", level=1)
    await expect(title).to_be_visible()
    await page.emulate_media(media="print")
    await expect(title).to_be_visible()
    await expect(page.get_by_role("banner")).to_be_hidden()
    await expect(page.get_by_role("contentinfo")).to_be_hidden()
    await expect(page.get_by_role("button")).to_have_count(0)
    await expect(title).to_have_css("color", "rgb(0, 0, 0)")
    await expect(page.get_by_role("main")).to_contain_text(window.say.won(booking["price"]["amount"]))
