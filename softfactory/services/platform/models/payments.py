"""Orders, payments, refunds, payouts and the webhooks' inbox. All amounts are KRW."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from softfactory.services.platform.base import Base
from softfactory.services.platform.contract import OrderState, RefundState

PaymentState = Literal["pinning", "capturing", "unknown", "captured", "failed", "discrepant", "returned"]
UNRESOLVED: tuple[PaymentState, ...] = ("pinning", "capturing", "unknown")
SellerAnswer = Literal["accepted", "refused", "released"]
RefundSource = Literal["seller", "operator", "undelivered", "late"]


class Order(Base):
    """What one buyer pays for one subject. The amount was quoted by the seller and never changes."""

    __tablename__ = "payment_order"
    __table_args__ = (
        CheckConstraint("state in ('open', 'paying', 'paid', 'cancelled')", name="state"),
        CheckConstraint("amount > 0", name="amount"),
        Index(
            "uq_payment_order_live_subject",
            "subject_kind",
            "subject_id",
            unique=True,
            postgresql_where=text("state <> 'cancelled'"),
        ),
        Index("idx_payment_order_buyer", "buyer_id", "id"),
    )

    buyer_id: Mapped[UUID]
    space_id: Mapped[UUID]
    """The space that owns it: the buyer's personal one, which has the buyer's id."""
    subject_kind: Mapped[str]
    subject_id: Mapped[UUID]
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(server_default="KRW")
    title_ko: Mapped[str]
    title_en: Mapped[str]
    lines: Mapped[list[Any]] = mapped_column(JSONB)
    """``[label code, KRW]`` pairs, as quoted."""
    state: Mapped[OrderState] = mapped_column(Text, server_default="open")


class Payment(Base):
    """One attempt to pay an order.

    pinning (the seller is asked to keep the subject) -> capturing (the provider is asked) -> captured, failed, or
    unknown, which is looked up until it is one of them. ``discrepant``: the provider did something else than was asked,
    and an operator decides. ``returned``: captured though it should not have been (too late, or discrepant); it went
    back whole, or is on its way.
    """

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint(
            "state in ('pinning', 'capturing', 'unknown', 'captured', 'failed', 'discrepant', 'returned')",
            name="state",
        ),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("0 <= refunded and refunded <= promised and promised <= captured", name="refunds"),
        CheckConstraint("held_in in ('escrow', 'discrepancy')", name="held_in"),
        CheckConstraint("(captured > 0) = (held_in is not null)", name="captured_is_held"),
        CheckConstraint("seller_answer in ('accepted', 'refused', 'released')", name="seller_answer"),
        Index(
            "uq_payment_live_order",
            "order_id",
            unique=True,
            postgresql_where=text("state not in ('failed', 'returned')"),
        ),
        # A provider's key pays once. The sandbox's keys are test cards, which everyone uses.
        Index(
            "uq_payment_provider_key",
            "provider",
            "payment_key",
            unique=True,
            postgresql_where=text("provider <> 'sandbox'"),
        ),
        Index("idx_payment_buyer", "buyer_id", "id"),
        Index("idx_payment_order", "order_id", "id"),
        Index(
            "idx_payment_unresolved",
            "asked_at",
            postgresql_where=text("state in ('pinning', 'capturing', 'unknown')"),
        ),
        Index(
            "idx_payment_seller_untold",
            "settled_at",
            postgresql_where=text("seller_answer is null and settled_at is not null"),
        ),
        Index("idx_payment_discrepant", "id", postgresql_where=text("state = 'discrepant'")),
    )

    order_id: Mapped[UUID] = mapped_column(ForeignKey(Order.id))
    buyer_id: Mapped[UUID]
    provider: Mapped[str]
    payment_key: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[PaymentState] = mapped_column(Text, server_default="pinning")
    captured: Mapped[int] = mapped_column(BigInteger, server_default="0")
    """What the provider took, by its own word."""
    promised: Mapped[int] = mapped_column(BigInteger, server_default="0")
    """Refunds asked for and not refused."""
    refunded: Mapped[int] = mapped_column(BigInteger, server_default="0")
    """Refunds that the provider has made."""
    held_in: Mapped[Literal["escrow", "discrepancy"] | None] = mapped_column(Text)
    failure_code: Mapped[str | None]
    provider_reference: Mapped[str | None]
    seller_answer: Mapped[SellerAnswer | None] = mapped_column(Text)
    """What the seller said when it was told of the outcome; null until then."""
    asked_at: Mapped[datetime] = mapped_column(server_default=text("sf_now()"))
    """When the seller or the provider was last asked: a younger attempt may still be running."""
    settled_at: Mapped[datetime | None]


class PaymentEvent(Base):
    """A line of a payment's timeline."""

    __tablename__ = "payment_event"
    __table_args__ = (Index("idx_payment_event_payment", "payment_id", "id"),)

    payment_id: Mapped[UUID] = mapped_column(ForeignKey(Payment.id))
    kind: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)


class Refund(Base):
    """Money on its way back to the payer. The id is made by whoever asks, so asking again finds the same refund."""

    __tablename__ = "refund"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("state in ('requested', 'done', 'refused')", name="state"),
        CheckConstraint("source in ('seller', 'operator', 'undelivered', 'late')", name="source"),
        Index("idx_refund_payment", "payment_id", "id"),
        Index("idx_refund_requested", "created_at", postgresql_where=text("state = 'requested'")),
    )

    payment_id: Mapped[UUID] = mapped_column(ForeignKey(Payment.id))
    amount: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str]
    source: Mapped[RefundSource] = mapped_column(Text)
    actor_id: Mapped[UUID | None]
    """The operator who ordered it, when one did."""
    state: Mapped[RefundState] = mapped_column(Text, server_default="requested")
    provider_reference: Mapped[str | None]
    refusal_code: Mapped[str | None]
    done_at: Mapped[datetime | None]


class Payout(Base):
    """What left an order's escrow for its seller's wallet. The id is the seller's."""

    __tablename__ = "payout"
    __table_args__ = (
        CheckConstraint("fee >= 0 and net >= 0 and gross = fee + net", name="sum"),
        Index("idx_payout_order", "order_id"),
        Index("idx_payout_payee", "payee_id", "id"),
    )

    order_id: Mapped[UUID] = mapped_column(ForeignKey(Order.id))
    payee_id: Mapped[UUID]
    gross: Mapped[int] = mapped_column(BigInteger)
    fee: Mapped[int] = mapped_column(BigInteger)
    net: Mapped[int] = mapped_column(BigInteger)


class PaymentWebhook(Base):
    """A provider's webhook, once per event. Its words are not believed: the payment is read again at the provider."""

    __tablename__ = "payment_webhook"
    __table_args__ = (UniqueConstraint("provider", "event_id"),)

    provider: Mapped[str]
    event_id: Mapped[str]
    payment_id: Mapped[UUID]
