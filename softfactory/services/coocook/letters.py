"""Letters about bookings, in both languages. Facts are times, sums and what is public anyway."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import mail
from softfactory.kernel.mail import MailText
from softfactory.services.coocook.models import Booking, Chef, MoveProposal, Review
from softfactory.services.coocook.schemas.bookings import By

mail.templates(
    __name__,
    {
        "request_received": MailText(
            ko=(
                "새 예약 요청: {starts_at:when}",
                "{name}님, 인원 {party}명의 예약 요청이 들어왔습니다.\n일시: {starts_at:when}\n금액: {price:won}\n"
                "{until:when}까지 수락하거나 거절해 주세요. 답이 없으면 요청이 자동으로 만료됩니다.\n",
            ),
            en=(
                "New request: {starts_at:when}",
                "Hello {name}, a party of {party} would like to book you.\nWhen: {starts_at:when}\nPrice: {price:won}\n"
                "Please accept or decline by {until:when}. Without an answer, the request expires.\n",
            ),
        ),
        "request_sent": MailText(
            ko=(
                "예약 요청을 보냈습니다: {chef}",
                "{name}님, 결제가 완료되어 {chef} 셰프에게 예약 요청을 보냈습니다.\n일시: {starts_at:when}\n"
                "금액: {price:won}\n셰프가 {until:when}까지 답하지 않거나 거절하면 전액 환불됩니다.\n",
            ),
            en=(
                "Your request was sent to {chef}",
                "Hello {name}, your payment went through, and {chef} has your request.\nWhen: {starts_at:when}\n"
                "Price: {price:won}\n"
                "If the chef declines or does not answer by {until:when}, you get a full refund.\n",
            ),
        ),
        "booking_confirmed": MailText(
            ko=(
                "예약이 확정되었습니다: {chef}",
                "{name}님, {chef} 셰프 예약이 확정되었습니다.\n일시: {starts_at:when}\n"
                "인원: {party}명\n금액: {price:won}\n",
            ),
            en=(
                "Confirmed: your booking with {chef}",
                "Hello {name}, your booking with {chef} is confirmed.\nWhen: {starts_at:when}\nGuests: {party}\n"
                "Price: {price:won}\n",
            ),
        ),
        "chef_booked": MailText(
            ko=(
                "새 예약이 확정되었습니다: {starts_at:when}",
                "{name}님, 새 예약이 확정되었습니다.\n일시: {starts_at:when}\n"
                "인원: {party}명\n금액: {price:won}\n",
            ),
            en=(
                "New booking: {starts_at:when}",
                "Hello {name}, a booking is confirmed.\nWhen: {starts_at:when}\nGuests: {party}\nPrice: {price:won}\n",
            ),
        ),
        "request_declined": MailText(
            ko=(
                "예약 요청이 거절되었습니다: {chef}",
                "{name}님, {chef} 셰프가 {starts_at:when} 예약을 받지 못하게 되었습니다.\n"
                "{refund:won}을 전액 환불해 드립니다.\n"
                "예약 페이지에서 같은 시간에 예약할 수 있는 다른 셰프를 볼 수 있습니다.\n",
            ),
            en=(
                "{chef} cannot take your booking",
                "Hello {name}, {chef} cannot take your booking on {starts_at:when}.\n"
                "You get a full refund of {refund:won}.\n"
                "The booking page shows other chefs who are available at that time.\n",
            ),
        ),
        "request_unanswered": MailText(
            ko=(
                "예약 요청이 만료되었습니다: {chef}",
                "{name}님, {chef} 셰프가 {starts_at:when} 예약 요청에 기한까지 답하지 않았습니다.\n"
                "{refund:won}을 전액 환불해 드립니다.\n",
            ),
            en=(
                "{chef} did not answer in time",
                "Hello {name}, {chef} did not answer your request for {starts_at:when} in time.\n"
                "You get a full refund of {refund:won}.\n",
            ),
        ),
        "request_missed": MailText(
            ko=(
                "답하지 않은 예약 요청이 만료되었습니다",
                "{name}님, {starts_at:when} 예약 요청에 답하지 않아 요청이 만료되고 손님에게 전액 환불되었습니다.\n",
            ),
            en=(
                "A request expired unanswered",
                "Hello {name}, the request for {starts_at:when} expired without your answer, "
                "and the guest got a full refund.\n",
            ),
        ),
        "cancelled_to_guest": MailText(
            ko=(
                "예약이 취소되었습니다: {chef}",
                "{name}님, {chef} 셰프와의 {starts_at:when} 예약이 취소되었습니다.\n환불 금액: {refund:won}\n",
            ),
            en=(
                "Canceled: your booking with {chef}",
                "Hello {name}, your booking with {chef} on {starts_at:when} was canceled.\nRefund: {refund:won}\n",
            ),
        ),
        "cancelled_to_chef": MailText(
            ko=(
                "예약이 취소되었습니다: {starts_at:when}",
                "{name}님, {starts_at:when} 예약이 취소되었습니다. 이 시간에 다시 예약을 받을 수 있습니다.\n"
                "취소 수수료: {kept:won}\n",
            ),
            en=(
                "Canceled: {starts_at:when}",
                "Hello {name}, the booking on {starts_at:when} was canceled, and the time is available again.\n"
                "Cancellation fee: {kept:won}\n",
            ),
        ),
        "moved": MailText(
            ko=(
                "예약 시간이 변경되었습니다: {starts_at:when}",
                "{name}님, {chef} 셰프 예약의 시간이 변경되었습니다.\n이전: {was_at:when}\n변경: {starts_at:when}\n"
                "메뉴와 인원, 금액은 그대로입니다.\n",
            ),
            en=(
                "New time: {starts_at:when}",
                "Hello {name}, the time of the booking with {chef} was changed.\nBefore: {was_at:when}\n"
                "Now: {starts_at:when}\nMenu, guests and price stay the same.\n",
            ),
        ),
        "move_asked": MailText(
            ko=(
                "예약 시간 변경 제안: {new_at:when}",
                "{name}님, {starts_at:when} 예약의 시간을 바꾸자는 제안이 왔습니다.\n제안된 시간: {new_at:when}\n"
                "{until:when}까지 예약 페이지에서 답해 주세요. 동의하기 전까지는 원래 시간이 유지됩니다.\n",
            ),
            en=(
                "New time proposed: {new_at:when}",
                "Hello {name}, a new time was proposed for the booking on {starts_at:when}: {new_at:when}.\n"
                "Please answer on the booking page by {until:when}. Until you agree, the time stays the same.\n",
            ),
        ),
        "move_refused": MailText(
            ko=(
                "예약 시간이 그대로 유지됩니다: {starts_at:when}",
                "{name}님, 제안하신 시간({new_at:when})으로 변경되지 않았습니다.\n"
                "예약은 원래대로 {starts_at:when}에 진행됩니다.\n",
            ),
            en=(
                "Your booking stays at {starts_at:when}",
                "Hello {name}, your proposal of {new_at:when} was not accepted.\n"
                "The booking stays on {starts_at:when}.\n",
            ),
        ),
        "no_show": MailText(
            ko=(
                "손님 부재로 기록되었습니다: {starts_at:when}",
                "{name}님, 환불되지 않습니다. 사실과 다르면 {until:when}까지 예약 페이지에서 알려 주세요.\n",
            ),
            en=(
                "Marked as a no-show: {starts_at:when}",
                "Hello {name}, nothing is refunded. If that is wrong, report a problem by {until:when}.\n",
            ),
        ),
        "dispute_opened": MailText(
            ko=(
                "예약에 문제가 접수되었습니다: {starts_at:when}",
                "{name}님, {chef} 셰프의 {starts_at:when} 예약에 대해 상대방이 문제를 알려 왔습니다.\n"
                "결정이 날 때까지 {price:won}은 그대로 보관됩니다.\n"
                "예약 페이지에서 내용을 확인하고 의견을 남겨 주세요.\n",
            ),
            en=(
                "A problem was reported: {starts_at:when}",
                "Hello {name}, the other person reported a problem with the booking on {starts_at:when} ({chef}).\n"
                "We hold {price:won} until there is a decision.\n"
                "Please read the report on the booking page and answer.\n",
            ),
        ),
        "dispute_received": MailText(
            ko=(
                "알려 주신 문제를 접수했습니다: {starts_at:when}",
                "{name}님, {starts_at:when} 예약에 대해 알려 주신 문제를 접수했습니다.\n"
                "양쪽의 이야기를 듣고 결정하며, 그때까지 {price:won}은 누구에게도 지급되지 않습니다.\n",
            ),
            en=(
                "We received your report: {starts_at:when}",
                "Hello {name}, we received your report about the booking on {starts_at:when}.\n"
                "We will hear both sides, and hold {price:won} until there is a decision.\n",
            ),
        ),
        "dispute_decided": MailText(
            ko=(
                "분쟁 조정 결과: {starts_at:when}",
                "{name}님, {starts_at:when} 예약의 분쟁 조정 결과를 알려 드립니다.\n손님에게 환불: {refund:won}\n"
                "셰프에게 지급: {payout:won}\n사유: {reason}\n",
            ),
            en=(
                "Our decision: {starts_at:when}",
                "Hello {name}, we have decided on the problem with the booking on {starts_at:when}.\n"
                "Refund to the guest: {refund:won}\nPaid to the chef: {payout:won}\nReason: {reason}\n",
            ),
        ),
        "review_replied": MailText(
            ko=(
                "후기에 답글이 달렸습니다",
                "{name}님, {starts_at:when} 예약에 남긴 후기에 답글이 달렸습니다. 예약 페이지에서 확인해 주세요.\n",
            ),
            en=(
                "Your review has a reply",
                "Hello {name}, your review of {starts_at:when} has a reply. You can read it on the booking page.\n",
            ),
        ),
        "review_hidden": MailText(
            ko=(
                "후기가 숨김 처리되었습니다",
                "{name}님, {starts_at:when} 예약에 남긴 후기를 숨겼습니다.\n사유: {reason}\n"
                "예약 페이지에서 이의를 한 번 제기할 수 있습니다.\n",
            ),
            en=(
                "Your review was hidden",
                "Hello {name}, your review of {starts_at:when} was hidden.\nReason: {reason}\n"
                "You can appeal once on the booking page.\n",
            ),
        ),
        "review_restored": MailText(
            ko=(
                "후기가 다시 공개되었습니다",
                "{name}님, {starts_at:when} 예약에 남긴 후기를 다시 공개했습니다.\n사유: {reason}\n",
            ),
            en=(
                "Your review is shown again",
                "Hello {name}, your review of {starts_at:when} is shown again.\nReason: {reason}\n",
            ),
        ),
        "appeal_refused": MailText(
            ko=(
                "이의 제기가 받아들여지지 않았습니다",
                "{name}님, 이의 제기를 검토했지만 {starts_at:when} 예약에 남긴 후기는 계속 숨겨 두기로 했습니다.\n"
                "사유: {reason}\n",
            ),
            en=(
                "Your review stays hidden",
                "Hello {name}, we reviewed your appeal. Your review of {starts_at:when} stays hidden.\n"
                "Reason: {reason}\n",
            ),
        ),
        "how_was_it": MailText(
            ko=(
                "{chef} 셰프와의 식사는 어떠셨나요?",
                "{name}님, 즐거운 식사 하셨나요? {until:date}까지 후기를 남길 수 있습니다.\n"
                "후기는 양쪽이 모두 쓰거나 기간이 끝나면 함께 공개됩니다.\n",
            ),
            en=(
                "How was your evening with {chef}?",
                "Hello {name}, you can review your evening until {until:date}.\n"
                "Both reviews appear together, once both are written or when the time is up.\n",
            ),
        ),
    },
)


async def _owner(session: AsyncSession, booking: Booking) -> Chef:
    return await session.get_one(Chef, booking.chef_id)


async def tell_requested(session: AsyncSession, booking: Booking) -> None:
    chef = await _owner(session, booking)
    for to, template in ((chef.user_id, "request_received"), (booking.guest_id, "request_sent")):
        await _queue(session, to, template, booking, chef, until=booking.request_until)


async def tell_confirmed(session: AsyncSession, booking: Booking) -> None:
    chef = await _owner(session, booking)
    await _queue(session, booking.guest_id, "booking_confirmed", booking, chef)
    await _queue(session, chef.user_id, "chef_booked", booking, chef)


async def tell_declined(session: AsyncSession, booking: Booking) -> None:
    await _queue(session, booking.guest_id, "request_declined", booking, await _owner(session, booking))


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
