"""Being forgotten: what binds is listed, a letter says goodbye, and then nobody of that name was ever here."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from softfactory.kernel import auth, db, storage
from softfactory.kernel.outside import Steps
from softfactory.services.platform import audit, erasure
from softfactory.services.platform.base import Base
from softfactory.services.platform.tests.makers import bearer, code, log_in, registered, sql
from softfactory.testing import AsUser, Client, Clock, Mailbox, Person

ME = "/api/users/me"


async def _leave(person: Person, word: str = "delete") -> httpx.Response:
    answer: httpx.Response = await person.http.request("DELETE", ME, json={"word": word})
    return answer


async def _gone(run_jobs: Any, clock: Clock) -> None:
    """Time passes: the sessions are heard of, the letter leaves, the rest is erased."""
    for _ in range(3):
        await clock.advance(seconds=11)
        await run_jobs()


async def test_who_leaves_is_forgotten_and_gets_a_last_letter(
    client: Client, as_user: AsUser, run_jobs: Any, clock: Clock, mailbox: Mailbox
) -> None:
    person = await as_user(name="김민지", email="minji@example.com")
    await person.http.post("/api/auth/api-keys", json={"name": "Calendar", "scopes": ["users:read"]})
    await person.http.post("/api/users/spaces", json={"name": "민지네"})
    await person.http.get(f"{ME}/export")
    await run_jobs()
    export_id = (await sql("select id from {s}.data_export"))[0]["id"]
    answer = await _leave(person)
    assert (answer.status_code, answer.json()) == (202, {"state": "leaving"})
    await auth.RevocationWatch().once()
    assert code(await person.http.get(ME)) == (401, "token_invalid")
    assert (await log_in(client, person.email)).status_code in (401, 403)
    await clock.advance(seconds=11)
    await run_jobs()
    assert [(letter.to, letter.template) for letter in await mailbox()][-1] == (person.email, "farewell")
    await _gone(run_jobs, clock)
    row = (await sql("select * from {s}.person where id = cast(:id as uuid)", id=person.id))[0]
    assert (row["status"], row["name"], row["password_hash"]) == ("erased", "", None)
    assert (await sql("select erased_at from {s}.erasure"))[0]["erased_at"] is not None
    for table in ("login_session", "refresh_token", "api_key", "role_grant", "data_export", "mail"):
        assert await sql("select * from {s}." + table) == [], table  # noqa: S608 - names written here
    assert [r["kind"] for r in await sql("select kind from {s}.space")] == ["personal"]
    assert not await storage.exists(f"platform/exports/{export_id}.zip")
    async with db.transaction("platform") as session:
        assert (await audit.prove(session))["problem"] is None
    assert await mailbox() == []
    assert (await registered(client, "minji@example.com"))["user"]["id"] != person.id


@pytest.mark.usefixtures("clean")
async def test_no_table_remembers_the_name_or_the_address(
    client: Client, as_user: AsUser, run_jobs: Any, clock: Clock, clean: str
) -> None:
    """Every column of every table of every service is read."""
    import asyncpg

    admin = await as_user("admin")
    person = await as_user(name="Zebedee Quartermain", email="zebedee@example.com")
    suspended = {"status": "suspended", "reason": "Zebedee Quartermain was rude"}
    await admin.http.patch(f"/api/users/{person.id}", json=suspended)
    await admin.http.patch(f"/api/users/{person.id}", json={"status": "active", "reason": "a mistake"})
    told = (await log_in(client, person.email)).json()
    for inviter, address in ((bearer(told), "friend@example.com"), (admin.http.headers, person.email)):
        team = (await client.post("/api/users/spaces", json={"name": "Kitchen"}, headers=inviter)).json()[
            "id"
        ]
        path = f"/api/users/spaces/{team}/invitations"
        assert (await client.post(path, json={"email": address}, headers=inviter)).status_code == 201
        await run_jobs()
    answer = await client.request("DELETE", ME, json={"word": "delete"}, headers=bearer(told))
    assert answer.status_code == 202
    await _gone(run_jobs, clock)
    connection = await asyncpg.connect(clean)
    try:
        tables = await connection.fetch(
            "select format('%I.%I', schemaname, tablename) as name from pg_tables "
            "where schemaname in ('platform', 'coocook')"
        )
        for table in tables:
            for row in await connection.fetch(f"select t::text as line from {table['name']} t"):  # noqa: S608
                line = row["line"].lower()
                assert "zebedee" not in line, f"{table['name']}: {row['line']}"
                assert "quartermain" not in line, f"{table['name']}: {row['line']}"
    finally:
        await connection.close()


async def test_the_word_has_to_be_typed(as_user: AsUser) -> None:
    person = await as_user()
    assert (await _leave(person, "yes")).status_code == 422
    assert (await person.http.request("DELETE", ME)).status_code == 422
    assert (await person.http.get(ME)).status_code == 200


async def test_leaving_asks_for_a_recent_sign_in(as_user: AsUser, clock: Clock) -> None:
    person = await as_user()
    await clock.advance(minutes=16)
    assert code(await _leave(person)) == (403, "recent_sign_in_needed")


async def test_obligations_come_first_in_the_readers_language(
    as_user: AsUser, run_jobs: Any, mailbox: Mailbox
) -> None:
    import re

    owner, member = await as_user("admin"), await as_user()
    team = (await owner.http.post("/api/users/spaces", json={"name": "Kitchen"})).json()["id"]
    await owner.http.post(f"/api/users/spaces/{team}/invitations", json={"email": member.email})
    await run_jobs()
    token = re.search(r"token=(\S+)", (await mailbox())[-1].body)
    assert token is not None
    await member.http.post("/api/users/invitations/accept", json={"token": token.group(1)})
    await sql(
        "insert into {s}.ledger_account (id, kind, owner, balance) values (gen_random_uuid(), 'wallet', :who, 0)",
        who=owner.id,
    )
    answer = await _leave(owner)
    assert code(answer) == (409, "obligations_open")
    bound = answer.json()["facts"]["obligations"]
    assert [item["code"] for item in bound] == ["team_without_owner", "last_admin"]
    assert bound[0]["title"].startswith("The team Kitchen")
    assert bound[0]["path"] == "/account?tab=teams"
    listed = await owner.http.get(f"{ME}/obligations", headers={"Accept-Language": "ko"})
    assert listed.json()["items"][0]["title"].startswith("Kitchen 팀에")
    assert (await owner.http.get(ME)).status_code == 200
    assert (await _leave(member)).status_code == 202


async def test_what_came_up_in_the_last_second_gives_the_account_back(
    client: Client, as_user: AsUser, run_jobs: Any, clock: Clock, mailbox: Mailbox
) -> None:
    person, friend = await as_user(name="Minji"), await as_user()
    assert (await _leave(person)).status_code == 202
    team = UUID((await friend.http.post("/api/users/spaces", json={"name": "Kitchen"})).json()["id"])
    await sql(
        "insert into {s}.space_member (id, space_id, person_id, role) "
        "values (gen_random_uuid(), :team, cast(:who as uuid), 'owner')",
        team=team,
        who=person.id,
    )
    await sql(
        "update {s}.space_member set role = 'member' where person_id = cast(:who as uuid) and space_id = :team",
        who=friend.id,
        team=team,
    )
    await _gone(run_jobs, clock)
    assert (await mailbox())[-1].template == "leaving_stopped"
    assert (await log_in(client, person.email)).status_code == 200
    assert await sql("select * from {s}.erasure") == []


async def test_it_is_resumed_wherever_it_stopped(
    as_user: AsUser, run_jobs: Any, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step dies once after its work and runs again: nothing is done twice, and it ends."""
    person = await as_user()
    who = UUID(person.id)
    assert (await _leave(person)).status_code == 202
    steps = Steps("platform")
    assert await erasure.go_on(steps, person_id=who) == "saying goodbye"
    assert await erasure.go_on(steps, person_id=who) == "waiting for the letter"
    assert len(await sql("select id from {s}.mail where template = 'farewell'")) == 1
    await run_jobs()

    async def dies(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(erasure.mail, "erase", dies)
        with pytest.raises(RuntimeError):
            await erasure.go_on(steps, person_id=who)
    row = (await sql("select status from {s}.person"))[0]
    assert row["status"] == "leaving"
    assert await erasure.go_on(steps, person_id=who) == "erased"
    assert await erasure.go_on(steps, person_id=who) == "nothing to do"
    erased = await sql("select id from {s}.audit_entry where act = 'person.erased'")
    assert len(erased) == 1


async def test_a_letter_that_never_leaves_holds_nobody_for_ever(
    as_user: AsUser, run_jobs: Any, clock: Clock
) -> None:
    person = await as_user()
    assert (await _leave(person)).status_code == 202
    steps, who = Steps("platform"), UUID(person.id)
    assert await erasure.go_on(steps, person_id=who) == "saying goodbye"
    await clock.advance(days=1, minutes=1)
    assert await erasure.go_on(steps, person_id=who) == "erased"


async def test_demo_people_stay(client: Client) -> None:
    told = (await client.post("/api/auth/demo", json={"role": "guest"})).json()
    answer = await client.request("DELETE", ME, json={"word": "delete"}, headers=bearer(told))
    assert code(answer) == (403, "demo_person_fixed")


async def test_whatever_is_a_persons_hangs_on_the_person() -> None:
    """A table with a person's id and no foreign key would be passed over when they are forgotten."""
    kept = {"audit_personal", "erasure"}
    tables = [table for table in Base.metadata.sorted_tables if "person_id" in table.columns]
    loose = {table.name for table in tables if not table.columns["person_id"].foreign_keys}
    assert loose == kept
