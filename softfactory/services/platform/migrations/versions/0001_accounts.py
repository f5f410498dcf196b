"""Accounts: people, roles, spaces, sessions and their tokens, signing keys, throttles."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = "platform"
TIME = sa.DateTime(timezone=True)


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), primary_key=True),
        *(part for part in parts if isinstance(part, sa.Column)),
        sa.Column("created_at", TIME, nullable=False, server_default=sa.text("sf_now()")),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        *(part for part in parts if not isinstance(part, sa.Column)),
        schema=SCHEMA,
    )


def _text(name: str, *, nullable: bool = False, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable, server_default=default)


def _time(name: str, *, nullable: bool = False, default: str | None = None) -> sa.Column[object]:
    return sa.Column(name, TIME, nullable=nullable, server_default=sa.text(default) if default else None)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.text("false"))


def _of(parent: str, table: str, column: str) -> tuple[sa.Column[object], sa.ForeignKeyConstraint]:
    """A column that dies with its parent row."""
    return sa.Column(column, sa.Uuid(), nullable=False), sa.ForeignKeyConstraint(
        [column], [f"{SCHEMA}.{parent}.id"], name=f"fk_{table}_{column}", ondelete="CASCADE"
    )


def upgrade() -> None:
    _table(
        "person",
        _text("email"),
        _text("name"),
        _text("password_hash", nullable=True),
        _text("language", default="ko"),
        _text("zone", default="Asia/Seoul"),
        _text("status", default="active"),
        _flag("is_demo"),
        sa.Column("version", sa.Integer(), nullable=False, server_default=sa.text("1")),
        sa.CheckConstraint("language in ('ko', 'en')", name="ck_person_language"),
        sa.CheckConstraint("status in ('active', 'suspended', 'erased')", name="ck_person_status"),
    )
    op.create_index("uq_person_lower_email", "person", [sa.text("lower(email)")], unique=True, schema=SCHEMA)
    _table(
        "role_grant",
        *_of("person", "role_grant", "person_id"),
        _text("role"),
        sa.Column("granted_by", sa.Uuid(), nullable=True),
        _text("reason"),
        sa.UniqueConstraint("person_id", "role", name="uq_role_grant_person_id_role"),
    )
    _table(
        "space",
        _text("kind"),
        _text("name"),
        sa.CheckConstraint("kind in ('personal', 'team')", name="ck_space_kind"),
    )
    _table(
        "space_member",
        *_of("space", "space_member", "space_id"),
        *_of("person", "space_member", "person_id"),
        _text("role"),
        sa.UniqueConstraint("space_id", "person_id", name="uq_space_member_space_id_person_id"),
        sa.CheckConstraint("role in ('owner', 'member')", name="ck_space_member_role"),
    )
    op.create_index("idx_space_member_person_id", "space_member", ["person_id"], schema=SCHEMA)
    _sessions()
    _keys_and_throttles()


def _sessions() -> None:
    _table(
        "login_session",
        *_of("person", "login_session", "person_id"),
        _time("last_seen_at", default="sf_now()"),
        _time("expires_at"),
        _time("revoked_at", nullable=True),
        _text("revoked_because", nullable=True),
        _text("user_agent"),
        _text("ip"),
        _flag("is_demo"),
    )
    op.create_index(
        "idx_login_session_person_id_created_at", "login_session", ["person_id", "created_at"], schema=SCHEMA
    )
    op.create_index(
        "idx_login_session_revoked_at",
        "login_session",
        ["revoked_at"],
        schema=SCHEMA,
        postgresql_where=sa.text("revoked_at is not null"),
    )
    op.create_index("idx_login_session_expires_at", "login_session", ["expires_at"], schema=SCHEMA)
    _table(
        "refresh_token",
        *_of("login_session", "refresh_token", "session_id"),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        _time("succeeded_at", nullable=True),
        sa.UniqueConstraint("hash", name="uq_refresh_token_hash"),
    )
    op.create_index("idx_refresh_token_session_id", "refresh_token", ["session_id"], schema=SCHEMA)


def _keys_and_throttles() -> None:
    _table(
        "signing_key",
        _text("kid"),
        sa.Column("public_jwk", JSONB(), nullable=False),
        sa.Column("private_sealed", sa.LargeBinary(), nullable=False),
        _time("retired_at", nullable=True),
        sa.UniqueConstraint("kid", name="uq_signing_key_kid"),
    )
    op.create_index(
        "uq_signing_key_active",
        "signing_key",
        [sa.text("(true)")],
        unique=True,
        schema=SCHEMA,
        postgresql_where=sa.text("retired_at is null"),
    )
    _table(
        "throttle",
        _text("kind"),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        _time("until"),
        sa.UniqueConstraint("kind", "key", name="uq_throttle_kind_key"),
    )
    op.create_index("idx_throttle_until", "throttle", ["until"], schema=SCHEMA)


def downgrade() -> None:
    for name in (
        "throttle",
        "signing_key",
        "refresh_token",
        "login_session",
        "space_member",
        "space",
        "role_grant",
        "person",
    ):
        op.drop_table(name, schema=SCHEMA)
