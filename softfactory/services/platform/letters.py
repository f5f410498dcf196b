"""Letters about accounts, in both languages."""

from softfactory.kernel import mail
from softfactory.kernel.mail import MailText

_NOT_ME_KO = "\n본인이 한 일이 아니라면 바로 비밀번호를 재설정하고 고객센터로 알려 주세요.\n"
_NOT_ME_EN = "\nIf this was not you, reset your password right away and contact our support.\n"

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
                "You can now find a chef, book an evening, and write a review afterwards.\n"
                "If you did not sign up, please reply to this email and let us know.\n",
            ),
        ),
        "password_link": MailText(
            ko=(
                "비밀번호를 다시 설정해 주세요",
                "{name}님, 비밀번호 재설정 요청을 받았습니다.\n\n"
                "아래 링크에서 새 비밀번호를 정해 주세요. 링크는 30분 동안 한 번만 사용할 수 있습니다.\n{link}\n\n"
                "요청한 적이 없다면 이 메일을 무시해 주세요. 비밀번호는 바뀌지 않습니다.\n",
            ),
            en=(
                "Set a new password",
                "Hello {name}, we received a request to reset your password.\n\n"
                "Use this link to set a new one. It works once, within 30 minutes.\n{link}\n\n"
                "If you did not ask for this, ignore this email. Your password stays the same.\n",
            ),
        ),
        "password_reset": MailText(
            ko=(
                "비밀번호가 재설정되었습니다",
                "{name}님, 메일로 보내 드린 링크로 비밀번호가 재설정되어 모든 기기에서 로그아웃되었습니다.\n\n"
                "새 비밀번호로 다시 로그인해 주세요.\n" + _NOT_ME_KO,
            ),
            en=(
                "Your password was reset",
                "Hello {name}, your password was reset with a link from our email, and all your devices were signed "
                "out.\n\nPlease sign in again with the new password.\n" + _NOT_ME_EN,
            ),
        ),
        "password_changed": MailText(
            ko=(
                "비밀번호가 변경되었습니다",
                "{name}님, 계정의 비밀번호가 변경되어 다른 기기에서 로그아웃되었습니다.\n" + _NOT_ME_KO,
            ),
            en=(
                "Your password was changed",
                "Hello {name}, the password of your account was changed, and your other devices were signed out.\n"
                + _NOT_ME_EN,
            ),
        ),
        "totp_on": MailText(
            ko=(
                "인증 앱을 등록했습니다",
                "{name}님, 이제 로그인할 때 비밀번호와 함께 인증 앱의 코드를 입력합니다.\n\n"
                "복구 코드는 휴대폰이 아닌 안전한 곳에 보관해 주세요.\n" + _NOT_ME_KO,
            ),
            en=(
                "An authenticator app was set up",
                "Hello {name}, from now on, signing in asks for your password and a code from your app.\n\n"
                "Please keep your recovery codes somewhere safe, not on your phone.\n" + _NOT_ME_EN,
            ),
        ),
        "totp_off": MailText(
            ko=(
                "인증 앱을 해제했습니다",
                "{name}님, 이제 로그인할 때 인증 앱의 코드를 묻지 않습니다. 복구 코드도 사용할 수 없게 되었습니다.\n"
                + _NOT_ME_KO,
            ),
            en=(
                "The authenticator app was removed",
                "Hello {name}, signing in no longer asks for a code, and your recovery codes no longer work.\n"
                + _NOT_ME_EN,
            ),
        ),
        "recovery_codes_new": MailText(
            ko=(
                "복구 코드를 새로 만들었습니다",
                "{name}님, 새 복구 코드 10개를 만들었습니다. 이전 코드는 더 이상 사용할 수 없습니다.\n"
                + _NOT_ME_KO,
            ),
            en=(
                "New recovery codes were made",
                "Hello {name}, ten new recovery codes were made. The old ones no longer work.\n" + _NOT_ME_EN,
            ),
        ),
        "recovery_code_used": MailText(
            ko=(
                "복구 코드로 로그인했습니다",
                "{name}님, 복구 코드로 로그인했습니다. 남은 코드는 {left}개입니다.\n\n"
                "인증 앱을 사용할 수 없다면 보안 설정에서 앱을 다시 등록해 주세요.\n" + _NOT_ME_KO,
            ),
            en=(
                "A recovery code was used to sign in",
                "Hello {name}, a recovery code was used to sign in. Codes left: {left}.\n\n"
                "If you have lost your app, set it up again in your security settings.\n" + _NOT_ME_EN,
            ),
        ),
        "passkey_added": MailText(
            ko=(
                "패스키를 등록했습니다",
                "{name}님, 계정에 패스키({passkey})를 등록했습니다.\n" + _NOT_ME_KO,
            ),
            en=(
                "A passkey was added",
                "Hello {name}, a passkey ({passkey}) was added to your account.\n" + _NOT_ME_EN,
            ),
        ),
        "passkey_removed": MailText(
            ko=(
                "패스키를 삭제했습니다",
                "{name}님, 계정에서 패스키({passkey})를 삭제했습니다.\n" + _NOT_ME_KO,
            ),
            en=(
                "A passkey was deleted",
                "Hello {name}, a passkey ({passkey}) was deleted from your account.\n" + _NOT_ME_EN,
            ),
        ),
        "new_sign_in": MailText(
            ko=(
                "새 기기에서 로그인했습니다",
                "{name}님, 새로운 기기에서 로그인했습니다.\n\n기기: {device}\n시간: {at:when}\n\n"
                "본인이라면 따로 하실 일은 없습니다. "
                "본인이 아니라면 아래에서 그 기기를 로그아웃하고 비밀번호를 바꿔 주세요.\n"
                "{page}\n",
            ),
            en=(
                "New sign-in to your account",
                "Hello {name}, someone signed in to your account from a new device.\n\nDevice: {device}\n"
                "Time: {at:when}\n\nIf it was you, there is nothing to do. If not, sign that device out here and "
                "change your password.\n{page}\n",
            ),
        ),
    },
)
