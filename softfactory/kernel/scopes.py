"""What a route may say of API keys, and what they are refused. Which scope a route needs is decided in ``auth.py``."""

from typing import Any

from fastapi import Depends

from softfactory.kernel import errors


class KeyInvalid(errors.Unauthorized):
    """The API key is unknown, over, deleted, or its person may not act."""

    en = "This API key is not valid. It may have expired or been deleted."
    ko = "유효하지 않은 API 키입니다. 만료되었거나 삭제되었을 수 있습니다."


class KeyRefused(errors.Forbidden):
    """The route takes no API key, whatever its scopes."""

    en = "This cannot be done with an API key. Please sign in."
    ko = "API 키로는 할 수 없는 작업입니다. 로그인한 뒤 이용해 주세요."


class ScopeMissing(errors.Forbidden):
    """The API key lacks the scope of this route."""

    en = "This needs an API key with the scope {scope}."
    ko = "{scope} 권한이 있는 API 키가 필요합니다."


def key_scope(scope: str | None) -> Any:
    """``dependencies=[key_scope("coocook:read")]``: the route's own word on which scope it needs; None: no key."""

    async def declared() -> None:
        """Nothing to do: `scope_of` reads it."""

    declared.key_scope = scope  # type: ignore[attr-defined]  # read by `scope_of`
    return Depends(declared)


NoKey = key_scope(None)
"""The route takes no API key."""


def declared(dependant: Any) -> list[str | None]:
    found = [dependant.call.key_scope] if hasattr(dependant.call, "key_scope") else []
    for part in getattr(dependant, "dependencies", ()):
        found += declared(part)
    return found


def depends_on(dependant: Any, call: Any) -> bool:
    parts = getattr(dependant, "dependencies", ())
    return any(part.call is call or depends_on(part, call) for part in parts)
