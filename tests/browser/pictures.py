"""Pictures of every page in every state, for people to look at: ``python -m tests.browser.pictures``.

``test-results/pictures/<page>-<state>-<width>-<language>-<scheme>.png``, and ``index.html`` with all of them.
From the environment: ``ONLY=chefs`` (a pattern on page-state), ``WIDTHS=360``, ``LANGUAGES=ko``, ``SCHEMES=dark``,
``STATES=full,error``, ``SITE=http://localhost:8000`` (a running platform, else one is started), ``JOBS=2``.
"""

import asyncio
import html
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
from playwright.async_api import Browser, Route, async_playwright

from tests.browser import states
from tests.browser.conftest import ARGUMENTS
from tests.browser.dialogs import API, every_dialog
from tests.browser.guest import Table
from tests.browser.inspection import faults, settle
from tests.browser.places import VISITOR, Place, emptied, links, picture_folder, places, sign_in
from tests.browser.states import STATES, State
from tests.browser.window import DESK, PHONE, Device, Window
from tests.deployment import ROOT, free_port
from tests.journeys import Journey

SESSION = re.compile(r"/api/(auth|users/me$|live)")
"""Who one is stays known, whatever else fails."""
BROKEN = (
    '{"type": "urn:softfactory:problem:internal", "title": "Internal", "status": 500, "code": "internal",'
    ' "detail": "", "request_id": "0199a7c2f3e87d10", "facts": {}, "errors": []}'
)


def _chosen(name: str, all_of_them: tuple[str, ...]) -> tuple[str, ...]:
    wanted = [each for each in os.environ.get(name, "").split(",") if each]
    return tuple(each for each in all_of_them if not wanted or each in wanted)


ONLY = re.compile(os.environ.get("ONLY", ""))
KINDS = _chosen("STATES", ("loading", "empty", "error", "full", "dialog"))
SCHEMES = _chosen("SCHEMES", ("light", "dark"))


