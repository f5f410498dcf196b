"""Teams: who is in them, who may do what, and that nobody is left without an owner."""

import asyncio
import re
from typing import Any

import httpx
import pytest
from sqlalchemy.exc import IntegrityError

from softfactory.kernel import config, mail
from softfactory.services.platform import contract, settings, spaces
from softfactory.services.platform.tests.makers import bearer, code, sql
from softfactory.testing import AsUser, Client, Clock, Mailbox, Person

SPACES = "/api/users/spaces"


async def _team(owner: Person, name: str = "성수 주방팀") -> str:
    answer = await owner.http.post(SPACES, json={"name": name})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def _invite(owner: Person, team: str, email: str, **facts: Any) -> httpx.Response:
    answer: httpx.Response = await owner.http.post(
        f"{SPACES}/{team}/invitations", json={"email": email, **facts}
    )
    return answer


async def _token(run_jobs: Any, mailbox: Mailbox) -> str:
    await run_jobs()
    letter = [letter for letter in await mailbox() if letter.template == "space_invitation"][-1]
    found = re.search(r"http://test/invitation\?token=(\S+)", letter.body)
    assert found is not None
    return found.group(1)


async def _join(person: Person, token: str) -> httpx.Response:
    answer: httpx.Response = await person.http.post("/api/users/invitations/accept", json={"token": token})
    return answer


async def _joined(
    owner: Person, team: str, person: Person, run_jobs: Any, mailbox: Mailbox, **facts: Any
) -> None:
    assert (await _invite(owner, team, person.email, **facts)).status_code == 201
    assert (await _join(person, await _token(run_jobs, mailbox))).status_code == 200


async def test_everyone_has_a_personal_space_and_may_make_teams(as_user: AsUser) -> None:
    owner = await as_user(name="Minji")
    team = await _team(owner)
    items = (await owner.http.get(SPACES)).json()["items"]
    assert [(item["kind"], item["name"], item["role"], item["members"]) for item in items] == [
        ("personal", "Minji", "owner", 1),
        ("team", "성수 주방팀", "owner", 1),
    ]
    renamed = await owner.http.patch(f"{SPACES}/{team}", json={"name": "망원 주방팀"})
    assert renamed.json()["name"] == "망원 주방팀"
    personal = items[0]["id"]
    for answer in (
        await owner.http.get(f"{SPACES}/{personal}"),
        await owner.http.patch(f"{SPACES}/{personal}", json={"name": "x"}),
        await owner.http.delete(f"{SPACES}/{personal}"),
        await _invite(owner, personal, "a@example.com"),
        await owner.http.delete(f"{SPACES}/{personal}/members/{owner.id}"),
    ):
        assert code(answer) == (404, "team_unknown")


async def test_an_invitation_goes_to_an_address_and_works_once(
    client: Client, as_user: AsUser, run_jobs: Any, mailbox: Mailbox
) -> None:
    owner, friend, late = await as_user(name="Minji"), await as_user(name="Haneul"), await as_user()
    team = await _team(owner)
    assert (await _invite(owner, team, "new@example.com")).status_code == 201
    token = await _token(run_jobs, mailbox)
    letter = (await mailbox())[-1]
    assert (letter.to, "Minji" in letter.subject, "성수 주방팀" in letter.subject) == (
        "new@example.com",
        True,
        True,
    )
    card = (await client.post("/api/users/invitations/look", json={"token": token})).json()
    assert (card["team"], card["invited_by"], card["role"], card["member"]) == (
        "성수 주방팀",
        "Minji",
        "member",
        False,
    )
    joined = await _join(friend, token)
    assert [member["name"] for member in joined.json()["people"]] == ["Minji", "Haneul"]
    assert code(await _join(late, token)) == (404, "invitation_unknown")
    assert code(await client.post("/api/users/invitations/look", json={"token": token})) == (
        404,
        "invitation_unknown",
    )
    assert token not in str(await sql("select * from {s}.space_invitation"))


async def test_of_two_who_follow_one_link_at_once_one_joins(
    as_user: AsUser, run_jobs: Any, mailbox: Mailbox
) -> None:
    owner, one, other = await as_user(), await as_user(), await as_user()
    team = await _team(owner)
    await _invite(owner, team, "someone@example.com")
    token = await _token(run_jobs, mailbox)
    answers = await asyncio.gather(_join(one, token), _join(other, token))
    assert sorted(answer.status_code for answer in answers) == [200, 404]
    assert len((await owner.http.get(f"{SPACES}/{team}")).json()["people"]) == 2


async def test_inviting_does_not_tell_whether_an_account_exists(as_user: AsUser) -> None:
    owner, known = await as_user(), await as_user()
    team = await _team(owner)
    answers = [await _invite(owner, team, address) for address in (known.email, "nobody@example.com")]
    told = [
        {k: v for k, v in a.json().items() if k in ("role",)} | {"fields": sorted(a.json())} for a in answers
    ]
    assert told[0] == told[1]
    assert {a.status_code for a in answers} == {201}


