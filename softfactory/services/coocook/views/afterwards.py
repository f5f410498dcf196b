"""What is done about a booking once it is made: moves, disputes and decisions, as the API shows them."""

from datetime import datetime
from typing import Any

from softfactory.kernel import time
from softfactory.kernel.money import won
from softfactory.services.coocook import disputes, reschedule
from softfactory.services.coocook.disputes import Split
from softfactory.services.coocook.languages import pick
from softfactory.services.coocook.models import Booking, Dispute, MoveProposal
from softfactory.services.coocook.schemas.bookings import BookingStatus, By


def proposal(booking: Booking, told: MoveProposal) -> dict[str, Any]:
    return {
        "by": told.by,
        "starts_at": told.starts_at,
        "ends_at": told.starts_at + (booking.ends_at - booking.starts_at),
        "local_start": time.local(booking.zone, told.starts_at).isoformat(timespec="minutes"),
        "reason": told.reason,
        "expires_at": told.expires_at,
    }


def may_move(booking: Booking, side: By, now: datetime) -> bool:
    return side in ("guest", "chef") and booking.status in reschedule.MOVABLE and now < booking.starts_at


def asked_to_move(row: Any, side: By, now: datetime) -> bool:
    """The other side wishes for another time, and the wish has not run out."""
    asked = row.proposed_by is not None and row.proposed_by != side and row.proposed_until > now
    return asked and may_move(row.Booking, side, now)


def asked_to_answer(row: Any, side: By) -> bool:
    """The other side disputes, and this one has not said anything."""
    open_ = row.Booking.status == BookingStatus.DISPUTED and row.dispute_answered_at is None
    return open_ and side in ("guest", "chef") and row.disputed_by != side


def move(row: Any, side: By, now: datetime) -> dict[str, Any] | None:
    if not may_move(row.Booking, side, now):
        return None
    return {"at_once": reschedule.at_once(row.Booking, instant=row.instant, side=side, now=now)}


def may_dispute(booking: Booking, side: By, now: datetime) -> bool:
    return side in ("guest", "chef") and disputes.open_to_dispute(booking, now)


def dispute(booking: Booking, told: Dispute | None, tried: Split | None) -> dict[str, Any] | None:
    if told is None:
        return None
    decided = Split(booking.price, told.refund) if told.refund is not None else None
    split = decided or tried
    return {
        "by": told.by,
        "reason": told.reason,
        "opened_at": told.created_at,
        "answer": told.answer,
        "answered_at": told.answered_at,
        "decided_at": told.decided_at,
        "decision": told.decision,
        "split": _split(split, dry_run=decided is None) if split is not None else None,
    }


_SPLIT_LABELS = {
    "paid": ("결제 금액", "Paid"),
    "refund": ("손님에게 환불", "Refund to the guest"),
    "fee": ("플랫폼 수수료", "Platform fee"),
    "payout": ("셰프에게 지급", "Paid to the chef"),
}


def _split(told: Split, *, dry_run: bool) -> dict[str, Any]:
    amounts = (("paid", told.paid), ("refund", -told.refund), ("fee", -told.fee), ("payout", told.payout))
    return {
        "dry_run": dry_run,
        "refund": won(told.refund),
        "payout": won(told.payout),
        "lines": [
            {"code": code, "label": pick(*_SPLIT_LABELS[code]), "amount": won(amount)}
            for code, amount in amounts
        ],
    }
