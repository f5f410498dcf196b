"""The command palette: every page, recent thing and action by a few letters, with the keyboard and on a phone."""

import re
from dataclasses import replace

from playwright.async_api import Locator, expect

from tests.browser import guest
from tests.browser.conftest import OpenWindow
from tests.browser.inspection import faults
from tests.browser.window import DESK, PHONE, Window
from tests.browser.words import Words
from tests.journeys import Journey

KOREAN_DESK = replace(DESK, name="desk-ko", language="ko", zone="Asia/Seoul", scheme="light")


def _field(window: Window) -> Locator:
    return window.page.get_by_role("combobox", name=window.say("palette:title"))


def _options(window: Window) -> Locator:
    return window.page.get_by_role("option")


async def test_initial_consonants_find_a_page_and_enter_opens_it(open_window: OpenWindow) -> None:
    window = await open_window(KOREAN_DESK)
    page = window.page
    await window.go("/")
    await expect(window.heading("platform:landing.title")).to_be_visible()
    await page.keyboard.press("Control+k")
    await expect(_field(window)).to_be_focused()
    assert await faults(window, "palette") == []
    await page.keyboard.type("ㅅㅍ")
    await expect(_options(window).first).to_contain_text("셰프 찾기")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile(r"/chefs$"))
    await expect(_field(window)).to_be_hidden()


async def test_a_slash_opens_it_but_never_while_somebody_types(open_window: OpenWindow) -> None:
    window = await open_window(DESK)
    page = window.page
    await window.go("/chefs")
    search = page.get_by_role("searchbox", name=window.say("list.search"))
    await search.focus()
    await page.keyboard.type("/?gb")
    await expect(search).to_have_value("/?gb")
    await search.fill("")
    await search.blur()
    await page.keyboard.press("/")
    await expect(_field(window)).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(_field(window)).to_be_hidden()
    await page.keyboard.press("?")
    await expect(window.heading("palette:action.shortcuts")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(window.heading("palette:action.shortcuts")).to_be_hidden()
    await page.keyboard.press("g")
    await page.keyboard.press("h")
    await expect(page).to_have_url(re.compile(r"[0-9]/$"))


async def test_a_chef_is_found_by_name_stays_at_hand_and_is_forgotten_with_the_session(
    open_window: OpenWindow, journey: Journey
) -> None:
    window = await open_window(PHONE)
    page, say = window.page, window.say
    table = await guest.open_table(journey)
    await window.go("/sign-up")
    await guest.sign_up(window, "한지민")
    door = page.get_by_role("banner").get_by_role("button", name=say("shell:nav.find"))
    await window.press(door)
    await _field(window).fill(table.name)
    found = _options(window).filter(has_text=table.name)
    await window.press(found)
    await expect(page).to_have_url(re.compile(f"/chefs/{table.kitchen.chef_id}$"))
    await expect(page.get_by_role("heading", name=table.name)).to_be_visible()

    await window.press(door)
    recent = page.get_by_role("group", name=say("palette:group.recent")).get_by_role("option")
    await expect(recent.first).to_contain_text(table.name)
    assert await faults(window, "palette on a phone") == []
    await _field(window).fill(say("shell:account.signOut"))
    await window.press(_options(window).filter(has_text=say("shell:account.signOut")).first)
    await expect(window.heading("platform:landing.title")).to_be_visible()
    await window.press(door)
    await expect(_options(window).first).to_be_visible()
    await expect(recent).to_have_count(0)


async def test_the_language_and_a_demo_role_are_actions(open_window: OpenWindow) -> None:
    window = await open_window(KOREAN_DESK)
    page = window.page
    await window.go("/chefs")
    await expect(page.get_by_role("searchbox", name=window.say("list.search"))).to_be_visible()
    await page.keyboard.press("Control+k")
    await _field(window).fill("english")
    await page.keyboard.press("Enter")
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await page.keyboard.press("Control+k")
    await page.get_by_role("combobox", name=Words("en")("palette:title")).fill("demo chef")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("/chef/desk$"))
