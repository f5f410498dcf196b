"""The shapes of accounts and sessions in the API."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from softfactory.kernel.pictures import PictureView
from softfactory.kernel.shapes import View, Wish
from softfactory.kernel.time import Moment, ZoneName

Role = Literal["guest", "chef", "brand", "influencer", "student", "operator", "admin"]
Language = Literal["ko", "en"]

Email = Annotated[
    str,
    Field(
        min_length=3,
        max_length=254,
        examples=["minji@example.com"],
        json_schema_extra={"format": "email"},
    ),
]
PersonName = Annotated[
    str, Field(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f\u2028\u2029]+$", examples=["김민지"])
]
NewPassword = Annotated[
    str,
    StringConstraints(strip_whitespace=False, min_length=10, max_length=128),
    Field(json_schema_extra={"format": "password"}),
]
GivenPassword = Annotated[
    str,
    StringConstraints(strip_whitespace=False, min_length=1, max_length=1024),
    Field(json_schema_extra={"format": "password"}),
]


class RegisterWish(Wish):
    email: Email
    password: NewPassword
    name: PersonName


class LoginWish(Wish):
    email: Email
    password: GivenPassword


class DemoWish(Wish):
    role: Role


class RefreshWish(Wish):
    """For clients without cookies."""

    refresh_token: Annotated[str, Field(min_length=1, max_length=200)]


class UserView(View):
    id: UUID
    email: str
    name: str
    roles: list[str]
    avatar: PictureView | None = None


class TokensView(View):
    """``refresh_token`` is there only for clients that keep it themselves; browsers have it in a cookie."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the scheme's name
    expires_in: int = Field(description="Seconds until the access token ends.")
    user: UserView
    refresh_token: str | None = None


class DeviceView(View):
    """A device in its owner's words; null: it does not say."""

    browser: str | None
    system: str | None
    handheld: bool


class SessionView(View):
    id: UUID
    created_at: Moment
    last_seen_at: Moment
    user_agent: str
    device: DeviceView
    ip: str
    current: bool


class MeView(UserView):
    language: Language
    zone: str
    space_id: UUID
    demo: bool
    created_at: Moment


def _undefaulted(schema: dict[str, Any]) -> None:
    """Not sending a field leaves it alone, so its default is no fact of the API."""
    for field in schema["properties"].values():
        field.pop("default", None)


class ProfileWish(Wish):
    """Only the fields that are sent are changed."""

    model_config = ConfigDict(json_schema_extra=_undefaulted)

    name: PersonName = ""
    language: Language = "ko"
    zone: ZoneName = "Asia/Seoul"


class JwksView(View):
    keys: list[dict[str, str]]
