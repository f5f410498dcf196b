"""The built web app as it is served: a page's chunks are named in its headers, and what is no page names none."""

import os
from pathlib import Path

import orjson
import pytest

from softfactory.kernel.language import language
from softfactory.links import page_links

PAGES = [
    {
        "path": "/",
        "entry": ["assets/index.js"],
        "any": ["assets/a.js", "assets/a.css"],
        "ko": ["assets/ko.js"],
        "en": ["assets/en.js"],
    },
    {"path": "/chefs/$chefId", "entry": [], "any": ["assets/chef.js"], "ko": [], "en": []},
]
SCRIPT = "rel=modulepreload; crossorigin"


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    (tmp_path / ".vite").mkdir()
    (tmp_path / ".vite/hints.json").write_bytes(orjson.dumps(PAGES))
    return tmp_path


def test_a_page_names_the_entry_first_then_the_readers_words_then_its_own_chunks(dist: Path) -> None:
    own = f"</assets/a.js>; {SCRIPT}, </assets/a.css>; rel=preload; as=style; crossorigin"
    for tongue in ("ko", "en"):
        token = language.set(tongue)
        assert page_links(dist, "") == (
            f"</assets/index.js>; {SCRIPT}, </assets/{tongue}.js>; {SCRIPT}, {own}"
        )
        language.reset(token)


def test_a_page_with_an_id_is_the_same_page_for_every_id(dist: Path) -> None:
    assert page_links(dist, "chefs/0199") == page_links(dist, "chefs/0200/") == f"</assets/chef.js>; {SCRIPT}"


@pytest.mark.parametrize("path", ["nowhere", "chefs/0199/book", "chefs"])
def test_what_is_no_page_names_nothing(dist: Path, path: str) -> None:
    assert page_links(dist, path) == ""


def test_after_a_build_the_new_names_are_told(dist: Path) -> None:
    assert "assets/a.js" in page_links(dist, "")
    hints = dist / ".vite/hints.json"
    hints.write_bytes(orjson.dumps([PAGES[0] | {"any": ["assets/b.js"]}]))
    os.utime(hints, ns=(1, 1))
    assert "assets/b.js" in page_links(dist, "")


def test_an_app_that_is_not_built_names_nothing(tmp_path: Path) -> None:
    assert page_links(tmp_path, "") == ""
