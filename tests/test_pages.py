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

SHELL = """<!doctype html>
<html lang="ko">
  <head>
    <!-- page -->
    <title>x</title>
    <!-- /page -->
    <script type="module" crossorigin src="/assets/index-1.js"></script>
    <link rel="modulepreload" crossorigin href="/assets/libraries-1.js">
    <link rel="stylesheet" crossorigin href="/assets/index-1.css">
  </head>
  <body>
    <div id="root"></div>
  </body>
</html>
"""
SCREENS = [
    {
        "path": "/chefs/$chefId",
        "title": {"ko": "셰프", "en": "Chef"},
        "text": {"ko": "저녁", "en": "Dinner"},
        "preview": {"api": "/api/chefs/$chefId", "title": "name", "text": "headline"},
    },
    {
        "path": "/plain",
        "title": {"ko": "그냥", "en": "Plain"},
        "text": {"ko": "", "en": ""},
    },
    {
        "path": "/chefs",
        "title": {"ko": "셰프 찾기", "en": "Find a chef"},
        "text": {"ko": "저녁", "en": "Dinner"},
    },
]
VIEWS = [
    {
        "path": "/chefs/$chefId",
        "styles": ["assets/chef-1.css"],
        "html": {"ko": "", "en": ""},
        "demo": {"ko": "<h1>%%name%%</h1><p>%%nothing%%</p>", "en": "<h1>%%name%%</h1>"},
    },
    {
        "path": "/chefs",
        "styles": [],
        "html": {"ko": "<h1>셰프 찾기 (실제)</h1>", "en": "<h1>Find a chef (real)</h1>"},
        "demo": {"ko": "<h1>셰프 찾기</h1>", "en": "<h1>Find a chef</h1>"},
    },
]
HINTS = [
    {"path": "/chefs", "entry": ["assets/index-1.js"], "any": ["assets/list-1.js", "assets/list-1.css"]},
]


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(SHELL)
    (tmp_path / "pages.json").write_text(json.dumps(SCREENS))
    (tmp_path / ".vite").mkdir()
    (tmp_path / ".vite" / "views.json").write_text(json.dumps(VIEWS))
    (tmp_path / ".vite" / "hints.json").write_text(json.dumps(HINTS))
    (tmp_path / "assets" / "dev-Gallery-1.js").write_text("gallery")
    return tmp_path


@pytest.fixture
async def http(dist: Path) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()

    @app.get("/api/chefs/{chef_id}")
    async def chef(chef_id: str) -> dict[str, str]:
        if chef_id == "broken":
            raise RuntimeError("a bug")
        if chef_id == "nasty":
            return {"name": "</script><script>alert(1)</script>", "headline": ""}
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
    assert page.headers["vary"] == "Accept-Encoding, Accept-Language, Cookie"


async def test_a_shared_chef_shows_their_name_and_headline(http: httpx.AsyncClient) -> None:
    text = (await http.get("/chefs/42")).text
    assert '<meta property="og:title" content="한도윤 &lt;&quot;셰프&quot;&gt;" />' in text
    assert "제철 &amp; 집밥" in text
    assert "…" in text


async def test_a_page_shows_its_first_view_before_any_script(http: httpx.AsyncClient) -> None:
    text = (await http.get("/chefs")).text
    assert '<html lang="ko">' in text
    assert '<div id="root" inert><h1>셰프 찾기</h1></div>' in text
    # The scripts come after it, and are fetched ahead by what starts them.
    start = '<script defer src="/start.js" data-entry="/assets/index-1.js"'
    assert f'{start} data-ahead="/assets/index-1.js /assets/list-1.js"></script>' in text
    assert 'type="module"' not in text
    assert "modulepreload" not in text


async def test_a_first_view_is_in_the_language_that_its_reader_chose(http: httpx.AsyncClient) -> None:
    for chosen, heading in (("en", "Find a chef"), ("ko", "셰프 찾기"), ("xx", "셰프 찾기")):
        text = (await http.get("/chefs", headers={"Cookie": f"sf.language={chosen}"})).text
        assert f"<h1>{heading}</h1>" in text
        assert f'<html lang="{"en" if chosen == "en" else "ko"}">' in text


async def test_a_first_view_names_its_subject_and_sends_it_along(http: httpx.AsyncClient) -> None:
    text = (await http.get("/chefs/42")).text
    assert "<h1>한도윤 &lt;&quot;셰프&quot;&gt;</h1><p></p>" in text
    sent = text.split('<script type="application/json" id="sf-subject" data-address="/api/chefs/42">')[1]
    assert json.loads(sent.split("</script>")[0])["name"] == '한도윤 <"셰프">'
    # Its styles stand behind the shell's, which set the order of the layers.
    assert text.index("/assets/index-1.css") < text.index("/assets/chef-1.css") < text.index("</head>")


async def test_a_subject_cannot_end_its_own_script(http: httpx.AsyncClient) -> None:
    text = (await http.get("/chefs/nasty")).text
    assert "<script>alert" not in text
    sent = text.split('data-address="/api/chefs/nasty">')[1].split("</script>")[0]
    assert json.loads(sent)["name"] == "</script><script>alert(1)</script>"


async def test_a_page_without_a_first_view_starts_by_itself(http: httpx.AsyncClient) -> None:
    for path in ("/plain", "/nowhere"):
        text = (await http.get(path)).text
        assert '<div id="root"></div>' in text
        assert '<script type="module" crossorigin src="/assets/index-1.js"></script>' in text


async def test_what_the_service_worker_keeps_shows_no_page(http: httpx.AsyncClient) -> None:
    text = (await http.get("/index.html")).text
    assert '<div id="root"></div>' in text
    assert '<script type="module" crossorigin src="/assets/index-1.js"></script>' in text
    assert "sf-demo" in text


async def test_what_the_api_does_not_tell_leaves_no_hole(http: httpx.AsyncClient) -> None:
    text = (await http.get("/chefs/broken")).text
    assert "<h1></h1>" in text
    assert "%%" not in text
    assert "sf-subject" not in text


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
    assert "<h1>셰프 찾기 (실제)</h1>" in (await http.get("/chefs")).text
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
        assert "<h1>셰프 찾기</h1>" in other.text
        assert "frame-ancestors 'none'" in other.headers["content-security-policy"]
