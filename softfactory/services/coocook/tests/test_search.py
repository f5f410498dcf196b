"""Finding chefs: filters, words in two languages, order, pages, and how few questions it takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from softfactory.kernel import db
from softfactory.services.coocook import words
from softfactory.services.coocook.tests.makers import API, Kitchen, Town, code, hold, ok, sql
from softfactory.testing import AsUser, Person


async def names(person: Person, **query: Any) -> list[str]:
    page = ok(await person.get(f"{API}/chefs", params=query))
    return [card["name"] for card in page["items"]]


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that reach coocook's database."""
    seen: list[str] = []
    engine = db.engine("coocook").sync_engine

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
async def street(town: Town) -> dict[str, Kitchen]:
    """Three kitchens that differ in everything."""
    return {
        "Busan": await town.kitchen(
            name="박지호", name_en="Busan", region="busan", cuisines=["seafood", "korean"],
            bio="해운대에서 회를 뜹니다.", menu_facts={"name": "모둠회", "price_per_guest": {"amount": 120_000}},
        ),
        "Rome": await town.kitchen(
            name="로마", name_en="Rome", region="seoul", cuisines=["italian"], bio="Fresh pasta every day",
            menu_facts={"price_per_guest": {"amount": 60_000}, "min_party": 4, "max_party": 10},
        ),
        "Home": await town.kitchen(
            name="집밥", name_en="Home", region="seoul", cuisines=["korean"],
            menu_facts={"price_per_guest": {"amount": 30_000}},
            hour_facts={"weekly": [{"weekday": d, "from": "11:00", "to": "13:00"} for d in range(1, 8)]},
        ),
    }  # fmt: skip


async def test_filters_narrow_the_list(street: dict[str, Kitchen], as_user: AsUser) -> None:
    guest = await as_user()
    assert set(await names(guest)) == {"Busan", "Rome", "Home"}
    assert set(await names(guest, cuisine="korean")) == {"Busan", "Home"}
    assert await names(guest, cuisine="korean", region="busan") == ["Busan"]
    assert await names(guest, party=10) == ["Rome"]
    assert set(await names(guest, party=2)) == {"Busan", "Home"}
    assert await names(guest, price_min=50_000, price_max=100_000) == ["Rome"]
    assert await names(guest, rating_min=4) == []
    assert code(await guest.get(f"{API}/chefs", params={"cuisine": "martian"})) == (422, "invalid_input")
    assert code(await guest.get(f"{API}/chefs", params={"colour": "red"})) == (422, "invalid_input")


async def test_words_are_found_in_korean_and_english(street: dict[str, Kitchen], as_user: AsUser) -> None:
    guest = await as_user()
    for words_, found in (
        ("해운대", {"Busan"}),
        ("운대", {"Busan"}),
        ("회", {"Busan"}),
        ("모둠회", {"Busan"}),
        ("pasta", {"Rome"}),
        ("PAST", {"Rome"}),
        ("이탈리아", {"Rome"}),
        ("부산 해산물", {"Busan"}),
        ("부산 pasta", set()),
        ("된장국", {"Busan", "Rome", "Home"}),
        ("soybean", {"Busan", "Rome", "Home"}),
        ("' & | ! :* \\", set()),
        ("   ", {"Busan", "Rome", "Home"}),
    ):
        assert set(await names(guest, q=words_)) == found, words_


async def test_a_date_finds_those_who_are_free_that_day(street: dict[str, Kitchen], as_user: AsUser) -> None:
    guest = await as_user()
    day = (datetime.now(UTC) + timedelta(days=3)).date()
    assert set(await names(guest, date=str(day))) == {"Busan", "Rome", "Home"}
    home = street["Home"]
    slot = f"{day}T11:00:00+09:00"
    ok(await hold(guest, home, slot), 201)
    assert set(await names(guest, date=str(day))) == {"Busan", "Rome"}
    assert set(await names(guest, date=str(day + timedelta(days=1)))) == {"Busan", "Rome", "Home"}
    assert await names(guest, date=str(day + timedelta(days=100))) == []
    with counted() as statements:
        await names(guest, date=str(day))
    assert len(statements) <= 4


async def test_the_list_is_sorted_and_paged_by_key(street: dict[str, Kitchen], as_user: AsUser) -> None:
    guest = await as_user()
    await sql(
        "update {s}.chef set rank = case name_en when 'Home' then 4900 when 'Rome' then 4500 else 4000 end"
    )
    for sort, order in (
        ("rating", ["Home", "Rome", "Busan"]),
        ("price", ["Home", "Rome", "Busan"]),
        ("new", ["Home", "Rome", "Busan"]),
    ):
        query: dict[str, Any] = {"sort": sort, "limit": 1}
        seen: list[str] = []
        while True:
            page = ok(await guest.get(f"{API}/chefs", params=query))
            seen += [card["name"] for card in page["items"]]
            if page["next_cursor"] is None:
                break
            query["cursor"] = page["next_cursor"]
        assert seen == order, sort
        day = str((datetime.now(UTC) + timedelta(days=3)).date())
        dated: list[str] = []
        query = {"sort": sort, "limit": 2, "date": day}
        for _ in range(2):
            page = ok(await guest.get(f"{API}/chefs", params=query))
            dated += [card["name"] for card in page["items"]]
            query["cursor"] = page["next_cursor"]
        assert dated == order, sort
        wrong = {"sort": "price" if sort == "rating" else "rating", "cursor": query.get("cursor") or "WzFd"}
        assert code(await guest.get(f"{API}/chefs", params=wrong)) == (422, "cursor_invalid")


async def test_a_list_is_one_question_however_many_chefs(street: dict[str, Kitchen], as_user: AsUser) -> None:
    guest = await as_user()
    with counted() as statements:
        assert len(await names(guest)) == 3
    assert len([s for s in statements if s.lstrip().startswith("select c.id")]) == len(statements) == 1


async def test_a_card_has_the_agreed_shape(street: dict[str, Kitchen], as_user: AsUser) -> None:
    page = ok(await (await as_user()).get(f"{API}/chefs", params={"q": "pasta"}))
    (card,) = page["items"]
    assert card == {
        "id": street["Rome"].id,
        "name": "Rome",
        "headline": "Korean courses in season",
        "cuisines": ["italian"],
        "region": "seoul",
        "city": "마포구",
        "rating": None,
        "review_count": 0,
        "price_from": {"amount": 60_000, "currency": "KRW"},
        "picture": {"kind": "chef", "seed": card["picture"]["seed"], "photo": None},
        "cover": None,
        "instant": True,
        "languages": ["ko"],
        "status": "active",
    }


def test_korean_is_cut_into_pairs_of_syllables() -> None:
    assert words.words("김치찌개") == ["김치", "치찌", "찌개", "개"]
    assert words.words("Kimchi 김치!") == ["kimchi", "김치", "치"]
    assert words.query("김치찌개") == "'김치' & '치찌' & '찌개'"
    assert words.query("국 soup") == "'국':* & 'soup':*"
    assert words.query("?!") is None
