"""How refusals leave: problem+json in the caller's language, never a stack trace, SQL or path."""

from typing import Any

import asyncpg
import orjson
import structlog
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy import exc
from starlette.exceptions import HTTPException

from softfactory.kernel import errors, telemetry
from softfactory.kernel.errors import Problem
from softfactory.kernel.language import language
from softfactory.kernel.validation import field_errors, sentence

log = structlog.get_logger(__name__)

_BY_STATUS: dict[int, type[Problem]] = {
    400: errors.BadRequest,
    401: errors.Unauthorized,
    403: errors.Forbidden,
    404: errors.NotFound,
    405: errors.MethodNotAllowed,
    413: errors.PayloadTooLarge,
    415: errors.UnsupportedMediaType,
}
_BUSY_CLASSES = ("08", "53", "57")  # connection, resources, operator intervention (PostgreSQL, appendix A)
_BUSY_STATES = {"40001", "40P01", "55P03", "25P04", "25P03"}
_VALUE_STATES = {"22003", "22007", "22008", "22021", "22P05", "22P02"}


def render(refusal: Problem, path: str) -> Response:
    tongue = language.get()
    body = {
        "type": f"urn:softfactory:problem:{refusal.code}",
        "title": refusal.code.replace("_", " ").capitalize(),
        "status": refusal.status,
        "code": refusal.code,
        "detail": refusal.sentence(tongue),
        "instance": path,
        "request_id": telemetry.request_id.get(),
        "facts": errors.jsonable(refusal.facts),
        "errors": [
            {
                "field": error["field"],
                "code": error["code"],
                "message": _message(refusal, error, tongue),
            }
            for error in refusal.errors
        ],
    }
    headers = dict(refusal.headers)
    if refusal.retry_after is not None:
        headers["Retry-After"] = str(refusal.retry_after)
    headers["Content-Language"] = tongue
    headers["Vary"] = "Accept-Language"
    return Response(orjson.dumps(body), refusal.status, headers, media_type="application/problem+json")


def _message(refusal: Problem, error: dict[str, str], tongue: str) -> str:
    """A field whose error is the refusal itself says the refusal's sentence."""
    if error["code"] == refusal.code:
        return refusal.sentence(tongue)
    return error.get("message") or sentence(error["code"], error, tongue)


async def problem(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Problem)  # noqa: S101 - registered for this class only
    if refusal.status >= 500:
        log.warning("unavailable", code=refusal.code, facts=errors.jsonable(refusal.facts))
    return render(refusal, request.url.path)


async def invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class only
    found: list[dict[str, Any]] = list(error.errors())
    return render(errors.InvalidInput(errors=field_errors(found, language.get())), request.url.path)


async def http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class only
    if isinstance(error.__cause__, Problem):  # raised while the body was read, wrapped by the framework
        return render(error.__cause__, request.url.path)
    cls = _BY_STATUS.get(
        error.status_code, errors.BadRequest if error.status_code < 500 else errors.InternalError
    )
    answer = render(cls(), request.url.path)
    for name, value in (error.headers or {}).items():
        answer.headers[name] = value
    return answer


def other(path: str, error: Exception) -> Response:
    """What no route refused: a database that is away, a value that no column holds, or a bug."""
    refusal = error if isinstance(error, Problem) else of_database(error)
    if refusal is None:
        log.error("bug", path=path, exc_info=error)
        refusal = errors.InternalError()
    return render(refusal, path)


def of_database(error: BaseException) -> Problem | None:
    """The refusal that an error of the database means; None when it is a bug."""
    if isinstance(error, exc.TimeoutError):
        return errors.Unavailable()
    if isinstance(error, exc.DBAPIError):
        state = str(getattr(error.orig, "sqlstate", "") or "")
        if error.connection_invalidated or state[:2] in _BUSY_CLASSES or state in _BUSY_STATES:
            return errors.Unavailable()
        if state in _VALUE_STATES or isinstance(
            error.orig.__cause__ if error.orig else None, asyncpg.DataError
        ):
            return errors.InvalidInput(errors=[{"field": "body", "code": "value_out_of_range"}])
        if isinstance(error, exc.InterfaceError):
            return errors.Unavailable()
        return None
    if isinstance(error, asyncpg.PostgresConnectionError | asyncpg.InterfaceError | OSError | TimeoutError):
        return errors.Unavailable()
    if isinstance(error, asyncpg.PostgresError):
        state = str(error.sqlstate or "")
        if state[:2] in _BUSY_CLASSES or state in _BUSY_STATES:
            return errors.Unavailable()
    return None
