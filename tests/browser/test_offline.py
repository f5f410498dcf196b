"""The installed app: what it says without a network, and that it never keeps what must be true now."""

import json
from dataclasses import replace

import httpx
import pytest
from playwright.async_api import Browser, expect

from tests.browser import guest
from tests.browser.window import DESK, PHONE, Device, Window
from tests.deployment import Deployment

_READY = "navigator.serviceWorker.ready.then(() => true)"
_KEPT = """
async () => {
  const addresses = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) addresses.push(new URL(request.url).pathname);
  return addresses;
}
"""
_KEEPS_THE_SCREEN = """
async () => {
  const open = performance.getEntriesByType("resource").map(({ name }) => name)
    .filter((name) => name.startsWith(`${location.origin}/assets/`));
  return (await Promise.all(open.map((name) => caches.match(name)))).every(Boolean);
}
"""


async def _installed(chromium: Browser, deployment: Deployment, device: Device, path: str) -> Window:
    window = await Window.open(chromium, device, deployment.urls["platform"], workers="allow")
    await window.go(path)
    await window.page.evaluate(_READY)
    await window.page.wait_for_function("navigator.serviceWorker.controller !== null")
    await window.page.wait_for_function(_KEEPS_THE_SCREEN)
    return window


@pytest.mark.parametrize("device", [PHONE, DESK], ids=lambda device: device.name)
async def test_without_a_network_the_app_opens_and_says_what_is_true(
    chromium: Browser, deployment: Deployment, device: Device
) -> None:
    window = await _installed(chromium, deployment, device, "/chefs")
    page, say = window.page, window.say
    try:
        await page.context.set_offline(True)
        await page.reload()
        await expect(page.get_by_text(say("shell:offline")).first).to_be_visible()
        await expect(window.heading("shell:error.noAnswerTitle")).to_be_visible()

        await window.go("/sign-up")  # never opened on this device
        await expect(window.heading("shell:screen.offlineTitle")).to_be_visible()

        await page.context.set_offline(False)
        await expect(window.heading("platform:signUp.title")).to_be_visible()
        await window.go("/chefs")
        await expect(page.get_by_role("main").get_by_role("link").first).to_be_visible()
        kept = await page.evaluate(_KEPT)
        assert any(address.startswith("/assets/") for address in kept)
        assert [address for address in kept if address.startswith(("/api", "/health"))] == []
    finally:
        await window.close()


async def test_somebody_who_is_signed_in_is_not_sent_away_by_a_lost_network(
    chromium: Browser, deployment: Deployment
) -> None:
    window = await _installed(chromium, deployment, replace(PHONE, name="phone"), "/sign-up")
    page = window.page
    try:
        await guest.sign_up(window, "한지민")
        await window.go("/bookings")
        await expect(window.heading("bookings.title")).to_be_visible()
        await page.wait_for_function(_KEEPS_THE_SCREEN)
        await page.context.set_offline(True)
        await page.reload()
        await expect(window.heading("shell:error.noAnswerTitle")).to_be_visible()
        assert page.url.endswith("/bookings")
        await page.context.set_offline(False)
        await expect(window.heading("bookings.title")).to_be_visible()
    finally:
        await window.close()


async def test_the_browser_can_install_the_app(deployment: Deployment) -> None:
    async with httpx.AsyncClient(base_url=deployment.urls["platform"]) as http:
        for language, name in (("ko", "소프트팩토리"), ("en", "SoftFactory")):
            page = (await http.get("/", headers={"Accept-Language": language})).text
            assert f'href="/manifest.{language}.webmanifest"' in page
            found = await http.get(f"/manifest.{language}.webmanifest")
            assert found.headers["content-type"].startswith("application/manifest+json")
            manifest = json.loads(found.text)
            assert manifest["name"] == name
            assert {icon.get("purpose", "any") for icon in manifest["icons"]} == {"any", "maskable"}
            for icon in manifest["icons"]:
                assert (await http.get(icon["src"])).status_code == 200
        worker = await http.get("/sw.js")
        assert worker.headers["cache-control"] == "no-cache"
        assert worker.headers["content-type"].startswith("text/javascript")
