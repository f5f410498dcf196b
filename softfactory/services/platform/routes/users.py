"""HTTP of a person's own account."""

from fastapi import Response

from softfactory.kernel import versions
from softfactory.kernel.auth import User
from softfactory.kernel.db import ReadSession, Session
from softfactory.kernel.errors import PreconditionFailed, problems
from softfactory.kernel.routing import Router
from softfactory.services.platform import people
from softfactory.services.platform.errors.accounts import DemoNameFixed
from softfactory.services.platform.schemas.accounts import MeView, ProfileWish

router = Router("/api/users", tags=["users"])


@router.get("/me", response_model=MeView)
async def read_me(user: User, response: Response, session: ReadSession) -> MeView:
    """The signed-in person. The ``ETag`` is the version."""
    view, version = await people.me(session, user)
    response.headers["ETag"] = versions.etag(version)
    return view


@router.patch("/me", response_model=MeView, responses=problems(PreconditionFailed, DemoNameFixed))
async def change_me(
    wish: ProfileWish,
    user: User,
    response: Response,
    session: Session,
    seen: versions.MaybeIfMatch,
) -> MeView:
    """Change the name, the language of letters, or the time zone."""
    view, version = await people.change(session, user, wish, version=seen)
    response.headers["ETag"] = versions.etag(version)
    return view
