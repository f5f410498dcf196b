"""Reading the ledger: accounts, what moved in them, one movement whole, the proof that all sums to zero; wallets."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx
from fastapi import Response
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import errors, sheets
from softfactory.kernel.language import language
from softfactory.kernel.money import won
from softfactory.kernel.outside import Steps
from softfactory.kernel.paging import Page, decode, encode
from softfactory.services.platform import ledger, providers
from softfactory.services.platform.models.payments import Payment
from softfactory.services.platform.schemas.books import (
    AccountLine,
    AccountView,
    EntryView,
    KindTotal,
    MovementView,
    PaymentBooks,
    Proof,
    ProviderWord,
    Wallet,
    WalletLine,
)
from softfactory.services.platform.schemas.payments import Title

EXPORTED = 10_000
NAMED = 20
"""How many culprits a proof names."""

# Whose wallet it is, or what the order or the payment was for.
_OWNER = """
    case when a.kind = 'wallet' then (select name from platform.person where id = a.owner::uuid)
         when a.kind in ('escrow', 'refunding') then
             (select case when :language = 'en' then title_en else title_ko end
              from platform.payment_order where id = a.owner::uuid) end
"""
_BALANCE = """
    coalesce(a.balance, (select sum(e.amount) from platform.ledger_entry e where e.account_id = a.id), 0)::bigint
"""
_PAYMENT = """
    coalesce(
        (select r.payment_id from platform.refund r where r.id = t.source_id),
        (select p.id from platform.payment p where p.id = t.source_id),
        (select p.id from platform.payout o join platform.payment p on p.order_id = o.order_id
         where o.id = t.source_id and p.state not in ('failed', 'returned') limit 1))
"""


async def accounts(
    session: AsyncSession, *, kind: str | None, q: str | None, cursor: str | None, limit: int
) -> Page[AccountView]:
    """Accounts, the youngest first. ``q``: the owner's id or a part of its name."""
    key = decode(cursor, UUID)
    where = ["true"]
    if kind is not None:
        where.append("kind = :kind")
    if q is not None:
        where.append("(owner = :q or strpos(lower(owner_name), lower(:q)) > 0)")
    if key is not None:
        where.append("id < :before")
    values: dict[str, Any] = {"kind": kind, "q": q, "before": key[0] if key else None}
    found = await session.execute(
        text(
            f"""
            select id, kind, owner, owner_name, created_at, {_BALANCE.replace("a.", "named.")} as balance
            from (select a.*, {_OWNER} as owner_name from platform.ledger_account a) named
            where {" and ".join(where)} order by id desc limit :limit
            """  # noqa: S608 - constants of this module
        ),
        {
            "limit": limit + 1,
            "language": language.get(),
            **{name: value for name, value in values.items() if value is not None},
        },
    )
    items = [_account(row) for row in found.mappings()]
    return Page(items=items[:limit], next_cursor=encode(items[limit - 1].id) if len(items) > limit else None)


def _account(row: Any) -> AccountView:
    return AccountView(**{**row, "balance": won(int(row["balance"]))})


async def account(session: AsyncSession, account_id: UUID) -> AccountView:
    found = await session.execute(
        text(
            f"""
            select a.id, a.kind, a.owner, a.created_at, {_OWNER} as owner_name, {_BALANCE} as balance
            from platform.ledger_account a where a.id = :id
            """  # noqa: S608 - constants of this module
        ),
        {"id": account_id, "language": language.get()},
    )
    row = found.mappings().first()
    if row is None:
        raise errors.NotFound
    return _account(row)


def _moment(told: Any) -> datetime:
    return datetime.fromisoformat(told)


_LINES = """
    with newer as (
        select coalesce(sum(amount), 0) as moved from platform.ledger_entry
        where account_id = :account and cast(:at as timestamptz) is not null
          and (created_at, id) >= (cast(:at as timestamptz), cast(:id as uuid))),
    total as (
        select coalesce(sum(amount), 0) as balance from platform.ledger_entry where account_id = :account),
    page as (
        select * from platform.ledger_entry
        where account_id = :account and (cast(:at as timestamptz) is null
              or (created_at, id) < (cast(:at as timestamptz), cast(:id as uuid)))
        order by created_at desc, id desc limit :limit)
    select p.id, p.transaction_id, p.created_at, p.amount, t.source_kind, t.source_id,
           (total.balance - newer.moved
            - sum(p.amount) over (order by p.created_at desc, p.id desc) + p.amount)::bigint as balance_after
    from page p join platform.ledger_transaction t on t.id = p.transaction_id, newer, total
    order by p.created_at desc, p.id desc
"""
"""An account's movements, the latest first; what was in it after each is counted back from its balance."""


