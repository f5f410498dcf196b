"""A chef's pictures: who sends them, where they stand, and what a guest sees."""

import io
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy.exc import IntegrityError

from softfactory.services.coocook import pictures
from softfactory.services.coocook.tests.makers import API, Kitchen, Town, code, menu, ok, sql
from softfactory.testing import AsUser, Clock, Person


def photo(width: int = 400) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, 300), "teal").save(out, "JPEG")
    return out.getvalue()


async def send(chef: Person, width: int = 400) -> Any:
    answer = await chef.post(
        f"{API}/pictures", content=photo(width), headers={"Idempotency-Key": uuid4().hex}
    )
    return ok(answer, 201)


async def arrange(kitchen: Kitchen, **wish: Any) -> Any:
    return await kitchen.chef.put(f"{API}/chefs/{kitchen.id}/pictures", json=wish)


async def left() -> set[str]:
    return {str(row["id"]) for row in await sql("select id from {s}.picture where state = 'ready'")}


async def sweep() -> None:
    from softfactory.kernel import db

    async with db.transaction("coocook") as session:
        await pictures.sweep(session)


async def test_a_guest_sees_portrait_cover_and_gallery_in_their_order(town: Town, as_user: AsUser) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    portrait, cover, one, two = [await send(kitchen.chef, 400 + n) for n in range(4)]
    mine = ok(
        await arrange(kitchen, portrait=portrait["id"], cover=cover["id"], gallery=[two["id"], one["id"]])
    )
    assert (mine["picture"]["photo"], mine["cover"], mine["gallery"]) == (portrait, cover, [two, one])
    page = ok(await guest.get(f"{API}/chefs/{kitchen.id}"))
    assert (page["picture"]["photo"], page["cover"], page["gallery"]) == (portrait, cover, [two, one])
    (card,) = ok(await guest.get(f"{API}/chefs"))["items"]
    assert (card["picture"]["photo"], card["cover"]) == (portrait, cover)
    assert page["picture"]["kind"] == "chef"  # the illustration stays, for whoever cannot load the photo
    booking = await town.booked(guest, kitchen)
    assert booking["chef"]["picture"]["photo"] == portrait
    (listed,) = ok(await guest.get(f"{API}/bookings"))["items"]
    assert listed["chef"]["picture"]["photo"] == portrait


async def test_what_loses_its_place_is_removed_and_what_moves_stays(town: Town, run_jobs: Any) -> None:
    kitchen = await town.kitchen()
    one, two, three = [(await send(kitchen.chef))["id"] for _ in range(3)]
    ok(await arrange(kitchen, portrait=one, gallery=[two, three]))
    ok(await arrange(kitchen, cover=one, gallery=[three]))
    await run_jobs()
    assert await left() == {one, three}
    ok(await arrange(kitchen, cover=one, gallery=[three]))
    await run_jobs()
    assert await left() == {one, three}


async def test_arranging_does_not_disturb_an_open_profile_form(town: Town) -> None:
    kitchen = await town.kitchen()
    path = f"{API}/chefs/{kitchen.id}"
    read = (await kitchen.chef.get(path)).headers["ETag"]
    ok(await arrange(kitchen, portrait=(await send(kitchen.chef))["id"]))
    ok(await kitchen.chef.patch(path, json={"city": "용산구"}, headers={"If-Match": read}))


async def test_a_chef_uses_only_her_own_pictures(town: Town, as_user: AsUser, run_jobs: Any) -> None:
    kitchen, other = await town.kitchen(), await town.kitchen(name="서유나")
    theirs = (await send(other.chef))["id"]
    for wish in ({"portrait": theirs}, {"cover": theirs}, {"gallery": [theirs]}, {"portrait": str(uuid4())}):
        assert code(await arrange(kitchen, **wish)) == (404, "no_such_picture")
    stolen = await kitchen.chef.post(
        f"{API}/chefs/{kitchen.id}/menus", json=menu(name="다른", picture_id=theirs)
    )
    assert code(stolen) == (404, "no_such_picture")
    assert code(await kitchen.chef.delete(f"{API}/pictures/{theirs}")) == (404, "no_such_picture")
    foreign = await kitchen.chef.put(f"{API}/chefs/{other.id}/pictures", json={})
    assert code(foreign) == (404, "no_such_chef")
    someone = await as_user()
    refused = await someone.post(f"{API}/pictures", content=photo(), headers={"Idempotency-Key": uuid4().hex})
    assert code(refused) == (404, "no_profile_yet")
    await run_jobs()
    assert await left() == {theirs}


