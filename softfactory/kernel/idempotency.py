"""``Idempotency-Key``: the same wish sent twice has one effect and one answer.

Scope: principal, method, path, key. The same key and body get the same answer; another body 422; a twin that is
still running 409. A route with one transaction (``IdempotencyKey``) stores its answer in that transaction. A route
of several steps (``SteppedIdempotencyKey``) commits ``started`` first; whoever comes after a crash resumes it. There
the lease is a courtesy that tells twins apart: what is paid once is decided by the rows that the steps write.
Refusals are not stored. Answers that carry secrets must not use this.
"""

import hashlib
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import Depends, Header, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import auth, db
from softfactory.kernel.db import Session, run_sql
from softfactory.kernel.errors import Conflict, Unprocessable
from softfactory.kernel.service import service_of

STEPPED_LEASE_SECONDS = 5
KEPT_HEADERS = ("location", "etag")


class KeyReused(Unprocessable):
    """The key was used for another wish."""

    en = "This Idempotency-Key was already used with a different body. Use a new key for a new request."
    ko = "이 Idempotency-Key는 다른 내용의 요청에 이미 사용되었습니다. 새 요청에는 새 키를 사용해 주세요."


class TwinRunning(Conflict):
    """The same request is being worked on right now."""

    en = "The same request is still being processed. Please send it again in a moment."
    ko = "같은 요청을 처리하고 있습니다. 잠시 후 다시 보내 주세요."


class Replay(Exception):
    """The answer that was given before."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        super().__init__(status)
        self.status, self.headers, self.body = status, headers, body

    def response(self) -> Response:
        headers = {**self.headers, "Idempotent-Replayed": "true"}
        return Response(self.body, self.status, headers, media_type="application/json")


@dataclass(frozen=True, slots=True)
class _Wish:
    principal_key: str
    method: str
    path: str
    key: str
    body_hash: bytes
    stepped: bool

    @property
    def scope(self) -> dict[str, str]:
        return {
            "principal_key": self.principal_key,
            "method": self.method,
            "path": self.path,
            "key": self.key,
        }

    @property
    def lock(self) -> str:
        return "\x1f".join(("idempotency", *self.scope.values()))


async def _wish(request: Request, principal: auth.Principal | None, key: str, *, stepped: bool) -> _Wish:
    who = str(principal.id) if principal else "anyone"
    canonical = request.url.query.encode() + b"\n" + _canonical(await request.body())
    return _Wish(who, request.method, request.url.path, key, hashlib.sha256(canonical).digest(), stepped)


def _canonical(body: bytes) -> bytes:
    """JSON with its keys sorted, so that a client that orders them anew means the same wish."""
    try:
        return orjson.dumps(orjson.loads(body), option=orjson.OPT_SORT_KEYS)
    except (ValueError, TypeError):
        return body


_KEY = Header(
    alias="Idempotency-Key",
    min_length=1,
    max_length=200,
    pattern=r"^[\x21-\x7e]+$",
    description="Made by the caller, one per wish. Send the same key again after a lost answer.",
)
_SELECT = """
    select body_hash, state, status, headers, body, locked_until > clock_timestamp() as running from {s}.idempotency
    where principal_key = :principal_key and method = :method and path = :path and key = :key
"""


async def _single(
    request: Request, session: Session, principal: auth.MaybeUser, key: Annotated[str, _KEY]
) -> str:
    wish = await _wish(request, principal, key, stepped=False)
    locked = await run_sql(
        session, "select pg_try_advisory_xact_lock(hashtextextended(:lock, 0))", lock=wish.lock
    )
    if not locked.scalar_one():
        raise TwinRunning
    _replay((await run_sql(session, _SELECT, **wish.scope)).mappings().first(), wish)
    request.state.idempotent_wish = wish
    return key


async def _stepped(request: Request, principal: auth.MaybeUser, key: Annotated[str, _KEY]) -> str:
    wish = await _wish(request, principal, key, stepped=True)
    async with db.transaction(service_of(request.scope["endpoint"])) as session:
        started = await run_sql(
            session,
            """
            insert into {s}.idempotency (principal_key, method, path, key, body_hash, state, locked_until)
            values (:principal_key, :method, :path, :key, :body_hash, 'started',
                    clock_timestamp() + make_interval(secs => :lease))
            on conflict do nothing returning 1
            """,
            body_hash=wish.body_hash,
            lease=STEPPED_LEASE_SECONDS,
            **wish.scope,
        )
        if started.first() is None:
            row = (await run_sql(session, _SELECT + " for update", **wish.scope)).mappings().one()
            _replay(row, wish)
            if row["running"]:
                raise TwinRunning
            await _lease(session, wish, STEPPED_LEASE_SECONDS)
    request.state.idempotent_wish = wish
    return key


async def _lease(session: AsyncSession, wish: _Wish, seconds: int) -> None:
    await run_sql(
        session,
        """
        update {s}.idempotency set locked_until = clock_timestamp() + make_interval(secs => :lease)
        where principal_key = :principal_key and method = :method and path = :path and key = :key and state = 'started'
        """,
        lease=seconds,
        **wish.scope,
    )


def _replay(row: Any, wish: _Wish) -> None:
    """Raise the stored answer, or KeyReused; return when there is none yet."""
    if row is None:
        return
    if bytes(row["body_hash"]) != wish.body_hash:
        raise KeyReused
    if row["state"] == "done":
        raise Replay(row["status"], row["headers"], bytes(row["body"]))


IdempotencyKey = Annotated[str, Depends(_single)]
"""A route with one ``Session``: the answer is stored in its transaction."""

SteppedIdempotencyKey = Annotated[str, Depends(_stepped)]
"""A route of several steps."""


async def remember(request: Request, response: Response) -> None:
    """Store a 2xx answer: in the request's own transaction, or in one of its own after the last step."""
    wish: _Wish | None = getattr(request.state, "idempotent_wish", None)
    if wish is None or response.status_code >= 300:
        return
    if wish.stepped:
        async with db.transaction(service_of(request.scope["endpoint"])) as session:
            await _store(session, wish, response)
    else:
        await _store(request.state.session, wish, response)


async def _store(session: AsyncSession, wish: _Wish, response: Response) -> None:
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    await run_sql(
        session,
        """
        insert into {s}.idempotency (principal_key, method, path, key, body_hash, state, status, headers, body)
        values (:principal_key, :method, :path, :key, :body_hash, 'done', :status, cast(:headers as jsonb), :body)
        on conflict (principal_key, method, path, key) do update
        set state = 'done', status = excluded.status, headers = excluded.headers, body = excluded.body,
            locked_until = null
        """,
        body_hash=wish.body_hash,
        status=response.status_code,
        headers=orjson.dumps(headers).decode(),
        body=bytes(response.body),
        **wish.scope,
    )


async def release(request: Request) -> None:
    """After a refusal, let the same wish be sent again at once."""
    wish: _Wish | None = getattr(request.state, "idempotent_wish", None)
    if wish is None or not wish.stepped:
        return
    async with db.transaction(service_of(request.scope["endpoint"])) as session:
        await _lease(session, wish, 0)


async def erase(session: AsyncSession, *, person_id: UUID) -> None:
    """Forget every answer that was given to a person."""
    await run_sql(session, "delete from {s}.idempotency where principal_key = :who", who=str(person_id))
