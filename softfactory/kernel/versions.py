"""Optimistic versions: an ``ETag`` on what is read, ``If-Match`` on what is changed."""

from typing import Annotated

from fastapi import Depends, Header

from softfactory.kernel.errors import PreconditionFailed, PreconditionRequired


def etag(version: int) -> str:
    return f'"{version}"'


def _if_match(
    if_match: Annotated[
        str | None, Header(description='The ``ETag`` that was read, such as ``"3"``.')
    ] = None,
) -> int:
    if if_match is None:
        raise PreconditionRequired
    text = if_match.removeprefix("W/").strip('"')
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise PreconditionFailed
    return int(text)


IfMatch = Annotated[int, Depends(_if_match)]
