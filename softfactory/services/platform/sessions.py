"""Sessions: signing in, staying signed in, and ending it.

A session lasts 30 days from signing in, a demo's two hours. Signing in proves who is there for 15 minutes; what admins
do, and what changes an account's security, asks for more recent proof than that (``proofs.py``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, or_, select, text, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import auth, config, crypto, identity, mail, paging, pictures, realtime, time
from softfactory.kernel.auth import Principal
from softfactory.kernel.db import uuid7
from softfactory.kernel.jobs import job
from softfactory.kernel.operations import answers
from softfactory.kernel.outside import Steps
from softfactory.kernel.paging import Page
from softfactory.services.platform import people, security_events, settings, throttles, tokens
from softfactory.services.platform.errors.accounts import (
    RefreshInvalid,
    RefreshReused,
    SessionUnknown,
)
from softfactory.services.platform.models.accounts import LoginSession, Person
from softfactory.services.platform.places import Place, device_of
from softfactory.services.platform.schemas.accounts import DeviceView, SessionView, TokensView, UserView

RECENT = timedelta(minutes=15)
"""How long a proof counts."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What signing in gives. ``ends_in``: seconds until the session, and with it the refresh token, ends."""

    tokens: TokensView
    refresh_token: str
    ends_in: int


async def begin(
    session: AsyncSession, person: Person, place: Place, *, demo: bool = False, first: bool = False
) -> SignedIn:
    """Open a session for someone whose identity is proven. ``first``: they have just opened the account."""
    rules, now = settings.accounts(), await time.now(session)
    life = timedelta(minutes=rules.demo_session_minutes) if demo else timedelta(days=rules.session_days)
    if not (demo or first or await _knows(session, person.id, place)):
        device = device_of(place.user_agent).name or "?"
        await mail.queue(
            session, to=person.id, template="new_sign_in", device=device, at=now, page=_page("sessions")
        )
        await security_events.record(
            session, "session.began_on_new_device", person.id, personal={"device": device}
        )
    login = LoginSession(
        id=uuid7(),
        person_id=person.id,
        user_agent=place.user_agent,
        ip=place.address,
        expires_at=now + life,
        is_demo=demo,
        proved_at=now,
        device=_device_mark(person.id, place),
    )
    session.add(login)
    await session.flush()
    await _tell_others(session, login)
    return await _signed_in(session, login, person, now, await tokens.start_chain(session, login.id))


async def _knows(session: AsyncSession, person_id: UUID, place: Place) -> bool:
    """Whether the person has signed in with this browser before: by its cookie, else by its name and network."""
    earlier = await session.execute(
        select(LoginSession.device, LoginSession.user_agent, LoginSession.ip)
        .where(LoginSession.person_id == person_id)
        .order_by(LoginSession.created_at.desc())
        .limit(200)
    )
    mark, name = _device_mark(person_id, place), device_of(place.user_agent).name
    return any(
        (mark is not None and row.device == mark)
        or (
            device_of(row.user_agent).name == name
            and throttles.origin(row.ip) == throttles.origin(place.address)
        )
        for row in earlier
    )


def _device_mark(person_id: UUID, place: Place) -> bytes | None:
    """The browser's cookie as one person's rows keep it: nobody learns from them which people share a browser."""
    return crypto.mac("device", person_id.bytes, place.device.encode()) if place.device else None


def _page(tab: str) -> str:
    return f"{config.settings().public_url.rstrip('/')}/account?tab={tab}"


async def _tell_others(session: AsyncSession, login: LoginSession) -> None:
    """Whoever is signed in elsewhere hears of it. Demo people are shared by strangers, who would hear of each other."""
    elsewhere = select(LoginSession.id).where(
        LoginSession.person_id == login.person_id,
        LoginSession.id != login.id,
        LoginSession.revoked_at.is_(None),
        LoginSession.expires_at > text("sf_now()"),
    )
    if not login.is_demo and await session.scalar(elsewhere.limit(1)) is not None:
        told = {login.person_id: "begun"}
        await realtime.tell(session, told, kind="platform.session", subject_id=login.id)


