"""How many parts a schema has when it is written out."""

import pytest

from django_stac.validation.weight import Uncountable, parts_of


def test_objects_and_lists_are_counted():
    assert parts_of({"a": [{}, "x"], "b": 1}) == 3


def test_what_is_referred_to_is_counted_each_time():
    assert parts_of({"definitions": {"a": {"b": {}}}, "allOf": [{"$ref": "#/definitions/a"}] * 2}) == 11


def test_a_place_is_found_by_its_pointer():
    assert parts_of({"a/b": {"c~d": {"e f": {}}}, "$ref": "#/a~1b/c~0d/e%20f"}) == 5


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#"},
        {"a": {"$ref": "#/b"}, "b": {"not": {"$ref": "#/a"}}},
        {"$ref": "#/nowhere"},
        {"$ref": "other.json"},
        {"not": {"$id": "other.json"}},
        {"$dynamicRef": "#x"},
    ],
)
def test_what_cannot_be_counted_is_refused(schema):
    with pytest.raises(Uncountable):
        parts_of(schema)


def test_a_long_chain_is_refused():
    chain = {f"a{n}": {"$ref": f"#/a{n + 1}"} for n in range(5000)}
    with pytest.raises(Uncountable, match="too deep"):
        parts_of({**chain, "a5000": {}})


def test_a_member_named_like_a_reference_is_none():
    assert parts_of({"properties": {"$ref": {"type": "string"}, "$id": {}}, "$id": "https://example.com/"}) == 4
