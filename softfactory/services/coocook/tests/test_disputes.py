"""Disputes: both sides' words, money that waits, and an admin's decision line by line."""

import asyncio
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from softfactory.services.coocook.disputes import Split
from softfactory.services.coocook.tests.makers import API, Town, code, move, ok, sql
from softfactory.testing import AsUser, Clock, Mailbox, Person

WHY = "두 시간 늦게 오셨고 메인 요리가 나오지 않았어요."


async def act(
    person: Person, booking: Any, action: str, *, dry_run: bool = False, **facts: Any
) -> httpx.Response:
    wish = {"action": action} | facts
    path = f"{API}/bookings/{booking['id']}/transition"
    answer: httpx.Response = await person.post(path, json=wish, params={"dry_run": "1"} if dry_run else {})
    return answer


@given(paid=st.integers(0, 10**9), data=st.data())
def test_every_won_of_a_divided_price_goes_to_one_of_three(paid: int, data: st.DataObject) -> None:
    split = Split(paid, data.draw(st.integers(0, paid)))
    assert split.refund + split.fee + split.payout == paid
    assert min(split.refund, split.fee, split.payout) >= 0


async def test_a_dispute_is_heard_on_both_sides_and_divided(
    town: Town, as_user: AsUser, clock: Clock, run_jobs: Any, mailbox: Mailbox
) -> None:
    kitchen, guest, admin = await town.kitchen(), await as_user(), await town.admin()
    booking = await town.completed(guest, kitchen, clock)
    assert "dispute" in ok(await guest.get(f"{API}/bookings/{booking['id']}"))["actions"]
    disputed = ok(await act(guest, booking, "dispute", reason=WHY))
    assert (disputed["status"], disputed["dispute"]["by"], disputed["dispute"]["reason"]) == (
        "disputed",
        "guest",
        WHY,
    )
    assert ok(await act(guest, booking, "dispute", reason="again"))["dispute"]["reason"] == WHY
    assert ok(await kitchen.chef.get(f"{API}/bookings/{booking['id']}"))["actions"] == ["answer"]
    answered = ok(await act(kitchen.chef, booking, "dispute", reason="길이 막혔지만 모두 냈습니다."))
    assert answered["dispute"]["answer"] == "길이 막혔지만 모두 냈습니다."
    assert ok(await act(kitchen.chef, booking, "dispute", reason="또"))["dispute"]["answer"].startswith(
        "길이"
    )
    assert answered["actions"] == []
    assert [row["what"] for row in answered["timeline"]][-2:] == ["status", "dispute_answered"]

    await clock.advance(days=9)
    await run_jobs()
    (row,) = await sql("select payout_started_at, paid_out_at from {s}.booking")
    assert (row["payout_started_at"], row["paid_out_at"]) == (None, None), "nobody is paid meanwhile"

    queue = ok(await admin.get(f"{API}/bookings", params={"role": "admin", "status": "disputed"}))["items"]
    assert [item["id"] for item in queue] == [booking["id"]]
    assert queue[0]["actions"] == ["resolve"]
    tried = ok(await act(admin, booking, "resolve", refund=60_000, reason="메인이 빠졌음", dry_run=True))
    assert tried["status"] == "disputed"
    split = tried["dispute"]["split"]
    assert split["dry_run"] is True
    assert [(line["code"], line["amount"]["amount"]) for line in split["lines"]] == [
        ("paid", 160_000),
        ("refund", -60_000),
        ("fee", -10_000),
        ("payout", 90_000),
    ]
    decided = ok(await act(admin, booking, "resolve", refund=60_000, reason="메인이 빠졌음"))
    assert (decided["status"], decided["dispute"]["decision"]) == ("completed", "메인이 빠졌음")
    assert decided["dispute"]["split"]["dry_run"] is False
    again = ok(await act(admin, booking, "resolve", refund=60_000, reason="메인이 빠졌음"))
    assert len(again["timeline"]) == len(decided["timeline"])
    assert code(await act(admin, booking, "resolve", refund=1, reason="anders")) == (409, "wrong_state")
    await run_jobs()
    after = ok(await guest.get(f"{API}/bookings/{booking['id']}"))
    assert after["refund"] == {"amount": {"amount": 60_000, "currency": "KRW"}, "state": "done"}
    (wallet,) = await sql("select net, fee from platform.payout")
    assert (wallet["net"], wallet["fee"]) == (90_000, 10_000)
    templates = [letter.template for letter in await mailbox()]
    assert templates.count("dispute_opened") == templates.count("dispute_received") == 1
    assert templates.count("dispute_decided") == 2


