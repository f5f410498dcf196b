"""Passkeys (WebAuthn): a key on a person's device signs a challenge, which replaces the password and the code.

The site is that of ``SF_PUBLIC_URL``. Whoever holds the device also proves it to the device (a finger, a face, a PIN):
a passkey that does not say so is refused. A count that does not rise tells of a copied key, which is refused too.
"""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from sqlalchemy import CursorResult, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, options_to_json_dict, parse_client_data_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from softfactory.kernel import config, mail
from softfactory.kernel.auth import Principal
from softfactory.kernel.db import uuid7
from softfactory.kernel.outside import Steps
from softfactory.services.platform import challenges, people, security_events, sessions, throttles
from softfactory.services.platform.errors.accounts import AccountSuspended
from softfactory.services.platform.errors.security import (
    ChallengeEnded,
    LastWayIn,
    PasskeyRefused,
    PasskeyTaken,
    PasskeyUnknown,
    TooManyPasskeys,
)
from softfactory.services.platform.models.accounts import Person
from softfactory.services.platform.models.security import Passkey
from softfactory.services.platform.places import Place, device_of
from softfactory.services.platform.schemas.security import (
    PasskeyAnswer,
    PasskeyRename,
    PasskeyWish,
)

MOST = 20
SITE_NAME = "SoftFactory"

log = structlog.get_logger(__name__)


def _site() -> str:
    return urlsplit(config.settings().public_url).hostname or "localhost"


def _origin() -> str:
    parts = urlsplit(config.settings().public_url)
    return f"{parts.scheme}://{parts.netloc}"


def visible_to(principal: Principal) -> Any:
    """A person's own passkeys."""
    return select(Passkey).where(Passkey.person_id == principal.id)


async def listed(session: AsyncSession, principal: Principal) -> list[Passkey]:
    """Oldest first; at most twenty."""
    return list(await session.scalars(visible_to(principal).order_by(Passkey.created_at, Passkey.id)))


async def held(session: AsyncSession, person_id: UUID) -> int:
    """How many passkeys a person has."""
    count = select(func.count(Passkey.id)).where(Passkey.person_id == person_id)
    return int((await session.execute(count)).scalar_one())


# -- a new one -------------------------------------------------------------------------------------------------------


async def offer(session: AsyncSession, principal: Principal, place: Place) -> dict[str, Any]:
    """What a browser needs to make a passkey (``PublicKeyCredentialCreationOptionsJSON``)."""
    people.refuse_shared(principal)
    await throttles.take_challenge(session, place.address)
    person = await session.get_one(Person, principal.id)
    options = generate_registration_options(
        rp_id=_site(),
        rp_name=SITE_NAME,
        user_id=person.id.bytes,
        user_name=person.email,
        user_display_name=person.name,
        timeout=challenges.SECONDS * 1000,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=row.credential_id) for row in await listed(session, principal)
        ],
    )
    await challenges.open_(session, "passkey_new", options.challenge, person_id=person.id)
    return options_to_json_dict(options)


async def add(steps: Steps, principal: Principal, wish: PasskeyWish, place: Place) -> Passkey:
    """Keep the public key of a passkey that the browser has just made."""
    people.refuse_shared(principal)
    challenge = _challenge_of(wish.credential)
    async with steps.transaction() as session:
        asked_of = await challenges.take(session, "passkey_new", challenge)
    if asked_of != principal.id:
        raise ChallengeEnded
    try:
        made = verify_registration_response(
            credential=wish.credential.as_sent(),
            expected_challenge=challenge,
            expected_rp_id=_site(),
            expected_origin=_origin(),
            require_user_verification=True,
        )
    except Exception as error:  # of anyone's bytes the parsers beneath say no in many classes
        log.info("passkey_refused", reason=str(error)[:200])
        raise PasskeyRefused from None
    async with steps.transaction() as session:
        person = await session.get_one(Person, principal.id, with_for_update=True)
        if await held(session, person.id) >= MOST:
            raise TooManyPasskeys(limit=MOST)
        row = insert(Passkey).values(
            id=uuid7(),
            person_id=person.id,
            credential_id=made.credential_id,
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            transports=wish.credential.response.transports or [],
            synced=made.credential_backed_up,
            name=wish.name or device_of(place.user_agent).name or SITE_NAME,
        )
        kept: Passkey | None = await session.scalar(row.on_conflict_do_nothing().returning(Passkey))
        if kept is None:
            raise PasskeyTaken
        await mail.queue(session, to=person.id, template="passkey_added", passkey=kept.name)
        await security_events.record(session, "passkey.added", person.id, passkey=str(kept.id))
        return kept


# -- proving ---------------------------------------------------------------------------------------------------------


