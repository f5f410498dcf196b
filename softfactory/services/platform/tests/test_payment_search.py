"""Operators look for payments of all people; everybody else finds only their own."""

import csv
import io
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest_asyncio

from softfactory.services.platform.tests import shop
from softfactory.services.platform.tests.makers import bearer, code, sql
from softfactory.services.platform.tests.shop import PRICE, Seller
from softfactory.testing import AsUser, Client, Clock, Person

RunJobs = Callable[..., Awaitable[int]]


@pytest_asyncio.fixture(loop_scope="session")
async def watcher(as_user: AsUser) -> Person:
    return await as_user("operator", name="Only Watching")


async def found(person: Person, **query: Any) -> list[str]:
    answer = await person.get("/api/payment/", params={"everyone": "true", **query})
    assert answer.status_code == 200, answer.text
    return [line["id"] for line in answer.json()["items"]]


async def test_a_payer_finds_their_own_payments_and_never_everyones(
    payer: Person, as_user: AsUser, seller: Seller, watcher: Person
) -> None:
    other = await as_user()
    mine, theirs = await shop.paid(payer, seller), await shop.paid(other, seller)
    told = (await payer.get("/api/payment/")).json()["items"]
    assert [line["id"] for line in told] == [mine["id"]]
    assert told[0]["payer"] is None
    assert (await payer.get("/api/payment/", params={"buyer_id": other.id})).json()["items"] == told
    refused = await payer.get("/api/payment/", params={"everyone": "true"})
    assert code(refused) == (403, "role_missing")
    assert await found(watcher) == [theirs["id"], mine["id"]]
    assert (await watcher.get("/api/payment/")).json()["items"] == []
    for path in ("csv", "stats", "ledger/proof", "ledger/accounts", f"{mine['id']}/books"):
        assert code(await payer.get(f"/api/payment/{path}")) == (403, "role_missing"), path


async def test_a_demo_operator_reads_no_address_of_whoever_pays(
    as_user: AsUser, client: Client, seller: Seller
) -> None:
    other = await as_user(name="박서준", email="seojun@search.example")
    paid = await shop.paid(other, seller)
    told = (await client.post("/api/auth/demo", json={"role": "operator"})).json()
    client.headers.update(bearer(told))
    for path in ("?everyone=true", "csv", paid["id"]):
        answer = await client.get(f"/api/payment/{path}")
        assert (answer.status_code, "seojun@" in answer.text) == (200, False), path
        assert "s…@search.example" in answer.text, path
    search = {"everyone": "true", "q": "seojun@sea"}
    assert (await client.get("/api/payment/", params=search)).json()["items"] == []
    search["q"] = "Seojun@search.example"
    assert len((await client.get("/api/payment/", params=search)).json()["items"]) == 1


async def test_payments_are_found_by_id_name_address_reference_state_and_day(
    payer: Person, as_user: AsUser, seller: Seller, watcher: Person, clock: Clock
) -> None:
    other = await as_user(name="박서준", email="seojun@search.example")
    mine = await shop.paid(payer, seller)
    theirs = await shop.paid(other, seller)
    bad = await shop.confirm(other, await shop.order(other, seller), "sandbox_declined")
    failed = bad.json()["facts"]["payment_id"]
    (row,) = await sql("select provider_reference as told from {s}.payment where id = :id", id=mine["id"])
    assert await found(watcher, q=mine["id"]) == [mine["id"]]
    assert await found(watcher, q=mine["order_id"]) == [mine["id"]]
    assert await found(watcher, q=other.id) == [failed, theirs["id"]]
    assert await found(watcher, q="서준") == [failed, theirs["id"]]
    assert await found(watcher, q="SEOJUN@search") == [failed, theirs["id"]]
    assert await found(watcher, q=row["told"]) == [mine["id"]]
    assert await found(watcher, q="%") == []
    assert await found(watcher, status="failed") == [failed]
    assert await found(watcher, status="captured", buyer_id=other.id) == [theirs["id"]]
    today = (clock.now() + timedelta(hours=9)).date()
    assert len(await found(watcher, since=today, until=today)) == 3
    assert await found(watcher, since=today + timedelta(days=1)) == []
    assert await found(watcher, until=today - timedelta(days=1)) == []


