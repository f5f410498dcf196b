"""A chef's pictures over HTTP."""

from uuid import UUID

from fastapi import Response

from softfactory.kernel import pictures as kept
from softfactory.kernel.auth import User
from softfactory.kernel.db import Session
from softfactory.kernel.errors import RequestTimeout, problems
from softfactory.kernel.idempotency import KeyReused, SteppedIdempotencyKey, TwinRunning
from softfactory.kernel.media import UPLOAD, PictureBody
from softfactory.kernel.outside import RouteSteps
from softfactory.kernel.pictures import PictureView
from softfactory.kernel.routing import Router
from softfactory.kernel.versions import etag
from softfactory.services.coocook import errors, pictures
from softfactory.services.coocook.schemas.chefs import ChefOwnView, PicturesWish
from softfactory.services.coocook.views import chefs as views

router = Router("/api/coocook", tags=["coocook: pictures"])


@router.put(
    "/chefs/{chef_id}/pictures",
    response_model=ChefOwnView,
    responses=problems(errors.NoSuchChef, kept.NoSuchPicture),
)
async def arrange_pictures(
    chef_id: UUID, wish: PicturesWish, person: User, session: Session, response: Response
) -> ChefOwnView:
    """Portrait, cover and gallery, from pictures that were sent before. What loses its place is removed."""
    chef = await pictures.arrange(session, chef_id, wish, user_id=person.id)
    response.headers["ETag"] = etag(chef.version)
    return await views.own(session, chef)


@router.post(
    "/pictures",
    status_code=201,
    response_model=PictureView,
    openapi_extra=UPLOAD,
    responses=problems(errors.NoProfileYet, *kept.REFUSALS, KeyReused, TwinRunning, RequestTimeout),
)
async def send_a_picture(
    person: User, picture: PictureBody, steps: RouteSteps, _: SteppedIdempotencyKey
) -> PictureView:
    """Send a picture as the body. Give it a place within a day: portrait, cover, gallery, or a menu."""
    return await pictures.take(steps, picture, user_id=person.id)


@router.delete("/pictures/{picture_id}", status_code=204, responses=problems(kept.NoSuchPicture))
async def remove_a_picture(picture_id: UUID, person: User, session: Session) -> None:
    """Remove one of the caller's pictures from wherever it stands."""
    await kept.drop_own(session, picture_id, owner_id=person.id)
