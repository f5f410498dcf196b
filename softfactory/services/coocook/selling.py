"""The seller's side of a payment: platform asks what a booking costs, pins it, and tells how its payment ended.

Each answer may be asked for again, late or out of order; a payment that was released is remembered, so that its pin
arriving afterwards cannot keep the time for nobody.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import time
from softfactory.kernel.errors import NotFound
from softfactory.kernel.events import on, publish
from softfactory.kernel.operations import answers
from softfactory.kernel.outside import Steps
from softfactory.services.coocook import (
    bookings,
    busy,
    cancellation,
    disputes,
    holds,
    letters,
    orders,
    settings,
    timeline,
)
from softfactory.services.coocook.contract import BOOKING, AlreadyBeingPaid, BookingRequested
from softfactory.services.coocook.models import Booking, Chef, Menu
from softfactory.services.coocook.schemas.bookings import BookingStatus
from softfactory.services.coocook.schemas.chefs import ChefStatus
from softfactory.services.platform.contract import (
    Done,
    PaymentRefunded,
    Pin,
    Pinned,
    Quote,
    Released,
    SettledAnswer,
    SettledOrder,
    Subject,
    SubjectGone,
    pin,
    quote,
    released,
    settled,
)

ENDED = (BookingStatus.CANCELLED, BookingStatus.DECLINED, BookingStatus.EXPIRED)


@answers(quote)
async def price(session: AsyncSession, subject: Subject) -> Quote:
    """What a booking costs, and whom."""
    booking = await session.get(Booking, subject.id) if subject.kind == BOOKING else None
    if booking is None:
        raise NotFound
    if booking.status in ENDED:
        raise SubjectGone
    chef = await session.get_one(Chef, booking.chef_id)
    menu = await session.get_one(Menu, booking.menu_id)
    return Quote(
        amount=booking.price,
        buyer_id=booking.guest_id,
        title_ko=f"{chef.name} · {menu.name} · {booking.party}명",
        title_en=f"{chef.name_en or chef.name} · {menu.name_en or menu.name} · {booking.party} guests",
        lines=[(line["code"], line["amount"]) for line in booking.lines],
        expires_at=booking.expires_at,
    )


@answers(pin)
async def keep(steps: Steps, wish: Pin) -> Pinned:
    """Keep the time for this payment. A hold that ran out is refused, and its end is written down all the same."""
    async with steps.transaction() as session:
        kept = await _keep(session, wish)
    if not kept:
        raise SubjectGone
    return Pinned(payment_id=wish.payment_id)


async def _keep(session: AsyncSession, wish: Pin) -> bool:
    booking = await _locked(session, wish.subject)
    if booking.order_id != wish.order_id or wish.payment_id in booking.released_payments:
        return False
    if booking.payment_id == wish.payment_id:
        return booking.status not in ENDED
    if booking.status == BookingStatus.PAYING:
        raise AlreadyBeingPaid
    if booking.status != BookingStatus.HELD:
        return False
    if not await _cooks(session, booking):
        await timeline.move(session, booking, BookingStatus.EXPIRED, by="system", reason="chef_left")
        await busy.free(session, booking_id=booking.id)
        await orders.close.later(session, unique=booking.id, booking_id=booking.id)
        return False
    if not await busy.pin(session, booking_id=booking.id):
        await holds.lose_expired(session, booking.chef_id)
        return False
    await timeline.move(
        session,
        booking,
        BookingStatus.PAYING,
        by="system",
        reason="payment_started",
        payment_id=wish.payment_id,
    )
    return True


@answers(settled)
async def deliver(session: AsyncSession, order: SettledOrder) -> SettledAnswer:
    """The money is here. Not accepted: the time is gone, or another payment has already paid for it."""
    booking = await _locked(session, order.subject)
    if booking.paid_at is not None:
        return SettledAnswer(accepted=booking.payment_id == order.payment_id)
    fits = booking.order_id == order.order_id and booking.price == order.amount
    if not fits or not await _still_kept(session, booking, order):
        return SettledAnswer(accepted=False)
    await _paid(session, booking, order)
    if not await _cooks(session, booking):
        await cancellation.call_off(session, booking)
    return SettledAnswer(accepted=True)


async def _cooks(session: AsyncSession, booking: Booking) -> bool:
    """Whether the chef is still there. One with bookings cannot rest, but may have left for good."""
    return (await session.get_one(Chef, booking.chef_id)).status == ChefStatus.ACTIVE


async def _still_kept(session: AsyncSession, booking: Booking, order: SettledOrder) -> bool:
    """Whether the booking still has its time: pinned by this payment, or held when its capture is learnt late."""
    if booking.status == BookingStatus.PAYING:
        return booking.payment_id == order.payment_id
    return booking.status == BookingStatus.HELD and await busy.pin(session, booking_id=booking.id)


async def _paid(session: AsyncSession, booking: Booking, order: SettledOrder) -> None:
    now = await time.now(session)
    chef = await session.get_one(Chef, booking.chef_id)
    paid: dict[str, Any] = {"payment_id": order.payment_id, "paid_at": now, "expires_at": None}
    if chef.instant:
        await bookings.confirm(session, booking, by="system", reason="paid", **paid)
        return
    until = min(now + timedelta(hours=settings.REQUEST_HOURS), booking.starts_at)
    await timeline.move(
        session, booking, BookingStatus.REQUESTED, by="system", reason="paid", request_until=until, **paid
    )
    await publish(
        session,
        BookingRequested(
            booking_id=booking.id,
            chef_id=booking.chef_id,
            guest_id=booking.guest_id,
            starts_at=booking.starts_at,
        ),
    )
    await letters.tell_requested(session, booking)


@answers(released)
async def let_go(session: AsyncSession, told: Released) -> Done:
    """The payment failed: the time is held again; the first times for long enough to try once more."""
    booking = await _locked(session, told.subject)
    if told.payment_id not in booking.released_payments:
        booking.released_payments = [*booking.released_payments, told.payment_id]
    await session.flush()
    if booking.status != BookingStatus.PAYING or booking.payment_id != told.payment_id:
        return Done()
    now = await time.now(session)
    until = booking.expires_at or now
    if len(booking.released_payments) <= settings.RETRIES:
        until = max(until, now + timedelta(minutes=settings.RETRY_MINUTES))
    await timeline.move(
        session,
        booking,
        BookingStatus.HELD,
        by="system",
        reason="payment_failed",
        payment_id=None,
        expires_at=until,
    )
    await busy.unpin(session, booking_id=booking.id, until=until)
    return Done()


async def _locked(session: AsyncSession, subject: Subject) -> Booking:
    if subject.kind != BOOKING:
        raise NotFound
    return await timeline.lock(session, subject.id)


@on(PaymentRefunded)
async def note_refund(session: AsyncSession, told: PaymentRefunded) -> None:
    """A refund reached the guest. Refunded whole by someone else, the booking is over and its time is free."""
    if told.subject_kind != BOOKING:
        return
    booking = await _locked(session, Subject(kind=BOOKING, id=told.subject_id))
    if booking.refund_id == told.refund_id:
        booking.refund_state = "done"
        await timeline.stir(session, booking.id)
        return
    if booking.payment_id != told.payment_id:
        return
    waiting = booking.status in (BookingStatus.REQUESTED, BookingStatus.CONFIRMED)
    if not (waiting and told.remaining == 0):
        await _note_back(session, booking, told)
        return
    await timeline.move(
        session,
        booking,
        BookingStatus.CANCELLED,
        by="system",
        reason="refunded",
        refund_id=told.refund_id,
        refund_amount=booking.price,
        refund_state="done",
    )
    await busy.free(session, booking_id=booking.id)
    await cancellation.announce(session, booking, refund=booking.price, by="system")
    await letters.tell_cancelled(session, booking, by="system")


async def _note_back(session: AsyncSession, booking: Booking, told: PaymentRefunded) -> None:
    """An operator gave back a part, or what there was left of an evening that is over."""
    back = booking.price - told.remaining
    if booking.status == BookingStatus.DISPUTED and told.remaining == 0:
        await disputes.end_refunded(session, booking, refund_id=told.refund_id)
    elif booking.refund_id is None:
        booking.refund_amount, booking.refund_state = max(booking.refund_amount or 0, back), "done"
    elif booking.refund_state == "refused" and back >= (booking.refund_amount or 0):
        booking.refund_state = "done"  # what the provider would not send came back another way
        if booking.payout_id is not None and booking.paid_out_at is None:
            await orders.pay_later(session, booking)
    await session.flush()
    await timeline.stir(session, booking.id)
