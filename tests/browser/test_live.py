"""What one person does shows on the other's open screen without a reload, and nothing is missed while offline."""

from typing import Any

from playwright.async_api import expect

from tests.browser import guest
from tests.browser.conftest import OpenWindow
from tests.browser.window import DESK, PHONE, Window
from tests.journeys import Journey, Someone, told, until


async def _requested(journey: Journey) -> tuple[guest.Table, Someone, dict[str, Any]]:
    """A paid request that waits for the chef's answer."""
    table = await guest.open_table(journey, instant=False)
    someone = await journey.sign_up("김하늘")
    slot = (await journey.slots(table.kitchen))[2]
    booking = await journey.book(
        someone, (await journey.hold(someone, table.kitchen, slot["starts_at"]))["id"]
    )
    told(await journey.pay(someone, booking), 200)
    await until(lambda: journey.booking(someone, booking["id"]), lambda b: b["status"] == "requested")
    return table, someone, booking


async def _mark(window: Window) -> None:
    """A mark that a reload would wipe out."""
    await window.page.evaluate("window.notReloaded = true")


async def _is_the_same_page(window: Window) -> bool:
    return bool(await window.page.evaluate("window.notReloaded === true"))


async def test_a_guests_open_booking_changes_when_the_chef_accepts(
    open_window: OpenWindow, journey: Journey
) -> None:
    table, someone, booking = await _requested(journey)
    home, desk = await open_window(PHONE), await open_window(DESK)
    await guest.sign_in(home, someone)
    await home.go(f"/bookings/{booking['id']}")
    await expect(home.page.get_by_text(home.say("status.requested"), exact=True).first).to_be_visible()
    await _mark(home)

    await guest.sign_in(desk, table.kitchen.chef)
    await desk.go("/chef/desk")
    request = desk.page.get_by_role("article").filter(has_text="김하늘")
    await desk.press(request.get_by_role("button", name=desk.say("desk:action.accept"), exact=True))
    await desk.press(desk.page.get_by_role("button", name=desk.say.like("shell:bell.unread")))
    asked = desk.page.get_by_role("link", name=desk.say.like("live:booking.chef.requested"))
    await expect(asked).to_contain_text("김하늘")
    await desk.page.keyboard.press("Escape")

    await expect(home.page.get_by_text(home.say("status.confirmed"), exact=True).first).to_be_visible()
    assert await _is_the_same_page(home)

    bell = home.page.get_by_role("button", name=home.say.like("shell:bell.unread"))
    await expect(bell).to_be_visible()
    await home.press(bell)
    panel = home.page.get_by_role("dialog", name=home.say("shell:bell.title"))
    sentence = panel.get_by_role("link", name=home.say.like("live:booking.guest.confirmed"))
    await expect(sentence).to_be_visible()
    await expect(sentence).to_contain_text(f"{table.name} 셰프")
    await expect(home.named("button", home.say("shell:bell.open"))).to_be_visible()  # looking reads them
    await home.press(sentence)
    await expect(panel).to_have_count(0)
    await expect(home.page.get_by_text(home.say("status.confirmed"), exact=True).first).to_be_visible()


async def test_what_happens_while_offline_is_there_when_the_connection_is_back(
    open_window: OpenWindow, journey: Journey
) -> None:
    table, someone, booking = await _requested(journey)
    home = await open_window(PHONE)
    await guest.sign_in(home, someone)
    await home.go(f"/bookings/{booking['id']}")
    await expect(home.page.get_by_text(home.say("status.requested"), exact=True).first).to_be_visible()
    await _mark(home)

    await home.page.context.set_offline(True)
    await home.sees("shell:offline")
    told(await journey.move(table.kitchen.chef, booking["id"], "accept"), 200)
    told(await table.kitchen.chef.http.post(f"/api/coocook/bookings/{booking['id']}/cancel", json={}), 200)
    await expect(home.page.get_by_text(home.say("status.requested"), exact=True).first).to_be_visible()

    await home.page.context.set_offline(False)
    await home.sees("shell:returned")
    await expect(home.page.get_by_text(home.say("status.cancelled"), exact=True).first).to_be_visible()
    assert await _is_the_same_page(home)
    await expect(home.page.get_by_text(home.say("shell:returned"), exact=True)).to_have_count(0)


async def test_tabs_of_one_browser_share_a_stream_and_all_of_them_change(
    open_window: OpenWindow, journey: Journey
) -> None:
    table, someone, booking = await _requested(journey)
    home = await open_window(DESK)
    await guest.sign_in(home, someone)
    await home.go(f"/bookings/{booking['id']}")
    status = home.say("status.requested")
    await expect(home.page.get_by_text(status, exact=True).first).to_be_visible()
    second = await home.page.context.new_page()
    streams: list[str] = []
    second.on("request", lambda request: streams.append(request.url) if "/api/live?" in request.url else None)
    await second.goto(f"{home.site}/bookings/{booking['id']}")
    await expect(second.get_by_text(status, exact=True).first).to_be_visible()

    told(await journey.move(table.kitchen.chef, booking["id"], "accept"), 200)
    confirmed = home.say("status.confirmed")
    for page in (home.page, second):
        await expect(page.get_by_text(confirmed, exact=True).first).to_be_visible()
    assert streams == [], "the second tab listens to the first"

    await home.page.close()
    told(await table.kitchen.chef.http.post(f"/api/coocook/bookings/{booking['id']}/cancel", json={}), 200)
    await expect(second.get_by_text(home.say("status.cancelled"), exact=True).first).to_be_visible()
    assert len(streams) == 1, "and leads when the first is gone"