async def test_a_refund_changes_the_state_that_a_payment_is_found_by(
    payer: Person, operator: Person, seller: Seller
) -> None:
    made = await shop.paid(payer, seller)
    path = f"/api/payment/{made['id']}/cancel"
    await operator.post(path, json={"amount": 1_000, "reason": "part"}, headers=shop.key())
    assert await found(operator, status="partially_refunded") == [made["id"]]
    await operator.post(path, json={"reason": "rest"}, headers=shop.key())
    assert await found(operator, status="refunded") == [made["id"]]
    for other in ("captured", "partially_refunded", "returned"):
        assert await found(operator, status=other) == []


async def test_an_operator_who_is_no_admin_may_ask_what_a_refund_would_be_and_not_make_it(
    payer: Person, watcher: Person, operator: Person, seller: Seller
) -> None:
    made = await shop.paid(payer, seller)
    path, wish = f"/api/payment/{made['id']}/cancel", {"reason": "asked for"}
    quoted = await watcher.post(f"{path}?dry_run=true", json=wish, headers=shop.key())
    assert (quoted.status_code, quoted.json()["status"]) == (200, "quoted")
    assert code(await watcher.post(path, json=wish, headers=shop.key())) == (403, "role_missing")
    assert (await shop.read(operator, made["id"]))["refunds"] == []
    done = await operator.post(path, json=wish, headers=shop.key())
    assert done.json()["status"] == "done"
    (entry,) = await sql("select actor_id, facts from {s}.audit_entry where act = 'payment.refunded'")
    assert (str(entry["actor_id"]), entry["facts"]["amount"]) == (operator.id, PRICE)


async def test_pages_of_everyones_payments_follow_one_another(
    payer: Person, seller: Seller, watcher: Person
) -> None:
    made = [(await shop.paid(payer, seller))["id"] for _ in range(3)]
    first = (await watcher.get("/api/payment/", params={"everyone": "true", "limit": 2})).json()
    assert [line["id"] for line in first["items"]] == made[:0:-1]
    assert first["items"][0]["payer"]["name"] == "Minji"
    assert await found(watcher, cursor=first["next_cursor"]) == made[:1]


async def test_the_table_is_a_csv_that_no_spreadsheet_runs(
    as_user: AsUser, seller: Seller, watcher: Person
) -> None:
    sly = await as_user(name='=HYPERLINK("http://x")')
    made = await shop.paid(sly, seller)
    answer = await watcher.get("/api/payment/csv", params={"status": "captured"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "payments.csv" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["payment"], row["amount"], row["status"]) for row in rows] == [
        (made["id"], str(PRICE), "captured")
    ]
    assert rows[0]["payer"].startswith("'=")
    assert (await watcher.get("/api/payment/csv", params={"status": "failed"})).text.count("\r\n") == 1


async def test_the_figures_of_each_day_add_up(
    payer: Person, as_user: AsUser, seller: Seller, clock: Clock
) -> None:
    made = await shop.paid(payer, seller)
    await shop.confirm(payer, await shop.order(payer, seller), "sandbox_declined")
    await clock.advance(days=2)
    operator = await as_user("admin")
    wish = {"amount": 20_000, "reason": "part"}
    await operator.post(f"/api/payment/{made['id']}/cancel", json=wish, headers=shop.key())
    told = (await operator.get("/api/payment/stats", params={"days": 3})).json()
    first, between, last = told["days"]
    assert (first["volume"]["amount"], first["payments"], first["failed"]) == (PRICE, 1, 1)
    assert (between["volume"]["amount"], between["refunded"]) == (0, 0)
    assert (last["refunds"]["amount"], last["refunded"], last["volume"]["amount"]) == (20_000, 1, 0)
    assert (told["volume"]["amount"], told["refunds"]["amount"], told["failed"]) == (PRICE, 20_000, 1)
    short = (await operator.get("/api/payment/stats", params={"days": 1})).json()
    assert (len(short["days"]), short["volume"]["amount"]) == (1, 0)


async def test_reconciliation_says_why_and_when_it_was_last_looked_at(
    payer: Person, operator: Person, seller: Seller, run_jobs: RunJobs, clock: Clock
) -> None:
    await shop.confirm(payer, await shop.order(payer, seller), "sandbox_late_webhook")
    told = (await operator.get("/api/payment/reconciliation")).json()
    assert told["swept_at"] is None
    (waiting,) = told["unresolved"]
    assert (waiting["status"], waiting["amount"]["amount"]) == ("unknown", PRICE)
    await run_jobs()
    await clock.advance(minutes=2)
    await run_jobs()
    told = (await operator.get("/api/payment/reconciliation")).json()
    assert told["swept_at"] is not None
    assert told["unresolved"] == []