async def renew(steps: Steps, refresh_token: str, place: Place) -> SignedIn:
    """New tokens for an old refresh token. A token that was replaced before ends the session for everyone."""
    async with steps.transaction() as session:
        login = await tokens.session_of(session, refresh_token)
        if login is None:
            raise RefreshInvalid
        person = await session.get_one(Person, login.person_id)
        now = await time.now(session)
        if not _is_alive(login, person, now):
            raise RefreshInvalid
        successor = await tokens.succeed(session, refresh_token)
        if not isinstance(successor, tokens.Reused):
            login.last_seen_at, login.user_agent, login.ip = now, place.user_agent, place.address
            login.device = login.device or _device_mark(person.id, place)
            return await _signed_in(session, login, person, now, successor)
        await _end(session, LoginSession.id == login.id, because="refresh token reused")
    raise RefreshReused


async def _signed_in(
    session: AsyncSession, login: LoginSession, person: Person, now: datetime, refresh_token: str
) -> SignedIn:
    roles = await people.roles_of(session, person.id)
    ends_in = int((login.expires_at - now).total_seconds())
    seconds = max(1, min(auth.ACCESS_SECONDS, ends_in))
    token = await tokens.access_token(session, login, person, roles, seconds=seconds)
    avatar = await pictures.one(session, person.avatar_id)
    user = UserView(id=person.id, email=person.email, name=person.name, roles=roles, avatar=avatar)
    return SignedIn(TokensView(access_token=token, expires_in=seconds, user=user), refresh_token, ends_in)


def is_recent(login: LoginSession, now: datetime) -> bool:
    """Whether the session proved lately who it is. Demo people have nothing to prove with."""
    return login.is_demo or login.proved_at > now - RECENT


async def is_recent_now(session: AsyncSession, sid: UUID) -> bool:
    """``is_recent``, read anew."""
    login = await session.get_one(LoginSession, sid, populate_existing=True)
    return is_recent(login, await time.now(session))


async def prove(session: AsyncSession, principal: Principal) -> None:
    """The session in hand has just proved who it is."""
    await session.execute(
        update(LoginSession).where(LoginSession.id == principal.sid).values(proved_at=text("sf_now()"))
    )


def _is_alive(login: LoginSession, person: Person, now: datetime) -> bool:
    """A deployment that was a demo once lets nobody in by its old demo sessions."""
    demo_holds = config.settings().demo or not login.is_demo
    return login.revoked_at is None and login.expires_at > now and person.status == "active" and demo_holds


# -- looking and ending ----------------------------------------------------------------------------------------------


def visible_to(principal: Principal) -> Select[LoginSession]:
    """A person's live sessions. Demo people are shared by strangers, so each sees only the session in hand."""
    live = select(LoginSession).where(
        LoginSession.person_id == principal.id,
        LoginSession.revoked_at.is_(None),
        LoginSession.expires_at > text("sf_now()"),
    )
    return live.where(LoginSession.id == principal.sid) if principal.demo else live


async def listed(
    session: AsyncSession, principal: Principal, *, cursor: str | None, limit: int
) -> Page[SessionView]:
    """Newest first."""
    order = tuple_(LoginSession.created_at, LoginSession.id)
    query = visible_to(principal).order_by(LoginSession.created_at.desc(), LoginSession.id.desc())
    if after := paging.decode(cursor, datetime.fromisoformat, UUID):
        query = query.where(order < tuple_(*after))
    rows = list(await session.scalars(query.limit(limit + 1)))
    more = len(rows) > limit
    return Page(
        items=[_view(row, principal) for row in rows[:limit]],
        next_cursor=paging.encode(rows[limit - 1].created_at, rows[limit - 1].id) if more else None,
    )


def _view(row: LoginSession, principal: Principal) -> SessionView:
    return SessionView(
        id=row.id,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        user_agent=row.user_agent,
        device=DeviceView.model_validate(device_of(row.user_agent)),
        ip=row.ip,
        current=row.id == principal.sid,
    )


