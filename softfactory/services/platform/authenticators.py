"""One-time codes: the app that shows them (TOTP, RFC 6238) and the ten recovery codes for whoever has lost it.

A code is of 30 seconds; those of the period before and after are taken too, for clocks differ. Each is good once: the
period of the last code taken is remembered, and only later ones count. Recovery codes are kept as hashes.
"""

import hmac
import secrets
from datetime import datetime
from uuid import UUID

import pyotp
import segno
from sqlalchemy import CursorResult, delete, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import crypto, mail, time
from softfactory.kernel.auth import Principal
from softfactory.kernel.db import uuid7
from softfactory.kernel.outside import Steps
from softfactory.services.platform import people, security_events, throttles
from softfactory.services.platform.errors.security import CodeWrong, TotpAlreadyOn, TotpNotOn
from softfactory.services.platform.models.accounts import Person
from softfactory.services.platform.models.security import Authenticator, RecoveryCode
from softfactory.services.platform.places import Place
from softfactory.services.platform.schemas.security import RecoveryCodesView, TotpStartView

ISSUER = "SoftFactory"
PERIOD = 30
CODES = 10
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that reads as something else on paper


async def start(session: AsyncSession, principal: Principal) -> TotpStartView:
    """A fresh secret to scan. It counts only once a code confirms it; starting again replaces it."""
    people.refuse_shared(principal)
    secret = pyotp.random_base32()
    sealed = crypto.seal(secret.encode())
    kept = insert(Authenticator).values(id=uuid7(), person_id=principal.id, secret_sealed=sealed)
    kept = kept.on_conflict_do_update(
        index_elements=["person_id"],
        set_={"secret_sealed": sealed},
        where=Authenticator.confirmed_at.is_(None),
    )
    if (await session.execute(kept.returning(Authenticator.id))).first() is None:
        raise TotpAlreadyOn
    person = await session.get_one(Person, principal.id)
    uri = pyotp.TOTP(secret, interval=PERIOD).provisioning_uri(name=person.email, issuer_name=ISSUER)
    picture = segno.make(uri, error="m", micro=False)
    # White paper beneath, whatever the page's colours: scanners want dark on light.
    svg = picture.svg_inline(scale=5, border=3, light="#fff", omitsize=True)
    return TotpStartView(secret=secret, otpauth_uri=uri, qr_svg=svg.replace("<svg ", f"<svg {_XMLNS} ", 1))


_XMLNS = 'xmlns="http://www.w3.org/2000/svg"'


async def confirm(steps: Steps, principal: Principal, code: str, place: Place) -> RecoveryCodesView:
    """The app shows the right codes: from now on signing in asks for one. Answers the recovery codes, this once."""
    people.refuse_shared(principal)
    async with steps.transaction() as session:
        await throttles.take_code(session, principal.id, place.address)
    async with steps.transaction() as session:
        query = select(Authenticator).where(Authenticator.person_id == principal.id).with_for_update()
        row = await session.scalar(query)
        if row is None:
            raise TotpNotOn
        if row.confirmed_at is not None:
            raise TotpAlreadyOn
        now = await time.now(session)
        step = _step_of(row, code, now)
        if step is not None:
            row.confirmed_at, row.last_step = now, step
            await throttles.give_back_code(session, principal.id, place.address)
            await mail.queue(session, to=principal.id, template="totp_on")
            await security_events.record(session, "totp.turned_on", principal.id)
            return await _fresh_codes(session, principal.id)
    raise wrong()


async def remove(session: AsyncSession, principal: Principal) -> None:
    """Signing in asks for no code any more, and the recovery codes are void."""
    people.refuse_shared(principal)
    gone = await session.execute(
        delete(Authenticator)
        .where(Authenticator.person_id == principal.id)
        .returning(Authenticator.confirmed_at)
    )
    row = gone.first()
    if row is None:
        raise TotpNotOn
    await session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == principal.id))
    if row.confirmed_at is not None:
        await mail.queue(session, to=principal.id, template="totp_off")
        await security_events.record(session, "totp.turned_off", principal.id)


