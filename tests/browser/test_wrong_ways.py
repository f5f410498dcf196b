"""Addresses that lead nowhere, old links, a second tab, the back button while paying: pages that help."""

import re
from uuid import uuid4

from playwright.async_api import expect

from tests.browser import guest
from tests.browser.conftest import OpenWindow
from tests.browser.inspection import faults
from tests.browser.window import DESK, PHONE, Window
from tests.journeys import Journey, told

NOBODY = uuid4()
WRONG = (
    "/chefs/nobody",
    f"/chefs/{NOBODY}/book",
    "/chefs/nobody/book?hold=x&at=y&booking=z",
    "/chefs?cuisine=sand&region=atlantis&party=-1&sort=moon&price_max=much",
    f"/chefs?q={'%EA%B9%80' * 400}",
    "/chefs?date=yesterday",
    "/chefs/%2e%2e%2faccount",
    "/%F0%9F%8D%9C",
    "/chefs/a/b/c/d",
    "/sign-in?next=//elsewhere.example",
    "/sign-up?next=https:%2F%2Felsewhere.example",
)
"""For a visitor: mistyped, cut off, made up or grown old."""
MINE = (
    "/bookings/nobody",
    "/bookings?tab=tomorrow",
    f"/bookings/{NOBODY}?open=cancel",
    "/account?tab=nowhere",
    "/chef/desk?tab=nowhere&booking=nobody",
    "/admin/chefs",
    "/sign-in",
)


async def _each_helps(window: Window, paths: tuple[str, ...]) -> list[str]:
    """What is wrong with these pages; each has a heading, and something to do in its main part."""
    window.expected |= {403, 404, 422}
    found = []
    for path in paths:
        await window.go(path)
        found += await faults(window, path)
        ways = await window.page.locator("main a[href], main button, main input").count()
        if ways == 0:
            found.append(f"{path}: nothing to do from here")
    return found


async def test_wrong_addresses_lead_to_pages_that_help(open_window: OpenWindow) -> None:
    assert await _each_helps(await open_window(PHONE), WRONG) == []


async def test_old_links_of_a_signed_in_person_lead_to_pages_that_help(
    open_window: OpenWindow, journey: Journey
) -> None:
    window = await open_window(DESK)
    await guest.sign_in(window, await journey.sign_up("박서윤"))
    assert await _each_helps(window, MINE) == []


async def test_signing_in_leads_nowhere_but_into_the_app(open_window: OpenWindow) -> None:
    window = await open_window(DESK)
    window.expected |= {401}  # its cookie is taken from it
    for elsewhere in (
        "//elsewhere.example",
        "https:%2F%2Felsewhere.example",
        "javascript:alert(1)",
        "/%5Celsewhere.example",
    ):
        await window.page.context.clear_cookies()
        await window.go("/")
        await window.page.evaluate("localStorage.removeItem('sf.signed-in')")
        await window.go(f"/sign-in?next={elsewhere}")
        await window.press(
            window.page.get_by_role("button", name=window.say("platform:demo.guest.name")).first
        )
        await expect(
            window.page.get_by_role("button", name=window.say.like("shell:account.menu"))
        ).to_be_visible()
        assert window.page.url.startswith(window.site + "/"), window.page.url


async def test_a_booking_cancelled_in_another_tab_is_not_paid_in_this_one(
    open_window: OpenWindow, journey: Journey
) -> None:
    window, table = await open_window(DESK), await guest.open_table(journey)
    window.expected |= {409, 404}
    someone = await journey.sign_up("최지호")
    await guest.sign_in(window, someone)
    await guest.to_payment(window, table)

    other = await window.page.context.new_page()
    booking = told(await someone.http.get("/api/coocook/bookings"))["items"][0]
    await other.goto(f"{window.site}/bookings/{booking['id']}")
    await other.get_by_role("button", name=window.say("action.cancel"), exact=True).click()
    await (
        other.get_by_role("dialog")
        .get_by_role("button", name=window.say("cancel.confirmHeld"), exact=True)
        .click()
    )
    await expect(other.get_by_text(window.say("status.cancelled"), exact=True)).to_be_visible()

    await expect(guest.pay_button(window)).to_have_count(0)
    await window.sees("ended.nothing")
    assert told(await someone.http.get("/api/payment/"))["items"] == []


async def test_signing_out_in_another_tab_is_seen_here(open_window: OpenWindow, journey: Journey) -> None:
    window = await open_window(DESK)
    someone = await journey.sign_up("한예린")
    await guest.sign_in(window, someone)
    await window.go("/bookings?tab=past")
    await expect(window.heading("bookings.title")).to_be_visible()

    other = await window.page.context.new_page()
    await other.goto(window.site)
    await other.get_by_role("button", name=window.say.like("shell:account.menu")).click()
    await other.get_by_role("menuitem", name=window.say("shell:account.signOut")).click()
    await expect(other.get_by_role("button", name=window.say.like("shell:account.menu"))).to_have_count(0)

    await expect(window.page).to_have_url(re.compile(r"/sign-in\?next="))
    await expect(window.heading("platform:signIn.title")).to_be_visible()


async def test_the_back_button_while_a_payment_is_on_its_way_offers_no_second_one(
    open_window: OpenWindow, journey: Journey
) -> None:
    window, table = await open_window(PHONE), await guest.open_table(journey)
    window.expected |= {409}
    someone = await journey.sign_up("윤도현")
    await guest.sign_in(window, someone)
    await guest.to_payment(window, table)
    await guest.choose_card(window, "silent")
    await window.press(guest.pay_button(window))
    await expect(window.heading("checking.title")).to_be_visible()

    await window.page.go_back()
    await expect(window.heading("checking.title")).to_have_count(0)
    await expect(guest.pay_button(window)).to_have_count(0)
    await window.page.go_forward()
    await expect(window.heading("checking.title")).to_be_visible()
    payments = told(await someone.http.get("/api/payment/"))["items"]
    assert len(payments) == 1
