"""What orders, payments and refunds refuse."""

from softfactory.kernel.errors import (
    BadRequest,
    Conflict,
    Forbidden,
    NotFound,
    Problem,
    Unauthorized,
    Unavailable,
    Unprocessable,
)


class PaymentRequired(Problem):
    """The payer's means of payment was refused."""

    status = 402
    en = "The payment was declined. You were not charged."
    ko = "결제가 거절되었습니다. 결제된 금액은 없습니다."


class PaymentDeclined(PaymentRequired):
    """The provider refused the charge."""

    en = "The payment was declined. You were not charged; please try another card."
    ko = "결제가 거절되었습니다. 결제된 금액은 없으니 다른 카드로 시도해 주세요."


class PaymentTimedOut(Conflict):
    """The payment was given up before the provider had charged, and can never be charged any more."""

    en = "The payment took too long and was stopped. Nothing was charged; please try again."
    ko = "결제가 지연되어 중단되었습니다. 결제된 금액은 없으니 다시 시도해 주세요."


class AmountMismatch(Unprocessable):
    """The payer was shown another amount than the order's."""

    en = "The amount does not match the order, which is {expected} won. Reload the page and pay again."
    ko = "결제 금액이 주문 금액({expected}원)과 다릅니다. 새로고침한 뒤 다시 결제해 주세요."


class AmountInvalid(Unprocessable):
    """Nothing, or less than nothing, was to be given back."""

    en = "The amount must be at least 1 won."
    ko = "금액은 1원 이상이어야 합니다."


class NothingToPay(Conflict):
    """The subject costs nothing."""

    en = "There is nothing to pay here."
    ko = "결제할 금액이 없습니다."


class OrderClosed(Conflict):
    """The order was cancelled."""

    en = "This order is closed. Please start again."
    ko = "종료된 주문입니다. 처음부터 다시 진행해 주세요."


class OrderPaid(Conflict):
    """Another payment has paid the order."""

    en = "This order is already paid. You were not charged again."
    ko = "이미 결제된 주문입니다. 다시 결제되지 않았습니다."


class OrderUnpaid(Conflict):
    """Money of an order was to be moved, but no payment has arrived."""

    en = "Nothing has been paid for this order yet."
    ko = "아직 결제되지 않은 주문입니다."


class PaymentInProgress(Conflict):
    """A payment of this order is on its way and its outcome is not known yet."""

    en = "A payment for this order is still being processed. Wait a moment and look at it again."
    ko = "이 주문의 결제를 처리하고 있습니다. 잠시 후 다시 확인해 주세요."


class PaymentKeyUsed(Conflict):
    """The provider's key has paid, or tried to pay, another order."""

    en = "This payment key belongs to another payment. Start the payment again."
    ko = "다른 결제에 사용된 결제 키입니다. 결제를 다시 시작해 주세요."


class RefundTooLarge(Conflict):
    """More was to be given back than is left."""

    en = "At most {refundable} won can be refunded."
    ko = "최대 {refundable}원까지 환불할 수 있습니다."


class RefundReused(Conflict):
    """The refund's id stands for another refund."""

    en = "This refund was already requested with a different amount."
    ko = "다른 금액으로 이미 요청된 환불입니다."


class PayoutReused(Conflict):
    """The payout's id stands for another payout."""

    en = "This payout was already made for another order or another payee."
    ko = "다른 주문 또는 다른 수취인으로 이미 처리된 정산입니다."


class CancelThroughSeller(Forbidden):
    """A payer wants to cancel a payment whose seller has a policy for that."""

    en = "Please cancel the booking itself. It shows what you get back and refunds it."
    ko = "예약을 취소해 주세요. 환불 금액을 미리 안내한 뒤 환불해 드립니다."


class DemoMoney(Forbidden):
    """A demo account wanted to move real money."""

    en = "Demo accounts can only pay with test cards."
    ko = "체험 계정은 테스트 카드로만 결제할 수 있습니다."


class PaymentsUnavailable(Unavailable):
    """This deployment has no payment provider."""

    en = "Payments are not set up here. Nothing was charged."
    ko = "결제가 설정되어 있지 않습니다. 결제된 금액은 없습니다."


class ProviderUnknown(NotFound):
    """There is no provider of this name here."""

    en = "We cannot find a payment provider with this name."
    ko = "해당 결제사를 찾을 수 없습니다."


class WebhookForged(Unauthorized):
    """The signature does not fit the body."""

    en = "The webhook's signature does not match."
    ko = "웹훅 서명이 일치하지 않습니다."


class WebhookStale(BadRequest):
    """The webhook was signed too long ago, or in the future."""

    en = "The webhook's timestamp is outside of five minutes."
    ko = "웹훅 시각이 5분 범위를 벗어났습니다."


class WebhookUnreadable(BadRequest):
    """A signed webhook of an unknown shape."""

    en = "The webhook could not be read."
    ko = "웹훅을 읽을 수 없습니다."
