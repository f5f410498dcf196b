"""From the list to a paid booking and back, and a chef's answer, without a mouse, at both widths."""

import re
from dataclasses import replace

import pytest
from playwright.async_api import Locator, expect

from tests.browser import guest
from tests.browser.conftest import OpenWindow
from tests.browser.window import DESK, Device, Window
from tests.journeys import Journey, told, until

NARROW = replace(DESK, name="narrow-ko", width=360, height=780, language="ko", zone="Asia/Seoul")
"""A small window, or a large one that is magnified: no finger, but the phone's layout."""
WIDTHS = pytest.mark.parametrize("device", [DESK, NARROW], ids=lambda device: device.name)

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


@WIDTHS
async def test_a_booking_is_made_paid_and_cancelled_with_the_keyboard_alone(
    open_window: OpenWindow, journey: Journey, device: Device
) -> None:
    window = await open_window(device)
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

    # Cancelling: the focus stays in the dialog, Escape leaves it as it was, and afterwards it stands on the page.
    await _tab_to(window, window.button("action.cancel"))
    await keys.press("Enter")
    dialog = page.get_by_role("dialog", name=say("cancel.title"))
    await _tab_to(window, dialog.get_by_role("button", name=say("cancel.keep"), exact=True))
    await keys.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(window.button("action.cancel")).to_be_focused()
    await keys.press("Enter")
    await _tab_to(window, dialog.get_by_label(say("cancel.reason"), exact=True))
    await keys.type("Other plans")
    await _tab_to(window, guest.cancel_button(window, dialog))
    await keys.press("Enter")
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_text(say("status.cancelled"), exact=True)).to_be_visible()
    await _tab_to(window, window.link("booking.toChef"))


@WIDTHS
async def test_a_request_is_declined_or_accepted_with_the_keyboard_alone(
    open_window: OpenWindow, journey: Journey, device: Device
) -> None:
    table = await guest.open_table(journey, instant=False)
    someone = await journey.sign_up("정민준")
    held = await journey.hold(someone, table.kitchen, (await journey.slots(table.kitchen))[1]["starts_at"])
    booking = await journey.book(someone, held["id"])
    told(await journey.pay(someone, booking), 200)
    await until(lambda: journey.booking(someone, booking["id"]), lambda b: b["status"] == "requested")

    window = await open_window(device)
    page, keys = window.page, window.page.keyboard
    await guest.sign_in(window, table.kitchen.chef)
    await window.go("/chef/desk")
    decline = window.button("desk:action.decline")
    await _tab_to(window, decline)
    await keys.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await keys.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(decline).to_be_focused()

    accept = window.button("desk:action.accept")
    await _tab_to(window, accept)
    await keys.press("Enter")
    await expect(accept).to_have_count(0)
    await until(lambda: journey.booking(someone, booking["id"]), lambda b: b["status"] == "confirmed")