async def test_an_invitation_ends_withdrawn_renewed_or_after_seven_days(
    as_user: AsUser, run_jobs: Any, mailbox: Mailbox, clock: Clock
) -> None:
    owner, friend = await as_user(), await as_user()
    team = await _team(owner)
    first = (await _invite(owner, team, friend.email)).json()
    old = await _token(run_jobs, mailbox)
    again = (await _invite(owner, team, friend.email.upper())).json()
    assert again["id"] == first["id"]
    new = await _token(run_jobs, mailbox)
    assert code(await _join(friend, old)) == (404, "invitation_unknown")
    await owner.http.delete(f"{SPACES}/{team}/invitations/{first['id']}")
    assert code(await _join(friend, new)) == (404, "invitation_unknown")
    await _invite(owner, team, friend.email)
    last = await _token(run_jobs, mailbox)
    await clock.advance(days=7, minutes=1)
    told = (await sql("select count(*) as n from {s}.space_invitation where expires_at < sf_now()"))[0]["n"]
    assert told == 1
    card = await friend.http.post("/api/users/invitations/look", json={"token": last})
    assert code(card) == (404, "invitation_unknown")


async def test_members_see_the_team_and_owners_run_it(
    as_user: AsUser, run_jobs: Any, mailbox: Mailbox
) -> None:
    owner, member, stranger = await as_user(name="Minji"), await as_user(name="Haneul"), await as_user()
    team = await _team(owner)
    await _joined(owner, team, member, run_jobs, mailbox)
    await _invite(owner, team, "third@example.com")
    seen = (await member.http.get(f"{SPACES}/{team}")).json()
    assert seen["invitations"] == []
    assert {person["email"] for person in seen["people"]} == {None}
    full = (await owner.http.get(f"{SPACES}/{team}")).json()
    assert [item["email"] for item in full["invitations"]] == ["third@example.com"]
    assert member.email in [person["email"] for person in full["people"]]
    for answer in (
        await member.http.patch(f"{SPACES}/{team}", json={"name": "mine"}),
        await _invite(member, team, "x@example.com"),
        await member.http.delete(f"{SPACES}/{team}/members/{owner.id}"),
        await member.http.patch(f"{SPACES}/{team}/members/{member.id}", json={"role": "owner"}),
        await member.http.delete(f"{SPACES}/{team}"),
    ):
        assert code(answer) == (403, "owners_only")
    assert code(await stranger.http.get(f"{SPACES}/{team}")) == (404, "team_unknown")
    assert code(await owner.http.delete(f"{SPACES}/{team}")) == (409, "team_not_empty")
    assert (await member.http.delete(f"{SPACES}/{team}/members/{member.id}")).status_code == 204
    assert code(await member.http.get(f"{SPACES}/{team}")) == (404, "team_unknown")
    assert code(await owner.http.delete(f"{SPACES}/{team}/members/{member.id}")) == (404, "member_unknown")
    assert (await owner.http.delete(f"{SPACES}/{team}")).status_code == 204
    assert code(await owner.http.get(f"{SPACES}/{team}")) == (404, "team_unknown")


async def test_the_last_owner_neither_leaves_nor_steps_back(
    as_user: AsUser, run_jobs: Any, mailbox: Mailbox
) -> None:
    owner, member = await as_user(), await as_user()
    team = await _team(owner)
    await _joined(owner, team, member, run_jobs, mailbox)
    path = f"{SPACES}/{team}/members/{owner.id}"
    assert code(await owner.http.delete(path)) == (409, "last_owner")
    assert code(await owner.http.patch(path, json={"role": "member"})) == (409, "last_owner")
    made = await owner.http.patch(f"{SPACES}/{team}/members/{member.id}", json={"role": "owner"})
    assert [person["role"] for person in made.json()["people"]] == ["owner", "owner"]
    assert (await owner.http.delete(path)).status_code == 204


async def test_of_two_owners_who_leave_at_once_one_stays(
    as_user: AsUser, run_jobs: Any, mailbox: Mailbox
) -> None:
    one, other = await as_user(), await as_user()
    team = await _team(one)
    await _joined(one, team, other, run_jobs, mailbox, role="owner")
    answers = await asyncio.gather(
        one.http.delete(f"{SPACES}/{team}/members/{one.id}"),
        other.http.delete(f"{SPACES}/{team}/members/{other.id}"),
    )
    assert sorted(answer.status_code for answer in answers) == [204, 409]


