"""Letters about bookings and profiles, in both languages. Facts are times, sums and what is public anyway."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import mail
from softfactory.kernel.mail import MailText
from softfactory.services.coocook.models import Booking, Chef, MoveProposal, Review
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
        "moved": MailText(
            ko=(
                "예약 시간이 바뀌었습니다: {starts_at:when}",
                "{name}님, {chef} 셰프의 예약 시간이 바뀌었습니다.\n이전: {was_at:when}\n변경: {starts_at:when}\n"
                "메뉴와 인원, 금액은 그대로입니다.\n",
            ),
            en=(
                "New time: {starts_at:when}",
                "Hello {name}, the booking with {chef} has another time.\nBefore: {was_at:when}\n"
                "Now: {starts_at:when}\nMenu, guests and price stay as they were.\n",
            ),
        ),
        "move_asked": MailText(
            ko=(
                "예약 시간 변경 제안: {new_at:when}",
                "{name}님, {starts_at:when} 예약을 {new_at:when}(으)로 바꾸자는 제안이 왔습니다.\n"
                "{until:when}까지 예약 페이지에서 답해 주세요. 동의하기 전까지는 원래 시간이 유지됩니다.\n",
            ),
            en=(
                "Another time is proposed: {new_at:when}",
                "Hello {name}, for the booking of {starts_at:when} another time is proposed: {new_at:when}.\n"
                "Please answer on the booking's page by {until:when}. Until you agree, the old time stays.\n",
            ),
        ),
        "move_refused": MailText(
            ko=(
                "예약 시간은 그대로입니다: {starts_at:when}",
                "{name}님, 제안하신 {new_at:when}(으)로 바꾸지 못했습니다.\n"
                "예약은 원래대로 {starts_at:when}에 진행됩니다.\n",
            ),
            en=(
                "The time stays: {starts_at:when}",
                "Hello {name}, your proposal of {new_at:when} was not taken.\n"
                "The booking stays as it is, on {starts_at:when}.\n",
            ),
        ),
        "no_show": MailText(
            ko=(
                "손님을 만나지 못했다고 합니다: {starts_at:when}",
                "{name}님, {chef} 셰프가 {starts_at:when}에 방문했지만 만나지 못했다고 전했습니다. 환불되지 않습니다.\n"
                "사실과 다르면 {until:when}까지 예약 페이지에서 문제를 알려 주세요.\n",
            ),
            en=(
                "The chef says nobody was there: {starts_at:when}",
                "Hello {name}, {chef} came on {starts_at:when} and says nobody was there. Nothing comes back.\n"
                "If that is not so, report a problem on the booking's page by {until:when}.\n",
            ),
        ),
        "dispute_opened": MailText(
            ko=(
                "예약에 이의가 제기되었습니다: {starts_at:when}",
                "{name}님, {chef} 셰프의 {starts_at:when} 예약에 상대방이 이의를 제기했습니다.\n"
                "결정이 날 때까지 {price:won}은 그대로 보관됩니다.\n"
                "예약 페이지에서 내용을 확인하고 의견을 남겨 주세요.\n",
            ),
            en=(
                "A booking is disputed: {starts_at:when}",
                "Hello {name}, the other side disputes the booking with {chef} of {starts_at:when}.\n"
                "{price:won} stays where it is until a decision. Please read it on the booking's page and answer.\n",
            ),
        ),
        "dispute_received": MailText(
            ko=(
                "이의 제기를 접수했습니다: {starts_at:when}",
                "{name}님, {starts_at:when} 예약에 대한 이의 제기를 접수했습니다.\n"
                "양쪽의 이야기를 듣고 결정하며, 그때까지 {price:won}은 누구에게도 지급되지 않습니다.\n",
            ),
            en=(
                "We have your dispute: {starts_at:when}",
                "Hello {name}, we have your dispute about the booking of {starts_at:when}.\n"
                "We hear both sides; until then {price:won} is paid to nobody.\n",
            ),
        ),
        "dispute_decided": MailText(
            ko=(
                "이의 제기가 결정되었습니다: {starts_at:when}",
                "{name}님, {starts_at:when} 예약에 대한 결정입니다.\n손님에게 환불: {refund:won}\n"
                "셰프에게 지급: {payout:won}\n이유: {reason}\n",
            ),
            en=(
                "Decided: {starts_at:when}",
                "Hello {name}, the dispute about the booking of {starts_at:when} is decided.\n"
                "Back to the guest: {refund:won}\nTo the chef: {payout:won}\nReason: {reason}\n",
            ),
        ),
        "review_replied": MailText(
            ko=(
                "후기에 답글이 달렸습니다",
                "{name}님, {starts_at:when} 예약에 남긴 후기에 답글이 달렸습니다. 예약 페이지에서 확인해 주세요.\n",
            ),
            en=(
                "Your review has a reply",
                "Hello {name}, your review of {starts_at:when} has a reply. You find it on the booking's page.\n",
            ),
        ),
        "review_hidden": MailText(
            ko=(
                "후기가 비공개로 전환되었습니다",
                "{name}님, {starts_at:when} 예약에 남긴 후기를 비공개로 전환했습니다.\n이유: {reason}\n"
                "예약 페이지에서 한 번 이의를 제기할 수 있습니다.\n",
            ),
            en=(
                "Your review is hidden",
                "Hello {name}, your review of {starts_at:when} is not shown any more.\nReason: {reason}\n"
                "You can appeal once on the booking's page.\n",
            ),
        ),
        "review_restored": MailText(
            ko=(
                "후기가 다시 공개되었습니다",
                "{name}님, {starts_at:when} 예약에 남긴 후기를 다시 공개했습니다.\n이유: {reason}\n",
            ),
            en=(
                "Your review is shown again",
                "Hello {name}, your review of {starts_at:when} is shown again.\nReason: {reason}\n",
            ),
        ),
        "appeal_refused": MailText(
            ko=(
                "후기는 계속 비공개입니다",
                "{name}님, 이의 제기를 검토했지만 {starts_at:when} 예약의 후기는 계속 비공개로 둡니다.\n"
                "이유: {reason}\n",
            ),
            en=(
                "Your review stays hidden",
                "Hello {name}, we looked at your appeal; the review of {starts_at:when} stays hidden.\n"
                "Reason: {reason}\n",
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


async def tell_no_show(session: AsyncSession, booking: Booking, *, until: datetime) -> None:
    await _queue(session, booking.guest_id, "no_show", booking, await _owner(session, booking), until=until)


async def tell_moved(session: AsyncSession, booking: Booking, *, was_at: datetime) -> None:
    chef = await _owner(session, booking)
    for to in (booking.guest_id, chef.user_id):
        await _queue(session, to, "moved", booking, chef, was_at=was_at)


async def tell_move_asked(session: AsyncSession, booking: Booking, proposal: MoveProposal) -> None:
    chef = await _owner(session, booking)
    to = chef.user_id if proposal.by == "guest" else booking.guest_id
    facts = {"new_at": proposal.starts_at, "until": proposal.expires_at}
    await _queue(session, to, "move_asked", booking, chef, **facts)


async def tell_move_refused(session: AsyncSession, booking: Booking, proposal: MoveProposal) -> None:
    """Whoever proposed learns that the time stays: it was refused, or nobody answered."""
    chef = await _owner(session, booking)
    await _queue(session, proposal.actor_id, "move_refused", booking, chef, new_at=proposal.starts_at)


async def tell_disputed(session: AsyncSession, booking: Booking, *, by: By) -> None:
    chef = await _owner(session, booking)
    opener, other = (booking.guest_id, chef.user_id) if by == "guest" else (chef.user_id, booking.guest_id)
    await _queue(session, opener, "dispute_received", booking, chef)
    await _queue(session, other, "dispute_opened", booking, chef)


async def tell_resolved(session: AsyncSession, booking: Booking, *, payout: int, reason: str) -> None:
    chef = await _owner(session, booking)
    for to in (booking.guest_id, chef.user_id):
        await _queue(session, to, "dispute_decided", booking, chef, payout=payout, reason=reason)


async def tell_replied(session: AsyncSession, booking: Booking, review: Review) -> None:
    await _queue(session, review.author_id, "review_replied", booking, await _owner(session, booking))


async def tell_moderated(
    session: AsyncSession, booking: Booking, review: Review, *, template: str, reason: str
) -> None:
    """A review's author learns what was decided about it, and why."""
    await _queue(session, review.author_id, template, booking, await _owner(session, booking), reason=reason)


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
