"""``kill -9`` at every writing step of reschedule and of resolve: no booking without a time, no won twice.

The app (and, in its own runs, the worker) dies once at its first, second, third … writing commit or outside call, until
it survives the whole way. The person sends the same wish again, as an app on a phone would.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from tests.deployment import Deployment, Process, deploy
from tests.faults.test_kill_everywhere import (
    EVERY_FAULT,
    MORE_THAN_ANY_JOURNEY,
    _answers,
    counted,
    money_is_right,
    resend,
)
from tests.journeys import Journey, Kitchen, Someone, told, until

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults")]

REFUND = 60_000


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def deployment(tmp_path_factory: pytest.TempPathFactory, database: str) -> AsyncIterator[Deployment]:
    folder: Path = tmp_path_factory.mktemp("faults-moves")
    running = await deploy(folder, SF_JOB_LEASE="2")
    yield running
    await running.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def kitchen(deployment: Deployment) -> AsyncIterator[tuple[Journey, Kitchen]]:
    journey = Journey(deployment.client)
    yield journey, await journey.open_kitchen(minutes=60)
    await journey.close()


async def paid(journey: Journey, kitchen: Kitchen, guest: Someone) -> dict[str, Any]:
    """A confirmed booking far ahead, made with nothing failing."""
    slot = (await journey.slots(kitchen, start=20, days=30))[0]
    booking = await journey.book(guest, (await journey.hold(guest, kitchen, slot["starts_at"]))["id"])
    told(await journey.pay(guest, booking), 200, 201)
    return await until(lambda: journey.booking(guest, booking["id"]), lambda b: b["status"] == "confirmed")


async def times_are_right(deployment: Deployment) -> None:
    """Every live booking has its one time, where its row says; no two of them meet; each move is told once."""
    connection = await asyncpg.connect(deployment.admin_urls[0])
    try:
        wrong = await connection.fetch(
            """
            select b.id from coocook.booking b left join coocook.busy t on t.booking_id = b.id
            where b.status = 'confirmed'
              and (lower(t.during) is distinct from b.starts_at or t.ends_at is distinct from b.ends_at
                   or b.moves <> (select count(*) from coocook.booking_change c
                                  where c.booking_id = b.id and c.what = 'moved'))
            """
        )
        met = await connection.fetch(
            "select a.id from coocook.booking a join coocook.booking b on a.chef_id = b.chef_id and a.id < b.id "
            "and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at) "
            "where a.status = 'confirmed' and b.status = 'confirmed'"
        )
    finally:
        await connection.close()
    assert (wrong, met) == ([], [])


async def put_into_the_past(deployment: Deployment, booking_id: str) -> None:
    """The evening was yesterday: what can be disputed has happened."""
    connection = await asyncpg.connect(deployment.admin_urls[0])
    try:
        async with connection.transaction():
            ends_at = datetime.now(UTC) - timedelta(hours=3)
            await connection.execute(
                "update coocook.booking set starts_at = $2::timestamptz - interval '1 hour', ends_at = $2 "
                "where id = $1",
                booking_id,
                ends_at,
            )
            await connection.execute("delete from coocook.busy where booking_id = $1", booking_id)
    finally:
        await connection.close()


async def move_once(booking: dict[str, Any], guest: Someone, wanted: str, process: Process) -> int:
    """Move until it is known; how often the process had to be revived."""
    revived: list[int] = []
    path = f"/api/coocook/bookings/{booking['id']}/reschedule"
    moved = told(
        await resend(lambda: guest.http.post(path, json={"starts_at": wanted}), process, revived), 200
    )
    assert moved["starts_at"] == wanted
    return len(revived)


@pytest.mark.parametrize("place", ["before-commit", "after-commit"] if EVERY_FAULT else ["after-commit"])
async def test_killed_at_every_step_of_a_move(
    deployment: Deployment, kitchen: tuple[Journey, Kitchen], place: str
) -> None:
    journey, table = kitchen
    process = deployment.apps["all"]
    deaths = 0
    for step in range(1, MORE_THAN_ANY_JOURNEY):
        guest = await journey.sign_up("강하린")
        booking = await paid(journey, table, guest)
        wanted = (await journey.slots(table, start=30, days=20))[step]["starts_at"]
        await _arm(deployment, process, f"{place}:{step}", counted("app"))
        revived = await move_once(booking, guest, wanted, process)
        await times_are_right(deployment)
        if revived == 0 and not process.died:
            break
        deaths += 1
    else:
        raise AssertionError("the move has no end")
    await _calm(deployment, process)
    await times_are_right(deployment)
    assert deaths > 0, "no step was ever the last one: the harness kills nothing"


async def decide_once(booking: dict[str, Any], guest: Someone, admin: Someone, process: Process) -> int:
    """Decide until it is known and the guest has the money; how often the process had to be revived."""
    revived: list[int] = []
    path = f"/api/coocook/bookings/{booking['id']}"
    wish = {"action": "resolve", "refund": REFUND, "reason": "A part was missing."}
    decided = told(
        await resend(lambda: admin.http.post(f"{path}/transition", json=wish), process, revived), 200
    )
    assert decided["status"] == "completed"

    async def now() -> dict[str, Any]:
        found: dict[str, Any] = told(await resend(lambda: guest.http.get(path), process, revived), 200)
        return found

    final = await until(now, lambda b: b["refund"] is not None and b["refund"]["state"] == "done", seconds=60)
    assert final["refund"]["amount"]["amount"] == REFUND
    assert [row["to_status"] for row in final["timeline"]].count("completed") == 1
    return len(revived)


ALL = [
    ("app", "before-commit"),
    ("app", "after-commit"),
    ("worker", "after-commit"),
    ("worker", "after-call"),
]
ENOUGH = [("app", "after-commit"), ("worker", "after-call")]
"""The worker's commits after a decision are those after a cancellation, which `test_kill_everywhere.py` dies at."""


@pytest.mark.parametrize(("who", "place"), ALL if EVERY_FAULT else ENOUGH)
async def test_killed_at_every_step_of_a_decision(
    deployment: Deployment, kitchen: tuple[Journey, Kitchen], who: str, place: str
) -> None:
    journey, table = kitchen
    process = (deployment.apps if who == "app" else deployment.workers)["all"]
    deaths = 0
    for step in range(1, MORE_THAN_ANY_JOURNEY):
        # Other people in each round: a token lives 15 minutes, and a busy machine may need longer for all rounds.
        guest, admin = await journey.sign_up("윤도현"), await journey.demo("admin")
        booking = await paid(journey, table, guest)
        await put_into_the_past(deployment, booking["id"])
        path = f"/api/coocook/bookings/{booking['id']}/transition"
        told(await guest.http.post(path, json={"action": "dispute", "reason": "An hour late."}), 200)
        await _arm(deployment, process, f"{place}:{step}", counted(who))
        revived = await decide_once(booking, guest, admin, process)
        await money_is_right(deployment)
        if revived == 0 and not process.died:
            break
        deaths += 1
    else:
        raise AssertionError("the decision has no end")
    await _calm(deployment, process)
    assert deaths > 0, "no step was ever the last one: the harness kills nothing"


async def _arm(deployment: Deployment, process: Process, fault: str, work: str) -> None:
    process.end()
    process.start(SF_DIE_AT=fault, SF_DIE_IN=work)
    await until(lambda: _answers(deployment), bool, seconds=30)


async def _calm(deployment: Deployment, process: Process) -> None:
    process.end()
    process.start()
    await deployment.wait_ready()
