"""Coocook's refusals."""

from softfactory.kernel.errors import Conflict, Forbidden, NotFound, Unprocessable

# -- chefs -----------------------------------------------------------------------------------------------------------


class NoSuchChef(NotFound):
    """No such chef, or not one that the caller may see."""

    en = "We could not find this chef. The profile may be paused or gone."
    ko = "셰프를 찾을 수 없습니다. 프로필이 휴식 중이거나 삭제되었을 수 있습니다."


class NoProfileYet(NotFound):
    """The caller has no chef profile."""

    en = "You have no chef profile yet. Create one first."
    ko = "아직 셰프 프로필이 없습니다. 먼저 프로필을 만들어 주세요."


class ProfileExists(Conflict):
    """One person, one profile."""

    en = "You already have a chef profile. Change that one instead."
    ko = "이미 셰프 프로필이 있습니다. 기존 프로필을 수정해 주세요."


class NotDraft(Conflict):
    """Only a profile that waits can be approved or declined."""

    en = "This profile is no longer waiting for a decision. Reload the page to see it as it is now."
    ko = "심사를 기다리는 프로필이 아닙니다. 새로고침해 현재 상태를 확인해 주세요."


class NotApproved(Conflict):
    """A profile that no admin approved can neither rest nor be listed."""

    en = "This profile has not been approved yet."
    ko = "아직 승인되지 않은 프로필입니다."


class FutureBookings(Conflict):
    """A chef with bookings ahead cannot rest."""

    en = "You have upcoming bookings ({count}), the next on {next_at}. Complete or cancel them before you take a break."
    ko = "앞으로 예약이 {count}건 있습니다(다음 예약 {next_at}). 예약을 마치거나 취소한 뒤 휴식해 주세요."


class ListNotYours(Forbidden):
    """Only admins see profiles that are not listed."""

    en = "Only admins may list profiles that are not active."
    ko = "활성 상태가 아닌 프로필 목록은 관리자만 볼 수 있습니다."


# -- menus -----------------------------------------------------------------------------------------------------------


class NoSuchMenu(NotFound):
    """No such menu of this chef, or no longer offered."""

    en = "This menu is no longer available. Please choose another."
    ko = "더 이상 제공하지 않는 메뉴입니다. 다른 메뉴를 선택해 주세요."


class MenuExists(Conflict):
    """A chef's menus have different names."""

    en = "You already have a menu called “{name}”. Replace that one, or choose another name."
    ko = "‘{name}’ 메뉴가 이미 있습니다. 기존 메뉴를 수정하거나 다른 이름을 사용해 주세요."


class NothingToWithdraw(Unprocessable):
    """``active: false`` withdraws the menu named by ``replaces``."""

    en = "To withdraw a menu, name it in `replaces`."
    ko = "메뉴를 내리려면 `replaces`에 해당 메뉴를 지정해 주세요."


# -- free times ------------------------------------------------------------------------------------------------------


class RangeWrong(Unprocessable):
    """A range of dates that is reversed or too long."""

    en = "Choose a range of at most {days} days, from an earlier to a later date."
    ko = "시작일부터 종료일까지 최대 {days}일 범위로 선택해 주세요."


class PartyOutOfRange(Unprocessable):
    """The menu is not for a party of this size."""

    en = "This menu is for {min_party} to {max_party} guests."
    ko = "이 메뉴는 {min_party}~{max_party}명을 위한 메뉴입니다."


class SlotNotOffered(Unprocessable):
    """The chef does not start at this time."""

    en = "The chef does not offer this start time. Choose one of the available times."
    ko = "셰프가 제공하지 않는 시작 시간입니다. 표시된 예약 가능 시간 중에서 선택해 주세요."


class NoticeTooShort(Unprocessable):
    """The chef needs more time before."""

    en = "The chef needs {notice_hours} hours of notice. Choose a later time."
    ko = "최소 {notice_hours}시간 전에 예약해야 합니다. 더 늦은 시간을 선택해 주세요."


class BeyondHorizon(Unprocessable):
    """The calendar is not open that far."""

    en = "The chef's calendar is open for the next {horizon_days} days only."
    ko = "앞으로 {horizon_days}일 이내의 날짜만 예약할 수 있습니다."


class SlotTaken(Conflict):
    """Another guest holds or has booked this chef for that time."""

    en = "This chef is already booked from {starts_at} to {ends_at}. Please choose another time."
    ko = "이 셰프는 {starts_at}부터 {ends_at}까지 이미 예약되어 있습니다. 다른 시간을 선택해 주세요."


