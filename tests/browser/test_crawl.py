"""Every page that a person's links lead to, with its tabs and menus opened: nothing that nobody should meet.

Unlike ``test_pages.py`` nothing is named here: a new screen is found by its link.
"""

import os
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.async_api import Response

from tests.browser.conftest import OpenWindow
from tests.browser.inspection import faults
from tests.browser.places import ROLES, VISITOR, sign_in
from tests.browser.window import DEVICES, Device, Window

MOST_PAGES = int(os.environ.get("SF_CRAWL_PAGES", "14"))
"""How many pages one person looks at; the whole of the app takes more minutes than a change is worth."""
ALIKE = 1
"""How many pages of one kind (another id, other filters) are looked at."""
OPENED = 3
"""How many tabs, and how many menus, of one page are opened."""
WRITTEN = {
    *(
        "name",
        "name_en",
        "text",
        "note",
        "headline",
        "headline_en",
        "bio",
        "bio_en",
        "email",
        "author_name",
        "title",
    ),
    *(
        "menu_name",
        "city",
        "reason",
        "user_agent",
        "subject",
        "body",
        "label",
        "description",
        "address",
        "code",
    ),
    *(
        "slug",
        "answer",
        "reply",
        "display_name",
        "zone",
        "device",
        "actor_name",
        "dishes",
        "acknowledged_dishes",
        "value",
        "template",
        "target",
    ),
}
"""Fields of the API that hold what people wrote, or names: they may be in any language."""
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
_LINKS = "[...document.querySelectorAll('a[href^=\"/\"]')].map((link) => link.getAttribute('href'))"
_ELSEWHERE = re.compile(r"^/(docs|api|health|openapi|assets)|\.\w+$|^//")


@dataclass
class Crawl:
    window: Window
    found: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    written: set[str] = field(default_factory=set)
    unread: list[Response] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    def hear(self, response: Response) -> None:
        if "/api/" in response.url and "json" in response.headers.get("content-type", ""):
            self.unread.append(response)

    async def _read(self, response: Response) -> None:
        with suppress(Exception):  # an answer without a body, or of a page that has gone: nothing to read
            self._keep(await response.json(), "")

    def _keep(self, body: Any, key: str) -> None:
        if isinstance(body, dict):
            for name, value in body.items():
                self._keep(value, name)
        elif isinstance(body, list):
            for value in body:
                self._keep(value, key)
        elif isinstance(body, str) and key in WRITTEN:
            self.written.add(body)

    async def content(self) -> str:
        unread, self.unread = self.unread, []
        for each in unread:
            await self._read(each)
        return "\n".join(self.written)

    def kind(self, address: str) -> str:
        """Pages that differ by an id or by the values of their filters are of one kind."""
        parts = urlsplit(address)
        asked = ",".join(sorted(name for name, _ in parse_qsl(parts.query)))
        return f"{_ID.sub('*', parts.path)}?{asked}"

    async def look(self, where: str, *, axe: bool = True) -> None:
        for fault in await faults(self.window, where, axe=axe, content=self.content):
            if fault.partition(": ")[2] not in self.known:  # told once, where it is met first
                self.known.add(fault.partition(": ")[2])
                self.found.append(fault)

    async def open_everything(self, where: str) -> None:
        """Each tab and each menu of the page that stands there; the frame's menus on the first page only."""
        page = self.window.page
        tabs = page.locator("main [role=tab]")
        for number in range(1, min(await tabs.count(), 1 + OPENED)):
            await self.window.press(tabs.nth(number))
            await self.look(f"{where} > tab {number + 1}")
        frame = "" if self.seen.total() == 1 else "main "
        menus = page.locator(f"{frame}[aria-haspopup=menu]:visible")
        for number in range(min(await menus.count(), OPENED)):
            await self.window.press(menus.nth(number))
            # Axe dislikes where Mantine's menu puts its first focus, which no reader notices.
            await self.look(f"{where} > menu {number + 1}", axe=False)
            await page.keyboard.press("Escape")

    async def go(self, start: str) -> None:
        waiting = [start]
        while waiting and self.seen.total() < MOST_PAGES:
            address = waiting.pop(0)
            kind = self.kind(address)
            if self.seen[kind] >= ALIKE:
                continue
            self.seen[kind] += 1
            await self.window.go(address)
            where = f"{self.window.device.name} {address}"
            await self.look(where)
            hrefs = cast(list[str], await self.window.page.evaluate(_LINKS))
            waiting += [href.partition("#")[0] for href in hrefs if not _ELSEWHERE.search(href)]
            if self.seen[kind] == 1:
                await self.open_everything(where)


@pytest.mark.parametrize("device", DEVICES, ids=lambda device: device.name)
@pytest.mark.parametrize("who", [VISITOR, *ROLES])
async def test_nothing_that_nobody_should_meet(open_window: OpenWindow, who: str, device: Device) -> None:
    window = await open_window(device)
    if who != VISITOR:
        await sign_in(window.page, window.site, who)
    crawl = Crawl(window)
    window.page.on("response", crawl.hear)
    await crawl.go("/")
    assert crawl.seen.total() >= (4 if who == VISITOR else 5), crawl.seen
    assert not crawl.found, "\n".join(crawl.found)
