"""Real Chromium against one real deployment, with demo data, for all browser tests."""

import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Generator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from tests.browser.window import DEVICES, SOON, Device, Window
from tests.deployment import ROOT, Deployment, deploy
from tests.journeys import Journey

KEPT = ROOT / "test-results"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_failed = pytest.StashKey[bool]()

expect.set_options(timeout=SOON)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker drives the browser: there is one deployment, and one clock to move."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[_failed] = report.failed
    return report


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def deployment(tmp_path_factory: pytest.TempPathFactory, database: str) -> AsyncIterator[Deployment]:
    if not (ROOT / "web/dist/index.html").is_file():
        pytest.fail("The web app is not built: run `make web`, then these tests.", pytrace=False)
    running = await deploy(tmp_path_factory.mktemp("browser"))
    try:
        app = running.apps["all"]
        seed = [sys.executable, "-c", "from softfactory.cli import app; app()", "seed"]
        done = subprocess.run(
            seed, env=app.environment, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        yield running
    finally:
        await running.close()


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """Debian's Chromium, with a profile of its own that is gone afterwards."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        pytest.fail("No Chromium is installed: install chromium to run the browser tests.", pytrace=False)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, headless=True, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def journey(deployment: Deployment) -> AsyncIterator[Journey]:
    """People who act through the API, beside those in the browser. The clock is put right afterwards."""
    everybody = Journey(deployment.client)
    yield everybody
    await everybody.close()
    await deployment.shift_clock(0)


@pytest.fixture(params=DEVICES, ids=lambda device: device.name)
def device(request: pytest.FixtureRequest) -> Device:
    """The phone in Korean, the desk in English."""
    found: Device = request.param
    return found


OpenWindow = Callable[[Device], Awaitable[Window]]


@pytest_asyncio.fixture(loop_scope="session")
async def open_window(
    request: pytest.FixtureRequest, deployment: Deployment, chromium: Browser
) -> AsyncIterator[OpenWindow]:
    """Windows of several people. A test fails for errors in any of them, and leaves their pictures."""
    opened: list[Window] = []

    async def make(device: Device) -> Window:
        opened.append(await Window.open(chromium, device, deployment.urls["platform"]))
        return opened[-1]

    yield make
    troubles = [trouble for window in opened for trouble in window.troubles]
    for number, window in enumerate(opened, start=1):
        if troubles or request.node.stash.get(_failed, True):
            await window.keep(KEPT, f"{request.node.name}-{number}")
        await window.close()
    assert not troubles, "\n".join(troubles)


@pytest_asyncio.fixture(loop_scope="session")
async def window(open_window: OpenWindow, device: Device) -> Window:
    return await open_window(device)
