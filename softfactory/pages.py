"""What the server says of every page before any script runs: its head, and its first view.

``web/dist/pages.json`` is written by the build from the services' ``feature.ts``: each screen's address, title and
summary, and for some an address of the API that knows the page's subject (a chef's name and headline).
``web/dist/.vite/views.json`` holds what each page shows before it knows anything (`web/src/prerender.tsx`).
"""

import asyncio
import json
import re
from collections.abc import Sequence
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
_ROOT = '<div id="root"></div>'
_ENTRY = re.compile(r'<script type="module" crossorigin src="([^"]+)"></script>')
_AHEAD = re.compile(r'\s*<link rel="modulepreload"[^>]*>')
_HOLE = re.compile(r"%%(\w+)%%")
_PARAMETER = re.compile(r"\\\$(\w+)")


@dataclass(frozen=True, slots=True)
class Page:
    """A screen's address, as it is written and as a pattern, its words by language, and who knows its subject."""

    path: str
    pattern: re.Pattern[str]
    title: dict[str, str]
    text: dict[str, str]
    preview: dict[str, str] | None

    @classmethod
    def of(cls, screen: dict[str, Any]) -> "Page":
        pattern = _PARAMETER.sub(r"(?P<\1>[^/]+)", re.escape(screen["path"]))
        return cls(
            screen["path"],
            re.compile(pattern + r"/?"),
            screen["title"],
            screen["text"],
            screen.get("preview"),
        )


@dataclass(frozen=True, slots=True)
class Subject:
    """What the API tells anybody about what a page is about."""

    address: str
    facts: dict[str, Any]

    def said(self, field: str) -> str:
        """A field that is text; empty when it is none."""
        found = self.facts.get(field)
        return found if isinstance(found, str) else ""


class Pages:
    """The shell with a head and a first view for each address."""

    def __init__(self, dist: Path, app: ASGIApp, *, public_url: str, demo: bool) -> None:
        self.shell = (dist / "index.html").read_text(encoding="utf-8")
        listed = dist / "pages.json"
        screens = json.loads(listed.read_text(encoding="utf-8")) if listed.is_file() else []
        self.pages = [Page.of(screen) for screen in screens]
        drawn = dist / ".vite" / "views.json"
        views = json.loads(drawn.read_text(encoding="utf-8")) if drawn.is_file() else []
        self.views: dict[str, dict[str, Any]] = {
            view["path"]: {"styles": view["styles"], **view["demo" if demo else "html"]} for view in views
        }
        self.site = public_url.rstrip("/")
        self.demo = demo
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self.api = httpx.AsyncClient(transport=transport, base_url="http://shell")

    def bare(self, language: str) -> bytes:
        """The shell for any address, with no first view."""
        return self._headed(self._head("", language, SITE, "")).encode()

    def _headed(self, head: str) -> str:
        return _PLACE.sub(lambda _: head, self.shell, count=1)

    async def render(self, path: str, language: str, files: Sequence[str] = ()) -> bytes:
        """The document of an address; ``files`` are those that it will fetch."""
        title, text, view, subject = SITE, "", None, None
        for page in self.pages:
            if found := page.pattern.fullmatch("/" + path):
                title, text = page.title[language], page.text[language]
                view = self.views.get(page.path)
                if page.preview:
                    subject = await self._subject(page.preview["api"], found.groupdict(), language)
                if page.preview and subject and subject.said(page.preview["title"]):
                    title, text = subject.said(page.preview["title"]), subject.said(page.preview["text"])
                break
        head = self._head(path, language, title, text)
        document = self._headed(head)
        document = document.replace('<html lang="ko">', f'<html lang="{language}">', 1)
        if view:
            # After the shell's own styles, which set the order of the cascade's layers.
            styles = "".join(_style(name) for name in view["styles"])
            document = document.replace("  </head>", f"{styles}  </head>", 1)
            document = _later(document, files)
            document = document.replace(_ROOT, _first_view(view[language], subject), 1)
        return document.encode()

    async def _subject(self, api: str, parameters: dict[str, str], language: str) -> Subject | None:
        """Nothing when the API knows no such thing, or is slow."""
        address = re.sub(r"\$(\w+)", lambda hole: parameters[hole[1]], api)
        # A task of its own: the request inside must not leave its id and language in this one's context.
        asking = asyncio.create_task(self.api.get(address, headers={"Accept-Language": language}))
        try:
            answer = await asyncio.wait_for(asking, PATIENCE)
        except (TimeoutError, httpx.HTTPError):
            return None
        return Subject(address, cast(dict[str, Any], answer.json())) if answer.status_code == 200 else None

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


def _style(name: str) -> str:
    """A first view's own styles: without them it would be drawn twice."""
    return f'  <link rel="stylesheet" crossorigin href="/{escape(name)}" />\n  '


def _later(document: str, files: Sequence[str]) -> str:
    """The document with its scripts left to `web/public/start.js`."""
    ahead = " ".join(f"/{file}" for file in files if file.endswith(".js"))
    start = f'<script defer src="/start.js" data-entry="{{}}" data-ahead="{escape(ahead)}"></script>'
    return _AHEAD.sub("", _ENTRY.sub(lambda entry: start.format(entry[1]), document, count=1))


def _first_view(html: str, subject: Subject | None) -> str:
    """The root with what the page shows first: out of reach until the app takes its place, its subject sent along."""
    filled = _HOLE.sub(lambda hole: escape(subject.said(hole[1])) if subject else "", html)
    root = f'<div id="root" inert>{filled}</div>'
    if subject is None:
        return root
    facts = json.dumps(subject.facts, ensure_ascii=False).replace("<", "\\u003c")
    return (
        f'{root}\n    <script type="application/json" id="sf-subject" data-address="{escape(subject.address)}">'
        f"{facts}</script>"
    )
