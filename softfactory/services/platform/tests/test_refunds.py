"""Money on its way back, and money on its way out."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy.exc import IntegrityError

from softfactory.kernel.errors import Problem
from softfactory.services.platform import contract
from softfactory.services.platform.errors.payments import (
    OrderUnpaid,
    PayoutReused,
    RefundReused,
    RefundTooLarge,
)
from softfactory.services.platform.providers.base import Cancelled
from softfactory.services.platform.providers.sandbox import Sandbox
from softfactory.services.platform.tests import shop
from softfactory.services.platform.tests.makers import code, sql
from softfactory.services.platform.tests.shop import PRICE, Seller
from softfactory.testing import AsUser, Clock, Person

RunJobs = Callable[..., Awaitable[int]]


def _refund(
    made: dict[str, Any], amount: int, refund_id: UUID | None = None
) -> Awaitable[contract.RefundAnswer]:
    return contract.refund(
        contract.RefundOrder(
            refund_id=refund_id or uuid4(), order_id=UUID(made["order_id"]), amount=amount, reason="policy"
        )
    )


def _pay_out(
    made: dict[str, Any], payee: UUID, *, payout_id: UUID | None = None, fee: int = 1_000
) -> Awaitable[contract.PaidOut]:
    return contract.pay_out(
        contract.PayOut(
            payout_id=payout_id or uuid4(),
            order_id=UUID(made["order_id"]),
            payee_id=payee,
            fee_basis_points=fee,
        )
    )


async def test_a_part_goes_back_and_both_sides_know_it(payer: Person, seller: Seller) -> None:
    made = await shop.paid(payer, seller)
    answer = await _refund(made, 50_000)
    assert (answer.amount, answer.state) == (50_000, "done")
    found = await shop.read(payer, made["id"])
    assert (found["status"], found["refunded"]["amount"]) == ("partially_refunded", 50_000)
    assert [(r["amount"]["amount"], r["status"], r["source"]) for r in found["refunds"]] == [
        (50_000, "done", "seller")
    ]
    assert await shop.balance("escrow", made["order_id"]) == PRICE - 50_000
    assert await shop.balance("refunding", made["order_id"]) == 0
    assert (await shop.charges())[0]["cancelled"] == 50_000
    await shop.is_sound()


async def test_a_refund_asked_for_again_is_the_same_refund(payer: Person, seller: Seller) -> None:
    made, refund_id = await shop.paid(payer, seller), uuid4()
    answers = await asyncio.gather(*(_refund(made, 50_000, refund_id) for _ in range(6)))
    assert {answer.refund_id for answer in answers} == {refund_id}
    assert (await _refund(made, 50_000, refund_id)).state == "done"
    with pytest.raises(RefundReused):
        await _refund(made, 40_000, refund_id)
    with pytest.raises(RefundReused):
        await _refund(await shop.paid(payer, seller), 50_000, refund_id)
    assert (await shop.charges())[0]["cancelled"] == 50_000
    await shop.is_sound()


async def test_everything_back_closes_the_order(payer: Person, seller: Seller) -> None:
    made = await shop.paid(payer, seller)
    await _refund(made, PRICE)
    assert (await shop.read(payer, made["id"]))["status"] == "refunded"
    assert await shop.order_state(made["order_id"]) == "cancelled"


async def test_refunds_at_once_never_exceed_what_was_paid(payer: Person, seller: Seller) -> None:
    made = await shop.paid(payer, seller)
    results = await asyncio.gather(*(_refund(made, 50_000) for _ in range(8)), return_exceptions=True)
    refused = [result for result in results if isinstance(result, RefundTooLarge)]
    assert len(refused) == 6
    assert all(isinstance(result, contract.RefundAnswer | RefundTooLarge) for result in results)
    assert (await shop.charges())[0]["cancelled"] == 100_000
    assert await shop.balance("escrow", made["order_id"]) == 20_000
    await shop.is_sound()


async def test_the_database_itself_refuses_to_promise_more_than_was_captured(
    payer: Person, seller: Seller
) -> None:
    await shop.paid(payer, seller)
    with pytest.raises(IntegrityError, match="ck_payment_refunds"):
        await sql("update {s}.payment set promised = captured + 1")
    with pytest.raises(IntegrityError, match="ck_payment_refunds"):
        await sql("update {s}.payment set refunded = 1")


@pytest.mark.parametrize("amount", [0, -1])
async def test_nothing_cannot_be_refunded(payer: Person, seller: Seller, amount: int) -> None:
    made = await shop.paid(payer, seller)
    with pytest.raises(Problem) as refused:
        await _refund(made, amount)
    assert refused.value.code == "amount_invalid"


async def test_an_unpaid_order_has_nothing_to_refund_or_pay_out(payer: Person, seller: Seller) -> None:
    placed = await shop.order(payer, seller)
    with pytest.raises(OrderUnpaid):
        await _refund({"order_id": placed["id"]}, 1)
    with pytest.raises(OrderUnpaid):
        await _pay_out({"order_id": placed["id"]}, uuid4())


async def test_a_lost_answer_to_a_refund_is_found_by_asking_again(
    payer: Person, seller: Seller, clock: Clock, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, cancel = await shop.paid(payer, seller), Sandbox.cancel

    async def lost(self: Sandbox, *args: Any, **kwargs: Any) -> Cancelled:
        await cancel(self, *args, **kwargs)
        raise httpx.ReadTimeout("lost")

    with monkeypatch.context() as patch:
        patch.setattr(Sandbox, "cancel", lost)
        answer = await _refund(made, 50_000)
    assert answer.state == "requested"
    assert await shop.balance("refunding", made["order_id"]) == 50_000
    await clock.advance(seconds=3)
    await run_jobs()
    found = await shop.read(payer, made["id"])
    assert found["refunded"]["amount"] == 50_000
    assert (await shop.charges())[0]["cancelled"] == 50_000
    await shop.is_sound()


async def test_the_sweep_sends_a_refund_whose_job_is_gone(
    payer: Person, seller: Seller, clock: Clock, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    await run_jobs()
    made = await shop.paid(payer, seller)

    async def away(*_: Any, **__: Any) -> Cancelled:
        raise httpx.ConnectError("away")

    with monkeypatch.context() as patch:
        patch.setattr(Sandbox, "cancel", away)
        assert (await _refund(made, 50_000)).state == "requested"
    await sql("delete from {s}.job")
    await clock.advance(seconds=91)
    await run_jobs()
    assert (await shop.read(payer, made["id"]))["refunded"]["amount"] == 50_000
    await shop.is_sound()


async def test_what_the_provider_will_not_give_back_is_ours_again_and_listed(
    payer: Person, operator: Person, seller: Seller, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await shop.paid(payer, seller)

    async def refuses(*_: Any, **__: Any) -> Cancelled:
        return Cancelled(done=False, code="bank_closed")

    with monkeypatch.context() as patch:
        patch.setattr(Sandbox, "cancel", refuses)
        assert (await _refund(made, 50_000)).state == "refused"
    assert await shop.balance("escrow", made["order_id"]) == PRICE
    assert (await operator.get("/api/payment/reconciliation")).json()["refunds_refused"] == 1
    assert (await _refund(made, PRICE)).state == "done"
    await shop.is_sound()


# -- payouts ---------------------------------------------------------------------------------------------------------


async def test_what_is_left_goes_to_the_payees_wallet_less_the_fee(payer: Person, seller: Seller) -> None:
    made, chef, payout_id = await shop.paid(payer, seller), uuid4(), uuid4()
    await _refund(made, 20_001)
    told = await _pay_out(made, chef, payout_id=payout_id, fee=1_234)
    assert (told.gross, told.fee, told.net) == (99_999, 12_339, 87_660)
    assert await _pay_out(made, chef, payout_id=payout_id, fee=1_234) == told
    assert await shop.balance("wallet", str(chef)) == 87_660
    assert await shop.balance("platform_fee", "softfactory") == 12_339
    assert await shop.balance("escrow", made["order_id"]) == 0
    nothing = await _pay_out(made, chef)
    assert (nothing.gross, nothing.fee, nothing.net) == (0, 0, 0)
    with pytest.raises(PayoutReused):
        await _pay_out(made, uuid4(), payout_id=payout_id)
    await shop.is_sound()


async def test_payouts_at_once_pay_once(payer: Person, seller: Seller) -> None:
    made, chef = await shop.paid(payer, seller), uuid4()
    told = await asyncio.gather(*(_pay_out(made, chef) for _ in range(6)))
    assert sorted(one.gross for one in told) == [0, 0, 0, 0, 0, PRICE]
    assert await shop.balance("wallet", str(chef)) == PRICE * 9 // 10


async def test_what_was_promised_back_is_not_paid_out(
    payer: Person, seller: Seller, run_jobs: RunJobs, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, chef = await shop.paid(payer, seller), uuid4()

    async def away(*_: Any, **__: Any) -> Cancelled:
        raise httpx.ConnectError("away")

    with monkeypatch.context() as patch:
        patch.setattr(Sandbox, "cancel", away)
        await _refund(made, 50_000)
        assert (await _pay_out(made, chef)).gross == PRICE - 50_000
    await clock.advance(seconds=3)
    await run_jobs()
    assert (await shop.read(payer, made["id"]))["refunded"]["amount"] == 50_000
    await shop.is_sound()


async def test_refunds_and_a_payout_at_once_share_what_there_is(payer: Person, seller: Seller) -> None:
    for _ in range(3):
        made, chef = await shop.paid(payer, seller), uuid4()
        results = await asyncio.gather(
            _pay_out(made, chef, fee=0),
            _refund(made, PRICE),
            _pay_out(made, chef, fee=0),
            return_exceptions=True,
        )
        back = sum(r.amount for r in results if isinstance(r, contract.RefundAnswer))
        assert back + await shop.balance("wallet", str(chef)) == PRICE
    await shop.is_sound()


async def test_after_the_payout_nothing_is_left_to_refund(payer: Person, seller: Seller) -> None:
    made = await shop.paid(payer, seller)
    await _pay_out(made, uuid4())
    with pytest.raises(RefundTooLarge) as refused:
        await _refund(made, 1)
    assert refused.value.facts == {"refundable": 0}


@pytest.mark.parametrize("fee", [-1, 10_001])
async def test_a_fee_is_a_part(payer: Person, seller: Seller, fee: int) -> None:
    made = await shop.paid(payer, seller)
    with pytest.raises(Problem) as refused:
        await _pay_out(made, uuid4(), fee=fee)
    assert refused.value.code == "invalid_input"
    assert await shop.balance("escrow", made["order_id"]) == PRICE


# -- operators -------------------------------------------------------------------------------------------------------


async def _cancel(
    who: Person, made: dict[str, Any], query: str = "", key: str | None = None, **wish: Any
) -> Any:
    body = {"reason": "the chef fell ill", **wish}
    return await who.post(f"/api/payment/{made['id']}/cancel{query}", json=body, headers=shop.key(key))


async def test_an_operator_sees_what_goes_back_line_by_line_before_doing_it(
    payer: Person, operator: Person, seller: Seller
) -> None:
    made = await shop.paid(payer, seller)
    await _cancel(operator, made, amount=20_000)
    quoted = (await _cancel(operator, made, "?dry_run=1")).json()
    assert (quoted["status"], quoted["refund_id"], quoted["refund"]["amount"]) == ("quoted", None, 100_000)
    assert [(line["label"], line["amount"]["amount"]) for line in quoted["lines"]] == [
        ("paid", PRICE),
        ("refunded_before", -20_000),
        ("refund", -100_000),
        ("remaining", 0),
    ]
    assert (await shop.read(payer, made["id"]))["refunded"]["amount"] == 20_000
    done = (await _cancel(operator, made)).json()
    assert (done["status"], done["lines"]) == ("done", quoted["lines"])
    found = await shop.read(operator, made["id"])
    assert [(r["amount"]["amount"], r["source"]) for r in found["refunds"]] == [
        (20_000, "operator"),
        (100_000, "operator"),
    ]
    await shop.is_sound()


async def test_the_same_cancellation_sent_twice_gives_back_once(
    payer: Person, operator: Person, seller: Seller
) -> None:
    made = await shop.paid(payer, seller)
    first = await _cancel(operator, made, key="k", amount=20_000)
    await sql("delete from {s}.idempotency")  # as when the process died before it could keep its answer
    second = await _cancel(operator, made, key="k", amount=20_000)
    assert (second.status_code, second.json()) == (200, first.json())
    assert (await shop.charges())[0]["cancelled"] == 20_000


async def test_more_than_is_left_is_refused(payer: Person, operator: Person, seller: Seller) -> None:
    made = await shop.paid(payer, seller)
    await _cancel(operator, made, amount=20_000)
    answer = await _cancel(operator, made, amount=100_001)
    assert (code(answer), answer.json()["facts"]) == ((409, "refund_too_large"), {"refundable": 100_000})
    assert code(await _cancel(operator, made, "?dry_run=1", amount=100_001)) == (409, "refund_too_large")


async def test_a_payer_cancels_at_the_seller_and_others_find_nothing(
    as_user: AsUser, payer: Person, seller: Seller
) -> None:
    made, stranger = await shop.paid(payer, seller), await as_user("chef")
    for query in ("", "?dry_run=1"):
        assert code(await _cancel(payer, made, query)) == (403, "cancel_through_seller")
        assert code(await _cancel(stranger, made, query)) == (404, "not_found")
    assert await sql("select id from {s}.refund") == []


async def test_a_cancellation_needs_a_reason(payer: Person, operator: Person, seller: Seller) -> None:
    made = await shop.paid(payer, seller)
    assert code(await _cancel(operator, made, reason=" ")) == (422, "invalid_input")
    assert code(await _cancel(operator, made, amount=0)) == (422, "invalid_input")
