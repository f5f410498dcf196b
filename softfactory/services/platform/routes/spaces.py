"""HTTP of spaces: teams, their members, and invitations to them."""

from uuid import UUID

from softfactory.kernel.auth import MaybeUser, User
from softfactory.kernel.db import ReadSession, Session
from softfactory.kernel.errors import problems
from softfactory.kernel.routing import Router
from softfactory.kernel.scopes import NoKey
from softfactory.services.platform import invitations, spaces
from softfactory.services.platform.errors.accounts import EmailInvalid
from softfactory.services.platform.errors.people import (
    DemoTeams,
    InvitationUnknown,
    LastOwner,
    MemberUnknown,
    OwnersOnly,
    TeamFull,
    TeamNotEmpty,
    TeamUnknown,
    TooManyInvitations,
    TooManyTeams,
)
from softfactory.services.platform.schemas.people import (
    InvitationCard,
    InvitationToken,
    InvitationView,
    InvitationWish,
    MemberWish,
    SpacesView,
    TeamView,
    TeamWish,
)

router = Router("/api/users", tags=["spaces"])


@router.get("/spaces", response_model=SpacesView)
async def list_spaces(user: User, session: ReadSession) -> SpacesView:
    """The personal space and the teams of this person."""
    return SpacesView(items=await spaces.listed(session, user))


@router.post(
    "/spaces",
    status_code=201,
    response_model=TeamView,
    dependencies=[NoKey],
    responses=problems(TooManyTeams, DemoTeams),
)
async def create_a_team(wish: TeamWish, user: User, session: Session) -> TeamView:
    """A new team, with this person as its owner."""
    return await spaces.create(session, user, wish)


@router.get("/spaces/{space_id}", response_model=TeamView, responses=problems(TeamUnknown))
async def read_a_team(space_id: UUID, user: User, session: ReadSession) -> TeamView:
    """A team and its people. Owners see addresses and open invitations too."""
    return await spaces.read(session, user, space_id)


@router.patch(
    "/spaces/{space_id}",
    response_model=TeamView,
    dependencies=[NoKey],
    responses=problems(TeamUnknown, OwnersOnly),
)
async def rename_a_team(space_id: UUID, wish: TeamWish, user: User, session: Session) -> TeamView:
    """Give a team another name."""
    return await spaces.rename(session, user, space_id, wish)


@router.delete(
    "/spaces/{space_id}",
    status_code=204,
    dependencies=[NoKey],
    responses=problems(TeamUnknown, OwnersOnly, TeamNotEmpty),
)
async def delete_a_team(space_id: UUID, user: User, session: Session) -> None:
    """Delete a team that nobody else is in."""
    await spaces.remove(session, user, space_id)


@router.post(
    "/spaces/{space_id}/invitations",
    status_code=201,
    response_model=InvitationView,
    dependencies=[NoKey],
    responses=problems(TeamUnknown, OwnersOnly, TeamFull, EmailInvalid, TooManyInvitations),
)
async def invite_to_a_team(
    space_id: UUID, wish: InvitationWish, user: User, session: Session
) -> InvitationView:
    """Write to an address with a link that works once, for seven days. Inviting again ends the older link."""
    return await spaces.invite(session, user, space_id, wish)


@router.delete(
    "/spaces/{space_id}/invitations/{invitation_id}",
    status_code=204,
    dependencies=[NoKey],
    responses=problems(TeamUnknown, OwnersOnly),
)
async def withdraw_an_invitation(space_id: UUID, invitation_id: UUID, user: User, session: Session) -> None:
    """Make an invitation's link worthless."""
    await spaces.withdraw(session, user, space_id, invitation_id)


@router.patch(
    "/spaces/{space_id}/members/{person_id}",
    response_model=TeamView,
    dependencies=[NoKey],
    responses=problems(TeamUnknown, OwnersOnly, MemberUnknown, LastOwner),
)
async def change_a_member(
    space_id: UUID, person_id: UUID, wish: MemberWish, user: User, session: Session
) -> TeamView:
    """Make a member an owner, or an owner a member."""
    return await spaces.change_role(session, user, space_id, person_id, wish)


@router.delete(
    "/spaces/{space_id}/members/{person_id}",
    status_code=204,
    dependencies=[NoKey],
    responses=problems(TeamUnknown, OwnersOnly, MemberUnknown, LastOwner),
)
async def leave_a_team(space_id: UUID, person_id: UUID, user: User, session: Session) -> None:
    """Leave a team, or, as an owner, have someone leave it."""
    await spaces.part(session, user, space_id, person_id)


@router.post(
    "/invitations/look",
    response_model=InvitationCard,
    dependencies=[NoKey],
    responses=problems(InvitationUnknown),
)
async def look_at_an_invitation(
    wish: InvitationToken, reader: MaybeUser, session: ReadSession
) -> InvitationCard:
    """What an invitation is about, for whoever has its link."""
    return await invitations.look(session, wish, reader)


@router.post(
    "/invitations/accept",
    response_model=TeamView,
    dependencies=[NoKey],
    responses=problems(InvitationUnknown, TooManyTeams, DemoTeams),
)
async def accept_an_invitation(wish: InvitationToken, user: User, session: Session) -> TeamView:
    """Join the team. The link works once."""
    return await invitations.accept(session, user, wish)
