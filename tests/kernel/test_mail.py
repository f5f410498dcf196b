"""Letters: in the person's language, once per row, and never to nobody."""

import asyncio
import smtplib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from softfactory.kernel import db, errors, identity, mail, operations
from softfactory.kernel.admin import letters
from softfactory.kernel.config import settings
from softfactory.kernel.db import run_sql
from softfactory.kernel.mail import Letter, MailText
from softfactory.kernel.outside import Steps
from softfactory.kernel.service import discover
from softfactory.testing import Clock, Mailbox

RunJobs = Callable[..., Awaitable[int]]

mail.templates(
    "softfactory.services.coocook.trial",
    {
        "confirmed": MailText(
            ko=Letter("{chef} 셰프 예약", "{name}님, {starts_at:when}에 뵙겠습니다. 금액 {price:won}."),
            en=Letter(
                "Your evening with {chef}", "Dear {name}, see you {starts_at:when}. The price is {price:won}."
            ),
        )
    },
)
FACTS = {"chef": "Lee", "price": 250000, "starts_at": datetime(2026, 3, 1, 9, 30, tzinfo=UTC)}
WANTED = identity.Addressee(email="guest@example.com", name="Kim", language="en", zone="Asia/Seoul")


@pytest.fixture
def people(clean: str, monkeypatch: pytest.MonkeyPatch) -> dict[UUID, identity.Addressee]:
    """Who platform knows."""
    known: dict[UUID, identity.Addressee] = {}
    discover()

    async def addressee(steps: Steps, request: identity.AddresseeRequest) -> identity.Addressee:
        if request.person_id not in known:
            raise errors.NotFound
        return known[request.person_id]

    addressee.operation = identity.addressee  # type: ignore[attr-defined]  # as `answers` does
    monkeypatch.setitem(operations._handlers, ("platform", "addressee"), addressee)
    return known


async def write(person: UUID) -> UUID:
    async with db.transaction("coocook") as session:
        return await mail.queue(session, to=person, template="confirmed", **FACTS)


async def state(letter: UUID) -> str:
    async with db.transaction("coocook") as session:
        found = await run_sql(session, "select state from {s}.mail where id = :id", id=letter)
        return str(found.scalar_one())


@pytest.mark.parametrize(
    ("person", "subject", "body"),
    [
        (
            WANTED,
            "Your evening with Lee",
            "Dear Kim, see you Sunday, 1 March 2026 at 18:30. The price is KRW 250,000.",
        ),
        (
            WANTED.model_copy(update={"language": "ko", "zone": "Europe/Paris"}),
            "Lee 셰프 예약",
            "Kim님, 2026년 3월 1일(일) 10:30에 뵙겠습니다. 금액 250,000원.",
        ),
    ],
)
async def test_a_letter_is_written_in_the_persons_language_and_zone(
    people: dict[UUID, identity.Addressee],
    run_jobs: RunJobs,
    mailbox: Mailbox,
    person: identity.Addressee,
    subject: str,
    body: str,
) -> None:
    people[guest := uuid4()] = person
    letter = await write(guest)
    await run_jobs(services={"coocook"})
    (delivered,) = await mailbox()
    assert (delivered.to, delivered.subject, delivered.body) == ("guest@example.com", subject, body)
    assert await state(letter) == "in_mailbox"


async def test_the_zone_of_the_facts_comes_before_the_persons() -> None:
    facts = {**FACTS, "starts_at": "2026-03-01T09:30:00Z", "zone": "UTC"}
    assert "at 09:30" in mail.write(mail._templates[("coocook", "confirmed")], facts, WANTED).body


async def test_a_line_break_in_a_fact_stays_out_of_the_header() -> None:
    facts = {**FACTS, "starts_at": "2026-03-01T09:30:00Z", "chef": "Lee\r\nBcc: all@example.com"}
    letter = mail.write(mail._templates[("coocook", "confirmed")], facts, WANTED)
    assert letter.subject == "Your evening with Lee Bcc: all@example.com"
    assert mail._message(uuid4(), WANTED, letter)["Bcc"] is None


async def test_nobody_is_written_to_when_the_person_is_unknown_or_erased(
    people: dict[UUID, identity.Addressee], run_jobs: RunJobs
) -> None:
    letter = await write(uuid4())
    await run_jobs(services={"coocook"})
    assert await state(letter) == "undeliverable"


