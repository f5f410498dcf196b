"""Payments whose outcome is not known at first, and the webhooks that tell of them."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import orjson
import pytest

from softfactory.services.platform.providers import sandbox, signatures
from softfactory.services.platform.tests import shop
from softfactory.services.platform.tests.makers import code, sql
from softfactory.services.platform.tests.shop import PRICE, Seller
from softfactory.testing import Client, Clock, Person

RunJobs = Callable[..., Awaitable[int]]


async def test_an_answer_that_was_lost_is_found_and_charged_once(
    payer: Person, seller: Seller, clock: Clock, run_jobs: RunJobs
) -> None:
    placed = await shop.order(payer, seller)
    answer = await shop.confirm(payer, placed, "sandbox_timeout_charged")
    told = answer.json()
    assert (answer.status_code, told["status"], told["delivered"]) == (202, "unknown", None)
    assert answer.headers["Location"] == f"/api/payment/{told['id']}"
    assert await shop.order_state(placed["id"]) == "paying"
    await clock.advance(seconds=6)
    await run_jobs()
    found = await shop.read(payer, told["id"])
    assert (found["status"], found["delivered"]) == ("captured", True)
    assert [line["kind"] for line in found["timeline"]] == [
        "started",
        "pinned",
        "answer_lost",
        "captured",
        "seller_accepted",
    ]
    assert len(await shop.charges()) == 1
    await shop.is_sound()


async def test_asking_again_after_a_lost_answer_finds_it_at_once(payer: Person, seller: Seller) -> None:
    placed = await shop.order(payer, seller)
    lost = await shop.confirm(payer, placed, "sandbox_timeout_charged")
    found = await shop.confirm(payer, placed, "sandbox_timeout_charged")
    assert (lost.status_code, found.status_code) == (202, 200)
    assert (found.json()["id"], found.json()["status"]) == (lost.json()["id"], "captured")
    assert len(await shop.charges()) == 1


async def test_the_sweep_alone_finds_a_lost_answer(
    payer: Person, seller: Seller, clock: Clock, run_jobs: RunJobs
) -> None:
    placed = await shop.order(payer, seller)
    await shop.confirm(payer, placed, "sandbox_timeout_charged")
    await sql("delete from {s}.job where name like '%look_up'")
    await run_jobs()  # learns when the sweep is due
    await clock.advance(seconds=91)
    await run_jobs()
    assert await shop.order_state(placed["id"]) == "paid"
    assert list(seller.delivered.values()) == [PRICE]
    await shop.is_sound()


async def test_an_unanswered_provider_is_waited_for_without_a_transaction(
    payer: Person, seller: Seller, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(self: sandbox.Sandbox, wish: object) -> None:
        from softfactory.kernel import db

        assert not db.transaction_is_open()
        idle = await sql(
            "select 1 from pg_stat_activity where state like 'idle in transaction%' and datname = current_database()"
        )
        assert idle == []
        await asyncio.sleep(60)

    monkeypatch.setattr(sandbox.Sandbox, "confirm", never)
    monkeypatch.setattr("softfactory.services.platform.payments.CONFIRM_SECONDS", 0.2)
    answer = await shop.confirm(payer, await shop.order(payer, seller))
    assert (answer.status_code, answer.json()["status"]) == (202, "unknown")


# -- webhooks --------------------------------------------------------------------------------------------------------


async def test_a_webhook_that_comes_late_settles_the_payment(
    client: Client, payer: Person, seller: Seller, clock: Clock, run_jobs: RunJobs
) -> None:
    placed = await shop.order(payer, seller)
    answer = await shop.confirm(payer, placed, "sandbox_late_webhook")
    assert (answer.status_code, answer.json()["status"]) == (202, "unknown")
    await sql("delete from {s}.job")
    await clock.advance(seconds=4)
    (request,) = await shop.owed()
    assert (await shop.deliver(client, request)).status_code == 204
    await run_jobs()
    found = await shop.read(payer, answer.json()["id"])
    assert (found["status"], found["delivered"]) == ("captured", True)
    await shop.is_sound()


async def test_a_webhook_that_comes_too_early_changes_nothing(
    client: Client, payer: Person, seller: Seller, clock: Clock, run_jobs: RunJobs
) -> None:
    answer = await shop.confirm(payer, await shop.order(payer, seller), "sandbox_late_webhook")
    (request,) = await shop.owed()
    await shop.deliver(client, request)
    await run_jobs()
    assert (await shop.read(payer, answer.json()["id"]))["status"] == "unknown"
    await clock.advance(seconds=6)
    await run_jobs()
    assert (await shop.read(payer, answer.json()["id"]))["status"] == "captured"


async def test_the_sandbox_delivers_its_webhooks_over_http(
    client: Client,
    payer: Person,
    seller: Seller,
    clock: Clock,
    run_jobs: RunJobs,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[str] = []

    class Here:
        """The guarded client, with this test's app behind it."""

        async def __aenter__(self) -> "Here":
            return self

        async def __aexit__(self, *_: object) -> None:
            return None

        async def post(self, url: str, *, headers: dict[str, str], content: bytes) -> object:
            sent.append(url)
            return await client.post(url, headers=headers, content=content)

    monkeypatch.setattr("softfactory.kernel.outside.client", lambda **_: Here())
    await shop.confirm(payer, await shop.order(payer, seller), "sandbox_double_webhook")
    await clock.advance(seconds=5)
    await run_jobs()
    assert sent == ["http://127.0.0.1:9/api/payment/webhooks/sandbox"] * 2
    assert len(await sql("select id from {s}.payment_webhook")) == 1
    assert await sandbox.owed_webhooks() == []
    await shop.is_sound()


