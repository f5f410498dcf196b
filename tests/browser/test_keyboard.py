"""From the list to a paid booking without a mouse."""

import re

from playwright.async_api import Locator, expect

from tests.browser import guest
from tests.browser.conftest import OpenWindow
from tests.browser.window import DESK, Window
from tests.journeys import Journey

STOPS = 120
"""More Tab presses than any of these pages has stops: further means unreachable."""

_FOCUS = """
(wanted) => ({
  arrived: document.activeElement === wanted,
  seen: document.activeElement.matches(":focus-visible"),
})
"""


async def _tab_to(window: Window, wanted: Locator) -> None:
    """Press Tab until the focus is there, as somebody who sees where it is."""
    await expect(wanted).to_have_count(1)
    handle = await wanted.element_handle()
    for _ in range(STOPS):
        await window.page.keyboard.press("Tab")
        focus = await window.page.evaluate(_FOCUS, handle)
        if focus["arrived"]:
            assert focus["seen"], f"the focus on {wanted} cannot be seen"
            return
    raise AssertionError(f"{wanted} cannot be reached by Tab")


async def test_a_booking_is_made_and_paid_with_the_keyboard_alone(
    open_window: OpenWindow, journey: Journey
) -> None:
    window = await open_window(DESK)
    table = await guest.open_table(journey)
    page, say, keys = window.page, window.say, window.page.keyboard
    await window.go("/sign-up")
    await guest.sign_up(window, "한지민")

    await window.go("/chefs")
    await _tab_to(window, page.get_by_role("searchbox", name=say("list.search")))
    await keys.type(table.name)
    await expect(page.get_by_text(say("list.count", count=1, shown=1), exact=True)).to_be_visible()
    await _tab_to(window, page.get_by_role("main").get_by_role("link"))
    await keys.press("Enter")

    await expect(window.heading("chef.menus")).to_be_visible()
    await _tab_to(window, window.named("button", say.like("calendar.soonest")))
    await keys.press("Enter")
    slot = page.get_by_role("group", name=say("calendar.part.evening")).get_by_role("button").first
    await _tab_to(window, slot)
    await keys.press("Space")
    await _tab_to(window, window.link("panel.book"))
    await keys.press("Enter")

    await _tab_to(window, window.button("book.keep"))
    await keys.press("Enter")
    await expect(window.heading("details.allergies")).to_be_visible()
    await _tab_to(window, window.named("checkbox", say("allergen.soy")))
    await keys.press("Space")
    await _tab_to(window, window.named("checkbox", say("details.acknowledge")))
    await keys.press("Space")
    await _tab_to(window, page.get_by_role("textbox", name=say("details.note")))
    await keys.type("An induction hob.")
    await _tab_to(window, window.button("details.next"))
    await keys.press("Enter")

    await expect(guest.pay_button(window)).to_be_visible()
    await _tab_to(window, page.get_by_role("radio", name=re.compile(f"^{say('pay.card.ok.name')} ")))
    await _tab_to(window, guest.pay_button(window))
    await keys.press("Enter")
    await expect(window.heading("done.confirmed")).to_be_visible()
    await expect(window.heading("done.confirmed")).to_be_focused()
    await _tab_to(window, window.link("done.see"))
    await keys.press("Enter")
    await expect(page.get_by_text(say("status.confirmed"), exact=True)).to_be_visible()
