"""Every item exactly once along time, forward and back: whatever the data and the page size."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from django_stac.models import Item
from django_stac.models.gate import open_gate
from django_stac.search import plan
from django_stac.search.pages.wanted import Guess, Order
from django_stac.search.query import SortKey
from django_stac.spec.datetimes import Interval
from tests.search.asking import MICROSECOND, a_home, a_row, ids, point, store, walked, walked_back

pytestmark = pytest.mark.django_db

EARLIEST = datetime(1, 1, 1, tzinfo=UTC)
LATEST = datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
NOW = datetime(2024, 6, 1, tzinfo=UTC)
MOMENTS = [
    EARLIEST,
    datetime(1899, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    datetime(1900, 1, 1, tzinfo=UTC),
    NOW,
    *(NOW + count * MICROSECOND for count in range(1, 8)),
    NOW + timedelta(days=1),
    datetime(2199, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    datetime(2200, 1, 1, tzinfo=UTC),
    LATEST,
]
NEWEST_FIRST, OLDEST_FIRST = (SortKey("datetime", descending=True),), (SortKey("datetime"),)
moments = st.sampled_from(MOMENTS)
# Most items share few instants: ties are what paging gets wrong.
rows = st.lists(
    st.tuples(
        st.one_of(st.just(NOW), moments),
        st.sampled_from([None, None, timedelta(0), timedelta(days=2)]),
        st.sampled_from([None, (0, 0), (0, 0), (50, 50)]),
        st.sampled_from(["one", "two"]),
    ),
    max_size=40,
)
intervals = st.one_of(
    st.none(),
    st.tuples(moments, moments).map(lambda ends: Interval(start=min(ends), end=max(ends))),
    moments.map(lambda start: Interval(start=start, end=None)),
    moments.map(lambda end: Interval(start=None, end=end)),
)
boxes = st.sampled_from([None, (-1.0, -1.0, 1.0, 1.0), (-180.0, -90.0, 180.0, 90.0), (170.0, -1.0, 1.0, 1.0)])


def ended(moment, length):
    """The end of a range, which must not leave the calendar."""
    return None if length is None else min(moment, LATEST - length) + length


def stored(drawn):
    """Replace all items by the drawn ones."""
    with open_gate():
        Item.objects.all().delete()
    store(
        *(
            a_row(f"{number}", homes(name), moment, end=ended(moment, length), geometry=place and point(*place))
            for number, (moment, length, place, name) in enumerate(drawn)
        )
    )


def homes(name, known={}):  # noqa: B006 - a cache for the length of one test
    return known[name]


def expected(*, bbox=None, interval=None, collections=(), sort=()):
    """What the ORM finds, in the order of pages."""
    items = Item.objects.published()
    if bbox is not None:
        items = items.in_bbox(*bbox)
    if interval is not None:
        items = items.overlapping(interval.start, interval.end)
    if collections:
        items = items.in_collections(collections)
    newest_first = list(items.newest_first().values_list("item_id", flat=True))
    return newest_first if sort in ((), NEWEST_FIRST) else newest_first[::-1]


@pytest.fixture(params=list(Order), ids=lambda order: order.name.lower())
def order(request, monkeypatch, db):
    """Every way to find the keys of a page must find the same, on indexes above all: their distances are rounded."""
    monkeypatch.setattr(plan, "foreseen", lambda wanted, *_: replace(wanted, order=request.param, guess=Guess(0, 0)))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")


@pytest.fixture
def two_homes(db):
    homes.__defaults__[0].update({name: a_home(name) for name in ("one", "two")})


searches = st.fixed_dictionaries(
    {
        "bbox": boxes,
        "interval": intervals,
        "collections": st.sampled_from([(), ("one",), ("one", "two")]),
        "sort": st.sampled_from([(), NEWEST_FIRST, OLDEST_FIRST]),
    }
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=rows, asked=searches, limit=st.sampled_from([1, 2, 3, 7]))
def test_every_item_is_met_exactly_once_forward_and_back(order, two_homes, drawn, asked, limit):
    stored(drawn)
    pages = walked(limit=limit, **asked)
    assert ids(pages) == expected(**asked)
    back = walked_back(pages[-1], limit=limit, **asked)
    assert [page.rows for page in back] == [page.rows for page in reversed(pages[:-1])]


def test_ties_longer_than_a_branch_are_walked_in_order(order, two_homes):
    stored([(NOW, None, (0, 0), "one")] * 200)
    pages = walked(limit=1, bbox=(-1.0, -1.0, 1.0, 1.0))
    assert ids(pages) == expected()
    assert ids(walked_back(pages[-1], limit=1, bbox=(-1.0, -1.0, 1.0, 1.0))) == list(reversed(expected()[:-1]))
