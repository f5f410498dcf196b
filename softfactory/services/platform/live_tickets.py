"""Tickets: an ``EventSource`` sends no headers, and an access token does not belong into an address that logs keep.

So a signed-in person asks for a ticket, and its one use within 30 seconds opens one stream of that session.
"""

import hashlib
import secrets
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, text
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import identity
from softfactory.kernel.auth import Principal, TokenInvalid
from softfactory.kernel.db import uuid7
from softfactory.kernel.jobs import job
from softfactory.services.platform import sessions
from softfactory.services.platform.errors.live import TicketInvalid
from softfactory.services.platform.models.notices import LiveTicket
from softfactory.services.platform.schemas.live import TicketView

SECONDS = 30


@dataclass(frozen=True, slots=True)
class Opened:
    """Whose stream a ticket opens."""

    person_id: UUID
    sid: UUID


def _hash(ticket: str) -> bytes:
    return hashlib.sha256(ticket.encode()).digest()


async def give(session: AsyncSession, principal: Principal) -> TicketView:
    """A ticket of the session in hand. One of a session that has ended meanwhile would open nothing."""
    ticket = secrets.token_urlsafe(32)
    alive = await sessions.session_state(
        session, identity.SessionRequest(sid=principal.sid, person_id=principal.id)
    )
    if not alive.alive:
        raise TokenInvalid
    session.add(
        LiveTicket(
            id=uuid7(),
            hash=_hash(ticket),
            person_id=principal.id,
            session_id=principal.sid,
            expires_at=await session.scalar(text(f"select sf_now() + interval '{SECONDS} seconds'")),
        )
    )
    await session.flush()
    return TicketView(ticket=ticket, expires_in=SECONDS)


async def use(session: AsyncSession, ticket: str) -> Opened:
    """Whose stream it opens, or TicketInvalid. Of two uses at once the deletion lets one through."""
    used = await session.execute(
        delete(LiveTicket)
        .where(LiveTicket.hash == _hash(ticket), LiveTicket.expires_at > text("sf_now()"))
        .returning(LiveTicket.person_id, LiveTicket.session_id)
    )
    row = used.first()
    if row is None:
        raise TicketInvalid
    state = await sessions.session_state(
        session, identity.SessionRequest(sid=row.session_id, person_id=row.person_id)
    )
    if not state.alive:
        raise TicketInvalid
    return Opened(row.person_id, row.session_id)


@job(every="10m")
async def forget(session: AsyncSession) -> None:
    """Delete tickets that nobody used."""
    await session.execute(delete(LiveTicket).where(LiveTicket.expires_at < text("sf_now()")))
