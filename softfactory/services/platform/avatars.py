"""Avatars: the one picture by which others know a person."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import pictures
from softfactory.kernel.auth import Principal
from softfactory.kernel.jobs import job
from softfactory.kernel.outside import Steps
from softfactory.kernel.pictures import PictureView
from softfactory.services.platform.errors.accounts import DemoAvatarFixed
from softfactory.services.platform.models.accounts import Person

USED = "exists (select from platform.person x where x.avatar_id = p.id)"


async def replace(steps: Steps, content: bytes, *, principal: Principal) -> PictureView:
    """Show this picture from now on; the one before is dropped."""
    _refuse_shared(principal)
    shown = await pictures.take(steps, content, owner_id=principal.id)
    async with steps.transaction() as session:
        await pictures.claim(session, [shown.id], owner_id=principal.id)
        await _point(session, principal.id, shown.id)
    return shown


async def remove(session: AsyncSession, *, principal: Principal) -> None:
    """Show no picture. Without one, nothing changes."""
    _refuse_shared(principal)
    await _point(session, principal.id, None)


def _refuse_shared(principal: Principal) -> None:
    """What one stranger showed as a demo person, all others would be."""
    if principal.demo:
        raise DemoAvatarFixed


async def _point(session: AsyncSession, person_id: UUID, picture_id: UUID | None) -> None:
    """The version stays: it is of what the profile's form shows, and that form may be open beside this."""
    person = await session.get_one(Person, person_id, with_for_update=True)
    before = person.avatar_id
    await session.execute(update(Person).where(Person.id == person_id).values(avatar_id=picture_id))
    if before is not None:
        await pictures.drop(session, [before])


@job(every="30m")
async def sweep(session: AsyncSession) -> None:
    """Drop pictures that never became anybody's."""
    await pictures.sweep(session, used=USED)
