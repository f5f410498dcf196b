"""Who is calling. Access tokens are EdDSA JWTs of 15 minutes, verified offline by every service.

A route declares its rule by a parameter's type (``guest: Guest``) or by ``dependencies=[Anyone]``; a route without a
rule fails the boot. Routes that move money or serve admins use the ``Sure...`` types: platform is asked whether the
session still lives, and no answer means no. Admin acts and changes of an account's security use the ``Recent...``
types: platform is also asked whether this session has proved within 15 minutes who it is.
"""

import asyncio
import time as clock
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import jwt
import structlog
from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from jwt.algorithms import OKPAlgorithm

from softfactory.kernel import config, errors, identity
from softfactory.kernel.operations import SiblingUnavailable

ISSUER = "softfactory"
AUDIENCE = "softfactory"
ACCESS_SECONDS = 15 * 60
CLOCK_SECONDS = 5
"""By how much the clocks of two machines of one deployment may differ."""
ROLES = ("guest", "chef", "brand", "influencer", "student", "operator", "admin")

log = structlog.get_logger(__name__)


class TokenInvalid(errors.Unauthorized):
    """The access token is malformed, forged, expired or of an ended session."""

    en = "Your session has ended. Please sign in again."
    ko = "로그인이 만료되었습니다. 다시 로그인해 주세요."


class SignInRequired(errors.Unauthorized):
    """The route needs a signed-in person."""


class RoleMissing(errors.Forbidden):
    """The person lacks every role that the route asks for."""

    en = "This needs the role {roles}."
    ko = "이 작업에는 {roles} 역할이 필요합니다."


class RecentSignInNeeded(errors.Forbidden):
    """This session proved who it is more than 15 minutes ago; ``POST /api/auth/confirm`` renews it."""

    en = "For this we need to be sure that it is you. Please confirm, then try again."
    ko = "본인 확인이 필요한 작업입니다. 확인한 뒤 다시 시도해 주세요."


@dataclass(frozen=True, slots=True)
class Principal:
    """The person behind a request. ``demo``: bound to the demo data, cannot move real money."""

    id: UUID
    sid: UUID
    roles: frozenset[str]
    name: str
    space_id: UUID
    demo: bool = False

    def has(self, *roles: str) -> bool:
        return bool(self.roles.intersection(roles))


class _Keys:
    """Public keys by ``kid``. An unknown kid asks again, at most every two seconds."""

    def __init__(self) -> None:
        self._keys: dict[str, Any] = {}
        self._asked = float("-inf")
        self._lock = asyncio.Lock()

    async def get(self, kid: str) -> Any:
        if kid not in self._keys:
            async with self._lock:
                if kid not in self._keys and clock.monotonic() - self._asked > 2:
                    self._asked = clock.monotonic()
                    found = await identity.signing_keys(identity.SigningKeysRequest())
                    self._keys = {key["kid"]: OKPAlgorithm.from_jwk(key) for key in found.keys}
        return self._keys.get(kid)

    def forget(self) -> None:
        self._keys, self._asked, self._lock = {}, float("-inf"), asyncio.Lock()


keys = _Keys()
_revoked: dict[UUID, float] = {}


async def verify(token: str) -> Principal:
    """The token's person, or TokenInvalid. Offline, but for a key not yet seen."""
    try:
        header = jwt.get_unverified_header(token)
        if header.get("typ") != "at+jwt" or header.get("alg") != "EdDSA":
            raise TokenInvalid
        key = await keys.get(str(header.get("kid")))
        if key is None:
            raise TokenInvalid
        claims = jwt.decode(
            token,
            key,
            algorithms=["EdDSA"],
            audience=AUDIENCE,
            issuer=ISSUER,
            leeway=CLOCK_SECONDS,
            options={"require": ["exp", "iat", "sub", "sid", "iss", "aud"]},
        )
        principal = Principal(
            id=UUID(claims["sub"]),
            sid=UUID(claims["sid"]),
            roles=frozenset(claims.get("roles", ())),
            name=str(claims.get("name", "")),
            space_id=UUID(claims.get("space", claims["sub"])),
            demo=bool(claims.get("demo", False)),
        )
    except (jwt.PyJWTError, ValueError, KeyError, TypeError, AttributeError):
        raise TokenInvalid from None
    if principal.sid in _revoked or (principal.demo and not config.settings().demo):
        raise TokenInvalid
    return principal


_bearer = HTTPBearer(auto_error=False, scheme_name="bearer", bearerFormat="JWT")


async def maybe_user(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)]
) -> Principal | None:
    """The caller when a token is sent; a wrong token is refused even where none is needed."""
    if credentials is None:
        if request.headers.get("authorization"):
            raise TokenInvalid
        return None
    principal = await verify(credentials.credentials)
    request.state.principal = principal
    return principal


