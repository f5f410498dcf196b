"""What the sandbox provider remembers. Only ``providers/sandbox.py`` touches these: they stand for the other side."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from softfactory.services.platform.base import Base

SandboxState = Literal["captured", "declined", "voided"]


class SandboxCharge(Base):
    """A charge at the sandbox, unique by the idempotency key that came with it."""

    __tablename__ = "sandbox_charge"
    __table_args__ = (
        UniqueConstraint("charge_key"),
        CheckConstraint("state in ('captured', 'declined', 'voided')", name="state"),
        CheckConstraint("0 <= cancelled and cancelled <= amount", name="cancelled"),
        Index("idx_sandbox_charge_created", "created_at", "id"),
    )

    charge_key: Mapped[UUID]
    payment_key: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger)
    cancelled: Mapped[int] = mapped_column(BigInteger, server_default="0")
    state: Mapped[SandboxState] = mapped_column(Text)
    visible_at: Mapped[datetime] = mapped_column(server_default=text("sf_now()"))
    """Until then the sandbox says "in process"."""


class SandboxCancel(Base):
    """A cancellation at the sandbox, unique by its idempotency key."""

    __tablename__ = "sandbox_cancel"
    __table_args__ = (
        UniqueConstraint("cancel_key"),
        CheckConstraint("amount > 0", name="amount"),
        Index("idx_sandbox_cancel_charge", "charge_id"),
    )

    charge_id: Mapped[UUID] = mapped_column(ForeignKey(SandboxCharge.id))
    cancel_key: Mapped[UUID]
    amount: Mapped[int] = mapped_column(BigInteger)


class SandboxWebhook(Base):
    """A webhook that the sandbox owes us."""

    __tablename__ = "sandbox_webhook"
    __table_args__ = (Index("idx_sandbox_webhook_due", "due_at", postgresql_where=text("sent_at is null")),)

    charge_id: Mapped[UUID] = mapped_column(ForeignKey(SandboxCharge.id))
    event_id: Mapped[str]
    due_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
