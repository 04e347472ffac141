"""Where the properties of collections are stored; those of items are in the other tests."""

import pytest

from django_stac.cql2.columns import COLLECTIONS, READERS, Target
from django_stac.cql2.compile import value
from django_stac.cql2.queryables import Kind, Queryable, Queryables
from django_stac.models import Collection
from tests.cql2.asking import compiled
from tests.factories import put_collection

pytestmark = pytest.mark.django_db

KINDS = {"id": Kind.TEXT, "title": Kind.TEXT, "license": Kind.TEXT, "datetime": Kind.PERIOD,
         "geometry": Kind.GEOMETRY, "keywords": Kind.ARRAY, "created": Kind.INSTANT, "since": Kind.DATE}  # fmt: skip
TARGET = Target(Queryables({name: Queryable(name, kind) for name, kind in KINDS.items()}), COLLECTIONS)


@pytest.fixture
def two_collections():
    put_collection("sentinel-2", keywords=["Optical"], license="other",
                   extent={"spatial": {"bbox": [[10, 40, 20, 50]]},
                           "temporal": {"interval": [["2015-06-27T00:00:00Z", None]]}})  # fmt: skip
    put_collection("landsat", keywords=["optical", "thermal"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title = 'Landsat'", "landsat"),
        ("id LIKE 's%' AND license = 'other'", "sentinel-2"),
        ("A_CONTAINS(keywords, ('thermal'))", "landsat"),
        ("S_INTERSECTS(geometry, POINT(0 0))", "landsat"),
        ("datetime > DATE('2010-01-01')", "sentinel-2"),
        ("datetime IS NULL", "landsat"),
    ],
)
def test_filters_of_collections_read_their_columns(two_collections, text, expected):
    assert [each.collection_id for each in Collection.objects.filter(compiled(text, TARGET))] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("T_AFTER(datetime, DATE('2010-01-01'))", ["sentinel-2"]),
        ("T_INTERSECTS(datetime, DATE('2099-01-01'))", ["landsat", "sentinel-2"]),
        ("T_DISJOINT(datetime, INTERVAL('2000-01-01', '2015-06-26'))", ["sentinel-2"]),
        ("T_EQUALS(datetime, INTERVAL('..', '..'))", ["landsat"]),
        ("T_FINISHES(datetime, INTERVAL('2000-01-01', '..'))", ["sentinel-2"]),
    ],
)
def test_an_open_end_of_an_extent_is_endless(two_collections, text, expected):
    assert [each.collection_id for each in Collection.objects.filter(compiled(text, TARGET))] == expected


def test_collections_are_ordered_by_their_columns(two_collections):
    ordered = Collection.objects.order_by(value("datetime", TARGET).desc(nulls_last=True))
    assert [each.collection_id for each in ordered] == ["sentinel-2", "landsat"]


def test_a_property_that_a_filter_names_a_thousand_times_is_written_once():
    assert READERS[Kind.NUMBER]("gsd") is READERS[Kind.NUMBER]("gsd")


@pytest.mark.parametrize("written", ["created", "since", "INTERVAL(created, created)", "DATE('2020-05-01')"])
def test_an_open_end_lies_beyond_every_time_however_that_is_stored(two_collections, written):
    put_collection("now", created="2020-05-01T00:00:00Z", since="2020-05-01",
                   extent={"spatial": {"bbox": [[10, 40, 20, 50]]},
                           "temporal": {"interval": [["2015-06-27T00:00:00Z", None]]}})  # fmt: skip
    found = Collection.objects.filter(compiled(f"T_INTERSECTS(datetime, {written})", TARGET), collection_id="now")
    assert found.exists()


def test_names_without_end_are_not_kept():
    assert READERS[Kind.NUMBER]("a" * 100_000) is not READERS[Kind.NUMBER]("a" * 100_000)
