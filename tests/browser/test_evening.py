"""The evening itself: asked for, accepted, cooked and reviewed by both; or cancelled for the sum that was quoted."""

import re

from playwright.async_api import expect

from tests.browser import guest
from tests.browser.conftest import OpenWindow
from tests.browser.window import Device, Window
from tests.deployment import Deployment
from tests.journeys import Journey, told, until

DAY = 86_400


async def _review(window: Window, stars: int, words: str) -> None:
    dialog = window.page.get_by_role("dialog", name=window.say("review.title"))
    await window.press(dialog.get_by_role("button", name=window.say("review.send"), exact=True))
    await window.sees("review.starsFirst")
    await window.tick(
        dialog.get_by_role("radio", name=window.say("shell:rating.give", count=stars), exact=True)
    )
    await dialog.get_by_label(window.say("review.text"), exact=True).fill(words)
    await window.press(dialog.get_by_role("button", name=window.say("review.send"), exact=True))
    await expect(dialog).to_have_count(0)


async def test_a_chef_accepts_and_completes_and_both_review(
    open_window: OpenWindow, journey: Journey, deployment: Deployment, device: Device
) -> None:
    table = await guest.open_table(journey, instant=False)
    someone = await journey.sign_up("김하늘")
    slot = (await journey.slots(table.kitchen))[2]
    held = await journey.hold(someone, table.kitchen, slot["starts_at"])
    booking = await journey.book(someone, held["id"])
    told(await journey.pay(someone, booking), 200)
    await until(lambda: journey.booking(someone, booking["id"]), lambda b: b["status"] == "requested")

    desk = await open_window(device)
    say = desk.say
    await guest.sign_in(desk, table.kitchen.chef)
    await desk.go("/chef/desk")
    request = desk.page.get_by_role("article").filter(has_text="김하늘")
    await expect(request).to_contain_text("창가 자리요")
    await desk.press(request.get_by_role("button", name=say("desk:action.accept"), exact=True))
    await expect(desk.page.get_by_role("heading", name=say("desk:requests.upcoming"))).to_be_visible()
    await expect(request.get_by_role("button", name=say("desk:action.accept"), exact=True)).to_have_count(0)

    # The guest sees the answer without doing anything but looking.
    home = await open_window(device)
    await guest.sign_in(home, someone)
    await home.go(f"/bookings/{booking['id']}")
    await expect(home.page.get_by_text(say("status.confirmed"), exact=True).first).to_be_visible()

    await deployment.shift_clock(5 * DAY)
    await desk.page.reload()
    await desk.press(request.get_by_role("button", name=say("desk:action.complete"), exact=True))
    await desk.press(request.get_by_role("button", name=say("desk:action.review"), exact=True))
    await _review(desk, 5, "다정한 손님이었습니다.")

    await home.page.reload()
    await expect(home.page.get_by_text(say("status.completed"), exact=True).first).to_be_visible()
    await home.press(home.button("action.review"))
    await _review(home, 4, "국물이 깊고 따뜻했어요.")
    await home.press(home.link("booking.toChef"))
    reviews = home.page.get_by_role("region", name=say("reviews.title"))
    await expect(reviews.get_by_role("article")).to_contain_text(["국물이 깊고 따뜻했어요."])
    await expect(
        reviews.get_by_role("article").get_by_role("img", name=say("shell:rating.of", value=4))
    ).to_be_visible()

    # What was written about the guest stays between the two.
    await home.go(f"/bookings/{booking['id']}")
    await expect(home.page.get_by_text("다정한 손님이었습니다.")).to_be_visible()


async def test_a_chef_declines_and_everything_comes_back(
    open_window: OpenWindow, journey: Journey, device: Device
) -> None:
    table = await guest.open_table(journey, instant=False)
    someone = await journey.sign_up("정민준")
    slot = (await journey.slots(table.kitchen))[4]
    booking = await journey.book(
        someone, (await journey.hold(someone, table.kitchen, slot["starts_at"]))["id"]
    )
    told(await journey.pay(someone, booking), 200)
    await until(lambda: journey.booking(someone, booking["id"]), lambda b: b["status"] == "requested")

    desk = await open_window(device)
    await guest.sign_in(desk, table.kitchen.chef)
    await desk.go("/chef/desk")
    await desk.press(desk.button("desk:action.decline"))
    dialog = desk.page.get_by_role("dialog")
    await expect(dialog).to_contain_text(desk.say.won(160_000))
    await desk.press(dialog.get_by_role("button", name=desk.say("desk:decline.confirm"), exact=True))
    await expect(desk.button("desk:action.decline")).to_have_count(0)

    guests = await open_window(device)
    await guest.sign_in(guests, someone)
    await guests.go(f"/bookings/{booking['id']}")
    await expect(guests.page.get_by_text(guests.say("status.declined"), exact=True).first).to_be_visible()
    await guests.sees("bookings.refund", amount=guests.say.won(160_000), state=guests.say("refund.done"))


async def test_a_guest_cancels_and_gets_what_was_quoted(
    open_window: OpenWindow, journey: Journey, deployment: Deployment, device: Device
) -> None:
    """Five days ahead the moderate policy gives a part back: a sum that could be told wrongly."""
    table = await guest.open_table(journey)
    someone = await journey.sign_up("이서준")
    slot = (await journey.slots(table.kitchen, start=5))[0]
    booking = await journey.book(
        someone, (await journey.hold(someone, table.kitchen, slot["starts_at"]))["id"]
    )
    told(await journey.pay(someone, booking), 200)
    await until(lambda: journey.booking(someone, booking["id"]), lambda b: b["status"] == "confirmed")
    quote = f"/api/coocook/bookings/{booking['id']}/cancel?dry_run=1"
    quoted = told(await someone.http.post(quote, json={}))["refund"]["amount"]
    assert 0 < quoted < 160_000

    window = await open_window(device)
    page, say = window.page, window.say
    await guest.sign_in(window, someone)
    await window.go("/bookings")
    await window.press(page.get_by_role("main").get_by_role("article").get_by_role("link").first)
    await window.press(window.button("action.cancel"))
    dialog = page.get_by_role("dialog", name=say("cancel.title"))
    await expect(dialog).to_contain_text(say.won(160_000))
    await expect(dialog).to_contain_text(re.compile(re.escape(say.won(quoted))))
    await dialog.get_by_label(say("cancel.reason"), exact=True).fill("일정이 바뀌었습니다")
    await window.press(
        dialog.get_by_role("button", name=say("cancel.confirmRefund", amount=say.won(quoted)), exact=True)
    )

    await expect(dialog).to_have_count(0)
    await expect(page.get_by_text(say("status.cancelled"), exact=True).first).to_be_visible()
    await window.sees("bookings.refund", amount=say.won(quoted), state=say("refund.done"))
    await window.go("/account?tab=payments")
    await window.sees("platform:payments.refunded", amount=say.won(quoted))
    assert (await journey.booking(someone, booking["id"]))["refund"]["amount"]["amount"] == quoted
