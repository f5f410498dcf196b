"""The network is cut in the middle of an act: before the request arrives, or on the answer's way back.

The page says what is true, pressing again neither doubles nor loses anything, and a reload tells the outcome.
"""

import re
from typing import Literal

import pytest
from playwright.async_api import Locator, Route, expect

from tests.browser import guest
from tests.browser.conftest import OpenWindow
from tests.browser.window import DESK, PHONE, Device, Window
from tests.deployment import Deployment
from tests.journeys import Journey, Someone, told, until

DAY = 86_400
Lost = Literal["request", "answer"]
BOTH = pytest.mark.parametrize(
    ("lost", "device"), [("request", PHONE), ("answer", DESK)], ids=["request-lost", "answer-lost"]
)


async def cut(window: Window, path: str, lost: Lost) -> None:
    """Lose the next POST to an address: nobody hears it, or it is heard and its answer is lost."""
    shape, done = re.compile(rf"{path}$"), False

    async def lose(route: Route) -> None:
        nonlocal done
        if done or route.request.method != "POST":
            await route.continue_()
            return
        done = True
        if lost == "answer":
            await route.fetch()
        await route.abort("connectionreset")

    await window.page.route(shape, lose)


async def _bookings(someone: Someone) -> list[dict[str, object]]:
    found: list[dict[str, object]] = told(await someone.http.get("/api/coocook/bookings"))["items"]
    return found


async def _says_that_nothing_came_back(window: Window) -> None:
    said = window.page.get_by_text(window.say("shell:error.noAnswer"))
    await expect(said.first).to_be_visible()


@BOTH
async def test_a_booking_survives_a_cut_at_each_step(
    open_window: OpenWindow, journey: Journey, lost: Lost, device: Device
) -> None:
    window, table = await open_window(device), await guest.open_table(journey)
    window.expected |= {409}
    page, say = window.page, window.say
    someone = await journey.sign_up("이서준")
    await guest.sign_in(window, someone)
    await window.go(f"/chefs/{table.kitchen.chef_id}")
    await guest.choose_time(window)
    await window.press(window.link("panel.book"))

    # Holding: the time is asked for again, and is one time.
    await cut(window, "/api/coocook/holds", lost)
    await window.press(window.button("book.keep"))
    await _says_that_nothing_came_back(window)
    await guest.hold(window)

    # Booking: what was typed is still there after a reload, and there is one booking of it.
    await cut(window, "/api/coocook/bookings", lost)
    await window.tick(window.named("checkbox", say("allergen.soy")))
    await window.tick(window.named("checkbox", say("details.acknowledge")))
    await window.press(window.button("details.next"))
    await _says_that_nothing_came_back(window)
    await page.reload()
    await expect(page.get_by_role("checkbox", name=say("allergen.soy"), exact=True)).to_be_checked()
    await window.press(window.button("details.next"))
    await expect(guest.pay_button(window)).to_be_visible()
    assert [booking["status"] for booking in await _bookings(someone)] == ["held"]

    # Paying: silence is not taken for a refusal, and the money moves once.
    await cut(window, "/api/payment/confirm", lost)
    await guest.choose_card(window, "ok")
    await window.press(guest.pay_button(window))
    if lost == "request":
        await window.sees("pay.silent")
        await page.reload()
        await guest.choose_card(window, "ok")
        await window.press(guest.pay_button(window))
    await expect(window.heading("done.confirmed")).to_be_visible()
    await page.reload()
    await expect(window.heading("done.confirmed")).to_be_visible()
    payments = told(await someone.http.get("/api/payment/"))["items"]
    assert [payment["status"] for payment in payments] == ["captured"]
    assert [booking["status"] for booking in await _bookings(someone)] == ["confirmed"]

    # Cancelling: done once, and the page says which.
    await window.press(window.link("done.see"))
    await window.press(window.button("action.cancel"))
    dialog = page.get_by_role("dialog", name=say("cancel.title"))
    await cut(window, r"/api/coocook/bookings/[\w-]+/cancel", lost)
    confirm = guest.cancel_button(window, dialog)
    await window.press(confirm)
    if lost == "request":
        await expect(dialog.get_by_text(say("shell:error.noAnswer"))).to_be_visible()
        await window.press(confirm)
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_text(say("status.cancelled"), exact=True)).to_be_visible()
    await page.reload()
    await expect(page.get_by_text(say("status.cancelled"), exact=True)).to_be_visible()
    assert [booking["status"] for booking in await _bookings(someone)] == ["cancelled"]


@BOTH
async def test_a_chefs_answer_and_a_review_survive_a_cut(
    open_window: OpenWindow, journey: Journey, deployment: Deployment, lost: Lost, device: Device
) -> None:
    table = await guest.open_table(journey, instant=False)
    someone = await journey.sign_up("김하늘")
    held = await journey.hold(someone, table.kitchen, (await journey.slots(table.kitchen))[2]["starts_at"])
    booking = await journey.book(someone, held["id"])
    told(await journey.pay(someone, booking), 200)
    await until(lambda: journey.booking(someone, booking["id"]), lambda b: b["status"] == "requested")

    desk = await open_window(device)
    desk.expected |= {409}
    page, say = desk.page, desk.say
    await guest.sign_in(desk, table.kitchen.chef)
    await desk.go("/chef/desk")
    accept = (
        page.get_by_role("article")
        .filter(has_text="김하늘")
        .get_by_role("button", name=say("desk:action.accept"), exact=True)
    )
    await cut(desk, rf"/bookings/{booking['id']}/transition", lost)
    await desk.press(accept)
    if lost == "request":
        await _says_that_nothing_came_back(desk)
        await desk.press(accept)
    await expect(accept).to_have_count(0)
    await expect(page.get_by_role("article").filter(has_text="김하늘")).to_be_visible()
    await until(lambda: journey.booking(someone, booking["id"]), lambda b: b["status"] == "confirmed")

    await deployment.shift_clock(5 * DAY)
    told(await journey.move(table.kitchen.chef, booking["id"], "complete"), 200)
    home = await open_window(device)
    home.expected |= {409}
    await guest.sign_in(home, someone)
    await home.go(f"/bookings/{booking['id']}")
    await home.press(home.button("action.review"))
    dialog = home.page.get_by_role("dialog", name=say("review.title"))
    await home.tick(dialog.get_by_role("radio", name=say("shell:rating.give", count=4), exact=True))
    await dialog.get_by_label(say("review.text"), exact=True).fill("국물이 깊고 따뜻했어요.")
    await cut(home, rf"/bookings/{booking['id']}/reviews", lost)
    await home.press(_send(dialog, home))
    if lost == "request":
        await expect(dialog.get_by_text(say("shell:error.noAnswer"))).to_be_visible()
        # What was written outlives even a reload.
        await home.page.reload()
        await expect(dialog.get_by_label(say("review.text"), exact=True)).to_have_value(
            "국물이 깊고 따뜻했어요."
        )
        await home.tick(dialog.get_by_role("radio", name=say("shell:rating.give", count=4), exact=True))
        await home.press(_send(dialog, home))
    await expect(dialog).to_have_count(0)
    await home.page.reload()
    await expect(home.page.get_by_text("국물이 깊고 따뜻했어요.")).to_be_visible()
    now = await journey.booking(someone, booking["id"])
    assert [review["by"] for review in now["reviews"]] == ["guest"]


def _send(dialog: Locator, window: Window) -> Locator:
    return dialog.get_by_role("button", name=window.say("review.send"), exact=True)
