"""When our books and the provider's disagree, it is told, and nobody loses money meanwhile."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from softfactory.kernel.outside import Steps
from softfactory.services.platform import reconciliation
from softfactory.services.platform.providers.base import Charge, ChargeWish
from softfactory.services.platform.providers.sandbox import Sandbox
from softfactory.services.platform.tests import shop
from softfactory.services.platform.tests.makers import code, sql
from softfactory.services.platform.tests.shop import PRICE, Seller
from softfactory.testing import Clock, Mailbox, Person

RunJobs = Callable[..., Awaitable[int]]


async def _report(operator: Person) -> dict[str, Any]:
    answer = await operator.get("/api/payment/reconciliation")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_books_that_agree_say_so(payer: Person, operator: Person, seller: Seller) -> None:
    await shop.paid(payer, seller)
    await shop.confirm(payer, await shop.order(payer, seller), "sandbox_declined")
    told = await _report(operator)
    assert told["counts"] == {"captured": 1, "failed": 1}
    assert (told["provider"]["amount"], told["ledger"]["amount"]) == (PRICE, PRICE)
    assert told["difference"]["amount"] == told["settled_difference"]["amount"] == 0
    assert (told["discrepancies"], told["in_flight"], told["sellers_untold"]) == ([], [], 0)


async def test_money_on_its_way_is_told_apart(
    payer: Person, operator: Person, seller: Seller, clock: Clock, run_jobs: RunJobs
) -> None:
    answer = await shop.confirm(payer, await shop.order(payer, seller), "sandbox_timeout_charged")
    told = await _report(operator)
    assert told["difference"]["amount"] == -PRICE
    assert told["settled_difference"]["amount"] == 0
    assert [row["payment_id"] for row in told["in_flight"]] == [answer.json()["id"]]
    assert told["discrepancies"] == []
    await clock.advance(seconds=6)
    await run_jobs()
    assert (await _report(operator))["difference"]["amount"] == 0


async def _captures_another_amount(monkeypatch: pytest.MonkeyPatch, amount: int) -> None:
    confirm = Sandbox.confirm

    async def wrong(self: Sandbox, wish: ChargeWish) -> Charge:
        return await confirm(self, replace(wish, amount=amount))

    monkeypatch.setattr(Sandbox, "confirm", wrong)


@pytest.mark.parametrize("amount", [PRICE - 1_000, PRICE + 1_000])
async def test_another_amount_than_asked_for_is_discrepant_until_an_operator_gives_it_back(
    payer: Person,
    operator: Person,
    seller: Seller,
    clock: Clock,
    run_jobs: RunJobs,
    monkeypatch: pytest.MonkeyPatch,
    amount: int,
) -> None:
    await run_jobs()
    placed = await shop.order(payer, seller)
    with monkeypatch.context() as patch:
        await _captures_another_amount(patch, amount)
        answer = await shop.confirm(payer, placed)
    told = answer.json()
    assert (answer.status_code, told["status"], told["captured"]["amount"]) == (200, "discrepant", amount)
    assert seller.delivered == {}
    assert await shop.order_state(placed["id"]) == "paying"
    report = await _report(operator)
    assert [(row["payment_id"], row["status"]) for row in report["discrepancies"]] == [
        (told["id"], "discrepant")
    ]
    assert report["difference"]["amount"] == 0
    assert await shop.balance("discrepancy", told["id"]) == amount
    assert code(await shop.confirm(payer, placed, "sandbox_double_webhook")) == (409, "order_paid")

    cancelled = await operator.post(
        f"/api/payment/{told['id']}/cancel", json={"reason": "wrong amount"}, headers=shop.key()
    )
    assert (cancelled.json()["status"], cancelled.json()["refund"]["amount"]) == ("done", amount)
    await clock.advance(seconds=91)
    await run_jobs()
    assert seller.released == {UUID(told["id"])}
    assert (await shop.read(payer, told["id"]))["status"] == "refunded"
    assert (await shop.confirm(payer, placed)).status_code == 200
    await shop.is_sound()


async def test_a_capture_discovered_late_goes_back_whole_and_the_payer_is_told(
    payer: Person,
    operator: Person,
    seller: Seller,
    clock: Clock,
    run_jobs: RunJobs,
    mailbox: Mailbox,
) -> None:
    await run_jobs()
    placed = await shop.order(payer, seller)
    await shop.confirm(payer, placed, "sandbox_declined")
    given_up = (await payer.get("/api/payment/")).json()["items"][0]["id"]
    paid = (await shop.confirm(payer, placed)).json()
    # The provider charges, after all, what we were told it had not.
    await sql("update {s}.sandbox_charge set state = 'captured' where charge_key = :id", id=UUID(given_up))
    report = await _report(operator)
    assert [row["payment_id"] for row in report["discrepancies"]] == [given_up]
    assert report["settled_difference"]["amount"] == -PRICE
    await clock.advance(minutes=11)
    await run_jobs()
    found = await shop.read(payer, given_up)
    assert (found["status"], found["refunded"]["amount"]) == ("refunded", PRICE)
    assert [line["kind"] for line in found["timeline"]][-3:] == [
        "captured_late",
        "refund_requested",
        "refunded",
    ]
    assert [letter.template for letter in await mailbox()][-1] == "payment_came_late"
    assert (await shop.read(payer, paid["id"]))["status"] == "captured"
    assert await shop.order_state(placed["id"]) == "paid"
    assert await sql("select name from {s}.outbox where name = 'platform.PaymentRefunded'") == []
    await shop.is_sound()


async def test_money_given_back_at_the_provider_without_us_is_discrepant(
    payer: Person, operator: Person, seller: Seller, clock: Clock, run_jobs: RunJobs
) -> None:
    await run_jobs()
    made = await shop.paid(payer, seller)
    await Sandbox().cancel(UUID(made["id"]), refund_id=uuid4(), amount=30_000, reason="by hand")
    report = await _report(operator)
    assert [row["payment_id"] for row in report["discrepancies"]] == [made["id"]]
    assert report["settled_difference"]["amount"] == 30_000
    await clock.advance(minutes=11)
    await run_jobs()
    found = await shop.read(operator, made["id"])
    assert (found["status"], found["failure_code"]) == ("discrepant", "cancelled_elsewhere")


async def test_a_charge_that_nobody_asked_for_is_listed(operator: Person, seller: Seller) -> None:
    stranger = uuid4()
    await Sandbox().confirm(ChargeWish(stranger, "sandbox_ok", 7_000))
    told = await _report(operator)
    assert told["discrepancies"] == [
        {
            "payment_id": str(stranger),
            "status": None,
            "provider": {"amount": 7_000, "currency": "KRW"},
            "ledger": {"amount": 0, "currency": "KRW"},
            "why": "nobodys",
        }
    ]


async def test_the_comparison_leaves_what_agrees_alone(payer: Person, seller: Seller) -> None:
    made = await shop.paid(payer, seller)
    await sql("delete from {s}.job")
    assert await reconciliation.compare_days(Steps("platform")) == 0
    assert await sql("select id from {s}.job") == []
    assert (await shop.read(payer, made["id"]))["status"] == "captured"


async def test_the_books_are_read_page_by_page(seller: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("softfactory.services.platform.providers.sandbox.PAGE", 2)
    for _ in range(5):
        await Sandbox().confirm(ChargeWish(uuid4(), "sandbox_ok", 1_000))
    assert (await shop.truth()).provider == 5_000
