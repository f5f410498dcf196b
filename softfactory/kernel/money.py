"""Money: an integer of the currency's smallest unit, and the currency. KRW has no decimals."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

MAX_AMOUNT = 1_000_000_000_000  # a thousand billion won: above any order, far below bigint

Amount = Annotated[int, Field(ge=0, le=MAX_AMOUNT, strict=True)]


class Money(BaseModel):
    """An amount as the API shows it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    amount: int
    currency: Literal["KRW"] = "KRW"


def won(amount: int) -> Money:
    return Money(amount=amount)


def share(amount: int, basis_points: int) -> int:
    """A part of an amount, rounded down to the won: the remainder stays with the other side."""
    return amount * basis_points // 10_000
