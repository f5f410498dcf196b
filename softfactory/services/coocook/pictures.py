"""Pictures of a chef: the portrait, the cover, a gallery in order. A menu's picture belongs to the menu.

A menu is never changed once offered, and neither is its picture: it stands in the menu's own row, so that whoever
booked keeps seeing what was offered. A new picture comes with the menu that replaces the old one.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import pictures
from softfactory.kernel.db import uuid7
from softfactory.kernel.jobs import job
from softfactory.kernel.outside import Steps
from softfactory.kernel.pictures import PictureView
from softfactory.services.coocook import chefs
from softfactory.services.coocook.models import Chef, GalleryPicture, Menu
from softfactory.services.coocook.schemas.chefs import PicturesWish

USED = """
    exists (select from coocook.chef x where x.portrait_id = p.id)
    or exists (select from coocook.chef x where x.cover_id = p.id)
    or exists (select from coocook.gallery_picture x where x.picture_id = p.id)
    or exists (select from coocook.menu x where x.picture_id = p.id)
"""


async def take(steps: Steps, content: bytes, *, user_id: UUID) -> PictureView:
    """Keep a picture of someone who has a profile; a day later it is gone unless it has a place."""
    async with steps.transaction() as session:
        await chefs.mine(session, user_id)
    return await pictures.take(steps, content, owner_id=user_id)


async def arrange(session: AsyncSession, chef_id: UUID, wish: PicturesWish, *, user_id: UUID) -> Chef:
    """Portrait, cover and gallery as wished, all of it at once. What loses its last place is dropped."""
    chef = await chefs.own(session, chef_id, user_id)
    before = {chef.portrait_id, chef.cover_id, *await _gallery_ids(session, chef_id)}
    after = {each for each in (wish.portrait, wish.cover, *wish.gallery) if each is not None}
    await pictures.claim(session, after, owner_id=user_id)
    chef.portrait_id, chef.cover_id = wish.portrait, wish.cover
    await session.execute(delete(GalleryPicture).where(GalleryPicture.chef_id == chef_id))
    if wish.gallery:
        rows = [
            {"id": uuid7(), "chef_id": chef_id, "picture_id": each, "position": position}
            for position, each in enumerate(wish.gallery, start=1)
        ]
        await session.execute(insert(GalleryPicture), rows)
    await session.flush()
    await _drop_unless_of_a_menu(session, before - after)
    return chef


async def _drop_unless_of_a_menu(session: AsyncSession, ids: Iterable[UUID | None]) -> None:
    listed = [each for each in ids if each is not None]
    kept = set(await session.scalars(select(Menu.picture_id).where(Menu.picture_id.in_(listed))))
    await pictures.drop(session, set(listed) - kept)


async def of_chef(
    session: AsyncSession, chef: Chef
) -> tuple[PictureView | None, PictureView | None, list[PictureView]]:
    """Portrait, cover, gallery."""
    order = await _gallery_ids(session, chef.id)
    found = await pictures.shown(session, [chef.portrait_id, chef.cover_id, *order])
    portrait, cover = (
        found.get(each) if each is not None else None for each in (chef.portrait_id, chef.cover_id)
    )
    return portrait, cover, [found[each] for each in order if each in found]


async def of_menus(session: AsyncSession, menus: Iterable[Menu]) -> dict[UUID, PictureView]:
    """Pictures by the menu's id."""
    listed = [menu for menu in menus if menu.picture_id is not None]
    found = await pictures.shown(session, [menu.picture_id for menu in listed])
    return {menu.id: found[menu.picture_id] for menu in listed if menu.picture_id in found}


async def _gallery_ids(session: AsyncSession, chef_id: UUID) -> list[UUID]:
    found = await session.scalars(
        select(GalleryPicture.picture_id)
        .where(GalleryPicture.chef_id == chef_id)
        .order_by(GalleryPicture.position)
    )
    return list(found)


@job(every="30m")
async def sweep(session: AsyncSession) -> None:
    """Drop pictures that never found a place, or lost it with a menu."""
    await pictures.sweep(session, used=USED)
