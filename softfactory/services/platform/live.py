"""A stream's life: a ticket opens it, the hub feeds it, and it speaks as server-sent events or over a WebSocket.

Both say the same: ``notice`` for each change, ``reset`` when the reader has to read everything anew, ``ready`` once it
has caught up, ``end`` with the reason before the server closes.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import orjson
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from softfactory.kernel import telemetry
from softfactory.kernel.outside import Steps
from softfactory.services.platform import live_tickets, notices
from softfactory.services.platform.streams import Message, Stream, hub

BEAT_SECONDS = 15.0
SEND_SECONDS = 10.0
"""A reader whose network takes nothing for this long is cut."""
RETRY_MS = 2_000


async def open_stream(steps: Steps, ticket: str, cursor: int | None) -> Stream:
    """The stream that a ticket opens, from a cursor on. No connection stays with it."""
    async with steps.transaction() as session:
        opened = await live_tickets.use(session, ticket)
        hub().admit(opened.person_id)
        return Stream(opened, await notices.after(session, opened.person_id, cursor))


def _end_of(stream: Stream) -> Message:
    return Message("end", stream.seen, {"because": stream.ended})


async def _said(stream: Stream) -> AsyncIterator[Message | None]:
    """What the stream says, with ``None`` for a heartbeat, until it ends."""
    while True:
        messages = await stream.next(BEAT_SECONDS)
        for message in messages:
            if stream.ended in ("gone", "session_ended"):
                break
            yield message
        if stream.ended is not None:
            if stream.ended != "gone":
                yield _end_of(stream)
            return
        if not messages:
            yield None


@asynccontextmanager
async def _fed(stream: Stream) -> AsyncIterator[None]:
    streams = hub()
    streams.admit(stream.person_id)  # once more: others may have come since the ticket was taken
    streams.add(stream)
    try:
        yield
    finally:
        streams.discard(stream)


class EventStream(Response):
    """Server-sent events of a stream. A send that a reader does not take in time ends it."""

    media_type = "text/event-stream"

    def __init__(self, stream: Stream) -> None:
        super().__init__(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._stream = stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[telemetry.LONG] = True
        async with _fed(self._stream):
            leaving = asyncio.create_task(self._watch(receive))
            try:
                await send(
                    {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
                )
                await self._send(send, format_sse_event(retry=RETRY_MS))
                async for message in _said(self._stream):
                    await self._send(send, KEEPALIVE_COMMENT if message is None else _event(message))
                if self._stream.ended != "gone":
                    await self._send(send, b"", more=False)
            except TimeoutError:
                # What was sent lies in buffers of a reader that does not read: leaving closes the connection.
                self._stream.end("slow")
            finally:
                leaving.cancel()

    async def _send(self, send: Send, body: bytes, *, more: bool = True) -> None:
        async with asyncio.timeout(SEND_SECONDS):
            await send({"type": "http.response.body", "body": body, "more_body": more})

    async def _watch(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self._stream.end("gone")


def _event(message: Message) -> bytes:
    return format_sse_event(
        event=message.event, id=str(message.cursor), data_str=orjson.dumps(message.data).decode()
    )


async def speak(socket: WebSocket, stream: Stream) -> None:
    """The same over a WebSocket: a JSON object each, and pings by the server's protocol."""
    async with _fed(stream):
        await socket.accept()
        leaving = asyncio.create_task(_watch(socket, stream))
        try:
            async for message in _said(stream):
                if message is not None:
                    told = {"event": message.event, "cursor": message.cursor, "data": message.data}
                    async with asyncio.timeout(SEND_SECONDS):
                        await socket.send_text(orjson.dumps(told).decode())
            if stream.ended != "gone":
                with suppress(RuntimeError):  # the server, which is stopping too, may have closed it already
                    await socket.close(1001 if stream.ended == "stopping" else 1008)
        except TimeoutError:
            stream.end("slow")
        except WebSocketDisconnect:
            stream.end("gone")
        finally:
            leaving.cancel()


async def _watch(socket: WebSocket, stream: Stream) -> None:
    """Nothing that a reader says matters, but that it leaves."""
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass
    stream.end("gone")
