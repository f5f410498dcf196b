"""How often signing in may fail. Rows, so that every process counts the same.

Three counts, each of failures within a window that begins with the first: of one account from one address (few), of
one address whatever the account, and of one account whatever the address. The last does not bind addresses from which
the person has signed in before: whoever attacks an account from elsewhere does not lock its owner out.

Tries at one-time codes and letters asked for are counted here too, before they are made.
"""

import ipaddress
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from uuid import UUID

from sqlalchemy import delete, select, text, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import crypto, time
from softfactory.kernel.db import uuid7
from softfactory.kernel.errors import TooMany
from softfactory.kernel.jobs import job
from softfactory.services.platform import settings
from softfactory.services.platform.errors.accounts import TooManyAccounts, TooManySignIns
from softfactory.services.platform.errors.people import TooManyExports, TooManyInvitations
from softfactory.services.platform.errors.security import TooManyCodes, TooManyLetters
from softfactory.services.platform.models.accounts import LoginSession, Throttle

_FAILED = text(
    """
    insert into platform.throttle (id, kind, key, failures, until)
    values (:id, :kind, :key, 1, sf_now() + :seconds)
    on conflict (kind, key) do update set
        failures = case when throttle.until <= sf_now() then 1 else throttle.failures + 1 end,
        until = case when throttle.until <= sf_now() then excluded.until else throttle.until end
    """
)
_TAKEN = text(_FAILED.text + " returning failures, until - sf_now() as wait")


@dataclass(frozen=True, slots=True)
class _Count:
    kind: str
    key: bytes
    limit: int
    window: timedelta


def _counts(email: str, address: str) -> list[_Count]:
    """In one order always, so that two failures never wait for one another crosswise."""
    rules, who, where = settings.accounts(), email.lower().encode(), origin(address).encode()
    return [
        _Count(
            "account",
            crypto.mac("throttle", b"account", who),
            rules.login_failures_account,
            timedelta(hours=1),
        ),
        _Count(
            "address",
            crypto.mac("throttle", b"address", where),
            rules.login_failures_address,
            timedelta(minutes=15),
        ),
        _Count(
            "pair", crypto.mac("throttle", b"pair", who, where), rules.login_failures, timedelta(minutes=5)
        ),
    ]


def origin(address: str) -> str:
    """Whose address it is. One household or server has a whole /64 of IPv6, so that is what counts there."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ip.ipv4_mapped or ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)


async def admit(session: AsyncSession, email: str, address: str, *, person_id: UUID | None) -> None:
    """Raise TooManySignIns while one of the counts is full."""
    counts = {count.kind: count for count in _counts(email, address)}
    keys = [(count.kind, count.key) for count in counts.values()]
    found = await session.scalars(
        select(Throttle).where(
            tuple_(Throttle.kind, Throttle.key).in_(keys), Throttle.until > text("sf_now()")
        )
    )
    full = {row.kind: row.until for row in found if row.failures >= counts[row.kind].limit}
    if "account" in full and person_id and await _signed_in_before(session, person_id, address):
        del full["account"]
    if full:
        wait = max(full.values()) - await time.now(session)
        raise TooManySignIns(retry_after=max(1, ceil(wait.total_seconds())))


async def _signed_in_before(session: AsyncSession, person_id: UUID, address: str) -> bool:
    known = select(LoginSession.ip).where(LoginSession.person_id == person_id).distinct().limit(100)
    return origin(address) in {origin(ip) for ip in await session.scalars(known)}


async def failed(session: AsyncSession, email: str, address: str) -> None:
    """Count a failure."""
    for count in _counts(email, address):
        await session.execute(
            _FAILED, {"id": uuid7(), "kind": count.kind, "key": count.key, "seconds": count.window}
        )


async def succeeded(session: AsyncSession, email: str, address: str) -> None:
    """Forget the failures of this account from this address; an attacker's own account clears nothing else."""
    pair = _counts(email, address)[-1]
    await session.execute(delete(Throttle).where(Throttle.kind == pair.kind, Throttle.key == pair.key))


# -- attempts that are counted before they are made -------------------------------------------------------------------


