"""HTTP of proving who one is, and of what that is proved with."""

from typing import Any
from uuid import UUID

from fastapi import Response

from softfactory.kernel.auth import Anyone, RecentSignInNeeded, RecentUser, SureUser, User
from softfactory.kernel.db import ReadSession, Session
from softfactory.kernel.errors import TooMany, problems
from softfactory.kernel.outside import RouteSteps
from softfactory.kernel.routing import Router
from softfactory.services.platform import authenticators, passkeys, password_changes, proofs, sign_ins
from softfactory.services.platform.errors.accounts import (
    AccountSuspended,
    EmailInvalid,
    PasswordGuessable,
    TooManySignIns,
)
from softfactory.services.platform.errors.security import (
    ChallengeEnded,
    CodeWrong,
    DemoSecurityFixed,
    LastWayIn,
    PasskeyRefused,
    PasskeyTaken,
    PasskeyUnknown,
    PasswordLinkEnded,
    PasswordWrong,
    TooManyCodes,
    TooManyLetters,
    TooManyPasskeys,
    TotpAlreadyOn,
    TotpNotOn,
)
from softfactory.services.platform.models.security import Passkey
from softfactory.services.platform.routes.entry import ClientKind, Place, answer
from softfactory.services.platform.schemas.accounts import TokensView
from softfactory.services.platform.schemas.security import (
    ForgotWish,
    LinkWish,
    LoginCodeWish,
    PasskeyRename,
    PasskeySignInWish,
    PasskeysView,
    PasskeyView,
    PasskeyWish,
    PasswordWish,
    ProofWish,
    ProvedView,
    RecoveryCodesView,
    ResetWish,
    TotpStartView,
    TotpVerifyWish,
    WaysView,
)

router = Router("/api/auth", tags=["security"])
_GUARDED = (RecentSignInNeeded, DemoSecurityFixed)


@router.post(
    "/confirm",
    response_model=ProvedView,
    responses=problems(
        DemoSecurityFixed,
        PasswordWrong,
        CodeWrong,
        PasskeyRefused,
        PasskeyUnknown,
        ChallengeEnded,
        TooManySignIns,
        TooManyCodes,
    ),
)
async def confirm(wish: ProofWish, user: SureUser, steps: RouteSteps, place: Place) -> ProvedView:
    """Prove once more who is there. Acts that answer 403 ``recent_sign_in_needed`` are open for 15 minutes after."""
    return await proofs.confirm(steps, user, wish, place)


@router.get("/ways", response_model=WaysView)
async def read_ways(user: User, session: ReadSession) -> WaysView:
    """What this person can sign in and confirm with."""
    return await proofs.ways(session, user)


# -- passwords -------------------------------------------------------------------------------------------------------


@router.post(
    "/password/forgot",
    status_code=202,
    dependencies=[Anyone],
    responses=problems(EmailInvalid, TooManyLetters),
)
async def forgot_password(wish: ForgotWish, session: Session, place: Place) -> None:
    """Ask for a letter with a link that sets a password. The answer is the same whether there is such an account."""
    await password_changes.forgot(session, wish.email, place)


@router.post(
    "/password/reset/look", status_code=204, dependencies=[Anyone], responses=problems(PasswordLinkEnded)
)
async def look_at_password_link(wish: LinkWish, session: ReadSession) -> None:
    """Whether a link still sets a password. Looking does not use it up."""
    await password_changes.look(session, wish.token)


@router.post(
    "/password/reset",
    status_code=204,
    dependencies=[Anyone],
    responses=problems(PasswordLinkEnded, PasswordGuessable),
)
async def reset_password(wish: ResetWish, steps: RouteSteps) -> None:
    """Set the password by the link of a letter. Every session ends."""
    await password_changes.reset(steps, wish)


@router.put(
    "/password",
    status_code=204,
    responses=problems(*_GUARDED, PasswordWrong, PasswordGuessable, TooManySignIns),
)
async def change_password(wish: PasswordWish, user: SureUser, steps: RouteSteps, place: Place) -> None:
    """Change the password, with the old one or after a recent sign-in. The other sessions end."""
    await password_changes.change(steps, user, wish, place)


# -- one-time codes --------------------------------------------------------------------------------------------------


@router.post(
    "/login/code",
    response_model=TokensView,
    response_model_exclude_none=True,
    dependencies=[Anyone],
    responses=problems(CodeWrong, ChallengeEnded, TooManyCodes, AccountSuspended),
)
async def complete_login(
    wish: LoginCodeWish, response: Response, steps: RouteSteps, place: Place, client: ClientKind = "web"
) -> TokensView:
    """Finish a sign-in that answered 401 ``totp_required``, by a code of the app or a recovery code."""
    return answer(response, await sign_ins.complete(steps, wish, place), cookie=client == "web")


