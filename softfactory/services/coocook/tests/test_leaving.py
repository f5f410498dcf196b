"""Chefs who rest or leave: nobody pays for an evening that nobody will cook, and nothing of theirs stays readable."""

import re
from typing import Any
from uuid import UUID

import pytest

from softfactory.kernel import db
from softfactory.kernel.events import publish
from softfactory.services.coocook.tests.makers import (
    API,
    Kitchen,
    Town,
    book,
    code,
    hold,
    hours,
    move,
    ok,
    pay,
    sql,
)
from softfactory.services.coocook.tests.test_feeds import read, renew
from softfactory.services.platform.contract import PersonErased
from softfactory.testing import AsUser, Client, Clock, Person

OBLIGATIONS = "/api/users/me/obligations"


async def _erased(person: Person, run_jobs: Any) -> None:
    async with db.transaction("platform") as session:
        await publish(session, PersonErased(person_id=UUID(person.id)))
    await run_jobs()


async def _bound(person: Person) -> list[str]:
    return [item["code"] for item in ok(await person.get(OBLIGATIONS))["items"]]


async def _rest(kitchen: Kitchen) -> None:
    path = f"{API}/chefs/{kitchen.id}"
    shown = await kitchen.chef.get(path)
    etag = {"If-Match": shown.headers["etag"]}
    ok(await kitchen.chef.patch(path, json={"status": "inactive"}, headers=etag))


async def test_a_time_held_before_a_chef_went_to_rest_is_not_booked(town: Town, as_user: AsUser) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    held = ok(await hold(guest, kitchen, await town.start(kitchen)), 201)
    await _rest(kitchen)
    assert code(await book(guest, held["id"])) == (409, "hold_ended")


async def test_nobody_pays_for_a_chef_who_left(town: Town, as_user: AsUser, run_jobs: Any) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.booked(guest, kitchen)
    await _erased(kitchen.chef, run_jobs)
    assert code(await pay(guest, booking)) == (409, "subject_gone")
    assert await sql("select 1 from platform.payment where captured > 0") == []
    assert ok(await guest.get(f"{API}/bookings/{booking['id']}"))["status"] == "expired"


async def test_what_was_paid_while_a_chef_left_goes_back_whole(
    town: Town, as_user: AsUser, run_jobs: Any
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.paid(guest, kitchen)
    await _erased(kitchen.chef, run_jobs)
    after = ok(await guest.get(f"{API}/bookings/{booking['id']}"))
    assert (after["status"], after["refund"]["state"]) == ("cancelled", "done")
    assert after["refund"]["amount"] == after["price"]


async def test_a_payment_under_way_while_a_chef_left_goes_back_whole(
    town: Town, as_user: AsUser, run_jobs: Any, clock: Clock
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.booked(guest, kitchen)
    await pay(guest, booking, "sandbox_late_webhook")
    path = f"{API}/bookings/{booking['id']}"
    assert ok(await guest.get(path))["status"] == "paying"
    await _erased(kitchen.chef, run_jobs)
    for _ in range(3):
        await clock.advance(minutes=2)
        await run_jobs()
    after = ok(await guest.get(path))
    assert (after["status"], after["refund"]["state"]) == ("cancelled", "done")


async def test_the_calendar_of_a_chef_who_left_is_read_by_nobody(
    town: Town, as_user: AsUser, client: Client, run_jobs: Any
) -> None:
    kitchen = await town.kitchen()
    first, *_, last = await town.slots(kitchen)
    blocked = {"from": first["local_start"][:16], "to": last["local_start"][:16], "note": "치과"}
    wish = hours(blocked=[blocked])
    ok(await kitchen.chef.put(f"{API}/chefs/{kitchen.id}/availability", json=wish))
    address = (await renew(kitchen))["address"]
    assert "치과" in (await read(client, address)).text
    await _erased(kitchen.chef, run_jobs)
    assert code(await read(client, address)) == (404, "no_such_feed")
    assert await sql("select 1 from {s}.busy") == []


@pytest.mark.parametrize("ending", ["no_show", "late_cancel"])
async def test_money_that_is_still_to_be_paid_out_binds_a_chef(
    town: Town, as_user: AsUser, run_jobs: Any, clock: Clock, ending: str
) -> None:
    kitchen, guest = await town.kitchen(policy="strict"), await as_user()
    booking = await town.paid(guest, kitchen)
    if ending == "no_show":
        await clock.advance(days=3, hours=23)
        ok(await move(kitchen.chef, booking, "no_show"))
    else:
        ok(await guest.post(f"{API}/bookings/{booking['id']}/cancel"))
        await run_jobs()
    assert await _bound(kitchen.chef) == ["payout_open"]


async def test_an_evening_given_back_whole_binds_nobody(
    town: Town, as_user: AsUser, run_jobs: Any, clock: Clock
) -> None:
    kitchen, guest, admin = await town.kitchen(), await as_user(), await town.admin()
    booking = await town.completed(guest, kitchen, clock)
    path = f"{API}/bookings/{booking['id']}/transition"
    ok(await guest.post(path, json={"action": "dispute", "reason": "Nobody came."}))
    await clock.advance(days=5)
    await run_jobs()
    ok(await admin.post(path, json={"action": "resolve", "refund": 160_000, "reason": "Right."}))
    await run_jobs()
    assert await _bound(kitchen.chef) == []


async def test_whoever_leaves_reads_the_day_of_an_evening_to_come_in_words(
    town: Town, as_user: AsUser
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    await town.paid(guest, kitchen)
    read_in_english = {"Accept-Language": "en"}
    titles = [item["title"] for item in ok(await guest.get(OBLIGATIONS, headers=read_in_english))["items"]]
    assert len(titles) == 1
    assert re.match(r"Your booking of \w+day, \d{1,2} \w+ 20\d\d is still open\.", titles[0])
