"""The same journeys with everything in one app, and with an app, a worker and a database per service."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import httpx
import pytest
import pytest_asyncio

from tests.deployment import Deployment, deploy
from tests.ears import ear
from tests.journeys import Journey, told, until

pytestmark = [pytest.mark.layouts]


@pytest_asyncio.fixture(
    scope="module",
    loop_scope="session",
    params=[
        pytest.param("one", marks=pytest.mark.xdist_group("layout-one")),
        pytest.param("two", marks=pytest.mark.xdist_group("layout-two")),
    ],
)
async def deployment(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, database: str
) -> AsyncIterator[Deployment]:
    folder: Path = tmp_path_factory.mktemp(f"layout-{request.param}")
    running = await deploy(folder, layout=request.param)
    yield running
    await running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def journey(deployment: Deployment) -> AsyncIterator[Journey]:
    everybody = Journey(deployment.client)
    yield everybody
    await everybody.close()
    await deployment.shift_clock(0)


async def test_a_guest_books_pays_is_cooked_for_and_both_review(
    deployment: Deployment, journey: Journey
) -> None:
    kitchen = await journey.open_kitchen(instant=False)
    guest = await journey.sign_up("김하늘")
    slots = await journey.slots(kitchen)
    hold = await journey.hold(guest, kitchen, slots[0]["starts_at"])
    assert hold["price"] == {"amount": 160_000, "currency": "KRW"}
    booking = await journey.book(guest, hold["id"])
    paid = told(await journey.pay(guest, booking), 200)
    assert paid["amount"]["amount"] == 160_000

    requested = await until(
        lambda: journey.booking(guest, booking["id"]), lambda b: b["status"] == "requested"
    )
    assert requested["paid_at"] is not None
    told(await journey.move(kitchen.chef, booking["id"], "accept"), 200)
    assert (await journey.booking(guest, booking["id"]))["status"] == "confirmed"

    await deployment.shift_clock(14 * 86_400)
    told(await journey.move(kitchen.chef, booking["id"], "complete"), 200)
    for someone, words in ((guest, "국물이 깊고 따뜻했어요"), (kitchen.chef, "다정한 손님이었습니다")):
        review = {"rating": 5, "text": words}
        told(await someone.http.post(f"/api/coocook/bookings/{booking['id']}/reviews", json=review), 201)
    shown = told(await guest.http.get(f"/api/coocook/chefs/{kitchen.chef_id}/reviews"), 200)
    assert [r["text"] for r in shown["items"]] == ["국물이 깊고 따뜻했어요"]


async def test_a_guest_cancels_with_a_quote_and_gets_that_much_back(
    deployment: Deployment, journey: Journey
) -> None:
    kitchen, guest = await journey.open_kitchen(), await journey.sign_up("이서준")
    slots = await journey.slots(kitchen, start=20)
    booking = await journey.book(guest, (await journey.hold(guest, kitchen, slots[0]["starts_at"]))["id"])
    payment = told(await journey.pay(guest, booking), 200)
    await until(lambda: journey.booking(guest, booking["id"]), lambda b: b["status"] == "confirmed")

    path = f"/api/coocook/bookings/{booking['id']}/cancel"
    quote = told(await guest.http.post(path, params={"dry_run": 1}, json={}), 200)
    assert (await journey.booking(guest, booking["id"]))["status"] == "confirmed"
    told(await guest.http.post(path, json={"expected_refund": quote["refund"]["amount"]}), 200)

    def refunded(found: dict[str, object]) -> bool:
        return found["refunded"] == quote["refund"]

    async def payment_now() -> dict[str, object]:
        found: dict[str, object] = told(await guest.http.get(f"/api/payment/{payment['id']}"), 200)
        return found

    await until(payment_now, refunded)
    again = await journey.slots(kitchen, start=20)
    assert slots[0]["starts_at"] in {slot["starts_at"] for slot in again}, "the time is free again"


async def test_a_lost_answer_of_the_provider_is_found_and_the_booking_confirmed(
    deployment: Deployment, journey: Journey
) -> None:
    kitchen, guest = await journey.open_kitchen(), await journey.sign_up("박지우")
    slot = (await journey.slots(kitchen))[3]
    booking = await journey.book(guest, (await journey.hold(guest, kitchen, slot["starts_at"]))["id"])
    answer = await journey.pay(guest, booking, "sandbox_timeout_charged")
    assert answer.status_code in {200, 202}
    await deployment.shift_clock(300)
    await until(
        lambda: journey.booking(guest, booking["id"]), lambda b: b["status"] == "confirmed", seconds=60
    )


async def test_a_declined_card_costs_nothing_and_another_one_pays(journey: Journey) -> None:
    kitchen, guest = await journey.open_kitchen(), await journey.sign_up("최유나")
    slot = (await journey.slots(kitchen))[5]
    booking = await journey.book(guest, (await journey.hold(guest, kitchen, slot["starts_at"]))["id"])
    declined = await journey.pay(guest, booking, "sandbox_declined")
    assert (declined.status_code, declined.json()["code"]) == (402, "payment_declined")
    told(await journey.pay(guest, booking), 200)
    await until(lambda: journey.booking(guest, booking["id"]), lambda b: b["status"] == "confirmed")


async def test_an_expired_hold_is_refused_before_money_moves(
    deployment: Deployment, journey: Journey
) -> None:
    kitchen, guest = await journey.open_kitchen(), await journey.sign_up("정민준")
    slot = (await journey.slots(kitchen))[7]
    booking = await journey.book(guest, (await journey.hold(guest, kitchen, slot["starts_at"]))["id"])
    await deployment.shift_clock(11 * 60)
    refused = await journey.pay(guest, booking)
    assert (refused.status_code, refused.json()["code"]) == (409, "subject_gone")
    payments = told(await guest.http.get("/api/payment/"), 200)["items"]
    assert [payment["status"] for payment in payments] in ([], ["failed"])


async def test_someone_who_signs_out_is_out_everywhere_within_two_seconds(journey: Journey) -> None:
    guest = await journey.sign_up("한지민")
    told(await guest.http.get("/api/coocook/bookings"), 200)
    assert (await guest.http.post("/api/auth/logout")).status_code in {200, 204}

    async def status() -> int:
        return (await guest.http.get("/api/coocook/bookings")).status_code

    await until(status, lambda found: found == 401, seconds=5)


async def test_each_service_keeps_to_its_own_database(deployment: Deployment, journey: Journey) -> None:
    """With two databases, people stand in one of them only, and chefs in the other."""
    await journey.open_kitchen(name=f"셰프 {uuid4().hex[:6]}")
    counts = []
    for url in deployment.admin_urls:
        connection = await asyncpg.connect(url)
        people = await connection.fetchval("select count(*) from platform.person")
        chefs = await connection.fetchval("select count(*) from coocook.chef")
        counts.append((people > 0, chefs > 0))
        await connection.close()
    assert counts in ([(True, True)], [(True, False), (False, True)])


async def test_what_the_chef_does_reaches_the_guests_open_stream(
    deployment: Deployment, journey: Journey
) -> None:
    """With two databases the notice travels from coocook's worker to platform, whose app holds the stream."""
    kitchen, guest = await journey.open_kitchen(instant=False), await journey.sign_up("오지호")
    slot = (await journey.slots(kitchen))[9]
    booking = await journey.book(guest, (await journey.hold(guest, kitchen, slot["starts_at"]))["id"])
    told(await journey.pay(guest, booking), 200)
    async with ear(guest, deployment.urls["platform"], cursor=0) as hears:
        await hears(lambda notice: notice["says"] == "guest.requested")
        told(await journey.move(kitchen.chef, booking["id"], "accept"), 200)
        notice = await hears(lambda notice: notice["says"] == "guest.confirmed")
        assert (notice["kind"], notice["subject_id"]) == ("coocook.booking", booking["id"])


async def test_health_says_which_services_work(deployment: Deployment) -> None:
    for url in set(deployment.urls.values()):
        async with httpx.AsyncClient() as http:
            ready = (await http.get(f"{url}/health/ready")).json()
            metrics = (await http.get(f"{url}/metrics")).text
        assert ready["status"] == "ready"
        assert re.search(r"sf_request_seconds_bucket", metrics)
