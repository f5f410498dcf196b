"""The head of a page, as a chat or a search engine reads it; what only demos serve."""

import json
import os
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from softfactory.kernel import config
from softfactory.web import mount

SHELL = "<!doctype html><html><head><!-- page --><title>x</title><!-- /page --></head></html>"
SCREENS = [
    {
        "path": "/chefs/$chefId",
        "title": {"ko": "셰프", "en": "Chef"},
        "text": {"ko": "저녁", "en": "Dinner"},
        "preview": {"api": "/api/chefs/$chefId", "title": "name", "text": "headline"},
    },
    {
        "path": "/chefs",
        "title": {"ko": "셰프 찾기", "en": "Find a chef"},
        "text": {"ko": "저녁", "en": "Dinner"},
    },
]


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(SHELL)
    (tmp_path / "pages.json").write_text(json.dumps(SCREENS))
    (tmp_path / "assets" / "dev-Gallery-1.js").write_text("gallery")
    return tmp_path


@pytest.fixture
async def http(dist: Path) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()

    @app.get("/api/chefs/{chef_id}")
    async def chef(chef_id: str) -> dict[str, str]:
        if chef_id == "broken":
            raise RuntimeError("a bug")
        return {"name": '한도윤 <"셰프">', "headline": "제철 & 집밥" * 60}

    mount(app, dist)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://site") as client:
        yield client


async def test_an_address_longer_than_a_files_name_is_a_page_like_any_other(http: httpx.AsyncClient) -> None:
    page = await http.get("/" + "a" * 300)
    assert (page.status_code, "<title>SoftFactory</title>" in page.text) == (200, True)


async def test_a_page_is_named_for_those_who_read_no_script(http: httpx.AsyncClient) -> None:
    page = await http.get("/chefs?party=4")
    assert "<title>셰프 찾기 · SoftFactory</title>" in page.text
    assert f'content="{config.settings().public_url}/chefs"' in page.text
    assert page.headers["vary"] == "Accept-Encoding, Accept-Language"


async def test_a_shared_chef_shows_their_name_and_headline(http: httpx.AsyncClient) -> None:
    text = (await http.get("/chefs/42")).text
    assert '<meta property="og:title" content="한도윤 &lt;&quot;셰프&quot;&gt;" />' in text
    assert "제철 &amp; 집밥" in text
    assert "…" in text


async def test_a_page_does_not_depend_on_what_the_api_says_of_it(http: httpx.AsyncClient) -> None:
    for path in ("/chefs/broken", "/chefs/a%2Fb", "/nowhere", "/"):
        assert (await http.get(path)).status_code == 200
    assert "<title>셰프 · SoftFactory</title>" in (await http.get("/chefs/broken")).text


async def test_a_web_app_built_anew_is_served_without_a_restart(http: httpx.AsyncClient, dist: Path) -> None:
    shell = dist / "index.html"
    assert "anew" not in (await http.get("/")).text
    shell.write_text(SHELL.replace("</head>", "<!-- anew --></head>"))
    os.utime(shell, ns=(1, 1))
    assert "anew" in (await http.get("/")).text
    shell.unlink()
    assert (await http.get("/")).status_code == 503


async def test_only_a_demo_serves_the_gallery(
    http: httpx.AsyncClient, dist: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config, "settings", lambda: config.Settings(demo=False))
    assert (await http.get("/assets/dev-Gallery-1.js")).status_code == 404
    assert "sf-demo" not in (await http.get("/dev/ui")).text
    monkeypatch.setattr(config, "settings", lambda: config.Settings(demo=True))
    assert (await http.get("/assets/dev-Gallery-1.js")).status_code == 200
    app = FastAPI()
    mount(app, dist)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://site") as demo:
        page = await demo.get("/dev/ui")
        assert "sf-demo" in page.text
        assert "frame-ancestors 'self'" in page.headers["content-security-policy"]
        other = await demo.get("/chefs")
        assert "frame-ancestors 'none'" in other.headers["content-security-policy"]
