"""The shapes of notices in the API and on the wire."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from softfactory.kernel.paging import Page
from softfactory.kernel.shapes import View, Wish
from softfactory.kernel.time import Moment

Number = Annotated[int, Field(ge=0, le=2**53 - 1)]
"""A notice's number, which is also a cursor: everything up to it was seen. Whole in a browser's numbers too."""


class TicketView(View):
    ticket: str = Field(description="Opens one stream, once.")
    expires_in: int = Field(description="Seconds.")


class NoticeView(View):
    """What changed: ``kind`` and ``subject_id`` say which thing, ``says`` which sentence the bell shows of it."""

    number: int
    kind: str = Field(examples=["coocook.booking"])
    subject_id: UUID | None
    says: str | None = Field(
        description="The code of a sentence; null: nothing is said.", examples=["guest.confirmed"]
    )
    created_at: Moment


class NoticesView(Page[NoticeView]):
    """``unread``: sentences after ``read_to``, counted up to 100. ``last``: the newest notice's number."""

    unread: int
    read_to: int
    last: int


class ReadWish(Wish):
    up_to: Number
