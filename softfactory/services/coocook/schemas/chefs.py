"""Chefs, their menus, their hours and their free times, as the API takes and shows them."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from softfactory.kernel.money import Money
from softfactory.kernel.paging import Page
from softfactory.kernel.pictures import PictureView
from softfactory.kernel.shapes import View, Wish
from softfactory.kernel.time import Moment, ZoneName
from softfactory.services.coocook import settings
from softfactory.services.coocook.codes import Allergen, Cuisine, Policy, Region, SpokenLanguage
from softfactory.services.coocook.schemas.common import (
    Line,
    Name,
    Paragraph,
    Party,
    Picture,
    PolicyView,
    Price,
    Seed,
    refuse,
)


class ChefStatus(StrEnum):
    """``draft`` waits for an admin; ``declined`` may be changed and offered again; ``inactive`` rests."""

    DRAFT = "draft"
    ACTIVE = "active"
    INACTIVE = "inactive"
    DECLINED = "declined"


class ChefSort(StrEnum):
    RATING = "rating"
    PRICE = "price"
    NEW = "new"


Cuisines = Annotated[list[Cuisine], Field(min_length=1, max_length=5)]
Languages = Annotated[list[SpokenLanguage], Field(min_length=1, max_length=5)]


class ChefWish(Wish):
    """A profile in the chef's own words; the ``_en`` fields are what English readers see instead."""

    name: Name
    name_en: Name | None = None
    headline: Line
    headline_en: Line | None = None
    bio: Paragraph = ""
    bio_en: Paragraph | None = None
    cuisines: Cuisines
    region: Region
    city: Annotated[str, Field(max_length=60)] = ""
    languages: Languages = ["ko"]
    policy: Policy = "moderate"
    instant: Annotated[bool, Field(description="Confirm bookings when paid, without asking the chef.")] = (
        False
    )
    picture_seed: Seed | None = None


class ChefPatch(Wish):
    """What changes; fields left out stay. ``status``: rest (``inactive``) or be listed again (``active``)."""

    name: Name | None = None
    name_en: Name | None = None
    headline: Line | None = None
    headline_en: Line | None = None
    bio: Paragraph | None = None
    bio_en: Paragraph | None = None
    cuisines: Cuisines | None = None
    region: Region | None = None
    city: Annotated[str, Field(max_length=60)] | None = None
    languages: Languages | None = None
    policy: Policy | None = None
    instant: bool | None = None
    picture_seed: Seed | None = None
    status: Literal["active", "inactive"] | None = None
    calendar_feed: Annotated[
        Literal["renew", "revoke"] | None,
        Field(description="Make a new address for the calendar feed (the one before ends), or end it."),
    ] = None

    @model_validator(mode="after")
    def _nothing_required_is_emptied(self) -> Self:
        emptied = [
            f
            for f in self.model_fields_set - {"name_en", "headline_en", "bio_en"}
            if getattr(self, f) is None
        ]
        if emptied:
            listed = ", ".join(sorted(emptied))
            raise refuse(f"비워 둘 수 없는 항목입니다: {listed}", f"These cannot be null: {listed}")
        return self


class ChefCard(View):
    """A chef in a list, in the reader's language."""

    id: UUID
    name: str
    headline: str
    cuisines: list[Cuisine]
    region: Region
    city: str
    rating: float | None
    review_count: int
    price_from: Money | None
    picture: Picture
    cover: PictureView | None = None
    instant: bool
    languages: list[SpokenLanguage]
    status: ChefStatus


class ChefView(ChefCard):
    """A chef's page, in the reader's language."""

    gallery: list[PictureView]
    bio: str
    policy: PolicyView
    zone: str
    notice_hours: int
    horizon_days: int
    party_min: int | None
    party_max: int | None
    joined_at: Moment | None
    mine: bool
    version: int


