"""What streams refuse."""

from softfactory.kernel.errors import TooMany, Unauthorized, Unavailable


class TicketInvalid(Unauthorized):
    """The ticket is unknown, was used, is older than 30 seconds, or its session has ended."""

    en = "This connection ticket is no longer valid. Request a new one."
    ko = "더 이상 사용할 수 없는 연결 티켓입니다. 새로 받아 주세요."


class TooManyStreams(TooMany):
    """The person has as many streams open here as one may have."""

    en = "This account already has {limit} live connections. Close one of them, or try again in {retry_after} seconds."
    ko = "이 계정에는 이미 실시간 연결이 {limit}개 있습니다. 하나를 닫거나 {retry_after}초 뒤에 다시 시도해 주세요."


class StreamsFull(Unavailable):
    """This process holds as many streams as it may, or is about to end."""

    en = "No more live connections can be opened here at the moment. Please try again shortly."
    ko = "지금은 실시간 연결을 더 열 수 없습니다. 잠시 후 다시 시도해 주세요."
