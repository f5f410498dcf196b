"""Admins and people: suspending, restoring, roles, and that someone is left who can."""

import asyncio
from typing import Any

import httpx
import pytest

from softfactory.kernel import auth
from softfactory.services.platform.tests.makers import bearer, code, log_in, sql
from softfactory.testing import AsUser, Client, Mailbox, Person


async def _change(admin: Person, person: Person, **wish: Any) -> httpx.Response:
    wish = {"reason": "spam in reviews", **wish}
    answer: httpx.Response = await admin.http.patch(f"/api/users/{person.id}", json=wish)
    return answer


async def test_an_admin_finds_people_by_name_address_role_and_status(as_user: AsUser) -> None:
    admin = await as_user("admin", name="Sora", email="sora@example.com")
    chef = await as_user("chef", name="김하늘", email="haneul_kim@example.com")
    await as_user(name="Nobody", email="haneulxkim@example.com")

    async def found(**params: str) -> list[str]:
        answer = await admin.http.get("/api/users", params=params)
        assert answer.status_code == 200, answer.text
        return [item["email"] for item in answer.json()["items"]]

    assert await found(q="하늘") == [chef.email]
    assert await found(q="HANEUL_K") == [chef.email]  # an underscore is no wildcard
    assert await found(role="chef") == [chef.email]
    assert await found(role="admin") == ["sora@example.com"]
    assert len(await found()) == 3
    assert (await _change(admin, chef, status="suspended")).status_code == 200
    assert await found(status="suspended") == [chef.email]
    first = (await admin.http.get("/api/users", params={"limit": 2})).json()
    rest = (await admin.http.get("/api/users", params={"limit": 2, "cursor": first["next_cursor"]})).json()
    assert len({item["id"] for item in first["items"] + rest["items"]}) == 3
    assert rest["next_cursor"] is None


async def test_only_admins_see_people(as_user: AsUser) -> None:
    operator, chef = await as_user("operator"), await as_user("chef")
    for person in (operator, chef):
        for answer in (
            await person.http.get("/api/users"),
            await person.http.get(f"/api/users/{person.id}"),
            await _change(person, person, status="suspended"),
        ):
            assert code(answer) == (403, "role_missing")


async def test_suspending_ends_sessions_and_tells_the_person_why(
    client: Client, as_user: AsUser, run_jobs: Any, mailbox: Mailbox
) -> None:
    admin, chef = await as_user("admin"), await as_user("chef", name="Haneul")
    answer = await _change(admin, chef, status="suspended")
    assert (answer.status_code, answer.json()["status"], answer.json()["sessions"]) == (200, "suspended", 0)
    await auth.RevocationWatch().once()
    assert code(await chef.http.get("/api/users/me")) == (401, "token_invalid")
    assert code(await log_in(client, chef.email)) == (403, "account_suspended")
    entry = (await admin.http.get(f"/api/users/{chef.id}")).json()["history"][0]
    assert (entry["act"], entry["actor"]["id"]) == ("person.suspended", admin.id)
    assert entry["personal"] == [{"name": "reason", "value": "spam in reviews"}]
    await run_jobs()
    letter = (await mailbox())[-1]
    assert (letter.to, letter.template) == (chef.email, "person_suspended")
    assert "spam in reviews" in letter.body
    assert (await _change(admin, chef, status="active", reason="a mistake")).json()["status"] == "active"
    assert (await log_in(client, chef.email)).status_code == 200
    await run_jobs()
    assert (await mailbox())[-1].template == "person_restored"


async def test_a_reason_is_always_given(as_user: AsUser) -> None:
    admin, chef = await as_user("admin"), await as_user("chef")
    for reason in ("", "   "):
        assert (await _change(admin, chef, status="suspended", reason=reason)).status_code == 422
    answer = await admin.http.patch(f"/api/users/{chef.id}", json={"status": "suspended"})
    assert answer.status_code == 422


async def test_roles_are_set_as_a_whole_and_count_at_once_where_it_matters(
    client: Client, as_user: AsUser, run_jobs: Any, mailbox: Mailbox
) -> None:
    admin, chef = await as_user("admin"), await as_user("chef")
    answer = await _change(admin, chef, roles=["guest", "operator"], reason="joins the desk")
    told = answer.json()
    assert told["roles"] == ["guest", "operator"]
    grant = next(g for g in told["grants"] if g["role"] == "operator")
    assert (grant["granted_by"], grant["reason"]) == (admin.id, "joins the desk")
    history = (await admin.http.get(f"/api/users/{chef.id}")).json()["history"]
    assert history[0]["facts"] == {"given": ["operator"], "taken": ["chef"]}
    assert (await chef.http.get("/api/payment/reconciliation")).status_code == 200
    assert (await _change(admin, chef, roles=["guest"])).status_code == 200
    assert code(await chef.http.get("/api/payment/reconciliation")) == (403, "role_missing")
    again = (await log_in(client, chef.email)).json()
    assert again["user"]["roles"] == ["guest"]
    await run_jobs()
    assert [letter.template for letter in await mailbox()].count("person_roles_changed") == 2


