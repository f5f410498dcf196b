"""Letters about money that went back without the payer having asked for it."""

from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import mail
from softfactory.kernel.mail import MailText
from softfactory.services.platform.models.payments import Order, RefundSource

OF_SOURCE: dict[RefundSource, str] = {"undelivered": "payment_undelivered", "late": "payment_came_late"}

mail.templates(
    __name__,
    {
        "payment_undelivered": MailText(
            ko=(
                "결제하신 금액을 환불해 드립니다",
                "{name}님, ‘{title_ko}’에 {amount:won}이 결제되었지만 더 이상 제공할 수 없게 되었습니다.\n\n"
                "결제 금액 전액을 환불해 드립니다. 따로 하실 일은 없습니다.\n",
            ),
            en=(
                "We are refunding your payment",
                "Hello {name}, you paid {amount:won} for “{title_en}”, which can no longer be provided.\n\n"
                "We are refunding the full amount. There is nothing you need to do.\n",
            ),
        ),
        "payment_came_late": MailText(
            ko=(
                "늦게 승인된 결제를 환불해 드립니다",
                "{name}님, ‘{title_ko}’의 결제 {amount:won}이 주문이 종료된 뒤에 승인되었습니다.\n\n"
                "결제 금액 전액을 환불해 드립니다. 따로 하실 일은 없습니다.\n",
            ),
            en=(
                "We are refunding a payment that came too late",
                "Hello {name}, a charge of {amount:won} for “{title_en}” arrived after the order had ended.\n\n"
                "We are refunding the full amount. There is nothing you need to do.\n",
            ),
        ),
    },
)


async def tell_payer(session: AsyncSession, order: Order, *, source: RefundSource, amount: int) -> None:
    """Write to the payer of an order that their money comes back."""
    await mail.queue(
        session,
        to=order.buyer_id,
        template=OF_SOURCE[source],
        amount=amount,
        title_ko=order.title_ko,
        title_en=order.title_en,
    )
