"""Who is calling. Access tokens are EdDSA JWTs of 15 minutes, verified offline by every service.

A route declares its rule by a parameter's type (``guest: Guest``) or by ``dependencies=[Anyone]``; a route without a
rule fails the boot. Routes that move money or serve admins use the ``Sure...`` types: platform is asked whether the
session still lives, and no answer means no. Admin acts and changes of an account's security use the ``Recent...``
types: platform is also asked whether this session has proved within 15 minutes who it is.

A person's program comes with an API key instead (``Bearer sf_...``): it is the person, limited to the key's scopes.
Which scope a route needs follows from its address and method (`scope_of`); routes that move money, serve admins or
keep accounts safe take no key.
"""

import asyncio
import hashlib
import time as clock
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import jwt
import structlog
from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from jwt.algorithms import OKPAlgorithm

from softfactory.kernel import config, errors, identity, scopes
from softfactory.kernel.operations import SiblingUnavailable
from softfactory.kernel.scopes import KeyInvalid, KeyRefused, ScopeMissing

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

    en = "Please confirm that it is you, then try again."
    ko = "본인 확인이 필요한 작업입니다. 확인한 뒤 다시 시도해 주세요."


@dataclass(frozen=True, slots=True)
class Principal:
    """The person behind a request. ``demo``: bound to the demo data, cannot move real money.

    ``scopes``: what an API key may; None for a session. ``sid`` is the key's id then, which is no session.
    """

    id: UUID
    sid: UUID
    roles: frozenset[str]
    name: str
    space_id: UUID
    demo: bool = False
    scopes: frozenset[str] | None = None

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


# -- API keys --------------------------------------------------------------------------------------------------------


KEY_PREFIX = "sf_"
KEY_SECONDS = 2.0
"""How long a process goes on believing what platform said of a key."""
_KEYS_KEPT = 10_000


_known_keys: dict[bytes, tuple[float, identity.ApiKeyState]] = {}


async def _key_person(key: str) -> Principal:
    """The person of a key, limited to its scopes, or KeyInvalid. Asks platform; no answer: refused."""
    digest = hashlib.sha256(key.encode()).digest()
    asked, state = _known_keys.get(digest, (float("-inf"), None))
    if state is None or clock.monotonic() - asked > KEY_SECONDS:
        asked = clock.monotonic()
        state = await identity.api_key(identity.ApiKeyRequest(hash=digest.hex()))
        if len(_known_keys) >= _KEYS_KEPT:
            _known_keys.clear()
        _known_keys[digest] = (asked, state)
    if not state.alive:
        raise KeyInvalid
    return Principal(
        id=state.person_id,
        sid=state.key_id,
        roles=frozenset(state.roles),
        name=state.name,
        space_id=state.person_id,
        scopes=frozenset(state.scopes),
    )


def scope_of(method: str, path: str, dependant: Any) -> str | None:
    """The scope that a key needs for a route, or None when no key opens it. The one place where this is decided.

    ``/api/<area>/...`` needs ``<area>:read`` or ``<area>:write``, by its method. No key opens what asks platform about
    the session (money, admins), what only operators and admins may, and ``/api/auth`` (security).
    """
    said = scopes.declared(dependant)
    if said:
        return said[0]
    _, api, area, *_ = (*path.split("/"), "", "", "")
    roles = asked_roles(dependant)
    if api != "api" or area in ("", "auth") or scopes.depends_on(dependant, _vouched):
        return None
    if roles and roles <= {"operator", "admin"}:
        return None
    return f"{area}:{'read' if method in ('GET', 'HEAD') else 'write'}"


def all_scopes(routes: Iterable[tuple[str, str, Any]]) -> list[str]:
    """Every scope that some route asks for; ``routes``: (method, path, dependant)."""
    asking = (route for route in routes if scopes.depends_on(route[2], maybe_user))
    return sorted({scope for route in asking if (scope := scope_of(*route)) is not None})


def _check_scope(request: Request, principal: Principal) -> None:
    scope = scope_of(request.method, request.url.path, request.scope["route"].dependant)
    if scope is None:
        raise KeyRefused
    if principal.scopes is not None and scope not in principal.scopes:
        raise ScopeMissing(scope=scope)


# -- rules -----------------------------------------------------------------------------------------------------------


_bearer = HTTPBearer(
    auto_error=False,
    scheme_name="bearer",
    bearerFormat="JWT",
    description="An access token, or an API key (`sf_...`) with the scope of the route.",
)


async def maybe_user(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)]
) -> Principal | None:
    """The caller when a token is sent; a wrong token is refused even where none is needed."""
    if credentials is None:
        if request.headers.get("authorization"):
            raise TokenInvalid
        return None
    if credentials.credentials.startswith(KEY_PREFIX):
        principal = await _key_person(credentials.credentials)
        _check_scope(request, principal)
    else:
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
    return _Vouched(replace(principal, roles=frozenset(state.roles)), state.recent)


async def made_sure(principal: Principal) -> Principal:
    """The caller as platform knows them now, for rules that ask only of some callers."""
    return (await _vouched(principal)).principal


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
    _known_keys.clear()
