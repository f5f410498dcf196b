"""Letters about accounts, in both languages."""

from softfactory.kernel import mail
from softfactory.kernel.mail import MailText

mail.templates(
    __name__,
    {
        "welcome": MailText(
            ko=(
                "SoftFactory에 오신 것을 환영합니다",
                "{name}님, 가입해 주셔서 감사합니다.\n\n"
                "이제 셰프를 찾아 예약하고, 식사를 마친 뒤에는 후기를 남길 수 있습니다.\n"
                "본인이 가입하지 않았다면 이 메일에 회신해 알려 주세요.\n",
            ),
            en=(
                "Welcome to SoftFactory",
                "Hello {name}, thank you for joining.\n\n"
                "You can now find a chef, book an evening, and tell others about it afterwards.\n"
                "If it was not you who registered, please reply to this letter and let us know.\n",
            ),
        ),
    },
)
