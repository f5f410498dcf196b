"""Chefs: a profile, its approval, its menus, and who may see or change it."""

from datetime import UTC, datetime, timedelta

import pytest

from softfactory.services.coocook.tests.makers import API, Town, code, hours, menu, ok, profile
from softfactory.testing import AsUser, Clock, Mailbox, client_of


async def test_a_profile_is_a_draft_until_an_admin_approves_it(
    town: Town, as_user: AsUser, run_jobs, mailbox: Mailbox
) -> None:
    chef, chef_id = await town.draft()
    guest = await as_user()
    path = f"{API}/chefs/{chef_id}"
    assert code(await guest.get(path)) == (404, "no_such_chef")
    assert ok(await chef.get(path))["mine"] is True
    assert ok(await chef.get(f"{API}/chefs/me"))["status"] == "draft"
    assert ok(await guest.get(f"{API}/chefs"))["items"] == []
    assert code(await guest.get(f"{API}/chefs", params={"status": "draft"})) == (403, "list_not_yours")
    waiting = ok(await (await town.admin()).get(f"{API}/chefs", params={"status": "draft"}))["items"]
    assert [card["id"] for card in waiting] == [chef_id]

    assert (
        await guest.post(f"{path}/approval", json={"decision": "approve", "reason": "!"})
    ).status_code == 403
    assert (await town.approve(chef_id))["status"] == "active"
    assert ok(await guest.get(path))["name"] == "Han Doyun"
    await run_jobs()
    assert "profile_approved" in [letter.template for letter in await mailbox()]
    assert "chef" in ok(await chef.get("/api/users/me"))["roles"]
    again = {"decision": "approve", "reason": "!"}
    assert code(await (await town.admin()).post(f"{path}/approval", json=again)) == (409, "not_draft")


async def test_a_declined_profile_is_changed_and_waits_again(town: Town) -> None:
    chef, chef_id = await town.draft()
    declined = await town.approve(chef_id, "decline")
    assert (declined["status"], declined["decision_reason"]) == ("declined", "Looked at it.")
    mine = await chef.get(f"{API}/chefs/me")
    changed = await chef.patch(
        f"{API}/chefs/{chef_id}", json={"bio": "더 자세히"}, headers={"If-Match": mine.headers["ETag"]}
    )
    assert ok(changed)["status"] == "draft"


async def test_one_person_has_one_profile(town: Town, as_user: AsUser) -> None:
    chef, _ = await town.draft()
    assert code(await chef.post(f"{API}/chefs", json=profile())) == (409, "profile_exists")
    assert code(await (await as_user()).get(f"{API}/chefs/me")) == (404, "no_profile_yet")
    async with client_of(chef.http._transport.app) as nobody:
        assert (await nobody.post(f"{API}/chefs", json=profile())).status_code == 401


async def test_a_change_needs_the_version_that_was_read(town: Town, as_user: AsUser) -> None:
    kitchen = await town.kitchen()
    path = f"{API}/chefs/{kitchen.id}"
    read = (await kitchen.chef.get(path)).headers["ETag"]
    assert code(await kitchen.chef.patch(path, json={"city": "용산구"})) == (428, "precondition_required")
    first = await kitchen.chef.patch(path, json={"city": "용산구"}, headers={"If-Match": read})
    assert ok(first)["city"] == "용산구"
    second = await kitchen.chef.patch(path, json={"city": "중구"}, headers={"If-Match": read})
    assert code(second) == (412, "precondition_failed")
    ok(await kitchen.chef.patch(path, json={"city": "중구"}, headers={"If-Match": first.headers["ETag"]}))
    stranger = await as_user()
    assert code(await stranger.patch(path, json={"city": "x"}, headers={"If-Match": '"9"'})) == (
        404,
        "no_such_chef",
    )
    null = await kitchen.chef.patch(path, json={"name": None}, headers={"If-Match": '"9"'})
    assert code(null) == (422, "invalid_input")


