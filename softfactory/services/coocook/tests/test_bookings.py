"""A guest books an evening: from the hold to the meal."""

from datetime import UTC, datetime, timedelta

from softfactory.services.coocook.tests.makers import API, Town, book, code, hold, move, ok, pay
from softfactory.testing import AsUser, Clock, Mailbox


async def test_a_guest_books_pays_and_is_cooked_for(
    town: Town, as_user: AsUser, clock: Clock, run_jobs, mailbox: Mailbox
) -> None:
    kitchen, guest = await town.kitchen(instant=False), await as_user(name="김민지")
    booking = await town.booked(
        guest, kitchen, note="창가 자리요", extras=[{"code": "cake"}, {"code": "wine", "quantity": 2}]
    )
    assert booking["status"] == "held"
    assert booking["price"] == {"amount": 2 * 80_000 + 2 * 5_000 + 2 * 45_000, "currency": "KRW"}
    assert [line["label"] for line in booking["lines"]] == ["Spring course", "Cake", "Wine"]
    assert booking["actions"] == ["pay", "cancel"]

    ok(await pay(guest, booking))
    requested = ok(await kitchen.chef.get(f"{API}/bookings/{booking['id']}"))
    assert (requested["status"], requested["actions"]) == ("requested", ["accept", "decline", "reschedule"])
    accepted = ok(await move(kitchen.chef, booking, "accept"))
    assert accepted["status"] == "confirmed"
    await clock.advance(days=4)
    completed = ok(await move(kitchen.chef, booking, "complete"))
    assert [step["to_status"] for step in completed["timeline"]] == [
        "held", "paying", "requested", "confirmed", "completed",
    ]  # fmt: skip
    assert [step["by"] for step in completed["timeline"]] == ["guest", "system", "system", "chef", "chef"]

    await clock.advance(days=3)
    await run_jobs()
    letters = {(letter.template, letter.to) for letter in await mailbox()}
    assert {("request_received", kitchen.chef.email), ("booking_confirmed", guest.email)} <= letters


async def test_a_chef_who_confirms_at_once_is_not_asked(town: Town, as_user: AsUser) -> None:
    booking = await town.paid(await as_user(), await town.kitchen(instant=True))
    assert booking["status"] == "confirmed"


async def test_the_same_hold_booked_again_is_the_same_booking(town: Town, as_user: AsUser) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    held = ok(await hold(guest, kitchen, await town.start(kitchen)), 201)
    first, again = ok(await book(guest, held["id"]), 201), ok(await book(guest, held["id"]), 201)
    assert first["id"] == again["id"]
    assert first["order_id"] == again["order_id"]


