"""Streams of real processes: two apps, a Redis that goes away, and a process that is asked to end."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from softfactory.engines.redis import Redis
from tests.deployment import Deployment, Process, deploy, free_port
from tests.ears import ear
from tests.journeys import Journey, told

pytestmark = [pytest.mark.layouts, pytest.mark.xdist_group("live")]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def redis(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Redis]:
    """A Redis of this module's own, which it may take away."""
    folder = tmp_path_factory.mktemp("redis")
    server = Redis(folder)
    server.start()
    yield server
    server.stop()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def deployment(
    tmp_path_factory: pytest.TempPathFactory, database: str, redis: Redis
) -> AsyncIterator[Deployment]:
    """One worker, and two app processes beside one another."""
    folder: Path = tmp_path_factory.mktemp("live")
    running = await deploy(folder, SF_REDIS_URL=redis.url())
    first, port = running.apps["all"], free_port()
    command = [*first.command[:-1], str(port)]
    running.apps["second"] = Process("app second", command, first.environment, folder / "app-second.log")
    running.apps["second"].start()
    running.urls["second"] = f"http://127.0.0.1:{port}"
    await running.wait_ready()
    yield running
    await running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def journey(deployment: Deployment) -> AsyncIterator[Journey]:
    everybody = Journey(deployment.client)
    yield everybody
    await everybody.close()


def _signed_in_elsewhere(notice: dict[str, Any]) -> bool:
    return bool(notice["says"] == "begun")


async def _sign_in_elsewhere(journey: Journey, email: str) -> None:
    wish = {"email": email, "password": "correct horse battery staple"}
    async with journey.connect(None) as anonymous:
        told(await anonymous.post("/api/auth/login", json=wish), 200)


async def test_an_act_at_one_process_reaches_a_stream_of_another(
    deployment: Deployment, journey: Journey
) -> None:
    guest = await journey.sign_up("김하늘")
    email = told(await guest.http.get("/api/users/me"))["email"]
    async with (
        ear(guest, deployment.urls["platform"]) as here,
        ear(guest, deployment.urls["second"]) as there,
    ):
        await _sign_in_elsewhere(journey, email)
        for hears in (here, there):
            await hears(_signed_in_elsewhere)
        told(await guest.http.post("/api/auth/logout"), 204)
        for hears in (here, there):
            ended = await hears(lambda said: said["event"] == "end")
            assert ended["because"] == "session_ended"


async def test_without_redis_notices_still_arrive_and_with_it_again(
    deployment: Deployment, journey: Journey, redis: Redis
) -> None:
    guest = await journey.sign_up("이서준")
    email = told(await guest.http.get("/api/users/me"))["email"]
    async with ear(guest, deployment.urls["second"]) as hears:
        redis.stop()
        try:
            await _sign_in_elsewhere(journey, email)
            await hears(_signed_in_elsewhere)
        finally:
            redis.start()
        await _sign_in_elsewhere(journey, email)
        await hears(_signed_in_elsewhere)


async def test_a_process_with_open_streams_ends_at_once_and_they_resume_elsewhere(
    deployment: Deployment, journey: Journey
) -> None:
    guest = await journey.sign_up("박지우")
    email = told(await guest.http.get("/api/users/me"))["email"]
    second = deployment.apps["second"]
    async with ear(guest, deployment.urls["second"]) as hears, ear(guest, deployment.urls["second"]):
        ending = asyncio.create_task(asyncio.to_thread(second.end))
        assert (await hears(lambda said: said["event"] == "end"))["because"] == "stopping"
        await ending
    # Uvicorn waits 0.1 s by itself, and for ever for a stream that would not end: the test would find it killed.
    assert second.running is not None
    assert second.running.returncode in {0, -15}, "it ended by itself"
    await _sign_in_elsewhere(journey, email)
    async with ear(guest, deployment.urls["platform"], cursor=0) as hears:
        await hears(_signed_in_elsewhere)
