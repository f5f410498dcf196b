"""Telling people's open screens, and their bell, that something of theirs has changed.

    await realtime.tell(session, {guest_id: "guest.confirmed"}, kind="coocook.booking", subject_id=booking.id)

The notice leaves with the caller's transaction, as an event to the service that keeps the accounts, which numbers it
per person and hands it to the person's streams of ``/api/live``. It carries ids only: a screen that hears of a kind
asks the API again, as the person that it belongs to. How notices are numbered is in platform's ``notices.py``.
"""

import re
from collections.abc import Iterable, Mapping
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import db, wake
from softfactory.kernel.auth import ROLES
from softfactory.kernel.events import Event, publish
from softfactory.kernel.jobs import KERNEL

CHANNEL = "sf:live"
"""Redis: ids of people who have new notices. Losing a message costs a second."""

_KIND = re.compile(r"[a-z_]+\.[a-z_]+")
_SAYS = re.compile(r"[a-z_]+(\.[a-z_]+)*")


class Telling(BaseModel):
    """One person, and what the bell says to them; ``None``: screens are refreshed, and nothing is said."""

    model_config = ConfigDict(frozen=True)

    person_id: UUID
    says: str | None = None


class PeopleTold(Event, service=KERNEL):
    """Something of these people changed. Said by every service; ids and codes only."""

    kind: str
    subject_id: UUID | None = None
    to: list[Telling] = []
    role: str | None = None
    says: str | None = None


async def tell(
    session: AsyncSession,
    people: Mapping[UUID, str | None] | Iterable[UUID],
    *,
    kind: str,
    subject_id: UUID | None = None,
) -> None:
    """Tell people that a thing of a kind changed, once the transaction is committed.

    A mapping says which sentence a person's bell shows: a code of the service's ``live`` messages. Without one, only
    what is open on their screens is asked anew.
    """
    told = people if isinstance(people, Mapping) else dict.fromkeys(people)
    if not told:
        return
    to = [
        Telling(person_id=person_id, says=_known(says)) for person_id, says in sorted(told.items(), key=_id)
    ]
    await publish(session, PeopleTold(kind=_own(session, kind), subject_id=subject_id, to=to))


async def tell_role(
    session: AsyncSession, role: str, *, kind: str, subject_id: UUID | None = None, says: str | None = None
) -> None:
    """As ``tell``, to everyone who has a role when the notice arrives: a desk that several people work at."""
    if role not in ROLES:
        raise ValueError(f"no such role: {role}")
    told = PeopleTold(kind=_own(session, kind), subject_id=subject_id, role=role, says=_known(says))
    await publish(session, told)


def _id(told: tuple[UUID, str | None]) -> UUID:
    return told[0]


def _own(session: AsyncSession, kind: str) -> str:
    """A kind names its service first, as a subject does, so that the screens of that service answer for it."""
    if not _KIND.fullmatch(kind) or kind.split(".")[0] != session.info["service"]:
        raise ValueError(f"{kind!r} is no kind of {session.info['service']}'s")
    return kind


def _known(says: str | None) -> str | None:
    if says is not None and not _SAYS.fullmatch(says):
        raise ValueError(f"{says!r} is a sentence, not the code of one")
    return says


def wake_streams(session: AsyncSession, people: Iterable[UUID]) -> None:
    """Have the streams of these people look at once when the transaction is committed."""
    told = ",".join(str(person_id) for person_id in people)

    async def act() -> None:
        await wake.call(told, channel=CHANNEL)

    db.after_commit(session, act, key="live")
