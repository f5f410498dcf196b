"""HTTP of a person's API keys."""

from uuid import UUID

from fastapi import Response

from softfactory.kernel.auth import RecentUser, User
from softfactory.kernel.db import ReadSession, Session
from softfactory.kernel.errors import problems
from softfactory.kernel.routing import Router
from softfactory.services.platform import api_keys
from softfactory.services.platform.errors.people import DemoKeys, KeyUnknown, ScopeUnknown, TooManyKeys
from softfactory.services.platform.schemas.people import ApiKeyMade, ApiKeysView, ApiKeyView, ApiKeyWish

router = Router("/api/auth/api-keys", tags=["auth"])


@router.get("", response_model=ApiKeysView)
async def list_api_keys(user: User, session: ReadSession) -> ApiKeysView:
    """This person's keys, the newest first, and the scopes that a key may have."""
    keys = [ApiKeyView.model_validate(key) for key in await api_keys.listed(session, user)]
    return ApiKeysView(items=keys, known_scopes=list(api_keys.scopes()), limit=api_keys.MOST)


@router.post(
    "",
    status_code=201,
    response_model=ApiKeyMade,
    responses=problems(TooManyKeys, ScopeUnknown, DemoKeys),
)
async def make_an_api_key(
    wish: ApiKeyWish, user: RecentUser, response: Response, session: Session
) -> ApiKeyMade:
    """A new key. It is shown this once: keep it where nobody else reads it."""
    response.headers["Cache-Control"] = "no-store"
    return await api_keys.make(session, user, wish)


@router.delete("/{key_id}", status_code=204, responses=problems(KeyUnknown))
async def delete_an_api_key(key_id: UUID, user: User, session: Session) -> None:
    """Delete a key. It opens nothing any more within two seconds."""
    await api_keys.drop(session, user, key_id)
