"""The demo: whole in both languages, the same when seeded again, and alive on every screen."""

import re
from collections.abc import AsyncIterator
from typing import Any, get_args

import pytest
import pytest_asyncio
from sqlalchemy import text

from softfactory.kernel import auth, db
from softfactory.services.coocook import demo
from softfactory.services.coocook.codes import Cuisine, Region
from softfactory.services.coocook.demo import content
from softfactory.services.coocook.demo.sentences import english_name, with_dish
from softfactory.testing import client_of, empty

HANGUL = re.compile("[가-힣]")
FROM_ANIMALS = {
    "egg",
    "milk",
    "crab",
    "shrimp",
    "squid",
    "mackerel",
    "fish",
    "shellfish",
    "chicken",
    "pork",
    "beef",
}

COUNTS = """
    select (select count(*) from coocook.chef), (select count(*) from coocook.menu),
           (select count(*) from coocook.booking), (select count(*) from coocook.review),
           (select count(*) from coocook.busy), (select count(*) from platform.payment)
"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def told(database: str) -> AsyncIterator[list[str]]:
    """A seeded database, and what seeding told."""
    auth.forget()
    lines: list[str] = []
    await demo.seed(lines.append)
    yield lines
    await empty(database)


async def rows(sql: str) -> list[Any]:
    async with db.transaction("coocook") as session:
        return list((await session.execute(text(sql))).all())


def test_chefs_of_every_region_and_cuisine_speak_to_both_readers() -> None:
    chefs = content.chefs()
    assert len([chef for chef in chefs if not chef.waits]) >= 64
    assert {chef.profile.region for chef in chefs} == set(get_args(Region))
    assert {code for chef in chefs for code in chef.profile.cuisines} == set(get_args(Cuisine))
    for chef in chefs:
        assert 2 <= len(chef.menus) <= 4
        pairs = [(chef.profile.headline, chef.profile.headline_en), (chef.profile.bio, chef.profile.bio_en)]
        pairs += [(chef.profile.name, chef.profile.name_en)]
        for menu in chef.menus:
            assert 35_000 <= menu.price_per_guest.amount <= 250_000
            pairs += [(menu.name, menu.name_en), (menu.description, menu.description_en)]
            pairs += [(part.name, part.name_en) for part in (*menu.dishes, *menu.extras)]
        for ko, en in pairs:
            assert HANGUL.search(ko)
            assert en
            assert not HANGUL.search(en)


def test_a_chef_without_animals_cooks_none() -> None:
    for chef in content.chefs():
        if chef.profile.cuisines[0] in ("vegan", "temple"):
            used = {allergen for menu in chef.menus for dish in menu.dishes for allergen in dish.allergens}
            assert not used & FROM_ANIMALS, chef.slug


def test_every_dish_is_on_a_menu() -> None:
    served = {dish.name for chef in content.chefs() for menu in chef.menus for dish in menu.dishes}
    assert served == {told[0] for told in content.dishes().values()}


@pytest.mark.parametrize(
    ("sentence", "name", "expected"),
    [
        ("{dish은} 최고", "잡채", "잡채는 최고"),
        ("{dish은} 최고", "갈비찜", "갈비찜은 최고"),
        ("{dish이} 최고", "전주비빔밥", "전주비빔밥이 최고"),
        ("{dish을} 또", "해물파에야", "해물파에야를 또"),
        ("{dish과} 밥", "오색 나물", "오색 나물과 밥"),
        ("The {dish} vanished.", "Roman carbonara", "The Roman carbonara vanished."),
    ],
)
def test_particles_fit_the_dish(sentence: str, name: str, expected: str) -> None:
    assert with_dish(sentence, name) == expected


def test_english_dishes_are_small_within_a_sentence_unless_they_are_names() -> None:
    assert english_name("Grilled octopus with potatoes") == "grilled octopus with potatoes"
    assert english_name("Suwon-style grilled ribs") == "Suwon-style grilled ribs"


async def test_seeding_again_changes_nothing(told: list[str]) -> None:
    before = await rows(COUNTS)
    again: list[str] = []
    await demo.seed(again.append)
    assert await rows(COUNTS) == before
    assert len(again) == 2
    assert all("already" in line for line in again)


async def test_no_two_reviews_of_a_chef_read_the_same(told: list[str]) -> None:
    repeated = await rows(
        "select text from coocook.review where by = 'guest' group by chef_id, text having count(*) > 1"
    )
    assert repeated == []
    [(least, most)] = await rows(
        "select min(rating_count), max(rating_count) from coocook.chef where status = 'active'"
    )
    assert least >= 5
    assert most <= 45


async def test_past_evenings_meet_no_other_and_claim_no_payment(told: list[str]) -> None:
    assert not await rows(
        """
        select a.id from coocook.booking a join coocook.booking b on a.chef_id = b.chef_id and a.id < b.id
        where a.status = 'completed' and b.status = 'completed'
          and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
        """
    )
    assert not await rows(
        "select id from coocook.booking where status = 'completed' and payment_id is not null"
    )
    assert not await rows("select id from coocook.booking where paid_at is null and status <> 'completed'")


async def test_the_list_is_ranked_and_found_in_both_languages(told: list[str], app: Any) -> None:
    async with client_of(app) as reader:
        ranked = (await reader.get("/api/coocook/chefs", params={"limit": 50})).json()["items"]
        assert len({chef["picture"]["seed"] for chef in ranked}) == len(ranked)
        found = [
            (await reader.get("/api/coocook/chefs", params={"q": q})).json() for q in ("파에야", "paella")
        ]
        assert found[0]["items"] == found[1]["items"] != []
    by_rank = await rows(
        "select name_en from coocook.chef where status = 'active' order by rank desc, id desc limit 50"
    )
    assert [chef["name"] for chef in ranked] == [name for (name,) in by_rank]
    assert await rows("select min(rank) < max(rank) from coocook.chef") == [(True,)]


async def test_every_screen_of_the_demo_people_has_life(told: list[str], app: Any) -> None:
    seen: dict[str, list[Any]] = {}
    for role in ("guest", "chef"):
        async with client_of(app) as anyone:
            token = (await anyone.post("/api/auth/demo", json={"role": role})).json()["access_token"]
        async with client_of(app, token) as person:
            answer = await person.get("/api/coocook/bookings", params={"role": role, "limit": 50})
            seen[role] = answer.json()["items"]
            if role == "guest":
                ahead = next(b for b in seen[role] if b["chef"]["name"] == "Taeoh Ryu")
                quote = await person.post(f"/api/coocook/bookings/{ahead['id']}/cancel?dry_run=1")
                assert 0 < quote.json()["refund"]["amount"] < ahead["price"]["amount"]
    guest = {(b["status"], action) for b in seen["guest"] for action in (*b["actions"], "")}
    assert {("confirmed", "cancel"), ("requested", ""), ("completed", "review"), ("cancelled", "")} <= guest
    assert {("disputed", ""), ("confirmed", "reschedule")} <= guest
    chef = {(b["status"], action) for b in seen["chef"] for action in (*b["actions"], "")}
    assert {("requested", "accept"), ("confirmed", ""), ("declined", ""), ("completed", "review")} <= chef


async def test_an_admin_finds_a_dispute_and_reviews_to_decide_on(told: list[str], app: Any) -> None:
    async with client_of(app) as anyone:
        token = (await anyone.post("/api/auth/demo", json={"role": "admin"})).json()["access_token"]
    async with client_of(app, token) as admin:
        wanted = {"role": "admin", "status": "disputed"}
        (disputed,) = (await admin.get("/api/coocook/bookings", params=wanted)).json()["items"]
        dispute = (await admin.get(f"/api/coocook/bookings/{disputed['id']}")).json()["dispute"]
        assert dispute["reason"]
        assert dispute["answer"]
        queue = (await admin.get("/api/coocook/reviews")).json()
        assert (queue["reported"], queue["appealed"]) == (1, 1)
        hidden = (await admin.get("/api/coocook/reviews", params={"state": "hidden"})).json()["items"]
        assert len(hidden) == 2
    assert await rows("select count(*) > 20 from coocook.review where reply is not null") == [(True,)]
    [(proposals,)] = await rows("select count(*) from coocook.move_proposal")
    assert proposals == 1


async def test_the_ledger_agrees_with_the_provider(told: list[str], app: Any) -> None:
    async with client_of(app) as anyone:
        token = (await anyone.post("/api/auth/demo", json={"role": "admin"})).json()["access_token"]
    async with client_of(app, token) as admin:
        books = (await admin.get("/api/payment/reconciliation")).json()
    assert books["difference"]["amount"] == 0
    assert books["ledger"]["amount"] > 0
