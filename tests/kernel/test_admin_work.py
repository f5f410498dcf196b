"""What operators see and admins do of a service's jobs and events: over the API, with each refusal."""

import subprocess
import sys
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from softfactory.kernel import db, relay
from softfactory.kernel.admin import masks
from softfactory.kernel.db import run_sql
from softfactory.testing import AsUser, Clock, Person
from tests.kernel import trials
from tests.kernel.watching import WHY, RunJobs, act, audited, dead_job, read, say


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def table(clean: str) -> None:
    await trials.make_table()


@pytest_asyncio.fixture(loop_scope="session")
async def watcher(as_user: AsUser) -> Person:
    return await as_user("operator")


@pytest_asyncio.fixture(loop_scope="session")
async def admin(as_user: AsUser) -> Person:
    return await as_user("admin")


async def test_whoever_asked_for_a_job_watches_it_and_nobody_else(as_user: AsUser, run_jobs: RunJobs) -> None:
    asker, other = await as_user(), await as_user()
    job_id = await trials.later(trials.mark, what="x", owner=UUID(asker.id))
    assert (await read(asker, f"/api/platform/jobs/{job_id}"))["state"] == "queued"
    await run_jobs(services={"platform"})
    seen = await read(asker, f"/api/platform/jobs/{job_id}")
    assert (seen["state"], seen["result"]["what"]) == ("done", "x")
    await read(other, f"/api/platform/jobs/{job_id}", 404)
    await read(asker, f"/api/coocook/jobs/{job_id}", 404)


async def test_jobs_are_listed_page_by_page_by_state_and_name(
    watcher: Person, run_jobs: RunJobs, clock: Clock
) -> None:
    dead = await dead_job(run_jobs, clock)
    asked = [str(await trials.later(trials.mark, what=str(n))) for n in range(5)]
    path = "/api/platform/admin/jobs?name=trials.mark"
    first = await read(watcher, f"{path}&limit=3")
    second = await read(watcher, f"{path}&limit=3&cursor={first['next_cursor']}")
    assert [job["id"] for job in first["items"] + second["items"]] == asked[::-1]
    assert second["next_cursor"] is None
    told = (await read(watcher, "/api/platform/admin/jobs?state=dead"))["items"]
    assert [(job["id"], job["attempts"]) for job in told] == [(dead, 3)]
    assert told[0]["error"].startswith("ValueError: x")
    await run_jobs(services={"platform"})
    done = await read(watcher, f"{path}&state=done")
    assert len(done["items"]) == 5
    assert (await read(watcher, f"{path}&state=queued"))["items"] == []
    await read(watcher, "/api/platform/admin/jobs?cursor=nonsense", 422)
    await read(watcher, "/api/platform/admin/jobs?state=lost", 422)


async def test_a_dead_job_is_replayed_once_with_a_reason_that_the_audit_keeps(
    as_user: AsUser, run_jobs: RunJobs, clock: Clock
) -> None:
    job_id = await dead_job(run_jobs, clock)
    admin = await as_user("admin")
    path = f"/api/platform/admin/jobs/{job_id}"
    assert (await read(admin, path))["summary"] == trials.refuse.function.__doc__
    assert (await act(admin, f"{path}/replay", {"reason": " "}))[0] == 422
    status, told = await act(admin, f"{path}/replay")
    assert (status, told["state"], told["attempts"]) == (200, "queued", 0)
    status, told = await act(admin, f"{path}/replay")
    assert (status, told["code"]) == (409, "job_not_dead")
    assert (await act(admin, f"/api/platform/admin/jobs/{uuid4()}/replay"))[0] == 404
    await run_jobs(raise_errors=False)
    (entry,) = await audited(run_jobs)
    assert (entry["act"], str(entry["actor_id"]), str(entry["subject_id"])) == (
        "job.replayed",
        admin.id,
        job_id,
    )
    assert (entry["reason"], entry["facts"]["job"]) == (WHY["reason"], trials.refuse.name)


async def test_a_dead_job_whose_twin_waits_is_not_replayed(
    as_user: AsUser, run_jobs: RunJobs, clock: Clock
) -> None:
    job_id = await dead_job(run_jobs, clock, unique="one")
    admin = await as_user("admin")
    await trials.later(trials.refuse, what="x", unique="one")
    status, told = await act(admin, f"/api/platform/admin/jobs/{job_id}/replay")
    assert (status, told["code"]) == (409, "twin_waiting")


async def test_a_waiting_job_is_cancelled_and_a_finished_one_is_not(admin: Person, run_jobs: RunJobs) -> None:
    job_id = await trials.later(trials.mark, what="never")
    path = f"/api/platform/admin/jobs/{job_id}/cancel"
    assert (await act(admin, path))[1]["state"] == "cancelled"
    status, told = await act(admin, path)
    assert (status, told["code"]) == (409, "job_over")
    await run_jobs()
    assert await trials.effects() == []
    assert [entry["act"] for entry in await audited(run_jobs)] == ["job.cancelled"]


async def test_an_operator_reads_everything_and_acts_on_nothing(
    watcher: Person, run_jobs: RunJobs, clock: Clock
) -> None:
    job_id = await dead_job(run_jobs, clock)
    await read(watcher, f"/api/platform/admin/jobs/{job_id}")
    for path, body in (
        (f"jobs/{job_id}/replay", WHY),
        (f"jobs/{job_id}/cancel", WHY),
        (f"events/{uuid4()}/redeliver", {**WHY, "target": "coocook"}),
        (f"mail/{uuid4()}/resend", WHY),
    ):
        status, told = await act(watcher, f"/api/platform/admin/{path}", body)
        assert (status, told["code"]) == (403, "role_missing"), path
    assert (await trials.row(UUID(job_id))).state == "dead"


