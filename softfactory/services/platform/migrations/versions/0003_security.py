"""Account security: recent sign-ins, known devices, one-time codes, recovery codes, passkeys, password links."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0003"
down_revision = "0002"
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


def _of_person(table: str, *, nullable: bool = False) -> tuple[sa.Column[object], sa.ForeignKeyConstraint]:
    """The person with whom the row dies."""
    return sa.Column("person_id", sa.Uuid(), nullable=nullable), sa.ForeignKeyConstraint(
        ["person_id"], [f"{SCHEMA}.person.id"], name=f"fk_{table}_person_id", ondelete="CASCADE"
    )


def _bytes(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def _time(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, TIME, nullable=nullable)


def upgrade() -> None:
    op.add_column(
        "login_session",
        # Sessions of before have not proved themselves lately: the day they began is the best that is known.
        sa.Column("proved_at", TIME, nullable=False, server_default=sa.text("sf_now()")),
        schema=SCHEMA,
    )
    op.execute("update platform.login_session set proved_at = created_at")
    op.add_column("login_session", sa.Column("device", sa.LargeBinary(), nullable=True), schema=SCHEMA)
    _table(
        "authenticator",
        *_of_person("authenticator"),
        _bytes("secret_sealed"),
        _time("confirmed_at"),
        sa.Column("last_step", sa.BigInteger(), nullable=True),
        sa.UniqueConstraint("person_id", name="uq_authenticator_person_id"),
    )
    _table(
        "recovery_code",
        *_of_person("recovery_code"),
        _bytes("hash"),
        _time("used_at"),
        sa.UniqueConstraint("person_id", "hash", name="uq_recovery_code_person_id_hash"),
    )
    _table(
        "passkey",
        *_of_person("passkey"),
        _bytes("credential_id"),
        _bytes("public_key"),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("transports", ARRAY(sa.Text()), nullable=False),
        sa.Column("synced", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.Column("name", sa.Text(), nullable=False),
        _time("last_used_at"),
        sa.UniqueConstraint("credential_id", name="uq_passkey_credential_id"),
        sa.CheckConstraint("sign_count >= 0", name="ck_passkey_sign_count"),
    )
    op.create_index("idx_passkey_person_id", "passkey", ["person_id"], schema=SCHEMA)
    _table(
        "challenge",
        sa.Column("kind", sa.Text(), nullable=False),
        _bytes("value"),
        *_of_person("challenge", nullable=True),
        _time("expires_at", nullable=False),
        sa.UniqueConstraint("kind", "value", name="uq_challenge_kind_value"),
        sa.CheckConstraint("kind in ('passkey_new', 'passkey_use', 'code')", name="ck_challenge_kind"),
    )
    op.create_index("idx_challenge_expires_at", "challenge", ["expires_at"], schema=SCHEMA)
    op.create_index("idx_challenge_person_id", "challenge", ["person_id"], schema=SCHEMA)
    _table(
        "password_link",
        *_of_person("password_link"),
        _bytes("hash"),
        _time("expires_at", nullable=False),
        _time("used_at"),
        sa.UniqueConstraint("hash", name="uq_password_link_hash"),
    )
    op.create_index("idx_password_link_person_id", "password_link", ["person_id"], schema=SCHEMA)
    op.create_index("idx_password_link_expires_at", "password_link", ["expires_at"], schema=SCHEMA)


def downgrade() -> None:
    for name in ("password_link", "challenge", "passkey", "recovery_code", "authenticator"):
        op.drop_table(name, schema=SCHEMA)
    op.drop_column("login_session", "device", schema=SCHEMA)
    op.drop_column("login_session", "proved_at", schema=SCHEMA)
