"""What accounts and sessions refuse."""

from softfactory.kernel.errors import (
    BadRequest,
    Conflict,
    Forbidden,
    NotFound,
    TooMany,
    Unauthorized,
    Unprocessable,
)


class EmailInvalid(Unprocessable):
    """The text is no e-mail address that letters could reach."""

    en = "We cannot send email to this address. It should look like name@example.com."
    ko = "메일을 보낼 수 있는 주소가 아닙니다. name@example.com과 같은 형식으로 입력해 주세요."


class EmailTaken(Conflict):
    """Another account has this address."""

    en = "There is already an account with this email address. Sign in instead, or use another address."
    ko = "이미 가입된 이메일 주소입니다. 로그인하거나 다른 주소를 사용해 주세요."


class PasswordGuessable(Unprocessable):
    """The password is one of those that are tried first."""

    en = "This password is too easy to guess. Use a few words that have nothing to do with you."
    ko = "추측하기 쉬운 비밀번호입니다. 본인과 관계없는 단어 몇 개를 이어서 사용해 주세요."


class WrongCredentials(Unauthorized):
    """The address is unknown or the password is wrong; which of the two is not told."""

    en = "The email address or password is incorrect."
    ko = "이메일 주소 또는 비밀번호가 올바르지 않습니다."


class AccountSuspended(Forbidden):
    """The person may not act at present."""

    en = "This account is suspended. Please contact our support."
    ko = "이용이 정지된 계정입니다. 고객센터로 문의해 주세요."


class TooManySignIns(TooMany):
    """Too many wrong passwords; even the right one has to wait."""

    en = "Too many failed sign-ins. Please try again in {retry_after} seconds."
    ko = "로그인에 여러 번 실패했습니다. {retry_after}초 뒤에 다시 시도해 주세요."


class RefreshMissing(Unauthorized):
    """Neither the cookie nor the body has a refresh token."""

    en = "You are not signed in here. Please sign in."
    ko = "로그인되어 있지 않습니다. 로그인해 주세요."


class RefreshInvalid(Unauthorized):
    """The refresh token is unknown, or its session has ended."""

    en = "Your session has ended. Please sign in again."
    ko = "로그인이 만료되었습니다. 다시 로그인해 주세요."


class RefreshReused(Unauthorized):
    """A refresh token that had been replaced came again: one of its two holders is a thief, so both are signed out."""

    en = "This session was used from two places, so we ended it to keep your account safe. Please sign in again."
    ko = "같은 로그인이 두 곳에서 사용되어 계정 보호를 위해 종료했습니다. 다시 로그인해 주세요."


class RefreshAmbiguous(BadRequest):
    """A refresh token came both in the cookie and in the body."""

    en = "Send the refresh token either in the cookie or in the body, not in both."
    ko = "리프레시 토큰은 쿠키와 본문 중 한 곳으로만 보내 주세요."


class DemoOff(Forbidden):
    """This deployment has no demo accounts."""

    en = "Demo accounts are switched off here. Please sign in or register."
    ko = "이곳에서는 체험 계정을 사용할 수 없습니다. 로그인하거나 가입해 주세요."


class DemoNameFixed(Forbidden):
    """Demo people are shared by all visitors, so nobody may rename them."""

    en = "A demo account is shared by all visitors, so its name cannot be changed."
    ko = "체험 계정은 모든 방문자가 함께 사용하므로 이름을 바꿀 수 없습니다."


class SessionUnknown(NotFound):
    """There is no such session of this person."""

    en = "We cannot find this sign-in. It may have ended already."
    ko = "해당 로그인 기록을 찾을 수 없습니다. 이미 종료되었을 수 있습니다."


class PersonUnknown(NotFound):
    """We cannot find this person."""

    en = "We cannot find this person."
    ko = "해당 회원을 찾을 수 없습니다."
