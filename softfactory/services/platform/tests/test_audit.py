"""The audit: one chain of what was done, which nobody changes unseen."""

import asyncio
import itertools
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError

from softfactory.kernel import db
from softfactory.kernel.db import uuid7
from softfactory.services.platform import audit
from softfactory.services.platform.tests.makers import code, sql
from softfactory.testing import AsUser, Client, Clock

ADMIN, MINJI = uuid7(), uuid7()


async def _record(act: str = "person.suspended", **facts: Any) -> None:
    known: dict[str, Any] = {"actor_id": ADMIN, "subject_id": MINJI, "reason": "spam from minji@example.com"}
    async with db.transaction("platform") as session:
        await audit.record(session, act=act, **(known | facts))


async def _prove() -> dict[str, Any]:
    async with db.transaction("platform") as session:
        return await audit.prove(session)


async def _tamper(url: str, *statements: str) -> None:
    """As the owner of the database would: past every trigger."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            await connection.execute("set local session_replication_role = replica")
            for statement in statements:
                await connection.execute(statement)
    finally:
        await connection.close()


async def test_acts_are_linked_in_the_order_of_their_commits(clean: str) -> None:
    await asyncio.gather(*(_record(facts={"nth": n}) for n in range(20)))
    rows = await sql("select number, previous, hash from {s}.audit_entry order by number")
    assert [row["number"] for row in rows] == list(range(1, 21))
    assert all(row["previous"] == before["hash"] for before, row in itertools.pairwise(rows))
    assert await _prove() == {"number": 20, "broken_at": None, "problem": None}


async def test_what_was_rolled_back_was_not_done(clean: str) -> None:
    async def give_up() -> None:
        async with db.transaction("platform") as session:
            await audit.record(session, act="person.suspended", subject_id=MINJI)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await give_up()
    await _record()
    assert (await _prove())["number"] == 1


async def test_a_request_that_works_long_after_its_act_keeps_nobody_waiting(clean: str) -> None:
    async with db.transaction("platform") as slow:
        await audit.record(slow, act="person.restored", subject_id=MINJI)
        async with asyncio.timeout(2):
            await _record()
    acts = await sql("select act from {s}.audit_entry order by number")
    assert [row["act"] for row in acts] == ["person.suspended", "person.restored"]
    assert (await _prove())["problem"] is None


@pytest.mark.parametrize(
    "change",
    [
        "update {s}.audit_entry set facts = '{}'",
        "update {s}.audit_entry set number = null, previous = null, hash = null",
        "delete from {s}.audit_entry",
        "truncate {s}.audit_entry cascade",
        "update {s}.audit_personal set value = 'nothing'",
        "delete from {s}.audit_personal",
        "update {s}.audit_head set number = number + 1",
        "delete from {s}.audit_head",
        "insert into {s}.audit_head (id, number, hash) values (gen_random_uuid(), 9, '')",
        "insert into {s}.audit_entry (id, act, facts, personal, number, previous, hash) "
        "values (gen_random_uuid(), 'x', '{}', '{}', 9, '', '')",
        "update {s}.audit_proof set number = 0",
        "delete from {s}.audit_proof",
    ],
)
async def test_nothing_of_it_is_changed_or_deleted(change: str, clean: str) -> None:
    await _record()
    await _prove()
    with pytest.raises(DBAPIError, match="only ever added to"):
        await sql(change)
    assert (await _prove())["problem"] is None


@pytest.mark.parametrize(
    ("statements", "broken_at", "problem"),
    [
        (("update platform.audit_entry set act = 'person.praised' where number = 3",), 3, "changed"),
        (
            ("update platform.audit_entry set created_at = created_at - interval '1 s' where number = 2",),
            2,
            "changed",
        ),
        (("update platform.audit_entry set actor_id = null where number = 4",), 4, "changed"),
        (("update platform.audit_entry set facts = '{\"roles\": []}' where number = 1",), 1, "changed"),
        (
            (
                "delete from platform.audit_personal where entry_id ="
                " (select id from platform.audit_entry where number = 3)",
                "delete from platform.audit_entry where number = 3",
            ),
            3,
            "missing",
        ),
        (("delete from platform.audit_entry where number = 5",), 5, "cut"),
        (
            (
                "delete from platform.audit_entry where number = 5",
                "update platform.audit_head set number = 4,"
                " hash = (select hash from platform.audit_entry where number = 4)",
            ),
            5,
            "cut",
        ),
        (
            (
                "update platform.audit_personal set value = 'praise' where entry_id ="
                " (select id from platform.audit_entry where number = 2)",
            ),
            2,
            "personal_changed",
        ),
        (
            (
                "delete from platform.audit_personal where entry_id ="
                " (select id from platform.audit_entry where number = 2)",
            ),
            2,
            "personal_missing",
        ),
        (
            (
                "insert into platform.audit_entry (id, act, facts, personal) values"
                " (gen_random_uuid(), 'person.praised', '{}', '{}')",
            ),
            6,
            "unchained",
        ),
        (("update platform.audit_proof set number = 4",), 4, "rewritten"),
    ],
)
async def test_the_proof_tells_where_somebody_tampered(
    statements: tuple[str, ...], broken_at: int, problem: str, clean: str
) -> None:
    for n in range(5):
        await _record(facts={"nth": n})
    assert (await _prove())["problem"] is None
    await _tamper(clean, *statements)
    told = await _prove()
    assert (told["broken_at"], told["problem"]) == (broken_at, problem)


async def test_a_chain_written_anew_is_not_the_one_that_was_proven(clean: str) -> None:
    """Its owner deletes everything and lets the database chain another story: each link is right, and it is found."""
    for n in range(3):
        await _record(facts={"nth": n})
    await _prove()
    await _tamper(
        clean,
        "delete from platform.audit_personal",
        "delete from platform.audit_entry",
        "delete from platform.audit_head",
    )
    for _ in range(3):
        await _record(act="person.praised")
    told = await _prove()
    assert (told["broken_at"], told["problem"]) == (3, "rewritten")


async def test_a_person_is_forgotten_and_the_chain_holds(clean: str) -> None:
    await _record(personal={"address": "203.0.113.7"}, facts={"roles": ["chef"]})
    await _record(subject_id=uuid7())
    async with db.transaction("platform") as session:
        await audit.erase(session, person_id=MINJI)
        await audit.erase(session, person_id=MINJI)
    left = await sql("select name, value from {s}.audit_personal where value is not null")
    assert left == [{"name": "reason", "value": "spam from minji@example.com"}]
    assert (await _prove())["problem"] is None


async def test_admins_read_it_by_act_person_and_day(as_user: AsUser, clock: Clock) -> None:
    admin, chef = await as_user("admin", name="Sora"), await as_user("chef", name="Haneul")
    await _record(subject_id=UUID(chef.id), actor_id=UUID(admin.id), facts={"from": "active"})
    await _record(act="person.restored", subject_id=UUID(chef.id))
    await _record(act="session.ended", subject_id=uuid7(), reason=None)
    page = (await admin.http.get("/api/users/audit", params={"act": "person"})).json()
    assert [item["act"] for item in page["items"]] == ["person.restored", "person.suspended"]
    entry = page["items"][1]
    assert entry["actor"] == {"id": admin.id, "name": "Sora"}
    assert entry["subject"] == {"id": chef.id, "name": "Haneul"}
    assert entry["facts"] == {"from": "active"}
    assert entry["personal"] == [{"name": "reason", "value": "spam from minji@example.com"}]
    only = (await admin.http.get("/api/users/audit", params={"act": "person.restored"})).json()
    assert len(only["items"]) == 1
    hers = (await admin.http.get("/api/users/audit", params={"person_id": admin.id})).json()
    assert [item["number"] for item in hers["items"]] == [entry["number"]]
    today = clock.now().date().isoformat()
    assert (
        len((await admin.http.get("/api/users/audit", params={"from": today, "to": today})).json()["items"])
        >= 3
    )
    for bounds in ({"from": "2999-01-01"}, {"to": "0001-01-01"}, {"from": "9999-12-31"}):
        assert (await admin.http.get("/api/users/audit", params=bounds)).json()["items"] == []


async def test_its_pages_follow_one_another(as_user: AsUser) -> None:
    admin = await as_user("admin")
    for n in range(5):
        await _record(act="test.counted", facts={"nth": n})
    seen: list[int] = []
    cursor = ""
    while True:
        params = {"act": "test", "limit": "2"} | ({"cursor": cursor} if cursor else {})
        page = (await admin.http.get("/api/users/audit", params=params)).json()
        seen += [item["facts"]["nth"] for item in page["items"]]
        if not (cursor := page["next_cursor"] or ""):
            break
    assert seen == [4, 3, 2, 1, 0]
    answer = await admin.http.get("/api/users/audit", params={"cursor": "WzFlMzAwXQ"})
    assert code(answer) == (422, "cursor_invalid")


async def test_an_admin_has_the_chain_proven(
    as_user: AsUser, client: Client, run_jobs: Any, clean: str
) -> None:
    admin, chef = await as_user("admin"), await as_user("chef")
    assert (await chef.http.get("/api/users/audit")).status_code == 403
    assert (await chef.http.get("/api/users/audit/chain")).status_code == 403
    assert (await chef.http.post("/api/users/audit/verify")).status_code == 403
    await _record()
    before = (await admin.http.get("/api/users/audit/chain")).json()
    assert (before["entries"] >= 1, before["whole"]) == (True, None)
    asked = await admin.http.post("/api/users/audit/verify")
    assert asked.status_code == 202
    assert asked.headers["Location"] == f"/api/platform/jobs/{asked.json()['job_id']}"
    await run_jobs()
    assert (await admin.http.get("/api/users/audit/chain")).json()["whole"] is True
    await _tamper(clean, "update platform.audit_entry set act = 'a.lie' where number = 1")
    await admin.http.post("/api/users/audit/verify")
    await run_jobs()
    after = (await admin.http.get("/api/users/audit/chain")).json()
    assert (after["whole"], after["broken_at"], after["problem"]) == (False, 1, "changed")
