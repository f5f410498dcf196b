"""``kill -9`` at every step of hold, book, pay, settle, cancel and refund: the journey is resumed and money is right.

The app (and, in its own runs, the worker) dies once at its first, second, third … writing commit or outside call,
before and after it, until it survives the whole journey. Each time it is started again and the guest sends the same
request with the same key, as an app on a phone would. A worker's upkeep is no step (`kernel/faults.py`), so its runs
end as the app's do.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest
import pytest_asyncio

from tests.deployment import Deployment, Process, deploy
from tests.journeys import Journey, Kitchen, Someone, told, until

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults")]

EVERYWHERE = [
    (who, place)
    for who in ("app", "worker")
    for place in ("before-commit", "after-commit", "before-call", "after-call")
]
ENOUGH = [("app", "after-commit"), ("app", "after-call"), ("worker", "after-commit")]
"""Just before a commit or call is just after the one before it, so these are every state that a death can leave."""
MORE_THAN_ANY_JOURNEY = 100
EVERY_FAULT = bool(os.environ.get("SF_EVERY_FAULT"))
MONEY = {"orders.send_refund", "refunds.send", "events for"}
"""What a worker does of the journey's money: it must have died in each, or the harness has missed something."""
LETTERS = {"mail.deliver", "notices.take"}
"""The rest of it: many steps, for which only ``SF_EVERY_FAULT`` has the time."""


def counted(who: str) -> str:
    """``SF_DIE_IN``: everything, or what there is time for."""
    return "" if EVERY_FAULT or who == "app" else "|".join(sorted(MONEY))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def deployment(tmp_path_factory: pytest.TempPathFactory, database: str) -> AsyncIterator[Deployment]:
    folder: Path = tmp_path_factory.mktemp("faults")
    running = await deploy(folder, SF_JOB_LEASE="2")
    yield running
    await running.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def kitchen(deployment: Deployment) -> AsyncIterator[tuple[Journey, Kitchen]]:
    journey = Journey(deployment.client)
    yield journey, await journey.open_kitchen(minutes=60)
    await journey.close()


async def resend(
    send: Callable[[], Awaitable[httpx.Response]], process: Process, revived: list[int]
) -> httpx.Response:
    """Send until the outcome is known; a process that died is started again, without its fault."""
    for _ in range(400):
        if process.died:
            revived.append(1)
            process.start()
        try:
            answer = await send()
            running_twin = answer.status_code == 409 and answer.json()["code"] in {
                "twin_running",
                "payment_in_progress",
            }
            if answer.status_code < 500 and not running_twin:
                return answer
        except httpx.HTTPError:
            pass
        await asyncio.sleep(0.05)
    raise AssertionError(f"never answered:\n{process.log.read_text()[-3000:]}")


async def whole_journey(
    journey: Journey, kitchen: Kitchen, guest: Someone, starts_at: str, process: Process
) -> int:
    """Hold, book, pay, cancel; how often the process had to be revived."""
    revived: list[int] = []
    key = uuid4().hex

    async def post(path: str, body: dict[str, Any]) -> Any:
        headers = {"Idempotency-Key": key}
        return told(
            await resend(lambda: guest.http.post(path, json=body, headers=headers), process, revived),
            200,
            201,
            202,
        )

    wish = {"chef_id": kitchen.chef_id, "menu_id": kitchen.menu_id, "starts_at": starts_at, "party": 2}
    hold = await post("/api/coocook/holds", wish)
    booking = await post("/api/coocook/bookings", {"hold_id": hold["id"], "allergens": [], "note": ""})
    amount = booking["price"]["amount"]
    pay = {"order_id": booking["order_id"], "payment_key": "sandbox_ok", "amount": amount}
    paid = await post("/api/payment/confirm", pay)

    async def now() -> dict[str, Any]:
        path = f"/api/coocook/bookings/{booking['id']}"
        found: dict[str, Any] = told(await resend(lambda: guest.http.get(path), process, revived), 200)
        return found

    async def payment() -> dict[str, Any]:
        path = f"/api/payment/{paid['id']}"
        found: dict[str, Any] = told(await resend(lambda: guest.http.get(path), process, revived), 200)
        return found

    await until(now, lambda found: found["status"] == "confirmed", seconds=60)
    cancel = f"/api/coocook/bookings/{booking['id']}/cancel"
    answer = await resend(lambda: guest.http.post(cancel, json={"reason": "plans changed"}), process, revived)
    assert answer.status_code == 200 or answer.json()["code"] in {"already_cancelled", "booking_moved_on"}, (
        answer.text
    )
    final = await until(
        now, lambda found: found["refund"] is not None and found["refund"]["state"] == "done", seconds=60
    )
    assert final["status"] == "cancelled"
    refunded = await until(payment, lambda found: found["refunded"] == final["refund"]["amount"], seconds=60)
    assert refunded["amount"]["amount"] == amount
    return len(revived)


