"""Letters about bookings and profiles, in both languages. Facts are times, sums and what is public anyway."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import mail
from softfactory.kernel.mail import MailText
from softfactory.services.coocook.models import Booking, Chef
from softfactory.services.coocook.schemas.bookings import By
from softfactory.services.coocook.schemas.chefs import ChefStatus

mail.templates(
    __name__,
    {
        "profile_approved": MailText(
            ko=(
                "셰프 프로필이 승인되었습니다",
                "{name}님, 축하합니다. 프로필 ‘{chef}’이(가) 승인되어 목록에 공개되었습니다.\n"
                "메뉴와 가능한 시간을 등록하면 예약을 받을 수 있습니다.\n",
            ),
            en=(
                "Your chef profile is approved",
                "Congratulations, {name}. Your profile “{chef}” is approved and listed.\n"
                "Add menus and your hours, and guests can book you.\n",
            ),
        ),
        "profile_declined": MailText(
            ko=(
                "셰프 프로필이 승인되지 않았습니다",
                "{name}님, 프로필 ‘{chef}’을(를) 이번에는 승인하지 못했습니다.\n사유: {reason}\n"
                "내용을 수정하면 다시 심사합니다.\n",
            ),
            en=(
                "Your chef profile was not approved",
                "Hello {name}, we could not approve your profile “{chef}” this time.\nReason: {reason}\n"
                "Change it, and we will look at it again.\n",
            ),
        ),
        "request_received": MailText(
            ko=(
                "새 예약 요청: {starts_at:when}",
                "{name}님, {party}명의 예약 요청이 들어왔습니다.\n일시: {starts_at:when}\n금액: {price:won}\n"
                "{until:when}까지 수락하거나 거절해 주세요. 답이 없으면 요청은 자동으로 취소됩니다.\n",
            ),
            en=(
                "New request: {starts_at:when}",
                "Hello {name}, a party of {party} would like to book you.\nWhen: {starts_at:when}\nPrice: {price:won}\n"
                "Please accept or decline by {until:when}. Without an answer the request ends by itself.\n",
            ),
        ),
        "request_sent": MailText(
            ko=(
                "예약 요청을 보냈습니다: {chef}",
                "{name}님, 결제가 완료되어 {chef} 셰프에게 예약 요청을 보냈습니다.\n일시: {starts_at:when}\n"
                "금액: {price:won}\n셰프가 {until:when}까지 답하지 않거나 거절하면 전액 환불됩니다.\n",
            ),
            en=(
                "Your request is with {chef}",
                "Hello {name}, your payment arrived and {chef} has your request.\nWhen: {starts_at:when}\n"
                "Price: {price:won}\n"
                "If the chef declines or has not answered by {until:when}, you get everything back.\n",
            ),
        ),
        "booking_confirmed": MailText(
            ko=(
                "예약이 확정되었습니다: {chef}",
                "{name}님, {chef} 셰프의 예약이 확정되었습니다.\n일시: {starts_at:when}\n"
                "인원: {party}명\n금액: {price:won}\n",
            ),
            en=(
                "Confirmed: {chef} cooks for you",
                "Hello {name}, your booking with {chef} is confirmed.\nWhen: {starts_at:when}\nGuests: {party}\n"
                "Price: {price:won}\n",
            ),
        ),
        "chef_booked": MailText(
            ko=(
                "예약 확정: {starts_at:when}",
                "{name}님, 예약이 확정되었습니다.\n일시: {starts_at:when}\n"
                "인원: {party}명\n금액: {price:won}\n",
            ),
            en=(
                "Booked: {starts_at:when}",
                "Hello {name}, a booking is confirmed.\nWhen: {starts_at:when}\nGuests: {party}\nPrice: {price:won}\n",
            ),
        ),
        "request_declined": MailText(
            ko=(
                "예약 요청이 거절되었습니다: {chef}",
                "{name}님, {chef} 셰프가 {starts_at:when} 예약을 받지 못하게 되었습니다.\n"
                "{refund:won}을 전액 환불합니다.\n"
                "예약 페이지에서 같은 시간에 가능한 다른 셰프를 볼 수 있습니다.\n",
            ),
            en=(
                "{chef} cannot come",
                "Hello {name}, {chef} cannot take your booking of {starts_at:when}.\n"
                "You get all of {refund:won} back.\nYour booking's page shows other chefs who are free at that time.\n",
            ),
        ),
        "request_unanswered": MailText(
            ko=(
                "예약 요청이 만료되었습니다: {chef}",
                "{name}님, {chef} 셰프가 {starts_at:when} 예약 요청에 제때 답하지 않았습니다.\n"
                "{refund:won}을 전액 환불합니다.\n",
            ),
            en=(
                "{chef} did not answer in time",
                "Hello {name}, {chef} did not answer your request for {starts_at:when} in time.\n"
                "You get all of {refund:won} back.\n",
            ),
        ),
        "request_missed": MailText(
            ko=(
                "답하지 않은 예약 요청이 만료되었습니다",
                "{name}님, {starts_at:when} 예약 요청에 답하지 않아 요청이 만료되고 손님에게 전액 환불되었습니다.\n",
            ),
            en=(
                "A request has ended unanswered",
                "Hello {name}, the request for {starts_at:when} ended without your answer and the guest is refunded.\n",
            ),
        ),
        "cancelled_to_guest": MailText(
            ko=(
                "예약이 취소되었습니다: {chef}",
                "{name}님, {chef} 셰프의 {starts_at:when} 예약이 취소되었습니다.\n환불 금액: {refund:won}\n",
            ),
            en=(
                "Cancelled: {chef}",
                "Hello {name}, your booking with {chef} on {starts_at:when} is cancelled.\nRefund: {refund:won}\n",
            ),
        ),
        "cancelled_to_chef": MailText(
            ko=(
                "예약이 취소되었습니다: {starts_at:when}",
                "{name}님, {starts_at:when} 예약이 취소되어 해당 시간이 다시 비었습니다.\n취소 수수료: {kept:won}\n",
            ),
            en=(
                "Cancelled: {starts_at:when}",
                "Hello {name}, the booking of {starts_at:when} is cancelled and the time is free again.\n"
                "Kept by the policy: {kept:won}\n",
            ),
        ),
        "how_was_it": MailText(
            ko=(
                "{chef} 셰프와의 식사는 어떠셨나요?",
                "{name}님, 식사를 마치셨군요. {until:date}까지 후기를 남길 수 있습니다.\n"
                "후기는 양쪽이 모두 작성하거나 기간이 끝나면 공개됩니다.\n",
            ),
            en=(
                "How was your evening with {chef}?",
                "Hello {name}, you can review your evening until {until:date}.\n"
                "Reviews are shown when both sides have written, or when the time is up.\n",
            ),
        ),
    },
)


async def _owner(session: AsyncSession, booking: Booking) -> Chef:
    return await session.get_one(Chef, booking.chef_id)


async def tell_decision(session: AsyncSession, chef: Chef) -> None:
    """Whether a profile was approved."""
    template = "profile_approved" if chef.status == ChefStatus.ACTIVE else "profile_declined"
    await mail.queue(session, to=chef.user_id, template=template, chef=chef.name, reason=chef.decision_reason)


async def tell_requested(session: AsyncSession, booking: Booking) -> None:
    chef = await _owner(session, booking)
    for to, template in ((chef.user_id, "request_received"), (booking.guest_id, "request_sent")):
        await _queue(session, to, template, booking, chef, until=booking.request_until)


async def tell_confirmed(session: AsyncSession, booking: Booking) -> None:
    chef = await _owner(session, booking)
    await _queue(session, booking.guest_id, "booking_confirmed", booking, chef)
    await _queue(session, chef.user_id, "chef_booked", booking, chef)


async def tell_declined(session: AsyncSession, booking: Booking) -> None:
    chef = await _owner(session, booking)
    await _queue(session, booking.guest_id, "request_declined", booking, chef)


async def tell_unanswered(session: AsyncSession, booking: Booking) -> None:
    chef = await _owner(session, booking)
    await _queue(session, booking.guest_id, "request_unanswered", booking, chef)
    await _queue(session, chef.user_id, "request_missed", booking, chef)


async def tell_cancelled(session: AsyncSession, booking: Booking, *, by: By) -> None:
    """Both sides learn it, whoever it was: a letter is also the receipt."""
    chef = await _owner(session, booking)
    await _queue(session, booking.guest_id, "cancelled_to_guest", booking, chef)
    if by != "chef":
        await _queue(session, chef.user_id, "cancelled_to_chef", booking, chef)


async def tell_completed(session: AsyncSession, booking: Booking) -> None:
    chef = await _owner(session, booking)
    await _queue(session, booking.guest_id, "how_was_it", booking, chef, until=booking.review_until)


async def _queue(
    session: AsyncSession, to: UUID, template: str, booking: Booking, chef: Chef, **facts: object
) -> None:
    refund = booking.refund_amount or 0
    await mail.queue(
        session,
        to=to,
        template=template,
        chef=chef.name,
        starts_at=booking.starts_at,
        zone=booking.zone,
        party=booking.party,
        price=booking.price,
        refund=refund,
        kept=booking.price - refund,
        **facts,
    )
