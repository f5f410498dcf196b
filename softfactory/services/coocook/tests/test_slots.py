"""Free times: arithmetic of hours, notice, horizon and of days on which the clocks change."""

import datetime as dt
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from softfactory.services.coocook import slots
from softfactory.services.coocook.slots import Hours
from softfactory.services.coocook.tests.makers import API, Town, code, hold, hours, menu, ok
from softfactory.testing import AsUser, Clock

TWO_HOURS = timedelta(hours=2)


def open_(zone: str, *spans: tuple[str, str], step: int = 60, **facts: timedelta) -> Hours:
    """The same hours on every day."""
    return Hours(
        zone=zone,
        weekly={day: list(spans) for day in range(1, 8)},
        exceptions={},
        turnaround=facts.get("turnaround", timedelta()),
        notice=facts.get("notice", timedelta()),
        horizon=facts.get("horizon", timedelta(days=60)),
        step=timedelta(minutes=step),
    )


def walls(hours: Hours, day: dt.date, duration: timedelta = TWO_HOURS) -> list[str]:
    return [
        f"{slot.starts_at.astimezone(ZoneInfo(hours.zone)):%H:%M%z}"
        for slot in slots.starts(hours, day, day, duration)
    ]


def test_an_evening_offers_the_starts_whose_meals_end_in_time() -> None:
    assert walls(open_("Asia/Seoul", ("17:00", "22:00")), dt.date(2027, 3, 14)) == [
        "17:00+0900",
        "18:00+0900",
        "19:00+0900",
        "20:00+0900",
    ]


def test_an_hour_that_the_clocks_skip_is_not_offered() -> None:
    new_york = open_("America/New_York", ("00:00", "06:00"))
    assert walls(new_york, dt.date(2027, 3, 14)) == ["00:00-0500", "01:00-0500", "03:00-0400", "04:00-0400"]
    half = open_("America/New_York", ("01:30", "06:00"))
    assert walls(half, dt.date(2027, 3, 14)) == ["01:30-0500", "03:30-0400"]


def test_an_hour_that_comes_twice_is_offered_once_and_first() -> None:
    new_york = open_("America/New_York", ("00:00", "06:00"))
    assert walls(new_york, dt.date(2027, 11, 7)) == [
        "00:00-0400",
        "01:00-0400",
        "02:00-0500",
        "03:00-0500",
        "04:00-0500",
    ]


def test_a_meal_lasts_as_long_on_the_day_the_clocks_change() -> None:
    new_york = open_("America/New_York", ("00:00", "06:00"))
    for slot in slots.starts(new_york, dt.date(2027, 3, 13), dt.date(2027, 3, 15), TWO_HOURS):
        assert slot.ends_at - slot.starts_at == TWO_HOURS


def test_an_evening_stays_at_its_wall_time_through_the_change() -> None:
    dinner = open_("America/New_York", ("18:00", "20:00"))
    found = [walls(dinner, dt.date(2027, 3, day)) for day in (13, 14, 15)]
    assert found == [["18:00-0500"], ["18:00-0400"], ["18:00-0400"]]


def test_a_zone_that_changes_by_half_an_hour_works() -> None:
    lord_howe = open_("Australia/Lord_Howe", ("01:00", "05:00"))
    assert walls(lord_howe, dt.date(2027, 10, 3)) == ["01:00+1030", "03:00+1100"]


def test_a_meal_goes_on_past_midnight_when_the_next_day_is_open() -> None:
    night = Hours(
        zone="Asia/Seoul",
        weekly={6: [("20:00", "24:00")], 7: [("00:00", "02:00")]},
        exceptions={},
        turnaround=timedelta(),
        notice=timedelta(),
        horizon=timedelta(days=60),
        step=timedelta(hours=1),
    )
    saturday = dt.date(2027, 3, 13)
    assert walls(night, saturday, timedelta(hours=3)) == [
        "20:00+0900",
        "21:00+0900",
        "22:00+0900",
        "23:00+0900",
    ]
    assert walls(night, saturday + timedelta(days=1), TWO_HOURS) == ["00:00+0900"]