async def take_code(session: AsyncSession, person_id: UUID, address: str) -> None:
    """One more try at a code of this person. Raises TooManyCodes; commit it before the code is looked at."""
    for count in _code_counts(person_id, address):
        await _take(session, count, TooManyCodes)


async def give_back_code(session: AsyncSession, person_id: UUID, address: str) -> None:
    """The code was right: it counts as no attempt, and the wrong ones from this address are forgotten."""
    whole, here = _code_counts(person_id, address)
    await session.execute(
        update(Throttle)
        .where(Throttle.kind == whole.kind, Throttle.key == whole.key, Throttle.failures > 0)
        .values(failures=Throttle.failures - 1)
    )
    await session.execute(delete(Throttle).where(Throttle.kind == here.kind, Throttle.key == here.key))


def _code_counts(person_id: UUID, address: str) -> tuple[_Count, _Count]:
    """Whoever tries codes knows the password already, so the count from anywhere spares no address."""
    rules, who, where = settings.accounts(), person_id.bytes, origin(address).encode()
    return (
        _Count("code", crypto.mac("throttle", b"code", who), rules.code_attempts_account, timedelta(hours=1)),
        _Count(
            "code_here",
            crypto.mac("throttle", b"code_here", who, where),
            rules.code_attempts,
            timedelta(minutes=5),
        ),
    )


async def take_letter(session: AsyncSession, email: str, address: str) -> None:
    """One more letter to this address, asked for from there. Raises TooManyLetters, for unknown addresses alike."""
    rules, who, where = settings.accounts(), email.lower().encode(), origin(address).encode()
    place = crypto.mac("throttle", b"letter_from", where)
    await _take(session, _Count("letter_from", place, rules.letters_from, timedelta(hours=1)), TooManyLetters)
    box = crypto.mac("throttle", b"letter_to", who)
    await _take(session, _Count("letter_to", box, rules.letters_to, timedelta(hours=1)), TooManyLetters)


async def take_invitation(session: AsyncSession, person_id: UUID, email: str) -> None:
    """One more invitation by this person, and to this address by anybody: they are letters to strangers."""
    rules = settings.accounts()
    by = crypto.mac("throttle", b"invitation_by", person_id.bytes)
    await _take(
        session, _Count("invitation_by", by, rules.invitations_by, timedelta(hours=1)), TooManyInvitations
    )
    box = crypto.mac("throttle", b"invitation_to", email.lower().encode())
    await _take(
        session, _Count("invitation_to", box, rules.invitations_to, timedelta(days=1)), TooManyInvitations
    )


async def take_export(session: AsyncSession, person_id: UUID) -> None:
    """One more file with everything about a person: each is work for every service, and is kept for a week."""
    key = crypto.mac("throttle", b"export", person_id.bytes)
    await _take(
        session, _Count("export", key, settings.accounts().exports, timedelta(hours=1)), TooManyExports
    )


async def take_account(session: AsyncSession, address: str) -> None:
    """One more account opened from there, or address asked about by trying to. Commit it before hashing."""
    key = crypto.mac("throttle", b"account_from", origin(address).encode())
    limit = settings.accounts().accounts_from
    await _take(session, _Count("account_from", key, limit, timedelta(hours=1)), TooManyAccounts)


async def take_challenge(session: AsyncSession, address: str) -> None:
    """One more row that anybody may ask for."""
    key = crypto.mac("throttle", b"challenge", origin(address).encode())
    limit = settings.accounts().challenges_from
    await _take(session, _Count("challenge", key, limit, timedelta(minutes=15)), TooMany)


async def _take(session: AsyncSession, count: _Count, refusal: type[TooMany]) -> None:
    """Count first and look then: attempts at once wait for one another at the row. A refused one is not counted."""
    values = {"id": uuid7(), "kind": count.kind, "key": count.key, "seconds": count.window}
    taken = (await session.execute(_TAKEN, values)).one()
    if taken.failures > count.limit:
        raise refusal(retry_after=max(1, ceil(taken.wait.total_seconds())))


@job(every="1h")
async def forget(session: AsyncSession) -> None:
    """Delete counts whose window ended a day ago."""
    await session.execute(delete(Throttle).where(Throttle.until < text("sf_now() - interval '1 day'")))