async def end(session: AsyncSession, principal: Principal, sid: UUID) -> None:
    """End one of the person's sessions, or raise SessionUnknown."""
    found = visible_to(principal).where(LoginSession.id == sid).with_only_columns(LoginSession.id)
    if not await _end(session, LoginSession.id.in_(found), because="ended by its person"):
        raise SessionUnknown
    await security_events.record(session, "session.ended", principal.id, sid=str(sid))


async def end_others(session: AsyncSession, principal: Principal) -> None:
    """End every session of the person but the one in hand. Strangers share a demo person, so none of theirs."""
    others = visible_to(principal).where(LoginSession.id != principal.sid).with_only_columns(LoginSession.id)
    ended = await _end(session, LoginSession.id.in_(others), because="ended by its person")
    await security_events.record(session, "session.others_ended", principal.id, sessions=ended)


async def end_all(session: AsyncSession, person_id: UUID, *, because: str) -> int:
    """End every session of a person."""
    return await _end(session, LoginSession.person_id == person_id, because=because)


async def log_out(
    session: AsyncSession, principal: Principal | None, refresh_token: str | None, *, everywhere: bool
) -> None:
    """End the session of the access token, else that of the refresh token; ``everywhere``: all of that person's."""
    if principal is not None:
        sid, person_id, demo = principal.sid, principal.id, principal.demo
    else:
        login = await tokens.session_of(session, refresh_token) if refresh_token else None
        if login is None:
            return
        sid, person_id, demo = login.id, login.person_id, login.is_demo
    if everywhere and not demo:
        await _end(session, LoginSession.person_id == person_id, because="signed out everywhere")
    else:
        await _end(session, LoginSession.id == sid, because="signed out")


async def _end(session: AsyncSession, which: ColumnElement[bool], *, because: str) -> int:
    ended = await session.execute(
        update(LoginSession)
        .where(which, LoginSession.revoked_at.is_(None))
        .values(revoked_at=text("sf_now()"), revoked_because=because)
        .returning(LoginSession.id, LoginSession.person_id)
    )
    rows = ended.all()
    await realtime.tell(session, {row.person_id for row in rows}, kind="platform.session")
    return len(rows)


# -- what the kernel asks --------------------------------------------------------------------------------------------


@answers(identity.session_state)
async def session_state(session: AsyncSession, request: identity.SessionRequest) -> identity.SessionState:
    login = await session.get(LoginSession, request.sid)
    person = await session.get(Person, request.person_id)
    if login is None or person is None or login.person_id != person.id:
        return identity.SessionState(alive=False)
    now = await time.now(session)
    if not _is_alive(login, person, now):
        return identity.SessionState(alive=False)
    roles = await people.roles_of(session, person.id)
    return identity.SessionState(alive=True, roles=roles, recent=is_recent(login, now))


async def living(session: AsyncSession, sids: Iterable[UUID]) -> set[UUID]:
    """Those of some sessions that live, by the rule of ``session_state``: asked each second for all open streams."""
    found = await session.execute(
        select(LoginSession, Person)
        .join(Person, Person.id == LoginSession.person_id)
        .where(LoginSession.id.in_(list(sids)), LoginSession.revoked_at.is_(None))
        .execution_options(populate_existing=True)
    )
    now = await time.now(session)
    return {login.id for login, person in found if _is_alive(login, person, now)}


@answers(identity.revocations)
async def revocations(session: AsyncSession, request: identity.RevocationsRequest) -> identity.Revocations:
    now = await time.now(session)
    since = request.since or now - timedelta(seconds=auth.ACCESS_SECONDS + 60)
    sids = await session.scalars(select(LoginSession.id).where(LoginSession.revoked_at > since))
    return identity.Revocations(sids=list(sids), as_of=now)


@job(every="1h")
async def forget(session: AsyncSession) -> None:
    """Delete sessions 30 days after their end, with their chains of refresh tokens."""
    limit = text("sf_now() - interval '30 days'")
    old = select(LoginSession.id).where(or_(LoginSession.expires_at < limit, LoginSession.revoked_at < limit))
    await session.execute(delete(LoginSession).where(LoginSession.id.in_(old.limit(5000))))
