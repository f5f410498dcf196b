"""Being forgotten: what binds a person is settled first, then a letter says goodbye, then they are erased.

Between the wish and the erasing the account is ``leaving``: nobody can sign in, and every process has heard that its
sessions are over. Then all services are asked once more, for something may have been booked in the very last second;
if so, the account is given back.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, exc, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import idempotency, mail
from softfactory.kernel.auth import Principal
from softfactory.kernel.db import run_sql, uuid7
from softfactory.kernel.events import publish
from softfactory.kernel.jobs import job
from softfactory.kernel.language import language
from softfactory.kernel.outside import Steps
from softfactory.kernel.service import names
from softfactory.services.platform import audit, contract, exports, sessions, spaces
from softfactory.services.platform.base import Base
from softfactory.services.platform.errors.people import DemoPersonFixed, LastAdmin, ObligationsOpen
from softfactory.services.platform.models.accounts import Person, SpaceMember
from softfactory.services.platform.models.rights import Erasure
from softfactory.services.platform.schemas.people import ObligationsView, ObligationView

HEARD = timedelta(seconds=10)
"""After this long every process has refused the sessions of who is leaving, and their last requests are over."""
LETTER_AGAIN = timedelta(minutes=1)
LETTER_DAYS = 1


async def obligations(person_id: UUID) -> ObligationsView:
    """What binds a person, from every service. One that does not answer stops everything: it may bind them too."""
    found: list[contract.Obligation] = []
    for service in names():
        answer = await contract.obligations(contract.PersonQuery(person_id=person_id), service=service)
        found += answer.open
    english = language.get() == "en"
    return ObligationsView(
        items=[
            ObligationView(code=o.code, title=o.title_en if english else o.title_ko, path=o.path)
            for o in found
        ]
    )


async def ask(steps: Steps, principal: Principal) -> None:
    """Begin to erase the person, or raise ObligationsOpen with all that binds them."""
    if principal.demo:
        raise DemoPersonFixed
    bound = await obligations(principal.id)
    if bound.items:
        raise ObligationsOpen(obligations=[item.model_dump() for item in bound.items])
    try:
        async with steps.transaction() as session:
            await _leave(session, principal)
    except exc.IntegrityError as error:
        if "no admin would be left" in str(error.orig):
            raise LastAdmin from None
        raise


async def _leave(session: AsyncSession, principal: Principal) -> None:
    person = await session.get_one(Person, principal.id, with_for_update=True)
    if person.status != "active":
        return
    person.status = "leaving"
    await session.flush()
    await sessions.end_all(session, person.id, because="leaving")
    await session.execute(insert(Erasure).values(id=uuid7(), person_id=person.id).on_conflict_do_nothing())
    await audit.record(session, act="person.leaving", actor_id=person.id, subject_id=person.id)
    await go_on.later(session, person_id=person.id, delay=HEARD)


@job(retries=20)
async def go_on(steps: Steps, *, person_id: UUID) -> str:
    """Take the next step towards being erased; each leaves its mark, so that this may run again at any of them."""
    async with steps.transaction() as session:
        person = await session.get_one(Person, person_id)
        erasure = await session.scalar(select(Erasure).where(Erasure.person_id == person_id))
        said_goodbye = await _said_goodbye(session, erasure.letter_id if erasure else None)
    if erasure is None or erasure.erased_at is not None or person.status != "leaving":
        return "nothing to do"
    if erasure.letter_id is None:
        if (await obligations(person_id)).items:
            await _give_back(steps, person_id)
            return "stopped"
        await _say_goodbye(steps, person_id)
        return "saying goodbye"
    if not said_goodbye:
        async with steps.transaction() as session:
            await go_on.later(session, person_id=person_id, delay=LETTER_AGAIN)
        return "waiting for the letter"
    await exports.erase(steps, person_id)
    async with steps.transaction() as session:
        await _erase(session, person_id)
    return "erased"


async def _said_goodbye(session: AsyncSession, letter_id: UUID | None) -> bool:
    """Whether the letter has left, or cannot: after a day nobody waits for it any more."""
    waiting = await run_sql(
        session,
        """
        select 1 from {s}.mail where id = :id and state in ('queued', 'sending')
        and created_at > sf_now() - make_interval(days => :days)
        """,
        id=letter_id,
        days=LETTER_DAYS,
    )
    return letter_id is not None and waiting.first() is None


async def _give_back(steps: Steps, person_id: UUID) -> None:
    async with steps.transaction() as session:
        back = update(Person).where(Person.id == person_id, Person.status == "leaving")
        await session.execute(back.values(status="active"))
        await session.execute(delete(Erasure).where(Erasure.person_id == person_id))
        await audit.record(session, act="person.leaving_stopped", subject_id=person_id)
        await mail.queue(session, to=person_id, template="leaving_stopped")


async def _say_goodbye(steps: Steps, person_id: UUID) -> None:
    async with steps.transaction() as session:
        letter_id = await mail.queue(session, to=person_id, template="farewell")
        first = update(Erasure).where(Erasure.person_id == person_id, Erasure.letter_id.is_(None))
        await session.execute(first.values(letter_id=letter_id))
        await go_on.later(session, person_id=person_id, delay=HEARD)


async def _erase(session: AsyncSession, person_id: UUID) -> None:
    """Everything at once. What hangs on the person by a foreign key goes, but for the place in their own space, which
    still owns what the law keeps."""
    person = await session.get_one(Person, person_id, with_for_update=True)
    done = update(Erasure).where(Erasure.person_id == person_id, Erasure.erased_at.is_(None))
    first = await session.scalar(done.values(erased_at=text("sf_now()")).returning(Erasure.id))
    if first is None:
        return
    await spaces.leave_all(session, person_id, email=person.email)
    for table in reversed(Base.metadata.sorted_tables):
        columns = [key.parent for key in table.foreign_keys if key.column.table is Person.__table__]
        for column in columns:
            if table is not SpaceMember.__table__:
                await session.execute(delete(table).where(column == person_id))
    person.email, person.name, person.password_hash = f"{person_id}@erased.invalid", "", None
    person.status, person.language, person.zone = "erased", "ko", "Asia/Seoul"
    person.version += 1
    await session.flush()
    await idempotency.erase(session, person_id=person_id)
    await mail.erase(session, person_id=person_id)
    await audit.erase(session, person_id=person_id)
    await audit.record(session, act="person.erased", subject_id=person_id)
    await publish(session, contract.PersonErased(person_id=person_id))
