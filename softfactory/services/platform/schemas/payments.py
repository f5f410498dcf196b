"""The shapes of orders, payments and refunds in the API."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from softfactory.kernel.money import Amount, Money
from softfactory.kernel.shapes import View, Wish
from softfactory.kernel.time import Moment

PaymentStatus = Literal[
    "pinning",
    "capturing",
    "unknown",
    "captured",
    "partially_refunded",
    "refunded",
    "failed",
    "discrepant",
    "returned",
]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class Title(View):
    ko: str
    en: str


class Line(View):
    """A line of a calculation. ``label`` is a code that the screen has words for."""

    label: str
    amount: Money


class OrderWish(Wish):
    subject_kind: str = Field(
        min_length=3, max_length=80, pattern=r"^[a-z_]+\.[a-z_]+$", examples=["coocook.booking"]
    )
    subject_id: UUID


class OrderView(View):
    id: UUID
    subject_kind: str
    subject_id: UUID
    title: Title
    lines: list[Line]
    amount: Money
    status: Literal["open", "paying", "paid", "cancelled"]
    created_at: Moment


class ConfirmWish(Wish):
    """``amount``: what the payer was shown, in won; it must be the order's."""

    order_id: UUID
    payment_key: str = Field(min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$", examples=["sandbox_ok"])
    amount: Amount


class Payer(View):
    """Who pays, for an operator; an erased person has neither name nor address."""

    id: UUID
    name: str | None
    email: str | None


class PaymentView(View):
    """A payment. While ``status`` is pinning, capturing or unknown its outcome is still being found out.

    ``delivered``: whether the seller has confirmed what was paid; null until it has said so. ``payer``: for operators.
    """

    id: UUID
    order_id: UUID
    subject_kind: str
    subject_id: UUID
    title: Title
    status: PaymentStatus
    amount: Money
    captured: Money
    refunded: Money
    provider: str
    failure_code: str | None
    delivered: bool | None
    payer: Payer | None = None
    created_at: Moment
    settled_at: Moment | None


class TimelineEntry(View):
    at: Moment
    kind: str
    facts: dict[str, Any]


class RefundView(View):
    id: UUID
    amount: Money
    status: Literal["requested", "done", "refused"]
    reason: str
    source: str
    created_at: Moment
    done_at: Moment | None


class PaymentDetail(PaymentView):
    lines: list[Line]
    timeline: list[TimelineEntry]
    refunds: list[RefundView]


class CancelWish(Wish):
    """``amount``: won to give back; left out, all that is left."""

    amount: Annotated[int, Field(ge=1, le=1_000_000_000_000, strict=True)] | None = None
    reason: Reason


class CancelView(View):
    """What a cancellation gives back (``quoted``), or has given back."""

    payment_id: UUID
    refund_id: UUID | None
    status: Literal["quoted", "requested", "done", "refused"]
    refund: Money
    remaining: Money
    lines: list[Line]


class Discrepancy(View):
    """A payment whose money does not agree with the provider's books.

    ``why``: the provider charged for a payment that is none of ours; it did something else than was asked; the sums
    differ; or the payment is still on its way.
    """

    payment_id: UUID
    status: str | None
    provider: Money
    ledger: Money
    why: Literal["nobodys", "discrepant", "differs", "on_its_way"]


class Unresolved(View):
    """A payment whose outcome is still being found out. ``asked_at``: when it was last asked for."""

    payment_id: UUID
    status: str
    amount: Money
    created_at: Moment
    asked_at: Moment


class Reconciliation(View):
    """The provider's books and the ledger side by side. ``difference``: ledger minus provider.

    ``swept_at``: when the sweep last ran; ``compared_at``: when the last two hours were last compared.
    """

    counts: dict[str, int]
    provider: Money
    ledger: Money
    difference: Money
    settled_difference: Money
    discrepancies: list[Discrepancy]
    in_flight: list[Discrepancy]
    unresolved: list[Unresolved]
    swept_at: Moment | None
    compared_at: Moment | None
    sellers_untold: int
    refunds_waiting: int
    refunds_refused: int
