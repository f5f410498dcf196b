"""Reviews: each side once, blind until both have written, and what they do to a chef's rank."""

from hypothesis import given
from hypothesis import strategies as st

from softfactory.services.coocook import ratings, settings
from softfactory.services.coocook.tests.makers import API, Town, code, ok
from softfactory.testing import AsUser, Clock

GOOD = {"rating": 5, "text": "된장국이 정말 훌륭했어요. Wonderful evening."}
KIND = {"rating": 4, "text": "A pleasant party."}


async def test_neither_side_reads_the_other_before_both_have_written(
    town: Town, as_user: AsUser, clock: Clock, run_jobs
) -> None:
    kitchen, guest = await town.kitchen(), await as_user(name="김민지")
    booking = await town.completed(guest, kitchen, clock)
    path = f"{API}/bookings/{booking['id']}"
    mine = ok(await guest.post(f"{path}/reviews", json=GOOD), 201)
    assert (mine["by"], mine["published_at"]) == ("guest", None)
    assert [review["by"] for review in ok(await guest.get(path))["reviews"]] == ["guest"]
    assert ok(await kitchen.chef.get(path))["reviews"] == []
    listed = f"{API}/chefs/{kitchen.id}/reviews"
    assert ok(await guest.get(listed))["items"] == []

    theirs = ok(await kitchen.chef.post(f"{path}/reviews", json=KIND), 201)
    assert theirs["published_at"] is not None
    assert [review["by"] for review in ok(await kitchen.chef.get(path))["reviews"]] == ["guest", "chef"]
    await run_jobs()
    page = ok(await guest.get(listed))
    assert [review["text"] for review in page["items"]] == [GOOD["text"]]
    assert (page["items"][0]["author_name"], page["items"][0]["menu_name"]) == ("김민지", "Spring course")
    assert page["summary"] == {
        "count": 1,
        "average": 5.0,
        "score": page["summary"]["score"],
        "histogram": [0, 0, 0, 0, 1],
    }
    chef = ok(await guest.get(f"{API}/chefs/{kitchen.id}"))
    assert (chef["rating"], chef["review_count"]) == (5.0, 1)


async def test_a_review_is_shown_when_the_other_sides_time_is_up(
    town: Town, as_user: AsUser, clock: Clock, run_jobs
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.completed(guest, kitchen, clock)
    path = f"{API}/bookings/{booking['id']}/reviews"
    ok(await guest.post(path, json=GOOD), 201)
    await clock.advance(days=13)
    await run_jobs()
    assert ok(await guest.get(f"{API}/chefs/{kitchen.id}/reviews"))["items"] == []
    await clock.advance(days=1, minutes=1)
    await run_jobs()
    assert len(ok(await guest.get(f"{API}/chefs/{kitchen.id}/reviews"))["items"]) == 1
    assert code(await kitchen.chef.post(path, json=KIND)) == (409, "review_closed")


async def test_each_side_reviews_once_and_only_what_took_place(
    town: Town, as_user: AsUser, clock: Clock
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.paid(guest, kitchen)
    path = f"{API}/bookings/{booking['id']}/reviews"
    assert code(await guest.post(path, json=GOOD)) == (409, "not_yet_done")
    await clock.advance(days=4)
    ok(await kitchen.chef.post(f"{API}/bookings/{booking['id']}/transition", json={"action": "complete"}))
    ok(await guest.post(path, json=GOOD), 201)
    assert code(await guest.post(path, json=GOOD)) == (409, "already_reviewed")
    assert code(await (await town.admin()).post(path, json=GOOD)) == (403, "not_your_part")
    for wrong in ({"rating": 6, "text": "!"}, {"rating": 0, "text": "!"}, {"rating": 5, "text": " "}):
        assert code(await guest.post(path, json=wrong)) == (422, "invalid_input")


async def test_reviews_are_searched_in_korean_and_english(
    town: Town, as_user: AsUser, clock: Clock, run_jobs
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.completed(guest, kitchen, clock)
    ok(await guest.post(f"{API}/bookings/{booking['id']}/reviews", json=GOOD), 201)
    await clock.advance(days=15)
    await run_jobs()
    for words, found in (
        ("된장", 1),
        ("훌륭", 1),
        ("wonderful", 1),
        ("wonder", 1),
        ("국", 1),
        ("파스타", 0),
        ("?!", 0),
    ):
        page = ok(await guest.get(f"{API}/chefs/{kitchen.id}/reviews", params={"q": words}))
        assert len(page["items"]) == found, words


async def test_reviews_page_by_key(town: Town, as_user: AsUser, clock: Clock, run_jobs) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    made = [await town.paid(guest, kitchen, number=n) for n in (0, 2, 4)]
    await clock.advance(days=4)
    for n, booking in enumerate(made):
        ok(await kitchen.chef.post(f"{API}/bookings/{booking['id']}/transition", json={"action": "complete"}))
        ok(await guest.post(f"{API}/bookings/{booking['id']}/reviews", json=GOOD | {"text": str(n)}), 201)
        ok(await kitchen.chef.post(f"{API}/bookings/{booking['id']}/reviews", json=KIND), 201)
    path = f"{API}/chefs/{kitchen.id}/reviews"
    first = ok(await guest.get(path, params={"limit": 2}))
    rest = ok(await guest.get(path, params={"limit": 2, "cursor": first["next_cursor"]}))
    assert [review["text"] for review in first["items"] + rest["items"]] == ["2", "1", "0"]
    assert rest["next_cursor"] is None
    assert code(await guest.get(path, params={"cursor": "bm9uc2Vuc2U"})) == (422, "cursor_invalid")


@given(stars=st.lists(st.integers(1, 5)), average=st.floats(1, 5))
def test_a_bayesian_average_lies_between_the_chefs_and_the_average_chef(
    stars: list[int], average: float
) -> None:
    score = ratings.bayesian(sum(stars), len(stars), average)
    own = sum(stars) / len(stars) if stars else average
    assert min(own, average) - 1e-9 <= score <= max(own, average) + 1e-9


def test_one_perfect_review_does_not_stand_above_forty_very_good_ones() -> None:
    prior = settings.PRIOR_RATING
    assert ratings.bayesian(5, 1, prior) < ratings.bayesian(40 * 5 - 8, 40, prior)
