"""What a caller was asked to answer: rows, so that every process knows them, each good once and for five minutes."""

import hashlib
import secrets
from typing import Literal
from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel.jobs import job
from softfactory.services.platform.errors.security import ChallengeEnded
from softfactory.services.platform.models.security import Challenge

Kind = Literal["passkey_new", "passkey_use", "code"]
SECONDS = 300
_ENDS = text(f"sf_now() + interval '{SECONDS} seconds'")
_LIVES = Challenge.expires_at > text("sf_now()")


async def open_(session: AsyncSession, kind: Kind, value: bytes, *, person_id: UUID | None = None) -> None:
    """Remember what was asked, and of whom."""
    session.add(Challenge(kind=kind, value=value, person_id=person_id, expires_at=_ENDS))
    await session.flush()


async def take(session: AsyncSession, kind: Kind, value: bytes) -> UUID | None:
    """Whom it was asked of. It is used up once this commits; of two answers at once the row lets one through."""
    found = await session.execute(
        delete(Challenge)
        .where(Challenge.kind == kind, Challenge.value == value, _LIVES)
        .returning(Challenge.person_id)
    )
    row = found.first()
    if row is None:
        raise ChallengeEnded
    person_id: UUID | None = row[0]
    return person_id


# -- the token between a right password and its code -----------------------------------------------------------------


async def open_sign_in(session: AsyncSession, person_id: UUID) -> str:
    """A token that says: the password was right. Only its hash is kept."""
    token = "sfc_" + secrets.token_urlsafe(32)
    await open_(session, "code", _hash(token), person_id=person_id)
    return token


async def sign_in_of(session: AsyncSession, token: str) -> UUID:
    """Whose password was right, or ChallengeEnded. A wrong code does not use the token up."""
    person_id = await session.scalar(
        select(Challenge.person_id).where(Challenge.kind == "code", Challenge.value == _hash(token), _LIVES)
    )
    if person_id is None:
        raise ChallengeEnded
    return person_id


async def take_sign_in(session: AsyncSession, token: str) -> None:
    """The sign-in is complete."""
    await take(session, "code", _hash(token))


async def drop_sign_ins(session: AsyncSession, person_id: UUID) -> None:
    """The password has changed: what the old one began is over."""
    await session.execute(delete(Challenge).where(Challenge.kind == "code", Challenge.person_id == person_id))


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


@job(every="1h")
async def forget(session: AsyncSession) -> None:
    """Delete what nobody answered."""
    await session.execute(
        delete(Challenge).where(Challenge.expires_at < text("sf_now() - interval '1 hour'"))
    )
