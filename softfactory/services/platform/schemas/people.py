"""The shapes of people as admins see them, of API keys, teams, exports and being forgotten."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from softfactory.kernel.shapes import View, Wish
from softfactory.kernel.time import Moment
from softfactory.services.platform.schemas.accounts import Email, Role
from softfactory.services.platform.schemas.audit import AuditView

PersonStatus = Literal["active", "suspended", "leaving", "erased"]
TeamRole = Literal["owner", "member"]
Line = r"^[^\x00-\x1f\x7f\u2028\u2029]+$"


class PersonRow(View):
    """``email`` is null once erased, and not whole for a demo's admins."""

    id: UUID
    name: str
    email: str | None
    roles: list[Role]
    status: PersonStatus
    demo: bool
    created_at: Moment


class GrantView(View):
    """``granted_by`` is null when the platform itself gave the role."""

    role: Role
    reason: str
    granted_by: UUID | None
    granted_at: Moment


class PersonDetail(PersonRow):
    language: str
    zone: str
    grants: list[GrantView]
    sessions: int
    last_seen_at: Moment | None
    api_keys: int
    history: list[AuditView]


def _undefaulted(schema: dict[str, Any]) -> None:
    """Not sending a field leaves it alone, so its default is no fact of the API."""
    for field in schema["properties"].values():
        field.pop("default", None)


class StandingWish(Wish):
    """Only what is sent is changed. The person reads the reason."""

    model_config = ConfigDict(json_schema_extra=_undefaulted)

    roles: Annotated[list[Role], Field(min_length=1, max_length=7)] = ["guest"]
    status: Literal["active", "suspended"] = "active"
    reason: Annotated[str, Field(min_length=1, max_length=500)]


Scope = Annotated[
    str, Field(max_length=60, pattern=r"^[a-z][a-z0-9_-]*:(read|write)$", examples=["coocook:read"])
]


class ApiKeyWish(Wish):
    """``expires_in_days``: null for a key that never ends."""

    name: Annotated[str, Field(min_length=1, max_length=60, pattern=Line, examples=["My calendar"])]
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=40)]
    expires_in_days: Annotated[int, Field(ge=1, le=366)] | None = 90


class ApiKeyView(View):
    id: UUID
    name: str
    prefix: str
    scopes: list[str]
    created_at: Moment
    expires_at: Moment | None
    last_used_at: Moment | None


class ApiKeyMade(ApiKeyView):
    """``key`` is shown this once."""

    key: str


class ApiKeysView(View):
    """``known_scopes``: what a key may be given. ``limit``: how many keys a person may have."""

    items: list[ApiKeyView]
    known_scopes: list[str]
    limit: int


# -- teams -----------------------------------------------------------------------------------------------------------

TeamName = Annotated[str, Field(min_length=1, max_length=60, pattern=Line, examples=["성수 주방팀"])]


class TeamWish(Wish):
    name: TeamName


class MemberWish(Wish):
    role: TeamRole


class InvitationWish(Wish):
    email: Email
    role: TeamRole = "member"


class InvitationToken(Wish):
    token: Annotated[str, Field(min_length=1, max_length=100)]


class SpaceView(View):
    """A space that the reader belongs to. ``role``: the reader's."""

    id: UUID
    kind: Literal["personal", "team"]
    name: str
    role: TeamRole
    members: int
    created_at: Moment


class MemberView(View):
    """``email``: for owners only."""

    person_id: UUID
    name: str
    email: str | None
    role: TeamRole
    joined_at: Moment


class InvitationView(View):
    id: UUID
    email: str
    role: TeamRole
    expires_at: Moment
    created_at: Moment


class TeamView(SpaceView):
    """``invitations``: for owners only."""

    people: list[MemberView]
    invitations: list[InvitationView]


class SpacesView(View):
    items: list[SpaceView]


class InvitationCard(View):
    """What the holder of an invitation's link reads before accepting. ``member``: the reader is in the team already."""

    team: str
    invited_by: str
    role: TeamRole
    expires_at: Moment
    member: bool


# -- exports and being forgotten -------------------------------------------------------------------------------------


class ExportAskedView(View):
    """The job that gathers everything; ``Location`` is its address."""

    id: UUID
    job_id: UUID


class ExportView(View):
    id: UUID
    state: Literal["making", "ready"]
    size: int | None
    created_at: Moment
    expires_at: Moment | None
    job_id: UUID | None


class ExportsView(View):
    items: list[ExportView]


class ObligationView(View):
    """Something that has to be settled first. ``title`` in the reader's language; ``path``: the page where."""

    code: str
    title: str
    path: str


class ObligationsView(View):
    items: list[ObligationView]


class LeavingWish(Wish):
    """The word that was typed, so that nobody leaves by a slip. A screen may ask for it in the reader's language."""

    word: Literal["delete"]


class LeavingView(View):
    """The account is being erased; a letter says goodbye to its address."""

    state: Literal["leaving"] = "leaving"
