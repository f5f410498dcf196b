"""People: who has an account, what they are called, and what they may be."""

import re
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import identity, mail, pictures, realtime
from softfactory.kernel.auth import ROLES, Principal
from softfactory.kernel.db import uuid7
from softfactory.kernel.errors import PreconditionFailed
from softfactory.kernel.operations import answers
from softfactory.services.platform import contract, passwords
from softfactory.services.platform.errors.accounts import (
    DemoNameFixed,
    EmailInvalid,
    EmailTaken,
    PersonUnknown,
)
from softfactory.services.platform.errors.security import DemoSecurityFixed
from softfactory.services.platform.models.accounts import Person, RoleGrant, Space, SpaceMember
from softfactory.services.platform.models.rights import SpaceInvitation
from softfactory.services.platform.schemas.accounts import MeView, ProfileWish, RegisterWish

DEMO_DOMAIN = "demo.softfactory.example"

_EMAIL = re.compile(
    r"(?=.{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?=.{4,190}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)
"""What mail systems deliver to (RFC 5321's dot-string and host names), without quoted forms and address literals."""


def normal_email(given: str) -> str:
    """The address as it is kept: its domain in lower case. Raises EmailInvalid."""
    if not _EMAIL.fullmatch(given):
        raise EmailInvalid(errors=[{"field": "email", "code": EmailInvalid.code}])
    box, _, domain = given.rpartition("@")
    return f"{box}@{domain.lower()}"


def admissible_email(wish: RegisterWish) -> str:
    """The address as it is kept, or a refusal of what needs no looking up."""
    email = normal_email(wish.email)
    passwords.refuse_guessable(wish.password, email=email, name=wish.name)
    if email.lower().endswith("@" + DEMO_DOMAIN):
        raise EmailTaken
    return email


async def register(
    session: AsyncSession, wish: RegisterWish, *, email: str, password_hash: str, language: str
) -> Person:
    """A new account with the role guest, or EmailTaken. Of two at once the index lets one through."""
    person_id = uuid7()
    if not await add(
        session, person_id, email=email, name=wish.name, password_hash=password_hash, language=language
    ):
        raise EmailTaken
    await grant(session, person_id, "guest", reason="registered")
    await mail.queue(session, to=person_id, template="welcome")
    return await session.get_one(Person, person_id)


async def add(session: AsyncSession, person_id: UUID, *, email: str, name: str, **facts: Any) -> bool:
    """Insert a person and their personal space. False when the id or the address is taken."""
    row = insert(Person).values(id=person_id, email=email, name=name, **facts)
    if (await session.execute(row.on_conflict_do_nothing().returning(Person.id))).first() is None:
        return False
    await session.execute(insert(Space).values(id=person_id, kind="personal", name=name))
    await session.execute(
        insert(SpaceMember).values(id=uuid7(), space_id=person_id, person_id=person_id, role="owner")
    )
    return True


async def grant(
    session: AsyncSession, person_id: UUID, role: str, *, reason: str, granted_by: UUID | None = None
) -> None:
    """Give a person a role; a role they have stays as it was given."""
    if role not in ROLES:
        raise ValueError(f"no such role: {role}")
    given = await session.execute(
        insert(RoleGrant)
        .values(id=uuid7(), person_id=person_id, role=role, reason=reason, granted_by=granted_by)
        .on_conflict_do_nothing()
        .returning(RoleGrant.id)
    )
    # Everyone is a guest from the first day, and demo people are what they are.
    if given.first() is not None and role != "guest" and reason != "demo":
        await realtime.tell(session, {person_id: f"granted.{role}"}, kind="platform.role")


async def by_email(session: AsyncSession, email: str) -> Person | None:
    return await session.scalar(select(Person).where(func.lower(Person.email) == email.lower()))


async def roles_of(session: AsyncSession, person_id: UUID) -> list[str]:
    """In the order of ``auth.ROLES``."""
    held = await session.scalars(select(RoleGrant.role).where(RoleGrant.person_id == person_id))
    return sorted(held, key=ROLES.index)


async def me(session: AsyncSession, principal: Principal) -> tuple[MeView, int]:
    """What a person sees of themselves, and its version."""
    person = await session.get_one(Person, principal.id)
    return await _view(session, person), person.version


async def change(
    session: AsyncSession, principal: Principal, wish: ProfileWish, *, version: int | None
) -> tuple[MeView, int]:
    """Change what was sent; ``version``: only if nobody else changed it since."""
    person = await session.get_one(Person, principal.id, with_for_update=True)
    if version is not None and version != person.version:
        raise PreconditionFailed
    changes = {k: v for k, v in wish.model_dump(exclude_unset=True).items() if getattr(person, k) != v}
    if person.is_demo and "name" in changes:
        raise DemoNameFixed
    if changes:
        for field, value in changes.items():
            setattr(person, field, value)
        person.version += 1
        if "name" in changes:
            await session.execute(update(Space).where(Space.id == person.id).values(name=person.name))
        await session.flush()
    return await _view(session, person), person.version


async def _view(session: AsyncSession, person: Person) -> MeView:
    return MeView(
        id=person.id,
        email=person.email,
        name=person.name,
        roles=await roles_of(session, person.id),
        language="en" if person.language == "en" else "ko",
        zone=person.zone,
        space_id=person.id,
        demo=person.is_demo,
        avatar=await pictures.one(session, person.avatar_id),
        created_at=person.created_at,
    )


def shown_address(email: str, *, reader: Principal) -> str:
    """In a demo anyone can be admin for two hours, so the addresses of real people are not whole there."""
    if not reader.demo or email.endswith("@" + DEMO_DOMAIN):
        return email
    box, _, domain = email.rpartition("@")
    return f"{box[:1]}…@{domain}"


def refuse_shared(principal: Principal) -> None:
    """Strangers share demo people: whoever changed how one signs in as them would shut the others out."""
    if principal.demo:
        raise DemoSecurityFixed


async def _known(session: AsyncSession, person_id: UUID) -> Person:
    person = await session.get(Person, person_id)
    if person is None or person.status == "erased":
        raise PersonUnknown
    return person


async def _card(session: AsyncSession, person_id: UUID) -> contract.PersonCard:
    known = await _known(session, person_id)
    roles = await roles_of(session, person_id)
    return contract.PersonCard(person_id=known.id, name=known.name, roles=roles)


@answers(contract.person)
async def person(session: AsyncSession, request: contract.PersonQuery) -> contract.PersonCard:
    return await _card(session, request.person_id)


@answers(contract.grant_role)
async def grant_role(session: AsyncSession, request: contract.GrantRole) -> contract.PersonCard:
    await _known(session, request.person_id)
    await grant(session, request.person_id, request.role, reason=request.reason)
    return await _card(session, request.person_id)


@answers(identity.addressee)
async def addressee(session: AsyncSession, request: identity.AddresseeRequest) -> identity.Addressee:
    if invited := await session.get(SpaceInvitation, request.person_id):
        # Whoever is invited may have no account, so the invitation itself is written to, in the inviter's language.
        tongue: Literal["ko", "en"] = "en" if invited.language == "en" else "ko"
        return identity.Addressee(email=invited.email, name=invited.email, language=tongue)
    known = await _known(session, request.person_id)
    return identity.Addressee(
        email=known.email, name=known.name, language="en" if known.language == "en" else "ko", zone=known.zone
    )
