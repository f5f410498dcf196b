"""Optimistic versions: an ``ETag`` on what is read, ``If-Match`` on what is changed."""

from typing import Annotated

from fastapi import Depends, Header

from softfactory.kernel.errors import PreconditionFailed, PreconditionRequired

_Header = Annotated[
    str | None, Header(alias="If-Match", description='The ``ETag`` that was read, such as ``"3"``.')
]


def etag(version: int) -> str:
    return f'"{version}"'


def _read(if_match: _Header = None) -> int | None:
    if if_match is None:
        return None
    text = if_match.removeprefix("W/").strip('"')
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise PreconditionFailed
    return int(text)


def _required(version: Annotated[int | None, Depends(_read)]) -> int:
    if version is None:
        raise PreconditionRequired
    return version


IfMatch = Annotated[int, Depends(_required)]
"""The version that the caller read: 428 without it."""

MaybeIfMatch = Annotated[int | None, Depends(_read)]
"""The version that the caller read, where it may be left out."""
