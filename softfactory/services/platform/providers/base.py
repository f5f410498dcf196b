"""What every payment provider is to us."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

CONFIRM_SECONDS = 10.0
"""How long a charge is waited for. Past it its outcome is unknown, and looked up."""

ChargeState = Literal["pending", "captured", "failed"]


@dataclass(frozen=True, slots=True)
class ChargeWish:
    """A charge to be made. The payment's id is its idempotency key: however often it is sent, it charges once."""

    payment_id: UUID
    payment_key: str
    amount: int  # KRW


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge as the provider tells it."""

    payment_id: UUID
    state: ChargeState
    amount: int  # KRW
    cancelled: int = 0  # KRW, given back so far
    code: str | None = None  # why it failed
    reference: str | None = None  # the provider's own name of it


@dataclass(frozen=True, slots=True)
class Cancelled:
    """What the provider says to a cancellation."""

    done: bool
    reference: str | None = None
    code: str | None = None  # why it was refused


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """A webhook whose signature and age are right. What it claims about the charge is not even kept."""

    event_id: str
    payment_id: UUID


class Provider(Protocol):
    """A door to a payment provider.

    Every call but ``read_webhook`` goes to another network: no transaction may be open. A call whose answer does not
    come raises ``httpx.TransportError`` (a timeout is one), and its outcome is unknown.
    """

    name: str

    async def confirm(self, wish: ChargeWish) -> Charge:
        """Charge. The same payment id again answers the same."""
        ...

    async def find(self, payment_id: UUID) -> Charge | None:
        """The charge of a payment; None when there is none."""
        ...

    async def void(self, payment_id: UUID) -> Charge:
        """Make sure that a payment's id can never be charged, or tell the charge that there is already."""
        ...

    async def cancel(self, payment_id: UUID, *, refund_id: UUID, amount: int, reason: str) -> Cancelled:
        """Give back a part of a charge. The same refund id again answers the same."""
        ...

    def charges(self, *, since: datetime | None = None) -> AsyncIterator[Charge]:
        """Every charge made since a time, the oldest first, read page by page."""
        ...

    def read_webhook(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> WebhookEvent:
        """Check a webhook; raises WebhookForged, WebhookStale or WebhookUnreadable."""
        ...
