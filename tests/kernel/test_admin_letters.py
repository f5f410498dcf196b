"""The mailbox, a service's standing and what waits for a person, as operators see them."""

from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from softfactory.kernel import beats, config, db, mail
from softfactory.kernel.db import run_sql
from softfactory.testing import AsUser, Client, Clock, Person
from tests.kernel import trials
from tests.kernel.watching import RunJobs, act, audited, dead_job, read, say


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def table(clean: str) -> None:
    await trials.make_table()


@pytest_asyncio.fixture(loop_scope="session")
async def watcher(as_user: AsUser) -> Person:
    return await as_user("operator")


@pytest_asyncio.fixture(loop_scope="session")
async def admin(as_user: AsUser) -> Person:
    return await as_user("admin")


# -- letters ---------------------------------------------------------------------------------------------------------


async def the_letter(person: Person, address: str) -> dict[str, Any]:
    (line,) = (await read(person, f"/api/platform/admin/mail?address={address}"))["items"]
    return dict(await read(person, f"/api/platform/admin/mail/{line['id']}"))


async def test_a_letter_is_found_by_a_part_of_its_address_and_read(
    watcher: Person, as_user: AsUser, run_jobs: RunJobs
) -> None:
    await as_user(email="minji@letters.example", language="en")
    await run_jobs()
    letter = await the_letter(watcher, "MINJI@letters")
    assert (letter["state"], letter["template"], letter["job_state"]) == ("in_mailbox", "welcome", "done")
    assert letter["subject"]
    assert letter["body"]
    assert (letter["attempts"], letter["masked"]) == (1, False)
    assert (await read(watcher, "/api/platform/admin/mail?address=nobody@"))["items"] == []
    first = await read(watcher, "/api/platform/admin/mail?limit=1")
    second = await read(watcher, f"/api/platform/admin/mail?limit=1&cursor={first['next_cursor']}")
    assert first["items"][0]["id"] > second["items"][0]["id"]


