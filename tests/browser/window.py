"""A person's browser window: one viewport, one language, and everything that went wrong in it."""

import asyncio
import re
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, Request, Response, expect

from tests.browser.words import Language, Words

Role = Literal[
    "button", "link", "heading", "checkbox", "radio", "tab", "textbox", "searchbox", "group", "region"
]
LIVE = "/api/live"
SOON = 20_000
"""Milliseconds until something must have appeared, on a machine that does other things too."""


@dataclass(frozen=True)
class Device:
    name: str
    width: int
    height: int
    touch: bool
    language: Language
    zone: str
    scheme: Literal["light", "dark"] = "light"


PHONE = Device("phone-ko", 360, 780, True, "ko", "Asia/Seoul")
DESK = Device("desk-en", 1440, 900, False, "en", "Europe/London", "dark")
DEVICES = (PHONE, DESK)


@dataclass
class Window:
    """``page``: what Playwright knows; ``say``: what the product says; ``troubles``: what nobody should see."""

    page: Page
    device: Device
    site: str
    say: Words
    troubles: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)
    fetching: set[Request] = field(default_factory=set)
    last: float = 0.0

    @classmethod
    async def open(
        cls, browser: Browser, device: Device, site: str, *, workers: Literal["allow", "block"] = "block"
    ) -> "Window":
        """A fresh window. Without ``workers`` no service worker: it would fetch the shell for every one of them."""
        context = await browser.new_context(
            viewport={"width": device.width, "height": device.height},
            has_touch=device.touch,
            is_mobile=device.touch,
            locale="ko-KR" if device.language == "ko" else "en-GB",
            timezone_id=device.zone,
            color_scheme=device.scheme,
            reduced_motion="reduce",
            service_workers=workers,
        )
        context.set_default_timeout(SOON)
        window = cls(await context.new_page(), device, site, Words(device.language))
        window.page.on("console", window._heard)
        window.page.on("pageerror", lambda error: window.troubles.append(f"error: {error}"))
        window.page.on("response", window._answered)
        window.page.on("request", window._asked)
        window.page.on("requestfinished", window._done)
        window.page.on("requestfailed", window._done)
        return window

    def _asked(self, request: Request) -> None:
        if request.is_navigation_request():
            self.fetching.clear()
        if LIVE not in request.url:  # a stream of news never ends
            self.fetching.add(request)
        self.last = time.monotonic()

    def _done(self, request: Request) -> None:
        self.fetching.discard(request)
        self.last = time.monotonic()

    async def quiet(self, calm: float = 0.4) -> None:
        """Until nothing has been fetched for a moment."""
        deadline = time.monotonic() + SOON / 1000
        while self.fetching or time.monotonic() < self.last + calm:
            waiting = [request.url for request in self.fetching]
            assert time.monotonic() < deadline, f"still being fetched: {waiting}"
            await asyncio.sleep(0.05)

    def _heard(self, message: ConsoleMessage) -> None:
        # A refused request is judged by its status below, where the console knows no more.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.troubles.append(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        # A ticket that grew old while a test moved the clock: the page asks for another.
        if response.status == 401 and LIVE in response.url:
            return
        if response.status >= 400 and response.status not in self.expected:
            self.troubles.append(f"{response.request.method} {response.url}: {response.status}")

    async def close(self) -> None:
        await self.page.context.close()

    @property
    def on_phone(self) -> bool:
        return self.device.touch

    async def go(self, path: str) -> None:
        await self.page.goto(self.site + path)
        await self.alive()

    async def alive(self) -> None:
        """Until the app has taken the place of the first view, which nobody can press or write in."""
        await expect(self.page.locator("#root[inert]")).to_have_count(0)

    async def press(self, what: Locator) -> None:
        """A finger on the phone, a mouse at the desk."""
        await (what.tap() if self.on_phone else what.click())

    def named(self, role: Role, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role(role, name=name, exact=isinstance(name, str))

    def button(self, key: str, **facts: object) -> Locator:
        return self.named("button", self.say(key, **facts))

    def link(self, key: str, **facts: object) -> Locator:
        return self.named("link", self.say(key, **facts))

    def heading(self, key: str, **facts: object) -> Locator:
        return self.named("heading", self.say(key, **facts))

    async def tick(self, what: Locator) -> None:
        """Choose a radio button or tick a box by its label, as people do: the control itself may be out of sight."""
        label = (await what.evaluate_handle("control => control.labels[0]")).as_element()
        assert label is not None
        await (label.tap() if self.on_phone else label.click())
        await expect(what).to_be_checked()

    async def sees(self, key: str, **facts: object) -> None:
        await expect(self.page.get_by_text(self.say.like(key, **facts)).first).to_be_visible()

    async def keep(self, folder: Path, name: str) -> None:
        """What the person saw, for whoever reads about the failure."""
        folder.mkdir(parents=True, exist_ok=True)
        place = folder / re.sub(r"[^\w-]+", "-", name)
        with suppress(Exception):  # the page may have crashed: that is then the failure to read about
            await self.page.screenshot(path=place.with_suffix(".png"))
            text = cast(str, await self.page.evaluate("document.body.innerText"))
            told = [self.page.url, await self.page.title(), *self.troubles, "", text]
            place.with_suffix(".txt").write_text("\n".join(told))
