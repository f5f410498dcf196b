"""Someone who listens to ``/api/live`` of a real deployment."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx

from tests.journeys import Someone, told

Notice = dict[str, Any]
Hears = Callable[[Callable[[Notice], bool]], Awaitable[Notice]]


@asynccontextmanager
async def ear(
    person: Someone, url: str, *, cursor: int | None = None, seconds: float = 30
) -> AsyncIterator[Hears]:
    """An open stream. ``await hears(wanted)`` gives the first notice from here on that is wanted."""
    ticket = told(await person.http.post("/api/live/tickets"), 201)["ticket"]
    params: dict[str, Any] = {"ticket": ticket} | ({} if cursor is None else {"cursor": cursor})
    async with (
        httpx.AsyncClient(base_url=url, timeout=seconds) as http,
        http.stream("GET", "/api/live", params=params) as answer,
    ):
        assert answer.status_code == 200, await answer.aread()
        lines = answer.aiter_lines()
        if cursor is None:
            async for line in lines:
                if line == "event: ready":
                    break

        async def hears(wanted: Callable[[Notice], bool]) -> Notice:
            async with asyncio.timeout(seconds):
                event = ""
                async for line in lines:
                    if line.startswith("event: "):
                        event = line.removeprefix("event: ")
                    if line.startswith("data: "):
                        said: Notice = {**json.loads(line.removeprefix("data: ")), "event": event}
                        if wanted({"says": None, **said}):
                            return {"says": None, **said}
            raise AssertionError("the stream ended before it said that")

        yield hears
