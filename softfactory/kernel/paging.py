"""Lists page by key, never by offset: a cursor is the sort key of the last row seen, opaque to the caller."""

import base64
import binascii
from typing import Annotated, Any, Generic, TypeVar

import orjson
from fastapi import Query
from pydantic import BaseModel

from softfactory.kernel.errors import Unprocessable

T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    """One page of a list. ``next_cursor`` is null on the last one."""

    items: list[T]
    next_cursor: str | None = None


class CursorInvalid(Unprocessable):
    """A cursor that this list did not give out."""

    en = "This page address is no longer valid. Start again from the first page."
    ko = "더 이상 유효하지 않은 페이지 주소입니다. 첫 페이지부터 다시 시작해 주세요."


Cursor = Annotated[str | None, Query(max_length=400, description="``next_cursor`` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=100)]


def encode(*key: Any) -> str:
    """A cursor of a sort key; times and ids become strings."""
    return base64.urlsafe_b64encode(orjson.dumps(key, default=str)).decode().rstrip("=")


def decode(cursor: str | None, *types: Any) -> list[Any] | None:
    """The sort key of a cursor, each part read by its type (``UUID``, ``datetime.fromisoformat``, ``int`` …)."""
    if not cursor:
        return None
    try:
        parts = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(parts, list) or len(parts) != len(types):
            raise ValueError
        return [None if part is None else read(part) for part, read in zip(parts, types, strict=True)]
    except (ValueError, TypeError, binascii.Error, OverflowError):
        raise CursorInvalid from None
