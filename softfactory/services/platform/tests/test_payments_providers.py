"""Which provider takes whose money, and what the sandbox promises as any provider does."""

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from softfactory.kernel import config, db
from softfactory.kernel.outside import TransactionOpen
from softfactory.services.platform import providers
from softfactory.services.platform.providers.base import ChargeWish
from softfactory.services.platform.providers.sandbox import Sandbox
from softfactory.services.platform.tests import shop
from softfactory.services.platform.tests.makers import code, sql
from softfactory.services.platform.tests.shop import PRICE, Seller
from softfactory.testing import Client, Person, client_of


class Bank(Sandbox):
    """A provider whose keys are not test cards."""

    name = "bank"


@pytest.fixture
def bank(monkeypatch: pytest.MonkeyPatch) -> Bank:
    other = Bank()
    monkeypatch.setattr(providers, "_providers", {"bank": other, "sandbox": Sandbox()})
    return other


@pytest_asyncio.fixture(loop_scope="session")
async def demo(app: object, client: Client, seller: Seller) -> AsyncIterator[Person]:
    told = (await client.post("/api/auth/demo", json={"role": "guest"})).json()
    async with client_of(app, told["access_token"]) as http:
        yield Person(http, told["user"]["id"], told["user"]["email"], told["access_token"])


async def test_a_demo_account_pays_with_the_sandbox(demo: Person, seller: Seller) -> None:
    assert (await shop.paid(demo, seller))["provider"] == "sandbox"


async def test_a_demo_account_cannot_move_real_money(
    demo: Person, payer: Person, seller: Seller, bank: Bank
) -> None:
    assert code(await shop.confirm(demo, await shop.order(demo, seller))) == (403, "demo_money")
    assert await sql("select id from {s}.payment") == []
    assert (await shop.paid(payer, seller))["provider"] == "bank"


async def test_a_demo_admin_cannot_give_back_real_money(
    app: object, client: Client, payer: Person, seller: Seller, bank: Bank
) -> None:
    made = await shop.paid(payer, seller)
    told = (await client.post("/api/auth/demo", json={"role": "admin"})).json()
    async with client_of(app, told["access_token"]) as http:
        answer = await http.post(
            f"/api/payment/{made['id']}/cancel", json={"reason": "trying"}, headers=shop.key()
        )
    assert code(answer) == (403, "demo_money")


async def test_a_real_key_pays_for_one_order_only(payer: Person, seller: Seller, bank: Bank) -> None:
    await shop.paid(payer, seller)
    placed = await shop.order(payer, seller)
    assert code(await shop.confirm(payer, placed)) == (409, "payment_key_used")
    assert len(await shop.charges()) == 1


async def test_the_sandbox_is_not_there_in_production(
    client: Client, payer: Person, seller: Seller, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed = await shop.order(payer, seller)
    monkeypatch.setenv("SF_PRODUCTION", "1")
    monkeypatch.setenv("SF_DEMO", "0")
    config.settings.cache_clear()
    assert code(await shop.confirm(payer, placed)) == (503, "payments_unavailable")
    assert code(await client.post("/api/payment/webhooks/sandbox", content=b"{}")) == (
        404,
        "provider_unknown",
    )
    assert await sql("select id from {s}.payment") == []


async def test_the_sandbox_is_as_far_away_as_any_provider(payer: Person) -> None:
    sandbox, wish = Sandbox(), ChargeWish(uuid4(), "sandbox_ok", PRICE)
    async with db.transaction("platform") as session:
        await db.run_sql(session, "select 1")
        for call in (
            lambda: sandbox.confirm(wish),
            lambda: sandbox.find(wish.payment_id),
            lambda: sandbox.void(wish.payment_id),
            lambda: sandbox.cancel(wish.payment_id, refund_id=uuid4(), amount=1, reason=""),
        ):
            with pytest.raises(TransactionOpen):
                await call()


async def test_a_charge_keeps_to_its_idempotency_key(clean: str) -> None:
    sandbox, wish = Sandbox(), ChargeWish(uuid4(), "sandbox_ok", PRICE)
    first = await sandbox.confirm(wish)
    assert await sandbox.confirm(wish) == first
    other = await sandbox.confirm(ChargeWish(wish.payment_id, "sandbox_ok", PRICE + 1))
    assert (other.state, other.code) == ("failed", "idempotency_key_reused")
    assert await sandbox.find(wish.payment_id) == first
    assert (await sandbox.void(wish.payment_id)) == first
    assert await sandbox.find(uuid4()) is None


async def test_a_cancellation_keeps_to_its_idempotency_key_and_to_the_charge(clean: str) -> None:
    sandbox, wish, refund = Sandbox(), ChargeWish(uuid4(), "sandbox_ok", PRICE), uuid4()
    await sandbox.confirm(wish)

    async def cancel(amount: int, key: UUID, payment: UUID = wish.payment_id) -> tuple[bool, str | None]:
        told = await sandbox.cancel(payment, refund_id=key, amount=amount, reason="")
        return told.done, told.code

    assert await cancel(70_000, refund) == (True, None)
    assert await cancel(70_000, refund) == (True, None)
    assert await cancel(60_000, refund) == (False, "idempotency_key_reused")
    assert await cancel(70_000, uuid4()) == (False, "amount_exceeds_charge")
    assert await cancel(1, uuid4(), uuid4()) == (False, "charge_unknown")
    (charge,) = await shop.charges()
    assert charge["cancelled"] == 70_000
