"""What every way of signing in has in common: where the caller is, and how the tokens leave.

Browsers keep the access token in memory and the refresh token in an ``HttpOnly`` cookie that only ``/api/auth`` sees.
A client without cookies says ``X-SF-Client: api``: it finds ``refresh_token`` in the answer and sends it in the body.
"""

from typing import Annotated, Literal

from fastapi import Cookie, Depends, Header, Request, Response

from softfactory.kernel import config
from softfactory.services.platform import places, sessions
from softfactory.services.platform.schemas.accounts import TokensView

COOKIE = "sf_refresh"
COOKIE_PATH = "/api/auth"


def _place(request: Request) -> places.Place:
    """Behind a proxy of ours the caller's address is the one that the proxy added, which is the last."""
    address = request.client.host if request.client else ""
    if config.settings().trust_proxy:
        address = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip() or address
    agent = request.headers.get("user-agent", "").replace("\x00", "")
    return places.Place(user_agent=agent[:300], address=address[:64].replace("\x00", ""))


Place = Annotated[places.Place, Depends(_place)]
ClientKind = Annotated[
    Literal["web", "api"],
    Header(alias="X-SF-Client", description="``api``: the refresh token comes in the body, not in a cookie."),
]
RefreshCookie = Annotated[str | None, Cookie(alias=COOKIE)]


def answer(response: Response, signed_in: sessions.SignedIn, *, cookie: bool) -> TokensView:
    """The tokens of a sign-in, in the way that the client keeps them."""
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
