"""The audit: who did what to whom, and proof that nobody changed it since.

    await audit.record(session, act="person.suspended", actor_id=admin.id, subject_id=person.id, reason=wish.reason)

An entry is a row of the caller's transaction. The database links it to the entry before at commit (migration 0004),
so the chain's lock is held for a commit and no longer. ``facts`` are kept for ever and name nobody; whatever says
something about a person in words (``reason``, ``personal``: an address, an IP address, a browser) is a part of its own
that can be erased: the chain holds only its salted hash.

A chain in one database proves little against whoever owns that database, for they could write it anew. So each proof
is sealed with a key of the deployment, and the next one compares: what was proven once cannot be rewritten.
"""

import asyncio
import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import structlog
from pydantic import BaseModel
from pydantic_core import to_jsonable_python
from sqlalchemy import Text, cast, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import crypto, paging
from softfactory.kernel.auth import Principal
from softfactory.kernel.db import uuid7
from softfactory.kernel.jobs import job
from softfactory.kernel.paging import Page
from softfactory.services.platform.models.accounts import Person
from softfactory.services.platform.models.audit import AuditEntry, AuditHead, AuditPersonal, AuditProof
from softfactory.services.platform.schemas.audit import AuditPart, AuditPerson, AuditView, ChainView

REASON = "reason"
BATCH = 1000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

log = structlog.get_logger(__name__)


async def record(
    session: AsyncSession,
    *,
    act: str,
    actor_id: UUID | None = None,
    subject_id: UUID | None = None,
    reason: str | None = None,
    facts: dict[str, Any] | None = None,
    personal: dict[str, str] | None = None,
    about: UUID | None = None,
    entry_id: UUID | None = None,
) -> None:
    """Write down an act: a family and a verb in the past tense (``session.ended``).

    ``actor_id``: None is the platform itself. ``subject_id``: the person or thing it was done to. ``personal``: parts
    that are erased with the person ``about`` whom they are (the subject when not told, else the actor). ``entry_id``:
    made by a teller who may tell it twice.
    """
    parts = {**(personal or {}), **({REASON: reason} if reason else {})}
    salts = {name: secrets.token_bytes(16) for name in parts}
    entry_id = entry_id or uuid7()
    session.add(
        AuditEntry(
            id=entry_id,
            act=act,
            actor_id=actor_id,
            subject_id=subject_id,
            facts=to_jsonable_python(facts or {}),
            personal={name: _part_hash(salts[name], value) for name, value in parts.items()},
        )
    )
    await session.flush()
    whose = about or subject_id or actor_id
    session.add_all(
        AuditPersonal(entry_id=entry_id, person_id=whose, name=name, salt=salts[name], value=value)
        for name, value in parts.items()
    )
    await session.flush()


async def erase(session: AsyncSession, *, person_id: UUID) -> None:
    """Forget what the audit says about a person in words. Their acts stay, under an id that is nobody's any more."""
    await session.execute(
        update(AuditPersonal)
        .where(AuditPersonal.person_id == person_id, AuditPersonal.value.is_not(None))
        .values(salt=None, value=None)
    )


def _part_hash(salt: bytes, value: str) -> str:
    """Salted, so that an erased part cannot be found out by guessing it."""
    return hashlib.sha256(salt + value.encode()).hexdigest()


# -- reading ---------------------------------------------------------------------------------------------------------


def _number(given: Any) -> int:
    if not isinstance(given, int) or not 0 <= given < 2**63:
        raise ValueError
    return given


