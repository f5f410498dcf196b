"""What becomes of a payment: refused, unknown, too late, looked at again after a reload. The page tells the truth."""

from contextlib import suppress

from playwright.async_api import TimeoutError as TooLate
from playwright.async_api import expect

from tests.browser import guest
from tests.browser.conftest import OpenWindow
from tests.browser.window import DESK, PHONE, Window
from tests.deployment import Deployment
from tests.journeys import Journey


async def _at_payment(window: Window, journey: Journey) -> guest.Table:
    table = await guest.open_table(journey)
    await window.go("/sign-up")
    await guest.sign_up(window, "이서준")
    await guest.to_payment(window, table)
    return table


async def test_a_refused_card_costs_nothing_and_another_one_pays(window: Window, journey: Journey) -> None:
    window.expected |= {402}
    page, say = window.page, window.say
    await _at_payment(window, journey)
    await guest.choose_card(window, "declined")
    await window.press(guest.pay_button(window))
    await expect(page.get_by_role("alert").filter(has_text=say("pay.declined"))).to_be_visible()
    await window.sees("pay.wasRefused")
    await expect(page.get_by_role("timer")).to_be_visible()

    # A reload forgets nothing of it, and the back button leads to the table as it was.
    await page.reload()
    await expect(page.get_by_role("alert").filter(has_text=say("pay.declined"))).to_be_visible()
    await page.go_back()
    await expect(page.get_by_role("checkbox", name=say("allergen.soy"), exact=True)).to_be_checked()
    await page.go_forward()

    await guest.choose_card(window, "ok")
    await window.press(guest.pay_button(window))
    await expect(window.heading("done.confirmed")).to_be_visible()
    await page.reload()
    await expect(window.heading("done.confirmed")).to_be_visible()
    await expect(guest.pay_button(window)).to_have_count(0)

    # Going back after paying offers no second payment: the time is the guest's own already.
    window.expected |= {409}
    await page.go_back()
    await expect(page.get_by_role("alert").filter(has_text=say("hold.yours"))).to_be_visible()
    await window.go("/account?tab=payments")
    paid = page.get_by_role("region", name=say("platform:payments.title"))
    await expect(paid.get_by_text(say("platform:payments.status.captured"), exact=True)).to_have_count(1)
    await expect(paid.get_by_text(say("platform:payments.status.failed"), exact=True)).to_have_count(1)


async def test_an_answer_that_was_lost_is_told_and_turns_into_the_outcome(
    open_window: OpenWindow, journey: Journey, deployment: Deployment
) -> None:
    window = await open_window(PHONE)
    await _at_payment(window, journey)
    await guest.choose_card(window, "silent")
    await window.press(guest.pay_button(window))
    await expect(window.heading("checking.title")).to_be_visible()
    await window.sees("checking.doNotPay")
    await expect(guest.pay_button(window)).to_have_count(0)

    await window.page.reload()
    await expect(window.heading("checking.title")).to_be_visible()
    await deployment.shift_clock(300)
    await expect(window.heading("done.confirmed")).to_be_visible(timeout=90_000)


async def test_a_time_that_ran_out_is_told_before_money_moves(
    open_window: OpenWindow, journey: Journey, deployment: Deployment
) -> None:
    window = await open_window(DESK)
    window.expected |= {409}
    page, say = window.page, window.say
    await _at_payment(window, journey)
    await deployment.shift_clock(11 * 60)
    with suppress(TooLate):  # where the page has heard of it before there was time to press
        await window.press(guest.pay_button(window))
    await expect(window.heading("hold.over")).to_be_visible()
    await window.sees("ended.nothing")
    await window.press(window.button("hold.again"))
    await expect(page.get_by_role("timer")).to_be_visible()
    # What was said about the table is still there.
    await expect(page.get_by_role("checkbox", name=say("allergen.soy"), exact=True)).to_be_checked()


async def test_a_time_that_somebody_else_took_is_told_with_a_way_on(
    open_window: OpenWindow, journey: Journey
) -> None:
    window = await open_window(DESK)
    window.expected |= {409}
    table = await guest.open_table(journey)
    await window.go("/sign-up")
    await guest.sign_up(window, "박지우")
    await window.go(f"/chefs/{table.kitchen.chef_id}")
    await guest.choose_time(window)
    await window.press(window.link("panel.book"))
    await expect(window.button("book.keep")).to_be_visible()

    chosen = await window.page.evaluate("new URLSearchParams(location.search).get('at')")
    rival = await journey.sign_up("최유나")
    await journey.hold(rival, table.kitchen, chosen)
    await window.press(window.button("book.keep"))
    await expect(window.page.get_by_role("alert").filter(has_text=window.say("hold.taken"))).to_be_visible()
    await window.press(window.button("panel.otherTime"))
