"""The audit: who did what to whom, in one chain. How it stays true is in the database: see migration 0004.

Triggers there link each entry to the one before at commit, and refuse any change but the erasing of personal parts.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from softfactory.services.platform.base import Base

PROBLEMS = (
    "changed",
    "missing",
    "personal_changed",
    "personal_missing",
    "cut",
    "rewritten",
    "unchained",
)


class AuditEntry(Base):
    """One act. ``number``, ``previous`` and ``hash`` are the chain's, given at commit. Kept as the books are."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("act ~ '^[a-z][a-z0-9_]*([.][a-z0-9_]+)*$'", name="act"),
        CheckConstraint("num_nulls(number, previous, hash) in (0, 3)", name="chained"),
        Index("idx_audit_entry_actor", "actor_id", "number"),
        Index("idx_audit_entry_subject", "subject_id", "number"),
        Index("idx_audit_entry_act", "act", "number"),
        Index("idx_audit_entry_created", "created_at", "number"),
    )

    number: Mapped[int | None] = mapped_column(BigInteger)
    act: Mapped[str]
    actor_id: Mapped[UUID | None]  # None: the platform itself
    subject_id: Mapped[UUID | None]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    personal: Mapped[dict[str, str]] = mapped_column(JSONB)  # the hash of each personal part, by name
    previous: Mapped[bytes | None]
    hash: Mapped[bytes | None]


class AuditPersonal(Base):
    """What an entry says about a person in words. Erased, it leaves its name and, in the entry, its hash."""

    __tablename__ = "audit_personal"
    __table_args__ = (
        UniqueConstraint("entry_id", "name"),
        CheckConstraint("num_nulls(salt, value) in (0, 2)", name="whole"),
        Index("idx_audit_personal_person", "person_id", postgresql_where=text("value is not null")),
    )

    entry_id: Mapped[UUID] = mapped_column(ForeignKey("platform.audit_entry.id"))
    person_id: Mapped[UUID | None]
    name: Mapped[str]
    salt: Mapped[bytes | None]
    value: Mapped[str | None]


class AuditHead(Base):
    """The chain's last link; its row is the chain's lock."""

    __tablename__ = "audit_head"
    __table_args__ = (Index("uq_audit_head_one", text("(true)"), unique=True),)

    number: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[bytes]


class AuditProof(Base):
    """The chain as it was read through once, sealed by a key that the database does not have."""

    __tablename__ = "audit_proof"
    __table_args__ = (
        CheckConstraint(f"problem in ({', '.join(repr(p) for p in PROBLEMS)})", name="problem"),
        CheckConstraint("(broken_at is null) = (problem is null)", name="broken"),
        Index("idx_audit_proof_created", "created_at", "id"),
    )

    number: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[bytes]
    mac: Mapped[bytes]
    broken_at: Mapped[int | None] = mapped_column(BigInteger)
    problem: Mapped[str | None]