async def user(principal: Annotated[Principal | None, Depends(maybe_user)]) -> Principal:
    if principal is None:
        raise SignInRequired
    return principal


@dataclass(frozen=True, slots=True)
class _Vouched:
    """The caller as platform knows them now, and whether the session proved itself recently."""

    principal: Principal
    recent: bool


async def _vouched(principal: Annotated[Principal, Depends(user)]) -> _Vouched:
    state = await identity.session_state(identity.SessionRequest(sid=principal.sid, person_id=principal.id))
    if not state.alive:
        raise TokenInvalid
    now = Principal(
        principal.id,
        principal.sid,
        frozenset(state.roles),
        principal.name,
        principal.space_id,
        principal.demo,
    )
    return _Vouched(now, state.recent)


async def sure_user(vouched: Annotated[_Vouched, Depends(_vouched)]) -> Principal:
    """The caller, after platform has said that the session lives. No answer: refused."""
    return vouched.principal


async def recent_user(vouched: Annotated[_Vouched, Depends(_vouched)]) -> Principal:
    """The caller, after platform has said that the session proved itself within 15 minutes."""
    if not vouched.recent:
        raise RecentSignInNeeded
    return vouched.principal


async def is_recent(vouched: Annotated[_Vouched, Depends(_vouched)]) -> bool:
    """Whether the session proved itself within 15 minutes, for routes of which only some uses ask for it."""
    return vouched.recent


async def anyone() -> None:
    """The route is public."""


def having(*roles: str, sure: bool = False, recent: bool = False) -> Callable[..., Awaitable[Principal]]:
    """A rule: the caller has one of the roles. ``recent``: and proved within 15 minutes who they are."""

    async def check(
        principal: Annotated[Principal, Depends(sure_user if sure or recent else user)],
    ) -> Principal:
        if not principal.has(*roles):
            raise RoleMissing(roles=", ".join(roles))
        return principal

    async def check_recent(
        _: Annotated[Principal, Depends(check)], principal: Annotated[Principal, Depends(recent_user)]
    ) -> Principal:
        return principal

    check.is_rule = True  # type: ignore[attr-defined]  # read by `declares_rule`
    check.roles = roles  # type: ignore[attr-defined]  # read by the tests of every route x every role
    return check_recent if recent else check


_RULES: frozenset[Any] = frozenset((maybe_user, user, sure_user, recent_user, anyone))

Anyone = Depends(anyone)
MaybeUser = Annotated[Principal | None, Depends(maybe_user)]
User = Annotated[Principal, Depends(user)]
SureUser = Annotated[Principal, Depends(sure_user)]
IsRecent = Annotated[bool, Depends(is_recent)]
RecentUser = Annotated[Principal, Depends(recent_user)]
Guest = Annotated[Principal, Depends(having("guest"))]
SureGuest = Annotated[Principal, Depends(having("guest", sure=True))]
Chef = Annotated[Principal, Depends(having("chef"))]
Operator = Annotated[Principal, Depends(having("operator", "admin", sure=True))]
RecentOperator = Annotated[Principal, Depends(having("operator", "admin", recent=True))]
Admin = Annotated[Principal, Depends(having("admin", sure=True))]
RecentAdmin = Annotated[Principal, Depends(having("admin", recent=True))]


def declares_rule(dependant: Any) -> bool:
    """Whether a route's tree of dependencies holds a rule."""
    return any(
        part.call in _RULES or getattr(part.call, "is_rule", False) or declares_rule(part)
        for part in getattr(dependant, "dependencies", ())
    )


def asked_roles(dependant: Any) -> frozenset[str]:
    """The roles of which a route asks one; none: any signed-in person, or anyone."""
    found: frozenset[str] = frozenset(getattr(dependant.call, "roles", ()))
    return found.union(*(asked_roles(part) for part in getattr(dependant, "dependencies", ())))


class RevocationWatch:
    """Keeps the list of ended sessions at most two seconds old, for as long as the app runs."""

    def __init__(self, pause: float = 1.0) -> None:
        self._pause = pause
        self._since: datetime | None = None

    async def once(self) -> None:
        told = await identity.revocations(identity.RevocationsRequest(since=self._since))
        self._since = told.as_of - timedelta(seconds=10)  # a transaction that began before may commit after
        now = clock.monotonic()
        for sid in told.sids:
            _revoked.setdefault(sid, now + ACCESS_SECONDS + 60)
        for sid in [sid for sid, until in _revoked.items() if until < now]:
            del _revoked[sid]

    async def run(self) -> None:
        while True:
            try:
                await self.once()
            except (errors.Problem, SiblingUnavailable, OSError) as error:
                log.warning("revocations_unread", error=repr(error))
            except Exception:
                log.exception("revocations_unread")
            await asyncio.sleep(self._pause)


def forget() -> None:
    """Drop what this process remembers of keys and ended sessions (tests)."""
    keys.forget()
    _revoked.clear()
