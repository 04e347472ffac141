"""What may be named, and of which kind it is."""

import pytest

from django_stac.cql2.queryables import Kind, Queryable, Queryables, is_name, kinds_of

CLOUDS = Queryable("eo:cloud_cover", Kind.NUMBER)
SOME = Queryables({"eo:cloud_cover": CLOUDS, "properties.odd": Queryable("properties.odd", Kind.TEXT)})


@pytest.mark.parametrize("name", ["eo:cloud_cover", "properties.eo:cloud_cover"])
def test_a_name_may_have_a_prefix(name):
    assert SOME.get(name) == CLOUDS


def test_a_name_that_begins_like_the_prefix_is_itself():
    assert SOME.get("properties.odd").kind is Kind.TEXT


@pytest.mark.parametrize(("is_open", "found"), [(False, None), (True, Queryable("x", Kind.ANY))])
def test_an_unknown_name_is_of_any_kind_where_there_may_be_more(is_open, found):
    assert Queryables({}, is_open=is_open).get("properties.x") == found


def test_names_alike_are_suggested():
    assert SOME.like("eo:cloudcover") == ["eo:cloud_cover"]


@pytest.mark.parametrize(
    ("name", "fits"), [("eo:cloud_cover", True), ("", False), ("a\0", False), ("x" * 2_001, False)]
)
def test_a_name_is_of_printable_characters_and_not_long(name, fits):
    assert is_name(name) is fits


def test_a_very_long_name_is_like_no_other():
    name = "x" * 300
    assert Queryables({name: Queryable(name, Kind.TEXT)}).like(name + "y") == []


@pytest.mark.parametrize(
    ("schema", "kinds"),
    [
        ({"type": "string"}, {Kind.TEXT}),
        ({"type": "string", "format": "date-time"}, {Kind.INSTANT}),
        ({"type": "string", "format": "date"}, {Kind.DATE}),
        ({"type": "string", "format": "uri"}, {Kind.TEXT}),
        ({"type": ["integer", "number", "null"]}, {Kind.NUMBER}),
        ({"type": ["integer", "string"], "format": "date-time"}, {Kind.NUMBER, Kind.INSTANT}),
        ({"type": "array"}, {Kind.ARRAY}),
        ({"type": "object"}, {Kind.OBJECT}),
        ({"type": "boolean"}, {Kind.BOOLEAN}),
        ({"format": "geometry-any"}, {Kind.GEOMETRY}),
        ({"enum": ["a"]}, set()),
        ({"type": 7, "format": []}, set()),
        ({"type": [{}, "wave"]}, set()),
    ],
)
def test_kinds_are_those_of_the_schema(schema, kinds):
    assert kinds_of(schema) == kinds
