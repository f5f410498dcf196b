"""A tiny seller, and what payers, operators and providers do in the stories of payments."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx

from softfactory.kernel import errors, faults
from softfactory.kernel.operations import answers
from softfactory.kernel.outside import Steps
from softfactory.services.platform import contract, ledger, reconciliation
from softfactory.services.platform.contract import Done, Pinned, Quote, SettledAnswer, SubjectGone
from softfactory.services.platform.models.ledger import AccountKind
from softfactory.services.platform.providers import sandbox
from softfactory.services.platform.tests.makers import sql
from softfactory.testing import Mailbox as Mailbox
from softfactory.testing import Person

KIND = "platform.testproduct"
PRICE = 120_000


@dataclass
class Seller:
    """Sells test products. Its pins and deliveries are sets, so that doing something twice shows."""

    products: dict[UUID, Quote] = field(default_factory=dict)
    pinned: set[UUID] = field(default_factory=set)
    delivered: dict[UUID, int] = field(default_factory=dict)
    released: set[UUID] = field(default_factory=set)
    told: list[tuple[str, UUID]] = field(default_factory=list)
    gone: bool = False
    delivers: bool = True
    down: set[str] = field(default_factory=set)
    before: dict[str, Callable[[], Awaitable[None]]] = field(default_factory=dict)

    async def hears(self, what: str, payment_id: UUID) -> None:
        self.told.append((what, payment_id))
        if what in self.before:
            await self.before[what]()
        if what in self.down:
            raise errors.Unavailable

    def product(self, buyer: Person, amount: int = PRICE) -> UUID:
        product_id = uuid4()
        self.products[product_id] = Quote(
            amount=amount,
            buyer_id=UUID(buyer.id),
            title_ko="시험 상품",
            title_en="Test product",
            lines=[("menu", amount - 20_000), ("travel", 20_000)],
        )
        return product_id


open_shop: list[Seller] = []


def _seller() -> Seller:
    if not open_shop:
        raise errors.NotFound
    return open_shop[-1]


@answers(contract.quote)
async def _quote(steps: Steps, request: contract.Subject) -> Quote:
    found = _seller().products.get(request.id)
    if found is None or request.kind != KIND:
        raise errors.NotFound
    return found


@answers(contract.pin)
async def _pin(steps: Steps, request: contract.Pin) -> Pinned:
    seller = _seller()
    await seller.hears("pin", request.payment_id)
    if seller.gone:
        raise SubjectGone
    seller.pinned.add(request.payment_id)
    return Pinned(payment_id=request.payment_id)


@answers(contract.settled)
async def _settled(steps: Steps, request: contract.SettledOrder) -> SettledAnswer:
    seller = _seller()
    await seller.hears("settled", request.payment_id)
    if seller.delivers:
        seller.delivered[request.payment_id] = request.amount
    return SettledAnswer(accepted=seller.delivers)


@answers(contract.released)
async def _released(steps: Steps, request: contract.Released) -> Done:
    seller = _seller()
    await seller.hears("released", request.payment_id)
    seller.pinned.discard(request.payment_id)
    seller.released.add(request.payment_id)
    return Done()


# -- payers ----------------------------------------------------------------------------------------------------------


def key(value: str | None = None) -> dict[str, str]:
    return {"Idempotency-Key": value or uuid4().hex}


async def order(buyer: Person, seller: Seller, amount: int = PRICE) -> dict[str, Any]:
    wish = {"subject_kind": KIND, "subject_id": str(seller.product(buyer, amount))}
    answer = await buyer.post("/api/payment/orders", json=wish, headers=key())
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def confirm(
    payer: Person,
    placed: dict[str, Any],
    card: str = "sandbox_ok",
    *,
    again: str | None = None,
    amount: int = 0,
) -> httpx.Response:
    wish = {
        "order_id": placed["id"],
        "payment_key": card,
        "amount": amount or placed["amount"]["amount"],
    }
    answer: httpx.Response = await payer.post("/api/payment/confirm", json=wish, headers=key(again))
    return answer


async def paid(payer: Person, seller: Seller, amount: int = PRICE) -> dict[str, Any]:
    """A settled payment."""
    answer = await confirm(payer, await order(payer, seller, amount))
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def read(caller: Person, payment_id: str) -> dict[str, Any]:
    answer = await caller.get(f"/api/payment/{payment_id}")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def order_state(order_id: str) -> str:
    rows = await sql("select state from {s}.payment_order where id = :id", id=UUID(order_id))
    return str(rows[0]["state"])


# -- the books -------------------------------------------------------------------------------------------------------


async def charges() -> list[dict[str, Any]]:
    """The sandbox's charges that took money."""
    return await sql("select * from {s}.sandbox_charge where state = 'captured' order by created_at")


async def truth() -> reconciliation.Truth:
    return await reconciliation.money_truth(Steps("platform"))


async def balance(kind: AccountKind, owner: str) -> int:
    rows = await sql(
        """
        select coalesce(sum(e.amount), 0)::bigint as total, max(a.balance) as kept from {s}.ledger_account a
        join {s}.ledger_entry e on e.account_id = a.id where a.kind = :kind and a.owner = :owner
        """,
        kind=kind,
        owner=owner,
    )
    if kind not in ledger.SUMMED and rows[0]["kept"] is not None:
        assert rows[0]["kept"] == rows[0]["total"]
    return int(rows[0]["total"])


async def is_sound() -> None:
    """The ledger agrees with the provider payment by payment, and nothing is half done."""
    told = await truth()
    assert (told.difference, told.by_payment) == (0, {})
    assert await sql("select id from {s}.payment where state in ('pinning', 'capturing', 'unknown')") == []
    assert await sql("select id from {s}.refund where state = 'requested'") == []
    assert await sql("select sum(amount) as s from {s}.ledger_entry having sum(amount) <> 0") == []


# -- crashes ---------------------------------------------------------------------------------------------------------


class Killed(BaseException):
    """Stands for SIGKILL: nothing may catch it."""


@dataclass
class Reaper:
    """Kills at the nth place where a process can die, once. ``fell``: whether it came to that."""

    at: int
    seen: int = 0
    fell: bool = False

    async def reach(self, place: str) -> None:
        self.seen += 1
        if self.seen == self.at and not self.fell:
            self.fell = True
            raise Killed(place)


def kill_at(monkeypatch: Any, nth: int) -> Reaper:
    reaper = Reaper(nth)
    monkeypatch.setattr(faults, "armed", lambda: True)
    monkeypatch.setattr(faults, "reach", reaper.reach)
    return reaper


# -- webhooks --------------------------------------------------------------------------------------------------------


async def owed() -> list[tuple[dict[str, str], bytes]]:
    """The requests of the webhooks that the sandbox has not sent, signed now."""
    found = [await sandbox.webhook_request(webhook_id) for webhook_id in await sandbox.owed_webhooks()]
    return [request for request in found if request is not None]


async def deliver(client: httpx.AsyncClient, request: tuple[dict[str, str], bytes]) -> httpx.Response:
    headers, body = request
    return await client.post("/api/payment/webhooks/sandbox", headers=headers, content=body)
