"""Payments of all people, for operators: searching, the table as CSV, and the figures by day."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import ColumnElement, Select, and_, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import sheets
from softfactory.kernel.auth import Principal, RoleMissing
from softfactory.kernel.money import won
from softfactory.kernel.paging import Page, decode, encode
from softfactory.services.platform import payments, people
from softfactory.services.platform.models.accounts import Person
from softfactory.services.platform.models.payments import Order, Payment
from softfactory.services.platform.schemas.books import Day, Stats
from softfactory.services.platform.schemas.payments import Payer, PaymentView

ZONE = "Asia/Seoul"
EXPORTED = 10_000
"""How many rows a CSV has at most: the newest."""


@dataclass(frozen=True, slots=True)
class Search:
    """``q``: an id (of a payment, order, buyer or subject), an address, a name, or the provider's reference."""

    q: str | None = None
    status: str | None = None
    buyer_id: UUID | None = None
    order_id: UUID | None = None
    since: date | None = None
    until: date | None = None
    reader: Principal | None = None
    """The operator who sees who pays; None: their own payments, which name nobody."""


def _matches(q: str, reader: Principal | None) -> ColumnElement[bool]:
    try:
        wanted = UUID(q)
    except ValueError:
        pass
    else:
        return or_(
            Payment.id == wanted,
            Payment.order_id == wanted,
            Payment.buyer_id == wanted,
            Order.subject_id == wanted,
        )
    if "@" in q and reader is not None and reader.demo:  # a stranger, who finds whom they know already
        return func.lower(Person.email) == q.lower()
    if "@" in q:
        return func.strpos(func.lower(Person.email), q.lower()) > 0
    return or_(Payment.provider_reference == q, func.strpos(func.lower(Person.name), q.lower()) > 0)


def _has_status(status: str) -> ColumnElement[bool]:
    """As ``payments.status`` tells it."""
    given_back = Payment.state.in_(("captured", "returned"))
    if status == "refunded":
        return and_(given_back, Payment.refunded > 0, Payment.refunded == Payment.captured)
    if status == "partially_refunded":
        return and_(given_back, Payment.refunded > 0, Payment.refunded < Payment.captured)
    if status in ("captured", "returned"):
        return and_(Payment.state == status, Payment.refunded == 0)
    return Payment.state == status


def _found(search: Search) -> Select[Order, Payment, str, str]:
    query = (
        select(Order, Payment, Person.name, Person.email)
        .join(Order, Order.id == Payment.order_id)
        .outerjoin(Person, Person.id == Payment.buyer_id)
        .order_by(Payment.id.desc())
    )
    if search.q is not None:
        query = query.where(_matches(search.q, search.reader))
    if search.status is not None:
        query = query.where(_has_status(search.status))
    if search.buyer_id is not None:
        query = query.where(Payment.buyer_id == search.buyer_id)
    if search.order_id is not None:
        query = query.where(Payment.order_id == search.order_id)
    local_day = func.date(func.timezone(ZONE, Payment.created_at))
    if search.since is not None:
        query = query.where(local_day >= search.since)
    if search.until is not None:
        query = query.where(local_day <= search.until)
    return query


def within(search: Search, caller: Principal, *, everyone: bool) -> Search:
    """The search as this caller may make it: over everyone's payments as an operator, else over their own."""
    if not everyone:
        return replace(search, buyer_id=caller.id)
    if not caller.has("operator", "admin"):
        raise RoleMissing(roles="operator, admin")
    return replace(search, reader=caller)


async def listed(
    session: AsyncSession, search: Search, *, cursor: str | None, limit: int
) -> Page[PaymentView]:
    """The payments that match, the latest first, with who pays."""
    query = _found(search).limit(limit + 1)
    if key := decode(cursor, UUID):
        query = query.where(Payment.id < key[0])
    rows = (await session.execute(query)).all()
    items = [_view(row, search.reader) for row in rows[:limit]]
    return Page(items=items, next_cursor=encode(str(items[-1].id)) if len(rows) > limit else None)


def _view(row: Any, reader: Principal | None) -> PaymentView:
    order, payment, name, email = row
    payer = Payer(id=payment.buyer_id, name=name, email=_address(email, reader)) if reader else None
    return payments.view(order, payment).model_copy(update={"payer": payer})


def _address(email: str | None, reader: Principal | None) -> str | None:
    return people.shown_address(email, reader=reader) if email and reader else None


_HEADER = (
    *("payment", "created_at", "payer", "email", "what", "status", "amount", "captured", "refunded"),
    *("provider", "provider_reference", "failure_code", "order"),
)


async def exported(session: AsyncSession, search: Search) -> Response:
    """The payments that match as CSV; amounts in won."""
    rows = await session.execute(_found(search).limit(EXPORTED))
    return sheets.answer(
        "payments",
        _HEADER,
        (
            (
                *(payment.id, payment.created_at, name, _address(email, search.reader)),
                *(order.title_ko, payments.status(payment)),
                *(payment.amount, payment.captured, payment.refunded, payment.provider),
                *(payment.provider_reference, payment.failure_code, order.id),
            )
            for order, payment, name, email in rows
        ),
    )


async def stats(session: AsyncSession, *, days: int) -> Stats:
    """The last days in Seoul, today last; a day on which nothing happened is a row of zeros."""
    found = await session.execute(text(_BY_DAY), {"zone": ZONE, "back": days - 1})
    rows = [
        Day(
            day=row.day,
            volume=won(int(row.volume)),
            payments=row.payments,
            refunds=won(int(row.refunds)),
            refunded=row.refunded,
            failed=row.failed,
        )
        for row in found
    ]
    return Stats(
        days=rows,
        volume=won(sum(day.volume.amount for day in rows)),
        payments=sum(day.payments for day in rows),
        refunds=won(sum(day.refunds.amount for day in rows)),
        refunded=sum(day.refunded for day in rows),
        failed=sum(day.failed for day in rows),
    )


_BY_DAY = """
    with today as (select (sf_now() at time zone :zone)::date as day),
    since as (select ((day - cast(:back as int))::timestamp at time zone :zone) as at from today),
    days as (select (day - n)::date as day from today, generate_series(0, cast(:back as int)) n),
    paid as (
        select (settled_at at time zone :zone)::date as day,
               sum(captured) as volume, count(*) filter (where captured > 0) as payments,
               count(*) filter (where state = 'failed') as failed
        from platform.payment, since where settled_at >= since.at group by 1),
    back as (
        select (done_at at time zone :zone)::date as day, sum(amount) as refunds, count(*) as refunded
        from platform.refund, since where state = 'done' and done_at >= since.at group by 1)
    select days.day, coalesce(volume, 0) as volume, coalesce(payments, 0)::int as payments,
           coalesce(refunds, 0) as refunds, coalesce(refunded, 0)::int as refunded, coalesce(failed, 0)::int as failed
    from days left join paid using (day) left join back using (day)
    order by days.day
"""
