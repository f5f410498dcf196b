"""What a guest does in the browser, step by step, by the names on the screen."""

import re
from dataclasses import dataclass
from uuid import uuid4

from playwright.async_api import Locator, expect

from tests.browser.window import Window
from tests.journeys import PASSWORD, Journey, Kitchen, Someone, told


@dataclass
class Table:
    """An open kitchen under a name that nobody else has."""

    kitchen: Kitchen
    name: str


async def open_table(journey: Journey, *, instant: bool = True) -> Table:
    name = f"한도윤 {uuid4().hex[:8]}"
    return Table(await journey.open_kitchen(instant=instant, name=name), name)


async def sign_up(window: Window, name: str) -> None:
    """On the sign-up page: fill the form and be somebody."""
    page, say = window.page, window.say
    await expect(window.heading("platform:signUp.title")).to_be_visible()
    await page.get_by_label(say("platform:field.name"), exact=True).fill(name)
    await page.get_by_label(say("platform:field.email"), exact=True).fill(f"{uuid4().hex[:12]}@example.com")
    await page.get_by_label(say("platform:field.password"), exact=True).fill(PASSWORD)
    await window.press(window.button("platform:signUp.submit"))
    await expect(window.button("shell:account.menu", name=name)).to_be_visible()


async def sign_in(window: Window, someone: Someone) -> None:
    """Somebody who came through the API signs in on the page."""
    page, say = window.page, window.say
    email = told(await someone.http.get("/api/users/me"))["email"]
    await window.go("/sign-in")
    await page.get_by_label(say("platform:field.email"), exact=True).fill(email)
    await page.get_by_label(say("platform:field.password"), exact=True).fill(PASSWORD)
    await window.press(
        page.get_by_role("main").get_by_role("button", name=say("platform:signIn.submit"), exact=True)
    )
    await expect(page.get_by_role("button", name=say.like("shell:account.menu"))).to_be_visible()


async def find(window: Window, table: Table) -> None:
    """Find the chef by place and words, as the address then says, and go to the chef's page."""
    page, say = window.page, window.say
    await window.go("/chefs")
    await expect(window.heading("list.title")).to_be_visible()
    if window.on_phone:
        await window.press(window.button("shell:filter.open"))
        await window.tick(window.named("checkbox", say("region.seoul")))
        await window.press(window.button("shell:filter.show"))
    else:
        await window.press(window.button("filter.region"))
        # The choice closes its window, and stands on the button from then on.
        await page.get_by_text(say("region.seoul"), exact=True).click()
        await expect(window.named("button", f"{say('filter.region')}: {say('region.seoul')}")).to_be_visible()
    await page.get_by_role("searchbox", name=say("list.search")).fill(table.name)
    await expect(page.get_by_text(say("list.count", count=1, shown=1), exact=True)).to_be_visible()
    await expect(page).to_have_url(re.compile(r"region=seoul"))
    await window.press(page.get_by_role("main").get_by_role("link"))
    await expect(window.heading("chef.menus")).to_be_visible()


async def choose_time(window: Window) -> str:
    """The soonest day's first evening time. Returns what the button says."""
    page, say = window.page, window.say
    await window.press(window.named("button", say.like("calendar.soonest")))
    slot = page.get_by_role("group", name=say("calendar.part.evening")).get_by_role("button").first
    await window.press(slot)
    await expect(slot).to_have_attribute("aria-pressed", "true")
    return await slot.inner_text()


async def hold(window: Window) -> None:
    await window.press(window.button("book.keep"))
    await expect(window.heading("details.allergies")).to_be_visible()
    await expect(window.page.get_by_role("timer")).to_be_visible()


async def details(window: Window, note: str = "인덕션 3구가 있습니다.") -> None:
    """Somebody cannot eat soy, which is in the menu: that has to be acknowledged."""
    say = window.say
    await window.tick(window.named("checkbox", say("allergen.soy")))
    await window.sees("details.conflict", count=1)
    await window.press(window.button("details.next"))
    await window.sees("details.acknowledgeFirst")
    await window.tick(window.named("checkbox", say("details.acknowledge")))
    await window.page.get_by_role("textbox", name=say("details.note")).fill(note)
    await window.press(window.button("details.next"))
    await expect(pay_button(window)).to_be_visible()


def pay_button(window: Window) -> Locator:
    return window.named("button", window.say.like("pay.pay"))


def cancel_button(window: Window, dialog: Locator) -> Locator:
    """What confirms a cancellation: its words tell the sum, or that nothing comes back."""
    verbs = "|".join(window.say.like(f"cancel.confirm{end}").pattern for end in ("Refund", "None"))
    return dialog.get_by_role("button", name=re.compile(verbs))


async def choose_card(window: Window, card: str) -> None:
    name = re.compile(rf"^{re.escape(window.say(f'pay.card.{card}.name'))} ")
    await window.tick(window.page.get_by_role("radio", name=name))


async def to_payment(window: Window, table: Table) -> None:
    """Somebody who is signed in, from the chef's page to the payment."""
    await window.go(f"/chefs/{table.kitchen.chef_id}")
    await choose_time(window)
    await window.press(window.link("panel.book"))
    await hold(window)
    await details(window)