class BlockEmpty(Unprocessable):
    """An outside appointment in an hour that the clocks skip."""

    en = "This appointment starts and ends at the same time, because daylight saving time skips that hour."
    ko = "서머타임으로 건너뛰는 시각이라 시작과 끝이 같은 일정입니다."


class NoSuchFeed(NotFound):
    """No such calendar feed, or its address was renewed or revoked."""

    en = "This calendar address is no longer valid. Create a new one at your desk."
    ko = "더 이상 유효하지 않은 캘린더 주소입니다. 셰프 데스크에서 새 주소를 만들어 주세요."


# -- holds -----------------------------------------------------------------------------------------------------------


class TooManyHolds(Conflict):
    """A guest keeps few times at once."""

    en = "You can hold at most {limit} times at once. Cancel or book one of them first."
    ko = "시간은 한 번에 {limit}개까지 잡아 둘 수 있습니다. 하나를 먼저 취소하거나 예약해 주세요."


class OwnTable(Unprocessable):
    """A chef does not book themself."""

    en = "This is your own profile; you cannot book yourself."
    ko = "본인의 프로필은 예약할 수 없습니다."


class NoSuchHold(NotFound):
    """No such hold of the caller."""

    en = "We could not find the time you were holding. Please choose a time again."
    ko = "잡아 둔 시간을 찾을 수 없습니다. 시간을 다시 선택해 주세요."


class HoldEnded(Conflict):
    """The hold ran out or was released."""

    en = "Your hold expired at {ended_at}. You were not charged; please choose a time again."
    ko = "잡아 둔 시간이 {ended_at}에 만료되었습니다. 결제된 금액은 없으니 시간을 다시 선택해 주세요."


class HoldBooked(Conflict):
    """A hold that became a booking is let go by cancelling the booking."""

    en = "This time is already a booking. Cancel the booking instead."
    ko = "이미 예약으로 전환된 시간입니다. 예약을 취소해 주세요."


# -- bookings --------------------------------------------------------------------------------------------------------


class AllergenConflict(Unprocessable):
    """Dishes contain what someone at the table cannot eat."""

    en = (
        "These dishes contain your guests' allergens: {dishes}. Choose another menu, or confirm that you have "
        "read this."
    )
    ko = (
        "다음 요리에 알레르기 유발 성분이 들어 있습니다: {dishes}. 다른 메뉴를 선택하거나, 내용을 읽고 "
        "확인해 주세요."
    )


class ExtraUnknown(Unprocessable):
    """The menu has no such extra, or it was named twice."""

    en = "This menu does not have the extra “{extra}”, or it was chosen twice."
    ko = "메뉴에 ‘{extra}’ 추가 항목이 없거나 두 번 선택되었습니다."


class NoSuchBooking(NotFound):
    """No such booking, or not the caller's."""

    en = "We could not find this booking."
    ko = "예약을 찾을 수 없습니다."


class WrongState(Conflict):
    """The booking's state does not allow this."""

    en = "This is not possible in the current state of the booking. Reload the page and look again."
    ko = "현재 예약 상태에서는 할 수 없는 작업입니다. 새로고침해 확인해 주세요."


class NotYourPart(Forbidden):
    """The other side of the booking decides this."""

    en = "Only the chef of this booking can do that."
    ko = "이 예약의 셰프만 할 수 있는 작업입니다."


class TimeChanged(Conflict):
    """The chef accepts another time than the request has by now."""

    en = "The guest has changed the time of this request. Please look at it again."
    ko = "손님이 요청 시간을 바꿨습니다. 새 시간을 확인해 주세요."


class TooEarly(Conflict):
    """Possible from a moment on."""

    en = "This is possible from {from_at}."
    ko = "{from_at}부터 할 수 있습니다."


class TooLate(Conflict):
    """The meal has begun."""

    en = "The meal has already begun, so it can no longer be canceled here."
    ko = "이미 식사가 시작되어 여기서 취소할 수 없습니다."


class PaymentUnderway(Conflict):
    """A payment of this booking is not resolved yet."""

    en = "A payment for this booking is being processed. Please try again in a moment."
    ko = "이 예약의 결제를 처리하고 있습니다. 잠시 후 다시 시도해 주세요."


class RefundChanged(Conflict):
    """The sum that the guest was shown is no longer the sum."""

    en = "The refund is now {refund} won, not {expected} won. Please check the new amount and confirm again."
    ko = "환불 금액이 {expected}원에서 {refund}원으로 바뀌었습니다. 새 금액을 확인한 뒤 다시 진행해 주세요."


