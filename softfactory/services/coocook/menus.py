"""Menus: what a chef offers. A menu is never changed: a change is a new one that replaces the old."""

from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import db, pictures
from softfactory.services.coocook import chefs, errors
from softfactory.services.coocook.models import Menu
from softfactory.services.coocook.schemas.chefs import MenuWish


async def offer(session: AsyncSession, chef_id: UUID, wish: MenuWish, *, user_id: UUID) -> Menu:
    """Offer a menu, or replace or withdraw one. Holds and bookings of the old one stay as they are."""
    chef = await chefs.own(session, chef_id, user_id)
    if wish.replaces is not None:
        replaced = await _withdraw(session, chef_id, wish.replaces)
        if not wish.active:
            await chefs.refresh_offer(session, chef)
            return replaced
    elif not wish.active:
        raise errors.NothingToWithdraw
    if wish.picture_id is not None:
        await pictures.claim(session, [wish.picture_id], owner_id=user_id)
    menu_id = db.uuid7()
    told = wish.model_dump(exclude={"replaces", "active", "picture_seed", "price_per_guest", "extras"})
    offered: Menu | None = await session.scalar(
        insert(Menu)
        .values(
            id=menu_id,
            chef_id=chef_id,
            **told,
            price_per_guest=wish.price_per_guest.amount,
            extras=[{**extra.model_dump(), "price": extra.price.amount} for extra in wish.extras],
            allergens=sorted({allergen for dish in wish.dishes for allergen in dish.allergens}),
            picture_seed=wish.picture_seed or menu_id.hex,
        )
        .on_conflict_do_nothing(index_elements=["chef_id", "name"], index_where=text("active"))
        .returning(Menu)
    )
    if offered is None:
        raise errors.MenuExists(name=wish.name)
    await chefs.refresh_offer(session, chef)
    return offered


async def _withdraw(session: AsyncSession, chef_id: UUID, menu_id: UUID) -> Menu:
    withdrawn: Menu | None = await session.scalar(
        update(Menu)
        .where(Menu.id == menu_id, Menu.chef_id == chef_id, Menu.active)
        .values(active=False)
        .returning(Menu)
    )
    if withdrawn is None:
        raise errors.NoSuchMenu
    return withdrawn


async def of_chef(session: AsyncSession, chef_id: UUID) -> list[Menu]:
    """The menus on offer, the cheapest first."""
    found = await session.scalars(
        select(Menu).where(Menu.chef_id == chef_id, Menu.active).order_by(Menu.price_per_guest, Menu.id)
    )
    return list(found)
