"""The process dies at every place where it can, once; then the journey is resumed, or left to the sweep."""

import contextlib
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from softfactory.services.platform import payments, settle
from softfactory.services.platform.providers.base import ChargeWish
from softfactory.services.platform.providers.sandbox import Sandbox
from softfactory.services.platform.tests import shop
from softfactory.services.platform.tests.makers import code, sql
from softfactory.services.platform.tests.shop import PRICE, Killed, Seller
from softfactory.testing import Clock, Person

RunJobs = Callable[..., Awaitable[int]]
MOST_PLACES = 60


async def _leases_run_out() -> None:
    """The five seconds for which a request that died looks like one that still runs."""
    await sql("update {s}.idempotency set locked_until = clock_timestamp() where state = 'started'")


async def _time_passes(clock: Clock, run_jobs: RunJobs) -> None:
    """Enough for everything that was left to be picked up and looked at again."""
    for _ in range(4):
        await clock.advance(seconds=61)
        await run_jobs()


@pytest.mark.parametrize(
    "card", ["sandbox_ok", "sandbox_declined", "sandbox_timeout_charged", "sandbox_late_webhook"]
)
@pytest.mark.parametrize("resumed", [True, False], ids=["resumed", "left_to_the_sweep"])
async def test_a_confirmation_killed_anywhere_ends_with_a_booking_or_without_a_charge(
    payer: Person,
    seller: Seller,
    clock: Clock,
    run_jobs: RunJobs,
    monkeypatch: pytest.MonkeyPatch,
    card: str,
    resumed: bool,
) -> None:
    await run_jobs()  # learns when the sweep is due
    placed, nth = [], 0
    while nth < MOST_PLACES:
        nth += 1
        one = await shop.order(payer, seller)
        placed.append(one)
        with monkeypatch.context() as patch:
            reaper = shop.kill_at(patch, nth)
            with contextlib.suppress(Killed):
                answer = await shop.confirm(payer, one, card, again=f"k{nth}")
        if not reaper.fell:
            assert answer.status_code in (200, 202, 402)
            break
        if resumed:
            await _leases_run_out()
            answer = await shop.confirm(payer, one, card, again=f"k{nth}")
            assert answer.status_code in (200, 202, 402), answer.text
    assert 12 < nth < MOST_PLACES
    await _time_passes(clock, run_jobs)
    await shop.is_sound()
    await _everyone_got_what_they_paid_for(placed, seller, card)


async def _everyone_got_what_they_paid_for(
    placed: list[dict[str, object]], seller: Seller, card: str
) -> None:
    taken = {row["charge_key"]: row for row in await shop.charges()}
    rows = await sql(
        "select p.*, o.state as order_state from {s}.payment p join {s}.payment_order o on o.id = order_id"
    )
    captured = [row for row in rows if row["captured"]]
    assert {row["id"] for row in captured} == set(taken)
    assert len({row["order_id"] for row in captured}) == len(captured)  # nobody was charged twice
    for row in captured:
        assert seller.delivered.get(row["id"]) == PRICE
        assert (row["state"], row["order_state"], row["seller_answer"]) == ("captured", "paid", "accepted")
    for row in rows:
        if not row["captured"]:
            assert row["state"] == "failed"
            assert row["id"] not in seller.pinned
    assert len(captured) <= len(placed)
    if card == "sandbox_declined":
        assert taken == {}


