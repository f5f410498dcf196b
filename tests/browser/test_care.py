"""What happens to a booking afterwards: another time, a dispute and its decision, a review reported and appealed."""

import re
from typing import Any

from playwright.async_api import Locator, expect

from tests.browser import guest
from tests.browser.conftest import OpenWindow
from tests.browser.guest import sign_in
from tests.browser.inspection import faults
from tests.browser.window import Device, Window
from tests.deployment import Deployment
from tests.journeys import Journey, Someone, told, until

DAY = 86_400


async def _paid(journey: Journey, table: guest.Table, name: str, *, start: int = 2) -> tuple[Someone, Any]:
    """Somebody with a confirmed booking at an instant chef's."""
    someone = await journey.sign_up(name)
    slot = (await journey.slots(table.kitchen, start=start))[2]
    held = await journey.hold(someone, table.kitchen, slot["starts_at"])
    booking = await journey.book(someone, held["id"])
    told(await journey.pay(someone, booking), 200)
    found = await until(lambda: journey.booking(someone, booking["id"]), lambda b: b["status"] == "confirmed")
    return someone, found


async def _sign_in_as(window: Window, role: str) -> None:
    await window.go("/sign-in")
    await window.press(window.page.get_by_role("button", name=window.say(f"platform:demo.{role}.name")))
    await expect(
        window.page.get_by_role("button", name=window.say.like("shell:account.menu"))
    ).to_be_visible()


def _in(dialog: Locator, window: Window, key: str) -> Locator:
    return dialog.get_by_role("button", name=window.say(key), exact=True)


def _times(dialog: Locator, window: Window) -> Locator:
    """The chosen day's times; which parts of the day they are in depends on the hour of the test."""
    parts = "|".join(
        re.escape(window.say(f"calendar.part.{part}")) for part in ("morning", "afternoon", "evening")
    )
    return dialog.get_by_role("group", name=re.compile(f"^({parts})$")).get_by_role("button")


async def test_a_guest_moves_at_once_and_a_chef_asks(
    open_window: OpenWindow, journey: Journey, deployment: Deployment, device: Device
) -> None:
    table = await guest.open_table(journey)
    someone, booking = await _paid(journey, table, "윤서아", start=20)
    home = await open_window(device)
    say = home.say
    await sign_in(home, someone)
    await home.go(f"/bookings/{booking['id']}")
    await home.press(home.button("care:move.action"))
    dialog = home.page.get_by_role("dialog", name=say("care:move.title"))
    await expect(dialog).to_contain_text(say("care:move.atOnce"))
    await home.press(_in(dialog, home, "care:move.move"))
    await expect(dialog).to_contain_text(say("care:move.chooseFirst"))
    await home.press(_in(dialog, home, "calendar.after"))
    await home.press(dialog.get_by_role("button", name=say.like("calendar.free")).first)
    await home.press(_times(dialog, home).first)
    assert await faults(home, "reschedule dialog") == []
    await home.press(_in(dialog, home, "care:move.move"))
    await expect(dialog).to_have_count(0)
    moved = await journey.booking(someone, booking["id"])
    assert moved["starts_at"] != booking["starts_at"]
    await expect(home.page.get_by_text(say("care:what.moved"), exact=True)).to_be_visible()

    desk = await open_window(device)
    await sign_in(desk, table.kitchen.chef)
    await desk.go(f"/chef/desk?booking={booking['id']}")
    drawer = desk.page.get_by_role("dialog").first
    await desk.press(_in(drawer, desk, "care:move.action"))
    asking = desk.page.get_by_role("dialog", name=say("care:move.title"))
    await expect(asking).to_contain_text(say("care:move.asksGuest"))
    await desk.press(asking.get_by_role("button", name=say.like("calendar.soonest")))
    await desk.press(_times(asking, desk).last)
    await asking.get_by_label(say("care:move.reason"), exact=True).fill("장을 보고 가려고요.")
    await desk.press(_in(asking, desk, "care:move.ask"))
    await expect(asking).to_have_count(0)
    await expect(drawer).to_contain_text(say("care:proposal.mine"))

    await home.page.reload()
    await home.sees("care:proposal.chef")
    await expect(home.page.get_by_text("장을 보고 가려고요.").first).to_be_visible()
    assert (await journey.booking(someone, booking["id"]))["starts_at"] == moved["starts_at"]
    await home.press(home.button("care:proposal.agree"))
    await expect(home.button("care:proposal.agree")).to_have_count(0)
    after = await journey.booking(someone, booking["id"])
    assert (after["starts_at"] != moved["starts_at"], after["proposal"]) == (True, None)


