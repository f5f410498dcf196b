"""The built web app as it is served: which chunks a page needs is told with it, and what is no page needs none."""

import os
from pathlib import Path

import orjson
import pytest

from softfactory.links import page_files, style_links

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


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    (tmp_path / ".vite").mkdir()
    (tmp_path / ".vite/hints.json").write_bytes(orjson.dumps(PAGES))
    return tmp_path


def test_a_page_needs_the_entry_first_then_the_readers_words_then_its_own_chunks(dist: Path) -> None:
    for tongue in ("ko", "en"):
        files = page_files(dist, "", tongue)
        assert files == ["assets/index.js", f"assets/{tongue}.js", "assets/a.js", "assets/a.css"]
        assert style_links(files) == "</assets/a.css>; rel=preload; as=style; crossorigin"


def test_a_page_with_an_id_is_the_same_page_for_every_id(dist: Path) -> None:
    files = page_files(dist, "chefs/0199", "ko")
    assert files == page_files(dist, "chefs/0200/", "ko") == ["assets/chef.js"]
    assert style_links(files) == ""


@pytest.mark.parametrize("path", ["nowhere", "chefs/0199/book", "chefs"])
def test_what_is_no_page_needs_nothing(dist: Path, path: str) -> None:
    assert page_files(dist, path, "ko") == []


def test_after_a_build_the_new_names_are_told(dist: Path) -> None:
    assert "assets/a.js" in page_files(dist, "", "ko")
    hints = dist / ".vite/hints.json"
    hints.write_bytes(orjson.dumps([PAGES[0] | {"any": ["assets/b.js"]}]))
    os.utime(hints, ns=(1, 1))
    assert "assets/b.js" in page_files(dist, "", "ko")


def test_an_app_that_is_not_built_needs_nothing(tmp_path: Path) -> None:
    assert page_files(tmp_path, "", "ko") == []
