"""Opening an account, signing in with a password, and the code that completes it where an app for codes is set up."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel.outside import Steps
from softfactory.services.platform import (
    authenticators,
    challenges,
    passwords,
    people,
    sessions,
    throttles,
)
from softfactory.services.platform.errors.accounts import AccountSuspended, WrongCredentials
from softfactory.services.platform.errors.security import TotpRequired
from softfactory.services.platform.models.accounts import Person
from softfactory.services.platform.places import Place
from softfactory.services.platform.schemas.accounts import LoginWish, RegisterWish
from softfactory.services.platform.schemas.security import LoginCodeWish
from softfactory.services.platform.sessions import SignedIn


async def register(steps: Steps, wish: RegisterWish, place: Place, *, language: str) -> SignedIn:
    """Open an account and sign in. Each try is counted: the answer tells whether an address has an account."""
    email = people.admissible_email(wish)
    async with steps.transaction() as session:
        await throttles.take_account(session, place.address)
    async with passwords.turn():
        made = await passwords.hash_of(wish.password)
    async with steps.transaction() as session:
        person = await people.register(session, wish, email=email, password_hash=made, language=language)
        return await sessions.begin(session, person, place, first=True)


async def log_in(steps: Steps, wish: LoginWish, place: Place) -> SignedIn:
    """Check the password and open a session. Whether an account exists shows neither in words nor in time.

    Three steps, because hashing holds no connection, and a failure has to be counted though it is refused. All of
    them in one turn: guesses sent at once overshoot the throttle by no more than the turns of one process.
    """
    email = people.normal_email(wish.email)
    entered: SignedIn | str | None = None
    async with passwords.turn():
        async with steps.transaction() as session:
            person = await people.by_email(session, email)
            await throttles.admit(session, email, place.address, person_id=person.id if person else None)
        kept = person.password_hash if person else None
        right = await passwords.matches(wish.password, kept)
        better = (
            await passwords.hash_of(wish.password) if right and kept and passwords.is_outdated(kept) else None
        )
        async with steps.transaction() as session:
            if not right or person is None:
                await throttles.failed(session, email, place.address)
            else:
                await throttles.succeeded(session, email, place.address)
                entered = await _enter(session, person.id, place, kept=kept, better=better)
    if isinstance(entered, str):
        raise TotpRequired(challenge=entered, expires_in=challenges.SECONDS)
    if entered is None:
        raise WrongCredentials
    return entered


async def _enter(
    session: AsyncSession, person_id: UUID, place: Place, *, kept: str | None, better: str | None
) -> SignedIn | str:
    """A session, or the token that a code has to complete."""
    person = await session.get_one(Person, person_id)
    if person.password_hash != kept:  # changed or erased since it was compared
        raise WrongCredentials
    if person.status != "active":
        raise AccountSuspended
    if better is not None:
        person.password_hash = better
    if await authenticators.is_on(session, person.id):
        return await challenges.open_sign_in(session, person.id)
    return await sessions.begin(session, person, place)


async def complete(steps: Steps, wish: LoginCodeWish, place: Place) -> SignedIn:
    """The code of the app, or a recovery code, after a right password. A wrong one can be tried again."""
    async with steps.transaction() as session:
        person_id = await challenges.sign_in_of(session, wish.challenge)
        await throttles.take_code(session, person_id, place.address)
    async with steps.transaction() as session:
        spent = await authenticators.spend(session, person_id, wish.code)
        if spent or await authenticators.spend_recovery_code(session, person_id, wish.code):
            await challenges.take_sign_in(session, wish.challenge)
            await throttles.give_back_code(session, person_id, place.address)
            person = await session.get_one(Person, person_id)
            if person.status != "active":
                raise AccountSuspended
            return await sessions.begin(session, person, place)
    raise authenticators.wrong()