async def nothing_left_to_send(deployment: Deployment, process: Process) -> int:
    """Until the jobs that stand behind each refund have run too; how often the process had to be revived."""
    revived: list[int] = []
    connection = await asyncpg.connect(deployment.admin_urls[0])

    async def waiting() -> int:
        if process.died:
            revived.append(1)
            process.start()
        return int(await connection.fetchval("select count(*) from platform.job where name = 'refunds.send'"))

    try:
        await until(waiting, lambda count: count == 0, seconds=60)
    finally:
        await connection.close()
    return len(revived)


async def money_is_right(deployment: Deployment) -> None:
    """Nobody charged twice, nobody charged without a booking or a refund, ledger minus provider is zero."""
    connection = await asyncpg.connect(deployment.admin_urls[0])
    try:
        twice = await connection.fetch(
            "select order_id from platform.payment where captured > 0 group by order_id having count(*) > 1"
        )
        provider = await connection.fetchval(
            "select coalesce(sum(amount - cancelled), 0)::bigint from platform.sandbox_charge where state = 'captured'"
        )
        clearing = await connection.fetchval(
            "select coalesce(sum(e.amount), 0)::bigint from platform.ledger_entry e "
            "join platform.ledger_account a on a.id = e.account_id where a.kind = 'provider_clearing'"
        )
        orphans = await connection.fetch(
            "select p.id from platform.payment p join platform.payment_order o on o.id = p.order_id "
            "left join coocook.booking b on b.id = o.subject_id "
            "where p.captured > p.refunded and (b.id is null or b.status not in "
            "('requested', 'confirmed', 'completed', 'cancelled', 'no_show'))"
        )
    finally:
        await connection.close()
    assert twice == []
    assert orphans == []
    assert provider == abs(clearing)


@pytest.mark.parametrize(("who", "place"), EVERYWHERE if EVERY_FAULT else ENOUGH)
async def test_killed_at_every_step(
    deployment: Deployment, kitchen: tuple[Journey, Kitchen], who: str, place: str
) -> None:
    journey, open_kitchen = kitchen
    process = (deployment.apps if who == "app" else deployment.workers)["all"]
    guest = await journey.sign_up("강하린")
    deaths = 0
    for step in range(1, MORE_THAN_ANY_JOURNEY):
        slot = (await journey.slots(open_kitchen, start=20, days=30))[0]
        process.end()
        process.start(SF_DIE_AT=f"{place}:{step}", SF_DIE_IN=counted(who))
        await until(lambda: _answers(deployment), bool, seconds=30)
        died = await whole_journey(journey, open_kitchen, guest, slot["starts_at"], process)
        if who == "worker":
            died += await nothing_left_to_send(deployment, process)
        await money_is_right(deployment)
        if died == 0 and not process.died:
            break
        deaths += 1
    else:
        raise AssertionError("the journey has no end")
    process.end()
    process.start()
    await deployment.wait_ready()
    assert deaths > 0, "no step was ever the last one: the harness kills nothing"
    if (who, place) == ("worker", "after-commit"):
        wanted = MONEY | LETTERS if EVERY_FAULT else MONEY
        assert {part for part in wanted if not any(part in work for work in died_in(process))} == set()


def died_in(process: Process) -> list[str]:
    """What the process was doing each time that a fault killed it, as it said itself."""
    lines = process.log.read_text(errors="replace").splitlines()
    return [line.partition(" in ")[2] for line in lines if line.startswith("died at ")]


async def _answers(deployment: Deployment) -> bool:
    """The app listens, or its fault has killed it already while it started."""
    if deployment.apps["all"].died:
        return True
    try:
        async with httpx.AsyncClient(timeout=2) as http:
            return (await http.get(f"{deployment.urls['platform']}/health/live")).status_code == 200
    except httpx.HTTPError:
        return False
