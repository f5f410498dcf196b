"""Which chunks a page needs, told in its headers: they are fetched beside the entry, and not one after another as each
finds out what it imports. The build writes them down (`web/scripts/hints.ts`)."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from softfactory.kernel.language import language

_STYLE = "rel=preload; as=style; crossorigin"
_SCRIPT = "rel=modulepreload; crossorigin; fetchpriority=low"


def page_links(dist: Path, path: str) -> str:
    """The ``Link`` header of a page in the reader's language; empty for an address that is none."""
    hints = dist / ".vite/hints.json"
    if not hints.is_file():
        return ""
    wanted = "/" + path.strip("/")
    for shape, page in _pages(hints, hints.stat().st_mtime_ns):
        if shape.fullmatch(wanted):
            words = "en" if language.get() == "en" else "ko"
            # What another version of the build has not written is not told: hints are a courtesy.
            files = [file for part in ("entry", words, "any") for file in page.get(part, ())]
            return ", ".join(f"</{file}>; {_STYLE if file.endswith('.css') else _SCRIPT}" for file in files)
    return ""


@cache
def _pages(hints: Path, _written: int) -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    """Every page's address, as a pattern, and its files; read anew after a build."""
    found = orjson.loads(hints.read_bytes())
    return [(re.compile(re.sub(r"\$\w+", "[^/]+", page["path"])), page) for page in found]
