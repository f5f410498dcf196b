"""Allergens: what someone at the table cannot eat against what is in the dishes."""

from typing import Any

from softfactory.services.coocook import errors
from softfactory.services.coocook.codes import ALLERGENS, Allergen, touches
from softfactory.services.coocook.languages import english, pick
from softfactory.services.coocook.models import Menu

ACKNOWLEDGED = (
    "I have read that these dishes contain my guests' allergens, and I take responsibility: {dishes}."
)
ACKNOWLEDGED_KO = (
    "다음 요리에 일행의 알레르기 유발 성분이 들어 있음을 확인했으며 책임은 본인에게 있습니다: {dishes}."
)


def conflicts(
    dishes: list[dict[str, Any]], guests: list[Allergen]
) -> list[tuple[dict[str, Any], list[Allergen]]]:
    """The dishes that contain what the guests cannot eat, each with those allergens."""
    found = []
    for dish in dishes:
        met = sorted({guest for guest in guests for inside in dish["allergens"] if touches(guest, inside)})
        if met:
            found.append((dish, met))
    return found


def check(menu: Menu, guests: list[Allergen], *, acknowledged: bool) -> dict[str, Any] | None:
    """Raise AllergenConflict, or give the acknowledgement to store; None when no dish is concerned."""
    met = conflicts(menu.dishes, guests)
    if not met:
        return None
    told = ", ".join(f"{pick(dish['name'], dish.get('name_en'))} ({_names(found)})" for dish, found in met)
    if not acknowledged:
        raise errors.AllergenConflict(
            dishes=told,
            conflicts=[
                {"dish": pick(dish["name"], dish.get("name_en")), "allergens": found} for dish, found in met
            ],
        )
    return {
        "sentence": pick(ACKNOWLEDGED_KO, ACKNOWLEDGED).format(dishes=told),
        "dishes": [pick(dish["name"], dish.get("name_en")) for dish, _ in met],
        "allergens": sorted({allergen for _, found in met for allergen in found}),
    }


def _names(codes: list[Allergen]) -> str:
    return ", ".join(ALLERGENS[code][1 if english() else 0] for code in codes)
