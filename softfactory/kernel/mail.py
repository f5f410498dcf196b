"""Letters to people: asked for by a row in the caller's transaction, written in the person's language, sent by a job.

    mail.templates(__name__, {"booking_confirmed": MailText(ko=Letter("…", "…"), en=Letter("…", "…"))})

    await mail.queue(session, to=booking.guest_id, template="booking_confirmed", starts_at=booking.starts_at)

In a text, ``{name}`` is the addressee's name; a fact may say how it is written: ``{price:won}``, and for instants
``{starts_at:when}``, ``{starts_at:date}``, ``{starts_at:time}`` in the fact ``zone``, else in the person's own zone.
Facts are ids, amounts and times rather than personal data: a row stays for 30 days. Without ``SF_SMTP_URL`` letters
stay in the table, where the admin page shows them.
"""

import asyncio
import re
import smtplib
import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from pydantic_core import to_jsonable_python
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import config, crypto, db, errors, identity, language
from softfactory.kernel.db import run_sql
from softfactory.kernel.jobs import job
from softfactory.kernel.outside import Steps

SMTP_SECONDS = 15
_SEALED = "sealed"
DELIVERED = ("sent", "in_mailbox", "undeliverable")


class Letter(NamedTuple):
    subject: str
    body: str


class Sealed(str):
    """A fact that opens something: a link that sets a password.

    It is encrypted until the letter has left, and what is kept of a letter that was sent shows dots in its place.
    """


@dataclass(frozen=True, slots=True)
class MailText:
    """A letter in both languages. ``opens``: whoever has it gets in somewhere, so that it needs a ``Sealed`` fact."""

    ko: Letter | tuple[str, str]
    en: Letter | tuple[str, str]
    opens: bool = False

    def fields(self) -> set[str]:
        """The names of all facts that the texts mention."""
        texts = (*self.ko, *self.en)
        return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


_templates: dict[tuple[str, str], MailText] = {}


def templates(module: str, texts: Mapping[str, MailText]) -> None:
    """Register a service's letters; ``module`` is the ``__name__`` of the module that says them."""
    service = module.removeprefix("softfactory.services.").partition(".")[0]
    for name, text in texts.items():
        _templates[(service, name)] = text


def opens(service: str, template: str) -> bool:
    """Whether letters of a kind open something for whoever reads them."""
    text = _templates.get((service, template))
    return text is not None and text.opens


async def queue(session: AsyncSession, *, to: UUID, template: str, **facts: Any) -> UUID:
    """Write to a person once the session's transaction is committed. Returns the letter's id."""
    service: str = session.info["service"]
    text = _templates.get((service, template))
    if text is None:
        raise LookupError(f"{service} has no letter called {template}")
    if missing := text.fields() - facts.keys() - {"name"}:
        raise TypeError(f"letter {template} needs {', '.join(sorted(missing))}")
    sealed = {name: str(fact) for name, fact in facts.items() if isinstance(fact, Sealed)}
    if text.opens and not sealed:
        raise TypeError(f"letter {template} opens something: seal the fact that does")
    if sealed:
        facts = {name: fact for name, fact in facts.items() if name not in sealed}
        facts[_SEALED] = crypto.seal(orjson.dumps(sealed)).decode()
    letter_id = db.uuid7()
    await run_sql(
        session,
        """
        insert into {s}.mail (id, person_id, template, facts)
        values (:id, :person_id, :letter, cast(:facts as jsonb))
        """,
        id=letter_id,
        person_id=to,
        letter=template,
        facts=orjson.dumps(to_jsonable_python(facts)).decode(),
    )
    await _ask(session, letter_id)
    return letter_id


async def again(session: AsyncSession, letter_id: UUID) -> bool:
    """Write and send a letter anew, whatever became of it before. False when it lacks a fact by now, or its text."""
    found = await run_sql(
        session,
        "update {s}.mail set state = 'queued' where id = :id returning template, facts",
        id=letter_id,
    )
    row = found.one()
    text = _templates.get((session.info["service"], row.template))
    if text is None or text.fields() - row.facts.keys() - {"name"}:
        return False
    await _ask(session, letter_id)
    return True


async def _ask(session: AsyncSession, letter_id: UUID) -> None:
    job_id = await deliver.later(session, mail_id=letter_id)
    await run_sql(session, "update {s}.mail set job_id = :job where id = :id", job=job_id, id=letter_id)


