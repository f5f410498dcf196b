"""What a booking asks of platform, when a process dies or platform is away in between."""

import asyncio
from typing import Any

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
