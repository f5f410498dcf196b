"""What an operator looks for: workers that are alive, why a lane fails, which job an event or a letter became."""

from alembic import op

revision = "k0002"
down_revision = "k0001"
branch_labels = None
depends_on = None

# One row a worker process, written anew every few seconds and deleted when it ends well.
WORKER = """
create table worker (
    id uuid primary key,
    host text not null,
    pid int not null,
    version text not null,
    concurrency int not null,
    running int not null default 0,
    started_at timestamptz not null default clock_timestamp(),
    seen_at timestamptz not null default clock_timestamp()
)
"""


def upgrade() -> None:
    op.execute(WORKER)
    op.execute("alter table relay add column error text")
    op.execute("alter table inbox add column job_id uuid")
    op.execute("alter table mail add column job_id uuid")


def downgrade() -> None:
    op.execute("alter table mail drop column job_id")
    op.execute("alter table inbox drop column job_id")
    op.execute("alter table relay drop column error")
    op.execute("drop table worker")
