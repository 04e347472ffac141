"""Parts of documents: the table of the Fields extension, and names whose dots may mean two things."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.documents.fields import COLLECTION, ITEM, Fields, pruned, rule_of
from tests.factories import a_collection, an_item

CORE = {"type", "stac_version", "id", "collection"}
DEFAULT = CORE | {"geometry", "bbox", "properties", "links", "assets"}
PROPERTIES = {"eo:cloud_cover": 5, "a.b": 1, "nested": {"x": 1, "y": {"z": 2}}, "datetime": "2024-06-01T10:00:00Z"}
ASSETS = {"B01.tif": {"href": "a", "type": "image/tiff"}, "data": {"href": "b"}}


def part(include=None, exclude=(), **changes):
    changes = {"properties": PROPERTIES, "assets": ASSETS, "stac_extensions": [], "note": "foreign"} | changes
    return pruned(an_item(**changes), rule_of(Fields(include, exclude)))


def test_the_default_set_is_a_valid_item_and_no_more():
    found = part(())
    assert set(found) == DEFAULT
    assert found["properties"] == {"datetime": "2024-06-01T10:00:00Z"}


def test_the_default_set_of_a_range_has_its_ends():
    times = {"datetime": None, "start_datetime": "2024-01-01T00:00:00Z", "end_datetime": "2024-02-01T00:00:00Z"}
    assert part((), properties={**times, "title": "x"})["properties"] == times


def test_what_is_included_comes_alone_but_for_what_names_it():
    assert set(part(("geometry",))) == CORE | {"geometry"}


def test_only_excluding_leaves_everything_else():
    whole = an_item(properties=PROPERTIES, assets=ASSETS, stac_extensions=[], note="foreign")
    expected = {name: value for name, value in whole.items() if name not in ("geometry", "note")}
    assert part(None, ("geometry", "note")) == expected


@pytest.mark.parametrize(("exclude", "missing"), [("assets", "assets"), ("properties", "properties")])
def test_excluding_from_the_default_set_leaves_the_rest_of_it(exclude, missing):
    assert set(part((), (exclude,))) == DEFAULT - {missing}


def test_one_name_both_ways_stays():
    assert "geometry" in part(("geometry",), ("geometry",))


def test_included_inside_excluded_is_all_that_is_left_of_it():
    found = part(("properties.eo:cloud_cover",), ("properties",))
    assert set(found) == CORE | {"properties"}
    assert found["properties"] == {"eo:cloud_cover": 5}


def test_excluded_inside_included_is_missing_from_it():
    assert set(part(("properties",), ("properties.datetime",))["properties"]) == PROPERTIES.keys() - {"datetime"}


def test_the_most_specific_name_wins_at_every_depth():
    found = part(("properties", "properties.nested.x"), ("properties.nested",))
    assert found["properties"]["nested"] == {"x": 1}


@pytest.mark.parametrize("exclude", CORE)
def test_what_names_an_item_is_always_there(exclude):
    assert set(part(None, (exclude,))) >= CORE
    assert set(part(("bbox",), (exclude,))) >= CORE


@pytest.mark.parametrize(
    ("name", "properties"),
    [
        ("properties.eo:cloud_cover", {"eo:cloud_cover": 5}),
        ("eo:cloud_cover", {"eo:cloud_cover": 5}),
        ("datetime", {"datetime": "2024-06-01T10:00:00Z"}),
        ("properties.a.b", {"a.b": 1}),
        ("a.b", {"a.b": 1}),
        ("properties.nested.x", {"nested": {"x": 1}}),
        ("nested.y", {"nested": {"y": {"z": 2}}}),
    ],
)
def test_properties_go_by_their_names_with_or_without_prefix(name, properties):
    found = part((name,))
    assert found["properties"] == properties
    assert name.split(".")[-1] not in part(None, (name,))["properties"].get("nested", {})


@pytest.mark.parametrize(
    ("name", "assets"),
    [
        ("assets.data", {"data": {"href": "b"}}),
        ("assets.B01.tif", {"B01.tif": ASSETS["B01.tif"]}),
        ("assets.B01.tif.href", {"B01.tif": {"href": "a"}}),
        ("assets.data.href", {"data": {"href": "b"}}),
    ],
)
def test_assets_go_by_their_keys(name, assets):
    assert part((name,))["assets"] == assets


@pytest.mark.parametrize(
    "name", ["nothing", "properties.nothing", "assets.x.y", "links.0", "geometry.type.x", "....", "."]
)
def test_names_of_nothing_give_nothing(name):
    assert set(part((name,))) == CORE


def test_foreign_members_can_be_asked_for():
    assert part(("note",))["note"] == "foreign"


def test_null_is_a_value():
    assert part(("geometry", "bbox"), geometry=None)["geometry"] is None


def test_what_is_emptied_but_asked_for_stays_as_empty():
    assert part(None, ("assets.data",), assets={"data": {"href": "b"}})["assets"] == {}


def test_a_collection_has_a_default_set_of_its_own():
    document = a_collection(summaries={"gsd": [10]}, keywords=["a"])
    found = pruned(document, rule_of(Fields(()), COLLECTION))
    assert set(found) == {"type", "stac_version", "id", "title", "description", "license", "extent", "links"}
    assert pruned(document, rule_of(Fields(("summaries.gsd",)), COLLECTION))["summaries"] == {"gsd": [10]}


NAMES = st.sampled_from([
    "id", "properties", "assets", "assets.data", "properties.nested", "properties.nested.x", "nested.y", "geometry",
    "eo:cloud_cover", "a.b", "note", "links", "properties.nothing",
])  # fmt: skip


def leaves(value, path=()):
    """Every value that is no object, by its path; an empty object counts as one."""
    if not isinstance(value, dict) or not value:
        return {path: value}
    return {at: leaf for name, member in value.items() for at, leaf in leaves(member, (*path, name)).items()}


@given(st.lists(NAMES), st.lists(NAMES))
def test_a_part_invents_nothing_and_leaves_the_document_alone(include, exclude):
    document = an_item(properties=PROPERTIES, assets=ASSETS, note="foreign")
    before = leaves(document)
    found = leaves(pruned(document, rule_of(Fields(tuple(include), tuple(exclude)), ITEM)))
    assert all(before[at] == leaf for at, leaf in found.items() if leaf != {})
    assert leaves(document) == before
