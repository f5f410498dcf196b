"""HTTP of signing in and out.

Browsers keep the access token in memory and the refresh token in an ``HttpOnly`` cookie that only ``/api/auth`` sees.
A client without cookies says ``X-SF-Client: api``: it finds ``refresh_token`` in the answer and sends it in the body.
"""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Cookie, Depends, Header, Query, Request, Response

from softfactory.kernel import config
from softfactory.kernel.auth import Anyone, MaybeUser, User
from softfactory.kernel.db import ReadSession, Session
from softfactory.kernel.errors import problems
from softfactory.kernel.language import language
from softfactory.kernel.outside import RouteSteps
from softfactory.kernel.paging import Cursor, Limit, Page
from softfactory.kernel.routing import Router
from softfactory.services.platform import demo_people, people, sessions, tokens
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
    TooManySignIns,
    WrongCredentials,
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

COOKIE = "sf_refresh"
COOKIE_PATH = "/api/auth"

router = Router("/api/auth", tags=["auth"])
well_known = Router("/.well-known", tags=["auth"])


def _place(request: Request) -> sessions.Place:
    """Behind a proxy of ours the caller's address is the one that the proxy added, which is the last."""
    address = request.client.host if request.client else ""
    if config.settings().trust_proxy:
        address = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip() or address
    agent = request.headers.get("user-agent", "").replace("\x00", "")
    return sessions.Place(user_agent=agent[:300], address=address[:64].replace("\x00", ""))


Place = Annotated[sessions.Place, Depends(_place)]
ClientKind = Annotated[
    Literal["web", "api"],
    Header(alias="X-SF-Client", description="``api``: the refresh token comes in the body, not in a cookie."),
]
RefreshCookie = Annotated[str | None, Cookie(alias=COOKIE)]


def _answer(response: Response, signed_in: sessions.SignedIn, *, cookie: bool) -> TokensView:
    response.headers["Cache-Control"] = "no-store"
    if not cookie:
        return signed_in.tokens.model_copy(update={"refresh_token": signed_in.refresh_token})
    settings = config.settings()
    response.set_cookie(
        COOKIE,
        signed_in.refresh_token,
        max_age=signed_in.ends_in,
        path=COOKIE_PATH,
        secure=settings.cookie_secure or settings.public_url.startswith("https://"),
        httponly=True,
        samesite="strict",
    )
    return signed_in.tokens


@router.post(
    "/register",
    status_code=201,
    response_model=TokensView,
    response_model_exclude_none=True,
    dependencies=[Anyone],
    responses=problems(EmailTaken, EmailInvalid, PasswordGuessable),
)
async def register(
    wish: RegisterWish, response: Response, session: Session, place: Place, client: ClientKind = "web"
) -> TokensView:
    """Open an account with the role guest and sign in."""
    person = await people.register(session, wish, language=language.get())
    return _answer(response, await sessions.begin(session, person, place), cookie=client == "web")


@router.post(
    "/login",
    response_model=TokensView,
    response_model_exclude_none=True,
    dependencies=[Anyone],
    responses=problems(WrongCredentials, AccountSuspended, TooManySignIns, EmailInvalid),
)
async def log_in(
    wish: LoginWish, response: Response, steps: RouteSteps, place: Place, client: ClientKind = "web"
) -> TokensView:
    """Sign in with an e-mail address and a password."""
    return _answer(response, await sessions.log_in(steps, wish, place), cookie=client == "web")


@router.post(
    "/demo",
    response_model=TokensView,
    response_model_exclude_none=True,
    dependencies=[Anyone],
    responses=problems(DemoOff),
)
async def demo(
    wish: DemoWish, response: Response, session: Session, place: Place, client: ClientKind = "web"
) -> TokensView:
    """Look around as a demo person: two hours, no real money."""
    return _answer(response, await demo_people.sign_in(session, wish.role, place), cookie=client == "web")


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
    return _answer(response, await sessions.renew(steps, token, place), cookie=wish is None)


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


@router.delete("/sessions/{session_id}", status_code=204, responses=problems(SessionUnknown))
async def end_session(session_id: UUID, user: User, session: Session) -> None:
    """Sign out of one device. Its access token is refused within two seconds."""
    await sessions.end(session, user, session_id)


@well_known.get("/jwks.json", response_model=JwksView, dependencies=[Anyone])
async def jwks(response: Response, session: Session) -> dict[str, object]:
    """The public keys of access tokens (RFC 7517)."""
    response.headers["Cache-Control"] = "public, max-age=60"
    return {"keys": await tokens.public_keys(session)}