@dataclass
class Camera:
    """One person's window on the site, and everything that it has seen. ``known``: addresses that links led to."""

    browser: Browser
    site: str
    device: Device
    known: set[str] = field(default_factory=set)
    taken: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        return f"{self.device.width}-{self.device.language}"

    async def open(self, who: str) -> Window:
        window = await Window.open(self.browser, self.device, self.site)
        if who != VISITOR:
            await sign_in(window.page, self.site, who)
        return window

    async def keep(self, window: Window, name: str, *, settled: bool = True) -> None:
        """What stands there now, in both schemes."""
        if not ONLY.search(name):
            return
        if settled:
            with suppress(Exception):  # what never settles is a picture worth seeing, too
                await settle(window)
        await window.page.evaluate("document.fonts.ready")
        # A picture of the whole page makes the window higher for a moment, at which what floats over it closes.
        floats = await window.page.evaluate(
            "[...document.querySelectorAll('[role=dialog], [role=menu]')].some((each) => each.checkVisibility())"
        )
        for scheme in SCHEMES:
            await window.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two
            await window.page.wait_for_timeout(80)
            file = picture_folder() / f"{name}-{self.label}-{scheme}.png"
            await window.page.screenshot(path=file, full_page=not floats, animations="disabled", caret="hide")
            self.taken += 1

    async def _try(self, window: Window, name: str, address: str, state: State | None = None) -> None:
        try:
            if state and state.instead:
                address = state.instead
            await window.go(address + (state.query if state else ""))
            if state and state.act:
                await settle(window)
                await state.act(window)
            await self.keep(window, name)
            self.known |= await links(window.page)
        except Exception as error:
            self.missed.append(f"{name}-{self.label}: {str(error).splitlines()[0]}")

    async def visit(self, place: Place, more: list[State]) -> None:
        """A page in all its states."""
        extra = [*STATES.get(place.path, ()), *more] if {"full", "dialog"} & {*KINDS} else []
        wanted = [f"{place.name}-{state}" for state in (*KINDS, "offline", *(each.name for each in extra))]
        if not any(map(ONLY.search, wanted)) and place.open_ended:
            return
        address = place.example(self.known)
        if address is None:
            self.missed.append(f"{place.name}: no link leads to {place.path}")
            return
        window = await self.open(place.who)
        try:
            await self._full(window, place, address)
            for state in extra if "full" in KINDS else []:
                if ONLY.search(f"{place.name}-{state.name}"):
                    await self._try(window, f"{place.name}-{state.name}", address, state)
            for name, answer in (("empty", _empty), ("error", _error)):
                if name in KINDS and ONLY.search(f"{place.name}-{name}"):
                    await window.page.route(API, answer)
                    await self._try(window, f"{place.name}-{name}", address)
                    await window.page.unroute_all(behavior="ignoreErrors")
            if "loading" in KINDS and ONLY.search(f"{place.name}-loading"):
                await self._loading(window, f"{place.name}-loading", address)
            if "dialog" in KINDS and ONLY.search(f"{place.name}-dialog"):
                shown = [(each.instead or address) + each.query for each in extra if each.act is None]
                await self.dialogs(window, f"{place.name}-dialog", [address, *shown])
        finally:
            await window.page.unroute_all(behavior="ignoreErrors")
            await window.close()

    async def dialogs(self, window: Window, name: str, addresses: list[str]) -> None:
        """Everything that opens on these pages, looked at and looked through."""
        seen: set[str] = set()
        for address in addresses:

            async def arrive(address: str = address) -> None:
                await window.go(address)
                await settle(window)

            async def found(number: int) -> None:
                await self.keep(window, f"{name}-{number}")
                self.missed += await faults(window, f"{name}-{number}-{self.label}")

            try:
                await every_dialog(window, arrive, found, seen=seen)
            except Exception as error:
                self.missed.append(f"{name}-{self.label} at {address}: {str(error).splitlines()[0]}")

    async def _loading(self, window: Window, name: str, address: str) -> None:
        """What stands there while no answer comes."""
        over = asyncio.Event()

        async def wait(route: Route) -> None:
            if not SESSION.search(route.request.url):
                await over.wait()
            with suppress(Exception):  # the page is gone by then
                await route.continue_()

        await window.page.route(API, wait)
        await window.go(address)
        await window.page.wait_for_timeout(1200)
        await self.keep(window, name, settled=False)
        over.set()

    async def _full(self, window: Window, place: Place, address: str) -> None:
        await window.go(address)
        with suppress(Exception):
            await settle(window)
        self.known |= await links(window.page)
        if "full" not in KINDS:
            return
        await self.keep(window, f"{place.name}-full")
        if ONLY.search(f"{place.name}-offline"):
            await window.page.context.set_offline(True)
            await window.page.wait_for_timeout(300)
            await self.keep(window, f"{place.name}-offline", settled=False)
            await window.page.context.set_offline(False)


async def _error(route: Route) -> None:
    if SESSION.search(route.request.url):
        await route.continue_()
    else:
        await route.fulfill(status=500, content_type="application/problem+json", body=BROKEN)


async def _empty(route: Route) -> None:
    if SESSION.search(route.request.url) or route.request.method != "GET":
        await route.continue_()
        return
    answer = await route.fetch()
    if "json" not in answer.headers.get("content-type", ""):
        await route.fulfill(response=answer)
    else:
        await route.fulfill(response=answer, json=emptied(await answer.json()))


@contextmanager
def _platform() -> Iterator[str]:
    """A running platform: the one that SITE names, or a fresh one with demo data."""
    if site := os.environ.get("SITE"):
        yield site.rstrip("/")
        return
    if not (ROOT / "web/dist/index.html").is_file():
        sys.exit("The web app is not built: run `make web` first.")
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="sf-pictures-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        command = [sys.executable, "-m", "softfactory.cli", "up", "--port", str(port), "--data-dir", folder]
        running = subprocess.Popen(command, cwd=ROOT, stdout=sys.stderr)
        try:
            site = f"http://127.0.0.1:{port}"
            deadline = time.monotonic() + 180
            while True:
                with suppress(httpx.HTTPError):
                    if httpx.get(f"{site}/health/ready", timeout=5).status_code == 200:
                        break
                if running.poll() is not None or time.monotonic() > deadline:
                    sys.exit("The platform did not start.")
                time.sleep(0.3)
            yield site
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(60)


