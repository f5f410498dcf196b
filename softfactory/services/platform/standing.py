"""A person's standing: the roles they have and whether they may act, as admins see and set it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exc, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import mail, paging
from softfactory.kernel.auth import ROLES, STAFF, Principal
from softfactory.kernel.errors import PreconditionFailed
from softfactory.kernel.paging import Page
from softfactory.services.platform import audit, people, sessions
from softfactory.services.platform.errors.accounts import PersonUnknown
from softfactory.services.platform.errors.people import (
    DemoAdminLimited,
    DemoPersonFixed,
    LastAdmin,
    OwnStanding,
    PersonLeaving,
)
from softfactory.services.platform.models.accounts import LoginSession, Person, RoleGrant
from softfactory.services.platform.models.rights import ApiKey
from softfactory.services.platform.schemas.people import (
    GrantView,
    PersonDetail,
    PersonRow,
    StandingWish,
)

# -- looking ---------------------------------------------------------------------------------------------------------


async def listed(
    session: AsyncSession,
    admin: Principal,
    *,
    q: str | None = None,
    role: str | None = None,
    status: str | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[PersonRow]:
    """People, the newest first. ``q``: a part of the name or the address. Erased people only when asked for."""
    query = select(Person).order_by(Person.created_at.desc(), Person.id.desc())
    query = query.where(Person.status == status if status else Person.status != "erased")
    if q:
        query = query.where(_named(q, admin))
    if role:
        query = query.where(Person.id.in_(select(RoleGrant.person_id).where(RoleGrant.role == role)))
    if after := paging.decode(cursor, datetime.fromisoformat, UUID):
        query = query.where(tuple_(Person.created_at, Person.id) < tuple_(*after))
    rows = list(await session.scalars(query.limit(limit + 1)))
    more, rows = len(rows) > limit, rows[:limit]
    roles = await _roles(session, rows)
    return Page(
        items=[PersonRow(**_row(person, roles.get(person.id, []), admin)) for person in rows],
        next_cursor=paging.encode(rows[-1].created_at, rows[-1].id) if more else None,
    )


def _named(q: str, admin: Principal) -> ColumnElement[bool]:
    """Demo admins are strangers: they find an address only when they know the whole of it."""
    by_name = Person.name.icontains(q, autoescape=True)
    if admin.demo:
        return or_(by_name, func.lower(Person.email) == q.lower())
    return or_(by_name, Person.email.icontains(q, autoescape=True))


def _row(person: Person, roles: list[str], admin: Principal) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "email": _address(person, admin),
        "roles": roles,
        "status": person.status,
        "demo": person.is_demo,
        "created_at": person.created_at,
    }


def _address(person: Person, admin: Principal) -> str | None:
    return None if person.status == "erased" else people.shown_address(person.email, reader=admin)


async def _roles(session: AsyncSession, rows: Sequence[Person]) -> dict[UUID, list[str]]:
    held = select(RoleGrant.person_id, RoleGrant.role).where(RoleGrant.person_id.in_([p.id for p in rows]))
    found: dict[UUID, list[str]] = {}
    for person_id, role in await session.execute(held):
        found.setdefault(person_id, []).append(role)
    return {person_id: sorted(roles, key=ROLES.index) for person_id, roles in found.items()}


async def read(session: AsyncSession, admin: Principal, person_id: UUID) -> tuple[PersonDetail, int]:
    """One person, with why they have which role, and what was done last. And the version."""
    person = await session.get(Person, person_id)
    if person is None:
        raise PersonUnknown
    return await _detail(session, admin, person), person.version


async def _detail(session: AsyncSession, admin: Principal, person: Person) -> PersonDetail:
    grants = list(await session.scalars(select(RoleGrant).where(RoleGrant.person_id == person.id)))
    grants.sort(key=lambda grant: ROLES.index(grant.role))
    alive = (
        LoginSession.person_id == person.id,
        LoginSession.revoked_at.is_(None),
        LoginSession.expires_at > func.sf_now(),
    )
    live = select(func.count(), func.max(LoginSession.last_seen_at)).where(*alive)
    sessions_count, last_seen = (await session.execute(live)).one()
    keys = await session.scalar(select(func.count()).where(ApiKey.person_id == person.id))
    history = await audit.listed(session, person_id=person.id, limit=20, veiled=admin.demo)
    return PersonDetail(
        **_row(person, [grant.role for grant in grants], admin),
        language=person.language,
        zone=person.zone,
        grants=[
            GrantView(role=g.role, reason=g.reason, granted_by=g.granted_by, granted_at=g.created_at)
            for g in grants
        ],
        sessions=sessions_count,
        last_seen_at=last_seen,
        api_keys=keys or 0,
        history=history.items,
    )


# -- changing --------------------------------------------------------------------------------------------------------


async def change(
    session: AsyncSession, admin: Principal, person_id: UUID, wish: StandingWish, *, version: int | None
) -> tuple[PersonDetail, int]:
    """Suspend, restore, or set the roles, with a reason. That an admin is left, the database decides."""
    person = await session.get(Person, person_id, with_for_update=True)
    if person is None:
        raise PersonUnknown
    if person.is_demo:
        raise DemoPersonFixed
    if person.id == admin.id:
        raise OwnStanding
    if version is not None and version != person.version:
        raise PreconditionFailed
    if person.status not in ("active", "suspended"):
        raise PersonLeaving
    try:
        async with session.begin_nested():
            changed = await _set_roles(session, admin, person, wish)
            changed = await _set_status(session, admin, person, wish) or changed
            person.version += changed
            await session.flush()
    except exc.IntegrityError as error:
        if "keep_an_admin" not in str(error.orig) and "no admin would be left" not in str(error.orig):
            raise
        raise LastAdmin from None
    return await _detail(session, admin, person), person.version


async def _set_roles(session: AsyncSession, admin: Principal, person: Person, wish: StandingWish) -> bool:
    if "roles" not in wish.model_fields_set:
        return False
    held, wanted = set(await people.roles_of(session, person.id)), set(map(str, wish.roles))
    given, taken = sorted(wanted - held), sorted(held - wanted)
    if admin.demo and STAFF & (held | wanted):  # nor are other roles taken from whoever outlasts the demo
        raise DemoAdminLimited
    if not given and not taken:
        return False
    for role in given:
        await people.grant(session, person.id, role, reason=wish.reason, granted_by=admin.id)
    await session.execute(
        delete(RoleGrant).where(RoleGrant.person_id == person.id, RoleGrant.role.in_(taken))
    )
    facts = {"given": given, "taken": taken}
    await _tell(session, admin, person, "person.roles_changed", wish.reason, facts)
    return True


async def _set_status(session: AsyncSession, admin: Principal, person: Person, wish: StandingWish) -> bool:
    if "status" not in wish.model_fields_set or wish.status == person.status:
        return False
    if admin.demo and STAFF.intersection(await people.roles_of(session, person.id)):
        raise DemoAdminLimited
    person.status = wish.status
    await session.flush()
    if wish.status == "suspended":
        await sessions.end_all(session, person.id, because="suspended")
    act = "person.suspended" if wish.status == "suspended" else "person.restored"
    await _tell(session, admin, person, act, wish.reason, {})
    return True


async def _tell(
    session: AsyncSession, admin: Principal, person: Person, act: str, reason: str, facts: dict[str, Any]
) -> None:
    """Write it down, and write to the person: nobody loses or gains rights without hearing of it and why."""
    await audit.record(session, act=act, actor_id=admin.id, subject_id=person.id, reason=reason, facts=facts)
    await mail.queue(session, to=person.id, template=act.replace(".", "_"), reason=reason)
