"""The kernel's tables, in every service's schema: jobs, schedules, events, mail, idempotent answers."""

from datetime import UTC, datetime, timedelta

from alembic import op

revision = "k0001"
down_revision = None
branch_labels = None
depends_on = None

# Business SQL asks this clock; tests replace it. Two services may be migrated into one database at once.
CLOCK = """
do $do$ begin
    perform pg_advisory_xact_lock(hashtextextended('sf_now', 0));
    if to_regprocedure('public.sf_now()') is null then
        create function public.sf_now() returns timestamptz language sql stable
            as 'select statement_timestamp()';
    end if;
end $do$
"""

JOB = """
create table job (
    id uuid primary key,
    name text not null,
    payload jsonb not null,
    due_at timestamptz not null,
    priority int not null,
    state text not null default 'queued',
    attempts int not null default 0,
    max_attempts int not null,
    lease_token uuid,
    lease_until timestamptz,
    progress jsonb,
    result jsonb,
    error text,
    unique_key text,
    owner_id uuid,
    trace text,
    created_at timestamptz not null default sf_now(),
    started_at timestamptz,
    finished_at timestamptz,
    constraint ck_job_state check (state in ('queued', 'running', 'failed', 'dead')),
    constraint ck_job_lease check ((state = 'running') = (lease_token is not null))
)
"""

JOB_INDEXES = (
    # Rows live for moments: without this the searched part of the indexes fills with the dead.
    "alter table job set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000)",
    "create index idx_job_due on job (priority, due_at) where state in ('queued', 'failed')",
    "create index idx_job_lease on job (lease_until) where state = 'running'",
    "create index idx_job_dead on job (finished_at) where state = 'dead'",
    """create unique index uq_job_unique_key on job (name, unique_key)
       where unique_key is not null and state in ('queued', 'failed')""",
    "create index idx_job_owner on job (owner_id) where owner_id is not null",
)

# Live rows move here when they finish, so that the table that workers search stays small.
JOB_DONE = """
create table job_done (
    like job including defaults,
    constraint pk_job_done primary key (id, finished_at),
    constraint ck_job_done_state check (state in ('done', 'cancelled'))
) partition by range (finished_at)
"""

OTHERS = (
    """
    create table schedule (
        name text primary key,
        rule text not null,
        next_at timestamptz not null,
        fired_at timestamptz
    )
    """,
    # One row per event and listening service.
    """
    create table outbox (
        id uuid not null,
        target text not null,
        name text not null,
        payload jsonb not null,
        trace text,
        created_at timestamptz not null default sf_now(),
        delivered_at timestamptz,
        primary key (id, target)
    )
    """,
    "create index idx_outbox_waiting on outbox (target, created_at, id) where delivered_at is null",
    "create index idx_outbox_delivered on outbox (delivered_at)",
    # Who is handing events to a service now, and how long that service is left alone after a failure.
    """
    create table relay (
        target text primary key,
        lease_token uuid,
        lease_until timestamptz,
        failures int not null default 0,
        due_at timestamptz
    )
    """,
    """
    create table inbox (
        event_id uuid not null,
        listener text not null,
        received_at timestamptz not null default sf_now(),
        primary key (event_id, listener)
    )
    """,
    "create index idx_inbox_received on inbox (received_at)",
    """
    create table mail (
        id uuid primary key,
        person_id uuid not null,
        template text not null,
        facts jsonb not null,
        state text not null default 'queued',
        language text,
        to_address text,
        subject text,
        body text,
        created_at timestamptz not null default sf_now(),
        sent_at timestamptz,
        constraint ck_mail_state check (state in ('queued', 'sending', 'sent', 'in_mailbox', 'undeliverable'))
    )
    """,
    "create index idx_mail_created on mail (created_at)",
    "create index idx_mail_person on mail (person_id)",
    """
    create table idempotency (
        principal_key text not null,
        method text not null,
        path text not null,
        key text not null,
        body_hash bytea not null,
        state text not null,
        status int,
        headers jsonb,
        body bytea,
        locked_until timestamptz,
        created_at timestamptz not null default sf_now(),
        primary key (principal_key, method, path, key),
        constraint ck_idempotency_state check (state in ('started', 'done'))
    )
    """,
    "create index idx_idempotency_created on idempotency (created_at)",
)
TABLES = ("idempotency", "mail", "inbox", "relay", "outbox", "schedule", "job_done", "job")


def upgrade() -> None:
    op.execute(CLOCK)
    op.execute(JOB)
    for statement in JOB_INDEXES:
        op.execute(statement)
    op.execute(JOB_DONE)
    op.execute("create index idx_job_done_owner on job_done (owner_id) where owner_id is not null")
    op.execute("create table job_done_default partition of job_done default")
    today = datetime.now(UTC).date()
    for ahead in range(4):
        day = today + timedelta(days=ahead)
        op.execute(
            f"create table job_done_{day:%Y%m%d} partition of job_done "
            f"for values from ('{day} 00:00+00') to ('{day + timedelta(days=1)} 00:00+00')"
        )
    for statement in OTHERS:
        op.execute(statement)


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"drop table {table}")
