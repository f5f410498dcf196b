"""Asking a sibling service, near or far by the same words.

A contract declares ``open_order = Operation("platform", "open_order", OpenOrder, OrderOpened)``; the owner writes
``@answers(open_order)``; a caller writes ``await open_order(OpenOrder(...))``. Near it runs in the owner's own
transaction and passes through JSON, so that both layouts mean the same; far it is HTTP with a short-lived token, a
deadline, a circuit breaker and the same refusals. It raises when the caller has a transaction open: callers that
wait for a second connection with the first in hand starve each other. Operations are idempotent by an id that the
caller made.
"""

import inspect
import time as clock
from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar

import httpx
import jwt
import structlog
from pydantic import BaseModel

from softfactory.kernel import config, crypto, db, errors, faults, outside
from softfactory.kernel.service import service_of

Q = TypeVar("Q", bound=BaseModel)
A = TypeVar("A", bound=BaseModel)

DEADLINE = 4.0
TOKEN_SECONDS = 30
BREAK_AFTER = 5
BREAK_SECONDS = 5.0

log = structlog.get_logger(__name__)

_handlers: dict[tuple[str, str], Callable[..., Awaitable[BaseModel]]] = {}


class SiblingUnavailable(errors.Unavailable):
    """The service that had to be asked did not answer."""

    en = "A part of the platform ({service}) is not responding. Nothing was changed; please try again in a moment."
    ko = "일부 서비스({service})가 응답하지 않습니다. 변경된 것은 없으니 잠시 후 다시 시도해 주세요."


class Operation(Generic[Q, A]):
    """A question with one answer. ``owner=None``: several services answer it; the caller says which."""

    def __init__(self, owner: str | None, name: str, request: type[Q], answer: type[A]) -> None:
        self.owner, self.name, self.request, self.answer = owner, name, request, answer

    async def __call__(self, request: Q, *, service: str | None = None) -> A:
        owner = service or self.owner
        if owner is None:
            raise RuntimeError(f"operation {self.name} needs service=")
        outside.require_no_transaction()
        body = request.model_dump_json().encode()
        answer = await (run(owner, self.name, body) if config.is_near(owner) else self._far(owner, body))
        return self.answer.model_validate_json(answer)

    async def _far(self, owner: str, body: bytes) -> bytes:
        url = config.service_url(owner)
        if url is None or _breaker.is_open(owner):
            raise SiblingUnavailable(service=owner)
        try:
            await faults.reach("before-call")
            response = await _http().post(
                f"{url}/internal/operations/{owner}/{self.name}",
                content=body,
                headers={
                    "Authorization": f"Bearer {service_token(owner)}",
                    "Content-Type": "application/json",
                },
            )
            await faults.reach("after-call")
        except httpx.HTTPError as error:
            _breaker.failed(owner)
            log.warning("operation_unanswered", owner=owner, operation=self.name, error=repr(error))
            raise SiblingUnavailable(service=owner) from error
        if response.status_code == 200:
            _breaker.succeeded(owner)
            return response.content
        raise _refusal(owner, response)


def _refusal(owner: str, response: httpx.Response) -> errors.Problem:
    """The sibling's refusal as the class that it raised there. A 401 is about our token, never about the caller."""
    try:
        told = response.json()
        cls = errors.known(told["code"])
        facts = dict(told["facts"])
    except (ValueError, KeyError, TypeError):
        cls, facts = None, {}
    if cls is None or response.status_code >= 500 or response.status_code == 401:
        _breaker.failed(owner)
        return SiblingUnavailable(service=owner)
    _breaker.succeeded(owner)
    return cls(**facts)


class _Breaker:
    """Opens after several failures in a row and lets one call try again after a pause."""

    def __init__(self) -> None:
        self._failures: dict[str, int] = {}
        self._until: dict[str, float] = {}

    def is_open(self, service: str) -> bool:
        until = self._until.get(service, 0.0)
        if until <= clock.monotonic():
            return False
        return self._failures.get(service, 0) >= BREAK_AFTER

    def failed(self, service: str) -> None:
        self._failures[service] = self._failures.get(service, 0) + 1
        if self._failures[service] >= BREAK_AFTER:
            self._until[service] = clock.monotonic() + BREAK_SECONDS

    def succeeded(self, service: str) -> None:
        self._failures.pop(service, None)
        self._until.pop(service, None)


_breaker = _Breaker()
_client: httpx.AsyncClient | None = None


def _http() -> httpx.AsyncClient:
    global _client
    if _client is None or _client.is_closed:
        limits = httpx.Limits(max_connections=50, max_keepalive_connections=20)
        _client = httpx.AsyncClient(timeout=DEADLINE, limits=limits)
    return _client


async def close() -> None:
    """Close this process's connections to its siblings."""
    if _client is not None:
        await _client.aclose()


def answers(
    operation: Operation[Any, Any],
) -> Callable[[Callable[..., Awaitable[A]]], Callable[..., Awaitable[A]]]:
    """Register the owner's answer: ``(session, request)`` in one transaction, or ``(steps, request)`` in several."""

    def register(handler: Callable[..., Awaitable[A]]) -> Callable[..., Awaitable[A]]:
        _handlers[(service_of(handler), operation.name)] = handler
        handler.operation = operation  # type: ignore[attr-defined]  # read back by `run`
        return handler

    return register


async def run(owner: str, name: str, body: bytes) -> bytes:
    """Answer an operation in this process: JSON in, JSON out."""
    handler = _handlers.get((owner, name))
    if handler is None:
        raise errors.NotFound
    operation: Operation[Any, Any] = handler.operation  # type: ignore[attr-defined]  # set by `answers`
    request = operation.request.model_validate_json(body)
    first = next(iter(inspect.signature(handler).parameters))
    if first == "steps":
        answer = await handler(outside.Steps(owner), request)
    else:
        async with db.transaction(owner) as session:
            answer = await handler(session, request)
    return answer.model_dump_json().encode()


def service_token(audience: str) -> str:
    """A token that lets this deployment's services call one another."""
    now = int(clock.time())
    claims = {"iss": "softfactory", "aud": f"service:{audience}", "iat": now, "exp": now + TOKEN_SECONDS}
    return jwt.encode(claims, crypto.derive("service-token"), algorithm="HS256")


def check_service_token(token: str, audience: str) -> None:
    """Raise Unauthorized unless the token was made by a sibling for this service."""
    try:
        jwt.decode(
            token,
            crypto.derive("service-token"),
            algorithms=["HS256"],
            audience=f"service:{audience}",
            issuer="softfactory",
            leeway=5,
            options={"require": ["exp", "iat", "aud", "iss"]},
        )
    except jwt.PyJWTError:
        raise errors.Unauthorized from None
