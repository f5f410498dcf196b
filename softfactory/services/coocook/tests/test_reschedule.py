"""Another time: the old one is kept until the new one is won, and who is asked."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import exc

from softfactory.services.coocook import busy
from softfactory.services.coocook import reschedule as reschedule_
from softfactory.services.coocook.tests.makers import API, Kitchen, Town, code, hold, move, ok, sql
from softfactory.testing import AsUser, Clock, Mailbox, Person


async def reschedule(
    person: Person, booking: Any, starts_at: str | None = None, **facts: Any
) -> httpx.Response:
    wish = ({"starts_at": starts_at} if starts_at else {}) | facts
    answer: httpx.Response = await person.post(f"{API}/bookings/{booking['id']}/reschedule", json=wish)
    return answer


async def starts(town: Town, kitchen: Kitchen, **query: Any) -> list[str]:
    return [slot["starts_at"] for slot in await town.slots(kitchen, **query)]


async def test_a_guest_of_an_instant_chef_moves_at_once_and_only_the_time_changes(
    town: Town, as_user: AsUser, run_jobs: Any, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[Any] = []

    async def listen(_: Any, event: Any) -> None:
        said.append(event)

    monkeypatch.setattr(reschedule_, "publish", listen)
    kitchen, guest = await town.kitchen(policy="flexible"), await as_user()
    booking = await town.paid(guest, kitchen)
    assert booking["move"] == {"at_once": True}
    assert "reschedule" in booking["actions"]
    other = (await starts(town, kitchen, after_days=4))[2]
    moved = ok(await reschedule(guest, booking, other, reason="기차가 늦어요"))
    length = datetime.fromisoformat(booking["ends_at"]) - datetime.fromisoformat(booking["starts_at"])
    assert moved["starts_at"] == other
    assert datetime.fromisoformat(moved["ends_at"]) - datetime.fromisoformat(other) == length
    same = ("status", "price", "party", "menu", "lines", "policy", "order_id")
    assert {name: moved[name] for name in same} == {name: booking[name] for name in same}
    last = moved["timeline"][-1]
    assert (last["what"], last["by"], last["reason"]) == ("moved", "guest", "기차가 늦어요")
    assert (last["was_at"], last["starts_at"]) == (booking["starts_at"], other)
    assert (last["from_status"], last["to_status"]) == ("confirmed", "confirmed")

    again = ok(await reschedule(guest, booking, other))
    assert len(again["timeline"]) == len(moved["timeline"]), "the same wish again changes nothing"
    ok(await hold(await as_user(), kitchen, booking["starts_at"]), 201)
    taken = await hold(await as_user(), kitchen, other)
    assert code(taken) == (409, "slot_taken")
    await run_jobs()
    assert [letter.template for letter in await mailbox()].count("moved") == 2
    (event,) = said
    assert (str(event.booking_id), event.starts_at) == (booking["id"], datetime.fromisoformat(other))
    assert event.was_at == datetime.fromisoformat(booking["starts_at"])


async def test_a_taken_time_is_refused_and_the_old_one_stays(town: Town, as_user: AsUser) -> None:
    kitchen, guest, other = await town.kitchen(policy="flexible"), await as_user(), await as_user()
    booking = await town.paid(guest, kitchen, number=0)
    theirs = await town.paid(other, kitchen, number=5)
    refused = await reschedule(guest, booking, theirs["starts_at"])
    assert code(refused) == (409, "slot_taken")
    facts = refused.json()["facts"]
    assert datetime.fromisoformat(facts["starts_at"]) == datetime.fromisoformat(theirs["starts_at"])
    assert datetime.fromisoformat(facts["ends_at"]) == datetime.fromisoformat(theirs["ends_at"])
    assert ok(await guest.get(f"{API}/bookings/{booking['id']}"))["starts_at"] == booking["starts_at"]
    rows = await sql("select lower(during) as at from {s}.busy where booking_id = :id", id=booking["id"])
    assert [row["at"] for row in rows] == [datetime.fromisoformat(booking["starts_at"])]


async def test_a_booking_moves_by_an_hour_over_its_own_time(town: Town, as_user: AsUser) -> None:
    kitchen, guest = await town.kitchen(policy="flexible"), await as_user()
    booking = await town.paid(guest, kitchen, number=4)
    later = datetime.fromisoformat(booking["starts_at"]) + timedelta(hours=1)
    usual = await starts(town, kitchen)
    for_me = {"booking_id": booking["id"]}
    first = booking["starts_at"][:10]
    asked = {"from": first, "to": first, "party": 2, "tz": "UTC"} | for_me
    mine = [
        s["starts_at"] for s in ok(await guest.get(f"{API}/chefs/{kitchen.id}/slots", params=asked))["items"]
    ]
    stamp = later.isoformat().replace("+00:00", "Z")
    assert stamp not in usual
    assert stamp in mine
    assert ok(await reschedule(guest, booking, stamp))["starts_at"] == stamp
    stranger = await (await as_user()).get(f"{API}/chefs/{kitchen.id}/slots", params=asked)
    assert code(stranger) == (404, "no_such_booking")


async def test_of_many_guests_who_want_one_time_one_gets_it_and_nobody_loses_theirs(
    town: Town, as_user: AsUser
) -> None:
    kitchen = await town.kitchen(policy="flexible", menu_facts={"duration_minutes": 60})
    guests = [await as_user() for _ in range(6)]
    bookings = [await town.paid(guest, kitchen) for guest in guests]
    wanted = (await starts(town, kitchen, after_days=5))[0]
    answers = await asyncio.gather(
        *(reschedule(guest, booking, wanted) for guest, booking in zip(guests, bookings, strict=True))
    )
    assert sorted(answer.status_code for answer in answers) == [200, *[409] * 5]
    rows = await sql("select starts_at from {s}.booking")
    assert len({row["starts_at"] for row in rows}) == 6
    (busy_rows,) = await sql("select count(*) as n from {s}.busy")
    assert busy_rows["n"] == 6


async def test_without_the_look_before_the_constraint_still_refuses(
    town: Town, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    kitchen, guest = await town.kitchen(policy="flexible"), await as_user()
    booking = await town.paid(guest, kitchen, number=0)
    theirs = await town.paid(await as_user(), kitchen, number=5)

    async def blind(*_: Any, **__: Any) -> None:
        return None

    monkeypatch.setattr(busy, "meets", blind)
    assert code(await reschedule(guest, booking, theirs["starts_at"])) == (409, "slot_taken")
    with pytest.raises(exc.DBAPIError):
        await sql(
            "update {s}.busy set during = (select during from {s}.busy where booking_id = :b) where booking_id = :a",
            a=booking["id"],
            b=theirs["id"],
        )


async def test_notice_horizon_and_hours_bind_whoever_names_a_time(
    town: Town, as_user: AsUser, clock: Clock
) -> None:
    kitchen = await town.kitchen(policy="flexible", hour_facts={"notice_hours": 30, "horizon_days": 10})
    guest = await as_user()
    booking = await town.paid(guest, kitchen)
    start = datetime.fromisoformat(booking["starts_at"])
    for days, wrong in ((60, "beyond_horizon"), (-1000, "notice_too_short")):
        at = (start + timedelta(days=days)).isoformat()
        assert code(await reschedule(guest, booking, at)) == (422, wrong)
        assert code(await reschedule(kitchen.chef, booking, at)) == (422, wrong)
    odd = (start + timedelta(minutes=17)).isoformat()
    assert code(await reschedule(guest, booking, odd)) == (422, "slot_not_offered")
    assert code(await reschedule(guest, booking)) == (422, "invalid_input")
    assert code(await reschedule(guest, booking, odd, action="refuse")) == (422, "invalid_input")


async def test_a_chef_who_is_asked_for_bookings_is_asked_for_another_time_as_well(
    town: Town, as_user: AsUser, run_jobs: Any, mailbox: Mailbox
) -> None:
    kitchen, guest = await town.kitchen(instant=False, policy="flexible"), await as_user()
    booking = await town.paid(guest, kitchen)
    times = await starts(town, kitchen, after_days=4)
    waiting = ok(await reschedule(guest, booking, times[1]))
    assert (waiting["status"], waiting["starts_at"]) == ("requested", times[1]), "nobody has accepted yet"
    ok(await move(kitchen.chef, booking, "accept"))

    asked = ok(await reschedule(guest, booking, times[6], reason="조금 늦게요"))
    assert asked["starts_at"] == times[1]
    proposal = asked["proposal"]
    assert (proposal["by"], proposal["starts_at"], proposal["reason"]) == ("guest", times[6], "조금 늦게요")
    assert asked["move"] == {"at_once": False}
    assert asked["timeline"][-1]["what"] == "move_proposed"
    assert "agree" not in asked["actions"]
    (listed,) = ok(await kitchen.chef.get(f"{API}/bookings", params={"role": "chef"}))["items"]
    assert "agree" in listed["actions"]
    wrong = await reschedule(kitchen.chef, booking, times[8], action="agree")
    assert code(wrong) == (409, "nothing_proposed")
    own = await reschedule(guest, booking, times[6], action="agree")
    assert code(own) == (409, "nothing_proposed")
    agreed = ok(await reschedule(kitchen.chef, booking, times[6], action="agree"))
    assert (agreed["starts_at"], agreed["proposal"], agreed["timeline"][-1]["by"]) == (times[6], None, "chef")
    await run_jobs()
    assert [letter.template for letter in await mailbox()].count("move_asked") == 1


async def test_a_guest_who_would_lose_money_by_cancelling_asks_the_chef(
    town: Town, as_user: AsUser, clock: Clock
) -> None:
    """Else one would move to next month and cancel that for nothing."""
    kitchen, guest = await town.kitchen(policy="strict"), await as_user()
    booking = await town.paid(guest, kitchen, after_days=5)
    assert booking["move"] == {"at_once": False}
    times = await starts(town, kitchen, after_days=20)
    asked = ok(await reschedule(guest, booking, times[0]))
    assert (asked["starts_at"], asked["proposal"]["starts_at"]) == (booking["starts_at"], times[0])


async def test_a_chef_always_asks_and_the_guest_refuses_or_agrees(
    town: Town, as_user: AsUser, clock: Clock, run_jobs: Any, mailbox: Mailbox
) -> None:
    kitchen, guest = await town.kitchen(policy="flexible"), await as_user()
    booking = await town.paid(guest, kitchen)
    times = await starts(town, kitchen, after_days=4)
    asked = ok(await reschedule(kitchen.chef, booking, times[0]))
    assert (asked["starts_at"], asked["proposal"]["by"]) == (booking["starts_at"], "chef")
    refused = ok(await reschedule(guest, booking, action="refuse", reason="그날은 안 돼요"))
    assert (refused["proposal"], refused["timeline"][-1]["what"]) == (None, "move_refused")
    ok(await reschedule(kitchen.chef, booking, times[2]))
    back = ok(await reschedule(kitchen.chef, booking, action="refuse"))
    assert back["timeline"][-1]["what"] == "move_withdrawn"

    ok(await reschedule(kitchen.chef, booking, times[4]))
    ok(await hold(await as_user(), kitchen, times[4]), 201)  # a proposal holds no time
    late = await reschedule(guest, booking, times[4], action="agree")
    assert code(late) == (409, "slot_taken")
    assert ok(await guest.get(f"{API}/bookings/{booking['id']}"))["starts_at"] == booking["starts_at"]
    await clock.advance(hours=24, minutes=1)
    await run_jobs()
    after = ok(await guest.get(f"{API}/bookings/{booking['id']}"))
    assert (after["proposal"], after["timeline"][-1]["what"]) == (None, "move_expired")
    await run_jobs()
    assert [letter.template for letter in await mailbox()].count("move_refused") == 2


async def test_what_is_unpaid_over_or_somebody_elses_does_not_move(
    town: Town, as_user: AsUser, clock: Clock
) -> None:
    kitchen, guest = await town.kitchen(policy="flexible"), await as_user()
    held = await town.booked(guest, kitchen, number=6)
    times = await starts(town, kitchen, after_days=4)
    assert code(await reschedule(guest, held, times[0])) == (409, "wrong_state")
    booking = await town.paid(guest, kitchen)
    assert code(await reschedule(await as_user(), booking, times[0])) == (404, "no_such_booking")
    assert code(await reschedule(await town.admin(), booking, times[0])) == (403, "not_of_this_table")
    start = datetime.fromisoformat(booking["starts_at"])
    await clock.advance(seconds=(start - clock.now()).total_seconds() + 1)
    assert code(await reschedule(guest, booking, times[0])) == (409, "meal_begun")
    assert ok(await guest.get(f"{API}/bookings/{booking['id']}"))["move"] is None


async def test_a_chef_accepts_the_time_that_was_read(town: Town, as_user: AsUser) -> None:
    kitchen, guest = await town.kitchen(instant=False, policy="flexible"), await as_user()
    booking = await town.paid(guest, kitchen)
    other = (await starts(town, kitchen, after_days=4))[2]
    ok(await reschedule(guest, booking, other))
    path = f"{API}/bookings/{booking['id']}/transition"
    read_before = {"action": "accept", "starts_at": booking["starts_at"]}
    assert code(await kitchen.chef.post(path, json=read_before)) == (409, "time_changed")
    accepted = ok(await kitchen.chef.post(path, json={"action": "accept", "starts_at": other}))
    assert (accepted["status"], accepted["starts_at"]) == ("confirmed", other)
    assert len(ok(await kitchen.chef.post(path, json=read_before))["timeline"]) == len(accepted["timeline"])
