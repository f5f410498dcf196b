"""Proving once more who is there: with the password, a code, or a passkey.

It counts for 15 minutes and for the session in hand only (``sessions.is_recent``).
"""

from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel.auth import Principal
from softfactory.kernel.outside import Steps
from softfactory.services.platform import authenticators, passkeys, passwords, people, sessions, throttles
from softfactory.services.platform.errors.security import PasswordWrong
from softfactory.services.platform.models.accounts import Person
from softfactory.services.platform.places import Place
from softfactory.services.platform.schemas.security import ProofWish, ProvedView, WaysView


async def confirm(steps: Steps, principal: Principal, wish: ProofWish, place: Place) -> ProvedView:
    """Prove who is there; the session counts as recently signed in from now."""
    people.refuse_shared(principal)
    if wish.password is not None:
        await check_password(steps, principal, wish.password, place, field="password")
    elif wish.code is not None:
        await _check_code(steps, principal, wish.code, place)
    elif wish.passkey is not None:
        await passkeys.check(steps, principal, wish.passkey)
    async with steps.transaction() as session:
        await sessions.prove(session, principal)
    return ProvedView(recent_for=int(sessions.RECENT.total_seconds()))


async def check_password(
    steps: Steps, principal: Principal, password: str, place: Place, *, field: str
) -> None:
    """Raise PasswordWrong. In one turn, as signing in: guesses at once overshoot the throttle by no more than that."""
    async with passwords.turn():
        async with steps.transaction() as session:
            person = await session.get_one(Person, principal.id)
            await throttles.admit(session, person.email, place.address, person_id=person.id)
        right = await passwords.matches(password, person.password_hash)
        async with steps.transaction() as session:
            count = throttles.succeeded if right else throttles.failed
            await count(session, person.email, place.address)
    if not right:
        raise PasswordWrong(errors=[{"field": field, "code": PasswordWrong.code}])


async def _check_code(steps: Steps, principal: Principal, code: str, place: Place) -> None:
    async with steps.transaction() as session:
        await throttles.take_code(session, principal.id, place.address)
    async with steps.transaction() as session:
        right = await authenticators.spend(session, principal.id, code)
        if right:
            await throttles.give_back_code(session, principal.id, place.address)
    if not right:
        raise authenticators.wrong()


async def ways(session: AsyncSession, principal: Principal) -> WaysView:
    """What this person can sign in and confirm with."""
    person = await session.get_one(Person, principal.id)
    return WaysView(
        password=person.password_hash is not None,
        totp=await authenticators.is_on(session, person.id),
        passkeys=await passkeys.held(session, person.id),
        recovery_codes_left=await authenticators.codes_left(session, person.id),
        demo=principal.demo,
    )
