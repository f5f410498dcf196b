"""Reviews after they are written: replies, reports, hiding with a reason, appeals, and what hiding does elsewhere."""

from typing import Any

import httpx
import pytest

from softfactory.services.coocook.tests.makers import API, Kitchen, Town, code, ok, sql
from softfactory.testing import AsUser, Clock, Mailbox, Person

GOOD = {"rating": 5, "text": "된장국이 정말 훌륭했어요."}
BAD = {"rating": 1, "text": "전화번호는 010-0000-0000 이에요. 별로였어요."}


async def act(person: Person, review: Any, action: str, **facts: Any) -> httpx.Response:
    wish = {"action": action} | facts
    answer: httpx.Response = await person.post(f"{API}/reviews/{review['id']}/actions", json=wish)
    return answer


async def reviewed(
    town: Town, as_user: AsUser, clock: Clock, run_jobs: Any, told: Any = BAD
) -> tuple[Kitchen, Person, Any, str]:
    """A chef, a guest, the guest's published review and the booking's path."""
    kitchen, guest = await town.kitchen(), await as_user(name="김민지")
    booking = await town.completed(guest, kitchen, clock)
    path = f"{API}/bookings/{booking['id']}"
    review = ok(await guest.post(f"{path}/reviews", json=told), 201)
    ok(await kitchen.chef.post(f"{path}/reviews", json={"rating": 4, "text": "Kind."}), 201)
    await run_jobs()
    return kitchen, guest, review, path


async def test_the_reviewed_side_replies_once_and_betters_it_for_two_days(
    town: Town, as_user: AsUser, clock: Clock, run_jobs: Any, mailbox: Mailbox
) -> None:
    kitchen, guest, review, path = await reviewed(town, as_user, clock, run_jobs, GOOD)
    assert code(await act(guest, review, "reply", text="Me too")) == (403, "not_your_review")
    assert code(await act(await as_user(), review, "reply", text="Me too")) == (403, "not_your_review")
    assert ok(await act(kitchen.chef, review, "reply", text="감사합니다"))["reply"]["text"] == "감사합니다"
    await clock.advance(hours=47)
    first = ok(await act(kitchen.chef, review, "reply", text="정말 감사합니다"))["reply"]
    (shown,) = ok(await guest.get(f"{API}/chefs/{kitchen.id}/reviews"))["items"]
    assert shown["reply"] == first
    assert first["text"] == "정말 감사합니다"
    await clock.advance(hours=2)
    assert code(await act(kitchen.chef, review, "reply", text="!")) == (409, "reply_closed")
    theirs = next(r for r in ok(await guest.get(path))["reviews"] if r["by"] == "chef")
    assert ok(await act(guest, theirs, "reply", text="Thank you"))["reply"]["text"] == "Thank you"
    assert code(await act(await as_user(), theirs, "reply", text="?")) == (404, "no_such_review")
    await run_jobs()
    assert [letter.template for letter in await mailbox()].count("review_replied") == 2


async def test_a_reported_review_is_hidden_leaves_rating_rank_and_search_and_is_restored_on_appeal(
    town: Town, as_user: AsUser, clock: Clock, run_jobs: Any, mailbox: Mailbox
) -> None:
    kitchen, guest, review, path = await reviewed(town, as_user, clock, run_jobs)
    admin, reader = await town.admin(), await as_user()
    chef_page, listed = f"{API}/chefs/{kitchen.id}", f"{API}/chefs/{kitchen.id}/reviews"
    (before,) = await sql("select rank from {s}.chef where id = :id", id=kitchen.id)
    ok(await act(reader, review, "report", code="personal_data"))
    assert code(await act(reader, review, "report", code="spam")) == (409, "already_reported")
    ok(await act(kitchen.chef, review, "report", code="personal_data", text="전화번호가 있어요"))
    queue = ok(await admin.get(f"{API}/reviews"))
    assert (queue["reported"], queue["appealed"]) == (1, 0)
    (waiting,) = queue["items"]
    assert waiting["id"] == review["id"]
    assert [(a["kind"], a["by"], a["code"]) for a in waiting["acts"]] == [
        ("report", "reader", "personal_data"),
        ("report", "chef", "personal_data"),
    ]
    assert len(ok(await reader.get(listed))["items"]) == 1, "shown until an admin decides"

    hidden = ok(await act(admin, review, "hide", text="전화번호가 들어 있음"))
    assert hidden["hidden"]["reason"] == "전화번호가 들어 있음"
    await run_jobs()
    assert ok(await reader.get(listed))["items"] == []
    assert ok(await reader.get(listed, params={"q": "별로"}))["items"] == []
    assert ok(await reader.get(listed))["summary"]["count"] == 0
    assert ok(await reader.get(chef_page))["rating"] is None
    await clock.advance(minutes=61)  # all chefs are ranked anew each hour
    await run_jobs()
    (after,) = await sql("select rank, rating_count from {s}.chef where id = :id", id=kitchen.id)
    assert (after["rank"] > before["rank"], after["rating_count"]) == (True, 0)
    assert ok(await admin.get(f"{API}/reviews"))["items"] == []
    assert [r["by"] for r in ok(await kitchen.chef.get(path))["reviews"]] == ["chef"]
    assert code(await act(reader, review, "report", code="spam")) == (404, "no_such_review")
    mine = next(r for r in ok(await guest.get(path))["reviews"] if r["by"] == "guest")
    assert mine["hidden"]["reason"] == "전화번호가 들어 있음"

    assert code(await act(kitchen.chef, review, "appeal", text="?")) == (404, "no_such_review")
    ok(await act(guest, review, "appeal", text="번호는 가짜예요"))
    assert code(await act(guest, review, "appeal", text="제발")) == (409, "already_appealed")
    queue = ok(await admin.get(f"{API}/reviews", params={"state": "appealed"}))
    assert ([item["id"] for item in queue["items"]], queue["appealed"]) == ([review["id"]], 1)
    assert [i["id"] for i in ok(await admin.get(f"{API}/reviews", params={"state": "hidden"}))["items"]] == [
        review["id"]
    ]
    shown = ok(await act(admin, review, "restore", text="가짜 번호가 맞음"))
    assert shown["hidden"] is None
    await run_jobs()
    assert len(ok(await reader.get(listed))["items"]) == 1
    assert ok(await reader.get(chef_page))["rating"] == 1.0
    trace = await sql("select kind, by, actor_id, reason from {s}.review_act order by at, id")
    assert [row["kind"] for row in trace] == ["report", "report", "hide", "appeal", "restore"]
    assert str(trace[2]["actor_id"]) == admin.id
    templates = [letter.template for letter in await mailbox()]
    assert templates.count("review_hidden") == templates.count("review_restored") == 1