async def test_a_whole_refund_leaves_the_chef_nothing(
    town: Town, as_user: AsUser, clock: Clock, run_jobs: Any
) -> None:
    kitchen, guest, admin = await town.kitchen(), await as_user(), await town.admin()
    booking = await town.completed(guest, kitchen, clock)
    ok(await act(guest, booking, "dispute", reason=WHY))
    over = await act(admin, booking, "resolve", refund=160_001, reason="x")
    assert code(over) == (422, "refund_over_price")
    ok(await act(admin, booking, "resolve", refund=160_000, reason="오지 않았음"))
    await clock.advance(days=9)
    await run_jobs()
    assert ok(await guest.get(f"{API}/bookings/{booking['id']}"))["refund"]["amount"]["amount"] == 160_000
    assert await sql("select 1 from platform.payout where gross > 0") == []


async def test_a_guest_for_whom_no_chef_came_disputes_a_meal_that_nobody_spoke_of(
    town: Town, as_user: AsUser, clock: Clock
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.paid(guest, kitchen)
    assert code(await act(guest, booking, "dispute", reason=WHY)) == (409, "too_early")
    await clock.advance(days=4)
    disputed = ok(await act(guest, booking, "dispute", reason="아무도 오지 않았어요."))
    assert disputed["status"] == "disputed"
    assert code(await move(kitchen.chef, booking, "complete")) == (409, "wrong_state")
    admin = await town.admin()
    decided = ok(await act(admin, booking, "resolve", refund=160_000, reason="No chef came."))
    assert decided["review_until"] is not None, "the guest may tell others"


async def test_a_chef_disputes_and_a_guest_disputes_a_no_show(
    town: Town, as_user: AsUser, clock: Clock, run_jobs: Any, mailbox: Mailbox
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    first, second = await town.paid(guest, kitchen), await town.paid(guest, kitchen, number=4)
    await clock.advance(days=3, hours=21)
    ok(await move(kitchen.chef, first, "no_show"))
    await run_jobs()
    assert [letter.to for letter in await mailbox() if letter.template == "no_show"] == [guest.email]
    assert ok(await act(guest, first, "dispute", reason="We were at home."))["status"] == "disputed"
    assert (
        ok(await act(kitchen.chef, second, "dispute", reason="The oven is broken."))["dispute"]["by"]
        == "chef"
    )


async def test_after_two_days_or_once_the_payout_began_nothing_can_be_disputed(
    town: Town, as_user: AsUser, clock: Clock, run_jobs: Any
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    first, second = await town.paid(guest, kitchen), await town.paid(guest, kitchen, number=3)
    await clock.advance(days=4)
    ok(await move(kitchen.chef, first, "complete"))
    ok(await move(kitchen.chef, second, "complete"))
    await sql("update {s}.booking set payout_started_at = sf_now() where id = :id", id=second["id"])
    assert code(await act(guest, second, "dispute", reason=WHY)) == (409, "dispute_closed")
    await clock.advance(days=2)
    assert code(await act(guest, first, "dispute", reason=WHY)) == (409, "dispute_closed")
    assert "dispute" not in ok(await guest.get(f"{API}/bookings/{first['id']}"))["actions"]
    await run_jobs()
    (row,) = await sql("select paid_out_at from {s}.booking where id = :id", id=first["id"])
    assert row["paid_out_at"] is not None, "paid two days after the end, not later"


async def test_a_dispute_and_the_payout_at_once_do_not_both_win(
    town: Town, as_user: AsUser, clock: Clock, run_jobs: Any
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.completed(guest, kitchen, clock)
    await sql("update {s}.job set due_at = sf_now() where name like '%pay_chef'")
    answer, _ = await asyncio.gather(act(guest, booking, "dispute", reason=WHY), run_jobs())
    (row,) = await sql("select status, paid_out_at from {s}.booking")
    assert (answer.status_code == 200) == (row["status"] == "disputed") == (row["paid_out_at"] is None)


@pytest.mark.parametrize("reason", ["", "   "])
async def test_who_may_dispute_and_decide_and_what_must_be_said(
    town: Town, as_user: AsUser, clock: Clock, reason: str
) -> None:
    kitchen, guest, admin = await town.kitchen(), await as_user(), await town.admin()
    booking = await town.completed(guest, kitchen, clock)
    assert code(await act(guest, booking, "dispute", reason=reason)) == (422, "invalid_input")
    assert code(await act(await as_user(), booking, "dispute", reason=WHY)) == (404, "no_such_booking")
    assert code(await act(admin, booking, "dispute", reason=WHY)) == (403, "not_of_this_table")
    assert code(await act(admin, booking, "resolve", refund=0, reason=WHY)) == (409, "wrong_state")
    ok(await act(guest, booking, "dispute", reason=WHY))
    for person in (guest, kitchen.chef):
        assert code(await act(person, booking, "resolve", refund=0, reason=WHY)) == (403, "role_missing")
    assert code(await act(admin, booking, "resolve", reason=WHY)) == (422, "invalid_input")
    assert code(await act(admin, booking, "complete", dry_run=True)) == (422, "nothing_to_try")
    assert code(await guest.get(f"{API}/bookings", params={"role": "admin"})) == (403, "role_missing")


async def test_an_admin_who_sat_at_the_table_does_not_decide(
    town: Town, as_user: AsUser, clock: Clock
) -> None:
    kitchen, guest = await town.kitchen(), await as_user("admin")
    booking = await town.completed(guest, kitchen, clock)
    ok(await act(guest, booking, "dispute", reason=WHY))
    assert code(await act(guest, booking, "resolve", refund=160_000, reason="Mine.")) == (403, "own_case")


async def test_nobody_reviews_while_a_dispute_is_open_and_then_everybody_may(
    town: Town, as_user: AsUser, clock: Clock, run_jobs: Any
) -> None:
    kitchen, guest, admin = await town.kitchen(), await as_user(), await town.admin()
    booking = await town.completed(guest, kitchen, clock)
    path = f"{API}/bookings/{booking['id']}/reviews"
    ok(await kitchen.chef.post(path, json={"rating": 3, "text": "Difficult evening."}), 201)
    ok(await act(guest, booking, "dispute", reason=WHY))
    assert code(await guest.post(path, json={"rating": 1, "text": "!"})) == (409, "not_yet_done")
    await clock.advance(days=20)
    await run_jobs()
    ok(await act(admin, booking, "resolve", refund=0, reason="Nothing was wrong."))
    mine = ok(await guest.get(f"{API}/bookings/{booking['id']}"))
    assert mine["reviews"] == [], "still blind"
    ok(await guest.post(path, json={"rating": 2, "text": "Late."}), 201)


async def test_a_dispute_ends_when_everything_has_gone_back_by_another_hand(
    town: Town, as_user: AsUser, clock: Clock, run_jobs: Any, mailbox: Mailbox
) -> None:
    kitchen, guest, admin = await town.kitchen(), await as_user(), await town.admin()
    booking = await town.completed(guest, kitchen, clock)
    path = f"{API}/bookings/{booking['id']}"
    ok(await act(guest, booking, "dispute", reason=WHY))
    (paid,) = await sql("select payment_id from {s}.booking")
    operator = await as_user("admin")  # who has signed in just now

    async def give_back(key: str, **facts: Any) -> None:
        wish = {"reason": "They did not come."} | facts
        address = f"/api/payment/{paid['payment_id']}/cancel"
        ok(await operator.post(address, json=wish, headers={"Idempotency-Key": key}))
        await run_jobs()

    await give_back("part", amount=40_000)
    tried = ok(await act(admin, booking, "resolve", refund=0, reason="Nothing.", dry_run=True))
    lines = [line["amount"]["amount"] for line in tried["dispute"]["split"]["lines"]]
    assert lines == [160_000, -40_000, -12_000, 108_000], "what went back already is not divided again"

    await give_back("rest")
    after = ok(await guest.get(path))
    assert (after["status"], after["refund"]["state"]) == ("completed", "done")
    assert after["dispute"]["decided_at"] is not None
    assert after["dispute"]["split"]["payout"]["amount"] == 0
    assert code(await act(admin, booking, "resolve", refund=80_000, reason="x")) == (409, "wrong_state")
    await clock.advance(days=9)
    await run_jobs()
    assert await sql("select 1 from platform.payout where gross > 0") == []
    assert [letter.template for letter in await mailbox()].count("dispute_decided") == 2