def test_an_exception_replaces_the_day() -> None:
    holiday = dt.date(2027, 3, 14)
    hours_ = open_("Asia/Seoul", ("17:00", "22:00"))
    closed = Hours(**{f: getattr(hours_, f) for f in hours_.__slots__} | {"exceptions": {holiday: []}})
    lunch = Hours(
        **{f: getattr(hours_, f) for f in hours_.__slots__} | {"exceptions": {holiday: [("11:00", "13:00")]}}
    )
    assert walls(closed, holiday) == []
    assert walls(lunch, holiday) == ["11:00+0900"]


def test_turnaround_keeps_a_gap_after_and_before() -> None:
    day = datetime(2027, 3, 14, tzinfo=ZoneInfo("Asia/Seoul"))
    hours_ = open_("Asia/Seoul", ("09:00", "18:00"), turnaround=timedelta(hours=1))
    taken = [(day + timedelta(hours=12), day + timedelta(hours=15))]  # a meal until 14:00 and the turnaround
    found = slots.free(hours_, day, day + slots.DAY, TWO_HOURS, taken=taken, now=day - slots.DAY)
    assert [slot.starts_at.astimezone(day.tzinfo).hour for slot in found] == [9, 15, 16]


def test_notice_and_horizon_bound_what_is_offered() -> None:
    now = datetime(2027, 3, 14, 1, 30, tzinfo=UTC)  # 10:30 in Seoul
    hours_ = open_("Asia/Seoul", ("09:00", "22:00"), notice=timedelta(hours=3), horizon=timedelta(days=1))
    found = slots.free(hours_, now - slots.DAY, now + 9 * slots.DAY, TWO_HOURS, taken=[], now=now)
    assert found[0].starts_at == datetime(2027, 3, 14, 5, 0, tzinfo=UTC)
    assert found[-1].starts_at == datetime(2027, 3, 15, 1, 0, tzinfo=UTC)


ZONES = [
    "Asia/Seoul",
    "America/New_York",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Africa/Cairo",
]


@settings(max_examples=150, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    day=st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31)),
    opens=st.integers(0, 22),
    length=st.integers(1, 12),
    step=st.sampled_from([15, 30, 60, 90, 120]),
    minutes=st.integers(30, 300),
)
def test_whatever_the_zone_starts_are_real_wall_times_on_the_grid(
    zone: str, day: dt.date, opens: int, length: int, step: int, minutes: int
) -> None:
    closes = min(opens + length, 24)
    hours_ = Hours(
        zone=zone,
        weekly={day.isoweekday(): [(f"{opens:02}:00", f"{closes:02}:00")]},
        exceptions={},
        turnaround=timedelta(),
        notice=timedelta(),
        horizon=timedelta(days=1),
        step=timedelta(minutes=step),
    )
    found = list(slots.starts(hours_, day, day, timedelta(minutes=minutes)))
    assert found == sorted(set(found), key=lambda slot: slot.starts_at)
    for slot in found:
        wall = slot.starts_at.astimezone(ZoneInfo(zone))
        assert wall.date() == day
        assert (wall.hour * 60 + wall.minute - opens * 60) % step == 0
        assert wall.fold == 0
        assert slots.offers(hours_, slot.starts_at, timedelta(minutes=minutes))


async def test_slots_are_told_in_the_readers_zone(town: Town) -> None:
    kitchen = await town.kitchen()
    (first, *_) = await town.slots(kitchen)
    assert first["local_start"].endswith("09:00+09:00")
    assert first["zone"] == "Asia/Seoul"
    abroad = await town.slots(kitchen, tz="America/New_York")
    assert {slot["zone"] for slot in abroad} == {"America/New_York"}
    assert abroad[0]["local_start"][-6:] in ("-04:00", "-05:00")
    start = datetime.fromisoformat(abroad[0]["starts_at"])
    assert start == datetime.fromisoformat(abroad[0]["local_start"])


async def test_held_time_is_not_offered_to_others(town: Town, as_user: AsUser, clock: Clock) -> None:
    kitchen, guest = await town.kitchen(hour_facts={"turnaround_minutes": 60}), await as_user()
    before = [slot["starts_at"] for slot in await town.slots(kitchen)]
    ok(await hold(guest, kitchen, before[3]), 201)  # 12:00 to 14:00, and an hour to turn around
    after = [slot["starts_at"] for slot in await town.slots(kitchen)]
    assert [start for start in before if start not in after] == before[1:6]
    await clock.advance(minutes=10)
    assert [slot["starts_at"] for slot in await town.slots(kitchen)] == before


