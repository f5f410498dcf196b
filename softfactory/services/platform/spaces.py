"""Spaces: what owns things. Everyone has a personal one; a team is a space with members, of whom some are owners.

Every change of a team locks its row first. That an owner is left, the database decides (migration 0004).
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, exc, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import config, mail, time
from softfactory.kernel.auth import Principal
from softfactory.kernel.db import uuid7
from softfactory.kernel.operations import answers
from softfactory.services.platform import audit, contract, people, throttles
from softfactory.services.platform.errors.people import (
    DemoTeams,
    LastOwner,
    MemberUnknown,
    OwnersOnly,
    TeamFull,
    TeamNotEmpty,
    TeamUnknown,
    TooManyTeams,
)
from softfactory.services.platform.models.accounts import Person, Space, SpaceMember
from softfactory.services.platform.models.rights import SpaceInvitation
from softfactory.services.platform.schemas.people import (
    InvitationView,
    InvitationWish,
    MemberView,
    MemberWish,
    SpaceView,
    TeamView,
    TeamWish,
)

MOST_TEAMS = 20
MOST_PEOPLE = 100
INVITATION = timedelta(days=7)


# -- looking ---------------------------------------------------------------------------------------------------------


def visible_to(principal: Principal) -> Select[Space, SpaceMember]:
    """The spaces a person belongs to, with their membership."""
    return (
        select(Space, SpaceMember)
        .join(SpaceMember, SpaceMember.space_id == Space.id)
        .where(SpaceMember.person_id == principal.id)
    )


async def listed(session: AsyncSession, principal: Principal) -> list[SpaceView]:
    """The personal space first, then teams in the order of joining. There are at most 21."""
    rows = (await session.execute(visible_to(principal).order_by(Space.kind, SpaceMember.id))).all()
    counted = (
        select(SpaceMember.space_id, func.count())
        .where(SpaceMember.space_id.in_([space.id for space, _ in rows]))
        .group_by(SpaceMember.space_id)
    )
    counts = {row[0]: row[1] for row in await session.execute(counted)}
    return [_view(space, member, counts[space.id]) for space, member in rows]


def _view(space: Space, member: SpaceMember, members: int) -> SpaceView:
    return SpaceView.model_validate(
        {
            "id": space.id,
            "kind": space.kind,
            "name": space.name,
            "role": member.role,
            "members": members,
            "created_at": space.created_at,
        }
    )


async def read(session: AsyncSession, principal: Principal, space_id: UUID) -> TeamView:
    """A team with its people; owners see addresses and open invitations too."""
    space, mine = await _team(session, principal, space_id, lock=False)
    return await _detail(session, space, mine)


async def _detail(session: AsyncSession, space: Space, mine: SpaceMember) -> TeamView:
    owner = mine.role == "owner"
    rows = await session.execute(
        select(SpaceMember, Person)
        .join(Person, Person.id == SpaceMember.person_id)
        .where(SpaceMember.space_id == space.id)
        .order_by(SpaceMember.id)
    )
    members = [
        MemberView.model_validate(
            {
                "person_id": person.id,
                "name": person.name,
                "email": person.email if owner else None,
                "role": member.role,
                "joined_at": member.created_at,
            }
        )
        for member, person in rows
    ]
    invited: Sequence[SpaceInvitation] = []
    if owner:
        query = select(SpaceInvitation).where(SpaceInvitation.space_id == space.id)
        invited = (await session.scalars(query.order_by(SpaceInvitation.id))).all()
    return TeamView(
        **_view(space, mine, len(members)).model_dump(),
        people=members,
        invitations=[InvitationView.model_validate(row) for row in invited],
    )


async def _team(
    session: AsyncSession, principal: Principal, space_id: UUID, *, owner: bool = False, lock: bool = True
) -> tuple[Space, SpaceMember]:
    """A team of the person's, its row locked. To others, and to a personal space, it is not there."""
    if lock:
        await session.execute(select(Space.id).where(Space.id == space_id).with_for_update())
    found = visible_to(principal).where(Space.id == space_id, Space.kind == "team")
    row = (await session.execute(found.execution_options(populate_existing=True))).one_or_none()
    if row is None:
        raise TeamUnknown
    space, mine = row
    if owner and mine.role != "owner":
        raise OwnersOnly
    return space, mine


# -- teams -----------------------------------------------------------------------------------------------------------


