"""Listening to ``/api/live`` in stories: a real server in this process, and readers of its streams."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import httpx
import orjson
import uvicorn

from softfactory.kernel import db, realtime
from softfactory.testing import Person


class _Quiet(uvicorn.Server):
    """A server that leaves the test run's signals alone."""

    async def serve_on(self, listening: socket.socket) -> None:
        await self._serve([listening])


@asynccontextmanager
async def serving(app: Any) -> AsyncIterator[str]:
    """The app over real sockets, where an answer can be read while it is still being said. Returns its address."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, lifespan="off", log_config=None, access_log=False, timeout_graceful_shutdown=1
    )
    server = _Quiet(config)
    running = asyncio.create_task(server.serve_on(listening))
    while not server.started:  # noqa: ASYNC110 - it tells in no other way
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await running


class Ear:
    """One open stream. ``events``: what it said; ``next``: waits for it."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self.comments = 0
        self.retry: int | None = None
        self.closed = asyncio.Event()
        self._said: asyncio.Queue[tuple[str, int, dict[str, Any]]] = asyncio.Queue()

    async def read(self) -> None:
        event, cursor, data = "message", 0, ""
        try:
            async for line in self.answer.aiter_lines():
                field, _, value = line.partition(":")
                value = value.removeprefix(" ")
                if field == "event":
                    event = value
                elif field == "id":
                    cursor = int(value)
                elif field == "data":
                    data = value
                elif field == "retry":
                    self.retry = int(value)
                elif field == "" and value:
                    self.comments += 1
                elif not line and data:
                    self._said.put_nowait((event, cursor, orjson.loads(data)))
                    event, data = "message", ""
        except httpx.HTTPError:
            pass
        finally:
            self.closed.set()

    async def next(self, wanted: str = "notice", seconds: float = 10) -> tuple[int, dict[str, Any]]:
        """The next event, which must be of this kind: its cursor and its data."""
        async with asyncio.timeout(seconds):
            event, cursor, data = await self._said.get()
        assert event == wanted, f"{event} {cursor} {data} came instead of {wanted}"
        return cursor, data

    def is_silent(self) -> bool:
        return self._said.empty()


async def ticket_of(person: Person) -> str:
    answer = await person.post("/api/live/tickets")
    assert answer.status_code == 201, answer.text
    told: str = answer.json()["ticket"]
    return told


@asynccontextmanager
async def listening(
    url: str, person: Person, cursor: int | None = None, headers: dict[str, str] | None = None
) -> AsyncIterator[Ear]:
    """A stream of a person's, open for a while."""
    params: dict[str, str | int] = {"ticket": await ticket_of(person)}
    if cursor is not None:
        params["cursor"] = cursor
    async with (
        httpx.AsyncClient(base_url=url, timeout=30) as http,
        http.stream("GET", "/api/live", params=params, headers=headers) as answer,
    ):
        assert answer.status_code == 200, await answer.aread()
        ear = Ear(answer)
        reading = asyncio.create_task(ear.read())
        try:
            yield ear
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


async def tell(*people: Person, says: str | None = "granted.chef", subject: UUID | None = None) -> None:
    """Platform tells these people something."""
    async with db.transaction("platform") as session:
        told = {UUID(person.id): says for person in people}
        await realtime.tell(session, told, kind="platform.role", subject_id=subject)
