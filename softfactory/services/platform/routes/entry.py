"""What every way of signing in has in common: where the caller is, and how the tokens leave.

Browsers keep the access token in memory and the refresh token in an ``HttpOnly`` cookie that only ``/api/auth`` sees.
A client without cookies says ``X-SF-Client: api``: it finds ``refresh_token`` in the answer and sends it in the body.
"""

import re
import secrets
from typing import Annotated, Literal

from fastapi import Cookie, Depends, Header, Request, Response

from softfactory.kernel import config
from softfactory.services.platform import places, sessions
from softfactory.services.platform.schemas.accounts import TokensView

COOKIE = "sf_refresh"
COOKIE_PATH = "/api/auth"
DEVICE_COOKIE = "sf_device"
DEVICE_SECONDS = 400 * 24 * 3600
_DEVICE = re.compile(r"[A-Za-z0-9_-]{32}")


def _place(request: Request, response: Response) -> places.Place:
    """Behind a proxy of ours the caller's address is the one that the proxy added, which is the last: of all lines
    of that header, for some proxies add a line of their own below what the caller sent.

    A browser is known by a cookie of its own, so that a new network alone makes it no new device.
    """
    address = request.client.host if request.client else ""
    if config.settings().trust_proxy:
        told = ",".join(request.headers.getlist("x-forwarded-for"))
        address = told.rpartition(",")[2].strip() or address
    agent = request.headers.get("user-agent", "").replace("\x00", "")
    device = None
    if request.headers.get("x-sf-client") != "api":
        known = request.cookies.get(DEVICE_COOKIE, "")
        device = known if _DEVICE.fullmatch(known) else secrets.token_urlsafe(24)
        _set_cookie(response, DEVICE_COOKIE, device, seconds=DEVICE_SECONDS)
    return places.Place(agent[:300], address[:64].replace("\x00", ""), device)


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
    _set_cookie(response, COOKIE, signed_in.refresh_token, seconds=signed_in.ends_in)
    return signed_in.tokens


def _set_cookie(response: Response, name: str, value: str, *, seconds: int) -> None:
    settings = config.settings()
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=COOKIE_PATH,
        secure=settings.cookie_secure or settings.public_url.startswith("https://"),
        httponly=True,
        samesite="strict",
    )
