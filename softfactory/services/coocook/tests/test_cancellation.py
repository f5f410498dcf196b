"""Cancelling: what comes back, by whom and when."""

from datetime import UTC, datetime, timedelta
from typing import get_args
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softfactory.kernel import db
from softfactory.services.coocook import cancellation
from softfactory.services.coocook.codes import Policy
from softfactory.services.coocook.schemas.bookings import BookingStatus
from softfactory.services.coocook.tests.makers import API, Town, code, hold, ok, sql
from softfactory.testing import AsUser, Clock, Mailbox

EVENING = datetime(2027, 5, 1, 9, tzinfo=UTC)
prices = st.integers(0, 100_000_000)
policies = st.sampled_from(get_args(Policy))
hours_before = st.floats(0, 800)


def told(policy: Policy, price: int, hours: float, side: str = "guest") -> cancellation.Quote:
    return cancellation.quote(
        BookingStatus.CONFIRMED,
        price,
        cancellation.snapshot(policy),
        EVENING,
        side=side,  # type: ignore[arg-type]  # a literal of the three sides
        now=EVENING - timedelta(hours=hours),
    )


@given(policy=policies, price=prices, hours=hours_before)
def test_what_comes_back_and_what_is_kept_are_the_whole_price(
    policy: Policy, price: int, hours: float
) -> None:
    quote = told(policy, price, hours)
    assert quote.refund + quote.kept == price
    assert 0 <= quote.refund <= price


@given(policy=policies, price=prices, hours=hours_before, later=hours_before)
def test_cancelling_later_never_brings_more(policy: Policy, price: int, hours: float, later: float) -> None:
    early, late = max(hours, later), min(hours, later)
    assert told(policy, price, early).refund >= told(policy, price, late).refund


@given(price=prices, hours=hours_before, policy=policies)
def test_whoever_is_not_at_fault_gets_everything_back(price: int, hours: float, policy: Policy) -> None:
    assert told(policy, price, hours, side="chef").refund == price
    assert told(policy, price, hours, side="admin").refund == price


@given(price=prices, percent=st.integers(0, 100))
def test_the_won_that_does_not_divide_goes_to_the_guest(price: int, percent: int) -> None:
    back = cancellation.share(price, percent)
    assert 0 <= back * 100 - price * percent < 100


@given(policy=policies, price=prices, hours=hours_before)
def test_a_quote_is_good_until_the_moment_it_names(policy: Policy, price: int, hours: float) -> None:
    quote = told(policy, price, hours)
    if quote.valid_until is not None:
        left = (EVENING - quote.valid_until) / timedelta(hours=1)
        assert told(policy, price, left).percent == quote.percent
        assert told(policy, price, left - 0.01).percent < quote.percent


@pytest.mark.parametrize(
    ("policy", "hours", "percent"),
    [
        ("flexible", 24, 100), ("flexible", 23.9, 50), ("flexible", 6, 50), ("flexible", 5.9, 0),
        ("moderate", 168, 100), ("moderate", 167.9, 80), ("moderate", 72, 80), ("moderate", 24, 50),
        ("moderate", 23.9, 0), ("strict", 336, 100), ("strict", 168, 50), ("strict", 72, 20), ("strict", 71.9, 0),
    ],
)  # fmt: skip
def test_the_tiers_are_these(policy: Policy, hours: float, percent: int) -> None:
    assert told(policy, 100_000, hours).percent == percent


async def test_a_guest_sees_the_quote_then_cancels_and_is_refunded(
    town: Town, as_user: AsUser, run_jobs, mailbox: Mailbox, clock: Clock
) -> None:
    kitchen, guest = await town.kitchen(policy="moderate"), await as_user()
    booking = await town.paid(guest, kitchen, after_days=5)
    path = f"{API}/bookings/{booking['id']}/cancel"
    quote = ok(await guest.post(path, params={"dry_run": "1"}))
    assert (quote["dry_run"], quote["percent"], quote["refund"]["amount"]) == (True, 80, 128_000)
    assert [(line["code"], line["amount"]["amount"]) for line in quote["lines"]] == [
        ("paid", 160_000),
        ("kept", -32_000),
        ("refund", 128_000),
    ]
    assert ok(await guest.get(f"{API}/bookings/{booking['id']}"))["status"] == "confirmed"

    done = ok(await guest.post(path, json={"reason": "감기", "expected_refund": 128_000}))
    assert (done["dry_run"], done["status"], done["refund"]["amount"]) == (False, "cancelled", 128_000)
    again = ok(await guest.post(path, json={"reason": "감기", "expected_refund": 128_000}))
    assert again["refund"] == done["refund"]
    await run_jobs()
    after = ok(await guest.get(f"{API}/bookings/{booking['id']}"))
    assert after["refund"] == {"amount": {"amount": 128_000, "currency": "KRW"}, "state": "done"}
    assert (after["timeline"][-1]["by"], after["timeline"][-1]["reason"]) == ("guest", "감기")
    templates = [letter.template for letter in await mailbox()]
    assert templates.count("cancelled_to_guest") == templates.count("cancelled_to_chef") == 1
    ok(await hold(await as_user(), kitchen, booking["starts_at"]), 201)

    await clock.advance(days=8)
    await run_jobs()
    (row,) = await sql("select paid_out_at from {s}.booking")
    assert row["paid_out_at"] is not None, "the chef gets what the policy kept"


