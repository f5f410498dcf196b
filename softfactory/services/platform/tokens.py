"""Access tokens, the keys that sign them, and the chain of refresh tokens.

A refresh token's successor is derived from it (HMAC), so a client whose answer was lost asks again with the same
token and gets the same successor: for 30 s, while that successor is unused. Later, or once the successor was used,
the token is in two hands, and the session ends.
"""

import base64
import hashlib
import secrets
import time as clock
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

import jwt
import structlog
from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from jwt.algorithms import OKPAlgorithm
from sqlalchemy import delete, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import auth, crypto, identity, time
from softfactory.kernel.db import uuid7
from softfactory.kernel.jobs import job
from softfactory.kernel.operations import answers
from softfactory.services.platform import settings
from softfactory.services.platform.models.accounts import LoginSession, Person, RefreshToken, SigningKey

GRACE_SECONDS = 30
PUBLISHED_AFTER = (
    auth.ACCESS_SECONDS + 300
)  # seconds a retired key stays public: its last token's life, and some

log = structlog.get_logger(__name__)


# -- keys ------------------------------------------------------------------------------------------------------------


async def _signer(session: AsyncSession) -> tuple[str, Ed25519PrivateKey]:
    """The key that signs now, made when there is none."""
    row = await _active(session) or await _make(session)
    try:
        return row.kid, _unsealed(row.private_sealed)
    except InvalidToken:
        # The deployment's secret has changed, so nobody can sign with this key again.
        log.warning("signing_key_unreadable", kid=row.kid)
        await _retire(session, row.kid)
        row = await _make(session)
        return row.kid, _unsealed(row.private_sealed)


async def _active(session: AsyncSession) -> SigningKey | None:
    return await session.scalar(select(SigningKey).where(SigningKey.retired_at.is_(None)))


async def _make(session: AsyncSession) -> SigningKey:
    """A new key; of several made at once the index keeps one, and everyone takes that."""
    private = Ed25519PrivateKey.generate()
    kid = uuid7().hex
    public: dict[str, Any] = OKPAlgorithm.to_jwk(private.public_key(), as_dict=True)
    raw = private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    await session.execute(
        insert(SigningKey)
        .values(
            id=uuid7(),
            kid=kid,
            public_jwk={**public, "kid": kid, "use": "sig", "alg": "EdDSA"},
            private_sealed=crypto.seal(raw),
        )
        .on_conflict_do_nothing()
    )
    row = await _active(session)
    assert row is not None  # noqa: S101 - inserted above, by this transaction or one that committed
    return row


async def _retire(session: AsyncSession, kid: str) -> None:
    await session.execute(
        update(SigningKey)
        .where(SigningKey.kid == kid, SigningKey.retired_at.is_(None))
        .values(retired_at=text("sf_now()"))
    )


@lru_cache(maxsize=8)
def _unsealed(sealed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(crypto.unseal(sealed))


async def public_keys(session: AsyncSession) -> list[dict[str, Any]]:
    """Every key whose tokens may still be alive, as JWKs."""
    await _signer(session)
    alive = or_(
        SigningKey.retired_at.is_(None),
        SigningKey.retired_at > text(f"sf_now() - interval '{PUBLISHED_AFTER} seconds'"),
    )
    return list(
        await session.scalars(select(SigningKey.public_jwk).where(alive).order_by(SigningKey.created_at))
    )


@answers(identity.signing_keys)
async def signing_keys(session: AsyncSession, _: identity.SigningKeysRequest) -> identity.SigningKeys:
    return identity.SigningKeys(keys=await public_keys(session))


@job(every="1d")
async def rotate(session: AsyncSession) -> None:
    """Retire the signing key after its days, and forget keys retired yesterday. Running it again changes nothing."""
    age = settings.accounts().signing_key_days
    old = await session.scalar(
        select(SigningKey)
        .where(
            SigningKey.retired_at.is_(None), SigningKey.created_at < text(f"sf_now() - interval '{age} days'")
        )
        .with_for_update()
    )
    if old is not None:
        await _retire(session, old.kid)
        await _make(session)
    await session.execute(
        delete(SigningKey).where(SigningKey.retired_at < text("sf_now() - interval '1 day'"))
    )


# -- access tokens ---------------------------------------------------------------------------------------------------


async def access_token(
    session: AsyncSession, login: LoginSession, person: Person, roles: list[str], *, seconds: int
) -> str:
    """A token that every service verifies offline. Its times are the processes' clock, not ``sf_now()``."""
    kid, key = await _signer(session)
    issued = int(clock.time())
    claims = {
        "iss": auth.ISSUER,
        "aud": auth.AUDIENCE,
        "sub": str(person.id),
        "sid": str(login.id),
        "roles": roles,
        "name": person.name,
        "space": str(person.id),
        "demo": login.is_demo,
        "iat": issued,
        "exp": issued + seconds,
    }
    return jwt.encode(claims, key, algorithm="EdDSA", headers={"kid": kid, "typ": "at+jwt"})


# -- refresh tokens --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reused:
    """A replaced token came again: the session it belongs to has to end."""

    sid: UUID


async def start_chain(session: AsyncSession, sid: UUID) -> str:
    """A session's first refresh token."""
    token = _dressed(secrets.token_bytes(32))
    session.add(RefreshToken(session_id=sid, hash=_hash(token)))
    await session.flush()
    return token


async def session_of(session: AsyncSession, token: str) -> LoginSession | None:
    """The token's session, its row locked: whoever refreshes the same session waits here."""
    return await session.scalar(
        select(LoginSession)
        .join(RefreshToken, RefreshToken.session_id == LoginSession.id)
        .where(RefreshToken.hash == _hash(token))
        .with_for_update(of=LoginSession)
        .execution_options(populate_existing=True)
    )


async def succeed(session: AsyncSession, token: str) -> str | Reused:
    """The token's successor. Call it under the lock of ``session_of``."""
    row = (await session.scalars(select(RefreshToken).where(RefreshToken.hash == _hash(token)))).one()
    successor = _dressed(crypto.mac("refresh-successor", token.encode()))
    if row.succeeded_at is None:
        row.succeeded_at = await time.now(session)
        session.add(RefreshToken(session_id=row.session_id, hash=_hash(successor)))
        await session.flush()
        return successor
    unused = await session.scalar(
        select(RefreshToken.id).where(
            RefreshToken.hash == _hash(successor), RefreshToken.succeeded_at.is_(None)
        )
    )
    age = (await time.now(session) - row.succeeded_at).total_seconds()
    return successor if unused and age <= GRACE_SECONDS else Reused(row.session_id)


def _dressed(secret: bytes) -> str:
    """Recognisable by scanners that look for leaked tokens."""
    return "sfr_" + base64.urlsafe_b64encode(secret).decode().rstrip("=")


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
