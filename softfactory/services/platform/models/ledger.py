"""The double-entry ledger of all services. How it stays true is in the database: see migration 0002.

The triggers there refuse a transaction whose entries do not sum to zero, any update or delete, and an escrow, a
promise of a refund or a wallet below zero.
"""

from typing import Literal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from softfactory.services.platform.base import Base

AccountKind = Literal["provider_clearing", "escrow", "refunding", "wallet", "platform_fee", "discrepancy"]


class LedgerAccount(Base):
    """Whose money, and in which hands.

    ``provider_clearing`` (owner: the provider's name) is minus what the provider holds for us; ``escrow`` (an order's
    id) is paid and not yet earned; ``refunding`` (an order's id) is promised back and not yet sent; ``wallet`` (a
    person's id) is earned; ``platform_fee`` is ours; ``discrepancy`` (a payment's id) is money that should not be here.
    """

    __tablename__ = "ledger_account"
    __table_args__ = (
        UniqueConstraint("kind", "owner"),
        CheckConstraint(
            "kind in ('provider_clearing', 'escrow', 'refunding', 'wallet', 'platform_fee', 'discrepancy')",
            name="kind",
        ),
        CheckConstraint(
            "(kind in ('escrow', 'refunding', 'wallet')) = (balance is not null)", name="balance_kept"
        ),
        CheckConstraint("balance >= 0", name="never_negative"),
    )

    kind: Mapped[AccountKind] = mapped_column(Text)
    owner: Mapped[str]
    balance: Mapped[int | None] = mapped_column(BigInteger)
    """KRW, kept by a trigger for the kinds that cannot be negative; the others are summed, for they would be one hot
    row that every payment waits for."""


class LedgerTransaction(Base):
    """One movement of money, unique by what caused it."""

    __tablename__ = "ledger_transaction"
    __table_args__ = (
        UniqueConstraint("source_kind", "source_id"),
        CheckConstraint("entries >= 2", name="entries"),
    )

    source_kind: Mapped[str]
    source_id: Mapped[UUID]
    entries: Mapped[int]


class LedgerEntry(Base):
    """One account's part of a movement."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount"),
        Index("idx_ledger_entry_account", "account_id", "created_at"),
        Index("idx_ledger_entry_transaction", "transaction_id"),
    )

    transaction_id: Mapped[UUID] = mapped_column(ForeignKey(LedgerTransaction.id))
    account_id: Mapped[UUID] = mapped_column(ForeignKey(LedgerAccount.id))
    amount: Mapped[int] = mapped_column(BigInteger)
