"""What is wrong with a page that nobody should meet: found by axe, by measuring and by reading."""

import json
import re
from functools import cache
from typing import Any, cast

from tests.browser.window import Window
from tests.browser.words import ROOT, catalogues

_STRAY = re.compile(r"\bundefined\b|\bNaN\b|\[object |\{\{|\d{4}-\d\d-\d\dT\d\d:\d\d")

_LOOK = """
() => {
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


async def settle(window: Window) -> None:
    """Until nothing is being fetched, and nothing says that it is being loaded."""
    await window.page.wait_for_load_state("networkidle")
    loading = window.page.get_by_role("status", name=window.say("shell:loading"))
    await loading.first.wait_for(state="detached")


async def faults(window: Window, where: str, *, axe: bool = True, loads: bool = True) -> list[str]:
    """Everything wrong with the page that stands there now, a line each.

    ``loads=False``: what says that it is loading stands there on purpose.
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
    if axe:
        if not await page.evaluate("'axe' in window"):
            await page.evaluate(_axe())
        found += [json.dumps(each, ensure_ascii=False) for each in await page.evaluate(_AXE)]
    return [f"{where}: {fault}" for fault in dict.fromkeys(found)]
