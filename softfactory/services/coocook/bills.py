"""Bills: what a booking costs, line by line, as it is stored with the booking."""

from typing import Any

from softfactory.services.coocook import errors
from softfactory.services.coocook.models import Menu
from softfactory.services.coocook.schemas.bookings import ExtraChoice

Bill = list[dict[str, Any]]


def draw(menu: Menu, *, party: int, extras: list[ExtraChoice]) -> Bill:
    """The lines of a menu for a party with its extras. An extra per guest is counted by the party."""
    bill: Bill = [_line("menu", menu.name, menu.name_en, party, menu.price_per_guest)]
    offered = {extra["code"]: extra for extra in menu.extras}
    for choice in extras:
        extra = offered.pop(choice.code, None)
        if extra is None:
            raise errors.ExtraUnknown(extra=choice.code)
        quantity = choice.quantity * (party if extra["per"] == "guest" else 1)
        bill.append(_line("extra", extra["name"], extra.get("name_en"), quantity, extra["price"]))
    return bill


def total(bill: Bill) -> int:
    """The sum of a bill in won."""
    return sum(line["amount"] for line in bill)


def _line(code: str, label: str, label_en: str | None, quantity: int, unit: int) -> dict[str, Any]:
    return {
        "code": code,
        "label": label,
        "label_en": label_en,
        "quantity": quantity,
        "unit": unit,
        "amount": quantity * unit,
    }
