"""Holds, bookings and their cancellation, as the API takes and shows them."""

from enum import StrEnum
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from softfactory.kernel.money import Amount, Money
from softfactory.kernel.paging import Page
from softfactory.kernel.shapes import View, Wish
from softfactory.kernel.time import Moment
from softfactory.services.coocook.codes import Allergen
from softfactory.services.coocook.schemas.chefs import AlternativeView
from softfactory.services.coocook.schemas.common import (
    ChefBrief,
    Party,
    PolicyView,
    PriceLine,
    Reason,
    refuse,
)
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
    """On which side of a booking someone stands; admins look at all of them."""

    GUEST = "guest"
    CHEF = "chef"
    ADMIN = "admin"


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


What = Literal[
    "status", "moved", "move_proposed", "move_refused", "move_withdrawn", "move_expired", "dispute_answered"
]
"""What a row of the timeline tells: a new state, or something that happened within one."""


class Change(View):
    """One step of a booking's life. ``reason`` is a code for steps of the system, a person's words otherwise.

    ``was_at`` and ``starts_at``: of a move or a proposal of one.
    """

    at: Moment
    from_status: BookingStatus | None
    to_status: BookingStatus
    by: By
    reason: str
    what: What
    was_at: Moment | None
    starts_at: Moment | None


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


Action = Literal[
    "pay", "cancel", "accept", "decline", "complete", "no_show", "review", "reschedule", "agree", "dispute", "answer",
    "resolve"
]  # fmt: skip
"""``agree``: the other side proposes another time. ``answer``: the other side disputes and has not been answered."""


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


class ProposalView(View):
    """Another time that one side wishes for and the other has not answered. ``by``: who wishes it."""

    by: Literal["guest", "chef"]
    starts_at: Moment
    ends_at: Moment
    local_start: str
    reason: str
    expires_at: Moment


class MoveTerms(View):
    """What happens when the caller names another time: it moves ``at_once``, or the other side is asked."""

    at_once: bool


class SplitLine(View):
    """``paid``, ``refund`` (negative), ``fee`` (negative), ``payout``: the last is the sum of those before."""

    code: Literal["paid", "refund", "fee", "payout"]
    label: str
    amount: Money


class SplitView(View):
    """How a decision divides the price. ``dry_run``: nothing was decided."""

    dry_run: bool
    refund: Money
    payout: Money
    lines: list[SplitLine]


class DisputeView(View):
    """What both sides say, and the decision. ``by``: who disputed; ``answer`` is the other side's."""

    by: Literal["guest", "chef"]
    reason: str
    opened_at: Moment
    answer: str | None
    answered_at: Moment | None
    decided_at: Moment | None
    decision: str | None
    split: SplitView | None


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
        list[AlternativeView],
        Field(description="Chefs who are free at the same time, when the chef could not keep it."),
    ] = []
    proposal: ProposalView | None = None
    move: Annotated[MoveTerms | None, Field(description="Null when the caller cannot name another time.")] = (
        None
    )
    dispute: DisputeView | None = None
    dispute_until: Annotated[
        Moment | None,
        Field(description="Until when the caller may dispute; null when it is not possible now."),
    ] = None


class TransitionWish(Wish):
    """``dispute`` and ``resolve`` say why. ``refund``: what ``resolve`` gives back to the guest, in won.

    ``starts_at``: the time that a chef accepts, as it was read; a request that was moved since is a 409.
    """

    action: Literal["accept", "decline", "complete", "no_show", "dispute", "resolve"]
    reason: Annotated[str, Field(max_length=2000)] = ""
    refund: Amount | None = None
    starts_at: Moment | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.action in ("dispute", "resolve") and not self.reason:
            raise refuse("이유를 적어 주세요.", "Please write a reason.")
        if (self.action == "resolve") != (self.refund is not None):
            raise refuse(
                "환불 금액은 분쟁을 결정할 때, 그때만 적어 주세요.",
                "`refund` belongs to `resolve`, and `resolve` needs it.",
            )
        return self


class RescheduleWish(Wish):
    """``move``: name another time. ``agree``: to the one that the other side named.

    ``refuse``: the other side's, or take back one's own.
    """

    action: Literal["move", "agree", "refuse"] = "move"
    starts_at: Moment | None = None
    reason: Reason = ""

    @model_validator(mode="after")
    def _names_a_time(self) -> Self:
        if (self.action == "refuse") == (self.starts_at is not None):
            raise refuse(
                "새 시간을 적어 주세요. 거절할 때는 적지 않습니다.",
                "Name the time in `starts_at`; to refuse, leave it out.",
            )
        return self


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
