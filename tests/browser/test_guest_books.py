"""A guest finds a chef, is asked who they are, holds a time, pays and is confirmed."""

from playwright.async_api import expect

from tests.browser import guest
from tests.browser.window import Window
from tests.journeys import Journey


async def test_a_visitor_finds_a_chef_signs_in_on_the_way_and_books(window: Window, journey: Journey) -> None:
    table = await guest.open_table(journey)
    page, say = window.page, window.say
    await guest.find(window, table)
    await expect(page.get_by_role("radio", checked=True)).to_have_count(1)
    chosen = await guest.choose_time(window)
    await window.press(window.link("panel.book"))

    # Whoever is not known yet says who they are, and comes back to the same table.
    await expect(window.heading("signIn.title")).to_be_visible()
    if window.on_phone:
        await window.press(window.button("signIn.demo"))
    else:
        await window.press(
            page.get_by_role("main").get_by_role("link", name=say("signIn.signIn"), exact=True)
        )
        await window.press(window.link("platform:signIn.signUp"))
        await guest.sign_up(window, "김하늘")
    await expect(page.get_by_role("button", name=chosen, exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )

    await guest.hold(window)
    await guest.details(window)
    await expect(guest.pay_button(window)).to_have_text(say("pay.pay", amount=say.won(160_000)))
    await guest.choose_card(window, "ok")
    await window.press(guest.pay_button(window))
    await expect(window.heading("done.confirmed")).to_be_visible()
    await window.sees("done.paid", amount=say.won(160_000))

    await window.press(window.link("done.see"))
    await expect(page.get_by_text(say("status.confirmed"), exact=True)).to_be_visible()
    await window.press(window.link("booking.back").first)
    shown = "한도윤" if window.on_phone else "Han Doyun"
    await expect(page.get_by_role("article").filter(has_text=shown).first).to_contain_text(
        say("status.confirmed")
    )