async def test_a_chef_with_bookings_ahead_cannot_rest(town: Town, as_user: AsUser, clock: Clock) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.paid(guest, kitchen)
    path = f"{API}/chefs/{kitchen.id}"

    async def set_status(status: str) -> object:
        tag = (await kitchen.chef.get(path)).headers["ETag"]
        return await kitchen.chef.patch(path, json={"status": status}, headers={"If-Match": tag})

    refused = await set_status("inactive")
    assert code(refused) == (409, "future_bookings")
    assert refused.json()["facts"]["count"] == 1
    ok(await guest.post(f"{API}/bookings/{booking['id']}/cancel"))
    assert ok(await set_status("inactive"))["status"] == "inactive"
    assert code(await guest.get(path)) == (404, "no_such_chef")
    assert ok(await set_status("active"))["status"] == "active"
    chef, draft_id = await town.draft()
    tag = (await chef.get(f"{API}/chefs/{draft_id}")).headers["ETag"]
    early = await chef.patch(f"{API}/chefs/{draft_id}", json={"status": "active"}, headers={"If-Match": tag})
    assert code(early) == (409, "not_approved")


async def test_a_menu_is_replaced_and_what_was_sold_stays(town: Town, as_user: AsUser) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.booked(guest, kitchen)
    path = f"{API}/chefs/{kitchen.id}/menus"
    assert code(await kitchen.chef.post(path, json=menu())) == (409, "menu_exists")
    dearer = menu(price_per_guest={"amount": 99_000}, replaces=kitchen.menu_id)
    replaced = ok(await kitchen.chef.post(path, json=dearer), 201)
    listed = ok(await guest.get(path))["items"]
    assert [(m["id"], m["price_per_guest"]["amount"]) for m in listed] == [(replaced["id"], 99_000)]
    assert ok(await guest.get(f"{API}/chefs/{kitchen.id}"))["price_from"]["amount"] == 99_000
    assert ok(await guest.get(f"{API}/bookings/{booking['id']}"))["price"]["amount"] == 160_000
    assert code(await kitchen.chef.post(path, json=dearer)) == (404, "no_such_menu")
    assert code(await kitchen.chef.post(path, json=menu(name="x", active=False))) == (
        422,
        "nothing_to_withdraw",
    )
    gone = ok(await kitchen.chef.post(path, json=menu(replaces=replaced["id"], active=False)), 201)
    assert gone["active"] is False
    assert ok(await guest.get(path))["items"] == []
    assert code(await guest.post(path, json=menu(name="x"))) == (404, "no_such_chef")


@pytest.mark.parametrize(
    "wrong",
    [
        {"price_per_guest": {"amount": -1}},
        {"price_per_guest": {"amount": 1.5}},
        {"price_per_guest": {"amount": 10, "currency": "USD"}},
        {"min_party": 5, "max_party": 2},
        {"dishes": []},
        {"dishes": [{"name": "국", "allergens": ["moon"]}]},
        {"extras": [{"code": "a", "name": "a", "price": {"amount": 1}}] * 2},
        {"name": "\x00"},
        {"surprise": True},
    ],
)
async def test_a_menu_that_makes_no_sense_is_refused(town: Town, wrong: dict[str, object]) -> None:
    chef, chef_id = await town.draft()
    assert code(await chef.post(f"{API}/chefs/{chef_id}/menus", json=menu(**wrong))) == (422, "invalid_input")


async def test_readers_get_their_own_language(town: Town, as_user: AsUser) -> None:
    kitchen = await town.kitchen()
    korean, english = await as_user(language="ko"), await as_user(language="en")
    names = [ok(await who.get(f"{API}/chefs"))["items"][0]["name"] for who in (korean, english)]
    assert names == ["한도윤", "Han Doyun"]
    (menu_ko,) = ok(await korean.get(f"{API}/chefs/{kitchen.id}/menus"))["items"]
    assert menu_ko["dishes"][0]["name"] == "냉이 된장국"
    refused = await korean.get(f"{API}/chefs/{kitchen.menu_id}")
    assert "셰프를 찾을 수 없습니다" in refused.json()["detail"]


async def test_a_day_that_is_closed_by_exception_has_no_slots(town: Town) -> None:
    day = (datetime.now(UTC) + timedelta(days=4)).date()
    kitchen = await town.kitchen(hour_facts={"exceptions": [{"date": str(day), "note": "가족 모임"}]})
    assert await town.slots(kitchen, after_days=4) == []
    assert await town.slots(kitchen, after_days=5)
    mine = ok(await kitchen.chef.get(f"{API}/chefs/me"))["availability"]
    assert mine["exceptions"] == [{"date": str(day), "hours": [], "note": "가족 모임"}]
    ok(await kitchen.chef.put(f"{API}/chefs/{kitchen.id}/availability", json=hours()))
    assert await town.slots(kitchen, after_days=4)
