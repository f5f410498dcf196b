"""HTTP of a person's own account."""

from fastapi import Response

from softfactory.kernel import pictures, versions
from softfactory.kernel.auth import User
from softfactory.kernel.db import ReadSession, Session
from softfactory.kernel.errors import PreconditionFailed, RequestTimeout, problems
from softfactory.kernel.media import UPLOAD, PictureBody
from softfactory.kernel.outside import RouteSteps
from softfactory.kernel.pictures import PictureView
from softfactory.kernel.routing import Router
from softfactory.services.platform import avatars, people
from softfactory.services.platform.errors.accounts import DemoAvatarFixed, DemoNameFixed
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


@router.put(
    "/me/avatar",
    response_model=PictureView,
    openapi_extra=UPLOAD,
    responses=problems(*pictures.REFUSALS, pictures.NoSuchPicture, RequestTimeout, DemoAvatarFixed),
)
async def change_my_avatar(user: User, picture: PictureBody, steps: RouteSteps) -> PictureView:
    """Send a picture of yourself as the body; it replaces the one before."""
    return await avatars.replace(steps, picture, principal=user)


@router.delete("/me/avatar", status_code=204, responses=problems(DemoAvatarFixed))
async def remove_my_avatar(user: User, session: Session) -> None:
    """Show no picture of yourself."""
    await avatars.remove(session, principal=user)