async def test_a_sum_that_changed_meanwhile_is_not_executed(
    town: Town, as_user: AsUser, clock: Clock
) -> None:
    kitchen, guest = await town.kitchen(policy="flexible"), await as_user()
    booking = await town.paid(guest, kitchen)
    path = f"{API}/bookings/{booking['id']}/cancel"
    quote = ok(await guest.post(path, params={"dry_run": "true"}))
    assert quote["percent"] == 100
    until = datetime.fromisoformat(quote["valid_until"])
    await clock.advance(seconds=(until - clock.now()).total_seconds() + 5)
    refused = await guest.post(path, json={"expected_refund": quote["refund"]["amount"]})
    assert code(refused) == (409, "refund_changed")
    assert refused.json()["facts"]["refund"] == 80_000
    assert ok(await guest.get(f"{API}/bookings/{booking['id']}"))["status"] == "confirmed"


async def test_a_chefs_cancellation_refunds_whole_and_offers_others(
    town: Town, as_user: AsUser, run_jobs
) -> None:
    kitchen, guest = await town.kitchen(policy="strict"), await as_user()
    other = await town.kitchen(name="이서연")
    booking = await town.paid(guest, kitchen)
    done = ok(await kitchen.chef.post(f"{API}/bookings/{booking['id']}/cancel", json={"reason": "부상"}))
    assert (done["percent"], done["refund"]) == (100, booking["price"])
    await run_jobs()
    after = ok(await guest.get(f"{API}/bookings/{booking['id']}"))
    assert (after["status"], after["refund"]["state"]) == ("cancelled", "done")
    assert [chef["id"] for chef in after["alternatives"]] == [other.id]
    (offer,) = after["alternatives"]
    wish = {
        "chef_id": offer["id"],
        "menu_id": offer["menu"]["id"],
        "starts_at": offer["starts_at"],
        "party": 2,
    }
    held = ok(await guest.post(f"{API}/holds", json=wish), 201)
    assert held["price"] == offer["menu"]["price"], "what one click holds costs what was shown"
    again = ok(await guest.get(f"{API}/bookings/{booking['id']}"))
    assert again["alternatives"] == [], "checked free, now"


async def test_a_request_that_no_chef_accepted_is_refunded_whole(town: Town, as_user: AsUser) -> None:
    kitchen, guest = await town.kitchen(instant=False, policy="strict"), await as_user()
    booking = await town.paid(guest, kitchen)
    assert ok(await guest.post(f"{API}/bookings/{booking['id']}/cancel"))["percent"] == 100


async def test_an_unpaid_booking_is_let_go_without_money(town: Town, as_user: AsUser, run_jobs) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.booked(guest, kitchen)
    done = ok(await guest.post(f"{API}/bookings/{booking['id']}/cancel"))
    assert (done["status"], done["refund"]["amount"]) == ("cancelled", 0)
    ok(await hold(await as_user(), kitchen, booking["starts_at"]), 201)
    await run_jobs()


async def test_a_meal_that_began_or_ended_is_not_cancelled(town: Town, as_user: AsUser, clock: Clock) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.paid(guest, kitchen)
    start = datetime.fromisoformat(booking["starts_at"])
    await clock.advance(seconds=(start - clock.now()).total_seconds() + 1)
    path = f"{API}/bookings/{booking['id']}/cancel"
    assert code(await guest.post(path)) == (409, "too_late")
    await clock.advance(days=2)
    ok(await kitchen.chef.post(f"{API}/bookings/{booking['id']}/transition", json={"action": "complete"}))
    assert code(await guest.post(path)) == (409, "wrong_state")


async def test_who_was_an_admin_a_minute_ago_gives_nobodys_money_back(town: Town, as_user: AsUser) -> None:
    """Their access token still says that they are one: platform is asked."""
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.paid(guest, kitchen)
    admin, was = await as_user("admin"), await as_user("admin")
    async with db.transaction("platform") as session:
        gone = "delete from {s}.role_grant where person_id = :id and role = 'admin'"
        await db.run_sql(session, gone, id=UUID(was.id))
    path = f"{API}/bookings/{booking['id']}/cancel"
    assert code(await was.post(path)) == (404, "no_such_booking")
    assert ok(await admin.post(path))["status"] == "cancelled"
