"""FilterSets over the ORM, as host code uses them."""

import pytest

from django_stac.models import Collection, Item
from django_stac.models.filters import CollectionFilterSet, ItemFilterSet
from tests.factories import an_item, put, put_collection


@pytest.fixture
def items(db):
    put(
        an_item("old", datetime="2019-06-01T00:00:00Z"),
        an_item("new", collection="other", datetime="2024-06-01T00:00:00Z"),
        an_item("year", datetime=None, start_datetime="2020-01-01T00:00:00Z", end_datetime="2020-12-31T23:59:59Z"),
    )


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["new", "old", "year"]),
        ({"item_id": "NE"}, ["new"]),
        ({"collection": "other"}, ["new"]),
        ({"after": "2020-06-01T00:00:00Z"}, ["new", "year"]),
        ({"before": "2020-06-01T00:00:00Z"}, ["old", "year"]),
        ({"after": "2020-06-01T00:00:00Z", "before": "2020-07-01T00:00:00Z"}, ["year"]),
        ({"published": "false"}, []),
    ],
)
def test_items_are_filtered(items, asked, expected):
    found = ItemFilterSet(asked, queryset=Item.objects.all())
    assert found.is_valid(), found.errors
    assert sorted(found.qs.values_list("item_id", flat=True)) == expected


def test_a_time_that_is_none_is_an_error_of_its_field(db):
    found = ItemFilterSet({"after": "yesterday"}, queryset=Item.objects.all())
    assert list(found.errors) == ["after"]


@pytest.mark.parametrize(
    ("words", "expected"), [("alps snow", ["a"]), ("ALPS", ["a", "b"]), ("b", ["b"]), ("none", [])]
)
def test_collections_are_found_by_all_of_the_words(db, words, expected):
    put_collection("a", title="Alps", description="Snow.")
    put_collection("b", title="Meadows", description="The alps in summer.")
    found = CollectionFilterSet({"q": words}, queryset=Collection.objects.all())
    assert [row.collection_id for row in found.qs] == expected
