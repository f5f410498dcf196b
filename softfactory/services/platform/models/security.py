"""What proves who somebody is besides a password: codes of an app, recovery codes, passkeys, links by letter."""

from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from softfactory.kernel.time import Instant
from softfactory.services.platform.base import Base


class Authenticator(Base):
    """The app that shows a person's one-time codes (TOTP, RFC 6238). It counts once it is confirmed."""

    __tablename__ = "authenticator"
    __table_args__ = (UniqueConstraint("person_id"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("platform.person.id", ondelete="CASCADE"))
    secret_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    confirmed_at: Mapped[Instant | None]
    last_step: Mapped[int | None] = mapped_column(BigInteger)
    """The latest period of 30 s of which a code was taken: that code and older ones are used up."""


class RecoveryCode(Base):
    """One of ten codes for whoever has lost the app. Only a hash is kept; each is good once."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("person_id", "hash"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("platform.person.id", ondelete="CASCADE"))
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    used_at: Mapped[Instant | None]


class Passkey(Base):
    """A public key whose private half a person's device or key chain holds (WebAuthn)."""

    __tablename__ = "passkey"
    __table_args__ = (
        UniqueConstraint("credential_id"),
        Index("idx_passkey_person_id", "person_id"),
        CheckConstraint("sign_count >= 0", name="sign_count"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("platform.person.id", ondelete="CASCADE"))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    transports: Mapped[list[str]] = mapped_column(ARRAY(Text))
    synced: Mapped[bool] = mapped_column(server_default=text("false"))
    name: Mapped[str]
    last_used_at: Mapped[Instant | None]


class Challenge(Base):
    """What a caller was asked to answer within five minutes, once. Deleted by its answer, or an hour after its end.

    ``passkey_new`` and ``passkey_use``: the bytes that an authenticator signs. ``code``: the hash of the token that
    a right password gave, which a code has to complete.
    """

    __tablename__ = "challenge"
    __table_args__ = (
        UniqueConstraint("kind", "value"),
        CheckConstraint("kind in ('passkey_new', 'passkey_use', 'code')", name="kind"),
        Index("idx_challenge_expires_at", "expires_at"),
        Index("idx_challenge_person_id", "person_id"),
    )

    kind: Mapped[str]
    value: Mapped[bytes] = mapped_column(LargeBinary)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("platform.person.id", ondelete="CASCADE"))
    expires_at: Mapped[Instant]


class PasswordLink(Base):
    """A link by letter with which a password is set anew, once, within 30 minutes. Deleted a day after its end."""

    __tablename__ = "password_link"
    __table_args__ = (
        UniqueConstraint("hash"),
        Index("idx_password_link_person_id", "person_id"),
        Index("idx_password_link_expires_at", "expires_at"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("platform.person.id", ondelete="CASCADE"))
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[Instant]
    used_at: Mapped[Instant | None]
