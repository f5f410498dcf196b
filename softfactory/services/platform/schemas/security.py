"""The shapes of account security in the API."""

from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from softfactory.kernel.shapes import View, Wish
from softfactory.kernel.time import Moment
from softfactory.services.platform.schemas.accounts import Email, GivenPassword, NewPassword

GivenCode = Annotated[
    str, StringConstraints(min_length=6, max_length=40), Field(description="Six digits.", examples=["123456"])
]
Base64Url = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+=*$", max_length=20_000)]
LinkToken = Annotated[str, StringConstraints(min_length=1, max_length=100)]
PasskeyName = Annotated[
    str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f\u2028\u2029]+$", examples=["MacBook"])
]


class AuthenticatorResponse(Wish):
    """What a browser's ``PublicKeyCredential.toJSON()`` holds under ``response``. Browsers add fields: ignored."""

    model_config = ConfigDict(extra="ignore")

    clientDataJSON: Base64Url  # noqa: N815 - the standard's own name
    attestationObject: Base64Url | None = None  # noqa: N815
    authenticatorData: Base64Url | None = None  # noqa: N815
    signature: Base64Url | None = None
    userHandle: Base64Url | None = None  # noqa: N815
    transports: list[Annotated[str, Field(max_length=30)]] | None = Field(None, max_length=10)


class PasskeyAnswer(Wish):
    """A browser's ``PublicKeyCredential.toJSON()`` (WebAuthn Level 3)."""

    model_config = ConfigDict(extra="ignore")

    id: Base64Url
    rawId: Base64Url  # noqa: N815
    type: Annotated[str, Field(max_length=30, examples=["public-key"])]
    response: AuthenticatorResponse

    def as_sent(self) -> dict[str, Any]:
        return self.model_dump(exclude_none=True)


class ProofWish(Wish):
    """One proof of who is there: the password, a code of the app, or a passkey's answer."""

    password: GivenPassword | None = None
    code: GivenCode | None = None
    passkey: PasskeyAnswer | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(proof is not None for proof in (self.password, self.code, self.passkey)) != 1:
            raise ValueError("Send one proof: password, code or passkey.")
        return self


class ProvedView(View):
    recent_for: int = Field(description="Seconds for which this session now counts as recently signed in.")


class WaysView(View):
    """What this person can sign in and confirm with."""

    password: bool
    totp: bool
    passkeys: int
    recovery_codes_left: int
    demo: bool


# -- passwords -------------------------------------------------------------------------------------------------------


class ForgotWish(Wish):
    email: Email


class LinkWish(Wish):
    token: LinkToken


class ResetWish(Wish):
    token: LinkToken
    password: NewPassword


class PasswordWish(Wish):
    """``current_password``: needed unless this session signed in or confirmed within 15 minutes."""

    password: NewPassword
    current_password: GivenPassword | None = None


# -- one-time codes --------------------------------------------------------------------------------------------------


class LoginCodeWish(Wish):
    """``challenge``: as told by ``totp_required``."""

    challenge: LinkToken
    code: Annotated[GivenCode, Field(description="Six digits of the app, or a recovery code.")]


class TotpStartView(View):
    secret: str = Field(description="For typing into an app that cannot scan (Base32).")
    otpauth_uri: str
    qr_svg: str = Field(description="The URI as a picture to scan: an SVG document.")


class TotpVerifyWish(Wish):
    code: GivenCode


class RecoveryCodesView(View):
    """Told this once; only hashes are kept. Each is good for one sign-in without the app."""

    recovery_codes: list[str]


# -- passkeys --------------------------------------------------------------------------------------------------------


class PasskeyWish(Wish):
    """``name``: what its owner calls it; without one, the browser's and the system's."""

    credential: PasskeyAnswer
    name: PasskeyName | None = None


class PasskeySignInWish(Wish):
    credential: PasskeyAnswer


class PasskeyRename(Wish):
    name: PasskeyName


class PasskeyView(View):
    id: UUID
    name: str
    synced: bool = Field(description="Kept by a key chain on several devices, rather than by one device.")
    created_at: Moment
    last_used_at: Moment | None


class PasskeysView(View):
    items: list[PasskeyView]
