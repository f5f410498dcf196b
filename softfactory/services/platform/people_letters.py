"""Letters about a person's rights, in both languages."""

from softfactory.kernel import mail
from softfactory.kernel.mail import MailText

mail.templates(
    __name__,
    {
        "person_suspended": MailText(
            ko=(
                "SoftFactory 이용이 정지되었습니다",
                "{name}님, 계정의 이용이 정지되어 모든 기기에서 로그아웃되었습니다.\n\n"
                "사유: {reason}\n\n"
                "이의가 있으시면 이 메일에 회신해 주세요. 담당자가 다시 확인하겠습니다.\n",
            ),
            en=(
                "Your SoftFactory account is suspended",
                "Hello {name}, your account has been suspended and signed out on every device.\n\n"
                "Reason: {reason}\n\n"
                "If you think this is wrong, reply to this email and we will review it again.\n",
            ),
        ),
        "person_restored": MailText(
            ko=(
                "SoftFactory를 다시 이용하실 수 있습니다",
                "{name}님, 계정의 이용 정지가 해제되었습니다. 지금 바로 로그인하실 수 있습니다.\n\n사유: {reason}\n",
            ),
            en=(
                "You can use SoftFactory again",
                "Hello {name}, your account is no longer suspended. You can sign in right away.\n\nReason: {reason}\n",
            ),
        ),
        "person_roles_changed": MailText(
            ko=(
                "계정의 역할이 변경되었습니다",
                "{name}님, 관리자가 계정의 역할을 변경했습니다. 현재 역할은 내 계정에서 확인하실 수 있습니다.\n\n"
                "사유: {reason}\n",
            ),
            en=(
                "Your roles have changed",
                "Hello {name}, an admin has changed the roles of your account. "
                "You can see them on your account page.\n\n"
                "Reason: {reason}\n",
            ),
        ),
        "space_invitation": MailText(
            ko=(
                "{invited_by}님이 {team} 팀에 초대했습니다",
                "{invited_by}님이 SoftFactory의 {team} 팀에 함께하자고 초대했습니다.\n\n"
                "아래 주소에서 초대를 확인해 주세요. 한 번만 사용할 수 있고 {expires_at:when}까지 유효합니다.\n"
                "{link}\n\n"
                "모르는 초대라면 이 메일을 무시하셔도 됩니다.\n",
            ),
            en=(
                "{invited_by} invited you to the team {team}",
                "{invited_by} invited you to join the team {team} on SoftFactory.\n\n"
                "Open the invitation here. The link works once, until {expires_at:when}.\n"
                "{link}\n\n"
                "If you do not know what this is about, you can ignore this email.\n",
            ),
        ),
        "export_ready": MailText(
            ko=(
                "내 데이터가 준비되었습니다",
                "{name}님, 요청하신 데이터 파일이 준비되었습니다. "
                "{expires_at:when}까지 로그인한 뒤 받으실 수 있습니다.\n"
                "{link}\n\n"
                "요청하신 적이 없다면 비밀번호를 바꾸고 로그인한 기기를 확인해 주세요.\n",
            ),
            en=(
                "Your data is ready to download",
                "Hello {name}, the file with your data is ready. Sign in and download it by {expires_at:when}.\n"
                "{link}\n\n"
                "If you did not ask for it, change your password and check which devices are signed in.\n",
            ),
        ),
        "farewell": MailText(
            ko=(
                "회원 탈퇴를 처리하고 있습니다",
                "{name}님, 요청하신 대로 SoftFactory 회원 탈퇴를 처리하고 있습니다. "
                "이 메일이 저희가 보내 드리는 마지막 메일입니다.\n\n"
                "이름, 이메일 주소, 로그인 기록은 모두 지워집니다. "
                "결제 기록은 법에서 정한 기간 동안 이름 없이 보관됩니다.\n"
                "그동안 이용해 주셔서 감사합니다.\n",
            ),
            en=(
                "Your account is being deleted",
                "Hello {name}, as you asked, your SoftFactory account is being deleted. This is our last email.\n\n"
                "Your name, email address and sign-in history are deleted. Payment records are kept without your "
                "name for as long as the law requires.\n"
                "Thank you for being with us.\n",
            ),
        ),
        "leaving_stopped": MailText(
            ko=(
                "회원 탈퇴가 중단되었습니다",
                "{name}님, 탈퇴를 요청하신 사이에 먼저 정리할 일이 새로 생겨 탈퇴를 중단했습니다.\n\n"
                "다시 로그인한 뒤 내 계정의 내 데이터 메뉴에서 확인해 주세요.\n",
            ),
            en=(
                "Your account was not deleted",
                "Hello {name}, something new came up that has to be settled first, so your "
                "account was not deleted.\n\n"
                "Please sign in again and check the Your data page of your account.\n",
            ),
        ),
    },
)
