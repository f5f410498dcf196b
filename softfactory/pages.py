"""The head of every page: its title and what other sites show of it, for those who read no script.

``web/dist/pages.json`` is written by the build from the services' ``feature.ts``: each screen's address, title and
summary, and for some an address of the API that knows the page's subject (a chef's name and headline).
"""

import asyncio
import json
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, cast

import httpx
from starlette.types import ASGIApp

SITE = "SoftFactory"
PATIENCE = 0.5
"""Seconds for the API to say what a page is about; a page never waits longer for its own picture in a chat."""
LONGEST = 200
_PLACE = re.compile(r"<!-- page -->.*?<!-- /page -->", re.S)
_PARAMETER = re.compile(r"\\\$(\w+)")


@dataclass(frozen=True, slots=True)
class Page:
    """A screen's address as a pattern, its words by language, and who knows its subject."""

    pattern: re.Pattern[str]
    title: dict[str, str]
    text: dict[str, str]
    preview: dict[str, str] | None

    @classmethod
    def of(cls, screen: dict[str, Any]) -> "Page":
        pattern = _PARAMETER.sub(r"(?P<\1>[^/]+)", re.escape(screen["path"]))
        return cls(re.compile(pattern + r"/?"), screen["title"], screen["text"], screen.get("preview"))


class Pages:
    """The shell with a head for each address."""

    def __init__(self, dist: Path, app: ASGIApp, *, public_url: str, demo: bool) -> None:
        self.shell = (dist / "index.html").read_text(encoding="utf-8")
        listed = dist / "pages.json"
        screens = json.loads(listed.read_text(encoding="utf-8")) if listed.is_file() else []
        self.pages = [Page.of(screen) for screen in screens]
        self.site = public_url.rstrip("/")
        self.demo = demo
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self.api = httpx.AsyncClient(transport=transport, base_url="http://shell")

    async def render(self, path: str, language: str) -> bytes:
        """The document of an address."""
        title, text = SITE, ""
        for page in self.pages:
            if found := page.pattern.fullmatch("/" + path):
                title, text = page.title[language], page.text[language]
                if page.preview:
                    title, text = await self._about(page.preview, found.groupdict(), language) or (
                        title,
                        text,
                    )
                break
        return _PLACE.sub(lambda _: self._head(path, language, title, text), self.shell, count=1).encode()

    async def _about(
        self, preview: dict[str, str], parameters: dict[str, str], language: str
    ) -> tuple[str, str] | None:
        """What the API tells anybody about the page's subject; nothing when it has no such thing, or is slow."""
        address = re.sub(r"\$(\w+)", lambda hole: parameters[hole[1]], preview["api"])
        # A task of its own: the request inside must not leave its id and language in this one's context.
        asking = asyncio.create_task(self.api.get(address, headers={"Accept-Language": language}))
        try:
            answer = await asyncio.wait_for(asking, PATIENCE)
        except (TimeoutError, httpx.HTTPError):
            return None
        if answer.status_code != 200:
            return None
        subject = cast(dict[str, object], answer.json())
        named, said = subject.get(preview["title"]), subject.get(preview["text"])
        return (named, said if isinstance(said, str) else "") if isinstance(named, str) and named else None

    def _head(self, path: str, language: str, title: str, text: str) -> str:
        whole = title if title == SITE else f"{title} · {SITE}"
        text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
        tags = {
            "og:site_name": SITE,
            "og:type": "website",
            "og:title": title,
            "og:description": text,
            "og:url": f"{self.site}/{path}",
            "og:image": f"{self.site}/icons/icon-512.png",
            "og:locale": "ko_KR" if language == "ko" else "en_GB",
        }
        lines = [
            f"<title>{escape(whole)}</title>",
            f'<meta name="description" content="{escape(text)}" />',
            f'<link rel="manifest" href="/manifest.{language}.webmanifest" />',
            *(f'<meta property="{name}" content="{escape(said)}" />' for name, said in tags.items()),
            '<meta name="twitter:card" content="summary" />',
        ]
        if self.demo:
            lines.append('<meta name="sf-demo" content="1" />')
        return "\n    ".join(lines)
