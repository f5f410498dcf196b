"""Pictures that people send, on the phone and at the desk: a good one, one that is none, one that is huge."""

import re
from pathlib import Path

from playwright.async_api import FilePayload, Locator, expect

from tests.browser import guest
from tests.browser.conftest import OpenWindow
from tests.browser.inspection import faults
from tests.browser.window import DESK, Device, Window
from tests.journeys import Journey, told
from tests.kernel.photos import photo, turned


def file(content: bytes, name: str = "photo.jpg") -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


def zone(window: Window, key: str) -> Locator:
    """The button of a place where pictures are dropped or chosen."""
    return window.button(key)


async def choose(window: Window, key: str, *files: FilePayload) -> None:
    """Press the zone and choose files in the window that opens."""
    async with window.page.expect_file_chooser() as opening:
        await window.press(zone(window, key))
    await (await opening.value).set_files(list(files))


async def drop(window: Window, key: str, content: str, name: str) -> None:
    """Let a file go over the zone, as from a folder of the desktop."""
    carried = await window.page.evaluate_handle(
        """([content, name]) => {
          const carried = new DataTransfer();
          carried.items.add(new File([content], name, { type: "image/jpeg" }));
          return carried;
        }""",
        [content, name],
    )
    await expect(zone(window, key)).to_be_enabled()
    await zone(window, key).dispatch_event("drop", {"dataTransfer": carried})


async def loaded(picture: Locator) -> None:
    """The photo is there, not only its blur."""
    await expect(picture).to_have_attribute("data-loaded", "true")


async def test_somebody_shows_a_picture_of_themselves(window: Window) -> None:
    page, say = window.page, window.say
    await window.go("/sign-up")
    await guest.sign_up(window, "한지민")
    await window.go("/account")

    # A letter that calls itself a photo is told before anything is sent, beside the field.
    await drop(window, "avatar:add", "Dear chef, this is a letter.", "letter.jpg")
    alert = page.get_by_role("alert").filter(has_text="letter.jpg")
    await expect(alert).to_contain_text(say("pictures:unfit.kind"))
    await choose(window, "avatar:add", file(b"", "empty.jpg"))
    await expect(page.get_by_role("alert").filter(has_text="empty.jpg")).to_contain_text(
        say("pictures:unfit.empty")
    )

    await choose(window, "avatar:add", file(turned(6, (1200, 800))))
    face = page.get_by_role("img", name=say("avatar:now"), exact=True)
    await loaded(face)
    await expect(page.get_by_role("alert")).to_have_count(0)
    size = await face.evaluate("image => [image.naturalWidth, image.naturalHeight]")
    assert size[0] < size[1], "the photo does not stand upright"
    account = page.get_by_role("button", name=say("shell:account.menu", name="한지민"), exact=True)
    await expect(account.locator("img")).to_have_attribute("src", re.compile(r"^/media/platform/"))
    assert await faults(window, "pictures") == []

    await page.reload()
    await loaded(face)
    await expect(account.locator("img")).to_have_attribute("src", re.compile(r"^/media/platform/"))
    await window.press(window.button("avatar:remove"))
    await expect(face).to_have_count(0)
    await expect(account.locator("img")).to_have_count(0)