@router.post("/totp", response_model=TotpStartView, responses=problems(*_GUARDED, TotpAlreadyOn))
async def start_totp(user: RecentUser, response: Response, session: Session) -> TotpStartView:
    """A fresh secret for an authenticator app. It counts once ``/totp/verify`` has seen a code of it."""
    response.headers["Cache-Control"] = "no-store"
    return await authenticators.start(session, user)


@router.post(
    "/totp/verify",
    response_model=RecoveryCodesView,
    responses=problems(*_GUARDED, CodeWrong, TotpNotOn, TotpAlreadyOn, TooManyCodes),
)
async def verify_totp(
    wish: TotpVerifyWish, user: RecentUser, response: Response, steps: RouteSteps, place: Place
) -> RecoveryCodesView:
    """Switch the app on by its first code. The recovery codes are told this once."""
    response.headers["Cache-Control"] = "no-store"
    return await authenticators.confirm(steps, user, wish.code, place)


@router.delete("/totp", status_code=204, responses=problems(*_GUARDED, TotpNotOn))
async def remove_totp(user: RecentUser, session: Session) -> None:
    """Switch the app off. Its recovery codes are void."""
    await authenticators.remove(session, user)


@router.post(
    "/totp/recovery-codes", response_model=RecoveryCodesView, responses=problems(*_GUARDED, TotpNotOn)
)
async def renew_recovery_codes(user: RecentUser, response: Response, session: Session) -> RecoveryCodesView:
    """Ten new recovery codes, told this once; the old ones are void."""
    response.headers["Cache-Control"] = "no-store"
    return await authenticators.renew_recovery_codes(session, user)


# -- passkeys --------------------------------------------------------------------------------------------------------


@router.get("/passkeys", response_model=PasskeysView)
async def list_passkeys(user: User, session: ReadSession) -> dict[str, list[Passkey]]:
    """This person's passkeys, oldest first."""
    return {"items": await passkeys.listed(session, user)}


@router.post("/passkeys/options", response_model=dict[str, Any], responses=problems(*_GUARDED, TooMany))
async def offer_passkey(user: RecentUser, session: Session, place: Place) -> dict[str, Any]:
    """What ``PublicKeyCredential.parseCreationOptionsFromJSON`` takes, to make a passkey within five minutes."""
    return await passkeys.offer(session, user, place)


@router.post(
    "/passkeys",
    status_code=201,
    response_model=PasskeyView,
    responses=problems(*_GUARDED, PasskeyRefused, PasskeyTaken, TooManyPasskeys, ChallengeEnded),
)
async def add_passkey(wish: PasskeyWish, user: RecentUser, steps: RouteSteps, place: Place) -> Passkey:
    """Keep the passkey that the browser has made."""
    return await passkeys.add(steps, user, wish, place)


@router.post(
    "/passkeys/sign-in/options",
    response_model=dict[str, Any],
    dependencies=[Anyone],
    responses=problems(TooMany),
)
async def ask_for_passkey(session: Session, place: Place) -> dict[str, Any]:
    """What ``PublicKeyCredential.parseRequestOptionsFromJSON`` takes, to sign in or confirm within five minutes."""
    return await passkeys.ask(session, place)


@router.post(
    "/passkeys/sign-in",
    response_model=TokensView,
    response_model_exclude_none=True,
    dependencies=[Anyone],
    responses=problems(PasskeyRefused, PasskeyUnknown, ChallengeEnded, AccountSuspended),
)
async def sign_in_with_passkey(
    wish: PasskeySignInWish, response: Response, steps: RouteSteps, place: Place, client: ClientKind = "web"
) -> TokensView:
    """Sign in with a passkey: neither a password nor a code is asked for."""
    signed_in = await passkeys.sign_in(steps, wish.credential, place)
    return answer(response, signed_in, cookie=client == "web")


@router.patch(
    "/passkeys/{passkey_id}", response_model=PasskeyView, responses=problems(*_GUARDED, PasskeyUnknown)
)
async def rename_passkey(
    passkey_id: UUID, wish: PasskeyRename, user: RecentUser, session: Session
) -> Passkey:
    """Call it something else."""
    return await passkeys.rename(session, user, passkey_id, wish)


@router.delete(
    "/passkeys/{passkey_id}", status_code=204, responses=problems(*_GUARDED, PasskeyUnknown, LastWayIn)
)
async def remove_passkey(passkey_id: UUID, user: RecentUser, session: Session) -> None:
    """Delete a passkey. Without a password the last one stays."""
    await passkeys.remove(session, user, passkey_id)
