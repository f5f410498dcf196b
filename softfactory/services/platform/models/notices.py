"""Notices, their numbers, and the tickets that open streams of them."""

from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from softfactory.kernel.time import Instant
from softfactory.services.platform.base import Base


class Notice(Base):
    """Something of a person's changed. Deleted after seven days."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("person_id", "number"),
        Index("idx_notice_created_at", "created_at"),
        Index("idx_notice_said", "person_id", "number", postgresql_where=text("says is not null")),
        CheckConstraint("number > 0", name="number"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("platform.person.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str]
    subject_id: Mapped[UUID | None]
    says: Mapped[str | None]  # the code of the bell's sentence; null: only screens are asked anew


class NoticeCount(Base):
    """How many notices a person (of the same id) was given, and up to which one they have read the bell."""

    __tablename__ = "notice_count"
    __table_args__ = (CheckConstraint("0 <= read_to and read_to <= last", name="read"),)

    id: Mapped[UUID] = mapped_column(
        ForeignKey("platform.person.id", ondelete="CASCADE"), primary_key=True, sort_order=-10
    )
    last: Mapped[int] = mapped_column(BigInteger)
    read_to: Mapped[int] = mapped_column(BigInteger, server_default="0")


class LiveTicket(Base):
    """Opens one stream, once, within 30 seconds. Only a hash is kept."""

    __tablename__ = "live_ticket"
    __table_args__ = (
        UniqueConstraint("hash"),
        Index("idx_live_ticket_session_id", "session_id"),
        Index("idx_live_ticket_expires_at", "expires_at"),
    )

    hash: Mapped[bytes]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("platform.person.id", ondelete="CASCADE"))
    session_id: Mapped[UUID] = mapped_column(ForeignKey("platform.login_session.id", ondelete="CASCADE"))
    expires_at: Mapped[Instant]
