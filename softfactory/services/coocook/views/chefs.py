"""Chefs, menus and free times as the API shows them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from softfactory.kernel import time
from softfactory.kernel.auth import Principal
from softfactory.kernel.money import Money, won
from softfactory.kernel.pictures import PictureView
from softfactory.services.coocook import availability, blocks, cancellation, pictures
from softfactory.services.coocook.codes import Policy
from softfactory.services.coocook.languages import pick
from softfactory.services.coocook.models import Chef, Menu
from softfactory.services.coocook.schemas.chefs import (
    AvailabilityView,
    ChefOwnView,
    ChefView,
    DishView,
    ExtraView,
    MenuView,
    SlotView,
)
from softfactory.services.coocook.schemas.common import Picture, PolicyView
from softfactory.services.coocook.slots import Slot


def policy(code: Policy) -> PolicyView:
    return PolicyView.model_validate(cancellation.snapshot(code))


async def _pictures(session: AsyncSession, chef: Chef) -> dict[str, Any]:
    portrait, cover, gallery = await pictures.of_chef(session, chef)
    picture = Picture(kind="chef", seed=chef.picture_seed, photo=portrait)
    return {"picture": picture, "cover": cover, "gallery": gallery}


def _price_from(chef: Chef) -> Money | None:
    return won(chef.price_from) if chef.price_from is not None else None


def _rating(chef: Chef) -> float | None:
    return float(chef.rating) if chef.rating is not None else None


async def public(session: AsyncSession, chef: Chef, caller: Principal | None) -> ChefView:
    """A chef's page."""
    smallest, largest = (
        await session.execute(
            select(func.min(Menu.min_party), func.max(Menu.max_party)).where(
                Menu.chef_id == chef.id, Menu.active
            )
        )
    ).one()
    values: dict[str, Any] = {
        "id": chef.id,
        "name": pick(chef.name, chef.name_en),
        "headline": pick(chef.headline, chef.headline_en),
        "bio": pick(chef.bio, chef.bio_en),
        "cuisines": chef.cuisines,
        "region": chef.region,
        "city": chef.city,
        "rating": _rating(chef),
        "review_count": chef.rating_count,
        "price_from": _price_from(chef),
        **await _pictures(session, chef),
        "instant": chef.instant,
        "languages": chef.languages,
        "status": chef.status,
        "policy": policy(chef.policy),
        "zone": chef.zone,
        "notice_hours": chef.notice_hours,
        "horizon_days": chef.horizon_days,
        "party_min": smallest,
        "party_max": largest,
        "joined_at": chef.approved_at,
        "mine": caller is not None and chef.user_id == caller.id,
        "version": chef.version,
    }
    return ChefView.model_validate(values)


async def own(session: AsyncSession, chef: Chef, *, feed_address: str | None = None) -> ChefOwnView:
    """A chef's own profile, every field as it was written."""
    fields = (
        "name",
        "name_en",
        "headline",
        "headline_en",
        "bio",
        "bio_en",
        "cuisines",
        "region",
        "city",
        "languages",
    )
    values: dict[str, Any] = {field: getattr(chef, field) for field in fields}
    values |= {
        "policy": chef.policy,
        "instant": chef.instant,
        "picture_seed": chef.picture_seed,
        "id": chef.id,
        "status": chef.status,
        "decision_reason": chef.decision_reason,
        **await _pictures(session, chef),
        "rating": _rating(chef),
        "review_count": chef.rating_count,
        "price_from": _price_from(chef),
        "availability": await hours(session, chef),
        "calendar_feed": {"made_at": chef.feed_made_at, "address": feed_address},
        "version": chef.version,
    }
    return ChefOwnView.model_validate(values)


async def hours(session: AsyncSession, chef: Chef) -> AvailabilityView:
    """A chef's hours, and what the clocks will do to them."""
    today = time.local(chef.zone, await time.now(session)).date()
    return availability.view(chef, today, await blocks.of_chef(session, chef))


async def menus(session: AsyncSession, rows: Sequence[Menu]) -> list[MenuView]:
    """Menus with their pictures, which are asked for together."""
    photos = await pictures.of_menus(session, rows)
    return [_menu(row, photos.get(row.id)) for row in rows]


def _menu(row: Menu, photo: PictureView | None) -> MenuView:
    return MenuView(
        id=row.id,
        chef_id=row.chef_id,
        name=pick(row.name, row.name_en),
        description=pick(row.description, row.description_en),
        price_per_guest=won(row.price_per_guest),
        min_party=row.min_party,
        max_party=row.max_party,
        duration_minutes=row.duration_minutes,
        dishes=[
            DishView.model_validate({**dish, "name": pick(dish["name"], dish.get("name_en"))})
            for dish in row.dishes
        ],
        extras=[
            ExtraView(
                code=extra["code"],
                name=pick(extra["name"], extra.get("name_en")),
                price=won(extra["price"]),
                per=extra["per"],
            )
            for extra in row.extras
        ],
        allergens=row.allergens,
        picture=Picture(kind="dish", seed=row.picture_seed, photo=photo),
        active=row.active,
    )


def slot(free: Slot, zone: str) -> SlotView:
    local = time.local(zone, free.starts_at).isoformat(timespec="minutes")
    return SlotView(starts_at=free.starts_at, ends_at=free.ends_at, local_start=local, zone=zone)