async def test_the_database_itself_keeps_an_owner(as_user: AsUser) -> None:
    team = await _team(await as_user())
    for statement in (
        "delete from {s}.space_member where space_id = cast(:id as uuid)",
        "update {s}.space_member set role = 'member' where space_id = cast(:id as uuid)",
    ):
        with pytest.raises(IntegrityError, match="no owner would be left"):
            await sql(statement, id=team)


async def test_teams_and_their_people_are_counted(
    as_user: AsUser, monkeypatch: pytest.MonkeyPatch, run_jobs: Any, mailbox: Mailbox
) -> None:
    owner, friend = await as_user(), await as_user()
    monkeypatch.setattr(spaces, "MOST_TEAMS", 2)
    monkeypatch.setattr(spaces, "MOST_PEOPLE", 3)
    team = await _team(owner)
    answers = await asyncio.gather(*(owner.http.post(SPACES, json={"name": "x"}) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert (await _invite(owner, team, "a@example.com")).status_code == 201
    assert (await _invite(owner, team, "b@example.com")).status_code == 201
    assert code(await _invite(owner, team, "c@example.com")) == (409, "team_full")
    assert (await _invite(owner, team, "b@example.com")).status_code == 201
    for name in ("y", "z"):
        await _team(friend, name)
    assert code(await _join(friend, await _token(run_jobs, mailbox))) == (409, "too_many_teams")


async def test_services_ask_whose_things_a_person_may_see(
    as_user: AsUser, run_jobs: Any, mailbox: Mailbox
) -> None:
    from uuid import UUID

    owner, member = await as_user(), await as_user()
    team = await _team(owner)
    await _joined(owner, team, member, run_jobs, mailbox)
    told = await contract.memberships(contract.PersonQuery(person_id=UUID(member.id)))
    assert [(str(s.space_id), s.kind, s.role) for s in told.spaces] == [
        (member.id, "personal", "owner"),
        (team, "team", "member"),
    ]


async def test_demo_people_make_no_teams(client: Client) -> None:
    told = (await client.post("/api/auth/demo", json={"role": "guest"})).json()
    answer = await client.post(SPACES, json={"name": "x"}, headers=bearer(told))
    assert code(answer) == (403, "demo_teams")


async def test_only_the_letter_knows_an_invitations_link(
    as_user: AsUser, run_jobs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = await as_user()
    await run_jobs()
    sent: list[str] = []
    monkeypatch.setenv("SF_SMTP_URL", "smtp://localhost:1")
    monkeypatch.setattr(mail, "_send", lambda _, message: sent.append(message.get_content()))
    config.settings.cache_clear()
    await _invite(owner, await _team(owner), "new@example.com", role="owner")
    waiting = await sql("select facts::text as kept from {s}.mail")
    await run_jobs()
    (body,) = [body for body in sent if "/invitation?token=" in body]
    token = body.split("token=")[1].split()[0]
    kept = waiting + await sql("select facts::text || coalesce(body, '') as kept from {s}.mail")
    assert token not in repr(kept)


async def test_an_owner_who_was_removed_has_no_link_to_come_back_by(
    as_user: AsUser, run_jobs: Any, mailbox: Mailbox
) -> None:
    owner, other, kept = await as_user(), await as_user(), await as_user()
    team = await _team(owner)
    await _joined(owner, team, other, run_jobs, mailbox, role="owner")
    await _invite(owner, team, kept.email)
    good = await _token(run_jobs, mailbox)
    path = f"{SPACES}/{team}/members/{other.id}"
    for end in ("PATCH", "DELETE"):
        await _invite(other, team, "myself@example.com", role="owner")
        link = await _token(run_jobs, mailbox)
        body = {"role": "member"} if end == "PATCH" else None
        assert (await owner.http.request(end, path, json=body)).status_code in (200, 204)
        assert code(await _join(other, link)) == (404, "invitation_unknown")
        if end == "PATCH":
            await owner.http.patch(path, json={"role": "owner"})
    assert (await _join(kept, good)).status_code == 200


async def test_invitations_are_no_way_to_flood_a_mailbox_or_many(
    as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, other = await as_user(), await as_user()
    team, theirs = await _team(owner), await _team(other)
    for n in range(5):
        assert (await _invite(owner, team, "victim@example.com" if n else "Victim@example.com")).is_success
    refused = await _invite(other, theirs, "VICTIM@example.com")
    assert code(refused) == (429, "too_many_invitations")
    assert 3600 < int(refused.headers["retry-after"]) <= 24 * 3600
    monkeypatch.setenv("SF_INVITATIONS_BY", "6")
    settings.accounts.cache_clear()
    assert (await _invite(owner, team, "b@example.com")).status_code == 201
    assert code(await _invite(owner, team, "c@example.com")) == (429, "too_many_invitations")
    assert (await _invite(other, theirs, "c@example.com")).status_code == 201
    settings.accounts.cache_clear()
