"""Every dialog, menu and drawer that a page opens, found by pressing its buttons. Nothing is changed on the way."""

import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast

from playwright.async_api import Route

from tests.browser.inspection import settle
from tests.browser.window import Window

API = "**/api/**"
ASKS = re.compile(r"dry_run=|/look$|/api/(auth/refresh|live)")
"""What is sent with POST and only reads."""
REFUSED = (
    '{"type": "about:blank", "title": "", "status": 503, "code": "unavailable", "detail": "",'
    ' "facts": {}, "errors": []}'
)
DEEP = 3
"""A drawer's menu's dialog."""
MOMENT = 250
"""Milliseconds that something takes to open."""

_DOORS = """
() => {
  const open = [...document.querySelectorAll("[role=dialog], [role=alertdialog], [role=menu]")]
    .filter((each) => each.checkVisibility());
  const top = open.at(-1);
  document.querySelectorAll("[data-door]").forEach((each) => each.removeAttribute("data-door"));
  const within = top ?? document.querySelector("main");
  const doors = within ? [...within.querySelectorAll("button, [role=menuitem]")]
    .filter((each) => each.checkVisibility() && !each.disabled) : [];
  return {
    open: open.length,
    top: top ? (top.getAttribute("aria-label") || top.querySelector("h1, h2, h3")?.textContent || top.innerText) : "",
    doors: doors.map((each, index) => {
      each.setAttribute("data-door", index);
      const words = (each.innerText || each.getAttribute("aria-label") || "").trim().replace(/[0-9]+/g, "0");
      const path = [];
      for (let node = each; node && node !== within; node = node.parentElement) path.push(node.tagName);
      return words.length > 16 ? path.join() : words;
    }),
  };
}
"""

Found = Callable[[int], Awaitable[None]]


async def every_dialog(
    window: Window, arrive: Callable[[], Awaitable[None]], found: Found, *, seen: set[str]
) -> None:
    """Press what can be pressed after ``arrive``, one of each kind; ``found(n)`` while the n-th opened thing is open.

    ``seen``: what has been opened so far, which is passed over and added to.
    """
    search = _Search(window, arrive, found, seen)
    await window.page.route(API, _only_read)
    window.expected.add(503)
    try:
        await search.explore(())
    finally:
        await window.page.unroute(API, _only_read)


async def _only_read(route: Route) -> None:
    if route.request.method == "GET" or ASKS.search(route.request.url):
        await route.fallback()
    else:
        await route.fulfill(status=503, content_type="application/problem+json", body=REFUSED)


@dataclass
class _Search:
    window: Window
    arrive: Callable[[], Awaitable[None]]
    found: Found
    seen: set[str]

    async def explore(self, way: tuple[int, ...]) -> None:
        """What opens after these presses, and from there."""
        here = await self._again(way)
        if here is None:
            return
        pressed: set[str] = set()
        for index, name in enumerate(here["doors"]):
            if not name or name in pressed:
                continue
            pressed.add(name)
            address = self.window.page.url
            if not await self._press(index):
                continue
            now = await self._look()
            if now["open"] > here["open"] and now["top"] not in self.seen:
                self.seen.add(now["top"])
                await self.found(len(self.seen))
                if len(way) + 1 < DEEP:
                    await self.explore((*way, index))
            moved = (now["open"], now["doors"], self.window.page.url) != (
                here["open"],
                here["doors"],
                address,
            )
            if moved and await self._again(way) is None:
                return

    async def _again(self, way: tuple[int, ...]) -> dict[str, Any] | None:
        await self.arrive()
        here = await self._look()
        for index in way:
            if not await self._press(index):
                return None
            here = await self._look()
        return here

    async def _press(self, index: int) -> bool:
        door = self.window.page.locator(f'[data-door="{index}"]')
        try:
            await door.click(timeout=2000)
        except Exception:
            return False
        await self.window.page.wait_for_timeout(MOMENT)
        with suppress(Exception):
            await settle(self.window)
        return True

    async def _look(self) -> dict[str, Any]:
        return cast(dict[str, Any], await self.window.page.evaluate(_DOORS))