async def test_a_refund_killed_anywhere_is_made_once(
    payer: Person,
    operator: Person,
    seller: Seller,
    clock: Clock,
    run_jobs: RunJobs,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await run_jobs()
    nth, again = 0, True
    while nth < MOST_PLACES:
        nth, again = nth + 1, not again
        made = await shop.paid(payer, seller)
        path, wish = f"/api/payment/{made['id']}/cancel", {"amount": 50_000, "reason": "goodwill"}
        with monkeypatch.context() as patch:
            reaper = shop.kill_at(patch, nth)
            with contextlib.suppress(Killed):
                await operator.post(path, json=wish, headers=shop.key("k"))
        await _leases_run_out()
        if again or not await sql("select id from {s}.refund where payment_id = :id", id=UUID(made["id"])):
            answer = await operator.post(path, json=wish, headers=shop.key("k"))
            assert answer.status_code == 200, answer.text
        if not reaper.fell:
            break
    assert 6 < nth < MOST_PLACES
    await _time_passes(clock, run_jobs)
    await shop.is_sound()
    assert {row["cancelled"] for row in await shop.charges()} == {50_000}
    assert {row["refunded"] for row in await sql("select refunded from {s}.payment")} == {50_000}


async def _killed_before_the_charge(
    payer: Person, seller: Seller, monkeypatch: pytest.MonkeyPatch
) -> tuple[dict[str, object], UUID]:
    """A payment that is capturing, whose process died before it could ask the provider."""

    async def killed(self: Sandbox, wish: ChargeWish) -> None:
        raise Killed

    placed = await shop.order(payer, seller)
    with monkeypatch.context() as patch:
        patch.setattr(Sandbox, "confirm", killed)
        with pytest.raises(Killed):
            await shop.confirm(payer, placed, again="k")
    (row,) = await sql("select id, state from {s}.payment")
    assert row["state"] == "capturing"
    return placed, row["id"]


async def test_a_charge_that_may_still_be_on_its_way_is_left_alone(
    payer: Person, seller: Seller, clock: Clock, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    await run_jobs()
    _, payment_id = await _killed_before_the_charge(payer, seller, monkeypatch)
    await clock.advance(seconds=20)
    async with settle.Steps("platform").transaction() as session:
        await settle.look_up.later(session, payment_id=payment_id)
    await run_jobs()
    assert (await sql("select state from {s}.payment"))[0]["state"] == "capturing"


async def test_a_charge_that_never_left_is_given_up_and_can_never_arrive(
    payer: Person, seller: Seller, clock: Clock, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    await run_jobs()
    placed, payment_id = await _killed_before_the_charge(payer, seller, monkeypatch)
    await clock.advance(seconds=61)
    await run_jobs()
    (row,) = await sql("select state, failure_code from {s}.payment")
    assert (row["state"], row["failure_code"]) == ("failed", "voided")
    assert payment_id in seller.released
    late = await Sandbox().confirm(ChargeWish(payment_id, "sandbox_ok", PRICE))
    assert (late.state, late.code) == ("failed", "voided")
    assert await shop.charges() == []
    answer = await shop.confirm(payer, placed, again="k")
    assert (answer.status_code, answer.json()["status"]) == (200, "captured")
    assert len(await shop.charges()) == 1
    await shop.is_sound()


async def test_a_pin_that_came_after_the_release_is_released_again(
    payer: Person, seller: Seller, clock: Clock, run_jobs: RunJobs
) -> None:
    await run_jobs()

    async def the_sweep_gives_it_up() -> None:
        await clock.advance(seconds=61)
        await run_jobs()

    seller.before["pin"] = the_sweep_gives_it_up
    answer = await shop.confirm(payer, await shop.order(payer, seller))
    assert code(answer) == (409, "payment_timed_out")
    assert await shop.charges() == []
    assert [what for what, _ in seller.told] == ["pin", "released", "released"]
    assert seller.pinned == set()
    await shop.is_sound()


async def test_a_twin_that_comes_back_from_the_dead_changes_nothing(payer: Person, seller: Seller) -> None:
    made = await shop.paid(payer, seller)
    steps = payments.Steps("platform")
    charge = await Sandbox().find(UUID(made["id"]))
    assert charge is not None
    for _ in range(2):
        async with steps.transaction() as session:
            await settle.settle(session, UUID(made["id"]), charge)
        async with steps.transaction() as session:
            await settle.unanswered(session, UUID(made["id"]))
        async with steps.transaction() as session:
            await settle.fail(session, UUID(made["id"]), code="abandoned", only_from="pinning")
    found = await shop.read(payer, made["id"])
    assert found["status"] == "captured"
    assert [line["kind"] for line in found["timeline"]].count("captured") == 1
    assert len(await sql("select id from {s}.ledger_transaction")) == 1
    await shop.is_sound()
