"""Letters about chefs' profiles, in both languages."""

from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import mail
from softfactory.kernel.mail import MailText
from softfactory.services.coocook.models import Chef
from softfactory.services.coocook.schemas.chefs import ChefStatus

mail.templates(
    __name__,
    {
        "profile_approved": MailText(
            ko=(
                "셰프 프로필이 승인되었습니다",
                "{name}님, 축하합니다. 셰프 프로필({chef})이 승인되어 셰프 목록에 공개되었습니다.\n"
                "메뉴와 예약 가능 시간을 등록하면 예약을 받을 수 있습니다.\n",
            ),
            en=(
                "Your chef profile is approved",
                "Congratulations, {name}. Your profile “{chef}” is approved and public.\n"
                "Add menus and your hours, and guests can book you.\n",
            ),
        ),
        "profile_declined": MailText(
            ko=(
                "셰프 프로필이 승인되지 않았습니다",
                "{name}님, 셰프 프로필({chef})을 이번에는 승인하지 못했습니다.\n사유: {reason}\n"
                "내용을 수정하면 다시 심사합니다.\n",
            ),
            en=(
                "Your chef profile was not approved",
                "Hello {name}, we could not approve your profile “{chef}” this time.\nReason: {reason}\n"
                "Edit your profile, and we will review it again.\n",
            ),
        ),
    },
)


async def tell_decision(session: AsyncSession, chef: Chef) -> None:
    """Whether a profile was approved."""
    template = "profile_approved" if chef.status == ChefStatus.ACTIVE else "profile_declined"
    await mail.queue(session, to=chef.user_id, template=template, chef=chef.name, reason=chef.decision_reason)
