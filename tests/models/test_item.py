"""Questions to the table of items, as host code asks them."""

import datetime as dt

import pytest

from django_stac import transactions
from django_stac.models import Collection, Item
from tests.factories import an_item, box, put, put_collection

UTC = dt.UTC


def ids(items):
    return sorted(item.item_id for item in items)


@pytest.fixture
def items(db):
    put(
        an_item("alps", geometry=box(10, 45, 11, 46), datetime="2024-06-01T10:00:00Z", **{"eo:cloud_cover": 5}),
        an_item(
            "fiji",
            geometry={
                "type": "MultiPolygon",
                "coordinates": [box(177, -18, 180, -16)["coordinates"], box(-180, -18, -178, -16)["coordinates"]],
            },
        ),
        an_item("nowhere", geometry=None),
        an_item("year", datetime=None, start_datetime="2020-01-01T00:00:00Z", end_datetime="2020-12-31T23:59:59Z"),
    )


def test_a_box_finds_what_it_meets(items):
    assert ids(Item.objects.in_bbox(10.5, 45.5, 12, 47)) == ["alps", "year"]


def test_a_box_across_the_antimeridian_finds_both_sides(items):
    assert ids(Item.objects.in_bbox(179, -17.5, -179, -17)) == ["fiji"]


def test_an_item_without_geometry_meets_no_box(items):
    assert "nowhere" not in ids(Item.objects.in_bbox(-180, -90, 180, 90))


@pytest.fixture
def beyond(db):
    """Tiles of a global grid whose outer pixels are centred on the antimeridian."""
    west, east = [-180.0014, -90, -179, -89], [179, -1, 180.0014, 1]
    put(
        an_item("west", geometry=box(*west), bbox=west),
        an_item("east", geometry=box(*east), bbox=east),
    )


def test_longitudes_beyond_180_stay_in_the_document(beyond):
    item = Item.objects.get(item_id="west")
    assert item.document["bbox"] == [-180.0014, -90, -179, -89]
    assert item.document["geometry"] == box(-180.0014, -90, -179, -89)


def test_longitudes_beyond_180_are_clamped_for_searches(beyond):
    assert Item.objects.get(item_id="west").geometry.extent == (-180, -90, -179, -89)
    assert ids(Item.objects.in_bbox(-180, -90, -180, 90)) == ["west"]
    assert ids(Item.objects.in_bbox(180, -90, 180, 90)) == ["east"]
    assert ids(Item.objects.in_bbox(180, -90, -180, 90)) == ["east", "west"]


def test_longitudes_beyond_180_leave_the_extent_in_range(beyond):
    transactions.derive()
    [box] = Collection.objects.get().derived["extent"]["spatial"]["bbox"]
    assert box == [179, -90, -179, 1]


def test_a_box_beyond_180_is_refused(db):
    with pytest.raises(ValueError, match="longitudes"):
        Item.objects.in_bbox(-180.0014, 0, 1, 5)


def test_a_box_upside_down_is_refused(db):
    with pytest.raises(ValueError, match="south"):
        Item.objects.in_bbox(0, 10, 1, 5)


def test_an_interval_meets_instants_and_ranges(items):
    june = dt.datetime(2020, 6, 1, tzinfo=UTC), dt.datetime(2020, 6, 2, tzinfo=UTC)
    assert ids(Item.objects.overlapping(*june)) == ["year"]
    assert ids(Item.objects.overlapping(None, june[1])) == ["year"]
    assert "alps" in ids(Item.objects.overlapping(june[0], None))


def test_questions_chain_with_the_orm(items):
    found = Item.objects.in_bbox(10, 45, 11, 46).overlapping(dt.datetime(2024, 1, 1, tzinfo=UTC), None)
    assert ids(found.filter(**{"properties__eo:cloud_cover__lt": 10})) == ["alps"]


def test_times_in_properties_compare_as_text(items):
    assert Item.objects.get(item_id="alps").properties["datetime"] == "2024-06-01T10:00:00.000000Z"


def test_an_item_is_published_only_in_a_published_collection(items):
    transactions.set_published(Collection.objects.get(), published=False)
    assert not Item.objects.published().exists()


def test_published_leaves_hidden_items_out(items):
    transactions.set_published(Item.objects.get(item_id="alps"), published=False)
    assert "alps" not in ids(Item.objects.published())
    assert Collection.objects.published().count() == 1


def test_an_item_becomes_a_pystac_item(items):
    found = Item.objects.get(item_id="alps").to_pystac()
    assert (found.id, found.collection_id, found.links) == ("alps", "scenes", [])


def test_the_newest_comes_first(items):
    put_collection("other")
    put(an_item("new", collection="other", datetime="2025-01-01T00:00:00Z"))
    assert Item.objects.newest_first().first().item_id == "new"
    assert ids(Item.objects.in_collections(["other", "none"])) == ["new"]


def test_an_uncut_polygon_is_found_where_its_bbox_says(db):
    put(an_item("uncut", geometry=box(179, 0, -179, 1), bbox=[179, 0, -179, 1]))
    assert ids(Item.objects.in_bbox(179.5, 0, 179.9, 1)) == ["uncut"]
    assert not ids(Item.objects.in_bbox(-10, 0, 10, 1))
