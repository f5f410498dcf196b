"""Paying: from the order to the seller's word, and what is refused before money moves."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

import pytest

from softfactory.kernel.outside import Steps
from softfactory.services.platform import settle
from softfactory.services.platform.tests import shop
from softfactory.services.platform.tests.makers import code, sql
from softfactory.services.platform.tests.shop import PRICE, Seller
from softfactory.testing import AsUser, Client, Clock, Person

RunJobs = Callable[..., Awaitable[int]]


async def test_a_payment_settles_and_the_seller_has_confirmed_when_the_answer_comes(
    payer: Person, seller: Seller
) -> None:
    placed = await shop.order(payer, seller)
    assert placed["title"] == {"ko": "시험 상품", "en": "Test product"}
    assert [line["amount"]["amount"] for line in placed["lines"]] == [100_000, 20_000]
    answer = await shop.confirm(payer, placed)
    told = answer.json()
    assert answer.status_code == 200
    assert (told["status"], told["order_id"], told["delivered"]) == ("captured", placed["id"], True)
    assert told["amount"] == told["captured"] == {"amount": PRICE, "currency": "KRW"}
    assert told["refunded"]["amount"] == 0
    assert list(seller.delivered.values()) == [PRICE]
    assert await shop.order_state(placed["id"]) == "paid"
    assert await shop.balance("escrow", placed["id"]) == PRICE
    assert await shop.balance("provider_clearing", "sandbox") == -PRICE
    timeline = [line["kind"] for line in (await shop.read(payer, told["id"]))["timeline"]]
    assert timeline == ["started", "pinned", "captured", "seller_accepted"]
    await shop.is_sound()


async def test_the_seller_keeps_the_subject_before_any_money_moves(payer: Person, seller: Seller) -> None:
    async def nothing_is_charged() -> None:
        assert await sql("select id from {s}.sandbox_charge") == []

    seller.before["pin"] = nothing_is_charged
    await shop.paid(payer, seller)
    assert [what for what, _ in seller.told] == ["pin", "settled"]


async def test_a_subject_that_is_gone_is_refused_and_nothing_is_captured(
    payer: Person, seller: Seller
) -> None:
    placed = await shop.order(payer, seller)
    seller.gone = True
    assert code(await shop.confirm(payer, placed)) == (409, "subject_gone")
    assert await sql("select id from {s}.sandbox_charge") == []
    assert await shop.order_state(placed["id"]) == "open"
    assert (await payer.get("/api/payment/")).json()["items"][0]["failure_code"] == "subject_gone"
    await shop.is_sound()


async def test_a_declined_card_costs_nothing_and_another_card_pays(payer: Person, seller: Seller) -> None:
    placed = await shop.order(payer, seller)
    declined = await shop.confirm(payer, placed, "sandbox_declined")
    assert code(declined) == (402, "payment_declined")
    assert declined.json()["facts"]["reason"] == "card_declined"
    assert len(seller.released) == 1
    assert seller.pinned == set()
    assert await shop.charges() == []
    assert (await shop.confirm(payer, placed)).status_code == 200
    assert len(await shop.charges()) == 1
    await shop.is_sound()


async def test_a_key_that_is_no_test_card_is_refused(payer: Person, seller: Seller) -> None:
    answer = await shop.confirm(payer, await shop.order(payer, seller), "sandbox_gold")
    assert (code(answer), answer.json()["facts"]["reason"]) == (
        (402, "payment_declined"),
        "payment_key_unknown",
    )


async def test_the_amount_that_the_payer_saw_must_be_the_orders(payer: Person, seller: Seller) -> None:
    placed = await shop.order(payer, seller)
    answer = await shop.confirm(payer, placed, amount=PRICE - 1)
    assert code(answer) == (422, "amount_mismatch")
    assert answer.json()["facts"]["expected"] == PRICE
    assert seller.told == []


async def test_the_same_key_again_gets_the_same_answer_and_charges_once(
    payer: Person, seller: Seller
) -> None:
    placed = await shop.order(payer, seller)
    first = await shop.confirm(payer, placed, again="k1")
    second = await shop.confirm(payer, placed, again="k1")
    assert (second.status_code, second.content) == (200, first.content)
    assert second.headers["Idempotent-Replayed"] == "true"
    assert len(await shop.charges()) == 1


async def test_a_paid_order_is_not_paid_again(payer: Person, seller: Seller) -> None:
    placed = await shop.order(payer, seller)
    first = await shop.confirm(payer, placed)
    same_card = await shop.confirm(payer, placed)
    assert (same_card.status_code, same_card.json()["id"]) == (200, first.json()["id"])
    assert code(await shop.confirm(payer, placed, "sandbox_double_webhook")) == (409, "order_paid")
    assert len(await shop.charges()) == 1


async def test_of_many_confirmations_at_once_one_charges(payer: Person, seller: Seller) -> None:
    placed = await shop.order(payer, seller)
    cards = ["sandbox_ok", "sandbox_double_webhook"] * 6
    answers = await asyncio.gather(*(shop.confirm(payer, placed, card) for card in cards))
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert 200 in {answer.status_code for answer in answers}
    assert len(await shop.charges()) == 1
    assert len(seller.delivered) == 1
    assert await shop.balance("escrow", placed["id"]) == PRICE
    await shop.is_sound()


async def test_while_a_payment_is_on_its_way_another_card_has_to_wait(payer: Person, seller: Seller) -> None:
    placed = await shop.order(payer, seller)
    seller.down.add("pin")
    assert (await shop.confirm(payer, placed)).status_code == 503
    answer = await shop.confirm(payer, placed, "sandbox_double_webhook")
    assert code(answer) == (409, "payment_in_progress")
    seller.down.clear()
    assert (await shop.confirm(payer, placed)).status_code == 200


async def test_a_seller_that_does_not_answer_stops_the_payment_before_money_moves(
    payer: Person, seller: Seller
) -> None:
    placed = await shop.order(payer, seller)
    seller.down.add("pin")
    assert (await shop.confirm(payer, placed, again="k")).status_code == 503
    assert await sql("select id from {s}.sandbox_charge") == []
    seller.down.clear()
    answer = await shop.confirm(payer, placed, again="k")
    assert (answer.status_code, answer.json()["status"]) == (200, "captured")
    await shop.is_sound()


async def test_my_payments_are_mine_and_come_page_by_page(
    as_user: AsUser, payer: Person, seller: Seller
) -> None:
    stranger = await as_user("guest")
    made = [(await shop.paid(payer, seller))["id"] for _ in range(3)]
    await shop.paid(stranger, seller)
    first = (await payer.get("/api/payment/?limit=2")).json()
    second = (await payer.get(f"/api/payment/?limit=2&cursor={first['next_cursor']}")).json()
    assert [item["id"] for item in first["items"] + second["items"]] == made[::-1]
    assert second["next_cursor"] is None
    only = (await payer.get(f"/api/payment/?order_id={first['items'][0]['order_id']}")).json()
    assert [item["id"] for item in only["items"]] == [made[-1]]


async def test_other_peoples_payments_are_not_found_but_operators_read_them(
    as_user: AsUser, operator: Person, payer: Person, seller: Seller
) -> None:
    stranger, made = await as_user("guest"), await shop.paid(payer, seller)
    assert code(await stranger.get(f"/api/payment/{made['id']}")) == (404, "not_found")
    assert (await shop.read(operator, made["id"]))["amount"]["amount"] == PRICE
    assert code(await payer.get("/api/payment/reconciliation")) == (403, "role_missing")


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"order_id": "1", "payment_key": "sandbox_ok", "amount": 1},
        {"order_id": str(uuid4()), "payment_key": "", "amount": 1},
        {"order_id": str(uuid4()), "payment_key": "sandbox ok", "amount": 1},
        {"order_id": str(uuid4()), "payment_key": "sandbox_ok", "amount": -1},
        {"order_id": str(uuid4()), "payment_key": "sandbox_ok", "amount": 1.5},
        {"order_id": str(uuid4()), "payment_key": "sandbox_ok", "amount": 1, "status": "paid"},
    ],
)
async def test_a_confirmation_of_the_wrong_shape_is_refused(payer: Person, wish: dict[str, object]) -> None:
    answer = await payer.post("/api/payment/confirm", json=wish, headers=shop.key())
    assert code(answer) == (422, "invalid_input")


async def test_paying_needs_an_idempotency_key(payer: Person) -> None:
    wish = {"order_id": str(uuid4()), "payment_key": "sandbox_ok", "amount": 1}
    assert code(await payer.post("/api/payment/confirm", json=wish)) == (422, "invalid_input")


async def test_everything_at_once_ends_in_agreement(
    client: Client, operator: Person, payer: Person, seller: Seller, clock: Clock, run_jobs: RunJobs
) -> None:
    """Payers, webhooks, the sweep and operators at work on the same payments: no deadlock, no won astray."""
    placed = [await shop.order(payer, seller) for _ in range(6)]
    cards = ["sandbox_ok", "sandbox_double_webhook", "sandbox_timeout_charged"] * 2

    async def cancel(payment_id: str) -> int:
        wish = {"amount": 50_000, "reason": "storm"}
        path = f"/api/payment/{payment_id}/cancel"
        return int((await operator.post(path, json=wish, headers=shop.key())).status_code)

    async def look(payment_id: str) -> int:
        await settle.look_up(Steps("platform"), payment_id=UUID(payment_id))
        return 200

    payments = await asyncio.gather(
        *(shop.confirm(payer, one, card) for one, card in zip(placed, cards, strict=True) for _ in range(3))
    )
    assert {answer.status_code for answer in payments} <= {200, 202}
    ids = sorted({answer.json()["id"] for answer in payments})
    assert len(ids) == 6
    hooks = [shop.deliver(client, request) for request in await shop.owed() for _ in range(3)]
    codes = await asyncio.gather(
        *(cancel(payment_id) for payment_id in ids for _ in range(3)),
        *(look(payment_id) for payment_id in ids),
    )
    assert {answer.status_code for answer in await asyncio.gather(*hooks)} == {204}
    assert set(codes) <= {200, 409}
    for _ in range(3):
        await clock.advance(seconds=61)
        await run_jobs()
    assert len(await shop.charges()) == 6
    assert {row["cancelled"] for row in await shop.charges()} <= {0, 50_000, 100_000}
    await shop.is_sound()
