"""What proving who one is, and changing how, refuses."""

from softfactory.kernel.errors import Conflict, Forbidden, NotFound, TooMany, Unauthorized, Unprocessable


class TotpRequired(Unauthorized):
    """The password was right; ``POST /api/auth/login/code`` takes ``challenge`` and a code within ``expires_in``."""

    en = "Please enter the code that your authenticator app shows."
    ko = "인증 앱에 표시된 코드를 입력해 주세요."


class ChallengeEnded(Conflict):
    """What was to be answered is unknown, was answered before, or its five minutes are over."""

    en = "This step took too long or was already used. Please start again."
    ko = "시간이 지났거나 이미 사용된 단계입니다. 처음부터 다시 시도해 주세요."


class CodeWrong(Unprocessable):
    """The code is not one of now, was used before, or is no unused recovery code."""

    en = "This code is incorrect or was already used. Wait for the next one and try again."
    ko = "코드가 올바르지 않거나 이미 사용되었습니다. 다음 코드가 표시되면 다시 입력해 주세요."


class PasswordWrong(Unprocessable):
    """The password of the signed-in person is another."""

    en = "This password is incorrect."
    ko = "비밀번호가 올바르지 않습니다."


class TooManyCodes(TooMany):
    """Too many codes were tried; even the right one has to wait."""

    en = "Too many incorrect codes. Please try again in {retry_after} seconds."
    ko = "코드를 여러 번 잘못 입력했습니다. {retry_after}초 뒤에 다시 시도해 주세요."


class TooManyLetters(TooMany):
    """Letters to this address, or asked for from this place, have to wait."""

    en = (
        "We have already sent several emails. Please check your inbox, or try again in {retry_after} seconds."
    )
    ko = "이미 여러 번 메일을 보내 드렸습니다. 메일함을 확인하거나 {retry_after}초 뒤에 다시 시도해 주세요."


class PasswordLinkEnded(Conflict):
    """The link is unknown, was used, was replaced by a newer one, or its 30 minutes are over."""

    en = "This link has expired or was already used. Please request a new one."
    ko = "만료되었거나 이미 사용한 링크입니다. 새 링크를 요청해 주세요."


class DemoSecurityFixed(Forbidden):
    """Demo people are shared by all visitors, so nobody may change how one signs in as them."""

    en = "A demo account is shared by all visitors, so its security settings cannot be changed."
    ko = "체험 계정은 모든 방문자가 함께 사용하므로 보안 설정을 바꿀 수 없습니다."


class TotpAlreadyOn(Conflict):
    """An authenticator app is set up; it has to be removed before another takes its place."""

    en = "An authenticator app is already set up. Remove it first to set up another one."
    ko = "이미 인증 앱을 사용하고 있습니다. 다른 앱을 등록하려면 먼저 해제해 주세요."


class TotpNotOn(NotFound):
    """No authenticator app is set up, or none has been started."""

    en = "No authenticator app is set up."
    ko = "등록된 인증 앱이 없습니다."


class PasskeyRefused(Unprocessable):
    """What the authenticator answered does not hold: another site, another key, a wrong signature, a copied key."""

    en = "This passkey could not be verified. Please try again, or sign in another way."
    ko = "패스키를 확인하지 못했습니다. 다시 시도하거나 다른 방법을 사용해 주세요."


class PasskeyUnknown(NotFound):
    """There is no such passkey of this person."""

    en = "We do not recognize this passkey. It may have been deleted; please sign in another way."
    ko = "등록되지 않은 패스키입니다. 삭제되었을 수 있으니 다른 방법을 사용해 주세요."


class PasskeyTaken(Conflict):
    """The passkey is registered already."""

    en = "This passkey is already registered."
    ko = "이미 등록된 패스키입니다."


class TooManyPasskeys(Conflict):
    """An account holds at most twenty passkeys."""

    en = "An account can hold {limit} passkeys. Delete one that you no longer use first."
    ko = "패스키는 {limit}개까지 등록할 수 있습니다. 사용하지 않는 패스키를 먼저 삭제해 주세요."


class LastWayIn(Conflict):
    """Without a password the last passkey is the only way into the account."""

    en = "This is the only way into your account. Set a password or add another passkey first."
    ko = "계정에 로그인할 수 있는 마지막 방법입니다. 비밀번호를 설정하거나 다른 패스키를 먼저 등록해 주세요."
