"""Invitations to teams, from the side of whoever holds the link."""

from typing import Literal, cast

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel.auth import Principal
from softfactory.kernel.db import uuid7
from softfactory.kernel.jobs import job
from softfactory.services.platform import audit, spaces
from softfactory.services.platform.errors.people import DemoTeams, InvitationUnknown
from softfactory.services.platform.models.accounts import Person, Space, SpaceMember
from softfactory.services.platform.models.rights import SpaceInvitation
from softfactory.services.platform.schemas.people import InvitationCard, InvitationToken, TeamView


async def look(session: AsyncSession, wish: InvitationToken, reader: Principal | None) -> InvitationCard:
    """What an invitation is about, for whoever has its link; or InvitationUnknown."""
    invitation = await _open(session, wish)
    team = await session.get_one(Space, invitation.space_id)
    inviter = await session.get_one(Person, invitation.invited_by)
    member = reader and await session.scalar(
        select(SpaceMember.id).where(SpaceMember.space_id == team.id, SpaceMember.person_id == reader.id)
    )
    return InvitationCard(
        team=team.name,
        invited_by=inviter.name,
        role=cast(Literal["owner", "member"], invitation.role),
        expires_at=invitation.expires_at,
        member=bool(member),
    )


async def accept(session: AsyncSession, principal: Principal, wish: InvitationToken) -> TeamView:
    """Join the team. The link is used up with it, whoever was first; a member who follows it stays what they are."""
    if principal.demo:
        raise DemoTeams
    invitation = await _open(session, wish)
    await spaces.room_for_a_team(session, principal.id)
    await session.execute(select(Space.id).where(Space.id == invitation.space_id).with_for_update())
    mine = (SpaceInvitation.id == invitation.id, SpaceInvitation.hash == spaces.hash_of(wish.token))
    if not await spaces.close(session, *mine):
        raise InvitationUnknown
    joined = insert(SpaceMember).values(
        id=uuid7(), space_id=invitation.space_id, person_id=principal.id, role=invitation.role
    )
    await session.execute(joined.on_conflict_do_nothing())
    await audit.record(
        session,
        act="space.joined",
        actor_id=principal.id,
        subject_id=invitation.space_id,
        facts={"role": invitation.role},
    )
    return await spaces.read(session, principal, invitation.space_id)


async def _open(session: AsyncSession, wish: InvitationToken) -> SpaceInvitation:
    found = await session.scalar(
        select(SpaceInvitation).where(
            SpaceInvitation.hash == spaces.hash_of(wish.token), SpaceInvitation.expires_at > func.sf_now()
        )
    )
    if found is None:
        raise InvitationUnknown
    return found


@job(every="1h")
async def forget(session: AsyncSession) -> None:
    """Delete invitations 30 days after their end."""
    over = text("sf_now() - interval '30 days'")
    await spaces.close(session, SpaceInvitation.expires_at < over)
