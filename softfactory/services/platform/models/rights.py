"""What people hold and may ask for: API keys, invitations to teams, exports of their data, and being forgotten."""

from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from softfactory.kernel.time import Instant
from softfactory.services.platform.base import Base


class ApiKey(Base):
    """A person, limited to some scopes, for their programs. Of the key itself only a hash is kept.

    ``place``: one of twenty, so that the database counts. Deleted by its person, or 30 days after its end.
    """

    __tablename__ = "api_key"
    __table_args__ = (
        UniqueConstraint("hash"),
        UniqueConstraint("person_id", "place"),
        CheckConstraint("place between 1 and 20", name="place"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("platform.person.id", ondelete="CASCADE"))
    place: Mapped[int]
    name: Mapped[str]
    prefix: Mapped[str]
    hash: Mapped[bytes]
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    expires_at: Mapped[Instant | None]
    last_used_at: Mapped[Instant | None]


class SpaceInvitation(Base):
    """An open place in a team, for whoever has the link. Gone once it is used, withdrawn, or over for 30 days."""

    __tablename__ = "space_invitation"
    __table_args__ = (
        UniqueConstraint("hash"),
        CheckConstraint("role in ('owner', 'member')", name="role"),
    )

    space_id: Mapped[UUID] = mapped_column(ForeignKey("platform.space.id", ondelete="CASCADE"))
    email: Mapped[str]
    role: Mapped[str]
    language: Mapped[str]  # of the letter: the inviter's, for nobody asks whether the address has an account
    hash: Mapped[bytes]
    invited_by: Mapped[UUID] = mapped_column(ForeignKey("platform.person.id", ondelete="CASCADE"))
    expires_at: Mapped[Instant]


Index(
    "uq_space_invitation_space_id_lower_email",
    SpaceInvitation.space_id,
    func.lower(SpaceInvitation.email),
    unique=True,
)
Index("idx_space_invitation_lower_email", func.lower(SpaceInvitation.email))


class DataExport(Base):
    """Everything about a person, in one file under ``key`` of the storage, for seven days."""

    __tablename__ = "data_export"
    __table_args__ = (
        CheckConstraint("state in ('making', 'ready')", name="state"),
        CheckConstraint(
            "(state = 'ready') = (size is not null and expires_at is not null)",
            name="ready",
        ),
        Index(
            "uq_data_export_making",
            "person_id",
            unique=True,
            postgresql_where=text("state = 'making'"),
        ),
        Index("idx_data_export_person", "person_id", "created_at"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("platform.person.id", ondelete="CASCADE"))
    job_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(server_default="making")
    size: Mapped[int | None] = mapped_column(BigInteger)
    expires_at: Mapped[Instant | None]

    @property
    def key(self) -> str:
        return f"platform/exports/{self.id}.zip"


class Erasure(Base):
    """A person's wish to be forgotten, and when it was done. It outlives the person: proof that we did."""

    __tablename__ = "erasure"
    __table_args__ = (UniqueConstraint("person_id"),)

    person_id: Mapped[UUID]
    letter_id: Mapped[UUID | None]
    erased_at: Mapped[Instant | None]