async def create(session: AsyncSession, principal: Principal, wish: TeamWish) -> TeamView:
    """A new team, with its maker as owner."""
    if principal.demo:
        raise DemoTeams
    await room_for_a_team(session, principal.id)
    space = Space(id=uuid7(), kind="team", name=wish.name)
    session.add(space)
    await session.flush()
    mine = SpaceMember(id=uuid7(), space_id=space.id, person_id=principal.id, role="owner")
    session.add(mine)
    await session.flush()
    await session.refresh(space)
    await session.refresh(mine)
    await _note(session, principal, space, "created")
    return await _detail(session, space, mine)


async def room_for_a_team(session: AsyncSession, person_id: UUID) -> None:
    """Lock the person, so that two teams joined at once are counted one after the other; or TooManyTeams."""
    await session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
    teams = await session.scalar(
        select(func.count())
        .select_from(SpaceMember)
        .join(Space, Space.id == SpaceMember.space_id)
        .where(SpaceMember.person_id == person_id, Space.kind == "team")
    )
    if (teams or 0) >= MOST_TEAMS:
        raise TooManyTeams(limit=MOST_TEAMS)


async def rename(session: AsyncSession, principal: Principal, space_id: UUID, wish: TeamWish) -> TeamView:
    space, mine = await _team(session, principal, space_id, owner=True)
    space.name = wish.name
    await session.flush()
    await _note(session, principal, space, "renamed")
    return await _detail(session, space, mine)


async def remove(session: AsyncSession, principal: Principal, space_id: UUID) -> None:
    """Delete a team that nobody else is in any more."""
    space, _ = await _team(session, principal, space_id, owner=True)
    members = await session.scalar(select(func.count()).where(SpaceMember.space_id == space.id))
    if members and members > 1:
        raise TeamNotEmpty(others=members - 1)
    await close(session, SpaceInvitation.space_id == space.id)
    await session.execute(delete(Space).where(Space.id == space.id))
    await _note(session, principal, space, "deleted")


# -- members ---------------------------------------------------------------------------------------------------------


async def change_role(
    session: AsyncSession, principal: Principal, space_id: UUID, person_id: UUID, wish: MemberWish
) -> TeamView:
    """Make a member an owner, or an owner a member."""
    space, mine = await _team(session, principal, space_id, owner=True)
    member = await _member(session, space, person_id)
    try:
        async with session.begin_nested():
            member.role = wish.role
            await session.flush()
    except exc.IntegrityError as error:
        raise _owner_or(error) from None
    if wish.role != "owner":
        await _close_of(session, space, person_id)
    await _note(session, principal, space, "role_changed", person_id=person_id, role=wish.role)
    return await _detail(session, space, mine)


async def part(session: AsyncSession, principal: Principal, space_id: UUID, person_id: UUID) -> None:
    """Leave a team, or, as an owner, have someone leave it."""
    space, _ = await _team(session, principal, space_id, owner=person_id != principal.id)
    member = await _member(session, space, person_id)
    try:
        async with session.begin_nested():
            await session.delete(member)
            await session.flush()
    except exc.IntegrityError as error:
        raise _owner_or(error) from None
    await _close_of(session, space, person_id)
    verb = "left" if person_id == principal.id else "member_removed"
    await _note(session, principal, space, verb, person_id=person_id)


async def _close_of(session: AsyncSession, space: Space, person_id: UUID) -> None:
    """Who is no owner any more has no link left by which to come back, as an owner at that."""
    await close(session, SpaceInvitation.space_id == space.id, SpaceInvitation.invited_by == person_id)


def _owner_or(error: exc.IntegrityError) -> Exception:
    return LastOwner() if "no owner would be left" in str(error.orig) else error


async def _member(session: AsyncSession, space: Space, person_id: UUID) -> SpaceMember:
    query = select(SpaceMember).where(SpaceMember.space_id == space.id, SpaceMember.person_id == person_id)
    member = await session.scalar(query)
    if member is None:
        raise MemberUnknown
    return member


async def _note(
    session: AsyncSession, principal: Principal, space: Space, verb: str, **facts: object
) -> None:
    await audit.record(
        session,
        act=f"space.{verb}",
        actor_id=principal.id,
        subject_id=space.id,
        facts=facts,
        personal={"team": space.name},
        about=principal.id,
    )


# -- inviting --------------------------------------------------------------------------------------------------------


