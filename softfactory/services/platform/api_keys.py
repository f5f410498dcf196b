"""API keys: a person, limited to some scopes, for their programs.

A key is ``sf_<prefix>_<secret>``: the prefix is shown to tell keys apart, the secret only once. It has 192 random
bits, so a plain hash keeps it safe. Every service asks `api_key` (`kernel/auth.py` remembers the answer for two
seconds).
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from uuid import UUID

from sqlalchemy import delete, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import auth, identity, mail, time
from softfactory.kernel.app import routes_table
from softfactory.kernel.auth import Principal
from softfactory.kernel.db import uuid7
from softfactory.kernel.jobs import job
from softfactory.kernel.operations import answers
from softfactory.kernel.service import discover
from softfactory.services.platform import audit, people
from softfactory.services.platform.errors.people import DemoKeys, KeyUnknown, ScopeUnknown, TooManyKeys
from softfactory.services.platform.models.accounts import Person
from softfactory.services.platform.models.rights import ApiKey
from softfactory.services.platform.schemas.people import ApiKeyMade, ApiKeyView, ApiKeyWish

MOST = 20


@cache
def scopes() -> tuple[str, ...]:
    """Every scope there is: what the routes of all services ask for."""
    routes = routes_table(discover().values())
    return tuple(auth.all_scopes((method, path, route.dependant) for method, path, route in routes))


async def make(session: AsyncSession, principal: Principal, wish: ApiKeyWish) -> ApiKeyMade:
    """A new key, shown this once. At most twenty: the person's row is locked, and each key has one of twenty places."""
    if principal.demo:
        raise DemoKeys
    known = scopes()
    for scope in wish.scopes:
        if scope not in known:
            raise ScopeUnknown(scope=scope, known=", ".join(known))
    await session.get_one(Person, principal.id, with_for_update=True)
    taken = set(await session.scalars(select(ApiKey.place).where(ApiKey.person_id == principal.id)))
    place = next((place for place in range(1, MOST + 1) if place not in taken), None)
    if place is None:
        raise TooManyKeys(limit=MOST)
    prefix = secrets.token_hex(4)
    key = f"{auth.KEY_PREFIX}{prefix}_{secrets.token_hex(24)}"
    life = timedelta(days=wish.expires_in_days) if wish.expires_in_days else None
    row = ApiKey(
        id=uuid7(),
        person_id=principal.id,
        place=place,
        name=wish.name,
        prefix=auth.KEY_PREFIX + prefix,
        hash=_hash(key),
        scopes=sorted(set(wish.scopes)),
        expires_at=await time.now(session) + life if life else None,
    )
    session.add(row)
    await session.flush()
    await session.refresh(row)
    await audit.record(
        session,
        act="key.made",
        actor_id=principal.id,
        subject_id=principal.id,
        facts={"key_id": row.id, "scopes": row.scopes},
    )
    await mail.queue(
        session, to=principal.id, template="api_key_made", key=row.name, scopes=", ".join(row.scopes)
    )
    return ApiKeyMade(key=key, **ApiKeyView.model_validate(row).model_dump())


def _hash(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()


async def listed(session: AsyncSession, principal: Principal) -> Sequence[ApiKey]:
    """A person's keys, newest first. There are at most twenty."""
    mine = select(ApiKey).where(ApiKey.person_id == principal.id).order_by(ApiKey.id.desc())
    return (await session.scalars(mine)).all()


async def drop(session: AsyncSession, principal: Principal, key_id: UUID) -> None:
    """Delete a key: within two seconds it opens nothing any more."""
    gone = await session.execute(
        delete(ApiKey).where(ApiKey.id == key_id, ApiKey.person_id == principal.id).returning(ApiKey.id)
    )
    if gone.first() is None:
        raise KeyUnknown
    await audit.record(
        session,
        act="key.deleted",
        actor_id=principal.id,
        subject_id=principal.id,
        facts={"key_id": key_id},
    )


@answers(identity.api_key)
async def state(session: AsyncSession, request: identity.ApiKeyRequest) -> identity.ApiKeyState:
    """Whose key it is. That it was used is written down at most once a minute."""
    found = await session.execute(
        select(ApiKey, Person)
        .join(Person, Person.id == ApiKey.person_id)
        .where(
            ApiKey.hash == bytes.fromhex(request.hash),
            Person.status == "active",
            or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > func.sf_now()),
        )
    )
    row = found.one_or_none()
    if row is None:
        return identity.ApiKeyState(alive=False)
    key, person = row
    await session.execute(
        update(ApiKey)
        .where(
            ApiKey.id == key.id,
            or_(
                ApiKey.last_used_at.is_(None),
                ApiKey.last_used_at < text("sf_now() - interval '1 minute'"),
            ),
        )
        .values(last_used_at=func.sf_now())
        .execution_options(synchronize_session=False)
    )
    return identity.ApiKeyState(
        alive=True,
        key_id=key.id,
        person_id=person.id,
        name=person.name,
        roles=await people.roles_of(session, person.id),
        scopes=key.scopes,
    )


@job(every="1h")
async def forget(session: AsyncSession) -> None:
    """Delete keys 30 days after their end."""
    await session.execute(delete(ApiKey).where(ApiKey.expires_at < text("sf_now() - interval '30 days'")))
