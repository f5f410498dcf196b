"""How often signing in may fail. Rows, so that every process counts the same.

Three counts, each of failures within a window that begins with the first: of one account from one address (few), of
one address whatever the account, and of one account whatever the address. The last does not bind addresses from which
the person has signed in before: whoever attacks an account from elsewhere does not lock its owner out.
"""

import ipaddress
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from uuid import UUID

from sqlalchemy import delete, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import crypto, time
from softfactory.kernel.db import uuid7
from softfactory.kernel.jobs import job
from softfactory.services.platform import settings
from softfactory.services.platform.errors.accounts import TooManySignIns
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


@dataclass(frozen=True, slots=True)
class _Count:
    kind: str
    key: bytes
    limit: int
    window: timedelta


def _counts(email: str, address: str) -> list[_Count]:
    """In one order always, so that two failures never wait for one another crosswise."""
    rules, who, where = settings.accounts(), email.lower().encode(), _origin(address).encode()
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


def _origin(address: str) -> str:
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
    return _origin(address) in {_origin(ip) for ip in await session.scalars(known)}


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


@job(every="1h")
async def forget(session: AsyncSession) -> None:
    """Delete counts whose window ended a day ago."""
    await session.execute(delete(Throttle).where(Throttle.until < text("sf_now() - interval '1 day'")))