async def test_a_chef_arranges_pictures_and_a_guest_looks_through_them(
    open_window: OpenWindow, journey: Journey, device: Device
) -> None:
    table = await guest.open_table(journey)
    desk = await open_window(device)
    page, say = desk.page, desk.say
    await guest.sign_in(desk, table.kitchen.chef)
    await desk.go("/chef/desk?tab=profile")

    await choose(desk, "pictures:portrait.add", file(photo((900, 900)), "me.jpg"))
    await loaded(page.get_by_role("img", name=say("pictures:portrait.now"), exact=True))
    await choose(desk, "pictures:cover.add", file(photo((1600, 900)), "table.jpg"))
    await loaded(page.get_by_role("img", name=say("pictures:cover.now"), exact=True))
    await choose(
        desk,
        "pictures:gallery.add",
        *(file(photo((600 + 100 * n, 600)), f"dish-{n}.jpg") for n in range(3)),
    )
    gallery = [page.get_by_role("img", name=say("pictures:gallery.photo", number=n)) for n in (1, 2, 3)]
    await loaded(gallery[2])
    first = await gallery[0].get_attribute("src")
    await desk.press(desk.button("pictures:gallery.later", number=1))
    await expect(gallery[1]).to_have_attribute("src", str(first))
    await expect(page.get_by_text(say("pictures:gallery.movedTo", number=2, count=3))).to_be_visible()
    assert await faults(desk, "pictures") == []

    looker = await open_window(device)
    await looker.go(f"/chefs/{table.kitchen.chef_id}")
    await expect(looker.heading("chef.menus")).to_be_visible()
    await loaded(looker.page.get_by_role("main").locator("header img").last)
    await looker.press(looker.button("pictures:viewer.all", count=4))
    viewer = looker.page.get_by_role("dialog")
    await expect(viewer).to_contain_text("1 / 4")
    await loaded(viewer.locator("img"))
    await looker.page.keyboard.press("ArrowRight")
    await expect(viewer).to_contain_text("2 / 4")
    await looker.press(viewer.get_by_role("button", name=looker.say("pictures:viewer.next"), exact=True))
    await expect(viewer).to_contain_text("3 / 4")
    assert await faults(looker, "pictures") == []
    await looker.page.keyboard.press("Escape")
    await expect(viewer).to_have_count(0)


async def test_a_menu_is_offered_with_its_picture(open_window: OpenWindow, journey: Journey) -> None:
    table = await guest.open_table(journey)
    desk = await open_window(DESK)
    page, say = desk.page, desk.say
    await guest.sign_in(desk, table.kitchen.chef)
    await desk.go(f"/chef/desk?tab=menus&menu={table.kitchen.menu_id}")
    await choose(desk, "pictures:menu.add", file(photo((800, 600))))
    await loaded(page.get_by_role("img", name=say("pictures:menu.now"), exact=True))
    await desk.press(desk.button("desk:menus.replace"))
    await expect(desk.button("desk:menus.add")).to_be_visible()
    await desk.go(f"/chefs/{table.kitchen.chef_id}")
    await loaded(page.get_by_role("article").locator("img").first)


async def test_a_picture_of_forty_megabytes_is_made_smaller_before_it_is_sent(
    open_window: OpenWindow, journey: Journey, tmp_path: Path
) -> None:
    table = await guest.open_table(journey)
    desk = await open_window(DESK)
    page = desk.page
    huge = tmp_path / "huge.jpg"
    huge.write_bytes(photo((6000, 4000)) + b"\0" * 40_000_000)
    sent: list[int] = []
    page.on(
        "request",
        lambda asked: (
            sent.append(int(asked.headers.get("content-length", 0) or len(asked.post_data_buffer or b"")))
            if asked.url.endswith("/api/coocook/pictures")
            else None
        ),
    )
    await guest.sign_in(desk, table.kitchen.chef)
    await desk.go("/chef/desk?tab=profile")
    async with page.expect_file_chooser() as opening:
        await desk.press(zone(desk, "pictures:cover.add"))
    await (await opening.value).set_files(huge)
    await loaded(page.get_by_role("img", name=desk.say("pictures:cover.now"), exact=True))
    assert len(sent) == 1
    assert sent[0] < 5_000_000
    cover = told(await table.kitchen.chef.http.get("/api/coocook/chefs/me"))["cover"]
    assert (cover["width"], cover["height"]) == (3840, 2560)


async def test_a_connection_that_breaks_is_told_and_tried_again(
    open_window: OpenWindow, journey: Journey
) -> None:
    table = await guest.open_table(journey)
    desk = await open_window(DESK)
    page, say = desk.page, desk.say
    await guest.sign_in(desk, table.kitchen.chef)
    await desk.go("/chef/desk?tab=profile")
    await page.route("**/api/coocook/pictures", lambda route: route.abort())
    await choose(desk, "pictures:portrait.add", file(photo((900, 900)), "me.jpg"))
    alert = page.get_by_role("alert").filter(has_text="me.jpg")
    await expect(alert).to_be_visible()
    await page.unroute("**/api/coocook/pictures")
    await desk.press(alert.get_by_role("button", name=say("pictures:retry"), exact=True))
    await loaded(page.get_by_role("img", name=say("pictures:portrait.now"), exact=True))
    await expect(alert).to_have_count(0)
