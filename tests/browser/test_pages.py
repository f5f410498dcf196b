"""Every page that somebody can open, in both languages and schemes: nothing that nobody should meet."""

from dataclasses import replace
from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.browser import guest
from tests.browser.conftest import OpenWindow
from tests.browser.inspection import faults
from tests.browser.window import DESK, DEVICES, PHONE, Device
from tests.journeys import Journey, told

OTHERS = (
    replace(PHONE, name="phone-en", language="en", zone="America/New_York"),
    replace(DESK, name="desk-ko", language="ko", zone="Asia/Seoul", scheme="light"),
)
"""The other languages: read and measured; axe has seen the same elements."""

ALL = pytest.mark.parametrize("device", [*DEVICES, *OTHERS], ids=lambda device: device.name)
NOBODY = str(uuid4())
FILTERED = "/chefs?q=%EB%91%90%EB%B6%80&region=seoul&party=4&price_max=300000&rating_min=4.0&sort=price"
DESK_TABS = ("calendar", "availability", "menus", "profile")


async def _look(
    open_window: OpenWindow, device: Device, paths: list[str], *, role: str | None = None
) -> list[str]:
    """Open each page as one person and gather what is wrong."""
    window = await open_window(device)
    window.expected |= {404}
    if role is not None:
        await window.go("/sign-in")
        await window.press(window.page.get_by_role("button", name=window.say(f"platform:demo.{role}.name")))
        await expect(
            window.page.get_by_role("button", name=window.say.like("shell:account.menu"))
        ).to_be_visible()
    found = []
    for path in paths:
        await window.go(path)
        found += await faults(window, f"{device.name} {path}", axe=device in DEVICES)
    return found


@ALL
async def test_what_a_visitor_can_open(open_window: OpenWindow, journey: Journey, device: Device) -> None:
    table = await guest.open_table(journey)
    chefs = told(await table.kitchen.chef.http.get("/api/coocook/chefs"))["items"]
    chef, menus = chefs[0]["id"], f"/api/coocook/chefs/{table.kitchen.chef_id}/menus"
    menu = told(await table.kitchen.chef.http.get(menus))["items"][0]["id"]
    paths = [
        "/",
        "/sign-in",
        "/sign-up",
        "/chefs",
        FILTERED,
        "/chefs?q=zzzzzz",
        f"/chefs/{chef}",
        f"/chefs/{table.kitchen.chef_id}",
        f"/chefs/{table.kitchen.chef_id}/book?menu={menu}&party=4",
        f"/chefs/{NOBODY}",
        "/invitation",
        "/invitation?token=used",
        "/nowhere",
    ]
    assert await _look(open_window, device, paths) == []


@ALL
async def test_what_a_guest_can_open(open_window: OpenWindow, journey: Journey, device: Device) -> None:
    someone = await journey.demo("guest")
    bookings = told(await someone.http.get("/api/coocook/bookings", params={"limit": 50}))["items"]
    one_each = {booking["status"]: f"/bookings/{booking['id']}" for booking in bookings}
    paths = [
        "/bookings",
        "/bookings?tab=past",
        "/bookings?tab=cancelled",
        *one_each.values(),
        f"/bookings/{NOBODY}",
        "/account",
        *(f"/account?tab={tab}" for tab in ("keys", "teams", "data")),
        "/chef/desk",
    ]
    assert await _look(open_window, device, paths, role="guest") == []


@ALL
async def test_what_a_chef_can_open(open_window: OpenWindow, device: Device) -> None:
    paths = ["/chef/desk", *(f"/chef/desk?tab={tab}" for tab in DESK_TABS), "/account"]
    assert await _look(open_window, device, paths, role="chef") == []


@ALL
async def test_what_an_admin_can_open(open_window: OpenWindow, device: Device) -> None:
    paths = ["/", "/admin/chefs", "/admin/people", f"/admin/people/{NOBODY}", "/admin/audit", "/account"]
    assert await _look(open_window, device, paths, role="admin") == []
