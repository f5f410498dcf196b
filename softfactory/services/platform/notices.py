"""Notices: what was told to a person, in an order that a cursor can trust.

A notice's number is taken under the lock of its person's count, in the transaction that writes it. So a number becomes
visible only after all smaller ones, there are no gaps, and "everything after 41" is a question with one answer,
however transactions overlap. A row's id, made before its commit, could not promise that.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import paging, realtime
from softfactory.kernel.auth import Principal
from softfactory.kernel.db import uuid7
from softfactory.kernel.events import on
from softfactory.kernel.jobs import job
from softfactory.kernel.outside import Steps
from softfactory.services.platform.models.accounts import RoleGrant
from softfactory.services.platform.models.notices import Notice, NoticeCount
from softfactory.services.platform.schemas.live import NoticesView, NoticeView

KEPT_DAYS = 7
RESUMED = 500
"""A cursor further back than this many notices is answered by ``reset``: reading everything anew is quicker."""
COUNTED = 100
CHUNK = 5_000

_ADD = text(
    """
    with numbered as (
        insert into platform.notice_count as c (id, last)
        select p.id, 1 from platform.person p
        where p.id = any(cast(:people as uuid[])) and p.status <> 'erased' order by p.id
        on conflict (id) do update set last = c.last + 1
        returning c.id, c.last
    )
    insert into platform.notice (id, person_id, number, kind, subject_id, says)
    select told.id, told.person_id, numbered.last, :kind, :subject_id, told.says
    from unnest(cast(:ids as uuid[]), cast(:people as uuid[]), cast(:says as text[])) told(id, person_id, says)
    join numbered on numbered.id = told.person_id
    returning person_id
    """
)


@on(realtime.PeopleTold, priority=-10)
async def take(session: AsyncSession, told: realtime.PeopleTold) -> None:
    """Number a notice for each of its people. Before other jobs: someone is looking at a screen."""
    to = {telling.person_id: telling.says for telling in told.to}
    if told.role is not None:
        held = await session.scalars(select(RoleGrant.person_id).where(RoleGrant.role == told.role))
        to.update(dict.fromkeys(held, told.says))
    if not to:
        return
    # Counts are locked in the order of ids, so that two notices to the same people never wait in a circle.
    people = sorted(to)
    added = await session.scalars(
        _ADD,
        {
            "people": people,
            "ids": [uuid7() for _ in people],
            "says": [to[person_id] for person_id in people],
            "kind": told.kind,
            "subject_id": told.subject_id,
        },
    )
    realtime.wake_streams(session, added.all())


@dataclass(frozen=True, slots=True)
class Resumed:
    """Where a stream begins. ``reset``: what was missed is not known in full, so everything is to be read anew."""

    last: int
    missed: list[NoticeView]
    reset: bool = False


async def after(session: AsyncSession, person_id: UUID, cursor: int | None) -> Resumed:
    """What a person was told after a cursor; without one, where they are now."""
    last = await session.scalar(select(NoticeCount.last).where(NoticeCount.id == person_id)) or 0
    if cursor is None:
        return Resumed(last, [])
    rows = await session.scalars(
        select(Notice)
        .where(Notice.person_id == person_id, Notice.number > cursor, Notice.number <= last)
        .order_by(Notice.number)
        .limit(RESUMED)
    )
    missed = [NoticeView.model_validate(row) for row in rows]
    # Numbers have no gaps, so fewer than the difference means that some were deleted, or are too many. A cursor from
    # the future is another database's: a backup was restored.
    whole = len(missed) == last - cursor
    return Resumed(last, missed) if whole else Resumed(last, [], reset=True)


async def listed(
    session: AsyncSession, principal: Principal, *, cursor: str | None, limit: int
) -> NoticesView:
    """What the bell shows: the sentences, the newest first, and how many of them are unread."""
    query = (
        select(Notice)
        .where(Notice.person_id == principal.id, Notice.says.is_not(None))
        .order_by(Notice.number.desc())
        .limit(limit + 1)
    )
    if before := paging.decode(cursor, _number):
        query = query.where(Notice.number < before[0])
    rows = list(await session.scalars(query))
    count = await session.get(NoticeCount, principal.id)
    read_to = count.read_to if count else 0
    unread = (
        select(Notice.id)
        .where(Notice.person_id == principal.id, Notice.says.is_not(None), Notice.number > read_to)
        .limit(COUNTED)
    )
    return NoticesView(
        items=[NoticeView.model_validate(row) for row in rows[:limit]],
        next_cursor=paging.encode(rows[limit - 1].number) if len(rows) > limit else None,
        unread=await session.scalar(select(func.count()).select_from(unread.subquery())) or 0,
        read_to=read_to,
        last=count.last if count else 0,
    )


def _number(part: Any) -> int:
    number = int(part)
    if not 0 <= number < 2**63:
        raise ValueError(part)
    return number


async def read(session: AsyncSession, principal: Principal, *, up_to: int) -> None:
    """Mark everything up to a number as read, and tell the person's other windows. It never goes back."""
    moved = await session.execute(
        update(NoticeCount)
        .where(NoticeCount.id == principal.id, NoticeCount.read_to < func.least(up_to, NoticeCount.last))
        .values(read_to=func.least(up_to, NoticeCount.last))
        .returning(NoticeCount.id)
    )
    if moved.first() is not None:
        await realtime.tell(session, [principal.id], kind="platform.notices")


@job(every="1h", timeout=900)
async def forget(steps: Steps) -> None:
    """Delete notices after seven days, a chunk at a time. Who resumes from before is told ``reset``."""
    old = (
        select(Notice.id)
        .where(Notice.created_at < text(f"sf_now() - interval '{KEPT_DAYS} days'"))
        .limit(CHUNK)
    )
    gone = CHUNK
    while gone == CHUNK:
        async with steps.transaction() as session:
            gone = len(
                (await session.scalars(delete(Notice).where(Notice.id.in_(old)).returning(Notice.id))).all()
            )