async def test_a_hundred_copies_at_once_in_any_order_have_one_effect(
    client: Client, payer: Person, seller: Seller, clock: Clock, run_jobs: RunJobs
) -> None:
    placed = [await shop.order(payer, seller) for _ in range(3)]
    for one in placed:
        await shop.confirm(payer, one, "sandbox_late_webhook")
    await sql("delete from {s}.job")
    await clock.advance(seconds=4)
    requests = (await shop.owed()) * 34
    random.Random(7).shuffle(requests)  # noqa: S311 - an order, not a secret
    answers = await asyncio.gather(*(shop.deliver(client, request) for request in requests))
    assert {answer.status_code for answer in answers} == {204}
    assert (await sql("select count(*) as n from {s}.job where name like '%look_up'"))[0]["n"] == 3
    await run_jobs()
    assert len(await sql("select id from {s}.ledger_transaction where source_kind = 'payment_captured'")) == 3
    assert len(seller.delivered) == 3
    assert [what for what, _ in seller.told].count("settled") == 3
    await shop.is_sound()


async def test_webhooks_without_any_job_row_would_find_nothing_twice(
    client: Client, payer: Person, seller: Seller, run_jobs: RunJobs
) -> None:
    await shop.confirm(payer, await shop.order(payer, seller), "sandbox_double_webhook")
    for request in await shop.owed():
        assert (await shop.deliver(client, request)).status_code == 204
        await run_jobs()
    assert len(await sql("select id from {s}.ledger_transaction")) == 1
    assert len(seller.delivered) == 1
    await shop.is_sound()


def _webhook(
    payment_id: str, *, secret: bytes, at: datetime, event_id: str = "evt_forged"
) -> tuple[dict[str, str], bytes]:
    body = orjson.dumps({"type": "payment.changed", "data": {"payment_id": payment_id, "status": "captured"}})
    return signatures.sign(secret, event_id, at, body), body


async def _effects() -> tuple[int, int]:
    kept = await sql("select count(*) as n from {s}.payment_webhook")
    queued = await sql("select count(*) as n from {s}.job where name like '%look_up'")
    return kept[0]["n"], queued[0]["n"]