async def test_a_dispute_is_told_answered_and_divided(
    open_window: OpenWindow, journey: Journey, deployment: Deployment, device: Device
) -> None:
    table = await guest.open_table(journey)
    someone, booking = await _paid(journey, table, "최유나")
    await deployment.shift_clock(3 * DAY)
    home = await open_window(device)
    say = home.say
    await sign_in(home, someone)
    await home.go(f"/bookings/{booking['id']}")
    await home.press(home.button("care:dispute.action"))
    dialog = home.page.get_by_role("dialog", name=say("care:dispute.title"))
    await expect(dialog).to_contain_text(say("care:dispute.steps.1"))
    await home.press(_in(dialog, home, "care:dispute.send"))
    await expect(dialog).to_contain_text(say("care:dispute.reasonFirst"))
    assert await faults(home, "dispute dialog") == []
    await dialog.get_by_role("textbox").fill("한 시간 늦게 오셨어요.")
    await home.press(_in(dialog, home, "care:dispute.send"))
    await expect(dialog).to_have_count(0)
    await expect(home.page.get_by_text(say("status.disputed"), exact=True)).to_be_visible()
    await home.sees("care:dispute.waiting")

    desk = await open_window(device)
    await sign_in(desk, table.kitchen.chef)
    await desk.go(f"/chef/desk?booking={booking['id']}")
    drawer = desk.page.get_by_role("dialog").first
    await expect(drawer).to_contain_text("한 시간 늦게 오셨어요.")
    await desk.press(_in(drawer, desk, "care:dispute.answerTitle"))
    answer = desk.page.get_by_role("dialog", name=say("care:dispute.answerTitle"))
    await answer.get_by_role("textbox").fill("길이 막혔습니다.")
    await desk.press(_in(answer, desk, "care:dispute.answer"))
    await expect(answer).to_have_count(0)
    await expect(drawer).to_contain_text("길이 막혔습니다.")

    office = await open_window(device)
    await _sign_in_as(office, "admin")
    await office.go("/admin/disputes")
    case = office.page.get_by_role("main").get_by_role("listitem").filter(has_text="최유나")
    await office.press(case.get_by_role("link", name=say("care:admin.disputes.open")))
    await expect(office.page.get_by_text("길이 막혔습니다.").first).to_be_visible()
    money = office.page.get_by_label(say("care:admin.disputes.refund"), exact=True)
    await money.fill("60000")
    await expect(office.page.get_by_role("region", name=say("care:admin.disputes.divide"))).to_contain_text(
        say.won(90_000)
    )
    assert await faults(office, "divide a price") == []
    await office.press(office.button("care:admin.disputes.decide"))
    await office.sees("care:admin.disputes.reasonFirst")
    await office.page.get_by_label(say.like("care:admin.disputes.reason")).fill("늦은 만큼 환불합니다.")
    await office.press(office.button("care:admin.disputes.decide"))
    sure = office.page.get_by_role("dialog", name=say("care:admin.disputes.confirmTitle"))
    await expect(sure).to_contain_text(say.won(60_000))
    await office.press(_in(sure, office, "care:admin.disputes.confirm"))
    await expect(sure).to_have_count(0)
    await expect(office.heading("care:dispute.decided")).to_be_visible()

    await home.page.reload()
    await expect(home.page.get_by_text("늦은 만큼 환불합니다.").first).to_be_visible()
    await home.sees("bookings.refund", amount=say.won(60_000), state=say("refund.done"))


