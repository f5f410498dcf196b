"""Orders, as sellers open them and as buyers place them."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from softfactory.kernel import config
from softfactory.kernel.errors import NotFound
from softfactory.services.platform import contract
from softfactory.services.platform.errors.payments import NothingToPay
from softfactory.services.platform.tests import shop
from softfactory.services.platform.tests.makers import code, sql
from softfactory.services.platform.tests.shop import KIND, PRICE, Seller
from softfactory.testing import AsUser, Person


async def _place(buyer: Person, product: UUID, kind: str = KIND) -> Any:
    wish = {"subject_kind": kind, "subject_id": str(product)}
    return await buyer.post("/api/payment/orders", json=wish, headers=shop.key())


async def _open(buyer: Person, product: UUID, order_id: UUID | None = None) -> contract.OrderOpened:
    return await contract.open_order(
        contract.OpenOrder(
            order_id=order_id or uuid4(), subject_kind=KIND, subject_id=product, buyer_id=UUID(buyer.id)
        )
    )


async def test_an_order_says_what_is_bought_line_by_line(payer: Person, seller: Seller) -> None:
    told = (await _place(payer, seller.product(payer))).json()
    assert told["title"] == {"ko": "시험 상품", "en": "Test product"}
    assert [(line["label"], line["amount"]["amount"]) for line in told["lines"]] == [
        ("menu", 100_000),
        ("travel", 20_000),
    ]
    assert (told["amount"], told["status"]) == ({"amount": PRICE, "currency": "KRW"}, "open")


async def test_another_persons_order_does_not_exist(as_user: AsUser, payer: Person, seller: Seller) -> None:
    placed, stranger = await shop.order(payer, seller), await as_user("guest")
    assert code(await shop.confirm(stranger, placed)) == (404, "not_found")
    assert code(await _place(stranger, UUID(placed["subject_id"]))) == (404, "not_found")
    assert await sql("select id from {s}.payment") == []


async def test_nobody_orders_what_is_quoted_to_someone_else(
    as_user: AsUser, payer: Person, seller: Seller
) -> None:
    product, stranger = seller.product(payer), await as_user("guest")
    assert code(await _place(stranger, product)) == (404, "not_found")
    with pytest.raises(NotFound):
        await _open(stranger, product)
    assert await sql("select id from {s}.payment_order") == []


@pytest.mark.parametrize("kind", ["platform.unheard", "nobody.thing"])
@pytest.mark.parametrize("near", ["", "platform"], ids=["in_one_app", "apart"])
async def test_what_nobody_sells_cannot_be_ordered(
    payer: Person, kind: str, near: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SF_SERVICES", near)
    config.settings.cache_clear()
    assert code(await _place(payer, uuid4(), kind)) == (404, "not_found")


async def test_what_costs_nothing_needs_no_order(payer: Person, seller: Seller) -> None:
    product = seller.product(payer, 0)
    assert code(await _place(payer, product)) == (409, "nothing_to_pay")
    with pytest.raises(NothingToPay):
        await _open(payer, product)


async def test_a_subject_has_one_live_order_however_often_it_is_asked_for(
    payer: Person, seller: Seller
) -> None:
    product = seller.product(payer)
    answers = await asyncio.gather(*(_place(payer, product) for _ in range(6)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(await sql("select id from {s}.payment_order")) == 1


async def test_the_price_is_fixed_when_the_order_is_opened(payer: Person, seller: Seller) -> None:
    placed = await shop.order(payer, seller)
    for product_id, quote in seller.products.items():
        seller.products[product_id] = quote.model_copy(update={"amount": 1})
    assert (await shop.confirm(payer, placed)).json()["captured"]["amount"] == PRICE


async def test_a_seller_that_asks_again_finds_its_order(payer: Person, seller: Seller) -> None:
    product, order_id = seller.product(payer), uuid4()
    opened = await asyncio.gather(*(_open(payer, product, order_id) for _ in range(4)))
    assert {one.order_id for one in opened} == {order_id}
    seller.products.clear()  # the price was fixed: nobody is asked for it again
    again = await _open(payer, product, order_id)
    assert (again.order_id, again.amount, again.state) == (order_id, PRICE, "open")


async def test_an_id_that_is_taken_opens_nothing_else(payer: Person, seller: Seller) -> None:
    opened = await _open(payer, seller.product(payer))
    with pytest.raises(NotFound):
        await _open(payer, seller.product(payer), opened.order_id)


async def test_the_sellers_order_replaces_the_open_one_that_the_buyer_placed(
    payer: Person, seller: Seller
) -> None:
    product, order_id = seller.product(payer), uuid4()
    placed = (await _place(payer, product)).json()
    assert (await _open(payer, product, order_id)).order_id == order_id
    assert code(await shop.confirm(payer, placed)) == (409, "order_closed")
    mine = (await _place(payer, product)).json()
    assert mine["id"] == str(order_id)
    assert (await shop.confirm(payer, mine)).status_code == 200


async def test_an_order_that_is_paid_is_not_replaced(payer: Person, seller: Seller) -> None:
    product = seller.product(payer)
    placed = (await _place(payer, product)).json()
    assert (await shop.confirm(payer, placed)).status_code == 200
    opened = await _open(payer, product)
    assert (str(opened.order_id), opened.state) == (placed["id"], "paid")


async def test_only_an_order_that_nobody_pays_can_be_closed(payer: Person, seller: Seller) -> None:
    placed = await shop.order(payer, seller)
    closed = await contract.close_order(contract.CloseOrder(order_id=UUID(placed["id"])))
    assert closed.state == "cancelled"
    assert code(await shop.confirm(payer, placed)) == (409, "order_closed")
    assert seller.told == []
    made = await shop.paid(payer, seller)
    kept = await contract.close_order(contract.CloseOrder(order_id=UUID(made["order_id"])))
    assert kept.state == "paid"
    seller.down.add("pin")
    placed = await shop.order(payer, seller)
    await shop.confirm(payer, placed)
    kept = await contract.close_order(contract.CloseOrder(order_id=UUID(placed["id"])))
    assert kept.state == "paying"
    with pytest.raises(NotFound):
        await contract.close_order(contract.CloseOrder(order_id=uuid4()))


async def test_the_database_itself_keeps_one_live_order_and_one_live_payment(
    payer: Person, seller: Seller
) -> None:
    await shop.paid(payer, seller)
    columns = "buyer_id, amount"
    with pytest.raises(IntegrityError, match="uq_payment_live_order"):
        await sql(
            f"insert into {{s}}.payment (id, order_id, provider, payment_key, {columns}) "  # noqa: S608 - constants
            f"select gen_random_uuid(), order_id, provider, payment_key, {columns} from {{s}}.payment"
        )
    columns = "buyer_id, space_id, subject_kind, subject_id, amount, title_ko, title_en, lines"
    with pytest.raises(IntegrityError, match="uq_payment_order_live_subject"):
        await sql(
            f"insert into {{s}}.payment_order (id, {columns}) "  # noqa: S608 - constants
            f"select gen_random_uuid(), {columns} from {{s}}.payment_order"
        )
