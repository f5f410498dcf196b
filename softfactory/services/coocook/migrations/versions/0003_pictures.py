"""Pictures: a chef's portrait, cover and gallery, and a menu's own one."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
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
        schema="coocook",
    )
    op.create_index("idx_picture_owner_id", "picture", ["owner_id"], schema="coocook")
    op.create_index("idx_picture_touched_at", "picture", ["touched_at"], schema="coocook")
    for table, column in (("chef", "portrait_id"), ("chef", "cover_id"), ("menu", "picture_id")):
        op.add_column(table, sa.Column(column, sa.Uuid(), nullable=True), schema="coocook")
        op.create_index(f"idx_{table}_{column}", table, [column], schema="coocook")
        op.create_foreign_key(
            op.f(f"fk_{table}_{column}"),
            table,
            "picture",
            [column],
            ["id"],
            source_schema="coocook",
            referent_schema="coocook",
            ondelete="SET NULL",
        )
    op.create_table(
        "gallery_picture",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("chef_id", sa.Uuid(), nullable=False),
        sa.Column("picture_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("sf_now()"), nullable=False
        ),
        sa.CheckConstraint("position between 1 and 12", name=op.f("ck_gallery_picture_position")),
        sa.ForeignKeyConstraint(["chef_id"], ["coocook.chef.id"], name=op.f("fk_gallery_picture_chef_id")),
        sa.ForeignKeyConstraint(
            ["picture_id"],
            ["coocook.picture.id"],
            name=op.f("fk_gallery_picture_picture_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gallery_picture")),
        sa.UniqueConstraint("picture_id", name=op.f("uq_gallery_picture_picture_id")),
        sa.UniqueConstraint("chef_id", "position", name=op.f("uq_gallery_picture_chef_id_position")),
        schema="coocook",
    )
