"""Which language a caller reads."""

import calendar
from contextvars import ContextVar
from datetime import date

language: ContextVar[str] = ContextVar("language", default="ko")
"""``ko`` or ``en``: what the caller of this request reads."""


def preferred(accept_language: str) -> str:
    """The better of Korean and English for an Accept-Language header (RFC 9110 12.5.4); Korean when in doubt."""
    best, best_weight = "ko", 0.0
    for part in accept_language.split(",")[:20]:
        tag, _, parameters = part.strip().partition(";")
        code = tag.strip().lower().split("-")[0]
        try:
            weight = float(parameters.split("=", 1)[1]) if "=" in parameters else 1.0
        except ValueError:
            weight = 0.0
        if code in {"ko", "en"} and weight > best_weight:
            best, best_weight = code, weight
    return best


def day(at: date, reader: str) -> str:
    """A date as sentences write it: 2026년 11월 27일(금), or Friday, 27 November 2026."""
    if reader == "ko":
        return f"{at.year}년 {at.month}월 {at.day}일({'월화수목금토일'[at.weekday()]})"
    return f"{calendar.day_name[at.weekday()]}, {at.day} {calendar.month_name[at.month]} {at.year}"
