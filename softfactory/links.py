"""Which chunks a page needs: its styles are told in its headers, its scripts to what starts the app
(`web/public/start.js`), so that they are fetched beside the entry, and not one after another as each finds out what it
imports. The build writes them down (`web/scripts/hints.ts`)."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import orjson

_STYLE = "rel=preload; as=style; crossorigin"


def page_files(dist: Path, path: str, language: str) -> list[str]:
    """What a page fetches in a language, in order; nothing for an address that is no page."""
    hints = dist / ".vite/hints.json"
    if not hints.is_file():
        return []
    wanted = "/" + path.strip("/")
    for shape, page in _pages(hints, hints.stat().st_mtime_ns):
        if shape.fullmatch(wanted):
            # What another version of the build has not written is not told: hints are a courtesy.
            return [file for part in ("entry", language, "any") for file in page.get(part, ())]
    return []


def style_links(files: list[str]) -> str:
    """The ``Link`` header for a page's styles."""
    return ", ".join(f"</{file}>; {_STYLE}" for file in files if file.endswith(".css"))


@cache
def _pages(hints: Path, _written: int) -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    """Every page's address, as a pattern, and its files; read anew after a build."""
    found = orjson.loads(hints.read_bytes())
    return [(re.compile(re.sub(r"\$\w+", "[^/]+", page["path"])), page) for page in found]
