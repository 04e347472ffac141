"""What schemas refer to."""

import pytest

from django_stac.validation.references import SchemaMissing, gathered, references

HOME = "https://example.com/v1/schema.json"


@pytest.mark.parametrize(
    ("schema", "found"),
    [
        ({"$ref": "#/definitions/a"}, set()),
        ({"$ref": "other.json#/a"}, {"https://example.com/v1/other.json"}),
        ({"allOf": [{"$ref": "/x.json"}, {"$ref": "https://a.b/c#"}]}, {"https://example.com/x.json", "https://a.b/c"}),
        ({"$id": "https://a.b/c/d.json#", "not": {"$ref": "e.json"}}, {"https://a.b/c/e.json"}),
        ({"$id": "https://a.b/c.json", "not": {"$ref": "https://a.b/c.json#/x"}}, set()),
        ({"$ref": "http://json-schema.org/draft-07/schema#"}, set()),
        ({"properties": {"$ref": {"type": "string"}}}, set()),
        ({"const": {"$ref": "x.json"}, "examples": [{"$ref": "y.json"}]}, set()),
        (True, set()),
    ],
)
def test_references_are_addresses_of_other_schemas(schema, found):
    assert references(schema, HOME) == found


def test_a_schema_comes_with_all_that_it_refers_to_even_in_a_ring():
    others = {"https://example.com/v1/b.json": {"$ref": "c.json"}, "https://example.com/v1/c.json": {"$ref": HOME}}
    assert gathered({"$ref": "b.json"}, HOME, others.get).keys() == {HOME, *others}


def test_what_is_missing_is_named_with_what_refers_to_it():
    others = {"https://example.com/v1/b.json": {"$ref": "c.json"}}
    with pytest.raises(SchemaMissing, match=r"/b\.json refers to https://example\.com/v1/c\.json"):
        gathered({"$ref": "b.json"}, HOME, others.get)
