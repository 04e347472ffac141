"""Questions to the table of collections, as host code asks them."""

import datetime as dt

import pytest

from django_stac.models import Collection
from tests.factories import put_collection


def ids(collections):
    return sorted(collection.collection_id for collection in collections)


def put_where(name, *boxes, interval=(None, None)):
    put_collection(
        name, extent={"spatial": {"bbox": [list(box) for box in boxes]}, "temporal": {"interval": [list(interval)]}}
    )


@pytest.fixture
def collections(db):
    put_where("alps", [10, 45, 11, 46], interval=("2020-01-01T00:00:00Z", "2020-12-31T00:00:00Z"))
    put_where("fiji", [177, -18, -178, -16], interval=("2020-06-01T00:00:00Z", None))
    put_where("both", [-180, -90, 180, 90], [0, 0, 1, 1], [2, 2, 3, 3], interval=(None, "2019-01-01T00:00:00Z"))


def instant(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("box", "found"),
    [
        ((10.5, 45.5, 12, 47), ["alps", "both"]),
        ((11, 46, 12, 47), ["alps", "both"]),
        ((179, -17, -179, -16.5), ["both", "fiji"]),
        ((10.5, 45.5, 10.5, 45.5), ["alps", "both"]),
        ((-170, 0, 170, 1), ["both"]),
    ],
)
def test_a_box_finds_the_extents_that_it_meets(collections, box, found):
    assert ids(Collection.objects.in_bbox(*box)) == found


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2020-12-31", "2021-01-01", ["alps", "fiji"]),
        ("2019-01-01", "2019-01-01", ["both"]),
        (None, "2020-01-01", ["alps", "both"]),
        ("2030-01-01", None, ["fiji"]),
        ("2019-06-01", "2019-07-01", []),
    ],
)
def test_time_is_a_closed_interval_with_open_ends(collections, start, end, found):
    start, end = (text and instant(text) for text in (start, end))
    assert ids(Collection.objects.overlapping(start, end)) == found


def test_a_box_that_is_none_is_refused(db):
    with pytest.raises(ValueError, match="4 numbers"):
        Collection.objects.in_bbox(1, 2, 3)
