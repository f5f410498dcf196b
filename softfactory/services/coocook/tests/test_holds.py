"""Holds: a chef's time belongs to one guest at a time, whoever comes and however many at once."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from softfactory.services.coocook import busy, holds
from softfactory.services.coocook.tests.makers import API, Town, book, code, hold, ok, sql
from softfactory.testing import AsUser, Clock


async def test_a_chef_cooks_for_one_guest_at_a_time(town: Town, as_user: AsUser) -> None:
    kitchen, first, second = await town.kitchen(), await as_user(), await as_user()
    starts_at = await town.start(kitchen, number=2)
    held = ok(await hold(first, kitchen, starts_at), 201)
    assert held["price"] == {"amount": 160_000, "currency": "KRW"}
    refused = await hold(second, kitchen, starts_at)
    assert code(refused) == (409, "slot_taken")
    window = refused.json()["facts"]
    assert datetime.fromisoformat(window["starts_at"]) == datetime.fromisoformat(held["starts_at"])
    assert datetime.fromisoformat(window["ends_at"]) == datetime.fromisoformat(held["ends_at"])
    overlapping = datetime.fromisoformat(starts_at) - timedelta(hours=1)
    assert code(await hold(second, kitchen, overlapping.isoformat())) == (409, "slot_taken")
    ok(await hold(second, kitchen, (overlapping + timedelta(hours=3)).isoformat()), 201)


async def test_the_same_wish_again_is_ones_own_hold(town: Town, as_user: AsUser) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    starts_at = await town.start(kitchen)
    first, again = (
        ok(await hold(guest, kitchen, starts_at), 201),
        ok(await hold(guest, kitchen, starts_at), 201),
    )
    assert first == again
    other = await hold(guest, kitchen, starts_at, party=3)
    assert code(other) == (409, "slot_taken")
    assert other.json()["facts"]["yours"] is True


async def test_a_hold_ends_after_ten_minutes(town: Town, as_user: AsUser, clock: Clock) -> None:
    kitchen, first, second = await town.kitchen(), await as_user(), await as_user()
    starts_at = await town.start(kitchen)
    held = ok(await hold(first, kitchen, starts_at), 201)
    left = datetime.fromisoformat(held["expires_at"]) - datetime.now(UTC)
    assert timedelta(minutes=9) < left <= timedelta(minutes=10)
    await clock.advance(minutes=9)
    assert code(await hold(second, kitchen, starts_at)) == (409, "slot_taken")
    await clock.advance(minutes=1, seconds=5)
    ok(await hold(second, kitchen, starts_at), 201)
    assert code(await hold(first, kitchen, starts_at)) == (409, "slot_taken")


async def test_a_released_hold_is_free_at_once(town: Town, as_user: AsUser) -> None:
    kitchen, first, second = await town.kitchen(), await as_user(), await as_user()
    starts_at = await town.start(kitchen)
    held = ok(await hold(first, kitchen, starts_at), 201)
    assert code(await second.delete(f"{API}/holds/{held['id']}")) == (404, "no_such_hold")
    ok(await first.delete(f"{API}/holds/{held['id']}"), 204)
    ok(await first.delete(f"{API}/holds/{held['id']}"), 204)
    ok(await hold(second, kitchen, starts_at), 201)
    assert code(await book(first, held["id"])) == (409, "hold_ended")


async def test_a_booked_hold_is_cancelled_as_a_booking(town: Town, as_user: AsUser) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.booked(guest, kitchen)
    assert code(await guest.delete(f"{API}/holds/{booking['hold_id']}")) == (409, "hold_booked")


async def test_a_guest_does_not_collect_holds(town: Town, as_user: AsUser) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    slots = [slot["starts_at"] for slot in await town.slots(kitchen, days=2)]
    made = [ok(await hold(guest, kitchen, start), 201) for start in (slots[0], slots[2], slots[4])]
    assert code(await hold(guest, kitchen, slots[6])) == (409, "too_many_holds")
    ok(await guest.delete(f"{API}/holds/{made[0]['id']}"), 204)
    ok(await hold(guest, kitchen, slots[6]), 201)


async def test_only_offered_times_can_be_held(town: Town, as_user: AsUser) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    start = datetime.fromisoformat(await town.start(kitchen))
    for wrong, expected in (
        (start + timedelta(minutes=17), (422, "slot_not_offered")),
        (start - timedelta(hours=1), (422, "slot_not_offered")),
        (datetime.now(UTC) + timedelta(minutes=30), (422, "notice_too_short")),
        (start + timedelta(days=70), (422, "beyond_horizon")),
        (datetime(9999, 12, 31, 23, tzinfo=UTC), (422, "beyond_horizon")),
        (datetime(1, 1, 1, 12, tzinfo=UTC), (422, "notice_too_short")),
    ):
        assert code(await hold(guest, kitchen, wrong.isoformat())) == expected
    assert code(await hold(guest, kitchen, start.replace(tzinfo=None).isoformat())) == (422, "invalid_input")
    assert code(await hold(guest, kitchen, start.isoformat(), party=9)) == (422, "party_out_of_range")
    assert code(await hold(kitchen.chef, kitchen, start.isoformat())) == (422, "own_table")
    wish = {"chef_id": kitchen.id, "menu_id": kitchen.id, "starts_at": start.isoformat(), "party": 2}
    assert code(await guest.post(f"{API}/holds", json=wish)) == (404, "no_such_menu")
    assert code(await guest.post(f"{API}/holds", json=wish | {"chef_id": kitchen.menu_id})) == (
        404,
        "no_such_chef",
    )


async def test_two_hundred_guests_at_once_win_each_time_once(town: Town, as_user: AsUser) -> None:
    kitchen = await town.kitchen()
    found = await town.slots(kitchen, days=2)
    slots = [slot["starts_at"] for slot in found[::2]][:10]
    guests = [await as_user() for _ in range(20)]
    wishes = [(guest, slots[(n + turn) % 10]) for turn in range(10) for n, guest in enumerate(guests)]
    answers = await asyncio.gather(*(hold(guest, kitchen, start) for guest, start in wishes))
    statuses = {answer.status_code for answer in answers}
    assert statuses <= {201, 409}
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {
        "slot_taken",
        "too_many_holds",
    }
    rows = await sql("select lower(during) as starts_at, count(*) as n from {s}.busy group by 1")
    assert len(rows) == 10
    assert {row["n"] for row in rows} == {1}
    winners = {answer.json()["id"] for answer in answers if answer.status_code == 201}
    assert {str(row["id"]) for row in await sql("select id from {s}.hold")} == winners


async def test_the_constraint_refuses_what_the_lock_should_have_prevented(
    town: Town, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should any path ever forget to look or to lock, PostgreSQL still says no."""
    kitchen, first, second = await town.kitchen(), await as_user(), await as_user()
    starts_at = await town.start(kitchen)
    ok(await hold(first, kitchen, starts_at), 201)
    monkeypatch.setattr(holds, "_refuse_taken", lambda *_: None)
    assert code(await hold(second, kitchen, starts_at)) == (409, "slot_taken")
    with pytest.raises(DBAPIError) as refused:
        await sql(
            "insert into {s}.busy (id, chef_id, during, ends_at) "
            "select gen_random_uuid(), chef_id, during, ends_at from {s}.busy"
        )
    assert getattr(refused.value.orig, "sqlstate", None) == busy.OVERLAP


async def test_the_sweep_frees_what_nobody_comes_by_to_free(
    town: Town, as_user: AsUser, clock: Clock, run_jobs
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.booked(guest, kitchen)
    await clock.advance(minutes=12)
    await run_jobs()
    assert await sql("select 1 from {s}.busy") == []
    assert ok(await guest.get(f"{API}/bookings/{booking['id']}"))["timeline"][-1]["to_status"] == "expired"