async def test_an_admin_who_signed_in_long_ago_proves_themselves_before_acting(
    admin: Person, clock: Clock
) -> None:
    job_id = await trials.later(trials.mark, what="x")
    await clock.advance(minutes=16)
    for path, body in (
        (f"jobs/{job_id}/replay", WHY),
        (f"jobs/{job_id}/cancel", WHY),
        (f"events/{uuid4()}/redeliver", {**WHY, "target": "coocook"}),
        (f"mail/{uuid4()}/resend", WHY),
    ):
        status, told = await act(admin, f"/api/platform/admin/{path}", body)
        assert (status, told["code"]) == (403, "recent_sign_in_needed"), path
    assert (await trials.row(job_id)).state == "queued"


def test_a_worker_knows_the_job_that_tells_the_audit() -> None:
    """The worker imports no route: what routes ask for must be known to it all the same."""
    program = "from softfactory import worker; from softfactory.kernel import jobs; print(*jobs.of_service('coocook'))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "kernel.admin.acts.tell_audit" in done.stdout.split()


async def test_an_act_told_twice_is_one_line_of_the_audit(admin: Person, run_jobs: RunJobs) -> None:
    from softfactory.kernel import identity
    from softfactory.kernel.admin import acts

    job_id = await trials.later(trials.mark, what="x")
    await act(admin, f"/api/platform/admin/jobs/{job_id}/cancel")
    async with db.transaction("platform") as session:
        found = await run_sql(
            session, "select payload from {s}.job where name = :name", name=acts.tell_audit.name
        )
        told = identity.Act.model_validate(found.scalar_one()["act"])
    await identity.record_act(told)
    await run_jobs()
    assert len(await audited(run_jobs)) == 1


async def test_payloads_and_results_show_no_secrets(watcher: Person) -> None:
    async with db.transaction("platform") as session:
        job_id = await trials.mark.later(session, what="x")
        await run_sql(
            session,
            """
            update {s}.job set payload = '{"token": "t0p", "deep": [{"reset_link": "http://x/y"}], "id": 1}',
                result = '{"password": "hunter2"}' where id = :id
            """,
            id=job_id,
        )
    seen = await read(watcher, f"/api/platform/admin/jobs/{job_id}")
    assert seen["payload"] == {"token": masks.HIDDEN, "deep": [{"reset_link": masks.HIDDEN}], "id": 1}
    assert seen["result"] == {"password": masks.HIDDEN}


# -- events ----------------------------------------------------------------------------------------------------------


async def test_undelivered_events_are_listed_oldest_first_with_why(
    watcher: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [await say() for _ in range(3)]

    async def refuse(*_: Any) -> None:
        raise ConnectionError("coocook is away")

    monkeypatch.setattr(relay, "_deliver", refuse)
    await relay.relay("platform", "coocook")
    path = "/api/platform/admin/events?name=hello&limit=2"
    first = await read(watcher, path)
    second = await read(watcher, f"{path}&cursor={first['next_cursor']}")
    lines = first["items"] + second["items"]
    assert [line["id"] for line in lines] == said
    assert {(line["attempts"], line["error"].split(" (")[0]) for line in lines} == {
        (1, "ConnectionError: coocook is away")
    }
    assert lines[0]["payload"]["token"] == masks.HIDDEN
    lanes = (await read(watcher, "/api/platform/admin/lanes"))["items"]
    (lane,) = [each for each in lanes if each["target"] == "coocook"]
    assert (lane["target"], lane["waiting"], lane["failures"]) == ("coocook", 3, 1)
    assert lane["due_at"] is not None


async def test_an_event_is_handed_over_again_and_its_pause_is_lifted(
    admin: Person, run_jobs: RunJobs
) -> None:
    event_id = await say()
    await run_jobs()
    (line,) = (await read(admin, "/api/platform/admin/events?state=delivered&name=hello"))["items"]
    assert (line["id"], line["attempts"]) == (event_id, 1)
    path = f"/api/platform/admin/events/{event_id}/redeliver"
    async with db.transaction("platform") as session:
        await run_sql(session, "update {s}.relay set due_at = sf_now() + interval '1 hour'")
    status, told = await act(admin, path, {**WHY, "target": "coocook"})
    assert (status, told["delivered_at"]) == (200, None)
    async with db.transaction("platform") as session:
        paused = await run_sql(session, "select due_at from {s}.relay where target = 'coocook'")
        assert paused.scalar_one() is None
    assert (await act(admin, path, {**WHY, "target": "elsewhere"}))[0] == 404
    assert [entry["act"] for entry in await audited(run_jobs)] == ["event.redelivered"]
    assert (await read(admin, "/api/platform/admin/events"))["items"] == []


async def test_what_a_service_was_told_names_the_job_that_it_became(
    watcher: Person, run_jobs: RunJobs
) -> None:
    async with db.transaction("platform") as session:
        await run_sql(
            session,
            "insert into {s}.inbox (event_id, listener, job_id) values (:id, 'platform.trial.hear', :job)",
            id=uuid4(),
            job=await trials.mark.later(session, what="x"),
        )
    path = "/api/platform/admin/events/heard"
    (line,) = (await read(watcher, path))["items"]
    assert (line["listener"], line["job_state"]) == ("platform.trial.hear", "queued")
    await run_jobs(services={"platform"})
    assert (await read(watcher, path))["items"][0]["job_state"] == "done"
