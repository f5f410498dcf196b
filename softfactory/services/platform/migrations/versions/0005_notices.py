"""Notices: what people's open screens and bells are told, numbered per person, and tickets of streams."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ROW = "id uuid not null, created_at timestamptz not null default sf_now()"
_PERSON = "references person (id) on delete cascade"

TABLES = (
    f"""
    create table notice (
        {_ROW},
        person_id uuid not null,
        number bigint not null,
        kind text not null,
        subject_id uuid,
        says text,
        constraint pk_notice primary key (id),
        constraint uq_notice_person_id_number unique (person_id, number),
        constraint fk_notice_person_id_person foreign key (person_id) {_PERSON},
        constraint ck_notice_number check (number > 0)
    )
    """,
    "create index idx_notice_created_at on notice (created_at)",
    "create index idx_notice_said on notice (person_id, number) where says is not null",
    # One row a person: the lock on it is what makes the order of numbers the order of commits.
    f"""
    create table notice_count (
        {_ROW},
        last bigint not null,
        read_to bigint not null default 0,
        constraint pk_notice_count primary key (id),
        constraint fk_notice_count_id_person foreign key (id) {_PERSON},
        constraint ck_notice_count_read check (0 <= read_to and read_to <= last)
    )
    """,
    "alter table notice_count set (fillfactor = 70)",
    f"""
    create table live_ticket (
        {_ROW},
        hash bytea not null,
        person_id uuid not null,
        session_id uuid not null,
        expires_at timestamptz not null,
        constraint pk_live_ticket primary key (id),
        constraint uq_live_ticket_hash unique (hash),
        constraint fk_live_ticket_person_id_person foreign key (person_id) {_PERSON},
        constraint fk_live_ticket_session_id_login_session
            foreign key (session_id) references login_session (id) on delete cascade
    )
    """,
    "create index idx_live_ticket_session_id on live_ticket (session_id)",
    "create index idx_live_ticket_expires_at on live_ticket (expires_at)",
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)


def downgrade() -> None:
    op.execute("drop table live_ticket, notice_count, notice")
