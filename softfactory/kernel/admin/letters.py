"""The mailbox: every letter that a service has written within 30 days."""

from typing import Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import errors, mail
from softfactory.kernel.admin import masks
from softfactory.kernel.db import run_sql
from softfactory.kernel.paging import Page, decode, encode
from softfactory.kernel.shapes import View
from softfactory.kernel.time import Moment

LetterState = Literal["queued", "sending", "sent", "in_mailbox", "undeliverable"]


class LetterLine(View):
    """A letter in the list. Address and subject are known once it is written, moments after it was asked for."""

    id: UUID
    template: str
    state: LetterState
    to_address: str | None
    language: str | None
    subject: str | None
    created_at: Moment
    sent_at: Moment | None
    attempts: int
    error: str | None


class LetterDetail(LetterLine):
    """A letter as it was written. ``masked``: links and codes that open an account are left out here."""

    person_id: UUID
    body: str | None
    masked: bool
    job_id: UUID | None
    job_state: str | None


class LetterOnItsWay(errors.Conflict):
    """A letter was to be sent again that is still being sent."""

    en = "This email is still on its way. Wait for it, or run its job again."
    ko = "아직 보내는 중인 메일입니다. 잠시 기다리거나 발송 작업을 다시 실행해 주세요."


class LetterUsedUp(errors.Conflict):
    """A letter was to be sent again whose link or code was forgotten when it left."""

    en = "This email held a link or code that works once. It cannot be sent again; the person can request a new one."
    ko = "한 번만 쓸 수 있는 링크나 코드가 담긴 메일이라 다시 보낼 수 없습니다. 받는 분이 새로 요청해야 합니다."


_LINE = """m.id, m.template, m.state, m.to_address, m.language, m.subject, m.created_at, m.sent_at,
    coalesce(j.attempts, d.attempts, 0) as attempts, coalesce(j.error, d.error) as error"""
_DETAIL = _LINE + ", m.person_id, m.body, m.job_id, coalesce(j.state, d.state) as job_state"
_WORK = """left join {s}.job j on j.id = m.job_id
    left join lateral (select state, attempts, error from {s}.job_done d where d.id = m.job_id limit 1) d on true"""


async def listed(
    session: AsyncSession, *, address: str | None, state: str | None, cursor: str | None, limit: int
) -> Page[LetterLine]:
    """Letters whose address contains the text, the latest first."""
    key = decode(cursor, UUID)
    where = ["true"]
    values = {"state": state, "address": address, "before": key[0] if key else None}
    if state is not None:
        where.append("state = :state")
    if address is not None:
        where.append("strpos(lower(to_address), lower(:address)) > 0")
    if key is not None:
        where.append("id < :before")
    found = await run_sql(
        session,
        f"""
        select {_LINE} from (
            select * from {{s}}.mail where {" and ".join(where)} order by id desc limit :limit) m
        {_WORK} order by m.id desc
        """,  # noqa: S608 - constants of this module
        limit=limit + 1,
        **{name: value for name, value in values.items() if value is not None},
    )
    rows = [LetterLine(**{**row, "subject": masks.letter(row["subject"])}) for row in found.mappings()]
    return Page(items=rows[:limit], next_cursor=encode(rows[limit - 1].id) if len(rows) > limit else None)


async def read(session: AsyncSession, letter_id: UUID) -> LetterDetail:
    """One letter with its text."""
    found = await run_sql(
        session,
        f"select {_DETAIL} from {{s}}.mail m {_WORK} where m.id = :id",  # noqa: S608 - constants of this module
        id=letter_id,
    )
    row = found.mappings().first()
    if row is None:
        raise errors.NotFound
    shown = {name: masks.letter(row[name]) for name in ("subject", "body")}
    return LetterDetail(**{**row, **shown}, masked=any(shown[name] != row[name] for name in shown))


async def resend(session: AsyncSession, letter_id: UUID) -> LetterDetail:
    """Write and send a letter anew, to the address that the person has now."""
    found = await run_sql(
        session, "select state, job_id from {s}.mail where id = :id for update", id=letter_id
    )
    row = found.mappings().first()
    if row is None:
        raise errors.NotFound
    working = await run_sql(
        session, "select 1 from {s}.job where id = :id and state <> 'dead'", id=row["job_id"]
    )
    if row["state"] not in mail.DELIVERED and working.first() is not None:
        raise LetterOnItsWay
    if not await mail.again(session, letter_id):
        raise LetterUsedUp
    return await read(session, letter_id)
