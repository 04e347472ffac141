"""Years, months and days by their names."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.spec.spans import Span, Unit

spans = st.builds(lambda day, length: Span.parse(day.isoformat()[:length]), st.dates(), st.sampled_from([4, 7, 10]))


@given(spans)
def test_a_span_is_named_as_it_is_read(span):
    assert Span.parse(span.name) == span


@given(spans, st.datetimes(timezones=st.just(dt.UTC)))
def test_a_span_holds_the_instants_whose_text_begins_with_its_name(span, instant):
    assert (span.start <= instant <= span.last) == instant.isoformat().startswith(span.name)


@given(spans)
def test_a_span_lies_in_its_parent(span):
    parent = span.parent or span
    assert parent.start <= span.start <= span.last <= parent.last
    assert span.parent is None or span.parent.unit.below is span.unit


@pytest.mark.parametrize(
    "name", ["", "24", "2024-13", "2024-02-30", "0000", "2024-5", "2024-05-17T", "\uff12024", "2024-05-17\n"]
)
def test_what_is_no_span_is_refused(name):
    with pytest.raises(ValueError, match=r"is no year|is not in the calendar"):
        Span.parse(name)


@pytest.mark.parametrize(("name", "title"), [("0999", "0999"), ("2024-05", "May 2024"), ("2024-05-07", "7 May 2024")])
def test_a_span_has_a_title_for_people(name, title):
    assert Span.parse(name).title == title


def test_days_are_not_divided():
    assert (Unit.YEAR.below, Unit.MONTH.below, Unit.DAY.below) == (Unit.MONTH, Unit.DAY, None)
