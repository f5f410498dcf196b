"""Exports: everything about a person in one file, for that person, for seven days."""

import io
import zipfile
from typing import Any

import orjson

from softfactory.kernel import storage
from softfactory.kernel.service import names
from softfactory.services.platform import exports
from softfactory.services.platform.tests.makers import code, log_in, sql
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
    assert "password" not in everything
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
