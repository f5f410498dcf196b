"""Pictures, and a person's own one."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "picture",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), server_default="making", nullable=False),
        sa.Column("shown", postgresql.JSONB(), nullable=True),
        sa.Column("keys", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("bytes", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "touched_at", sa.DateTime(timezone=True), server_default=sa.text("sf_now()"), nullable=False
        ),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("sf_now()"), nullable=False
        ),
        sa.CheckConstraint("state in ('making', 'ready', 'dropped')", name=op.f("ck_picture_state")),
        sa.CheckConstraint("state <> 'ready' or shown is not null", name=op.f("ck_picture_shown")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture")),
        schema="platform",
    )
    op.create_index("idx_picture_owner_id", "picture", ["owner_id"], schema="platform")
    op.create_index("idx_picture_touched_at", "picture", ["touched_at"], schema="platform")
    op.add_column("person", sa.Column("avatar_id", sa.Uuid(), nullable=True), schema="platform")
    op.create_unique_constraint(op.f("uq_person_avatar_id"), "person", ["avatar_id"], schema="platform")
    op.create_foreign_key(
        op.f("fk_person_avatar_id"),
        "person",
        "picture",
        ["avatar_id"],
        ["id"],
        source_schema="platform",
        referent_schema="platform",
        ondelete="SET NULL",
    )
