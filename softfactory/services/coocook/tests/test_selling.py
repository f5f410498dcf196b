"""The seller's side of a payment: asked twice, late, and out of order."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from softfactory.kernel.errors import NotFound
from softfactory.services.coocook import settings
from softfactory.services.coocook.contract import BOOKING, AlreadyBeingPaid
from softfactory.services.coocook.tests.makers import API, Town, hold, ok, sql
from softfactory.services.platform.contract import (
    Pin,
    Released,
    SettledOrder,
    Subject,
    SubjectGone,
    pin,
    quote,
    released,
    settled,
)
from softfactory.testing import AsUser, Clock


def subject(booking: Any) -> Subject:
    return Subject(kind=BOOKING, id=UUID(booking["id"]))


def pin_of(booking: Any, payment_id: UUID) -> Pin:
    return Pin(subject=subject(booking), order_id=UUID(booking["order_id"]), payment_id=payment_id)


def settled_of(booking: Any, payment_id: UUID, amount: int | None = None) -> SettledOrder:
    return SettledOrder(
        subject=subject(booking),
        order_id=UUID(booking["order_id"]),
        payment_id=payment_id,
        amount=booking["price"]["amount"] if amount is None else amount,
    )


def released_of(booking: Any, payment_id: UUID) -> Released:
    return Released(subject=subject(booking), order_id=UUID(booking["order_id"]), payment_id=payment_id)


async def state(booking: Any) -> str:
    (row,) = await sql("select status from {s}.booking where id = :id", id=UUID(booking["id"]))
    return str(row["status"])


async def accepted(booking: Any, payment_id: UUID, amount: int | None = None) -> bool:
    answer = await settled(settled_of(booking, payment_id, amount), service="coocook")
    return answer.accepted


async def test_a_quote_names_the_evening_and_its_price(town: Town, as_user: AsUser) -> None:
    guest = await as_user()
    booking = await town.booked(guest, await town.kitchen(), extras=[{"code": "wine"}])
    told = await quote(subject(booking), service="coocook")
    assert (told.amount, told.buyer_id) == (205_000, UUID(guest.id))
    assert told.lines == [("menu", 160_000), ("extra", 45_000)]
    assert told.title_ko == "한도윤 · 봄 코스 · 2명"
    with pytest.raises(NotFound):
        await quote(Subject(kind=BOOKING, id=uuid4()), service="coocook")
    with pytest.raises(NotFound):
        await quote(Subject(kind="coocook.cake", id=UUID(booking["id"])), service="coocook")


async def test_a_pinned_booking_cannot_expire(town: Town, as_user: AsUser, clock: Clock, run_jobs) -> None:
    kitchen = await town.kitchen()
    booking, payment = await town.booked(await as_user(), kitchen), uuid4()
    for _ in range(2):
        assert (await pin(pin_of(booking, payment), service="coocook")).payment_id == payment
    await clock.advance(hours=2)
    await run_jobs()
    assert await state(booking) == "paying"
    other = await hold(await as_user(), kitchen, booking["starts_at"])
    assert other.json()["code"] == "slot_taken"
    assert await accepted(booking, payment)
    assert await accepted(booking, payment)
    assert await state(booking) == "confirmed"


async def test_one_payment_at_a_time(town: Town, as_user: AsUser) -> None:
    booking, first, second = await town.booked(await as_user(), await town.kitchen()), uuid4(), uuid4()
    await pin(pin_of(booking, first), service="coocook")
    with pytest.raises(AlreadyBeingPaid):
        await pin(pin_of(booking, second), service="coocook")
    assert not await accepted(booking, second)
    assert await accepted(booking, first)
    assert not await accepted(booking, second)
    with pytest.raises(SubjectGone):
        await pin(pin_of(booking, second), service="coocook")


async def test_a_payment_that_was_released_can_no_longer_pin(town: Town, as_user: AsUser) -> None:
    booking, lost, fresh = await town.booked(await as_user(), await town.kitchen()), uuid4(), uuid4()
    await released(released_of(booking, lost), service="coocook")
    with pytest.raises(SubjectGone):
        await pin(pin_of(booking, lost), service="coocook")
    await pin(pin_of(booking, fresh), service="coocook")
    await released(released_of(booking, lost), service="coocook")
    assert await state(booking) == "paying"
    for _ in range(2):
        await released(released_of(booking, fresh), service="coocook")
    assert await state(booking) == "held"


async def test_money_that_arrives_for_time_that_is_gone_is_not_accepted(
    town: Town, as_user: AsUser, clock: Clock, run_jobs
) -> None:
    kitchen, payment = await town.kitchen(), uuid4()
    booking = await town.booked(await as_user(), kitchen)
    await pin(pin_of(booking, payment), service="coocook")
    await released(released_of(booking, payment), service="coocook")
    await clock.advance(minutes=16)
    await run_jobs()
    ok(await hold(await as_user(), kitchen, booking["starts_at"]), 201)
    assert not await accepted(booking, payment)
    assert await state(booking) == "expired"


async def test_cards_that_fail_again_and_again_keep_no_evening(
    town: Town, as_user: AsUser, clock: Clock, run_jobs
) -> None:
    kitchen = await town.kitchen()
    booking = await town.booked(await as_user(), kitchen)
    await clock.advance(minutes=9)
    for failure in range(settings.RETRIES + 1):
        assert await state(booking) == "held", failure
        payment = uuid4()
        await pin(pin_of(booking, payment), service="coocook")
        await clock.advance(minutes=4)
        await released(released_of(booking, payment), service="coocook")
    # The last failure gave no time; what the one before it gave is over in a minute.
    await clock.advance(minutes=1)
    await run_jobs()
    assert await state(booking) == "expired"
    ok(await hold(await as_user(), kitchen, booking["starts_at"]), 201)


async def test_money_that_arrives_late_for_time_still_held_is_welcome(town: Town, as_user: AsUser) -> None:
    booking, payment = await town.booked(await as_user(), await town.kitchen()), uuid4()
    await pin(pin_of(booking, payment), service="coocook")
    await released(released_of(booking, payment), service="coocook")
    assert await accepted(booking, payment)
    assert await state(booking) == "confirmed"


async def test_a_wrong_amount_or_order_is_not_accepted(town: Town, as_user: AsUser) -> None:
    booking, payment = await town.booked(await as_user(), await town.kitchen()), uuid4()
    await pin(pin_of(booking, payment), service="coocook")
    assert not await accepted(booking, payment, amount=1)
    assert not await accepted(booking | {"order_id": str(uuid4())}, payment)
    assert await state(booking) == "paying"


async def test_a_booking_being_paid_cannot_be_cancelled_under_the_payment(
    town: Town, as_user: AsUser
) -> None:
    guest, payment = await as_user(), uuid4()
    booking = await town.booked(guest, await town.kitchen())
    await pin(pin_of(booking, payment), service="coocook")
    answer = await guest.post(f"{API}/bookings/{booking['id']}/cancel")
    assert answer.json()["code"] == "payment_underway"


async def test_what_platform_refunds_whole_is_cancelled_here(town: Town, as_user: AsUser, run_jobs) -> None:
    from softfactory.kernel import db
    from softfactory.services.coocook import selling
    from softfactory.services.platform.contract import PaymentRefunded

    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.paid(guest, kitchen)
    (row,) = await sql("select payment_id, price from {s}.booking")
    told = PaymentRefunded(
        payment_id=row["payment_id"],
        order_id=UUID(booking["order_id"]),
        subject_kind=BOOKING,
        subject_id=UUID(booking["id"]),
        refund_id=uuid4(),
        amount=row["price"],
        remaining=0,
    )
    for _ in range(2):
        async with db.transaction("coocook") as session:
            await selling.note_refund(session, told)
    after = ok(await guest.get(f"{API}/bookings/{booking['id']}"))
    assert (after["status"], after["refund"]["state"]) == ("cancelled", "done")
    ok(await hold(await as_user(), kitchen, booking["starts_at"]), 201)
