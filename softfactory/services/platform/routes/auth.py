"""HTTP of signing in and out."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from softfactory.kernel.auth import Anyone, MaybeUser, User
from softfactory.kernel.db import ReadSession, Session
from softfactory.kernel.errors import TooMany, problems
from softfactory.kernel.language import language
from softfactory.kernel.outside import RouteSteps
from softfactory.kernel.paging import Cursor, Limit, Page
from softfactory.kernel.routing import Router
from softfactory.services.platform import demo_people, sessions, sign_ins, tokens
from softfactory.services.platform.errors.accounts import (
    AccountSuspended,
    DemoOff,
    EmailInvalid,
    EmailTaken,
    PasswordGuessable,
    RefreshAmbiguous,
    RefreshInvalid,
    RefreshMissing,
    RefreshReused,
    SessionUnknown,
    TooManyAccounts,
    TooManySignIns,
    WrongCredentials,
)
from softfactory.services.platform.errors.security import TotpRequired
from softfactory.services.platform.routes.entry import (
    COOKIE,
    COOKIE_PATH,
    ClientKind,
    Place,
    RefreshCookie,
    answer,
)
from softfactory.services.platform.schemas.accounts import (
    DemoWish,
    JwksView,
    LoginWish,
    RefreshWish,
    RegisterWish,
    SessionView,
    TokensView,
)

router = Router("/api/auth", tags=["auth"])
well_known = Router("/.well-known", tags=["auth"])


@router.post(
    "/register",
    status_code=201,
    response_model=TokensView,
    response_model_exclude_none=True,
    dependencies=[Anyone],
    responses=problems(EmailTaken, EmailInvalid, PasswordGuessable, TooManyAccounts),
)
async def register(
    wish: RegisterWish, response: Response, steps: RouteSteps, place: Place, client: ClientKind = "web"
) -> TokensView:
    """Open an account with the role guest and sign in."""
    signed_in = await sign_ins.register(steps, wish, place, language=language.get())
    return answer(response, signed_in, cookie=client == "web")


@router.post(
    "/login",
    response_model=TokensView,
    response_model_exclude_none=True,
    dependencies=[Anyone],
    responses=problems(WrongCredentials, TotpRequired, AccountSuspended, TooManySignIns, EmailInvalid),
)
async def log_in(
    wish: LoginWish, response: Response, steps: RouteSteps, place: Place, client: ClientKind = "web"
) -> TokensView:
    """Sign in with an e-mail address and a password.

    With an authenticator app set up the answer is 401 ``totp_required``: its ``facts`` hold ``challenge``, which
    ``POST /api/auth/login/code`` takes with a code within ``expires_in`` seconds.
    """
    return answer(response, await sign_ins.log_in(steps, wish, place), cookie=client == "web")


@router.post(
    "/demo",
    response_model=TokensView,
    response_model_exclude_none=True,
    dependencies=[Anyone],
    responses=problems(DemoOff, TooMany),
)
async def demo(
    wish: DemoWish, response: Response, session: Session, place: Place, client: ClientKind = "web"
) -> TokensView:
    """Look around as a demo person: two hours, no real money."""
    return answer(response, await demo_people.sign_in(session, wish.role, place), cookie=client == "web")


@router.post(
    "/refresh",
    response_model=TokensView,
    response_model_exclude_none=True,
    dependencies=[Anyone],
    responses=problems(RefreshMissing, RefreshInvalid, RefreshReused, RefreshAmbiguous),
)
async def refresh(
    response: Response,
    steps: RouteSteps,
    place: Place,
    wish: RefreshWish | None = None,
    sf_refresh: RefreshCookie = None,
) -> TokensView:
    """New tokens for the refresh token of the cookie or, without cookies, of the body."""
    if wish is not None and sf_refresh is not None:
        raise RefreshAmbiguous
    token = wish.refresh_token if wish is not None else sf_refresh
    if token is None:
        raise RefreshMissing
    return answer(response, await sessions.renew(steps, token, place), cookie=wish is None)


@router.post("/logout", status_code=204)
async def log_out(
    principal: MaybeUser,
    response: Response,
    session: Session,
    everywhere: Annotated[bool, Query(alias="all", description="End every session of this person.")] = False,
    sf_refresh: RefreshCookie = None,
) -> None:
    """End this session. Without one there is nothing to end, and that is fine."""
    await sessions.log_out(session, principal, sf_refresh, everywhere=everywhere)
    response.delete_cookie(COOKIE, path=COOKIE_PATH, httponly=True, samesite="strict")


@router.get("/sessions", response_model=Page[SessionView])
async def list_sessions(
    user: User, session: ReadSession, cursor: Cursor = None, limit: Limit = 20
) -> Page[SessionView]:
    """Where this person is signed in, newest first."""
    return await sessions.listed(session, user, cursor=cursor, limit=limit)


@router.delete("/sessions", status_code=204)
async def end_other_sessions(user: User, session: Session) -> None:
    """Sign out of every device but this one."""
    await sessions.end_others(session, user)


@router.delete("/sessions/{session_id}", status_code=204, responses=problems(SessionUnknown))
async def end_session(session_id: UUID, user: User, session: Session) -> None:
    """Sign out of one device. Its access token is refused within two seconds."""
    await sessions.end(session, user, session_id)


@well_known.get("/jwks.json", response_model=JwksView, dependencies=[Anyone])
async def jwks(response: Response, session: Session) -> dict[str, object]:
    """The public keys of access tokens (RFC 7517)."""
    response.headers["Cache-Control"] = "public, max-age=60"
    return {"keys": await tokens.public_keys(session)}
