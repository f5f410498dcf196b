"""Cancellation: what comes back, by whom and when, and doing it.

Three policies in the manner of the Korean consumer dispute settlement standards: the share grows smaller in a few
steps as the evening comes nearer, and the tiers are fixed when the booking is made. Whoever is not at fault gets
everything back: a chef's or the platform's cancellation, and a request that no chef has accepted, is refunded whole.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import money, time
from softfactory.kernel.auth import Principal
from softfactory.kernel.events import publish
from softfactory.services.coocook import busy, errors, letters, orders, timeline
from softfactory.services.coocook.codes import Policy
from softfactory.services.coocook.contract import BookingCancelled
from softfactory.services.coocook.models import Booking
from softfactory.services.coocook.schemas.bookings import BookingStatus, By, CancelWish

TIERS: dict[Policy, list[tuple[int, int]]] = {
    "flexible": [(24, 100), (6, 50), (0, 0)],
    "moderate": [(168, 100), (72, 80), (24, 50), (0, 0)],
    "strict": [(336, 100), (168, 50), (72, 20), (0, 0)],
}
"""Hours before the start, and the percentage that comes back when cancelled at least so early."""

CANCELLABLE = (BookingStatus.HELD, BookingStatus.REQUESTED, BookingStatus.CONFIRMED)


def snapshot(policy: Policy) -> dict[str, Any]:
    """A policy as it is stored with a booking."""
    return {"code": policy, "tiers": [{"hours_before": h, "percent": p} for h, p in TIERS[policy]]}


@dataclass(frozen=True, slots=True)
class Quote:
    """Cancelled now, so much comes back. ``paid`` is 0 for a booking that nobody paid."""

    paid: int
    refund: int
    percent: int
    rule: Literal["unpaid", "whole", "tier"]
    hours_before: int = 0
    valid_until: datetime | None = None

    @property
    def kept(self) -> int:
        return self.paid - self.refund


def share(price: int, percent: int) -> int:
    """A percentage of a price; the won that does not divide goes to the guest."""
    return price - money.share(price, (100 - percent) * 100)


def quote(
    status: BookingStatus, price: int, policy: dict[str, Any], starts_at: datetime, *, side: By, now: datetime
) -> Quote:
    """What comes back when one side cancels now."""
    if status == BookingStatus.HELD:
        return Quote(paid=0, refund=0, percent=0, rule="unpaid")
    if side != "guest" or status == BookingStatus.REQUESTED:
        return Quote(paid=price, refund=price, percent=100, rule="whole")
    for tier in policy["tiers"]:
        limit = starts_at - timedelta(hours=tier["hours_before"])
        if now <= limit or tier["hours_before"] == 0:
            percent = tier["percent"]
            until = limit if tier["hours_before"] else None
            return Quote(price, share(price, percent), percent, "tier", tier["hours_before"], until)
    raise ValueError("a policy's last tier is at 0 hours")


async def cancel(
    session: AsyncSession, booking: Booking, wish: CancelWish, *, side: By, person: Principal, dry_run: bool
) -> Quote:
    """End a booking and give back what its policy says. With ``dry_run`` only tell.

    The booking is locked by the caller. Cancelling again answers what the first time decided.
    """
    now = await time.now(session)
    if booking.status == BookingStatus.CANCELLED:
        return _decided(booking)
    if booking.status == BookingStatus.PAYING:
        raise errors.PaymentUnderway
    if booking.status not in CANCELLABLE:
        raise errors.WrongState(status=booking.status.value)
    if booking.status != BookingStatus.HELD and now >= booking.starts_at:
        raise errors.TooLate(starts_at=booking.starts_at)
    told = quote(booking.status, booking.price, booking.policy, booking.starts_at, side=side, now=now)
    told = replace(told, refund=max(told.refund, booking.refund_amount or 0))  # an operator gave back more
    if dry_run:
        return told
    if wish.expected_refund is not None and wish.expected_refund != told.refund:
        raise errors.RefundChanged(expected=wish.expected_refund, refund=told.refund)
    was_paid = booking.status != BookingStatus.HELD
    await timeline.move(
        session,
        booking,
        BookingStatus.CANCELLED,
        by=side,
        actor_id=person.id,
        reason=wish.reason or "cancelled",
    )
    await busy.free(session, booking_id=booking.id)
    if not was_paid:
        await orders.close.later(session, unique=booking.id, booking_id=booking.id)
        return told
    await settle_end(session, booking, refund=told.refund, by=side)
    await letters.tell_cancelled(session, booking, by=side)
    return told


async def call_off(session: AsyncSession, booking: Booking) -> None:
    """A paid booking whose chef is gone for good ends as if the chef had cancelled it. The booking is locked."""
    await timeline.move(session, booking, BookingStatus.CANCELLED, by="chef", reason="cancelled")
    await busy.free(session, booking_id=booking.id)
    await settle_end(session, booking, refund=booking.price, by="chef")
    await letters.tell_cancelled(session, booking, by="chef")


async def settle_end(session: AsyncSession, booking: Booking, *, refund: int, by: By) -> None:
    """The money of a paid booking that will not take place: back to the guest, and the rest to the chef."""
    await orders.give_back(session, booking, refund)
    if refund < booking.price:
        await orders.pay_later(session, booking)
    await announce(session, booking, refund=refund, by=by)


async def announce(session: AsyncSession, booking: Booking, *, refund: int, by: By) -> None:
    await publish(
        session,
        BookingCancelled(
            booking_id=booking.id, chef_id=booking.chef_id, guest_id=booking.guest_id, by=by, refund=refund
        ),
    )


def _decided(booking: Booking) -> Quote:
    if booking.paid_at is None:
        return Quote(paid=0, refund=0, percent=0, rule="unpaid")
    paid, refund = booking.price, booking.refund_amount or 0
    return Quote(paid, refund, refund * 100 // paid, "whole" if refund == paid else "tier")