async def invite(
    session: AsyncSession, principal: Principal, space_id: UUID, wish: InvitationWish
) -> InvitationView:
    """Write to an address with a link that works once. Whether it has an account is neither asked nor told.

    Inviting an address again makes its older link worthless.
    """
    email = people.normal_email(wish.email)
    space, _ = await _team(session, principal, space_id, owner=True)
    await _room(session, space, email)
    await throttles.take_invitation(session, principal.id, email)
    inviter = await session.get_one(Person, principal.id)
    token, until = secrets.token_urlsafe(32), await time.now(session) + INVITATION
    values = {"role": wish.role, "hash": hash_of(token), "invited_by": inviter.id, "expires_at": until}
    row = insert(SpaceInvitation).values(
        id=uuid7(), space_id=space.id, email=email, language=inviter.language, **values
    )
    made = row.on_conflict_do_update(
        index_elements=[SpaceInvitation.space_id, func.lower(SpaceInvitation.email)], set_=values
    ).returning(SpaceInvitation)
    invitation = (await session.scalars(made, execution_options={"populate_existing": True})).one()
    link = f"{config.settings().public_url.rstrip('/')}/invitation?{urlencode({'token': token})}"
    await mail.queue(
        session,
        to=invitation.id,
        template="space_invitation",
        invited_by=inviter.name,
        team=space.name,
        expires_at=until,
        link=mail.Sealed(link),
    )
    await audit.record(
        session,
        act="space.invited",
        actor_id=principal.id,
        subject_id=space.id,
        facts={"role": wish.role},
        personal={"email": email},
        about=invitation.id,
    )
    return InvitationView.model_validate(invitation)


def hash_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


async def _room(session: AsyncSession, space: Space, email: str) -> None:
    members = await session.scalar(select(func.count()).where(SpaceMember.space_id == space.id))
    others = await session.scalar(
        select(func.count()).where(
            SpaceInvitation.space_id == space.id, func.lower(SpaceInvitation.email) != email.lower()
        )
    )
    if (members or 0) + (others or 0) >= MOST_PEOPLE:
        raise TeamFull(limit=MOST_PEOPLE)


async def withdraw(session: AsyncSession, principal: Principal, space_id: UUID, invitation_id: UUID) -> None:
    """Make an invitation's link worthless. One that is gone already stays gone."""
    space, _ = await _team(session, principal, space_id, owner=True)
    await close(session, SpaceInvitation.id == invitation_id, SpaceInvitation.space_id == space.id)


async def close(session: AsyncSession, *which: ColumnElement[bool]) -> int:
    """Delete invitations, with their letters and what the audit says of their addresses. How many there were."""
    gone = delete(SpaceInvitation).where(*which).returning(SpaceInvitation.id)
    ids = list(await session.scalars(gone))
    for invitation_id in ids:
        await mail.erase(session, person_id=invitation_id)
        await audit.erase(session, person_id=invitation_id)
    return len(ids)


# -- what services ask -----------------------------------------------------------------------------------------------


@answers(contract.memberships)
async def memberships(session: AsyncSession, request: contract.PersonQuery) -> contract.Memberships:
    """The spaces whose things the person may see, with the role in each."""
    rows = await session.execute(
        select(SpaceMember.space_id, SpaceMember.role, Space.kind)
        .join(Space, Space.id == SpaceMember.space_id)
        .join(Person, Person.id == SpaceMember.person_id)
        .where(SpaceMember.person_id == request.person_id, Person.status == "active")
        .order_by(SpaceMember.id)
    )
    return contract.Memberships(
        spaces=[
            contract.Membership.model_validate({"space_id": space_id, "role": role, "kind": kind})
            for space_id, role, kind in rows
        ]
    )


async def leave_all(session: AsyncSession, person_id: UUID, *, email: str) -> None:
    """Out of every team of someone who is being erased; teams of one, and invitations by or to them, go with them."""
    mine = select(Space.id).join(SpaceMember).where(SpaceMember.person_id == person_id, Space.kind == "team")
    teams = list(await session.scalars(mine.with_for_update(of=Space)))
    members = select(func.count()).where(SpaceMember.space_id == Space.id).scalar_subquery()
    alone = list(await session.scalars(select(Space.id).where(Space.id.in_(teams), members == 1)))
    await close(
        session,
        or_(
            SpaceInvitation.invited_by == person_id,
            func.lower(SpaceInvitation.email) == email.lower(),
            SpaceInvitation.space_id.in_(alone),
        ),
    )
    await session.execute(delete(Space).where(Space.id.in_(alone)))
    await session.execute(
        delete(SpaceMember).where(SpaceMember.person_id == person_id, SpaceMember.space_id.in_(teams))
    )
    await session.execute(update(Space).where(Space.id == person_id).values(name=""))
