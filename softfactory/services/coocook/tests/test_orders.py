"""What a booking asks of platform, when a process dies or platform is away in between."""

import asyncio
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import httpx
import pytest

from softfactory.kernel.operations import SiblingUnavailable
from softfactory.services.coocook import orders
from softfactory.services.coocook.tests.makers import API, Town, book, code, hold, move, ok, pay, sql
from softfactory.testing import AsUser, Clock


async def _away(_: Any) -> Any:
    raise SiblingUnavailable(service="platform")


async def test_a_booking_whose_order_could_not_be_opened_is_finished_by_the_same_key(
    town: Town, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    held = ok(await hold(guest, kitchen, await town.start(kitchen)), 201)
    with monkeypatch.context() as away:
        away.setattr(orders, "open_order", _away)
        assert code(await book(guest, held["id"], key="one")) == (503, "sibling_unavailable")
    booking = ok(await book(guest, held["id"], key="one"), 201)
    ok(await pay(guest, booking))
    assert len(await sql("select 1 from {s}.booking")) == 1


async def test_a_job_opens_the_order_of_a_booking_whose_process_died(
    town: Town, as_user: AsUser, monkeypatch: pytest.MonkeyPatch, clock: Clock, run_jobs: Any
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    held = ok(await hold(guest, kitchen, await town.start(kitchen)), 201)
    with monkeypatch.context() as away:
        away.setattr(orders, "open_order", _away)
        assert (await book(guest, held["id"])).status_code == 503
    (booking,) = ok(await guest.get(f"{API}/bookings"))["items"]
    await clock.advance(minutes=2)
    await run_jobs()
    ok(await pay(guest, booking))
    assert ok(await guest.get(f"{API}/bookings/{booking['id']}"))["status"] == "confirmed"


async def test_a_refund_that_platform_did_not_answer_is_asked_for_again(
    town: Town, as_user: AsUser, monkeypatch: pytest.MonkeyPatch, clock: Clock, run_jobs: Any
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.paid(guest, kitchen)
    ok(await kitchen.chef.post(f"{API}/bookings/{booking['id']}/cancel"))
    with monkeypatch.context() as away:
        away.setattr(orders, "refund", _away)
        await run_jobs(raise_errors=False)
    path = f"{API}/bookings/{booking['id']}"
    assert ok(await guest.get(path))["refund"]["state"] == "due"
    await clock.advance(minutes=30)
    await run_jobs()
    assert ok(await guest.get(path))["refund"]["state"] == "done"


async def test_of_a_chef_who_accepts_and_a_guest_who_cancels_at_once_both_get_an_answer(
    town: Town, as_user: AsUser, run_jobs: Any
) -> None:
    """Whoever comes second acts on what the first one did; nobody waits in a circle."""
    kitchen, guest = await town.kitchen(instant=False, policy="strict"), await as_user()
    booking = await town.paid(guest, kitchen, after_days=5)
    accepted, cancelled = await asyncio.gather(
        move(kitchen.chef, booking, "accept"), guest.post(f"{API}/bookings/{booking['id']}/cancel")
    )
    assert cancelled.status_code == 200
    assert (accepted.status_code, ok(cancelled)["percent"]) in ((200, 20), (409, 100))
    await run_jobs()
    after = ok(await guest.get(f"{API}/bookings/{booking['id']}"))
    assert after["status"] == "cancelled"


async def test_cancelling_twice_at_once_refunds_once(town: Town, as_user: AsUser, run_jobs: Any) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.paid(guest, kitchen)
    path = f"{API}/bookings/{booking['id']}/cancel"
    answers = await asyncio.gather(*(guest.post(path) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["refund"]["amount"] for answer in answers}) == 1
    await run_jobs()
    (row,) = await sql("select count(*) as n from {s}.booking_change where to_status = 'cancelled'")
    assert row["n"] == 1


# -- refunds that the provider refuses, and those that an operator makes ----------------------------------------------


BANK = "softfactory.services.platform.providers.sandbox.Sandbox.cancel"


async def _refuses(*_: Any, **__: Any) -> Any:
    return SimpleNamespace(done=False, reference=None, code="bank_closed")


async def _silent(*_: Any, **__: Any) -> Any:
    raise httpx.ConnectTimeout("nobody answers")


async def _operator_gives_back(as_user: AsUser, amount: int) -> Any:
    (paid,) = await sql("select payment_id from {s}.booking")
    admin, wish = await as_user("admin"), {"reason": "Goodwill.", "amount": amount}
    headers = {"Idempotency-Key": uuid4().hex}
    return ok(await admin.post(f"/api/payment/{paid['payment_id']}/cancel", json=wish, headers=headers))


async def test_what_the_provider_will_not_give_back_is_not_the_chefs(
    town: Town, as_user: AsUser, monkeypatch: pytest.MonkeyPatch, clock: Clock, run_jobs: Any
) -> None:
    kitchen, guest = await town.kitchen(policy="moderate"), await as_user()
    booking = await town.paid(guest, kitchen, after_days=5)
    path = f"{API}/bookings/{booking['id']}"
    with monkeypatch.context() as bank:
        bank.setattr(BANK, _refuses)
        assert ok(await guest.post(f"{path}/cancel"))["refund"]["amount"] == 128_000
        await run_jobs()
        assert ok(await guest.get(path))["refund"]["state"] == "refused"
        await clock.advance(days=8)
        await run_jobs(raise_errors=False)
    assert await sql("select 1 from platform.payout") == [], "the guest's part is in escrow too"

    await _operator_gives_back(as_user, 128_000)
    await run_jobs()
    await clock.advance(days=1)
    await run_jobs()
    assert ok(await guest.get(path))["refund"]["state"] == "done"
    (payout,) = await sql("select net, fee from platform.payout")
    assert (payout["net"], payout["fee"]) == (28_800, 3_200)


async def test_a_refund_that_is_refused_later_is_learnt(
    town: Town, as_user: AsUser, monkeypatch: pytest.MonkeyPatch, clock: Clock, run_jobs: Any
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.paid(guest, kitchen)
    path = f"{API}/bookings/{booking['id']}"
    ok(await kitchen.chef.post(f"{path}/cancel"))
    with monkeypatch.context() as bank:
        bank.setattr(BANK, _silent)
        await run_jobs(raise_errors=False)
        assert ok(await guest.get(path))["refund"]["state"] == "requested"
        bank.setattr(BANK, _refuses)
        await clock.advance(minutes=10)
        await run_jobs(raise_errors=False)
    assert ok(await guest.get(path))["refund"]["state"] == "refused"


async def test_what_an_operator_gave_back_counts_towards_a_cancellation(
    town: Town, as_user: AsUser, clock: Clock, run_jobs: Any
) -> None:
    kitchen, guest = await town.kitchen(policy="moderate"), await as_user()
    booking = await town.paid(guest, kitchen, after_days=5)
    path = f"{API}/bookings/{booking['id']}"
    await _operator_gives_back(as_user, 60_000)
    await run_jobs()
    shown = ok(await guest.get(path))
    assert (shown["status"], shown["refund"]["amount"]["amount"]) == ("confirmed", 60_000)
    assert ok(await guest.post(f"{path}/cancel"))["refund"]["amount"] == 128_000
    await run_jobs()
    assert ok(await guest.get(path))["refund"]["state"] == "done"
    (paid,) = await sql("select refunded from platform.payment")
    assert paid["refunded"] == 128_000, "in all, not on top"
    await clock.advance(days=8)
    await run_jobs()
    (payout,) = await sql("select gross from platform.payout")
    assert payout["gross"] == 32_000


async def test_who_got_more_back_than_the_policy_says_keeps_it(
    town: Town, as_user: AsUser, run_jobs: Any
) -> None:
    kitchen, guest = await town.kitchen(policy="moderate"), await as_user()
    booking = await town.paid(guest, kitchen, after_days=5)
    await _operator_gives_back(as_user, 150_000)
    await run_jobs()
    path = f"{API}/bookings/{booking['id']}"
    assert ok(await guest.post(f"{path}/cancel"))["refund"]["amount"] == 150_000
    await run_jobs()
    after = ok(await guest.get(path))["refund"]
    assert (after["amount"]["amount"], after["state"]) == (150_000, "done")


async def test_an_unpaid_booking_cancelled_twice_is_told_the_same(town: Town, as_user: AsUser) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.booked(guest, kitchen)
    path = f"{API}/bookings/{booking['id']}/cancel"
    assert ok(await guest.post(path))["rule"] == ok(await guest.post(path))["rule"]
