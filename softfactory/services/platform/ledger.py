"""The ledger: money moves between accounts, never appears and never disappears."""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

import orjson
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel.db import uuid7
from softfactory.services.platform.models.ledger import AccountKind, LedgerAccount, LedgerEntry

SUMMED: frozenset[AccountKind] = frozenset({"provider_clearing", "platform_fee", "discrepancy"})


_ROWS = (
    "jsonb_to_recordset(cast(:rows as jsonb)) as r"
    "(account uuid, entry uuid, kind text, owner text, balance bigint, amount bigint)"
)


class Account(NamedTuple):
    kind: AccountKind
    owner: str


def clearing(provider: str) -> Account:
    """Minus what the provider holds for us."""
    return Account("provider_clearing", provider)


def escrow(order_id: UUID) -> Account:
    """Paid, and not yet earned by the seller."""
    return Account("escrow", str(order_id))


def refunding(order_id: UUID) -> Account:
    """Promised back to the payer, and not yet sent by the provider. A payout cannot take it."""
    return Account("refunding", str(order_id))


def wallet(person_id: UUID) -> Account:
    """Earned by a person."""
    return Account("wallet", str(person_id))


def discrepancy(payment_id: UUID) -> Account:
    """Money of a payment that should not be here: another amount than asked for, or captured too late."""
    return Account("discrepancy", str(payment_id))


FEE = Account("platform_fee", "softfactory")


async def post(
    session: AsyncSession, source_kind: str, source_id: UUID, entries: Mapping[Account, int]
) -> bool:
    """Write one movement, once per source. Zero amounts are left out; the rest must sum to zero.

    False when the source has been written before. Overdrawing an escrow, a promised refund or a wallet fails in the
    database, as does a sum other than zero (at commit).
    """
    moved = {account: amount for account, amount in entries.items() if amount}
    made = await session.execute(
        text(
            """
            insert into platform.ledger_transaction (id, source_kind, source_id, entries)
            values (:id, :kind, :source, :entries) on conflict (source_kind, source_id) do nothing returning id
            """
        ),
        {"id": (movement := uuid7()), "kind": source_kind, "source": source_id, "entries": len(moved)},
    )
    if made.first() is None:
        return False
    # Accounts in one order everywhere: two movements between the same accounts must not wait for one another.
    rows = orjson.dumps(
        [
            {
                "account": uuid7(),
                "entry": uuid7(),
                "kind": account.kind,
                "owner": account.owner,
                "balance": None if account.kind in SUMMED else 0,
                "amount": amount,
            }
            for account, amount in sorted(moved.items())
        ]
    ).decode()
    await session.execute(
        text(
            f"""
            insert into platform.ledger_account (id, kind, owner, balance)
            select account, kind, owner, balance from {_ROWS} order by kind, owner
            on conflict (kind, owner) do nothing
            """  # noqa: S608 - a constant
        ),
        {"rows": rows},
    )
    await session.execute(
        text(
            f"""
            insert into platform.ledger_entry (id, transaction_id, account_id, amount)
            select r.entry, :movement, a.id, r.amount
            from {_ROWS} join platform.ledger_account a on a.kind = r.kind and a.owner = r.owner
            order by a.kind, a.owner
            """  # noqa: S608 - a constant
        ),
        {"rows": rows, "movement": movement},
    )
    return True


async def balance(session: AsyncSession, account: Account) -> int:
    """The sum of an account's entries; 0 for one that never moved."""
    found = await session.scalar(
        select(func.sum(LedgerEntry.amount))
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .where(LedgerAccount.kind == account.kind, LedgerAccount.owner == account.owner)
    )
    return int(found or 0)


async def kept_balance(session: AsyncSession, account: Account) -> int:
    """The balance that the database keeps of an escrow, a promised refund or a wallet; the row is locked."""
    found = await session.scalar(
        select(LedgerAccount.balance)
        .where(LedgerAccount.kind == account.kind, LedgerAccount.owner == account.owner)
        .with_for_update()
    )
    return int(found or 0)
