"""What the published items of a collection say."""

import pytest

from django_stac import transactions
from django_stac.models import Collection, Item, Mark
from tests.factories import an_item, box, put, put_collection


def derived():
    transactions.derive()
    return Collection.objects.get().derived


def bbox_of_items(*geometries):
    put(*(an_item(str(number), geometry=geometry) for number, geometry in enumerate(geometries)))
    return derived()["extent"]["spatial"]["bbox"]


def fiji():
    parts = [box(177, -18, 180, -16), box(-180, -18, -178, -16)]
    return {"type": "MultiPolygon", "coordinates": [part["coordinates"] for part in parts]}


def test_the_extent_is_that_of_the_items(db):
    put(an_item("a"), an_item("b", geometry=box(12, 40, 13, 41), datetime="2025-01-01T00:00:00Z"))
    facts = derived()
    assert facts["count"] == 2
    assert facts["extent"]["spatial"]["bbox"] == [[10, 40, 13, 46]]
    assert facts["extent"]["temporal"]["interval"] == [["2024-06-01T10:00:00Z", "2025-01-01T00:00:00Z"]]


def test_ranges_count_with_both_ends(db):
    put(an_item(datetime=None, start_datetime="2020-01-01T00:00:00Z", end_datetime="2020-12-31T00:00:00Z"))
    assert derived()["extent"]["temporal"]["interval"] == [["2020-01-01T00:00:00Z", "2020-12-31T00:00:00Z"]]


def test_an_extent_across_the_antimeridian_is_narrow(db):
    assert bbox_of_items(fiji(), box(170, -40, 172, -38)) == [[170, -40, -178, -16]]


def test_items_of_both_hemispheres_make_a_plain_box(db):
    assert bbox_of_items(box(-100, 0, -90, 10), box(90, 0, 100, 10), box(-5, 0, 5, 10)) == [[-100, 0, 100, 10]]


def test_an_item_across_longitude_zero_forbids_the_shifted_box(db):
    assert bbox_of_items(fiji(), box(-5, 0, 5, 10)) == [[-180, -18, 180, 10]]


@pytest.mark.parametrize("published", [True, False])
def test_only_published_items_count(db, published):
    put(an_item("a"))
    put(an_item("b", geometry=box(50, 0, 51, 1), **{"eo:cloud_cover": 1}), published=published)
    facts = derived()
    assert facts["count"] == 1 + published
    assert ("eo:cloud_cover" in facts["summaries"]) == published


def test_no_items_are_the_whole_world(db):
    put_collection()
    facts = derived()
    assert facts["extent"] == {"spatial": {"bbox": [[-180, -90, 180, 90]]}, "temporal": {"interval": [[None, None]]}}


def test_summaries_are_ranges_of_numbers_and_lists_of_texts(db):
    put(an_item("a", **{"eo:cloud_cover": 1.5, "my:name": "x"}), an_item("b", **{"eo:cloud_cover": 9, "my:name": "y"}))
    assert derived()["summaries"] == {"eo:cloud_cover": {"minimum": 1.5, "maximum": 9}, "my:name": ["x", "y"]}


@pytest.mark.parametrize(("count", "is_listed"), [(50, True), (51, False)])
def test_more_than_fifty_texts_are_no_summary(db, count, is_listed):
    put_collection()
    names = [f"{number:02}" for number in range(count)]
    transactions.upsert_items([an_item(name, **{"my:name": name}) for name in names])
    assert derived()["summaries"].get("my:name") == (names if is_listed else None)


def test_a_field_of_numbers_and_texts_is_summarised_once(db):
    put(an_item("a", **{"my:odd": 5}), an_item("b", **{"my:odd": "five"}), an_item("c", **{"my:odd": [1]}))
    assert derived()["summaries"]["my:odd"] in (["five"], {"minimum": 5, "maximum": 5})


def test_odd_names_and_extreme_values_are_summarised(db):
    put(an_item("a", **{"%s:'\"": "%(x)s", "my:big": 2**64 - 1, "my:small": 5e-324, "my:huge": 1e308}))
    assert derived()["summaries"]["%s:'\""] == ["%(x)s"]


def test_the_years_one_and_9999_are_an_extent(db):
    put(an_item("a", datetime="0001-01-01T00:00:00Z"), an_item("b", datetime="9999-12-31T23:59:59.999999Z"))
    assert derived()["extent"]["temporal"]["interval"] == [["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"]]


def test_items_without_a_place_are_the_whole_world(db):
    put(an_item(geometry=None))
    facts = derived()
    assert (facts["count"], facts["extent"]["spatial"]["bbox"]) == (1, [[-180, -90, 180, 90]])


def test_marks_are_consumed(db):
    put(an_item())
    assert transactions.derive() == ["scenes"]
    assert transactions.derive() == []
    assert not Mark.objects.exists()


def test_publishing_asks_for_the_facts_again(db):
    put(an_item())
    derived()
    transactions.set_published(Item.objects.get(), published=False)
    assert derived()["count"] == 0


def test_named_collections_are_computed_without_a_mark(db):
    put(an_item())
    derived()
    assert transactions.derive(collections=["scenes", "none", "\0"]) == ["scenes"]


def test_named_collections_have_no_mark_afterwards(db):
    put(an_item("a"), an_item("b", collection="other"))
    transactions.derive(collections=["scenes"])
    assert transactions.derive() == ["other"]