async def test_a_letter_that_lacks_a_fact_is_refused_when_it_is_asked_for(clean: str) -> None:
    async with db.transaction("coocook") as session:
        with pytest.raises(TypeError, match="chef, starts_at"):
            await mail.queue(session, to=uuid4(), template="confirmed", price=1)
        with pytest.raises(LookupError):
            await mail.queue(session, to=uuid4(), template="unheard_of")


class Server:
    """An SMTP server of a few lines: takes every letter, unless it was told what to say instead."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.to_recipient = "250 ok"
        self.after_data = "250 ok"
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())

        say("220 trial")
        try:
            while command := (await reader.readline()).decode().strip():
                if command.upper() == "DATA":
                    say("354 go on")
                    self.letters.append((await reader.readuntil(b"\r\n.\r\n")).decode())
                    if not self.after_data:
                        return
                    say(self.after_data)
                elif command.upper() == "QUIT":
                    say("221 bye")
                    return
                else:
                    say(self.to_recipient if command.upper().startswith("RCPT") else "250 ok")
        finally:
            writer.close()


@pytest_asyncio.fixture(loop_scope="session")
async def smtp(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Server]:
    server = Server()
    async with await asyncio.start_server(server.serve, "127.0.0.1", 0) as listening:
        server.port = listening.sockets[0].getsockname()[1]
        monkeypatch.setenv("SF_SMTP_URL", f"smtp://127.0.0.1:{server.port}")
        settings.cache_clear()
        yield server
        await asyncio.sleep(0)


def message_id(letter: str) -> str:
    return next(line for line in letter.splitlines() if line.lower().startswith("message-id"))


async def test_a_letter_is_sent_once_per_row(
    people: dict[UUID, identity.Addressee], smtp: Server, run_jobs: RunJobs
) -> None:
    people[guest := uuid4()] = WANTED
    letter = await write(guest)
    await run_jobs(services={"coocook"})
    async with db.transaction("coocook") as session:
        await mail.deliver.later(session, mail_id=letter)
    await run_jobs(services={"coocook"})
    assert await state(letter) == "sent"
    assert len(smtp.letters) == 1
    assert f"<{letter}@test>" in message_id(smtp.letters[0])


async def test_a_letter_sent_again_after_a_crash_can_be_recognised(
    people: dict[UUID, identity.Addressee], smtp: Server, run_jobs: RunJobs, clock: Clock
) -> None:
    """The server took it, but its answer was lost."""
    people[guest := uuid4()] = WANTED
    letter = await write(guest)
    smtp.after_data = ""
    await run_jobs(services={"coocook"}, raise_errors=False)
    assert await state(letter) == "sending"
    smtp.after_data = "250 ok"
    await clock.advance(minutes=1)
    await run_jobs(services={"coocook"})
    assert await state(letter) == "sent"
    assert message_id(smtp.letters[0]) == message_id(smtp.letters[1])


async def test_an_address_that_is_refused_for_good_is_not_tried_again(
    people: dict[UUID, identity.Addressee], smtp: Server, run_jobs: RunJobs
) -> None:
    people[guest := uuid4()] = WANTED
    letter = await write(guest)
    smtp.to_recipient = "550 no such person"
    await run_jobs(services={"coocook"})
    assert await state(letter) == "undeliverable"


async def test_an_address_that_is_refused_for_now_is_tried_again(
    people: dict[UUID, identity.Addressee], smtp: Server, run_jobs: RunJobs, clock: Clock
) -> None:
    people[guest := uuid4()] = WANTED
    letter = await write(guest)
    smtp.to_recipient = "450 later"
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        await run_jobs(services={"coocook"})
    smtp.to_recipient = "250 ok"
    await clock.advance(minutes=1)
    await run_jobs(services={"coocook"})
    assert await state(letter) == "sent"


async def test_letters_to_an_erased_person_are_forgotten(
    people: dict[UUID, identity.Addressee], run_jobs: RunJobs
) -> None:
    people[guest := uuid4()] = WANTED
    await write(guest)
    async with db.transaction("coocook") as session:
        await mail.erase(session, person_id=guest)
        assert (await letters.listed(session, address=None, state=None, cursor=None, limit=9)).items == []
    await run_jobs(services={"coocook"})


def test_both_languages_of_every_letter_use_facts_that_exist() -> None:
    discover()
    for (service, name), text in mail._templates.items():
        facts: dict[str, Any] = dict.fromkeys(text.fields(), "x")
        for language in (text.ko, text.en):
            assert all(language), f"{service}.{name}"
            assert {
                field for _, field, _, _ in mail.string.Formatter().parse("".join(language)) if field
            } <= {
                *facts,
                "name",
            }
