"""What other services may know of platform: people, orders, money, and what a seller answers.

Selling. A service sells *subjects* (``coocook.booking``); the part before the dot is the service that owns the kind.
Platform asks the seller, never the other way round, at four moments:

- ``quote``: what does this subject cost now, and to whom? Asked when an order is opened; the amount is fixed then.
- ``pin``: keep the subject for this payment; it cannot expire while the payment is unresolved. Asked before any money
  moves; a refusal (``SubjectGone``) means that nothing is captured.
- ``settled``: the money is here. The seller answers whether it still delivers; ``accepted=False`` (a capture
  discovered late, for a subject that is gone) refunds the whole amount.
- ``released``: the payment failed; the pin is over.

Each is idempotent by ``payment_id`` (``quote`` by the subject).
"""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel

from softfactory.kernel.errors import Conflict
from softfactory.kernel.events import Event
from softfactory.kernel.operations import Operation

OrderState = Literal["open", "paying", "paid", "cancelled"]
RefundState = Literal["requested", "done", "refused"]


class SubjectGone(Conflict):
    """What was to be paid can no longer be had; nothing was charged."""

    en = "Your hold has expired, so this can no longer be paid. You were not charged; please choose again."
    ko = "잡아 둔 시간이 만료되어 결제할 수 없습니다. 결제된 금액은 없으니 다시 선택해 주세요."


# -- what siblings ask of platform -----------------------------------------------------------------------------------


class OpenOrder(BaseModel):
    """Open the order of a subject. ``order_id`` is made by the seller: asking again finds the same order."""

    order_id: UUID
    subject_kind: str
    subject_id: UUID
    buyer_id: UUID


class OrderOpened(BaseModel):
    order_id: UUID
    amount: int  # KRW
    state: OrderState


class CloseOrder(BaseModel):
    """Close an order that nobody paid. An order being paid or paid stays as it is: look at the answer's state."""

    order_id: UUID


class RefundOrder(BaseModel):
    """Give back a part or all of what an order's payment captured. ``refund_id`` is made by the caller.

    ``in_all``: the amount counts what was given back before, by an operator for instance; only the rest is sent, and
    the answer tells how much that is.
    """

    refund_id: UUID
    order_id: UUID
    amount: int  # KRW
    reason: str
    in_all: bool = False


class RefundAnswer(BaseModel):
    refund_id: UUID
    amount: int  # KRW
    state: RefundState


class PayOut(BaseModel):
    """Move what is left of an order's escrow to its seller's wallet, less the platform's fee.

    ``payout_id`` is made by the caller. Asking again answers the same.
    """

    payout_id: UUID
    order_id: UUID
    payee_id: UUID
    fee_basis_points: int


class PaidOut(BaseModel):
    payout_id: UUID
    gross: int  # KRW, what was left in escrow
    fee: int  # KRW
    net: int  # KRW, to the payee's wallet


class PersonQuery(BaseModel):
    person_id: UUID


class PersonCard(BaseModel):
    """What a service may show of a person."""

    person_id: UUID
    name: str
    roles: list[str]


class GrantRole(BaseModel):
    """Give a person a role that a service's own approval earns (a chef whose profile an admin approved)."""

    person_id: UUID
    role: Literal["chef", "brand", "influencer", "student"]
    reason: str


class Membership(BaseModel):
    space_id: UUID
    kind: Literal["personal", "team"]
    role: Literal["owner", "member"]


class Memberships(BaseModel):
    """The spaces that a person belongs to: what these own, the person may see."""

    spaces: list[Membership]


open_order = Operation("platform", "open_order", OpenOrder, OrderOpened)
close_order = Operation("platform", "close_order", CloseOrder, OrderOpened)
refund = Operation("platform", "refund", RefundOrder, RefundAnswer)
pay_out = Operation("platform", "pay_out", PayOut, PaidOut)
person = Operation("platform", "person", PersonQuery, PersonCard)
grant_role = Operation("platform", "grant_role", GrantRole, PersonCard)
memberships = Operation("platform", "memberships", PersonQuery, Memberships)


# -- what a seller answers -------------------------------------------------------------------------------------------


class Subject(BaseModel):
    kind: str
    id: UUID


class Quote(BaseModel):
    """The price of a subject. ``title`` names it for the payer, in both languages."""

    amount: int  # KRW
    buyer_id: UUID
    title_ko: str
    title_en: str
    lines: list[tuple[str, int]] = []  # label code, KRW
    expires_at: datetime | None = None


class Pin(BaseModel):
    subject: Subject
    order_id: UUID
    payment_id: UUID


class Pinned(BaseModel):
    payment_id: UUID


class SettledOrder(BaseModel):
    subject: Subject
    order_id: UUID
    payment_id: UUID
    amount: int  # KRW


class SettledAnswer(BaseModel):
    accepted: bool


class Released(BaseModel):
    subject: Subject
    order_id: UUID
    payment_id: UUID


class Done(BaseModel):
    pass


quote = Operation(None, "quote", Subject, Quote)
pin = Operation(None, "pin", Pin, Pinned)
settled = Operation(None, "settled", SettledOrder, SettledAnswer)
released = Operation(None, "released", Released, Done)


def seller_of(kind: str) -> str:
    """The service that sells subjects of a kind."""
    return kind.split(".", 1)[0]


# -- what every service answers about a person -----------------------------------------------------------------------


class PersonalData(BaseModel):
    """Everything that a service keeps about a person, by section: JSON that its person can read."""

    sections: dict[str, Any]


class Obligation(BaseModel):
    """Why a person cannot be erased yet: a sentence in both languages, and the page where it is settled."""

    code: str
    title_ko: str
    title_en: str
    path: str


class Obligations(BaseModel):
    open: list[Obligation]


personal_data = Operation(None, "personal_data", PersonQuery, PersonalData)
obligations = Operation(None, "obligations", PersonQuery, Obligations)


# -- what platform says ----------------------------------------------------------------------------------------------


class PaymentSettled(Event):
    payment_id: UUID
    order_id: UUID
    subject_kind: str
    subject_id: UUID
    amount: int  # KRW


class PaymentFailed(Event):
    payment_id: UUID
    order_id: UUID
    subject_kind: str
    subject_id: UUID
    code: str


class PaymentRefunded(Event):
    """A refund reached the provider. ``amount`` of this refund; ``remaining`` of the payment after it."""

    payment_id: UUID
    order_id: UUID
    subject_kind: str
    subject_id: UUID
    refund_id: UUID
    amount: int  # KRW
    remaining: int  # KRW


class PersonErased(Event):
    """Someone is gone for good. Whoever keeps their name or words forgets them; what the law keeps stays, nameless."""

    person_id: UUID
