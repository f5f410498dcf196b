"""Exports: everything about a person in one file, for that person, for seven days."""

import io
import zipfile
from typing import Any

import orjson

from softfactory.kernel import storage
from softfactory.kernel.service import names
from softfactory.services.platform import exports
from softfactory.services.platform.tests.makers import client_at, code, log_in, sql
from softfactory.testing import AsUser, Client, Clock, Mailbox, Person, client_of

ME = "/api/users/me"


async def _made(person: Person, run_jobs: Any) -> str:
    asked = await person.http.get(f"{ME}/export")
    assert asked.status_code == 202, asked.text
    await run_jobs()
    return str(asked.json()["id"])


async def test_a_person_gets_everything_in_one_file(as_user: AsUser, run_jobs: Any, mailbox: Mailbox) -> None:
    person = await as_user(name="<Minji> & co")
    await person.http.post("/api/auth/api-keys", json={"name": "Calendar", "scopes": ["users:read"]})
    asked = await person.http.get(f"{ME}/export")
    assert asked.headers["Location"] == f"/api/platform/jobs/{asked.json()['job_id']}"
    assert (await person.http.get(asked.headers["Location"])).json()["state"] == "queued"
    await run_jobs()
    done = (await person.http.get(asked.headers["Location"])).json()
    assert (done["state"], done["result"]) == ("done", {"href": f"{ME}/exports/{asked.json()['id']}"})
    answer = await person.http.get(done["result"]["href"])
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    assert "attachment" in answer.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        files = archive.namelist()
        assert "index.html" in files
        assert {name.split("/")[0] for name in files} == {"index.html", *names()}
        page = archive.read("index.html").decode()
        assert "&lt;Minji&gt; &amp; co" in page
        assert "<Minji>" not in page
        profile = orjson.loads(archive.read("platform/profile.json"))
        assert profile[0]["email"] == person.email
        everything = b"".join(archive.read(name) for name in files).decode()
    assert "Calendar" in everything
    assert not [secret for secret in ("password_hash", "$argon2") if secret in everything]
    letter = (await mailbox())[-1]
    assert (letter.to, letter.template) == (person.email, "export_ready")
    assert "http://test/account?tab=data" in letter.body


async def test_asking_again_means_the_one_that_is_being_made(as_user: AsUser, run_jobs: Any) -> None:
    person = await as_user()
    first, again = await person.http.get(f"{ME}/export"), await person.http.get(f"{ME}/export")
    assert first.json() == again.json()
    await run_jobs()
    assert (await person.http.get(f"{ME}/export")).json()["id"] != first.json()["id"]


async def test_the_file_is_nobody_elses(app: Any, as_user: AsUser, run_jobs: Any) -> None:
    person, stranger = await as_user(), await as_user("admin")
    export_id = await _made(person, run_jobs)
    assert code(await stranger.http.get(f"{ME}/exports/{export_id}")) == (404, "export_unknown")
    assert (await stranger.http.get(f"{ME}/exports")).json()["items"] == []
    key = {"name": "x", "scopes": ["users:read"]}
    made = (await person.http.post("/api/auth/api-keys", json=key)).json()["key"]
    async with client_of(app, made) as program:
        for path in (f"{ME}/export", f"{ME}/exports", f"{ME}/exports/{export_id}"):
            assert code(await program.get(path)) == (403, "key_refused")


async def test_after_seven_days_it_is_gone(
    client: Client, as_user: AsUser, run_jobs: Any, clock: Clock, app: Any
) -> None:
    person = await as_user()
    export_id = await _made(person, run_jobs)
    items = (await person.http.get(f"{ME}/exports")).json()["items"]
    assert [(item["id"], item["state"]) for item in items] == [(export_id, "ready")]
    key = f"platform/exports/{export_id}.zip"
    assert await storage.exists(key)
    await clock.advance(days=7, minutes=1)
    token = (await log_in(client, person.email)).json()["access_token"]
    async with client_of(app, token) as http:
        assert code(await http.get(f"{ME}/exports/{export_id}")) == (404, "export_unknown")
        assert (await http.get(f"{ME}/exports")).json()["items"] == []
    await run_jobs()
    assert not await storage.exists(key)
    assert await sql("select id from {s}.data_export") == []


async def test_made_twice_it_is_told_once(as_user: AsUser, run_jobs: Any, mailbox: Mailbox) -> None:
    from uuid import UUID

    from softfactory.kernel.outside import Steps

    export_id = await _made(await as_user(), run_jobs)
    await exports.make(Steps("platform"), export_id=UUID(export_id))
    await run_jobs()
    assert [letter.template for letter in await mailbox()].count("export_ready") == 1


async def _read(person: Person, run_jobs: Any) -> str:
    """Everything in a fresh file."""
    file = await person.http.get(f"{ME}/exports/{await _made(person, run_jobs)}")
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist()).decode()


async def test_whoever_holds_a_session_finds_no_link_to_the_password_in_it(
    client: Client, as_user: AsUser, run_jobs: Any, mailbox: Mailbox
) -> None:
    person = await as_user()
    await client.post("/api/auth/password/forgot", json={"email": person.email})
    await run_jobs()
    letter = [letter for letter in await mailbox() if letter.template == "password_link"][-1]
    token = letter.body.split("token=")[1].split()[0]
    everything = await _read(person, run_jobs)
    assert letter.subject in everything
    assert token not in everything


async def test_strangers_who_share_a_demo_person_learn_nothing_of_one_another(
    app: Any, client: Client, run_jobs: Any
) -> None:
    async with client_at(app, "203.0.113.77") as other:
        other.headers["User-Agent"] = "Strange/1.0"
        first = (await other.post("/api/auth/demo", json={"role": "admin"})).json()
    told = (await client.post("/api/auth/demo", json={"role": "admin"})).json()
    assert told["user"]["id"] == first["user"]["id"]
    async with client_of(app, told["access_token"]) as http:
        everything = await _read(Person(http, told["user"]["id"], "", ""), run_jobs)
    assert told["user"]["email"] in everything
    assert "203.0.113.77" not in everything
    assert "Strange" not in everything


async def test_files_are_made_a_few_times_an_hour(as_user: AsUser, run_jobs: Any, clock: Clock) -> None:
    person = await as_user()
    for _ in range(5):
        await _made(person, run_jobs)
    refused = await person.http.get(f"{ME}/export")
    assert code(refused) == (429, "too_many_exports")
    assert 0 < int(refused.headers["retry-after"]) <= 3600
    assert len((await person.http.get(f"{ME}/exports")).json()["items"]) == 5
    await clock.advance(hours=1, seconds=1)
    await _made(person, run_jobs)
