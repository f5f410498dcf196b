"""Who hears of what: each row of a booking's life, reviews, and a chef's approval."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, get_args
from uuid import UUID

from softfactory.kernel import db
from softfactory.services.coocook import timeline
from softfactory.services.coocook.schemas.bookings import BookingStatus, What
from softfactory.services.coocook.tests.makers import API, Town, move, ok, sql
from softfactory.testing import AsUser, Clock, Person

RunJobs = Callable[..., Awaitable[int]]
MESSAGES = Path(__file__).parents[1] / "web" / "messages"


async def heard(person: Person) -> list[tuple[str, str, str]]:
    """What a person's bell says, the oldest first."""
    items = ok(await person.get("/api/live/notices", params={"limit": 100}))["items"]
    return [(item["kind"], item["subject_id"], item["says"]) for item in reversed(items)]


def of_coocook(said: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    return [each for each in said if each[0].startswith("coocook.")]


async def test_each_side_hears_what_the_other_did(town: Town, as_user: AsUser, run_jobs: RunJobs) -> None:
    kitchen, guest = await town.kitchen(instant=False), await as_user()
    booking = await town.paid(guest, kitchen)
    await run_jobs()  # what one run tells has no order of its own
    ok(await move(kitchen.chef, booking, "accept"))
    await run_jobs()
    about = ("coocook.booking", booking["id"])
    assert of_coocook(await heard(guest)) == [(*about, "guest.requested"), (*about, "guest.confirmed")]
    assert of_coocook(await heard(kitchen.chef))[1:] == [(*about, "chef.requested")]
    paid = [(kind, says) for kind, _, says in await heard(guest) if kind == "platform.payment"]
    assert paid == [("platform.payment", "settled")], "platform's timeline tells the payer"


async def test_every_row_of_the_timeline_reaches_both_sides_screens(
    town: Town, as_user: AsUser, run_jobs: RunJobs
) -> None:
    """A move that nobody has thought of yet is told as well: telling is the timeline's own."""
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.paid(guest, kitchen)
    await run_jobs()
    before = [ok(await p.get("/api/live/notices"))["last"] for p in (guest, kitchen.chef)]
    async with db.transaction("coocook") as session:
        row = await timeline.lock(session, UUID(booking["id"]))
        await timeline.move(session, row, BookingStatus.DISPUTED, by="admin", reason="because")
    await run_jobs()
    after = [ok(await p.get("/api/live/notices"))["last"] for p in (guest, kitchen.chef)]
    assert [new - old for new, old in zip(after, before, strict=True)] == [1, 1]
    assert (await heard(guest))[-1][2] == "guest.disputed"
    assert ("coocook.booking", booking["id"], "admin.disputed") in await heard(await town.admin())
    changes = await sql("select count(*) as n from {s}.booking_change")
    told = await sql(
        "select count(*) as n from {s}.outbox where payload->>'role' is null and payload->>'kind' = :kind",
        kind=timeline.KIND,
    )
    assert changes == told


async def test_holding_and_letting_go_is_nobodys_news(
    town: Town, as_user: AsUser, run_jobs: RunJobs, clock: Clock
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    await town.booked(guest, kitchen)
    await clock.advance(minutes=30)
    await run_jobs()
    (status,) = await sql("select status from {s}.booking")
    assert status == {"status": "expired"}
    assert of_coocook(await heard(guest)) == []
    assert [says for _, _, says in of_coocook(await heard(kitchen.chef))] == ["approved"]


async def test_reviews_are_told_when_they_are_published(
    town: Town, as_user: AsUser, run_jobs: RunJobs, clock: Clock
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.completed(guest, kitchen, clock)
    path = f"{API}/bookings/{booking['id']}/reviews"
    ok(await guest.post(path, json={"rating": 5, "text": "된장국이 정말 훌륭했어요."}), 201)
    await run_jobs()
    assert ("coocook.review", booking["id"], "chef.published") not in await heard(kitchen.chef)
    ok(await kitchen.chef.post(path, json={"rating": 5, "text": "다정한 손님이었습니다."}), 201)
    await run_jobs()
    assert ("coocook.review", booking["id"], "guest.published") in await heard(guest)
    assert ("coocook.review", booking["id"], "chef.published") in await heard(kitchen.chef)


async def test_admins_hear_of_who_waits_and_chefs_of_the_decision(
    town: Town, as_user: AsUser, run_jobs: RunJobs
) -> None:
    admin, other = await town.admin(), await as_user("admin")
    chef, chef_id = await town.draft()
    await run_jobs()
    for someone in (admin, other):
        assert of_coocook(await heard(someone)) == [("coocook.approval", chef_id, "chef.waiting")]
    await town.approve(chef_id, "decline")
    await run_jobs()
    assert of_coocook(await heard(chef)) == [("coocook.chef", chef_id, "declined")]
    profile = await chef.get(f"{API}/chefs/me")
    answer = await chef.http.patch(
        f"{API}/chefs/{chef_id}",
        json={"headline": "새로 다듬은 소개"},
        headers={"If-Match": profile.headers["ETag"]},
    )
    ok(answer)
    await run_jobs()
    assert [says for _, _, says in of_coocook(await heard(other))] == ["chef.waiting", "chef.waiting"]
    await town.approve(chef_id)
    await run_jobs()
    assert of_coocook(await heard(chef))[-1] == ("coocook.chef", chef_id, "approved")
    assert ("platform.role", None, "granted.chef") in await heard(chef)


def test_everything_that_a_booking_says_has_its_sentence() -> None:
    within = set(get_args(What)) - {"status"}
    for language in ("ko", "en"):
        words: dict[str, Any] = json.loads((MESSAGES / f"live.{language}.json").read_text())["booking"]
        for side in ("guest", "chef"):
            assert set(words[side]) == {*(status.value for status in timeline.SAID), "settled", *within}
    assert set(BookingStatus) - timeline.SAID == {BookingStatus.HELD, BookingStatus.PAYING}