@job(retries=12)
async def deliver(steps: Steps, *, mail_id: UUID) -> str:
    """Send one letter. A crash between sending and noting it sends it again, with the same Message-ID."""
    async with steps.transaction() as session:
        found = await run_sql(
            session, "select person_id, template, facts, state from {s}.mail where id = :id", id=mail_id
        )
        row = found.mappings().first()
    if row is None:
        return "undeliverable"  # its days of keeping are over
    if row["state"] in DELIVERED:
        return str(row["state"])
    try:
        person = await identity.addressee(identity.AddresseeRequest(person_id=row["person_id"]))
    except errors.NotFound:
        return await _note(steps, mail_id, "undeliverable")
    template, facts = _templates[(steps.service, row["template"])], dict(row["facts"])
    secrets: dict[str, str] = {}
    if box := facts.pop(_SEALED, None):
        secrets = orjson.loads(crypto.unseal(box.encode()))
    letter = write(template, facts | secrets, person)
    smtp = config.settings().smtp_url
    state = "sending" if smtp else "in_mailbox"
    kept = write(template, facts | dict.fromkeys(secrets, "…"), person) if smtp else letter
    await _note(steps, mail_id, state, to=person.email, language=person.language, letter=kept)
    if not smtp:
        return state
    try:
        await asyncio.to_thread(_send, smtp, _message(mail_id, person, letter))
    except smtplib.SMTPRecipientsRefused as refused:
        if all(500 <= code < 600 for code, _ in refused.recipients.values()):
            return await _note(steps, mail_id, "undeliverable")
        raise
    return await _note(steps, mail_id, "sent")


async def _note(
    steps: Steps,
    mail_id: UUID,
    state: str,
    *,
    to: str | None = None,
    language: str | None = None,
    letter: Letter | None = None,
) -> str:
    async with steps.transaction() as session:
        await run_sql(
            session,
            """
            update {s}.mail set state = cast(:state as text), to_address = coalesce(:to, to_address),
                language = coalesce(:language, language), subject = coalesce(:subject, subject),
                body = coalesce(:body, body),
                facts = case when cast(:state as text) = 'sending' then facts else facts - 'sealed' end,
                sent_at = case when cast(:state as text) in ('sent', 'in_mailbox') then sf_now() else sent_at end
            where id = :id
            """,
            id=mail_id,
            state=state,
            to=to,
            language=language,
            subject=letter.subject if letter else None,
            body=letter.body if letter else None,
        )
    return state


def write(text: MailText, facts: Mapping[str, Any], person: identity.Addressee) -> Letter:
    """The letter as the person will read it."""
    subject, body = text.ko if person.language == "ko" else text.en
    words = _Words(person.language, str(facts.get("zone") or person.zone))
    known = {"name": person.name, **facts}
    # A line break in a fact must not become a header of its own.
    return Letter(
        re.sub(r"\s+", " ", words.vformat(subject, (), known)).strip(), words.vformat(body, (), known)
    )


class _Words(string.Formatter):
    """Writes amounts and times as the language does."""

    def __init__(self, language: str, zone: str) -> None:
        self._ko, self._zone = language == "ko", ZoneInfo(zone)

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "won":
            amount = value["amount"] if isinstance(value, Mapping) else value
            return f"{amount:,}원" if self._ko else f"KRW {amount:,}"
        if format_spec in ("when", "date", "time"):
            return self._moment(datetime.fromisoformat(value).astimezone(self._zone), format_spec)
        return str(super().format_field(value, format_spec))

    def _moment(self, local: datetime, part: str) -> str:
        date = language.day(local, "ko" if self._ko else "en")
        joint = " " if self._ko else " at "
        return {"date": date, "time": f"{local:%H:%M}", "when": f"{date}{joint}{local:%H:%M}"}[part]


def _message(mail_id: UUID, person: identity.Addressee, letter: Letter) -> EmailMessage:
    settings = config.settings()
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = person.email
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{mail_id}@{urlsplit(settings.public_url).hostname or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = person.language
    message.set_content(letter.body)
    return message


def _send(url: str, message: EmailMessage) -> None:
    """Send by ``smtp://user:password@host:port?starttls=1`` or ``smtps://…``."""
    parts = urlsplit(url)
    host = parts.hostname or "localhost"
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=SMTP_SECONDS)
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=SMTP_SECONDS)
    with server:
        if parts.scheme != "smtps" and parse_qs(parts.query).get("starttls") == ["1"]:
            server.starttls()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)


async def erase(session: AsyncSession, *, person_id: UUID) -> None:
    """Forget every letter to a person."""
    await run_sql(session, "delete from {s}.mail where person_id = :id", id=person_id)