class WeeklyHours(Wish):
    """Open hours on a weekday (1 Monday … 7 Sunday), by the wall clock of the chef's zone. ``to`` may be 24:00."""

    weekday: Annotated[int, Field(ge=1, le=7, strict=True)]
    from_: Annotated[str, Field(alias="from", pattern=r"^([01]\d|2[0-3]):[0-5]\d$", examples=["17:00"])]
    to: Annotated[str, Field(pattern=r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$", examples=["22:00"])]

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.to <= self.from_:
            raise refuse(
                "종료 시각은 시작 시각보다 늦어야 합니다. 자정을 넘기는 시간은 다음 요일의 00:00부터 적어 주세요.",
                "`to` must be later than `from`; hours past midnight go on the next weekday, from 00:00.",
            )
        return self


class DayHours(Wish):
    from_: Annotated[str, Field(alias="from", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    to: Annotated[str, Field(pattern=r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$")]

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.to <= self.from_:
            raise refuse("종료 시각은 시작 시각보다 늦어야 합니다.", "`to` must be later than `from`.")
        return self


class ExceptionDay(Wish):
    """A date with hours of its own; no hours: closed all day."""

    date: dt.date
    hours: Annotated[list[DayHours], Field(max_length=6)] = []
    note: Annotated[str, Field(max_length=120)] = ""


class BlockedTime(Wish):
    """A time that the chef cannot cook, by the wall clock of the chef's zone. ``note`` is for the chef alone."""

    from_: Annotated[
        str, Field(alias="from", pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$", examples=["2026-12-24T10:00"])
    ]
    to: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$", examples=["2026-12-24T15:00"])]
    note: Annotated[str, Field(max_length=120)] = ""

    @model_validator(mode="after")
    def _forward(self) -> Self:
        since, until = (_clock(wall) for wall in (self.from_, self.to))
        if not since < until <= since + dt.timedelta(days=31):
            raise refuse(
                "종료는 시작보다 늦고, 31일을 넘지 않아야 합니다.",
                "`to` must be later than `from`, by at most 31 days.",
            )
        return self


def _clock(wall: str) -> dt.datetime:
    """A wall time of a real day in the years that the calendar can be reckoned with."""
    try:
        told = dt.datetime.fromisoformat(wall)
    except ValueError:
        raise refuse("없는 날짜나 시각입니다.", "There is no such date or time.") from None
    if not 2000 <= told.year <= 2199:
        raise refuse("2000년에서 2199년 사이의 날짜를 적어 주세요.", "Choose a year from 2000 to 2199.")
    return told


class Availability(Wish):
    """When a chef cooks. The whole of it is replaced at once."""

    zone: ZoneName = "Asia/Seoul"
    weekly: Annotated[list[WeeklyHours], Field(max_length=42)]
    exceptions: Annotated[list[ExceptionDay], Field(max_length=400)] = []
    turnaround_minutes: Annotated[int, Field(ge=0, le=480, strict=True)] = settings.TURNAROUND_MINUTES
    notice_hours: Annotated[int, Field(ge=0, le=720, strict=True)] = settings.NOTICE_HOURS
    horizon_days: Annotated[int, Field(ge=1, le=365, strict=True)] = settings.HORIZON_DAYS
    slot_step_minutes: Literal[15, 30, 60, 90, 120] = 60
    blocked: Annotated[
        list[BlockedTime] | None,
        Field(max_length=200, description="Outside appointments from now on; left out: they stay."),
    ] = None

    @model_validator(mode="after")
    def _each_date_once(self) -> Self:
        dates = [day.date for day in self.exceptions]
        if len(set(dates)) != len(dates):
            raise refuse("날짜마다 예외를 하나만 둘 수 있습니다.", "Each date may have one exception.")
        return self


class AvailabilityView(Availability):
    """The hours as they stand now. ``shifted``: wall times of exceptions that the clocks skip, as told to the chef."""

    version: int
    shifted: list[str] = []


class MenuOffer(View):
    """A menu for a party. ``price``: for all of them."""

    id: UUID
    name: str
    price: Money


class FeedView(View):
    """A chef's calendar feed. ``address`` is told once, in the answer that made it: only a hash is kept."""

    made_at: Moment | None
    address: str | None = None


class ChefOwnView(ChefWish):
    """A chef's own profile: every field as written, its state, and the hours."""

    id: UUID
    status: ChefStatus
    decision_reason: str | None
    picture: Picture
    cover: PictureView | None
    gallery: list[PictureView]
    rating: float | None
    review_count: int
    price_from: Money | None
    availability: AvailabilityView
    calendar_feed: FeedView
    version: int


class AlternativeView(ChefCard):
    """Another chef who is free at the same time, with a menu for the party: what a hold needs."""

    menu: MenuOffer
    starts_at: Moment


class PicturesWish(Wish):
    """Which of the chef's own pictures stand where. The whole arrangement is replaced at once."""

    portrait: UUID | None = None
    cover: UUID | None = None
    gallery: Annotated[list[UUID], Field(max_length=12)] = []

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(set(self.gallery)) != len(self.gallery):
            raise refuse("갤러리에 같은 사진이 두 번 있습니다.", "The gallery names a picture twice.")
        return self


class ApprovalWish(Wish):
    decision: Literal["approve", "decline"]
    reason: Annotated[str, Field(min_length=1, max_length=500)]


class Dish(Wish):
    name: Name
    name_en: Name | None = None
    course: Literal["starter", "main", "side", "dessert", "drink"] = "main"
    allergens: Annotated[list[Allergen], Field(max_length=25)] = []


class ExtraWish(Wish):
    """Something to add to a booking. ``per``: once, or for every guest."""

    code: Annotated[str, Field(min_length=1, max_length=30, pattern=r"^[a-z0-9_]+$")]
    name: Name
    name_en: Name | None = None
    price: Price
    per: Literal["booking", "guest"] = "booking"


class MenuWish(Wish):
    """A menu. What was sold stays as it was sold: a change is a new menu that ``replaces`` the old one."""

    name: Name
    name_en: Name | None = None
    description: Annotated[str, Field(max_length=1000)] = ""
    description_en: Annotated[str, Field(max_length=1000)] | None = None
    price_per_guest: Price
    min_party: Party = 1
    max_party: Party
    duration_minutes: Annotated[int, Field(ge=30, le=720, strict=True)] = 180
    dishes: Annotated[list[Dish], Field(min_length=1, max_length=30)]
    extras: Annotated[list[ExtraWish], Field(max_length=20)] = []
    picture_seed: Seed | None = None
    picture_id: Annotated[UUID | None, Field(description="A picture that you sent before.")] = None
    replaces: UUID | None = None
    active: Annotated[bool, Field(description="False withdraws the menu that it replaces.")] = True

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        if self.max_party < self.min_party:
            raise refuse(
                "최대 인원은 최소 인원보다 적을 수 없습니다.", "max_party must be at least min_party."
            )
        codes = [extra.code for extra in self.extras]
        if len(set(codes)) != len(codes):
            raise refuse("추가 항목마다 다른 코드를 사용해 주세요.", "Each extra needs a code of its own.")
        return self


class DishView(View):
    name: str
    course: Literal["starter", "main", "side", "dessert", "drink"]
    allergens: list[Allergen]


class ExtraView(View):
    code: str
    name: str
    price: Money
    per: Literal["booking", "guest"]


class MenuView(View):
    """A menu in the reader's language."""

    id: UUID
    chef_id: UUID
    name: str
    description: str
    price_per_guest: Money
    min_party: int
    max_party: int
    duration_minutes: int
    dishes: list[DishView]
    extras: list[ExtraView]
    allergens: list[Allergen]
    picture: Picture
    active: bool


class SlotView(View):
    """A free time. ``local_start`` is the wall time in ``zone`` with its offset."""

    starts_at: Moment
    ends_at: Moment
    local_start: str
    zone: str


ChefPage = Page[ChefCard]
MenuPage = Page[MenuView]
SlotPage = Page[SlotView]