async def test_outside_demo_deployments_a_letter_opens_nothing(
    watcher: Person, as_user: AsUser, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    await as_user(email="minji@letters.example")
    await run_jobs()
    body = "Open https://here.example/reset?token=abc#x or type 123456. You paid KRW 1,234,567 for 20261125."
    async with db.transaction("platform") as session:
        await run_sql(session, "update {s}.mail set body = :body", body=body)
    assert (await the_letter(watcher, "minji"))["body"] == body
    monkeypatch.setenv("SF_DEMO", "0")
    config.settings.cache_clear()
    letter = await the_letter(watcher, "minji")
    assert letter["masked"] is True
    assert "abc" not in letter["body"]
    assert "123456." not in letter["body"]
    assert "https://here.example/•••" in letter["body"]
    assert "1,234,567" in letter["body"]


@pytest.mark.parametrize("role", ["operator", "admin"])
async def test_a_demo_admin_is_a_stranger_who_reads_no_link_that_opens_an_account(
    role: str, watcher: Person, as_user: AsUser, client: Client, run_jobs: RunJobs
) -> None:
    await as_user("admin", email="sora@letters.example")
    await client.post("/api/auth/password/forgot", json={"email": "sora@letters.example"})
    await run_jobs()
    told = (await client.post("/api/auth/demo", json={"role": role})).json()
    stranger = {"Authorization": f"Bearer {told['access_token']}"}
    listed = (await read(watcher, "/api/platform/admin/mail?address=sora"))["items"]
    (line,) = [line for line in listed if line["template"] == "password_link"]
    path = f"/api/platform/admin/mail/{line['id']}"
    seen = (await client.get(path, headers=stranger)).json()
    assert (seen["masked"], "token=" in seen["body"], "http://test/•••" in seen["body"]) == (
        True,
        False,
        True,
    )
    assert "token=" in (await read(watcher, path))["body"], "there the mailbox is how people read their mail"
    (welcome,) = [line for line in listed if line["template"] == "welcome"]
    other = (await client.get(f"/api/platform/admin/mail/{welcome['id']}", headers=stranger)).json()
    assert other["masked"] is False


async def test_a_letter_is_sent_again_but_not_while_it_is_on_its_way(
    admin: Person, as_user: AsUser, run_jobs: RunJobs
) -> None:
    await as_user(email="minji@letters.example")
    async with db.transaction("platform") as session:
        found = await run_sql(session, "select id from {s}.mail order by id desc limit 1")
        path = f"/api/platform/admin/mail/{found.scalar_one()}/resend"
    status, told = await act(admin, path)
    assert (status, told["code"]) == (409, "letter_on_its_way")
    await run_jobs()
    status, told = await act(admin, path)
    assert (status, told["state"]) == (200, "queued")
    await run_jobs()
    assert (await the_letter(admin, "minji"))["state"] == "in_mailbox"
    assert [entry["act"] for entry in await audited(run_jobs)] == ["mail.resent"]
    assert (await act(admin, f"/api/platform/admin/mail/{uuid4()}/resend"))[0] == 404


async def test_a_letter_whose_facts_are_gone_is_not_sent_again(
    admin: Person, as_user: AsUser, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What opens an account is forgotten once it was sent: a second letter of it would have a hole."""
    await as_user(email="minji@letters.example")
    await run_jobs()
    letter = await the_letter(admin, "minji")
    needy = mail.MailText(ko=("링크", "{link}"), en=("Link", "{link}"))
    monkeypatch.setitem(mail._templates, ("platform", "welcome"), needy)
    status, told = await act(admin, f"/api/platform/admin/mail/{letter['id']}/resend")
    assert (status, told["code"]) == (409, "letter_used_up")


# -- standing --------------------------------------------------------------------------------------------------------


async def test_a_service_without_a_worker_is_not_well(watcher: Person) -> None:
    path = "/api/coocook/admin/health"
    assert (await read(watcher, path))["reason"] == "no_worker"
    worker_id = uuid4()
    await beats.beat("coocook", worker_id, concurrency=4, running=1)
    seen = await read(watcher, path)
    assert (seen["ok"], seen["reason"], seen["service"]) == (True, None, "coocook")
    assert [(w["id"], w["running"], w["alive"]) for w in seen["workers"]] == [(str(worker_id), 1, True)]
    assert seen["versions"]["kernel_version"] == "k0002"
    async with db.transaction("coocook") as session:
        await run_sql(session, "update {s}.worker set seen_at = seen_at - interval '1 minute'")
    assert (await read(watcher, path))["reason"] == "no_worker"
    await beats.leave(["coocook"], worker_id)
    assert (await read(watcher, path))["workers"] == []


async def test_a_service_tells_what_waits_for_a_person(
    watcher: Person, run_jobs: RunJobs, clock: Clock
) -> None:
    async def waiting(service: str) -> dict[str, int]:
        told = await read(watcher, f"/api/{service}/admin/waiting")
        return {line["kind"]: line["count"] for line in told["items"]}

    assert (await waiting("platform"))["dead_jobs"] == 0
    await dead_job(run_jobs, clock)
    await say()
    assert (await waiting("platform")) | {"discrepant_payments": 0} == (await waiting("platform"))
    assert (await waiting("platform"))["dead_jobs"] == 1
    assert (await waiting("platform"))["undelivered_events"] == 0  # it has only just been said
    async with db.transaction("platform") as session:
        await run_sql(session, "update {s}.outbox set created_at = created_at - interval '1 hour'")
    assert (await waiting("platform"))["undelivered_events"] == 1
    assert (await waiting("coocook"))["approvals"] == 0


async def test_the_services_are_named_in_both_languages(watcher: Person, client: Client) -> None:
    told = (await read(watcher, "/api/platform/admin/services"))["items"]
    assert [line["name"] for line in told][:2] == ["platform", "coocook"]
    assert told[0]["title"]["ko"] == "계정과 결제"
    assert (await client.get("/api/platform/admin/services")).status_code == 401
