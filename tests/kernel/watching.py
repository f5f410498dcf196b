"""Who watches a service's work, and what they do to it: for the stories of the admin routes."""

from collections.abc import Awaitable, Callable
from typing import Any

from softfactory.kernel import db
from softfactory.kernel.db import run_sql
from softfactory.testing import Clock, Person
from tests.kernel import trials

RunJobs = Callable[..., Awaitable[int]]
WHY = {"reason": "the cause is mended"}


async def read(person: Person, path: str, status: int = 200) -> Any:
    answer = await person.get(path)
    assert answer.status_code == status, answer.text
    return answer.json()


async def act(person: Person, path: str, body: dict[str, Any] | None = None) -> tuple[int, Any]:
    answer = await person.post(path, json=body or WHY)
    return answer.status_code, answer.json()


async def dead_job(run_jobs: RunJobs, clock: Clock, **more: Any) -> str:
    job_id = await trials.later(trials.refuse, what="x", **more)
    for _ in range(3):
        await run_jobs(services={"platform"}, raise_errors=False)
        await clock.advance(minutes=11)
    return str(job_id)


async def audited(run_jobs: RunJobs) -> list[dict[str, Any]]:
    await run_jobs()
    async with db.transaction("platform") as session:
        found = await run_sql(
            session,
            """
            select e.act, e.actor_id, e.subject_id, e.facts, p.value as reason from {s}.audit_entry e
            join {s}.audit_personal p on p.entry_id = e.id and p.name = 'reason'
            where e.act ~ '^(job|event|mail)[.]' order by e.created_at
            """,
        )
        return [dict(row) for row in found.mappings()]


async def say(what: str = "hello") -> str:
    """An event of platform's to coocook that nobody listens to."""
    event_id = db.uuid7()
    async with db.transaction("platform") as session:
        await run_sql(
            session,
            """
            insert into {s}.outbox (id, target, name, payload)
            values (:id, 'coocook', :name, '{"order_id": "1", "token": "t0p"}')
            """,
            id=event_id,
            name=f"platform.{what}",
        )
    return str(event_id)