async def test_a_review_is_replied_to_reported_hidden_and_appealed(
    open_window: OpenWindow, journey: Journey, deployment: Deployment, device: Device
) -> None:
    table = await guest.open_table(journey)
    someone, booking = await _paid(journey, table, "오지우")
    await deployment.shift_clock(4 * DAY)
    told(await journey.move(table.kitchen.chef, booking["id"], "complete"), 200)
    path = f"/api/coocook/bookings/{booking['id']}/reviews"
    told(await someone.http.post(path, json={"rating": 2, "text": "옆집 식당이 훨씬 나아요."}), 201)
    told(await table.kitchen.chef.http.post(path, json={"rating": 5, "text": "감사합니다."}), 201)

    desk = await open_window(device)
    say = desk.say
    await sign_in(desk, table.kitchen.chef)
    await desk.go(f"/chefs/{table.kitchen.chef_id}")
    review = desk.page.get_by_role("region", name=say("reviews.title")).get_by_role("article")
    await desk.press(_in(review, desk, "care:review.reply"))
    dialog = desk.page.get_by_role("dialog", name=say("care:review.replyTitle"))
    await dialog.get_by_role("textbox").fill("다음에는 더 잘 준비하겠습니다.")
    await desk.press(_in(dialog, desk, "care:review.replySend"))
    await expect(review).to_contain_text("다음에는 더 잘 준비하겠습니다.")
    await desk.press(desk.button("care:review.reportOf", name="오지우"))
    dialog = desk.page.get_by_role("dialog", name=say("care:review.reportTitle"))
    await desk.press(_in(dialog, desk, "care:review.reportSend"))
    await expect(dialog).to_contain_text(say("care:review.reportFirst"))
    await desk.tick(dialog.get_by_role("radio", name=say("care:review.code.spam"), exact=True))
    assert await faults(desk, "report dialog") == []
    await desk.press(_in(dialog, desk, "care:review.reportSend"))
    await expect(dialog).to_have_count(0)

    office = await open_window(device)
    await _sign_in_as(office, "admin")
    await office.go("/admin/reviews")
    case = office.page.get_by_role("article").filter(has_text="옆집 식당이 훨씬 나아요.")
    await expect(case).to_contain_text(say("care:review.code.spam"))
    await office.press(_in(case, office, "care:admin.reviews.hide"))
    decide = office.page.get_by_role("dialog", name=say("care:admin.reviews.hideTitle"))
    await decide.get_by_role("textbox").fill("다른 식당 홍보입니다.")
    await office.press(_in(decide, office, "care:admin.reviews.hide"))
    await expect(case).to_have_count(0)

    home = await open_window(device)
    await sign_in(home, someone)
    await home.go(f"/bookings/{booking['id']}")
    await home.sees("care:review.hidden")
    await home.sees("care:review.hiddenWhy", reason="다른 식당 홍보입니다.")
    await home.press(home.button("care:review.appeal"))
    dialog = home.page.get_by_role("dialog", name=say("care:review.appealTitle"))
    await dialog.get_by_role("textbox").fill("홍보가 아니라 비교입니다.")
    await home.press(_in(dialog, home, "care:review.appealSend"))
    await home.sees("care:review.appealed")
    await home.go(f"/chefs/{table.kitchen.chef_id}")
    await home.sees("reviews.none")

    await office.go("/admin/reviews?state=appealed")
    await expect(case).to_contain_text("홍보가 아니라 비교입니다.")
    assert await faults(office, "appeals") == []
    await office.press(_in(case, office, "care:admin.reviews.restore"))
    decide = office.page.get_by_role("dialog", name=say("care:admin.reviews.restoreTitle"))
    await decide.get_by_role("textbox").fill("비교로 볼 수 있습니다.")
    await office.press(_in(decide, office, "care:admin.reviews.restore"))
    await expect(case).to_have_count(0)
    await home.page.reload()
    await expect(home.page.get_by_text("옆집 식당이 훨씬 나아요.")).to_be_visible()