async def test_a_forged_webhook_has_no_effect(client: Client, payer: Person, seller: Seller) -> None:
    payment_id, now = str(uuid4()), datetime.now(UTC)
    headers, body = _webhook(payment_id, secret=b"guessed", at=now)
    assert code(await shop.deliver(client, (headers, body))) == (401, "webhook_forged")
    assert code(await client.post("/api/payment/webhooks/sandbox", content=body)) == (401, "webhook_forged")
    genuine, body = _webhook(payment_id, secret=sandbox._secret(), at=now)
    for changed in (
        (genuine, body.replace(b"captured", b"refunded")),
        ({**genuine, "webhook-id": "evt_other"}, body),
        ({**genuine, "webhook-timestamp": str(int(now.timestamp()) + 1)}, body),
        ({**genuine, "webhook-signature": ""}, body),
        ({**genuine, "webhook-signature": "v1,"}, body),
    ):
        assert code(await shop.deliver(client, changed)) == (401, "webhook_forged")
    assert await _effects() == (0, 0)
    assert (await shop.deliver(client, (genuine, body))).status_code == 204
    assert await _effects() == (1, 1)


@pytest.mark.parametrize("age", [timedelta(minutes=5, seconds=10), -timedelta(minutes=5, seconds=10)])
async def test_a_stale_webhook_has_no_effect(client: Client, clean: str, age: timedelta) -> None:
    request = _webhook(str(uuid4()), secret=sandbox._secret(), at=datetime.now(UTC) - age)
    assert code(await shop.deliver(client, request)) == (400, "webhook_stale")
    assert await _effects() == (0, 0)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"data": {"payment_id": 5}}', b'{"data": {"payment_id": "x"}}']
)
async def test_a_signed_webhook_of_another_shape_is_refused(client: Client, clean: str, body: bytes) -> None:
    headers = signatures.sign(sandbox._secret(), "evt_1", datetime.now(UTC), body)
    assert code(await shop.deliver(client, (headers, body))) == (400, "webhook_unreadable")
    assert await _effects() == (0, 0)


async def test_a_webhook_of_an_unknown_provider_is_not_found(client: Client, clean: str) -> None:
    assert code(await client.post("/api/payment/webhooks/nobody", content=b"{}")) == (404, "provider_unknown")


async def test_what_a_webhook_claims_is_not_believed(
    client: Client, payer: Person, seller: Seller, run_jobs: RunJobs
) -> None:
    placed = await shop.order(payer, seller)
    await shop.confirm(payer, placed, "sandbox_declined")
    payment = (await payer.get("/api/payment/")).json()["items"][0]
    request = _webhook(payment["id"], secret=sandbox._secret(), at=datetime.now(UTC))
    assert (await shop.deliver(client, request)).status_code == 204
    await run_jobs()
    assert (await shop.read(payer, payment["id"]))["status"] == "failed"
    assert await sql("select id from {s}.ledger_entry") == []


async def test_the_sellers_bug_does_not_change_that_the_money_is_here(
    payer: Person, seller: Seller, clock: Clock, run_jobs: RunJobs
) -> None:
    async def bug() -> None:
        raise RuntimeError("a bug of the seller's")

    seller.before["settled"] = bug
    answer = await shop.confirm(payer, await shop.order(payer, seller))
    assert (answer.status_code, answer.json()["delivered"]) == (200, None)
    seller.before.clear()
    await clock.advance(seconds=2)
    await run_jobs()
    assert (await shop.read(payer, answer.json()["id"]))["delivered"] is True


async def test_a_seller_that_was_away_is_told_later(
    payer: Person, seller: Seller, clock: Clock, run_jobs: RunJobs
) -> None:
    seller.down.add("settled")
    answer = await shop.confirm(payer, await shop.order(payer, seller))
    assert (answer.status_code, answer.json()["delivered"]) == (200, None)
    seller.down.clear()
    await clock.advance(seconds=2)
    await run_jobs()
    assert seller.delivered == {UUID(answer.json()["id"]): PRICE}
    await shop.is_sound()


async def test_what_the_seller_no_longer_delivers_goes_back_whole_and_the_payer_is_told(
    payer: Person, seller: Seller, run_jobs: RunJobs, mailbox: shop.Mailbox
) -> None:
    placed = await shop.order(payer, seller)
    seller.delivers = False
    answer = await shop.confirm(payer, placed)
    told = answer.json()
    assert (answer.status_code, told["status"], told["delivered"]) == (200, "refunded", False)
    assert told["refunded"]["amount"] == PRICE
    assert await shop.order_state(placed["id"]) == "cancelled"
    await run_jobs()
    assert [letter.template for letter in await mailbox() if letter.to == payer.email][-1:] == [
        "payment_undelivered"
    ]
    await shop.is_sound()
