"""Shapes that several nouns share."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from softfactory.kernel.money import Money
from softfactory.kernel.pictures import PictureView
from softfactory.kernel.shapes import View, Wish
from softfactory.services.coocook.codes import Policy
from softfactory.services.coocook.languages import english

Name = Annotated[str, Field(min_length=1, max_length=60)]
Line = Annotated[str, Field(min_length=1, max_length=120)]
Paragraph = Annotated[str, Field(max_length=4000)]
Reason = Annotated[str, Field(max_length=500)]
Party = Annotated[int, Field(ge=1, le=100, strict=True)]
Seed = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9_-]+$")]


def refuse(ko: str, en: str) -> ValueError:
    """What a validator raises: the sentence in the caller's language."""
    return ValueError(en if english() else ko)


class Price(Wish):
    """A price that a chef sets."""

    amount: Annotated[int, Field(ge=0, le=10_000_000, strict=True)]
    currency: Literal["KRW"] = "KRW"


class Picture(View):
    """What stands for something: the photo that the chef sent, else an illustration, drawn by the client from ``kind``
    and ``seed``."""

    kind: Literal["chef", "dish", "kitchen"]
    seed: str
    photo: PictureView | None = None


class Tier(View):
    """Cancelled at least this many hours before the start, this share of the price comes back."""

    hours_before: int
    percent: int


class PolicyView(View):
    """A cancellation policy; tiers from the earliest to the latest, the last one with ``hours_before`` 0."""

    code: Policy
    tiers: list[Tier]


class PriceLine(View):
    """One line of a bill. ``code``: ``menu`` or ``extra``."""

    code: Literal["menu", "extra"]
    label: str
    quantity: int
    unit: Money
    amount: Money


class ChefBrief(View):
    id: UUID
    name: str
    picture: Picture
