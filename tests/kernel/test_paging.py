"""Cursors survive the round trip and refuse what they did not give out."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softfactory.kernel.paging import CursorInvalid, decode, encode


def test_a_cursor_gives_back_its_key() -> None:
    moment, key = datetime(2026, 11, 23, 12, 30, 0, 5, tzinfo=UTC), uuid4()
    assert decode(encode(moment, key), datetime.fromisoformat, UUID) == [moment, key]
    assert decode(None, UUID) is None


@given(st.text(max_size=60))
def test_nonsense_is_refused_and_nothing_else(cursor: str) -> None:
    try:
        decode(cursor, datetime.fromisoformat, UUID)
    except CursorInvalid:
        return
    assert cursor == ""


def test_a_cursor_of_another_list_is_refused() -> None:
    with pytest.raises(CursorInvalid):
        decode(encode(5), datetime.fromisoformat, UUID)