async def _lines(
    session: AsyncSession, account_id: UUID, *, cursor: str | None, limit: int
) -> tuple[list[Any], str | None]:
    key = decode(cursor, _moment, UUID)
    found = await session.execute(
        text(_LINES),
        {
            "account": account_id,
            "at": key[0] if key else None,
            "id": key[1] if key else None,
            "limit": limit + 1,
        },
    )
    rows = list(found)
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]
    return rows[:limit], encode(last.created_at.isoformat(), last.id)


async def lines(
    session: AsyncSession, account_id: UUID, *, cursor: str | None, limit: int
) -> Page[AccountLine]:
    """One account's movements, the latest first."""
    await account(session, account_id)
    rows, next_cursor = await _lines(session, account_id, cursor=cursor, limit=limit)
    return Page(items=[_line(row) for row in rows], next_cursor=next_cursor)


def _line(row: Any) -> AccountLine:
    return AccountLine(
        id=row.id,
        movement_id=row.transaction_id,
        at=row.created_at,
        source_kind=row.source_kind,
        source_id=row.source_id,
        amount=won(row.amount),
        balance_after=won(row.balance_after),
    )


async def exported(session: AsyncSession, account_id: UUID) -> Response:
    """One account's newest movements as CSV; amounts in won."""
    await account(session, account_id)
    rows, _ = await _lines(session, account_id, cursor=None, limit=EXPORTED)
    header = ("at", "source", "source_id", "amount", "balance_after", "movement")
    return sheets.answer(
        "ledger-account",
        header,
        (
            (r.created_at, r.source_kind, r.source_id, r.amount, r.balance_after, r.transaction_id)
            for r in rows
        ),
    )


async def movement(session: AsyncSession, movement_id: UUID) -> MovementView:
    """One movement with all of its entries."""
    found = await _movements(session, "t.id = :id", {"id": movement_id})
    if not found:
        raise errors.NotFound
    return found[0]


async def _movements(session: AsyncSession, where: str, values: dict[str, Any]) -> list[MovementView]:
    found = await session.execute(
        text(
            f"""
            select t.id, t.created_at, t.source_kind, t.source_id, {_PAYMENT} as payment_id,
                   e.amount, a.id as account_id, a.kind, a.owner, {_OWNER} as owner_name
            from platform.ledger_transaction t
            join platform.ledger_entry e on e.transaction_id = t.id
            join platform.ledger_account a on a.id = e.account_id
            where {where} order by t.created_at, t.id, e.amount, a.kind
            """  # noqa: S608 - constants of this module
        ),
        {**values, "language": language.get()},
    )
    return _grouped(found)


def _grouped(rows: Iterable[Any]) -> list[MovementView]:
    made: dict[UUID, MovementView] = {}
    for row in rows:
        movement = made.setdefault(
            row.id,
            MovementView(
                id=row.id,
                at=row.created_at,
                source_kind=row.source_kind,
                source_id=row.source_id,
                payment_id=row.payment_id,
                entries=[],
            ),
        )
        movement.entries.append(
            EntryView(
                account_id=row.account_id,
                kind=row.kind,
                owner=row.owner,
                owner_name=row.owner_name,
                amount=won(row.amount),
            )
        )
    return list(made.values())


_OF_PAYMENT = """t.source_id = :payment
    or t.source_id in (select id from platform.refund where payment_id = :payment)
    or t.source_id in (select o.id from platform.payout o join platform.payment p on p.order_id = o.order_id
                       where p.id = :payment and p.state not in ('failed', 'returned'))"""


async def of_payment(steps: Steps, payment_id: UUID) -> PaymentBooks:
    """A payment as its provider tells it now, and as the ledger does."""
    async with steps.transaction() as session:
        payment = await session.get(Payment, payment_id)
        if payment is None:
            raise errors.NotFound
        moved = await _movements(session, _OF_PAYMENT, {"payment": payment_id})
    return PaymentBooks(provider=await _word(payment), movements=moved)


