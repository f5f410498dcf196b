"""Money is whole won."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from softfactory.kernel.money import Money, share, won


@given(st.integers(0, 10**12), st.integers(0, 10_000))
def test_a_share_and_the_rest_make_the_whole(amount: int, basis_points: int) -> None:
    part = share(amount, basis_points)
    assert 0 <= part <= amount
    assert part * 10_000 <= amount * basis_points < (part + 1) * 10_000


def test_a_fraction_of_a_won_is_refused() -> None:
    assert won(10_000).model_dump() == {"amount": 10_000, "currency": "KRW"}
    with pytest.raises(ValidationError):
        Money(amount=0.5)  # type: ignore[arg-type]  # what a caller might send
