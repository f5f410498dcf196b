"""What a page shows before any script has run, and that the app takes its place."""

import pytest
from playwright.async_api import Route, expect

from tests.browser import guest
from tests.browser.conftest import OpenWindow
from tests.browser.window import DESK, DEVICES, PHONE, Device
from tests.browser.words import Words
from tests.journeys import Journey

SCRIPTS = "**/assets/*.js"


def _never(_: Route) -> None:
    """No answer: they are still on their way."""


@pytest.mark.parametrize("device", DEVICES, ids=lambda device: device.name)
async def test_a_page_says_where_one_is_without_its_scripts(
    open_window: OpenWindow, journey: Journey, device: Device
) -> None:
    table = await guest.open_table(journey)
    window = await open_window(device)
    page = window.page
    await page.route(SCRIPTS, _never)
    for path, heading in (
        ("/", window.say("platform:landing.title")),
        ("/chefs", window.say("list.title")),
        (f"/chefs/{table.kitchen.chef_id}", "Han Doyun" if device.language == "en" else table.name),
        ("/chef/desk", window.say("desk:title")),
    ):
        await page.goto(window.site + path, wait_until="domcontentloaded")
        await expect(page.locator("#root[inert] h1")).to_have_text(heading)
        assert "%%" not in await page.content()
    await page.unroute(SCRIPTS)
    await window.go("/")
    await expect(window.heading("platform:landing.title")).to_be_visible()


async def test_nobody_reads_a_first_view_in_a_language_that_they_did_not_choose(
    open_window: OpenWindow,
) -> None:
    window = await open_window(PHONE)
    page = window.page
    await window.go("/")
    await window.press(window.button("shell:language.label"))
    await window.press(page.get_by_role("menuitem", name="English"))
    title = Words("en")("platform:landing.title")
    await expect(page.get_by_role("heading", name=title)).to_be_visible()
    await page.route(SCRIPTS, _never)
    # The server knows by the cookie; without it the page hides what it cannot say in that language.
    await page.goto(window.site, wait_until="domcontentloaded")
    await expect(page.locator("#root[inert] h1")).to_have_text(title)
    await page.context.clear_cookies()
    await page.goto(window.site, wait_until="domcontentloaded")
    await expect(page.locator("#root[inert] h1")).to_be_hidden()


async def test_a_background_tab_starts_too(open_window: OpenWindow) -> None:
    window = await open_window(DESK)
    page = window.page
    # Nothing is painted in a tab that nobody looks at.
    await page.add_init_script("window.requestAnimationFrame = () => 0")
    await page.goto(window.site)
    await expect(page.locator("script[type=module]")).to_have_count(1)


@pytest.mark.parametrize("device", DEVICES, ids=lambda device: device.name)
@pytest.mark.parametrize("lost", ["the app", "the words"])
async def test_a_page_whose_scripts_do_not_come_says_so_and_leads_on(
    open_window: OpenWindow, device: Device, lost: str
) -> None:
    window = await open_window(device)
    page = window.page
    chunk = "index" if lost == "the app" else device.language
    await page.route(f"**/assets/{chunk}-*.js", lambda route: route.abort())
    await page.goto(window.site)
    alert = page.get_by_role("alert")
    await expect(alert).to_contain_text(
        "다 불러오지 못했어요" if device.language == "ko" else "did not load completely"
    )
    # Its links are links.
    await window.press(page.get_by_role("main").locator('a[href="/chefs"]').first)
    await expect(page).to_have_url(window.site + "/chefs")
    await expect(alert).to_be_visible()
    window.troubles.clear()  # the console knew why
    await page.unroute_all()
    await window.press(alert.get_by_role("button"))
    await window.alive()
    await expect(window.heading("list.title")).to_be_visible()
    await expect(alert).to_have_count(0)
