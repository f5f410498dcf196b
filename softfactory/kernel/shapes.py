"""The base of every request and answer shape."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator


def unstorable(text: str) -> bool:
    """Text that PostgreSQL or UTF-8 cannot hold: NUL, or half of a surrogate pair."""
    return "\x00" in text or any("\ud800" <= c <= "\udfff" for c in text)


def _walk(value: Any) -> None:
    if isinstance(value, str) and unstorable(value):
        raise ValueError("contains a character that cannot be stored")
    if isinstance(value, list):
        for item in value:
            _walk(item)
    if isinstance(value, dict):
        for key, item in value.items():
            _walk(key)
            _walk(item)


class Wish(BaseModel):
    """A request body: unknown fields are refused, strings are trimmed, unstorable characters refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, values: Any) -> Any:
        _walk(values)
        return values


class View(BaseModel):
    """An answer, read from a row's attributes."""

    model_config = ConfigDict(from_attributes=True)


def _storable(text: str) -> str:
    if unstorable(text):
        raise ValueError("contains a character that cannot be stored")
    return text


Words = Annotated[str, AfterValidator(_storable)]
"""Text in a query parameter."""
