"""Holds, bookings and their cancellation, as the API takes and shows them."""

from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from softfactory.kernel.money import Amount, Money
from softfactory.kernel.paging import Page
from softfactory.kernel.shapes import View, Wish
from softfactory.kernel.time import Moment
from softfactory.services.coocook.codes import Allergen
from softfactory.services.coocook.schemas.chefs import ChefCard
from softfactory.services.coocook.schemas.common import ChefBrief, Party, PolicyView, PriceLine, Reason
from softfactory.services.coocook.schemas.reviews import ReviewView


class BookingStatus(StrEnum):
    HELD = "held"
    PAYING = "paying"
    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    EXPIRED = "expired"
    NO_SHOW = "no_show"
    DISPUTED = "disputed"


By = Literal["guest", "chef", "admin", "system"]
"""Who did something to a booking."""


class Role(StrEnum):
    """On which side of a booking someone stands."""

    GUEST = "guest"
    CHEF = "chef"


class HoldWish(Wish):
    chef_id: UUID
    menu_id: UUID
    starts_at: Moment
    party: Party


class HoldView(View):
    """A chef's time, kept for one guest until ``expires_at``."""

    id: UUID
    chef_id: UUID
    menu_id: UUID
    starts_at: Moment
    ends_at: Moment
    party: int
    expires_at: Moment
    price: Money


class ExtraChoice(Wish):
    code: Annotated[str, Field(min_length=1, max_length=30)]
    quantity: Annotated[int, Field(ge=1, le=100, strict=True)] = 1


class BookingWish(Wish):
    """Turn a hold into a booking that can be paid. ``allergens``: of anyone at the table."""

    hold_id: UUID
    allergens: Annotated[list[Allergen], Field(max_length=25)] = []
    acknowledge_allergens: Annotated[
        bool,
        Field(description="I have read which dishes contain my guests' allergens and take responsibility."),
    ] = False
    note: Annotated[str, Field(max_length=1000)] = ""
    extras: Annotated[list[ExtraChoice], Field(max_length=20)] = []


class Acknowledgement(View):
    """What a guest acknowledged in writing before booking."""

    sentence: str
    dishes: list[str]
    allergens: list[Allergen]
    at: Moment


class Change(View):
    """One step of a booking's life. ``reason`` is a code for steps of the system, a person's words otherwise."""

    at: Moment
    from_status: BookingStatus | None
    to_status: BookingStatus
    by: By
    reason: str


class RefundView(View):
    """``due``: decided, not yet sent; ``requested``: with the provider; ``done``; ``refused``: staff looks at it."""

    amount: Money
    state: Literal["due", "requested", "done", "refused"]


class GuestBrief(View):
    id: UUID
    name: str


class MenuBrief(View):
    id: UUID
    name: str


Action = Literal["pay", "cancel", "accept", "decline", "complete", "no_show", "review"]


class BookingCard(View):
    """A booking in a list. ``actions``: what the caller may do now."""

    id: UUID
    status: BookingStatus
    role: Role
    chef: ChefBrief
    guest: GuestBrief
    menu: MenuBrief
    starts_at: Moment
    ends_at: Moment
    local_start: str
    zone: str
    party: int
    price: Money
    order_id: UUID
    expires_at: Moment | None
    refund: RefundView | None
    actions: list[Action]
    created_at: Moment


class BookingView(BookingCard):
    """A booking with its bill, its policy and its timeline."""

    hold_id: UUID
    lines: list[PriceLine]
    policy: PolicyView
    allergens: list[Allergen]
    acknowledgement: Acknowledgement | None
    note: str
    paid_at: Moment | None
    review_until: Moment | None
    timeline: list[Change]
    reviews: list[ReviewView]
    alternatives: Annotated[
        list[ChefCard],
        Field(description="Chefs who are free at the same time, when the chef could not keep it."),
    ] = []


class TransitionWish(Wish):
    action: Literal["accept", "decline", "complete", "no_show"]
    reason: Reason = ""


class CancelWish(Wish):
    """``expected_refund``: the sum that the guest was shown; another sum now is a 409, not a surprise."""

    reason: Reason = ""
    expected_refund: Amount | None = None


class CancelLine(View):
    """``paid``, ``kept`` (negative) or ``refund``, the last being the sum of those before."""

    code: Literal["paid", "kept", "refund"]
    label: str
    amount: Money


class CancelView(View):
    """Cancel now: so much back, line by line. ``dry_run``: nothing was changed."""

    dry_run: bool
    status: BookingStatus
    percent: int
    refund: Money
    kept: Money
    lines: list[CancelLine]
    rule: Annotated[str, Field(description="Why this share, as a sentence.")]
    valid_until: Annotated[Moment | None, Field(description="When the share becomes smaller.")]


BookingPage = Page[BookingCard]
