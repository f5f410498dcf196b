"""iCalendar over HTTP: its media type, and an ETag so that a calendar that polls gets nothing twice."""

from hashlib import sha256
from typing import Self

from fastapi import Response


class CalendarFile(Response):
    """An answer that calendar apps read."""

    media_type = "text/calendar"

    @classmethod
    def of(cls, body: bytes, known: str | None) -> Self:
        """The file, or 304 for a caller who has it already."""
        tag = f'"{sha256(body).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept-Language"}
        have = {part.strip().removeprefix("W/") for part in (known or "").split(",")}
        if have & {tag, "*"}:
            return cls(status_code=304, headers=headers)
        return cls(body, headers=headers)