async def _word(payment: Payment) -> ProviderWord:
    try:
        charge = await providers.named(payment.provider).find(payment.id)
    except (httpx.HTTPError, TimeoutError, errors.Problem):
        return ProviderWord(
            answered=False, state=None, amount=None, cancelled=None, code=None, reference=None
        )
    if charge is None:
        return ProviderWord(answered=True, state=None, amount=None, cancelled=None, code=None, reference=None)
    return ProviderWord(
        answered=True,
        state=charge.state,
        amount=won(charge.amount),
        cancelled=won(charge.cancelled),
        code=charge.code,
        reference=charge.reference,
    )


async def proof(session: AsyncSession) -> Proof:
    """Add everything up: all entries, each movement, each balance that is kept beside its entries."""
    totals = await session.execute(
        text(
            f"""
            select a.kind, count(*) as accounts, sum({_BALANCE}) as balance
            from platform.ledger_account a group by a.kind order by a.kind
            """  # noqa: S608 - constants of this module
        )
    )
    by_kind = [
        KindTotal(kind=row.kind, accounts=row.accounts, balance=won(int(row.balance))) for row in totals
    ]
    counted = (
        await session.execute(
            text(
                """
                select count(*) as entries, coalesce(sum(amount), 0)::bigint as total,
                       (select count(*) from platform.ledger_transaction) as movements
                from platform.ledger_entry
                """
            )
        )
    ).one()
    unbalanced = await session.scalars(text(_UNBALANCED), {"limit": NAMED})
    drifted = await session.scalars(text(_DRIFTED), {"limit": NAMED})
    culprits = list(unbalanced), list(drifted)
    return Proof(
        ok=counted.total == 0 and not any(culprits),
        movements=counted.movements,
        entries=counted.entries,
        sum=won(counted.total),
        unbalanced=culprits[0],
        drifted=culprits[1],
        by_kind=by_kind,
    )


_UNBALANCED = """
    select t.id from platform.ledger_transaction t left join platform.ledger_entry e on e.transaction_id = t.id
    group by t.id, t.entries having coalesce(sum(e.amount), 1) <> 0 or count(e.id) <> t.entries limit :limit
"""
_DRIFTED = """
    select a.id from platform.ledger_account a left join platform.ledger_entry e on e.account_id = a.id
    where a.balance is not null
    group by a.id having a.balance <> coalesce(sum(e.amount), 0) limit :limit
"""


async def wallet(session: AsyncSession, person_id: UUID, *, cursor: str | None, limit: int) -> Wallet:
    """What a person has earned, and each movement with what it was for."""
    found = await session.execute(
        text("select id, balance from platform.ledger_account where kind = 'wallet' and owner = :owner"),
        {"owner": ledger.wallet(person_id).owner},
    )
    account = found.first()
    if account is None:
        decode(cursor, _moment, UUID)
        return Wallet(balance=won(0), items=[], next_cursor=None)
    rows, next_cursor = await _lines(session, account.id, cursor=cursor, limit=limit)
    told = await session.execute(
        text(
            """
            select o.id as payout_id, o.gross, o.fee, p.title_ko, p.title_en, p.subject_kind, p.subject_id
            from platform.payout o join platform.payment_order p on p.id = o.order_id where o.id = any(:ids)
            """
        ),
        {"ids": [row.source_id for row in rows]},
    )
    payouts = {row.payout_id: row for row in told}
    return Wallet(
        balance=won(account.balance),
        items=[_wallet_line(row, payouts.get(row.source_id)) for row in rows],
        next_cursor=next_cursor,
    )


def _wallet_line(row: Any, payout: Any) -> WalletLine:
    return WalletLine(
        id=row.id,
        at=row.created_at,
        kind=row.source_kind,
        amount=won(row.amount),
        balance_after=won(row.balance_after),
        title=Title(ko=payout.title_ko, en=payout.title_en) if payout else None,
        subject_kind=payout.subject_kind if payout else None,
        subject_id=payout.subject_id if payout else None,
        gross=won(payout.gross) if payout else None,
        fee=won(payout.fee) if payout else None,
    )
