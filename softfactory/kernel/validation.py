"""Validation errors as sentences, in both languages, with the field that they are about."""

from collections.abc import Iterable, Mapping
from typing import Any

_SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("This is required.", "필수 항목입니다."),
    "extra_forbidden": ("This field is not known here.", "알 수 없는 항목입니다."),
    "unknown_parameter": ("This parameter is not known here.", "알 수 없는 매개변수입니다."),
    "unstorable_text": ("Contains a character that cannot be stored.", "저장할 수 없는 문자가 있습니다."),
    "string_type": ("Must be text.", "텍스트여야 합니다."),
    "string_too_short": ("Must have at least {min_length} characters.", "{min_length}자 이상이어야 합니다."),
    "string_too_long": ("Must have at most {max_length} characters.", "{max_length}자 이하여야 합니다."),
    "string_pattern_mismatch": ("Does not have the expected form.", "형식이 올바르지 않습니다."),
    "too_short": ("Must have at least {min_length} items.", "{min_length}개 이상이어야 합니다."),
    "too_long": ("Must have at most {max_length} items.", "{max_length}개 이하여야 합니다."),
    "int_type": ("Must be a whole number.", "정수여야 합니다."),
    "int_parsing": ("Must be a whole number.", "정수여야 합니다."),
    "int_from_float": ("Must be a whole number.", "정수여야 합니다."),
    "float_parsing": ("Must be a number.", "숫자여야 합니다."),
    "bool_type": ("Must be true or false.", "true 또는 false여야 합니다."),
    "bool_parsing": ("Must be true or false.", "true 또는 false여야 합니다."),
    "greater_than": ("Must be more than {gt}.", "{gt}보다 커야 합니다."),
    "greater_than_equal": ("Must be at least {ge}.", "{ge} 이상이어야 합니다."),
    "less_than": ("Must be less than {lt}.", "{lt}보다 작아야 합니다."),
    "less_than_equal": ("Must be at most {le}.", "{le} 이하여야 합니다."),
    "literal_error": ("Must be one of {expected}.", "{expected} 중 하나여야 합니다."),
    "enum": ("Must be one of {expected}.", "{expected} 중 하나여야 합니다."),
    "uuid_parsing": ("Must be an id (UUID).", "올바른 ID(UUID)여야 합니다."),
    "uuid_type": ("Must be an id (UUID).", "올바른 ID(UUID)여야 합니다."),
    "date_type": ("Must be a date such as 2026-12-31.", "2026-12-31과 같은 날짜여야 합니다."),
    "date_parsing": ("Must be a date such as 2026-12-31.", "2026-12-31과 같은 날짜여야 합니다."),
    "date_from_datetime_parsing": (
        "Must be a date such as 2026-12-31.",
        "2026-12-31과 같은 날짜여야 합니다.",
    ),
    "datetime_type": (
        "Must be a time such as 2026-12-31T18:00:00+09:00.",
        "2026-12-31T18:00:00+09:00과 같은 시각이어야 합니다.",
    ),
    "datetime_parsing": (
        "Must be a time such as 2026-12-31T18:00:00+09:00.",
        "2026-12-31T18:00:00+09:00과 같은 시각이어야 합니다.",
    ),
    "datetime_from_date_parsing": (
        "Must be a time such as 2026-12-31T18:00:00+09:00.",
        "2026-12-31T18:00:00+09:00과 같은 시각이어야 합니다.",
    ),
    "timezone_aware": (
        "The time needs its offset, such as +09:00.",
        "+09:00과 같은 시간대 오프셋이 필요합니다.",
    ),
    "json_invalid": ("The body is not valid JSON.", "본문이 올바른 JSON이 아닙니다."),
    "model_attributes_type": ("The body must be a JSON object.", "본문은 JSON 객체여야 합니다."),
    "model_type": ("Must be a JSON object.", "JSON 객체여야 합니다."),
    "dict_type": ("Must be a JSON object.", "JSON 객체여야 합니다."),
    "list_type": ("Must be a list.", "목록이어야 합니다."),
    "value_out_of_range": ("A number or date is out of range.", "숫자나 날짜가 허용 범위를 벗어났습니다."),
}
_OTHER = ("This value cannot be accepted.", "받아들일 수 없는 값입니다.")


def sentence(kind: str, context: Mapping[str, Any], language: str, fallback: str | None = None) -> str:
    """The sentence of one kind of validation error."""
    texts = _SENTENCES.get(kind)
    if texts is None:
        # A validator's own sentence is told when it is in the reader's language.
        fits = fallback and any("가" <= c <= "힣" for c in fallback) == (language == "ko")
        return fallback if fallback and fits else _OTHER[0 if language == "en" else 1]
    try:
        return texts[0 if language == "en" else 1].format_map(context)
    except (KeyError, ValueError, IndexError):
        return _OTHER[0 if language == "en" else 1]


def field_errors(found: Iterable[Mapping[str, Any]], language: str) -> list[dict[str, str]]:
    """Pydantic's errors as ``{field, code, message}``. The values that were sent are never told back."""
    told: list[dict[str, str]] = []
    for error in found:
        place = [
            str(part) for part in error["loc"] if not isinstance(part, int) or error["type"] != "json_invalid"
        ]
        field = ".".join(
            place[1:] if place and place[0] in {"body", "query", "path", "header", "cookie"} else place
        )
        own = str(error.get("msg", "")).removeprefix("Value error, ")
        told.append(
            {
                "field": field or "body",
                "code": str(error["type"]),
                "message": sentence(str(error["type"]), error.get("ctx") or {}, language, own),
            }
        )
    return told
