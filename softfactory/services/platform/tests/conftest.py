"""Fixtures of platform's stories."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from softfactory.services.platform.providers import sandbox
from softfactory.services.platform.tests.shop import Seller, open_shop
from softfactory.testing import AsUser, Person


@pytest_asyncio.fixture(loop_scope="session")
async def seller(clean: str) -> AsyncIterator[Seller]:
    """A shop that is open for one test."""
    shop = Seller()
    open_shop.append(shop)
    yield shop
    open_shop.remove(shop)


@pytest.fixture(autouse=True)
def _no_webhook_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sandbox's webhooks find nobody at home, at once: a story delivers them itself, when it is about them."""
    monkeypatch.setattr(sandbox, "_address", lambda: "http://127.0.0.1:9/api/payment/webhooks/sandbox")


@pytest_asyncio.fixture(loop_scope="session")
async def payer(as_user: AsUser, seller: Seller) -> Person:
    return await as_user("guest", name="Minji")


@pytest_asyncio.fixture(loop_scope="session")
async def operator(as_user: AsUser) -> Person:
    """Someone who watches, and may act as well."""
    return await as_user("operator", "admin", name="Sora")