async def test_slots_without_a_menu_are_long_enough_for_any(town: Town) -> None:
    kitchen = await town.kitchen()
    longer = {"name": "긴 코스", "duration_minutes": 300, "min_party": 2, "max_party": 4}

    long_id = ok(await kitchen.chef.post(f"{API}/chefs/{kitchen.id}/menus", json=menu(**longer)), 201)["id"]
    any_menu = await town.slots(kitchen)
    assert any_menu == await town.slots(kitchen, menu_id=long_id)
    assert len(any_menu) < len(await town.slots(kitchen, menu_id=kitchen.menu_id))
    assert len(await town.slots(kitchen, party=6)) == len(await town.slots(kitchen, menu_id=kitchen.menu_id))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"from": "2027-03-02", "to": "2027-03-01"}, (422, "range_wrong")),
        ({"from": "2027-01-01", "to": "2027-12-31"}, (422, "range_wrong")),
        ({"from": "2027-02-30", "to": "2027-03-01"}, (422, "invalid_input")),
        ({"from": "2027-03-01", "to": "2027-03-01", "tz": "Mars/Base"}, (422, "invalid_input")),
        ({"from": "2027-03-01", "to": "2027-03-01", "party": "99"}, (422, "party_out_of_range")),
    ],
)
async def test_a_wrong_question_for_slots_is_refused(
    town: Town, query: dict[str, str], expected: object
) -> None:
    kitchen = await town.kitchen()
    answer = await kitchen.chef.get(f"{API}/chefs/{kitchen.id}/slots", params={"party": "2"} | query)
    assert code(answer) == expected


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1969-12-31"])
async def test_days_at_the_ends_of_the_calendar_are_simply_not_free(town: Town, day: str) -> None:
    kitchen = await town.kitchen()
    query = {"from": day, "to": day, "party": 2}
    assert ok(await kitchen.chef.get(f"{API}/chefs/{kitchen.id}/slots", params=query))["items"] == []
    assert ok(await kitchen.chef.get(f"{API}/chefs", params={"date": day}))["items"] == []


async def test_hours_that_make_no_sense_are_refused(town: Town, as_user: AsUser) -> None:
    kitchen, stranger = await town.kitchen(), await as_user()
    path = f"{API}/chefs/{kitchen.id}/availability"
    for wrong in (
        hours(weekly=[{"weekday": 1, "from": "22:00", "to": "17:00"}]),
        hours(weekly=[{"weekday": 8, "from": "17:00", "to": "22:00"}]),
        hours(exceptions=[{"date": "2027-01-01"}, {"date": "2027-01-01"}]),
        hours(zone="Korea"),
        hours(slot_step_minutes=7),
    ):
        assert code(await kitchen.chef.put(path, json=wrong)) == (422, "invalid_input")
    assert code(await stranger.put(path, json=hours())) == (404, "no_such_chef")


async def test_a_chef_is_told_which_wall_times_the_clocks_skip(town: Town) -> None:
    chef, chef_id = await town.draft()
    today = datetime.now(UTC).date()
    wish = hours(
        zone="America/New_York", horizon_days=365, weekly=[{"weekday": 7, "from": "02:30", "to": "09:00"}]
    )
    told = ok(await chef.put(f"{API}/chefs/{chef_id}/availability", json=wish))
    assert [wall[10:] for wall in told["shifted"]] == ["T02:30"]
    assert told["shifted"][0] > str(today)
    assert told["weekly"] == wish["weekly"]


async def test_a_refused_shape_is_explained_in_the_callers_language(town: Town, as_user: AsUser) -> None:
    wrong = hours(weekly=[{"weekday": 1, "from": "22:00", "to": "17:00"}])
    for language, sentence in (
        ("ko", "종료 시각은 시작 시각보다 늦어야 합니다."),
        ("en", "`to` must be later than"),
    ):
        person = await as_user(language=language)
        refused = await person.put(f"{API}/chefs/{uuid4()}/availability", json=wrong)
        assert refused.json()["errors"][0]["message"].startswith(sentence)
