"""People, places and tokens for platform's stories."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from softfactory.kernel import db
from softfactory.testing import PASSWORD, client_of

EMAIL = "minji@example.com"
API = {"X-SF-Client": "api"}


def wish(email: str = EMAIL, **facts: Any) -> dict[str, Any]:
    return {"email": email, "password": PASSWORD, "name": "김민지", **facts}


async def registered(client: httpx.AsyncClient, email: str = EMAIL, **facts: Any) -> dict[str, Any]:
    """A new account; the answer holds the refresh token too, and the client keeps no cookie."""
    answer = await client.post("/api/auth/register", json=wish(email, **facts), headers=API)
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def log_in(client: httpx.AsyncClient, email: str = EMAIL, password: str = PASSWORD) -> httpx.Response:
    return await client.post("/api/auth/login", json={"email": email, "password": password}, headers=API)


async def refresh(client: httpx.AsyncClient, token: str) -> httpx.Response:
    return await client.post("/api/auth/refresh", json={"refresh_token": token})


async def me(client: httpx.AsyncClient, told: dict[str, Any]) -> httpx.Response:
    return await client.get("/api/users/me", headers=bearer(told))


def bearer(told: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {told['access_token']}"}


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


@asynccontextmanager
async def client_at(app: Any, address: str) -> AsyncIterator[httpx.AsyncClient]:
    """Someone at another address."""
    async with client_of(app) as client:
        client._transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address, 50_000))
        yield client


async def sql(statement: str, **values: Any) -> list[Any]:
    """Look into platform's tables, or change them as no route would."""
    async with db.transaction("platform") as session:
        result = await db.run_sql(session, statement, **values)
        return [row._asdict() for row in result] if result.returns_rows else []
