"""Keeping the kernel's tables small, in every service's schema: partitions made ahead, old rows dropped."""

from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel.db import run_sql
from softfactory.kernel.jobs import job
from softfactory.kernel.outside import Steps

DAYS_AHEAD = 3
CHUNK = 5_000

KEPT_DAYS = {
    "job_done_default": ("finished_at", 14),
    "outbox": ("delivered_at", 14),
    "inbox": ("received_at", 30),
    "mail": ("created_at", 30),
    "idempotency": ("created_at", 7),
}
"""Table, the time that counts, and the days that rows are kept. An event is told again for as long as it was not
delivered, and the inbox remembers it for longer than any relay tries."""


@job(every="6h", timeout=900)
async def part_finished_jobs(steps: Steps) -> None:
    """Make the coming days' partitions of ``job_done`` and drop those older than 14 days."""
    async with steps.transaction() as session:
        today: date = (await run_sql(session, "select (sf_now() at time zone 'UTC')::date")).scalar_one()
    for ahead in range(DAYS_AHEAD + 1):
        async with steps.transaction() as session:
            await _add(session, today + timedelta(days=ahead))
    async with steps.transaction() as session:
        found = await run_sql(
            session,
            """
            select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
            where i.inhparent = cast(:parent as regclass) and c.relname ~ '^job_done_[0-9]{8}$'
              and c.relname < :oldest
            """,
            parent=f'"{steps.service}".job_done',
            oldest=f"job_done_{today - timedelta(days=14):%Y%m%d}",
        )
        old = list(found.scalars())
    for table in old:
        async with steps.transaction() as session:
            # Short: behind a waiting DROP every finishing job would wait. The job is tried again.
            await run_sql(session, "set local lock_timeout = '2s'")
            await run_sql(session, f"drop table {{s}}.{table}")


async def _add(session: AsyncSession, day: date) -> None:
    """A day's partition. Attached rather than created in place: that needs no lock that running jobs would wait for."""
    name, bounds = f"job_done_{day:%Y%m%d}", {"start": day, "end": day + timedelta(days=1)}
    there = await run_sql(
        session,
        """
        select to_regclass(:name) is not null or exists (
            select 1 from {s}.job_done_default
            where finished_at >= cast(:start as date) at time zone 'UTC'
              and finished_at < cast(:end as date) at time zone 'UTC')
        """,
        name=f'"{session.info["service"]}".{name}',
        **bounds,
    )
    if there.scalar_one():  # a day whose rows began to arrive in the default partition stays there
        return
    await run_sql(session, "set local lock_timeout = '2s'")
    await run_sql(
        session, f"create table {{s}}.{name} (like {{s}}.job_done including defaults including constraints)"
    )
    await run_sql(
        session,
        f"alter table {{s}}.job_done attach partition {{s}}.{name} "
        f"for values from ('{bounds['start']} 00:00+00') to ('{bounds['end']} 00:00+00')",
    )


@job(every="1h", timeout=900)
async def forget_old_rows(steps: Steps) -> None:
    """Delete what is past its days, a chunk at a time."""
    for table, (column, days) in KEPT_DAYS.items():
        while await _delete(steps, table, column, days) == CHUNK:
            pass


async def _delete(steps: Steps, table: str, column: str, days: int) -> int:
    async with steps.transaction() as session:
        gone = await run_sql(
            session,
            f"""
            delete from {{s}}.{table} where ctid = any(array(
                select ctid from {{s}}.{table} where {column} < sf_now() - interval '{days} days' limit {CHUNK}))
            """,  # noqa: S608 - constants of this module
        )
        return int(gone.rowcount)