async def test_a_gallery_holds_twelve_each_once(town: Town) -> None:
    kitchen = await town.kitchen()
    sent = [(await send(kitchen.chef))["id"] for _ in range(13)]
    assert code(await arrange(kitchen, gallery=sent)) == (422, "invalid_input")
    assert code(await arrange(kitchen, gallery=[sent[0], sent[0]])) == (422, "invalid_input")
    assert len(ok(await arrange(kitchen, gallery=sent[:12]))["gallery"]) == 12
    with pytest.raises(IntegrityError, match="position"):  # whatever the shapes let through
        await sql(
            "insert into {s}.gallery_picture (id, chef_id, picture_id, position) values (:id, :chef, :picture, 13)",
            id=uuid4(),
            chef=kitchen.id,
            picture=sent[12],
        )


async def test_a_menu_keeps_the_picture_that_it_was_offered_with(
    town: Town, as_user: AsUser, run_jobs: Any, clock: Clock
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    first, second = await send(kitchen.chef), await send(kitchen.chef, 500)
    path = f"{API}/chefs/{kitchen.id}/menus"
    offered = ok(
        await kitchen.chef.post(path, json=menu(replaces=kitchen.menu_id, picture_id=first["id"])), 201
    )
    assert offered["picture"]["photo"] == first
    (shown,) = ok(await guest.get(path))["items"]
    assert shown["picture"]["photo"] == first
    ok(await kitchen.chef.post(path, json=menu(replaces=offered["id"], picture_id=second["id"])), 201)
    (shown,) = ok(await guest.get(path))["items"]
    assert shown["picture"]["photo"] == second
    await clock.advance(days=3)
    await sweep()
    await run_jobs()
    assert await left() == {first["id"], second["id"]}  # bookings of the old menu show what was offered
    ok(await arrange(kitchen, cover=second["id"]))
    ok(await arrange(kitchen))
    await run_jobs()
    assert second["id"] in await left()  # the menu still shows it


async def test_a_removed_picture_leaves_every_place_and_the_store(
    town: Town, as_user: AsUser, run_jobs: Any
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    picture = await send(kitchen.chef)
    ok(await arrange(kitchen, portrait=picture["id"], gallery=[picture["id"]]))
    assert (await kitchen.chef.delete(f"{API}/pictures/{picture['id']}")).status_code == 204
    page = ok(await guest.get(f"{API}/chefs/{kitchen.id}"))
    assert (page["picture"]["photo"], page["gallery"]) == (None, [])
    (card,) = ok(await guest.get(f"{API}/chefs"))["items"]
    assert card["picture"]["photo"] is None
    assert code(await kitchen.chef.delete(f"{API}/pictures/{picture['id']}")) == (404, "no_such_picture")
    await run_jobs()
    assert await left() == set()
    assert (await guest.get(picture["sources"][0]["url"])).status_code == 404
    assert await sql("select 1 from {s}.gallery_picture") == []


async def test_the_same_wish_sent_twice_keeps_one_picture(town: Town) -> None:
    kitchen = await town.kitchen()
    headers = {"Idempotency-Key": uuid4().hex}
    answers = [await kitchen.chef.post(f"{API}/pictures", content=photo(), headers=headers) for _ in range(2)]
    assert ok(answers[0], 201) == ok(answers[1], 201)
    other = await kitchen.chef.post(f"{API}/pictures", content=photo(500), headers=headers)
    assert code(other) == (422, "key_reused")
    assert len(await left()) == 1


async def test_what_found_no_place_is_swept_and_what_has_one_stays(
    town: Town, run_jobs: Any, clock: Clock
) -> None:
    kitchen = await town.kitchen()
    portrait, cover, shown, loose = [(await send(kitchen.chef))["id"] for _ in range(4)]
    ok(await arrange(kitchen, portrait=portrait, cover=cover, gallery=[shown]))
    await clock.advance(days=2)
    await sweep()
    await run_jobs()
    assert await left() == {portrait, cover, shown}
    assert loose not in await left()
