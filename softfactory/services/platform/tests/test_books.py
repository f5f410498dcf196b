"""The ledger as operators read it, and a person's own wallet."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from softfactory.kernel import db
from softfactory.services.platform import contract, payouts, providers
from softfactory.services.platform.tests import shop
from softfactory.services.platform.tests.makers import code, sql
from softfactory.services.platform.tests.shop import PRICE, Seller
from softfactory.testing import AsUser, Person

LEDGER = "/api/payment/ledger"


async def read(person: Person, path: str) -> Any:
    answer = await person.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def pay_out(order_id: str, payee_id: str, fee_basis_points: int = 1_000) -> None:
    async with db.transaction("platform") as session:
        wish = contract.PayOut(
            payout_id=uuid4(),
            order_id=UUID(order_id),
            payee_id=UUID(payee_id),
            fee_basis_points=fee_basis_points,
        )
        await payouts.pay_out(session, wish)


async def test_an_accounts_movements_count_its_balance_back_page_by_page(
    payer: Person, operator: Person, seller: Seller, as_user: AsUser
) -> None:
    chef = await as_user("chef", name="이도윤")
    for _ in range(3):
        await pay_out((await shop.paid(payer, seller))["order_id"], chef.id)
    net = PRICE * 9 // 10
    (account,) = (await read(operator, f"{LEDGER}/accounts?kind=wallet&q=도윤"))["items"]
    assert (account["owner"], account["balance"]["amount"]) == (chef.id, 3 * net)
    path = f"{LEDGER}/accounts/{account['id']}/movements?limit=2"
    first = await read(operator, path)
    second = await read(operator, f"{path}&cursor={first['next_cursor']}")
    lines = first["items"] + second["items"]
    assert [line["balance_after"]["amount"] for line in lines] == [3 * net, 2 * net, net]
    assert second["next_cursor"] is None
    whole = await read(operator, f"{LEDGER}/movements/{lines[0]['movement_id']}")
    assert sum(entry["amount"]["amount"] for entry in whole["entries"]) == 0
    assert {entry["kind"] for entry in whole["entries"]} == {"escrow", "wallet", "platform_fee"}
    assert whole["payment_id"] is not None
    table = (await operator.get(f"{LEDGER}/accounts/{account['id']}/csv")).text
    assert table.count("\r\n") == 4
    assert str(3 * net) in table


async def test_accounts_are_found_page_by_page_and_unknown_ones_are_not(
    payer: Person, operator: Person, seller: Seller
) -> None:
    made = await shop.paid(payer, seller)
    first = await read(operator, f"{LEDGER}/accounts?limit=1")
    second = await read(operator, f"{LEDGER}/accounts?limit=1&cursor={first['next_cursor']}")
    told = {line["kind"]: line for line in first["items"] + second["items"]}
    assert told["escrow"]["owner"] == made["order_id"]
    assert told["escrow"]["owner_name"] == "Test product", "in the reader's language"
    assert told["provider_clearing"]["balance"]["amount"] == -PRICE
    for path in (
        f"accounts/{uuid4()}",
        f"accounts/{uuid4()}/movements",
        f"accounts/{uuid4()}/csv",
        f"movements/{uuid4()}",
    ):
        assert code(await operator.get(f"{LEDGER}/{path}"))[0] == 404


async def test_the_proof_adds_everything_up_and_names_what_is_wrong(
    payer: Person, operator: Person, seller: Seller, clean: str
) -> None:
    import asyncpg

    await shop.paid(payer, seller)
    proof = await read(operator, f"{LEDGER}/proof")
    assert (proof["ok"], proof["sum"]["amount"], proof["movements"], proof["entries"]) == (True, 0, 1, 2)
    assert {line["kind"]: line["balance"]["amount"] for line in proof["by_kind"]} == {
        "escrow": PRICE,
        "provider_clearing": -PRICE,
    }
    connection = await asyncpg.connect(clean)
    await connection.execute("set session_replication_role = replica")  # past the triggers that forbid it
    await connection.execute("update platform.ledger_entry set amount = amount + 1 where amount > 0")
    await connection.close()
    proof = await read(operator, f"{LEDGER}/proof")
    assert (proof["ok"], proof["sum"]["amount"]) == (False, 1)
    assert (len(proof["unbalanced"]), len(proof["drifted"])) == (1, 1)


async def test_a_payments_books_hold_the_providers_word_beside_the_ledgers(
    payer: Person, operator: Person, seller: Seller, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await shop.paid(payer, seller)
    path = f"/api/payment/{made['id']}"
    await operator.post(f"{path}/cancel", json={"amount": 20_000, "reason": "part"}, headers=shop.key())
    await pay_out(made["order_id"], (await as_user("chef")).id)
    books = await read(operator, f"{path}/books")
    assert books["provider"]["answered"] is True
    assert (books["provider"]["state"], books["provider"]["cancelled"]["amount"]) == ("captured", 20_000)
    assert [movement["source_kind"] for movement in books["movements"]] == [
        "payment_captured",
        "refund_promised",
        "refund_sent",
        "payout",
    ]
    assert {movement["payment_id"] for movement in books["movements"]} == {made["id"]}
    assert (await read(operator, path))["payer"]["email"] == payer.email
    assert (await read(payer, path))["payer"] is None

    async def silence(*_: Any) -> None:
        raise httpx.ReadTimeout("no answer")

    monkeypatch.setattr(providers.named("sandbox"), "find", silence)
    books = await read(operator, f"{path}/books")
    assert (books["provider"]["answered"], len(books["movements"])) == (False, 4)
    assert code(await operator.get(f"/api/payment/{uuid4()}/books")) == (404, "not_found")


async def test_a_wallet_tells_what_was_earned_and_with_what(
    payer: Person, seller: Seller, as_user: AsUser
) -> None:
    chef, other = await as_user("chef"), await as_user("chef")
    assert await read(chef, "/api/payment/wallet") == {
        "balance": {"amount": 0, "currency": "KRW"},
        "items": [],
        "next_cursor": None,
    }
    for _ in range(2):
        await pay_out((await shop.paid(payer, seller))["order_id"], chef.id)
    first = await read(chef, "/api/payment/wallet?limit=1")
    (line,) = first["items"]
    assert first["balance"]["amount"] == line["balance_after"]["amount"] == 216_000
    assert (line["kind"], line["gross"]["amount"], line["fee"]["amount"]) == ("payout", PRICE, 12_000)
    assert line["title"] == {"ko": "시험 상품", "en": "Test product"}
    second = await read(chef, f"/api/payment/wallet?limit=1&cursor={first['next_cursor']}")
    assert second["items"][0]["balance_after"]["amount"] == 108_000
    assert (await read(other, "/api/payment/wallet"))["items"] == []
    for person in (chef, other):
        assert code(await person.get("/api/payment/wallet?cursor=nonsense")) == (422, "cursor_invalid")
    assert await sql("select 1 from {s}.ledger_account where owner = :owner", owner=other.id) == []