async def ask(session: AsyncSession, place: Place) -> dict[str, Any]:
    """What a browser needs to let somebody choose a passkey (``PublicKeyCredentialRequestOptionsJSON``)."""
    await throttles.take_challenge(session, place.address)
    options = generate_authentication_options(
        rp_id=_site(),
        timeout=challenges.SECONDS * 1000,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    await challenges.open_(session, "passkey_use", options.challenge)
    return options_to_json_dict(options)


async def sign_in(steps: Steps, answer: PasskeyAnswer, place: Place) -> sessions.SignedIn:
    """A session for whoever's passkey signed the challenge."""
    row, count, synced = await _verified(steps, answer)
    async with steps.transaction() as session:
        await _used(session, row, count, synced=synced)
        person = await session.get_one(Person, row.person_id)
        if person.status != "active":
            raise AccountSuspended
        return await sessions.begin(session, person, place)


async def check(steps: Steps, principal: Principal, answer: PasskeyAnswer) -> None:
    """Raise PasskeyRefused unless one of this person's passkeys signed the challenge."""
    row, count, synced = await _verified(steps, answer)
    if row.person_id != principal.id:
        raise PasskeyRefused
    async with steps.transaction() as session:
        await _used(session, row, count, synced=synced)


async def _verified(steps: Steps, answer: PasskeyAnswer) -> tuple[Passkey, int, bool]:
    """The passkey that signed, its new count, and whether it is synced. The challenge is used up either way."""
    challenge = _challenge_of(answer)
    async with steps.transaction() as session:
        await challenges.take(session, "passkey_use", challenge)
        row = await session.scalar(select(Passkey).where(Passkey.credential_id == _bytes(answer.id)))
    if row is None:
        raise PasskeyUnknown
    handle = answer.response.userHandle
    try:
        if handle and _bytes(handle) != row.person_id.bytes:
            raise PasskeyRefused
        proved = verify_authentication_response(
            credential=answer.as_sent(),
            expected_challenge=challenge,
            expected_rp_id=_site(),
            expected_origin=_origin(),
            credential_public_key=row.public_key,
            credential_current_sign_count=row.sign_count,
            require_user_verification=True,
        )
    except Exception as error:  # as above
        log.info("passkey_refused", passkey=str(row.id), reason=str(error)[:200])
        raise PasskeyRefused from None
    return row, proved.new_sign_count, proved.credential_backed_up


async def _used(session: AsyncSession, row: Passkey, count: int, *, synced: bool) -> None:
    """Of two answers with one count the row lets one through; a passkey deleted meanwhile lets nobody in."""
    used = await session.execute(
        update(Passkey)
        .where(Passkey.id == row.id, Passkey.sign_count == row.sign_count)
        .values(sign_count=count, synced=synced, last_used_at=text("sf_now()"))
        .execution_options(synchronize_session=False)
    )
    if not isinstance(used, CursorResult) or used.rowcount != 1:
        raise PasskeyRefused


def _challenge_of(answer: PasskeyAnswer) -> bytes:
    """The challenge that the browser says it had signed; whether it did is checked after."""
    try:
        return parse_client_data_json(_bytes(answer.response.clientDataJSON)).challenge
    except Exception:  # as above
        raise PasskeyRefused from None


def _bytes(encoded: str) -> bytes:
    try:
        return base64url_to_bytes(encoded)
    except ValueError:
        raise PasskeyRefused from None


# -- keeping them ----------------------------------------------------------------------------------------------------


async def rename(
    session: AsyncSession, principal: Principal, passkey_id: UUID, wish: PasskeyRename
) -> Passkey:
    """Call a passkey what its owner calls the thing that holds it."""
    row = await _own(session, principal, passkey_id)
    row.name = wish.name
    await session.flush()
    return row


async def remove(session: AsyncSession, principal: Principal, passkey_id: UUID) -> None:
    """Delete a passkey, unless it is the only way in. The person's row is locked: two at once leave one."""
    people.refuse_shared(principal)
    person = await session.get_one(Person, principal.id, with_for_update=True)
    row = await _own(session, principal, passkey_id)
    if person.password_hash is None and await held(session, person.id) == 1:
        raise LastWayIn
    await session.delete(row)
    await mail.queue(session, to=person.id, template="passkey_removed", passkey=row.name)
    await security_events.record(session, "passkey.removed", person.id, passkey=str(row.id))


async def _own(session: AsyncSession, principal: Principal, passkey_id: UUID) -> Passkey:
    row: Passkey | None = await session.scalar(visible_to(principal).where(Passkey.id == passkey_id))
    if row is None:
        raise PasskeyUnknown
    return row