def contact_sheet(folder: Path) -> Path:
    """One page with all pictures, a row for each page and state."""
    rows: dict[str, list[str]] = {}
    for file in sorted(folder.glob("*.png")):
        name, *_ = re.split(r"-(?=(?:360|1440)-(?:ko|en)-)", file.stem)
        rows.setdefault(name, []).append(file.name)
    parts = ["<!doctype html><meta charset=utf-8><title>Pictures</title>", _STYLE]
    for name, files in rows.items():
        shown = "".join(
            f'<a href="{html.escape(each)}"><img loading=lazy src="{html.escape(each)}">'
            f"<i>{html.escape(each.removeprefix(name + '-').removesuffix('.png'))}</i></a>"
            for each in files
        )
        parts.append(f'<h2 id="{html.escape(name)}">{html.escape(name)}</h2><div>{shown}</div>')
    sheet = folder / "index.html"
    sheet.write_text("\n".join(parts))
    return sheet


_STYLE = """<style>body{font:14px system-ui;background:#ddd}div{display:flex;gap:8px;overflow:auto}
img{height:340px;width:auto;max-width:520px;object-fit:cover;object-position:top;border:1px solid #888}
i{display:block;font-size:11px}</style>"""


async def _shoot(site: str) -> tuple[int, list[str]]:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    devices = [
        replace(base, language=language, name=f"{base.width}-{language}", scheme="light")
        for base in (PHONE, DESK)
        for language in _chosen("LANGUAGES", ("ko", "en"))
        if str(base.width) in _chosen("WIDTHS", ("360", "1440"))
    ]
    journey = Journey(lambda token: _client(site, token))
    gate = asyncio.Semaphore(int(os.environ.get("JOBS", "2")))
    many = await states.bookings(journey)

    async def one(browser: Browser, device: Device) -> Camera:
        camera = Camera(browser, site, device)
        async with gate:
            for place in places():
                more = many if place.path == "/bookings/$bookingId" else []
                try:
                    await camera.visit(place, more)
                except Exception as error:
                    camera.missed.append(f"{place.name}-{camera.label}: {str(error).splitlines()[0]}")
            if "full" in KINDS and any(map(ONLY.search, _BOOKING)):
                # A kitchen of its own: nobody else takes the evening that is asked for.
                table = Table(await journey.open_kitchen(name="한도윤"), "한도윤")
                window = await camera.open(VISITOR)
                try:
                    await states.book(window, table, camera.keep)
                except Exception:
                    camera.missed.append(f"book-{camera.label}: {traceback.format_exc(limit=-2)}")
                await window.close()
            if {"full", "dialog"} & {*KINDS} and any(map(ONLY.search, _OWN)):
                window = await camera.open(VISITOR)
                try:
                    await states.own_account(window, journey, camera.keep)
                    if "dialog" in KINDS:
                        tabs = [f"/account?tab={tab}" for tab in states.TABS]
                        await camera.dialogs(window, "account-own-dialog", tabs)
                except Exception:
                    camera.missed.append(f"own account-{camera.label}: {traceback.format_exc(limit=-2)}")
                await window.close()
        return camera

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, headless=True, args=ARGUMENTS)
        cameras = await asyncio.gather(*(one(browser, device) for device in devices))
        await browser.close()
    await journey.close()
    return sum(each.taken for each in cameras), [line for each in cameras for line in each.missed]


_BOOKING = (
    "chefs-chef-time-chosen",
    *(f"chefs-chef-book-{step}" for step in ("table", "details", "pay", "declined", "done")),
    "bookings-booking-fresh",
)

_OWN = tuple(f"account-own-{tab}" for tab in (*states.TABS, "dialog"))


def _client(site: str, token: str | None) -> httpx.AsyncClient:
    headers = {"Accept-Language": "en"} | ({"Authorization": f"Bearer {token}"} if token else {})
    return httpx.AsyncClient(base_url=site, headers=headers, timeout=30)


def main() -> None:
    started = time.monotonic()
    picture_folder().mkdir(parents=True, exist_ok=True)
    with _platform() as site:
        taken, missed = asyncio.run(_shoot(site))
    for line in missed:
        print(f"! {line}")
    print(f"{taken} pictures in {time.monotonic() - started:.0f} s: {contact_sheet(picture_folder())}")
    sys.exit(0 if taken else 1)


if __name__ == "__main__":
    main()
