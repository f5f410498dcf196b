"""Events on their way: what a service has said and not yet delivered, and what it has been told."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import errors, wake
from softfactory.kernel.admin import masks
from softfactory.kernel.db import run_sql
from softfactory.kernel.paging import Page, decode, encode
from softfactory.kernel.shapes import View
from softfactory.kernel.time import Moment


class Lane(View):
    """From this service to one that listens. ``failures`` in a row, the last of them ``error``; next try ``due_at``."""

    target: str
    waiting: int
    oldest_at: Moment | None
    failures: int
    error: str | None
    due_at: Moment | None


class EventLine(View):
    """An event said to one listening service. Attempts and the last error are its lane's: events go in order."""

    id: UUID
    target: str
    name: str
    payload: Any
    created_at: Moment
    delivered_at: Moment | None
    attempts: int
    error: str | None
    due_at: Moment | None


class HeardLine(View):
    """An event that this service was told, and the work that it became (none for what came before it was kept)."""

    event_id: UUID
    listener: str
    received_at: Moment
    job_id: UUID | None
    job_state: str | None


class Lanes(View):
    items: list[Lane]


async def lanes(session: AsyncSession) -> Lanes:
    """Every lane that has failed or in which something waits."""
    found = await run_sql(
        session,
        """
        select target, coalesce(w.waiting, 0) as waiting, w.oldest_at, coalesce(r.failures, 0) as failures,
               r.error, r.due_at
        from (select target, count(*) as waiting, min(created_at) as oldest_at from {s}.outbox
              where delivered_at is null group by target) w
        full join (select * from {s}.relay where failures > 0) r using (target)
        order by w.oldest_at nulls last, target
        """,
    )
    return Lanes(items=[Lane(**row) for row in found.mappings()])


async def listed(
    session: AsyncSession,
    *,
    state: Literal["waiting", "delivered"],
    name: str | None,
    cursor: str | None,
    limit: int,
) -> Page[EventLine]:
    """What was said: waiting events oldest first, delivered ones (kept 14 days) newest first."""
    key = decode(cursor, _moment, UUID, str)
    waits = state == "waiting"
    column, sign, order = ("created_at", ">", "asc") if waits else ("delivered_at", "<", "desc")
    where = ["delivered_at is null" if waits else "delivered_at is not null"]
    values: dict[str, Any] = {"limit": limit + 1}
    if name is not None:
        where.append("strpos(name, :name) > 0")
        values["name"] = name
    if key is not None:
        where.append(
            f"({column}, id, target) {sign} (cast(cast(:at as text) as timestamptz), cast(:id as uuid), :target)"
        )
        values.update(at=key[0], id=key[1], target=key[2])
    found = await run_sql(
        session,
        f"""
        select o.id, o.target, o.name, o.payload, o.created_at, o.delivered_at,
               case when o.delivered_at is null then coalesce(r.failures, 0) else 1 end as attempts,
               case when o.delivered_at is null then r.error end as error,
               case when o.delivered_at is null then r.due_at end as due_at
        from (select * from {{s}}.outbox where {" and ".join(where)}
              order by {column} {order}, id {order}, target {order} limit :limit) o
        left join {{s}}.relay r on r.target = o.target
        order by o.{column} {order}, o.id {order}, o.target {order}
        """,  # noqa: S608 - constants of this module
        **values,
    )
    rows = [dict(row) for row in found.mappings()]
    items = [EventLine(**{**row, "payload": masks.payload(row["payload"])}) for row in rows[:limit]]
    last = rows[limit - 1] if len(rows) > limit else None
    next_cursor = encode(last[column].isoformat(), last["id"], last["target"]) if last else None
    return Page(items=items, next_cursor=next_cursor)


def _moment(text: Any) -> str:
    """A cursor's time, as PostgreSQL reads it to the microsecond."""
    return datetime.fromisoformat(text).isoformat()


async def heard(session: AsyncSession, *, cursor: str | None, limit: int) -> Page[HeardLine]:
    """What this service was told within 30 days, the latest first."""
    key = decode(cursor, _moment, UUID, str)
    after = (
        "where (received_at, event_id, listener)"
        " < (cast(cast(:at as text) as timestamptz), cast(:id as uuid), :listener)"
        if key
        else ""
    )
    values = dict(zip(("at", "id", "listener"), key, strict=True)) if key else {}
    found = await run_sql(
        session,
        f"""
        select i.event_id, i.listener, i.received_at, i.job_id, coalesce(j.state, d.state) as job_state
        from (select * from {{s}}.inbox {after}
              order by received_at desc, event_id desc, listener desc limit :limit) i
        left join {{s}}.job j on j.id = i.job_id
        left join lateral (select state from {{s}}.job_done d where d.id = i.job_id limit 1) d on true
        order by i.received_at desc, i.event_id desc, i.listener desc
        """,  # noqa: S608 - constants of this module
        limit=limit + 1,
        **values,
    )
    rows = [dict(row) for row in found.mappings()]
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(
        items=[HeardLine(**row) for row in rows[:limit]],
        next_cursor=encode(last["received_at"].isoformat(), last["event_id"], last["listener"])
        if last
        else None,
    )


async def redeliver(session: AsyncSession, event_id: UUID, *, target: str) -> EventLine:
    """Hand an event over again, now. What the listener has seen of it before, its inbox leaves out."""
    found = await run_sql(
        session,
        """
        update {s}.outbox set delivered_at = null where id = :id and target = :target
        returning id, target, name, payload, created_at, delivered_at
        """,
        id=event_id,
        target=target,
    )
    row = found.mappings().first()
    if row is None:
        raise errors.NotFound
    await run_sql(session, "update {s}.relay set due_at = null where target = :target", target=target)
    wake.after(session)
    shown = {**row, "payload": masks.payload(row["payload"])}
    return EventLine(**shown, attempts=0, error=None, due_at=None)
