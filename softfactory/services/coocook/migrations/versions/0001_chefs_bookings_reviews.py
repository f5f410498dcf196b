"""Chefs and their menus, holds and bookings under one overlap constraint, reviews."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    # GiST knows no `uuid =` without an extension; a range of one uuid says the same.
    op.execute("create type coocook.uuid_range as range (subtype = uuid)")
    op.create_table(
        "chef",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "active",
                "inactive",
                "declined",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=20,
                schema="coocook",
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("headline_en", sa.Text(), nullable=True),
        sa.Column("bio", sa.Text(), nullable=False),
        sa.Column("bio_en", sa.Text(), nullable=True),
        sa.Column("cuisines", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("languages", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("instant", sa.Boolean(), nullable=False),
        sa.Column("picture_seed", sa.Text(), nullable=False),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("weekly", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("exceptions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("turnaround_minutes", sa.Integer(), nullable=False),
        sa.Column("notice_hours", sa.Integer(), nullable=False),
        sa.Column("horizon_days", sa.Integer(), nullable=False),
        sa.Column("slot_step_minutes", sa.Integer(), nullable=False),
        sa.Column("price_from", sa.BigInteger(), nullable=True),
        sa.Column("rating_count", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Numeric(precision=3, scale=2), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("words", postgresql.TSVECTOR(), server_default=sa.text("''::tsvector"), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("sf_now()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chef")),
        sa.UniqueConstraint("user_id", name=op.f("uq_chef_user_id")),
        schema="coocook",
    )
    op.create_index(
        "idx_chef_active_cuisine",
        "chef",
        ["cuisines"],
        unique=False,
        schema="coocook",
        postgresql_using="gin",
        postgresql_where=sa.text("status = 'active'"),
    )
    op.create_index(
        "idx_chef_active_new",
        "chef",
        ["approved_at", "id"],
        unique=False,
        schema="coocook",
        postgresql_where=sa.text("status = 'active'"),
    )
    op.create_index(
        "idx_chef_active_price",
        "chef",
        ["price_from", "id"],
        unique=False,
        schema="coocook",
        postgresql_where=sa.text("status = 'active'"),
    )
    op.create_index(
        "idx_chef_active_rank",
        "chef",
        ["rank", "id"],
        unique=False,
        schema="coocook",
        postgresql_where=sa.text("status = 'active'"),
    )
    op.create_index(
        "idx_chef_words", "chef", ["words"], unique=False, schema="coocook", postgresql_using="gin"
    )
    op.create_table(
        "menu",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("chef_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("description_en", sa.Text(), nullable=True),
        sa.Column("price_per_guest", sa.BigInteger(), nullable=False),
        sa.Column("min_party", sa.Integer(), nullable=False),
        sa.Column("max_party", sa.Integer(), nullable=False),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("dishes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("extras", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("allergens", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("picture_seed", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("sf_now()"), nullable=False
        ),
        sa.CheckConstraint("min_party between 1 and max_party", name=op.f("ck_menu_party")),
        sa.CheckConstraint("price_per_guest >= 0", name=op.f("ck_menu_price")),
        sa.ForeignKeyConstraint(["chef_id"], ["coocook.chef.id"], name=op.f("fk_menu_chef_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_menu")),
        schema="coocook",
    )
    op.create_index(
        "idx_menu_chef_active",
        "menu",
        ["chef_id"],
        unique=False,
        schema="coocook",
        postgresql_where=sa.text("active"),
    )
    op.create_index(
        "uq_menu_chef_name",
        "menu",
        ["chef_id", "name"],
        unique=True,
        schema="coocook",
        postgresql_where=sa.text("active"),
    )
    op.create_table(
        "hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("chef_id", sa.Uuid(), nullable=False),
        sa.Column("menu_id", sa.Uuid(), nullable=False),
        sa.Column("guest_id", sa.Uuid(), nullable=False),
        sa.Column("party", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("sf_now()"), nullable=False
        ),
        sa.ForeignKeyConstraint(["chef_id"], ["coocook.chef.id"], name=op.f("fk_hold_chef_id")),
        sa.ForeignKeyConstraint(["menu_id"], ["coocook.menu.id"], name=op.f("fk_hold_menu_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
        schema="coocook",
    )
    op.create_index("idx_hold_guest", "hold", ["guest_id", "expires_at"], unique=False, schema="coocook")
    op.create_table(
        "booking",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("chef_id", sa.Uuid(), nullable=False),
        sa.Column("menu_id", sa.Uuid(), nullable=False),
        sa.Column("guest_id", sa.Uuid(), nullable=False),
        sa.Column("guest_name", sa.Text(), nullable=False),
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "held",
                "paying",
                "requested",
                "confirmed",
                "completed",
                "cancelled",
                "declined",
                "expired",
                "no_show",
                "disputed",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=20,
                schema="coocook",
            ),
            nullable=False,
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("party", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("lines", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("policy", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("allergens", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column(
            "acknowledgement", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("order_opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.Column(
            "released_payments", sa.ARRAY(sa.Uuid()), server_default=sa.text("'{}'::uuid[]"), nullable=False
        ),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("request_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refund_id", sa.Uuid(), nullable=True),
        sa.Column("refund_amount", sa.BigInteger(), nullable=True),
        sa.Column("refund_state", sa.Text(), nullable=True),
        sa.Column("payout_id", sa.Uuid(), nullable=True),
        sa.Column("paid_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("sf_now()"), nullable=False
        ),
        sa.CheckConstraint("price >= 0 and refund_amount between 0 and price", name=op.f("ck_booking_money")),
        sa.ForeignKeyConstraint(["chef_id"], ["coocook.chef.id"], name=op.f("fk_booking_chef_id")),
        sa.ForeignKeyConstraint(["hold_id"], ["coocook.hold.id"], name=op.f("fk_booking_hold_id")),
        sa.ForeignKeyConstraint(["menu_id"], ["coocook.menu.id"], name=op.f("fk_booking_menu_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
        sa.UniqueConstraint("hold_id", name=op.f("uq_booking_hold_id")),
        sa.UniqueConstraint("order_id", name=op.f("uq_booking_order_id")),
        schema="coocook",
    )
    op.create_index(
        "idx_booking_chef_date", "booking", ["chef_id", "starts_at", "id"], unique=False, schema="coocook"
    )
    op.create_index(
        "idx_booking_confirmed_end",
        "booking",
        ["ends_at"],
        unique=False,
        schema="coocook",
        postgresql_where=sa.text("status = 'confirmed'"),
    )
    op.create_index(
        "idx_booking_request",
        "booking",
        ["request_until"],
        unique=False,
        schema="coocook",
        postgresql_where=sa.text("status = 'requested'"),
    )
    op.create_index(
        "idx_booking_unordered",
        "booking",
        ["created_at"],
        unique=False,
        schema="coocook",
        postgresql_where=sa.text("order_opened_at is null and status = 'held'"),
    )
    op.create_index(
        "idx_booking_user_date", "booking", ["guest_id", "starts_at", "id"], unique=False, schema="coocook"
    )
    op.create_table(
        "booking_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("from_status", sa.Text(), nullable=True),
        sa.Column("to_status", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("sf_now()"), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("sf_now()"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["coocook.booking.id"], name=op.f("fk_booking_change_booking_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_change")),
        schema="coocook",
    )
    op.create_index(
        "idx_booking_change_booking", "booking_change", ["booking_id", "id"], unique=False, schema="coocook"
    )
    op.create_table(
        "busy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("chef_id", sa.Uuid(), nullable=False),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=True),
        sa.Column("booking_id", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("sf_now()"), nullable=False
        ),
        postgresql.ExcludeConstraint(
            (sa.text("coocook.uuid_range(chef_id, chef_id, '[]'::text)"), "&&"),
            (sa.column("during"), "&&"),
            using="gist",
            name="ex_busy_one_guest_at_a_time",
        ),
        sa.CheckConstraint(
            "not isempty(during) and not lower_inf(during) and not upper_inf(during)",
            name=op.f("ck_busy_bounded"),
        ),
        sa.ForeignKeyConstraint(["booking_id"], ["coocook.booking.id"], name=op.f("fk_busy_booking_id")),
        sa.ForeignKeyConstraint(["chef_id"], ["coocook.chef.id"], name=op.f("fk_busy_chef_id")),
        sa.ForeignKeyConstraint(["hold_id"], ["coocook.hold.id"], name=op.f("fk_busy_hold_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_busy")),
        sa.UniqueConstraint("booking_id", name=op.f("uq_busy_booking_id")),
        sa.UniqueConstraint("hold_id", name=op.f("uq_busy_hold_id")),
        schema="coocook",
    )
    op.create_index(
        "idx_busy_expires",
        "busy",
        ["expires_at"],
        unique=False,
        schema="coocook",
        postgresql_where=sa.text("expires_at is not null"),
    )
    op.create_table(
        "review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("chef_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("publish_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", postgresql.TSVECTOR(), server_default=sa.text("''::tsvector"), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("sf_now()"), nullable=False
        ),
        sa.CheckConstraint("by in ('guest', 'chef')", name=op.f("ck_review_by")),
        sa.CheckConstraint("rating between 1 and 5", name=op.f("ck_review_rating")),
        sa.ForeignKeyConstraint(["booking_id"], ["coocook.booking.id"], name=op.f("fk_review_booking_id")),
        sa.ForeignKeyConstraint(["chef_id"], ["coocook.chef.id"], name=op.f("fk_review_chef_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("booking_id", "by", name=op.f("uq_review_booking_id_by")),
        schema="coocook",
    )
    op.create_index(
        "idx_review_chef_published",
        "review",
        ["chef_id", "published_at", "id"],
        unique=False,
        schema="coocook",
        postgresql_where=sa.text("by = 'guest'"),
    )
    op.create_index(
        "idx_review_waiting",
        "review",
        ["publish_at"],
        unique=False,
        schema="coocook",
        postgresql_where=sa.text("published_at is null"),
    )
    op.create_index(
        "idx_review_words", "review", ["words"], unique=False, schema="coocook", postgresql_using="gin"
    )


def downgrade() -> None:
    for table in ("review", "busy", "booking_change", "booking", "hold", "menu", "chef"):
        op.drop_table(table, schema="coocook")
    op.execute("drop type coocook.uuid_range")