async def test_two_admins_do_not_overwrite_one_another(as_user: AsUser) -> None:
    admin, chef = await as_user("admin"), await as_user("chef")
    seen = await admin.http.get(f"/api/users/{chef.id}")
    headers = {"If-Match": seen.headers["ETag"]}
    wish = {"roles": ["guest"], "reason": "left the kitchen"}
    first = await admin.http.patch(f"/api/users/{chef.id}", json=wish, headers=headers)
    assert first.status_code == 200
    assert first.headers["ETag"] != seen.headers["ETag"]
    wish = {"status": "suspended", "reason": "spam in reviews"}
    second = await admin.http.patch(f"/api/users/{chef.id}", json=wish, headers=headers)
    assert code(second) == (412, "precondition_failed")


async def test_nobody_suspends_or_promotes_themselves(as_user: AsUser) -> None:
    admin = await as_user("admin")
    await as_user("admin")
    assert code(await _change(admin, admin, status="suspended")) == (403, "own_standing")
    assert code(await _change(admin, admin, roles=["guest", "admin", "operator"])) == (403, "own_standing")


@pytest.mark.parametrize("wish", [{"roles": ["guest"]}, {"status": "suspended"}])
async def test_of_two_admins_who_remove_each_other_one_stays(wish: dict[str, Any], as_user: AsUser) -> None:
    one, other = await as_user("admin"), await as_user("admin")
    answers = await asyncio.gather(_change(one, other, **wish), _change(other, one, **wish))
    left = await sql(
        "select p.id from {s}.person p join {s}.role_grant g on g.person_id = p.id "
        "where g.role = 'admin' and p.status = 'active'"
    )
    assert len(left) == 1
    assert sorted(a.status_code for a in answers) in ([200, 401], [200, 403], [200, 409])


async def test_the_last_admin_keeps_the_role_whatever_happens(as_user: AsUser) -> None:
    """Past the routes, where nobody may change themselves: the database itself refuses."""
    from sqlalchemy.exc import IntegrityError

    admin = await as_user("admin")
    for statement in (
        "delete from {s}.role_grant where person_id = cast(:id as uuid)",
        "update {s}.person set status = 'suspended' where id = cast(:id as uuid)",
    ):
        with pytest.raises(IntegrityError, match="no admin would be left"):
            await sql(statement, id=admin.id)


async def test_the_same_again_is_no_new_act(as_user: AsUser) -> None:
    admin, chef = await as_user("admin"), await as_user("chef")
    first = await _change(admin, chef, roles=["chef", "guest"])
    again = await _change(admin, chef, status="active")
    assert first.headers["ETag"] == again.headers["ETag"]
    assert (await admin.http.get(f"/api/users/{chef.id}")).json()["history"] == []


async def test_a_demo_admin_makes_no_admin_and_reads_no_address(client: Client, as_user: AsUser) -> None:
    guest, staff = await as_user(name="Minji", email="minji@example.com"), await as_user("operator")
    told = (await client.post("/api/auth/demo", json={"role": "admin"})).json()
    demo = {"headers": bearer(told)}
    listed = (await client.get("/api/users", params={"q": "Minji"}, **demo)).json()["items"]
    assert [item["email"] for item in listed] == ["m…@example.com"]
    assert (await client.get("/api/users", params={"q": "minji@exam"}, **demo)).json()["items"] == []
    whole = await client.get("/api/users", params={"q": "minji@example.com"}, **demo)
    assert [item["id"] for item in whole.json()["items"]] == [guest.id]
    team = (await guest.http.post("/api/users/spaces", json={"name": "Kitchen"})).json()["id"]
    await guest.http.post(f"/api/users/spaces/{team}/invitations", json={"email": "friend@example.com"})
    assert "friend@example.com" not in (await client.get("/api/users/audit", **demo)).text
    assert "friend@example.com" not in (await client.get(f"/api/users/{guest.id}", **demo)).text
    for person, wish in (
        (guest, {"roles": ["guest", "admin"]}),
        (staff, {"roles": ["guest"]}),
        (staff, {"roles": ["operator"]}),
        (staff, {"status": "suspended"}),
    ):
        answer = await client.patch(f"/api/users/{person.id}", json={"reason": "because", **wish}, **demo)
        assert code(answer) == (403, "demo_admin_limited")
    suspended = await client.patch(
        f"/api/users/{guest.id}", json={"reason": "trying it", "status": "suspended"}, **demo
    )
    assert suspended.status_code == 200
    admin = await as_user("admin")
    fixed = await admin.http.patch(
        f"/api/users/{told['user']['id']}", json={"status": "suspended", "reason": "because"}
    )
    assert code(fixed) == (403, "demo_person_fixed")
