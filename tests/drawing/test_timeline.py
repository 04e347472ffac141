"""Bars of time."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.drawing.timeline import WIDTH, timeline

NOW = datetime(2024, 7, 1, tzinfo=UTC)
MOMENTS = st.datetimes(timezones=st.just(UTC))


def day(year, month=1, number=1):
    return datetime(year, month, number, tzinfo=UTC)


def test_no_date_no_bar():
    assert timeline(None, None, now=NOW) is None


def test_span_within_a_year_has_its_months():
    drawn = timeline(day(2024, 3), day(2024, 4), now=NOW)
    assert (drawn.unit, len(drawn.ticks)) == ("month", 12)
    assert float(drawn.length) == pytest.approx(31 / 366 * WIDTH, abs=0.1)


def test_long_span_has_round_years():
    drawn = timeline(day(1972, 7), day(2024), now=NOW)
    assert [tick.when.year for tick in drawn.ticks] == [1970, 1980, 1990, 2000, 2010, 2020]


def test_open_end_reaches_the_end_of_the_bar():
    drawn = timeline(day(2020), None, now=NOW)
    assert drawn.opens
    assert float(drawn.start) + float(drawn.length) == pytest.approx(WIDTH)


def test_instant_is_wide_enough_to_be_seen():
    assert float(timeline(NOW, NOW, now=NOW).length) >= 3


@given(start=MOMENTS, end=MOMENTS, mark=MOMENTS)
def test_any_dates_stay_on_the_bar(start, end, mark):
    start, mark, end = sorted((start, end, mark))
    drawn = timeline(start, end, marks=[mark], now=NOW)
    assert all(-0.1 <= float(place) <= WIDTH + 1 for place in (drawn.start, *drawn.marks))
    assert 1 <= len(drawn.ticks) <= 12
