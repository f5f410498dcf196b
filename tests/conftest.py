"""Fixtures of the tests that start the platform's real processes."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.deployment import Deployment, deploy


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def platform(tmp_path_factory: pytest.TempPathFactory, database: str) -> AsyncIterator[Deployment]:
    """One app and one worker on a database of their own."""
    running = await deploy(tmp_path_factory.mktemp("platform"))
    yield running
    await running.close()