class NotOfThisTable(Forbidden):
    """The guest and the chef of a booking do this, nobody for them."""

    en = "Only the guest and the chef of this booking can do that."
    ko = "이 예약의 손님과 셰프만 할 수 있는 작업입니다."


class MealBegun(Conflict):
    """What has begun has no other time."""

    en = "The meal began at {starts_at}, so its time can no longer be changed."
    ko = "{starts_at}에 이미 시작되어 시간을 바꿀 수 없습니다."


class NothingProposed(Conflict):
    """The proposal was taken back, ran out, or names another time by now."""

    en = "This proposal is no longer open. Please check the booking again."
    ko = "더 이상 유효하지 않은 제안입니다. 예약을 다시 확인해 주세요."


class DisputeClosed(Conflict):
    """The days are over, the money has gone, or it was disputed once."""

    en = "It is too late to report a problem: this booking is paid out or decided, or two days have passed."
    ko = "더 이상 문제를 알릴 수 없습니다. 이미 정산되었거나 결정되었거나, 식사가 끝난 지 이틀이 지났습니다."


class RefundOverPrice(Unprocessable):
    """More than was paid."""

    en = "At most {price} won can be refunded, which is what was paid."
    ko = "결제한 {price}원까지만 환불할 수 있습니다."


class NothingToTry(Unprocessable):
    """A dry run is of a decision that divides money."""

    en = "Only `resolve` can be tried with `dry_run`."
    ko = "`dry_run`은 `resolve`에만 사용할 수 있습니다."


# -- reviews ---------------------------------------------------------------------------------------------------------


class NotYetDone(Conflict):
    """Only what took place can be reviewed."""

    en = "You can review a booking after it has been completed."
    ko = "완료된 예약만 후기를 남길 수 있습니다."


class ReviewClosed(Conflict):
    """The days for reviews are over."""

    en = "The time for reviewing this booking ended at {ended_at}."
    ko = "후기 작성 기간이 {ended_at}에 끝났습니다."


class AlreadyReviewed(Conflict):
    """Each side writes once."""

    en = "You have already reviewed this booking."
    ko = "이미 이 예약에 후기를 남겼습니다."


class NoSuchReview(NotFound):
    """No such review, or not one that the caller may read."""

    en = "We could not find this review. It may not be public yet, or no longer."
    ko = "후기를 찾을 수 없습니다. 아직 공개되지 않았거나 더 이상 공개되지 않는 후기일 수 있습니다."


class NotYourReview(Forbidden):
    """Replies are of the reviewed side, appeals of the author."""

    en = "Only the person reviewed can reply, and only the author can appeal."
    ko = "답글은 후기를 받은 사람만, 이의 제기는 작성자만 할 수 있습니다."


class OwnReview(Forbidden):
    """Nobody reports their own words."""

    en = "You cannot report your own review."
    ko = "본인이 쓴 후기는 신고할 수 없습니다."


class OwnCase(Forbidden):
    """Whoever sat at the table does not decide about it, admin or not."""

    en = "This is your own booking, so another admin has to decide."
    ko = "본인이 당사자인 예약입니다. 다른 관리자가 결정해야 합니다."


class ReplyClosed(Conflict):
    """A reply may be bettered for a while."""

    en = "Your reply could be edited until {ended_at}. It can no longer be changed."
    ko = "답글은 {ended_at}까지만 수정할 수 있습니다. 지금 내용이 그대로 유지됩니다."


class AlreadyReported(Conflict):
    """Once a person."""

    en = "You have already reported this review. An admin will review it."
    ko = "이미 신고한 후기입니다. 관리자가 확인할 예정입니다."


class NotHidden(Conflict):
    """Only against a hiding can one appeal."""

    en = "This review is public, so there is nothing to appeal."
    ko = "공개된 후기라서 이의를 제기할 필요가 없습니다."


class AlreadyAppealed(Conflict):
    """Once a hiding."""

    en = "You have already appealed. An admin will review it."
    ko = "이미 이의를 제기했습니다. 관리자가 확인할 예정입니다."


class AlreadyHidden(Conflict):
    """Hidden, and nobody appealed."""

    en = "This review is already hidden."
    ko = "이미 숨긴 후기입니다."


class NotPublished(Conflict):
    """Nobody but its author reads it yet."""

    en = "This review is not public yet."
    ko = "아직 공개되지 않은 후기입니다."


class NothingToDecide(Conflict):
    """Shown, and nobody reported it."""

    en = "This review is public and no one has reported it."
    ko = "공개 중이고 신고도 없는 후기입니다."
