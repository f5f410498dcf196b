"""Every shared component in every state: on the phone and at the desk, in both schemes and languages."""

from dataclasses import replace

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.inspection import faults
from tests.browser.window import DESK, PHONE, Device, Window

GROUPS = ("data", "charts", "states", "acts", "forms", "pictures")
LOOKS = (
    replace(PHONE, name="phone-ko-light"),
    replace(PHONE, name="phone-en-dark", language="en", scheme="dark"),
    replace(DESK, name="desk-en-dark"),
    replace(DESK, name="desk-ko-light", language="ko", scheme="light"),
)


async def _open(window: Window, group: str) -> None:
    await window.go(f"/dev/ui?group={group}")
    await expect(window.heading("gallery:title")).to_be_visible()
    await window.page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
async def test_every_component_in_every_state_can_be_read_and_used(
    open_window: OpenWindow, look: Device
) -> None:
    window = await open_window(look)
    found = []
    for group in GROUPS:
        await _open(window, group)
        if group == "charts":
            await expect(window.page.locator(".recharts-surface").first).to_be_visible()
        found += await faults(window, f"{look.name} {group}", loads=False)
    assert found == []


@pytest.mark.parametrize("look", [LOOKS[0], LOOKS[2]], ids=lambda look: look.name)
async def test_every_dialog_opens_can_be_read_and_closes_by_escape(
    open_window: OpenWindow, look: Device
) -> None:
    window = await open_window(look)
    await _open(window, "acts")
    openers = window.named("button", window.say("gallery:show"))
    found = []
    for number in range(await openers.count()):
        await window.press(openers.nth(number))
        dialog = window.page.get_by_role("dialog")
        await expect(dialog).to_be_visible()
        found += await faults(window, f"{look.name} dialog {number}", loads=False)
        await window.page.keyboard.press("Escape")
        await expect(dialog).to_be_hidden()
        await expect(openers.nth(number)).to_be_focused()
    assert found == []


async def test_a_table_is_sorted_chosen_from_and_downloaded(open_window: OpenWindow) -> None:
    window = await open_window(replace(DESK, name="desk"))
    await _open(window, "data")
    page, say = window.page, window.say
    table = page.get_by_role("table", name=say("gallery:sample.orders"), exact=True)
    amount = table.get_by_role("columnheader", name=say("gallery:sample.amount"))
    await amount.get_by_role("button").click()
    await expect(amount).to_have_attribute("aria-sort", "ascending")
    await amount.get_by_role("button").click()
    await expect(amount).to_have_attribute("aria-sort", "descending")

    tools = page.locator('[data-state="full"]').first
    await tools.get_by_role("button", name=say("shell:table.columns")).click()
    await page.get_by_role("menuitemcheckbox", name=say("gallery:sample.number")).click()
    await page.keyboard.press("Escape")
    await expect(table.get_by_role("columnheader", name=say("gallery:sample.number"))).to_be_visible()
    await page.reload()
    await expect(table.get_by_role("columnheader", name=say("gallery:sample.number"))).to_be_visible()

    await tools.get_by_role("button", name=say("shell:table.csv")).click()
    async with page.expect_download() as handed:
        await page.get_by_role("menuitem", name=say("shell:table.csvAll")).click()
    file = await (await handed.value).path()
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Guest,Date,Amount,Number"
    assert lines[1] == "Haneul Kim,2026-06-01T09:30:00Z,90000,order-1"
    assert len(lines) == 7
