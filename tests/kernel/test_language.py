"""Dates as sentences write them."""

from datetime import date

import pytest

from softfactory.kernel import language


@pytest.mark.parametrize(
    ("reader", "written"), [("ko", "2026년 11월 27일(금)"), ("en", "Friday, 27 November 2026")]
)
def test_a_date_is_written_as_its_reader_writes_it(reader: str, written: str) -> None:
    assert language.day(date(2026, 11, 27), reader) == written