async def renew_recovery_codes(session: AsyncSession, principal: Principal) -> RecoveryCodesView:
    """Ten new ones; the old ones are void."""
    people.refuse_shared(principal)
    query = select(Authenticator).where(
        Authenticator.person_id == principal.id, Authenticator.confirmed_at.is_not(None)
    )
    if (
        await session.scalar(query.with_for_update()) is None
    ):  # the row's lock: two renewals at once leave ten
        raise TotpNotOn
    await mail.queue(session, to=principal.id, template="recovery_codes_new")
    await security_events.record(session, "recovery_codes.renewed", principal.id)
    return await _fresh_codes(session, principal.id)


async def is_on(session: AsyncSession, person_id: UUID) -> bool:
    """Whether signing in with a password asks this person for a code."""
    query = select(Authenticator.id).where(
        Authenticator.person_id == person_id, Authenticator.confirmed_at.is_not(None)
    )
    return await session.scalar(query) is not None


async def codes_left(session: AsyncSession, person_id: UUID) -> int:
    """How many recovery codes are unused."""
    query = select(func.count(RecoveryCode.id)).where(
        RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None)
    )
    return int((await session.execute(query)).scalar_one())


async def spend(session: AsyncSession, person_id: UUID, code: str) -> bool:
    """Whether the code is one of the app's now. Of two that bring the same code the row lets one through."""
    row = await session.scalar(
        select(Authenticator).where(
            Authenticator.person_id == person_id, Authenticator.confirmed_at.is_not(None)
        )
    )
    step = _step_of(row, code, await time.now(session)) if row else None
    if row is None or step is None:
        return False
    unused = or_(Authenticator.last_step.is_(None), Authenticator.last_step < step)
    spent = await session.execute(
        update(Authenticator)
        .where(Authenticator.id == row.id, unused)
        .values(last_step=step)
        .execution_options(synchronize_session=False)
    )
    return _changed(spent)


async def spend_recovery_code(session: AsyncSession, person_id: UUID, code: str) -> bool:
    """Whether the code is one of the unused ten. The person is told by letter."""
    used = await session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.person_id == person_id,
            RecoveryCode.hash == _hash(person_id, code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=text("sf_now()"))
    )
    if not _changed(used):
        return False
    left = await codes_left(session, person_id)
    await mail.queue(session, to=person_id, template="recovery_code_used", left=left)
    await security_events.record(session, "recovery_code.used", person_id, left=left)
    return True


def wrong() -> CodeWrong:
    """The refusal of a code, at its field."""
    return CodeWrong(errors=[{"field": "code", "code": CodeWrong.code}])


def _changed(result: object) -> bool:
    return isinstance(result, CursorResult) and result.rowcount == 1


def _step_of(row: Authenticator, code: str, now: datetime) -> int | None:
    """The period whose code this is: this one, or a neighbour."""
    digits = code.replace(" ", "")
    if not (digits.isascii() and digits.isdigit()):
        return None
    app = pyotp.TOTP(crypto.unseal(row.secret_sealed).decode(), interval=PERIOD)
    current = int(now.timestamp()) // PERIOD
    return next(
        (
            step
            for step in (current, current - 1, current + 1)
            if hmac.compare_digest(app.generate_otp(step), digits)
        ),
        None,
    )


async def _fresh_codes(session: AsyncSession, person_id: UUID) -> RecoveryCodesView:
    await session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(10)) for _ in range(CODES)]
    session.add_all(RecoveryCode(person_id=person_id, hash=_hash(person_id, code)) for code in codes)
    await session.flush()
    return RecoveryCodesView(recovery_codes=[f"{code[:5]}-{code[5:]}" for code in codes])


def _hash(person_id: UUID, code: str) -> bytes:
    """Of the code as it was told, however it is typed."""
    bare = "".join(character for character in code.upper() if character.isalnum())
    return crypto.mac("recovery-code", person_id.bytes, bare.encode())
