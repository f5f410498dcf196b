"""People, their spaces and roles, their sessions, and the keys that sign for them."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from softfactory.kernel.time import Instant
from softfactory.services.platform.base import Base


class Person(Base):
    """Someone with an account. Their personal space has the same id."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("language in ('ko', 'en')", name="language"),
        CheckConstraint("status in ('active', 'suspended', 'leaving', 'erased')", name="status"),
        Index("idx_person_created", "created_at", "id"),
    )

    email: Mapped[str]
    name: Mapped[str]
    password_hash: Mapped[str | None]  # Argon2id, or Werkzeug's scrypt or pbkdf2 until the next sign-in
    language: Mapped[str] = mapped_column(server_default="ko")
    zone: Mapped[str] = mapped_column(server_default="Asia/Seoul")
    status: Mapped[str] = mapped_column(server_default="active")
    is_demo: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


Index("uq_person_lower_email", func.lower(Person.email), unique=True)


class RoleGrant(Base):
    """A role that a person has, and why."""

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint("person_id", "role"),
        Index("idx_role_grant_role", "role", "person_id"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("platform.person.id", ondelete="CASCADE"))
    role: Mapped[str]
    granted_by: Mapped[UUID | None]  # None: the platform itself
    reason: Mapped[str]


class Space(Base):
    """What owns things: one person's own, or a team's."""

    __tablename__ = "space"
    __table_args__ = (CheckConstraint("kind in ('personal', 'team')", name="kind"),)

    kind: Mapped[str]
    name: Mapped[str]


class SpaceMember(Base):
    """A person's place in a space."""

    __tablename__ = "space_member"
    __table_args__ = (
        UniqueConstraint("space_id", "person_id"),
        CheckConstraint("role in ('owner', 'member')", name="role"),
        Index("idx_space_member_person_id", "person_id"),
    )

    space_id: Mapped[UUID] = mapped_column(ForeignKey("platform.space.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("platform.person.id", ondelete="CASCADE"))
    role: Mapped[str]


class LoginSession(Base):
    """One sign-in on one device: the ``sid`` of its access tokens. Deleted 30 days after its end."""

    __tablename__ = "login_session"
    __table_args__ = (
        Index("idx_login_session_person_id_created_at", "person_id", "created_at"),
        Index("idx_login_session_revoked_at", "revoked_at", postgresql_where=text("revoked_at is not null")),
        Index("idx_login_session_expires_at", "expires_at"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("platform.person.id", ondelete="CASCADE"))
    last_seen_at: Mapped[Instant] = mapped_column(server_default=text("sf_now()"))
    expires_at: Mapped[Instant]
    revoked_at: Mapped[Instant | None]
    revoked_because: Mapped[str | None]
    user_agent: Mapped[str]
    ip: Mapped[str]
    is_demo: Mapped[bool] = mapped_column(server_default=text("false"))
    proved_at: Mapped[Instant] = mapped_column(server_default=text("sf_now()"))
    """When whoever holds the session last proved who they are."""
    device: Mapped[bytes | None]  # an HMAC of the browser's device cookie, by person


class RefreshToken(Base):
    """One link of a session's chain. Only a hash is kept; the successor is derived from the token itself."""

    __tablename__ = "refresh_token"
    __table_args__ = (UniqueConstraint("hash"), Index("idx_refresh_token_session_id", "session_id"))

    session_id: Mapped[UUID] = mapped_column(ForeignKey("platform.login_session.id", ondelete="CASCADE"))
    hash: Mapped[bytes]
    succeeded_at: Mapped[Instant | None]  # when its successor was first handed out


class SigningKey(Base):
    """An Ed25519 key of access tokens. At most one is not retired; that one signs."""

    __tablename__ = "signing_key"
    __table_args__ = (
        UniqueConstraint("kid"),
        Index(
            "uq_signing_key_active", text("(true)"), unique=True, postgresql_where=text("retired_at is null")
        ),
    )

    kid: Mapped[str]
    public_jwk: Mapped[dict[str, Any]] = mapped_column(JSONB)
    private_sealed: Mapped[bytes]
    retired_at: Mapped[Instant | None]


class Throttle(Base):
    """Failed sign-ins of one account, one address, or both, within a window. Deleted a day after it."""

    __tablename__ = "throttle"
    __table_args__ = (UniqueConstraint("kind", "key"), Index("idx_throttle_until", "until"))

    kind: Mapped[str]
    key: Mapped[bytes]  # an HMAC: the table tells nobody who failed
    failures: Mapped[int]
    until: Mapped[Instant]