async def test_the_same_key_gives_the_same_answer_and_another_body_is_refused(
    town: Town, as_user: AsUser
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    held = ok(await hold(guest, kitchen, await town.start(kitchen)), 201)
    first = await book(guest, held["id"], key="k1")
    again = await book(guest, held["id"], key="k1")
    assert first.json() == again.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    assert code(await book(guest, held["id"], key="k1", note="other")) == (422, "key_reused")


async def test_a_booking_needs_a_live_hold_of_ones_own(town: Town, as_user: AsUser, clock: Clock) -> None:
    kitchen, guest, stranger = await town.kitchen(), await as_user(), await as_user()
    held = ok(await hold(guest, kitchen, await town.start(kitchen)), 201)
    assert code(await book(stranger, held["id"])) == (404, "no_such_hold")
    await clock.advance(minutes=11)
    assert code(await book(guest, held["id"])) == (409, "hold_ended")


async def test_an_expired_hold_is_refused_before_money_moves(
    town: Town, as_user: AsUser, clock: Clock, run_jobs
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.booked(guest, kitchen)
    await clock.advance(minutes=11)
    assert ok(await guest.get(f"{API}/bookings/{booking['id']}"))["status"] == "expired"
    assert code(await pay(guest, booking)) == (409, "subject_gone")
    after = ok(await guest.get(f"{API}/bookings/{booking['id']}"))
    assert (after["status"], after["timeline"][-1]["reason"]) == ("expired", "not_paid_in_time")
    assert after["actions"] == []
    await run_jobs()


async def test_time_that_was_not_paid_for_is_free_again(
    town: Town, as_user: AsUser, clock: Clock, run_jobs
) -> None:
    kitchen, guest, other = await town.kitchen(), await as_user(), await as_user()
    booking = await town.booked(guest, kitchen)
    await clock.advance(minutes=11)
    ok(await hold(other, kitchen, booking["starts_at"]), 201)
    assert ok(await guest.get(f"{API}/bookings/{booking['id']}"))["timeline"][-1]["to_status"] == "expired"
    await run_jobs()


async def test_a_declined_card_leaves_the_hold_and_time_to_try_again(
    town: Town, as_user: AsUser, clock: Clock
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.booked(guest, kitchen)
    await clock.advance(minutes=9)
    assert (await pay(guest, booking, "sandbox_declined")).status_code in (402, 409, 422)
    held = ok(await guest.get(f"{API}/bookings/{booking['id']}"))
    assert held["status"] == "held"
    left = datetime.fromisoformat(held["expires_at"]) - clock.now()
    assert timedelta(minutes=4) < left <= timedelta(minutes=5)
    await clock.advance(minutes=3)
    ok(await pay(guest, booking))
    assert ok(await guest.get(f"{API}/bookings/{booking['id']}"))["status"] == "confirmed"


async def test_dishes_with_a_guests_allergen_need_a_written_acknowledgement(
    town: Town, as_user: AsUser
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    held = ok(await hold(guest, kitchen, await town.start(kitchen)), 201)
    refused = await book(guest, held["id"], allergens=["shellfish"])
    assert code(refused) == (422, "allergen_conflict")
    assert refused.json()["facts"]["conflicts"] == [{"dish": "Chilled shrimp", "allergens": ["shellfish"]}]
    assert "Chilled shrimp" in refused.json()["detail"]
    booking = ok(await book(guest, held["id"], allergens=["shellfish"], acknowledge_allergens=True), 201)
    assert "Chilled shrimp" in booking["acknowledgement"]["sentence"]
    assert booking["acknowledgement"]["allergens"] == ["shellfish"]


async def test_an_extra_that_the_menu_lacks_is_refused(town: Town, as_user: AsUser) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    held = ok(await hold(guest, kitchen, await town.start(kitchen)), 201)
    assert code(await book(guest, held["id"], extras=[{"code": "gold"}])) == (422, "extra_unknown")
    twice = [{"code": "wine"}, {"code": "wine"}]
    assert code(await book(guest, held["id"], extras=twice)) == (422, "extra_unknown")


async def test_someone_elses_booking_looks_as_if_it_were_not_there(town: Town, as_user: AsUser) -> None:
    kitchen, guest, stranger = await town.kitchen(), await as_user(), await as_user()
    booking = await town.booked(guest, kitchen)
    path = f"{API}/bookings/{booking['id']}"
    for answer in (
        await stranger.get(path),
        await move(stranger, booking, "accept"),
        await stranger.post(f"{path}/cancel"),
        await stranger.post(f"{path}/reviews", json={"rating": 5, "text": "!"}),
    ):
        assert code(answer) == (404, "no_such_booking")
    assert ok(await (await town.admin()).get(path))["id"] == booking["id"]
    assert code(await move(guest, booking, "accept")) == (403, "not_your_part")


async def test_actions_that_do_not_exist_yet_are_refused(town: Town, as_user: AsUser) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.paid(guest, kitchen)
    assert code(await move(kitchen.chef, booking, "dispute")) == (422, "invalid_input")


async def test_a_meal_cannot_be_complete_before_it_ends(town: Town, as_user: AsUser) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.paid(guest, kitchen)
    assert code(await move(kitchen.chef, booking, "complete")) == (409, "too_early")
    assert code(await move(kitchen.chef, booking, "no_show")) == (409, "too_early")
    assert code(await move(kitchen.chef, booking, "decline")) == (409, "wrong_state")


async def test_a_request_nobody_answers_is_refunded(
    town: Town, as_user: AsUser, clock: Clock, run_jobs
) -> None:
    kitchen, guest = await town.kitchen(instant=False), await as_user()
    booking = await town.paid(guest, kitchen, after_days=5)
    await clock.advance(hours=25)
    await run_jobs()
    after = ok(await guest.get(f"{API}/bookings/{booking['id']}"))
    assert (after["status"], after["timeline"][-1]["reason"]) == ("expired", "not_answered")
    assert after["refund"] == {"amount": booking["price"], "state": "done"}
    assert await town.slots(kitchen, after_days=5)


async def test_a_declined_request_is_refunded_and_other_chefs_are_offered(
    town: Town, as_user: AsUser, run_jobs
) -> None:
    kitchen, guest = await town.kitchen(instant=False), await as_user()
    other = await town.kitchen(name="이서연")
    await town.kitchen(name="제주 셰프", region="jeju")
    booking = await town.paid(guest, kitchen)
    declined = ok(await move(kitchen.chef, booking, "decline"))
    assert declined["status"] == "declined"
    await run_jobs()
    after = ok(await guest.get(f"{API}/bookings/{booking['id']}"))
    assert after["refund"] == {"amount": booking["price"], "state": "done"}
    assert [chef["id"] for chef in after["alternatives"]] == [other.id]


async def test_a_meal_nobody_spoke_of_completes_by_itself_and_the_chef_is_paid(
    town: Town, as_user: AsUser, clock: Clock, run_jobs
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.paid(guest, kitchen)
    await clock.advance(days=5)
    await run_jobs()
    after = ok(await guest.get(f"{API}/bookings/{booking['id']}"))
    assert (after["status"], after["timeline"][-1]["by"]) == ("completed", "system")
    await clock.advance(days=3)
    await run_jobs()
    from softfactory.services.coocook.tests.makers import sql

    (row,) = await sql("select paid_out_at from {s}.booking")
    assert row["paid_out_at"] is not None


async def test_lists_show_each_side_its_bookings_page_by_page(town: Town, as_user: AsUser) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    made = [await town.paid(guest, kitchen, number=n) for n in (0, 3, 6)]
    first = ok(await guest.get(f"{API}/bookings", params={"limit": 2}))
    rest = ok(await guest.get(f"{API}/bookings", params={"limit": 2, "cursor": first["next_cursor"]}))
    assert [b["id"] for b in first["items"] + rest["items"]] == [b["id"] for b in reversed(made)]
    assert rest["next_cursor"] is None
    assert ok(await guest.get(f"{API}/bookings", params={"role": "chef"}))["items"] == []
    of_chef = ok(await kitchen.chef.get(f"{API}/bookings", params={"role": "chef", "status": ["confirmed"]}))
    assert len(of_chef["items"]) == 3
    day = datetime.fromisoformat(made[0]["starts_at"]).astimezone(UTC).date()
    none = ok(await guest.get(f"{API}/bookings", params={"from": str(day + timedelta(days=5))}))
    assert none["items"] == []
