"""The calendar feed, and time that a chef blocks."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import httpx
from icalendar import Calendar

from softfactory.kernel import db
from softfactory.services.coocook import privacy
from softfactory.services.coocook.tests.makers import API, Kitchen, Town, code, hold, hours, move, ok, sql
from softfactory.services.platform.contract import PersonErased, PersonQuery
from softfactory.testing import AsUser, Client


async def renew(kitchen: Kitchen, wish: str = "renew") -> Any:
    shown = await kitchen.chef.get(f"{API}/chefs/{kitchen.id}")
    answer = await kitchen.chef.patch(
        f"{API}/chefs/{kitchen.id}", json={"calendar_feed": wish}, headers={"If-Match": shown.headers["etag"]}
    )
    return ok(answer)["calendar_feed"]


async def read(client: Client, address: str, **headers: str) -> httpx.Response:
    told = urlsplit(address)
    answer: httpx.Response = await client.get(f"{told.path}?{told.query}", headers=headers)
    return answer


def events(answer: httpx.Response) -> list[Any]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/calendar")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


async def test_a_feed_tells_when_what_and_how_many_and_nothing_of_the_guest(
    town: Town, as_user: AsUser, client: Client
) -> None:
    kitchen, guest = await town.kitchen(instant=False), await as_user(name="비밀이름")
    booking = await town.paid(guest, kitchen, note="비밀쪽지", allergens=["peanut"])
    address = (await renew(kitchen))["address"]
    answer = await read(client, address)
    (event,) = events(answer)
    assert event.start == datetime.fromisoformat(booking["starts_at"])
    assert event.end == datetime.fromisoformat(booking["ends_at"])
    assert event.start.tzinfo is UTC or event.start.utcoffset() == timedelta()
    assert str(event["status"]) == "TENTATIVE"
    assert "2" in str(event["summary"])
    for secret in ("비밀이름", "비밀쪽지", "peanut", "땅콩", guest.id, guest.email):
        assert secret not in answer.text

    ok(await move(kitchen.chef, booking, "accept"))
    (event,) = events(await read(client, address))
    assert (str(event["status"]), int(event["sequence"])) == ("CONFIRMED", 0)
    other = (await town.slots(kitchen, after_days=4))[2]["starts_at"]
    path = f"{API}/bookings/{booking['id']}/reschedule"
    ok(await kitchen.chef.post(path, json={"starts_at": other}))
    ok(await guest.post(path, json={"action": "agree", "starts_at": other}))
    (event,) = events(await read(client, address))
    assert (event.start, int(event["sequence"])) == (datetime.fromisoformat(other), 1)
    ok(await guest.post(f"{API}/bookings/{booking['id']}/cancel"))
    assert events(await read(client, address)) == []


async def test_a_feed_that_did_not_change_is_not_sent_again(
    town: Town, as_user: AsUser, client: Client
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    await town.paid(guest, kitchen)
    address = (await renew(kitchen))["address"]
    first = await read(client, address)
    tag = first.headers["etag"]
    for known in (tag, f"W/{tag}", f'"x", {tag}'):
        again = await read(client, address, **{"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    await town.paid(guest, kitchen, number=5)
    changed = await read(client, address, **{"If-None-Match": tag})
    assert (changed.status_code, len(events(changed))) == (200, 2)


async def test_an_address_is_kept_as_a_hash_shown_once_renewed_and_revoked(
    town: Town, as_user: AsUser, client: Client
) -> None:
    kitchen, stranger = await town.kitchen(), await as_user()
    other = await town.kitchen(name="이서연")
    assert ok(await kitchen.chef.get(f"{API}/chefs/me"))["calendar_feed"] == {
        "made_at": None,
        "address": None,
    }
    first = await renew(kitchen)
    token = first["address"].split("token=")[1]
    (row,) = await sql("select feed_hash from {s}.chef where id = :id", id=kitchen.id)
    assert token not in row["feed_hash"]
    shown = ok(await kitchen.chef.get(f"{API}/chefs/me"))["calendar_feed"]
    assert shown == {"made_at": first["made_at"], "address": None}
    wrong = [f"{API}/chefs/{kitchen.id}/calendar.ics?token={token[:-1]}x"]
    wrong.append(f"{API}/chefs/{other.id}/calendar.ics?token={token}")
    wrong.append(f"{API}/chefs/{kitchen.id}/calendar.ics")
    for address in wrong:
        assert code(await client.get(address)) == (404, "no_such_feed")
    taken = await stranger.patch(
        f"{API}/chefs/{kitchen.id}", json={"calendar_feed": "renew"}, headers={"If-Match": '"1"'}
    )
    assert code(taken) == (404, "no_such_chef")

    second = await renew(kitchen)
    assert code(await read(client, first["address"])) == (404, "no_such_feed")
    assert (await read(client, second["address"])).status_code == 200
    assert await renew(kitchen, "revoke") == {"made_at": None, "address": None}
    assert code(await read(client, second["address"])) == (404, "no_such_feed")


async def test_times_are_right_on_a_day_when_the_clocks_change(town: Town, client: Client) -> None:
    """New York, 14 March 2027: noon is 16:00 UTC, the day before it was 17:00."""
    kitchen = await town.kitchen(hour_facts={"zone": "America/New_York"})
    blocked = [{"from": f"2027-03-{day}T12:00", "to": f"2027-03-{day}T13:00"} for day in (13, 14)]
    wish = hours(zone="America/New_York", blocked=blocked)
    ok(await kitchen.chef.put(f"{API}/chefs/{kitchen.id}/availability", json=wish))
    found = events(await read(client, (await renew(kitchen))["address"]))
    assert [event.start.astimezone(UTC).hour for event in found] == [17, 16]


async def test_a_blocked_time_is_neither_offered_nor_held_and_never_over_a_booking(
    town: Town, as_user: AsUser, client: Client
) -> None:
    kitchen, guest = await town.kitchen(), await as_user()
    booking = await town.paid(guest, kitchen, number=6)
    slots = await town.slots(kitchen, after_days=4)
    first = slots[0]["local_start"][:16]
    until = slots[2]["local_start"][:16]
    path = f"{API}/chefs/{kitchen.id}/availability"
    wish = hours(blocked=[{"from": first, "to": until, "note": "치과"}])
    set_ = ok(await kitchen.chef.put(path, json=wish))
    assert set_["blocked"] == [{"from": first, "to": until, "note": "치과"}]
    left = [slot["starts_at"] for slot in await town.slots(kitchen, after_days=4)]
    assert left[0] == slots[2]["starts_at"]
    assert code(await hold(guest, kitchen, slots[0]["starts_at"])) == (409, "slot_taken")
    assert "치과" not in (await client.get(f"{API}/chefs/{kitchen.id}")).text

    assert ok(await kitchen.chef.put(path, json=hours()))["blocked"] == set_["blocked"], "left out: they stay"
    over = {"from": booking["local_start"][:16], "to": booking["local_start"][:11] + "23:00"}
    assert code(await kitchen.chef.put(path, json=hours(blocked=[over]))) == (409, "slot_taken")
    twice = [{"from": first, "to": until}, {"from": first, "to": until}]
    assert code(await kitchen.chef.put(path, json=hours(blocked=twice))) == (409, "slot_taken")
    assert ok(await kitchen.chef.get(f"{API}/chefs/me"))["availability"]["blocked"] == set_["blocked"]
    for wrong in ({"from": until, "to": first}, {"from": "2027-02-30T10:00", "to": "2027-03-01T10:00"}):
        assert code(await kitchen.chef.put(path, json=hours(blocked=[wrong]))) == (422, "invalid_input")
    ok(await kitchen.chef.put(path, json=hours(blocked=[])))
    ok(await hold(guest, kitchen, slots[0]["starts_at"]), 201)


async def test_a_feed_ends_with_its_chefs_account_and_its_secret_is_in_no_file(
    town: Town, client: Client
) -> None:
    kitchen = await town.kitchen()
    address = (await renew(kitchen))["address"]
    who = UUID(kitchen.chef.id)
    async with db.transaction("coocook") as session:
        told = await privacy.tell(session, PersonQuery(person_id=who))
    (profile,) = told.sections["chef_profile"]
    assert "feed_hash" not in profile
    assert (await read(client, address)).status_code == 200
    async with db.transaction("coocook") as session:
        await privacy.forget(session, PersonErased(person_id=who))
    assert code(await read(client, address)) == (404, "no_such_feed")
