"""What every request passes: an id, its language, a cap and a deadline on its body, metrics, a log line.

Plain ASGI, so that nothing is buffered and context variables reach the route.
"""

import asyncio
import re
import time as clock
from typing import Any

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from softfactory.kernel import refusals, telemetry
from softfactory.kernel.db import uuid7
from softfactory.kernel.errors import PayloadTooLarge, RequestTimeout
from softfactory.kernel.language import language, preferred

BODY_LIMIT = 1_048_576
BODY_SECONDS = 10.0
SLOWEST = 64 * 1024
"""Bytes a second. A body that may be larger gets its time by arriving: whoever is slower than this is cut."""

LIMIT_IN_DOCUMENT = "x-body-limit"
"""A route whose bodies may be larger says so in its ``openapi_extra``, so that the document tells it too."""

log = structlog.get_logger("softfactory.requests")

_SAFE_ID = re.compile(r"^[A-Za-z0-9_-]{8,64}$")
_SECURITY = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"x-frame-options", b"DENY"),
]


class RequestContext:
    """Sets the request's id and language, guards its body, counts and logs its answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        given = headers.get(b"x-request-id", b"").decode("latin-1")
        rid = given if _SAFE_ID.match(given) else uuid7().hex
        telemetry.request_id.set(rid)
        language.set(preferred(headers.get(b"accept-language", b"").decode("latin-1")))
        if scope["type"] == "websocket":
            await self.app(scope, receive, send)
            return
        started, status, answered = clock.perf_counter(), 500, False

        async def answer(message: Message) -> None:
            nonlocal status, answered
            answered = True
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", rid.encode()), *_SECURITY]
            await send(message)

        try:
            await self.app(scope, _guarded(receive, scope, headers), answer)
        except Exception as error:
            if answered:
                raise
            await refusals.other(scope["path"], error)(scope, receive, answer)
        finally:
            self._tell(scope, status, clock.perf_counter() - started)

    @staticmethod
    def _tell(scope: Scope, status: int, seconds: float) -> None:
        route: Any = scope.get("route")
        path = getattr(route, "path", "other")
        telemetry.REQUESTS.labels(scope["method"], path, status).inc()
        if not scope.get(telemetry.LONG):
            telemetry.LATENCY.labels(scope["method"], path).observe(seconds)
        if path != "other" and not path.startswith(("/health", "/metrics")):
            milliseconds = round(seconds * 1000, 1)
            log.info("request", method=scope["method"], route=path, status=status, ms=milliseconds)


def _guarded(receive: Receive, scope: Scope, headers: dict[bytes, bytes]) -> Receive:
    """``receive`` with a cap on the body's size and a deadline for all of it."""
    declared = headers.get(b"content-length", b"0")
    seen, started, finished = 0, clock.monotonic(), False

    async def guarded() -> Message:
        nonlocal seen, finished
        limit = _limit(scope)
        if declared.isdigit() and int(declared) > limit:
            raise PayloadTooLarge(limit=limit)
        if finished:
            return await receive()
        deadline = started + BODY_SECONDS + (seen / SLOWEST if limit > BODY_LIMIT else 0)
        try:
            async with asyncio.timeout(max(0.0, deadline - clock.monotonic())):
                message = await receive()
        except TimeoutError:
            raise RequestTimeout from None
        seen += len(message.get("body", b""))
        if seen > limit:
            raise PayloadTooLarge(limit=limit)
        finished = not message.get("more_body", False)
        return message

    return guarded


def _limit(scope: Scope) -> int:
    """How large the body may be: routing has happened by the time that it is read."""
    extra: dict[str, Any] = getattr(scope.get("route"), "openapi_extra", None) or {}
    return int(extra.get(LIMIT_IN_DOCUMENT, BODY_LIMIT))
