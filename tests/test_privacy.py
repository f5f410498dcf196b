"""A person's data across services: everything is in the export, everything binding is listed, all is forgotten."""

import io
import zipfile
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest

from softfactory.kernel.service import names
from softfactory.services.coocook import privacy
from softfactory.services.platform import contract
from softfactory.testing import Client, Clock, client_of
from tests.journeys import Journey, told
from tests.kernel.photos import photo

ME = "/api/users/me"


@pytest.mark.parametrize("service", names())
async def test_every_service_answers_for_the_people_it_knows(service: str, client: Client) -> None:
    from softfactory.kernel import operations

    for operation in (contract.personal_data, contract.obligations):
        assert (service, operation.name) in operations._handlers


async def test_an_evening_binds_both_sides_and_is_in_both_exports(
    app: Any, client: Client, run_jobs: Any
) -> None:
    journey = Journey(lambda token: client_of(app, token))
    kitchen, guest = await journey.open_kitchen(instant=True), await journey.sign_up("김하늘")
    slot = (await journey.slots(kitchen))[0]
    booking = await journey.book(guest, (await journey.hold(guest, kitchen, slot["starts_at"]))["id"])
    told(await journey.pay(guest, booking), 200)
    await run_jobs()
    for someone, wanted, path in (
        (guest, "booking_as_guest", f"/bookings/{booking['id']}"),
        (kitchen.chef, "booking_as_chef", f"/chef/desk?booking={booking['id']}"),
    ):
        answer = await someone.http.request("DELETE", ME, json={"word": "delete"})
        assert answer.status_code == 409
        bound = [(item["code"], item["path"]) for item in answer.json()["facts"]["obligations"]]
        assert (wanted, path) in bound
        asked = told(await someone.http.get(f"{ME}/export"), 202)
        await run_jobs()
        file = await someone.http.get(f"{ME}/exports/{asked['id']}")
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            everything = {name: archive.read(name) for name in archive.namelist()}
        section = "bookings" if someone is guest else "evenings"
        row = orjson.loads(everything[f"coocook/{section}.json"])[0]
        assert row["id"] == booking["id"]
        assert ("김하늘" in everything[f"coocook/{section}.json"].decode()) is (someone is guest)
    await journey.close()


async def test_who_is_gone_has_no_name_and_no_kitchen(
    app: Any, client: Client, run_jobs: Any, clock: Clock
) -> None:
    journey = Journey(lambda token: client_of(app, token))
    kitchen, guest = await journey.open_kitchen(instant=True, name="한도윤"), await journey.sign_up("김하늘")
    slot = (await journey.slots(kitchen))[0]
    booking = await journey.book(guest, (await journey.hold(guest, kitchen, slot["starts_at"]))["id"])
    told(await journey.pay(guest, booking), 200)
    await run_jobs()
    told(await kitchen.chef.http.post(f"/api/coocook/bookings/{booking['id']}/cancel", json={}), 200)
    await run_jobs()
    key = {"Idempotency-Key": uuid4().hex}
    portrait = told(await kitchen.chef.http.post("/api/coocook/pictures", content=photo(), headers=key), 201)
    place = f"/api/coocook/chefs/{kitchen.chef_id}/pictures"
    told(await kitchen.chef.http.put(place, json={"portrait": portrait["id"]}), 200)
    told(await guest.http.put("/api/users/me/avatar", content=photo()), 200)
    for someone in (guest, kitchen.chef):
        told(await someone.http.request("DELETE", ME, json={"word": "delete"}), 202)
    for _ in range(3):
        await clock.advance(seconds=11)
        await run_jobs()
    page = await client.get(f"/api/coocook/chefs/{kitchen.chef_id}")
    assert page.status_code == 404
    assert told(await client.get("/api/coocook/chefs", params={"q": "한도윤"}))["items"] == []
    from softfactory.kernel import db

    async with db.transaction("coocook") as session:
        found = await db.run_sql(session, "select guest_name, note, price from {s}.booking")
        row = found.mappings().one()
    assert (row["guest_name"], row["note"], row["price"] > 0) == (privacy.GONE, "", True)
    for service in ("coocook", "platform"):
        async with db.transaction(service) as session:
            left = await db.run_sql(session, "select count(*) from {s}.picture")
            assert left.scalar_one() == 0, f"pictures are left in {service}"
    async with db.transaction("platform") as session:
        paid = await db.run_sql(session, "select buyer_id, captured from {s}.payment")
        assert paid.one()[0] == UUID(guest.id)
    await journey.close()