async def listed(
    session: AsyncSession,
    *,
    act: str | None = None,
    person_id: UUID | None = None,
    since: date | None = None,
    until: date | None = None,
    cursor: str | None = None,
    limit: int = 50,
    veiled: bool = False,
) -> Page[AuditView]:
    """Newest first. ``act``: one act, or a family of them (``person``). ``person_id``: who did it, or had it done.

    ``veiled``: of what is said about people in words only the reasons are shown, as for a demo's admins.
    """
    query = select(AuditEntry).where(AuditEntry.number.is_not(None)).order_by(AuditEntry.number.desc())
    if act:
        query = query.where(or_(AuditEntry.act == act, func.starts_with(AuditEntry.act, act + ".")))
    if person_id:
        query = query.where(or_(AuditEntry.actor_id == person_id, AuditEntry.subject_id == person_id))
    if since:
        query = query.where(AuditEntry.created_at >= datetime.combine(since, time.min, UTC))
    if until:
        query = query.where(AuditEntry.created_at <= datetime.combine(until, time.max, UTC))
    if after := paging.decode(cursor, _number):
        query = query.where(AuditEntry.number < after[0])
    rows = list(await session.scalars(query.limit(limit + 1)))
    more, rows = len(rows) > limit, rows[:limit]
    return Page(
        items=await _views(session, rows, veiled=veiled),
        next_cursor=paging.encode(rows[-1].number) if more else None,
    )


async def _views(session: AsyncSession, rows: Sequence[AuditEntry], *, veiled: bool) -> list[AuditView]:
    people = {row.actor_id for row in rows} | {row.subject_id for row in rows}
    named = await session.execute(select(Person.id, Person.name).where(Person.id.in_(people)))
    names = {row.id: row.name for row in named}
    parts: dict[UUID, list[AuditPart]] = {}
    said = select(AuditPersonal).where(AuditPersonal.entry_id.in_([row.id for row in rows]))
    for part in await session.scalars(said.order_by(AuditPersonal.name)):
        value = "…" if veiled and part.name != REASON and part.value is not None else part.value
        parts.setdefault(part.entry_id, []).append(AuditPart(name=part.name, value=value))
    return [_view(row, names, parts.get(row.id, [])) for row in rows]


def _view(row: AuditEntry, names: dict[UUID, str], parts: list[AuditPart]) -> AuditView:
    def someone(person_id: UUID | None) -> AuditPerson | None:
        return AuditPerson(id=person_id, name=names.get(person_id)) if person_id else None

    return AuditView(
        id=row.id,
        number=row.number or 0,
        at=row.created_at,
        act=row.act,
        actor=someone(row.actor_id),
        subject=someone(row.subject_id),
        facts=row.facts,
        personal=parts,
        hash=(row.hash or b"").hex(),
    )


async def chain(session: AsyncSession) -> ChainView:
    """How long the chain is, and what its last proof said."""
    head = await session.scalar(select(AuditHead.number))
    proof = await session.scalar(
        select(AuditProof).order_by(AuditProof.created_at.desc(), AuditProof.id.desc())
    )
    return ChainView(
        entries=head or 0,
        proven_at=proof.created_at if proof else None,
        proven_up_to=proof.number if proof else 0,
        whole=None if proof is None else proof.problem is None,
        broken_at=proof.broken_at if proof else None,
        problem=proof.problem if proof else None,
    )


# -- proving ---------------------------------------------------------------------------------------------------------


class Proven(BaseModel):
    """``number``: the last entry that is as it was written. ``broken_at`` and ``problem``: the first that is not."""

    number: int
    broken_at: int | None = None
    problem: str | None = None


class _Broken(Exception):
    def __init__(self, number: int, problem: str) -> None:
        super().__init__(problem)
        self.number, self.problem = number, problem


@job(cron="30 4 * * *", retries=2)
async def prove(session: AsyncSession) -> dict[str, Any]:
    """Read the whole chain through once a day, and whenever an admin asks."""
    return await _prove(session)


async def ask_for_proof(session: AsyncSession, admin: Principal) -> UUID:
    """The id of the job that proves the chain. Asked twice at once, it is read twice: the asker watches their own."""
    job_id = await prove.later(session, owner=admin.id)
    if job_id is None:
        raise RuntimeError("a job without a unique key is always asked for")
    return job_id


