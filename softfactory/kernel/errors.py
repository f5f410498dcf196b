"""Refusals: one class each, told as ``application/problem+json`` (RFC 9457) in Korean or English.

A refusal has a stable ``code`` (its class's name in snake case), a sentence in each language whose gaps are filled
from its facts, and a status from its base class. Below 500 is business; 500 is a bug that wakes someone.
"""

import re
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

_registry: dict[str, type["Problem"]] = {}


class Problem(Exception):
    """The base of all refusals. Subclass one of the bases with a status, never this."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "problem"
    en: ClassVar[str] = "Something went wrong on our side. Nothing was lost; please try again."
    ko: ClassVar[str] = "서버에 문제가 생겼습니다. 잃어버린 것은 없으니 다시 시도해 주세요."
    headers: ClassVar[dict[str, str]] = {}

    def __init__(self, **facts: Any) -> None:
        super().__init__(facts)
        self.facts = facts
        self.errors: list[dict[str, str]] = facts.pop("errors", [])
        self.retry_after: int | None = facts.get("retry_after")

    def __init_subclass__(cls) -> None:
        cls.code = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()
        _registry.setdefault(cls.code, cls)

    def sentence(self, language: str) -> str:
        template = self.en if language == "en" else self.ko
        return template.format_map(_Forgiving({k: _plain(v) for k, v in self.facts.items()}))


class _Forgiving(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else value


def known(code: str) -> type[Problem] | None:
    """The class of a code, for refusals that arrive from another process."""
    return _registry.get(code)


class BadRequest(Problem):
    status = 400
    en = "The request could not be read. Check that the body is valid JSON."
    ko = "요청을 읽을 수 없습니다. 본문이 올바른 JSON인지 확인해 주세요."


class Unauthorized(Problem):
    status = 401
    en = "Please sign in."
    ko = "로그인이 필요합니다."
    headers: ClassVar[dict[str, str]] = {"WWW-Authenticate": "Bearer"}


class Forbidden(Problem):
    status = 403
    en = "Your account is not allowed to do this."
    ko = "이 작업을 할 수 있는 권한이 없습니다."


class NotFound(Problem):
    status = 404
    en = "There is nothing here. It may have been removed, or the address is wrong."
    ko = "찾을 수 없습니다. 삭제되었거나 주소가 잘못되었습니다."


class MethodNotAllowed(Problem):
    status = 405
    en = "This address does not take that method."
    ko = "이 주소에서는 사용할 수 없는 메서드입니다."


class RequestTimeout(Problem):
    status = 408
    en = "The request took too long to arrive. Please send it again."
    ko = "요청이 너무 늦게 도착했습니다. 다시 보내 주세요."


class Conflict(Problem):
    status = 409
    en = "This no longer fits the current state. Reload the page and try again."
    ko = "현재 상태와 맞지 않습니다. 새로고침한 뒤 다시 확인해 주세요."


class PreconditionFailed(Problem):
    status = 412
    en = "Someone changed this in the meantime. Reload the page and make your change again."
    ko = "그사이 다른 변경이 있었습니다. 새로고침한 뒤 다시 적용해 주세요."


class PayloadTooLarge(Problem):
    status = 413
    en = "The request is larger than {limit} bytes."
    ko = "요청이 {limit}바이트를 넘습니다."


class UnsupportedMediaType(Problem):
    status = 415
    en = "Send the body as application/json."
    ko = "본문을 application/json으로 보내 주세요."


class Unprocessable(Problem):
    status = 422
    en = "Some values cannot be accepted."
    ko = "사용할 수 없는 값이 있습니다."


class InvalidInput(Unprocessable):
    """The shape of the request is wrong; ``errors`` says where."""

    en = "Please check the marked fields."
    ko = "표시된 항목을 확인해 주세요."


class PreconditionRequired(Problem):
    status = 428
    en = "Send If-Match with the version that you read."
    ko = "읽어 온 버전을 If-Match로 보내 주세요."


class TooMany(Problem):
    status = 429
    en = "Too many attempts. Please wait {retry_after} seconds."
    ko = "시도가 너무 많습니다. {retry_after}초 뒤에 다시 시도해 주세요."


class InternalError(Problem):
    """What a caller sees of a bug: that it happened, and the id to quote."""

    status = 500


class Unavailable(Problem):
    status = 503
    en = "This is briefly unavailable. Please try again in a moment."
    ko = "잠시 이용할 수 없습니다. 잠시 후 다시 시도해 주세요."
    headers: ClassVar[dict[str, str]] = {"Retry-After": "2"}


class OutcomeUnknown(Unavailable):
    """A commit neither succeeded nor failed within its deadline."""

    en = "We could not confirm whether this went through. Reload, or send it again with the same Idempotency-Key."
    ko = "처리되었는지 확인하지 못했습니다. 새로고침하거나 같은 Idempotency-Key로 다시 보내 주세요."


class FieldError(BaseModel):
    field: str
    code: str
    message: str


class ProblemView(BaseModel):
    """RFC 9457, with the stable ``code``, the facts behind the sentence and the id to quote to support."""

    model_config = ConfigDict(json_schema_extra={"title": "Problem"})

    type: str = Field(examples=["urn:softfactory:problem:slot_taken"])
    title: str
    status: int
    code: str
    detail: str
    instance: str
    request_id: str
    facts: dict[str, Any] = {}
    errors: list[FieldError] = []


def problems(*classes: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """The ``responses=`` of a route: every refusal it can give, by status."""
    by_status: dict[int, list[str]] = {}
    for cls in classes:
        by_status.setdefault(cls.status, []).append(cls.code)
    return {
        status: {
            "description": ", ".join(codes),
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, codes in by_status.items()
    }


def jsonable(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts as JSON values."""

    def plain(value: Any) -> Any:
        if isinstance(value, datetime):
            return value.isoformat()
        if isinstance(value, UUID):
            return str(value)
        if isinstance(value, dict):
            return {str(k): plain(v) for k, v in value.items()}
        return [plain(v) for v in value] if isinstance(value, list | tuple) else value

    return {key: plain(value) for key, value in facts.items()}
