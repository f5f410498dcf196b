"""What is wrong with a page that nobody should meet: found by axe, by measuring and by reading."""

import json
import re
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any, cast

from tests.browser.window import Window
from tests.browser.words import ROOT, catalogues

Content = Callable[[], Awaitable[str]]
_STRAY = re.compile(r"\bundefined\b|\bNaN\b|\[object |\{\{|\d{4}-\d\d-\d\dT\d\d:\d\d")

_ENUM = re.compile(r"(?<![\w@./:=-])[a-z]+(?:_[a-z]+)+(?![\w@./-])")
"""A state's name where its word should stand: `no_show`."""
_HANGUL = re.compile(r"[가-힣]+")
_ENGLISH = re.compile(r"[A-Za-z’']{2,}(?:,? [A-Za-z’']{2,}){2,}")
_CODE = re.compile(r"[a-z]+")
_BOTH = re.compile(
    r"SoftFactory|CooCook|English|API|JSON|ID|QR|TOTP|PDF|CSV|iCal|JPEG|PNG|WebP|AVIF|GIF", re.IGNORECASE
)
"""Words that stand in both languages."""

_LOOK = """
() => {
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.data.trim();
    const holder = node.parentElement;
    const apart = "code, pre, kbd, script, style, [translate=no], body [lang]";
    if (text && holder.checkVisibility() && !holder.closest(apart)) texts.push(text);
  }
  const root = document.documentElement;
  const wide = [...document.querySelectorAll("body *")].filter((each) => {
    const box = each.getBoundingClientRect();
    if (box.width === 0 || box.right <= root.clientWidth + 1) return false;
    for (let above = each.parentElement; above; above = above.parentElement)
      if (getComputedStyle(above).overflowX !== "visible") return above === document.body;
    return true;
  });
  return {
    title: document.title,
    language: root.lang,
    headings: [...document.querySelectorAll("h1")].filter((h) => h.checkVisibility()).length,
    overflow: root.scrollWidth - root.clientWidth,
    wide: wide.slice(-3).map((each) => each.outerHTML.slice(0, 120)),
    text: document.body.innerText,
    texts,
    labels: [...document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")].map((each) =>
      ["aria-label", "title", "placeholder", "alt"].map((name) => each.getAttribute(name) ?? "").join(" "),
    ),
  };
}
"""

_AXE = """
async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => ({
      id, help, nodes: nodes.slice(0, 3).map((node) => `${node.target.join(" ")} (${node.any[0]?.message ?? ""})`),
    }));
}
"""


@cache
def _axe() -> str:
    return (ROOT / "node_modules/axe-core/axe.min.js").read_text()


@cache
def _keys() -> re.Pattern[str]:
    """A message's key where its sentence should stand: `list.title`, `coocook:guests`."""
    tops = {top for catalogue in catalogues("en").values() for top in catalogue}
    return re.compile(rf"(?<![\w.@-])(?:[a-z/]+:)?(?:{'|'.join(sorted(tops))})(?:\.[A-Za-z_]+)+(?![\w.])")


def tongues(texts: list[str], language: str, content: str) -> list[str]:
    """Words of the other language, and names of the program's, that are no part of what people wrote (``content``)."""
    found = []
    for text in texts:
        found += [f"the name of a state, {name!r}" for name in _ENUM.findall(text) if name not in content]
        if language == "en":
            found += [
                f"Korean, {run!r} in {text[:80]!r}" for run in _HANGUL.findall(text) if run not in content
            ]
            continue
        if text in content:
            continue
        found += [f"English, {run!r}" for run in _ENGLISH.findall(_BOTH.sub("", text)) if run not in content]
        if _CODE.fullmatch(text) and len(text) > 2:
            found.append(f"a bare word, {text!r}")
    return found


async def settle(window: Window) -> None:
    """Until the app stands there, nothing is being fetched, and nothing says that it is being loaded."""
    await window.page.locator("#root > *").first.wait_for(state="attached")
    await window.quiet()
    loading = window.page.get_by_role("status", name=window.say("shell:loading"))
    await loading.first.wait_for(state="detached")


async def faults(
    window: Window, where: str, *, axe: bool = True, loads: bool = True, content: Content | None = None
) -> list[str]:
    """Everything wrong with the page that stands there now, a line each.

    ``loads=False``: what says that it is loading stands there on purpose. ``content``: what people wrote, if known.
    """
    if loads:
        await settle(window)
    page = window.page
    seen = cast(dict[str, Any], await page.evaluate(_LOOK))
    found = []
    if not seen["title"].endswith(" · SoftFactory"):
        found.append(f"the title is {seen['title']!r}")
    if seen["language"] != window.device.language:
        found.append(f"the page says it is in {seen['language']!r}")
    if seen["headings"] != 1:
        found.append(f"{seen['headings']} main headings")
    if seen["overflow"] > 0:
        found.append(f"scrolls sideways by {seen['overflow']} px: {seen['wide']}")
    for told in (seen["text"], *seen["labels"]):
        found += [f"a reader meets {stray!r}" for stray in {*_STRAY.findall(told), *_keys().findall(told)}]
    if content is not None:
        written = await content()
        found += [
            f"a reader meets {each}" for each in tongues(seen["texts"], window.device.language, written)
        ]
    if axe:
        if not await page.evaluate("'axe' in window"):
            await page.evaluate(_axe())
        found += [json.dumps(each, ensure_ascii=False) for each in await page.evaluate(_AXE)]
    return [f"{where}: {fault}" for fault in dict.fromkeys(found)]
