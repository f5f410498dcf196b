"""The texts of the demo, read from ``data/*.toml`` and checked by the shapes that the API itself takes."""

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal
from uuid import UUID, uuid5

from softfactory.services.coocook.schemas.chefs import ChefWish, MenuWish

DATA = Path(__file__).with_name("data")
NAMESPACE = UUID("0c0c00c4-5f0d-5c1e-8a11-2f6f0d9b7e31")
DEMO_CHEF = "haneul-seo"
"""The profile of the demo person with the role of a chef."""


def demo_id(*parts: object) -> UUID:
    """The fixed id of a demo row: the same in every deployment."""
    return uuid5(NAMESPACE, ":".join(map(str, parts)))


def dice(*parts: object) -> random.Random:
    """Chance that falls the same way for the same words."""
    return random.Random(":".join(map(str, parts)))  # noqa: S311 - demo data, nothing secret


@dataclass(frozen=True, slots=True, eq=False)
class DemoChef:
    """A chef's profile and menus. ``hours``: a name of ``hours.WEEKS``. ``waits``: not yet approved."""

    slug: str
    profile: ChefWish
    menus: list[MenuWish]
    hours: str
    waits: bool

    @property
    def id(self) -> UUID:
        return demo_id("chef", self.slug)

    def menu_id(self, number: int) -> UUID:
        return demo_id("menu", self.slug, number)

    @property
    def sweet(self) -> bool:
        """Whether the table is mostly of sweets."""
        return self.profile.cuisines[0] == "dessert"


@cache
def read(name: str) -> dict[str, Any]:
    """One file of texts."""
    with (DATA / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def chefs() -> tuple[DemoChef, ...]:
    """Every demo chef, in the order of the files."""
    files = sorted(path.stem for path in DATA.glob("chefs_*.toml"))
    return tuple(_chef(told) for file in files for told in read(file)["chef"])


def chef(slug: str) -> DemoChef:
    return next(chef for chef in chefs() if chef.slug == slug)


@cache
def dishes() -> dict[str, list[str]]:
    """Every dish by its key: Korean, English, course, allergens."""
    return {key: told for group in read("dishes").values() for key, told in group.items()}


def _chef(told: dict[str, Any]) -> DemoChef:
    region, city, city_en = told["home"]
    policy, confirming, hours = told["terms"]
    profile = {
        **{
            f"{field}{suffix}": told[field][i]
            for field in ("name", "headline", "bio")
            for i, suffix in _SIDES
        },
        "cuisines": told["cuisines"],
        "region": region,
        "city": f"{city} {city_en}",
        "languages": told["languages"],
        "policy": policy,
        "instant": confirming == "instant",
        "picture_seed": told["slug"],
    }
    menus = [_menu(told["slug"], number, menu) for number, menu in enumerate(told["menus"], start=1)]
    return DemoChef(told["slug"], ChefWish.model_validate(profile), menus, hours, told.get("waits", False))


_SIDES: list[tuple[Literal[0, 1], str]] = [(0, ""), (1, "_en")]


def _menu(slug: str, number: int, told: list[Any]) -> MenuWish:
    title, title_en, price, least, most, minutes, keys, extras, text, text_en = told
    return MenuWish.model_validate(
        {
            "name": title,
            "name_en": title_en,
            "description": text,
            "description_en": text_en,
            "price_per_guest": {"amount": price},
            "min_party": least,
            "max_party": most,
            "duration_minutes": minutes,
            "dishes": [_dish(*dishes()[key]) for key in keys.split()],
            "extras": [_extra(code, *read("extras")["extra"][code]) for code in extras.split()],
            "picture_seed": f"{slug}-{number}",
        }
    )


def _dish(name: str, name_en: str, course: str, allergens: str) -> dict[str, Any]:
    return {"name": name, "name_en": name_en, "course": course, "allergens": allergens.split()}


def _extra(code: str, name: str, name_en: str, price: int, per: str) -> dict[str, Any]:
    return {"code": code, "name": name, "name_en": name_en, "price": {"amount": price}, "per": per}
