"""Setting a password anew: by a link that came by letter, or while signed in.

A link is good once, for 30 minutes, and only the newest one of a person. Its token is known to the letter alone: the
row keeps a hash.
"""

import hashlib
import secrets
from uuid import UUID

from sqlalchemy import delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import config, mail
from softfactory.kernel.auth import Principal, RecentSignInNeeded, TokenInvalid
from softfactory.kernel.db import uuid7
from softfactory.kernel.jobs import job
from softfactory.kernel.outside import Steps
from softfactory.services.platform import (
    challenges,
    passwords,
    people,
    proofs,
    security_events,
    sessions,
    throttles,
)
from softfactory.services.platform.errors.security import PasswordLinkEnded
from softfactory.services.platform.models.accounts import Person
from softfactory.services.platform.models.security import PasswordLink
from softfactory.services.platform.places import Place
from softfactory.services.platform.schemas.security import PasswordWish, ResetWish

MINUTES = 30
_LIVES = (PasswordLink.used_at.is_(None), PasswordLink.expires_at > text("sf_now()"))


async def forgot(session: AsyncSession, given_email: str, place: Place) -> None:
    """Ask for a link. Whether there is such an account shows neither in words nor in time: a job finds out."""
    email = people.normal_email(given_email)
    await throttles.take_letter(session, email, place.address)
    person = await people.by_email(session, email)
    await send_link.later(session, person_id=person.id if person else uuid7())


@job(retries=8)
async def send_link(session: AsyncSession, *, person_id: UUID) -> None:
    """Write the letter with a fresh link, if there is anybody to write to; older links end."""
    person = await session.get(Person, person_id)
    if person is None or person.status != "active" or person.is_demo:
        return
    await _end_links(session, person.id)
    token = secrets.token_urlsafe(32)
    ends = text(f"sf_now() + interval '{MINUTES} minutes'")
    session.add(PasswordLink(person_id=person.id, hash=_hash(token), expires_at=ends))
    await session.flush()
    link = f"{config.settings().public_url.rstrip('/')}/reset?token={token}"
    await mail.queue(session, to=person.id, template="password_link", link=mail.Sealed(link))
    await security_events.record(session, "password.link_sent", person.id)


async def look(session: AsyncSession, token: str) -> None:
    """Raise PasswordLinkEnded for a link that sets nothing any more, before somebody thinks of a password."""
    await _whose(session, token)


async def reset(steps: Steps, wish: ResetWish) -> None:
    """Set the password by a link. Every session ends, the link is used up, and a letter says that it happened."""
    async with steps.transaction() as session:
        person = await session.get_one(Person, await _whose(session, wish.token))
    passwords.refuse_guessable(wish.password, email=person.email, name=person.name)
    async with passwords.turn():
        made = await passwords.hash_of(wish.password)
    async with steps.transaction() as session:
        used = await session.scalar(
            update(PasswordLink)
            .where(PasswordLink.hash == _hash(wish.token), *_LIVES)
            .values(used_at=text("sf_now()"))
            .returning(PasswordLink.person_id)
        )
        if used is None:  # used or ended while we hashed
            raise PasswordLinkEnded
        await _set(session, used, made)
        ended = await sessions.end_all(session, used, because="password reset")
        await mail.queue(session, to=used, template="password_reset")
        await security_events.record(session, "password.reset", used, sessions=ended)


async def change(steps: Steps, principal: Principal, wish: PasswordWish, place: Place) -> None:
    """Change the password while signed in: with the old one, or after a recent sign-in. The other sessions end."""
    people.refuse_shared(principal)
    if wish.current_password is not None:
        await proofs.check_password(steps, principal, wish.current_password, place, field="current_password")
    async with steps.transaction() as session:
        if wish.current_password is not None:
            await sessions.prove(session, principal)
        if not await sessions.is_recent_now(session, principal.sid):
            raise RecentSignInNeeded
        person = await session.get_one(Person, principal.id)
    passwords.refuse_guessable(wish.password, email=person.email, name=person.name)
    async with passwords.turn():
        made = await passwords.hash_of(wish.password)
    async with steps.transaction() as session:
        # A link may have been used while we hashed: whoever it has signed out does not have the last word.
        await session.get_one(Person, person.id, with_for_update=True)
        if not await sessions.living(session, [principal.sid]):
            raise TokenInvalid
        await _set(session, person.id, made)
        await sessions.end_others(session, principal)
        await mail.queue(session, to=person.id, template="password_changed")
        await security_events.record(session, "password.changed", person.id)


async def _whose(session: AsyncSession, token: str) -> UUID:
    person_id = await session.scalar(
        select(PasswordLink.person_id)
        .join(Person, Person.id == PasswordLink.person_id)
        .where(PasswordLink.hash == _hash(token), Person.status == "active", *_LIVES)
    )
    if person_id is None:
        raise PasswordLinkEnded
    return person_id


async def _set(session: AsyncSession, person_id: UUID, made: str) -> None:
    """The new hash. Whatever the old password had begun, and every other link, is over."""
    await session.execute(update(Person).where(Person.id == person_id).values(password_hash=made))
    await challenges.drop_sign_ins(session, person_id)
    await _end_links(session, person_id)


async def _end_links(session: AsyncSession, person_id: UUID) -> None:
    await session.execute(
        delete(PasswordLink).where(PasswordLink.person_id == person_id, PasswordLink.used_at.is_(None))
    )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


@job(every="1h")
async def forget(session: AsyncSession) -> None:
    """Delete links a day after their end."""
    old = text("sf_now() - interval '1 day'")
    await session.execute(delete(PasswordLink).where(PasswordLink.expires_at < old))