async def _prove(session: AsyncSession) -> dict[str, Any]:
    head = (await session.execute(select(AuditHead.number, AuditHead.hash))).one_or_none()
    upto, top = (head.number, head.hash) if head else (0, b"")
    good, link = 0, b""
    outcome = Proven(number=0)
    try:
        seals = await _seals(session)
        while good < upto:
            batch = await _batch(session, after=good, upto=upto)
            parts = await _parts(session, batch)
            await asyncio.sleep(0)
            for row in batch:
                _check(row, good + 1, link, parts.get(row.id, {}), seals)
                good, link = row.number, row.hash
            if not batch:
                raise _Broken(good + 1, "cut")
        if link != top or any(number > upto for number in seals):
            raise _Broken(good + 1, "cut")
        if await session.scalar(select(AuditEntry.id).where(AuditEntry.number.is_(None)).limit(1)):
            raise _Broken(good + 1, "unchained")
        outcome = Proven(number=good)
    except _Broken as broken:
        outcome = Proven(number=good, broken_at=broken.number, problem=broken.problem)
    session.add(AuditProof(hash=link, mac=_seal(good, link), **outcome.model_dump()))
    if outcome.problem:
        log.error("audit_broken", **outcome.model_dump())
    else:
        log.info("audit_proven", number=good, hash=link.hex())
    return outcome.model_dump()


def _seal(number: int, link: bytes) -> bytes:
    return crypto.mac("audit-proof", number.to_bytes(8, "big"), link)


async def _seals(session: AsyncSession) -> dict[int, bytes]:
    """What earlier proofs have seen, by number. A proof whose seal is false was not written by this deployment."""
    found: dict[int, bytes] = {}
    for proof in await session.scalars(select(AuditProof).order_by(AuditProof.created_at)):
        if not crypto.same(proof.mac, _seal(proof.number, proof.hash)):
            raise _Broken(proof.number, "rewritten")
        if found.setdefault(proof.number, proof.hash) != proof.hash:
            raise _Broken(proof.number, "rewritten")
    return found


async def _batch(session: AsyncSession, *, after: int, upto: int) -> Sequence[Any]:
    rows = await session.execute(
        select(
            AuditEntry.id,
            AuditEntry.number,
            AuditEntry.created_at,
            AuditEntry.act,
            AuditEntry.actor_id,
            AuditEntry.subject_id,
            AuditEntry.personal,
            cast(AuditEntry.facts, Text).label("facts_text"),
            cast(AuditEntry.personal, Text).label("personal_text"),
            AuditEntry.previous,
            AuditEntry.hash,
        )
        .where(AuditEntry.number > after, AuditEntry.number <= upto)
        .order_by(AuditEntry.number)
        .limit(BATCH)
    )
    return rows.all()


async def _parts(session: AsyncSession, batch: Sequence[Any]) -> dict[UUID, dict[str, Any]]:
    found: dict[UUID, dict[str, Any]] = {}
    columns = (AuditPersonal.entry_id, AuditPersonal.name, AuditPersonal.salt, AuditPersonal.value)
    for part in await session.execute(
        select(*columns).where(AuditPersonal.entry_id.in_([r.id for r in batch]))
    ):
        found.setdefault(part.entry_id, {})[part.name] = part
    return found


def _check(row: Any, number: int, link: bytes, parts: dict[str, Any], seals: dict[int, bytes]) -> None:
    """Raise _Broken unless the entry is the next of the chain, as it was written, personal parts included."""
    if row.number != number:
        raise _Broken(number, "missing")
    if row.previous != link or row.hash != _hash(row, link):
        raise _Broken(number, "changed")
    if seals.get(number, row.hash) != row.hash:
        raise _Broken(number, "rewritten")
    if parts.keys() != row.personal.keys():
        raise _Broken(number, "personal_missing")
    for name, part in parts.items():
        if part.value is not None and _part_hash(part.salt, part.value) != row.personal[name]:
            raise _Broken(number, "personal_changed")


def _hash(row: Any, link: bytes) -> bytes:
    """What the trigger ``audit_chain`` hashes, written down a second time: a changed trigger proves nothing."""
    fields = (
        link.hex(),
        str(row.number),
        str(row.id),
        str((row.created_at - _EPOCH) // timedelta(microseconds=1)),
        row.act,
        str(row.actor_id or ""),
        str(row.subject_id or ""),
        row.facts_text,
        row.personal_text,
    )
    return hashlib.sha256("\n".join(fields).encode()).digest()
