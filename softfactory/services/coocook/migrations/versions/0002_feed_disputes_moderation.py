"""Calendar feeds, moved bookings, disputes, replies to reviews and their moderation."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SCHEMA = "coocook"


def _key() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("sf_now()"), nullable=False
        ),
    ]


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def _text(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Text(), nullable=True)


NEW = {
    "chef": [("feed_hash", _text), ("feed_made_at", _moment)],
    "busy": [("note", _text)],
    "booking": [("payout_started_at", _moment)],
    "booking_change": [("was_at", _moment), ("starts_at", _moment)],
    "review": [
        ("reply", _text),
        ("replied_at", _moment),
        ("hidden_at", _moment),
        ("hidden_reason", _text),
        ("appealed_at", _moment),
        ("waiting_since", _moment),
    ],
}


def upgrade() -> None:
    for table, columns in NEW.items():
        for name, column in columns:
            op.add_column(table, column(name), schema=SCHEMA)
    op.add_column(
        "booking",
        sa.Column("moves", sa.Integer(), server_default=sa.text("0"), nullable=False),
        schema=SCHEMA,
    )
    op.add_column(
        "booking_change",
        sa.Column("what", sa.Text(), server_default=sa.text("'status'"), nullable=False),
        schema=SCHEMA,
    )
    # What was paid out before this column existed had begun as well.
    op.execute("update coocook.booking set payout_started_at = paid_out_at where paid_out_at is not null")
    op.create_table(
        "move_proposal",
        *_key(),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["coocook.booking.id"], name=op.f("fk_move_proposal_booking_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_move_proposal")),
        sa.UniqueConstraint("booking_id", name=op.f("uq_move_proposal_booking_id")),
        schema=SCHEMA,
    )
    op.create_index("idx_move_proposal_expires", "move_proposal", ["expires_at"], schema=SCHEMA)
    op.create_table(
        "dispute",
        *_key(),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("from_status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _text("answer"),
        _moment("answered_at"),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        _moment("decided_at"),
        _text("decision"),
        sa.Column("refund", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("by in ('guest', 'chef')", name=op.f("ck_dispute_by")),
        sa.CheckConstraint("refund >= 0", name=op.f("ck_dispute_refund")),
        sa.ForeignKeyConstraint(["booking_id"], ["coocook.booking.id"], name=op.f("fk_dispute_booking_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute")),
        sa.UniqueConstraint("booking_id", name=op.f("uq_dispute_booking_id")),
        schema=SCHEMA,
    )
    op.create_table(
        "review_act",
        *_key(),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        _text("code"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("sf_now()"), nullable=False),
        sa.CheckConstraint(
            "kind in ('report', 'appeal', 'hide', 'restore', 'keep')", name=op.f("ck_review_act_kind")
        ),
        sa.ForeignKeyConstraint(["review_id"], ["coocook.review.id"], name=op.f("fk_review_act_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_act")),
        schema=SCHEMA,
    )
    op.create_index("idx_review_act_review", "review_act", ["review_id", "id"], schema=SCHEMA)
    op.create_index(
        "uq_review_act_report",
        "review_act",
        ["review_id", "actor_id"],
        unique=True,
        schema=SCHEMA,
        postgresql_where=sa.text("kind = 'report'"),
    )
    op.create_index(
        "idx_review_queue",
        "review",
        ["waiting_since", "id"],
        schema=SCHEMA,
        postgresql_where=sa.text("waiting_since is not null"),
    )
    op.create_index(
        "idx_review_hidden",
        "review",
        ["hidden_at", "id"],
        schema=SCHEMA,
        postgresql_where=sa.text("hidden_at is not null"),
    )
    op.create_index(
        "idx_booking_disputed",
        "booking",
        ["starts_at", "id"],
        schema=SCHEMA,
        postgresql_where=sa.text("status = 'disputed'"),
    )


def downgrade() -> None:
    op.drop_index("idx_booking_disputed", "booking", schema=SCHEMA)
    for table in ("review_act", "dispute", "move_proposal"):
        op.drop_table(table, schema=SCHEMA)
    for index in ("idx_review_hidden", "idx_review_queue"):
        op.drop_index(index, "review", schema=SCHEMA)
    op.drop_column("booking_change", "what", schema=SCHEMA)
    op.drop_column("booking", "moves", schema=SCHEMA)
    for table, columns in NEW.items():
        for name, _ in columns:
            op.drop_column(table, name, schema=SCHEMA)
