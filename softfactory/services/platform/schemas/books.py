"""The shapes of what operators read about money: statistics, ledger, one payment's books; and of a wallet."""

from datetime import date
from typing import Literal
from uuid import UUID

from softfactory.kernel.money import Money
from softfactory.kernel.shapes import View
from softfactory.kernel.time import Moment
from softfactory.services.platform.models.ledger import AccountKind
from softfactory.services.platform.schemas.payments import Title


class EntryView(View):
    """One account's part of a movement. ``owner_name``: whose wallet, or what the order was for."""

    account_id: UUID
    kind: AccountKind
    owner: str
    owner_name: str | None
    amount: Money


class MovementView(View):
    """One movement of money; its entries sum to zero. ``payment_id``: the payment that it belongs to."""

    id: UUID
    at: Moment
    source_kind: str
    source_id: UUID
    payment_id: UUID | None
    entries: list[EntryView]


class ProviderWord(View):
    """What the provider says of a payment now. ``answered``: false when it did not answer; the rest is null then."""

    answered: bool
    state: Literal["pending", "captured", "failed"] | None
    amount: Money | None
    cancelled: Money | None
    code: str | None
    reference: str | None


class PaymentBooks(View):
    """A payment as the provider and as the ledger tell it."""

    provider: ProviderWord
    movements: list[MovementView]


class AccountView(View):
    id: UUID
    kind: AccountKind
    owner: str
    owner_name: str | None
    balance: Money
    created_at: Moment


class AccountLine(View):
    """One movement as one account sees it, and what was in the account after it."""

    id: UUID
    movement_id: UUID
    at: Moment
    source_kind: str
    source_id: UUID
    amount: Money
    balance_after: Money


class KindTotal(View):
    kind: AccountKind
    accounts: int
    balance: Money


class Proof(View):
    """``ok``: everything sums to zero, no movement is unbalanced, and no kept balance has drifted."""

    ok: bool
    movements: int
    entries: int
    sum: Money
    unbalanced: list[UUID]
    drifted: list[UUID]
    by_kind: list[KindTotal]


class Day(View):
    """One day in Seoul. ``volume``: captured; ``refunds``: reached the provider."""

    day: date
    volume: Money
    payments: int
    refunds: Money
    refunded: int
    failed: int


class Stats(View):
    days: list[Day]
    volume: Money
    payments: int
    refunds: Money
    refunded: int
    failed: int


class WalletLine(View):
    """A movement of a wallet. ``title`` and ``subject``: what it was earned with; ``fee``: what the platform kept."""

    id: UUID
    at: Moment
    kind: str
    amount: Money
    balance_after: Money
    title: Title | None
    subject_kind: str | None
    subject_id: UUID | None
    gross: Money | None
    fee: Money | None


class Wallet(View):
    balance: Money
    items: list[WalletLine]
    next_cursor: str | None