async def test_hiding_again_refuses_an_appeal_and_keeping_settles_reports(
    town: Town, as_user: AsUser, clock: Clock, run_jobs: Any, mailbox: Mailbox
) -> None:
    kitchen, guest, review, _ = await reviewed(town, as_user, clock, run_jobs)
    admin, reader = await town.admin(), await as_user()
    assert code(await act(admin, review, "restore", text="fine")) == (409, "nothing_to_decide")
    ok(await act(reader, review, "report", code="fake"))
    ok(await act(admin, review, "restore", text="A real evening."))
    assert ok(await admin.get(f"{API}/reviews"))["items"] == []
    ok(await act(kitchen.chef, review, "report", code="offensive"))
    ok(await act(admin, review, "hide", text="Rude."))
    assert code(await act(admin, review, "hide", text="Ruder.")) == (409, "already_hidden")
    ok(await act(guest, review, "appeal", text="It is true."))
    ok(await act(admin, review, "hide", text="Still rude."))
    assert code(await act(guest, review, "appeal", text="But")) == (409, "already_appealed")
    await run_jobs()
    assert [letter.template for letter in await mailbox()].count("appeal_refused") == 1
    kinds = [row["kind"] for row in await sql("select kind from {s}.review_act order by at, id")]
    assert kinds == ["report", "keep", "report", "hide", "appeal", "hide"]


async def test_what_nobody_reads_yet_can_neither_be_reported_nor_hidden(
    town: Town, as_user: AsUser, clock: Clock
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.completed(guest, kitchen, clock)
    review = ok(await guest.post(f"{API}/bookings/{booking['id']}/reviews", json=GOOD), 201)
    for person in (kitchen.chef, await as_user()):
        assert code(await act(person, review, "report", code="spam")) == (404, "no_such_review")
    assert code(await act(await town.admin(), review, "hide", text="?")) == (409, "not_published")
    assert code(await act(guest, review, "report", code="spam")) == (403, "own_review")
    assert code(await act(guest, review, "appeal", text="?")) == (409, "not_hidden")


@pytest.mark.parametrize(
    "wish",
    [
        {"action": "reply"},
        {"action": "report"},
        {"action": "report", "code": "other"},
        {"action": "hide", "text": " "},
        {"action": "appeal", "code": "spam", "text": "x"},
        {"action": "delete", "text": "x"},
    ],
)
async def test_an_action_says_what_it_must(
    town: Town, as_user: AsUser, clock: Clock, run_jobs: Any, wish: Any
) -> None:
    *_, review, _ = await reviewed(town, as_user, clock, run_jobs, GOOD)
    answer = await (await town.admin()).post(f"{API}/reviews/{review['id']}/actions", json=wish)
    assert code(answer) == (422, "invalid_input")


async def test_only_admins_decide_and_not_about_their_own_table(
    town: Town, as_user: AsUser, clock: Clock, run_jobs: Any
) -> None:
    kitchen, guest = await town.kitchen(), await as_user("admin")
    booking = await town.completed(guest, kitchen, clock)
    path = f"{API}/bookings/{booking['id']}/reviews"
    review = ok(await guest.post(path, json=GOOD), 201)
    ok(await kitchen.chef.post(path, json=GOOD), 201)
    assert code(await act(kitchen.chef, review, "hide", text="?")) == (403, "role_missing")
    assert code(await act(guest, review, "hide", text="?")) == (403, "own_case")
    assert code(await kitchen.chef.get(f"{API}/reviews")) == (403, "role_missing")
