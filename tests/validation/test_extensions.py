"""The rules of extensions: real schemas of a local copy, and small ones of our own."""

import json
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.validation.extensions import UNKNOWN, ExtensionSchemas, short_name
from tests.shared import SHARED, needs_shared
from tests.validation.documents import collection, item

HOME = SHARED / "data" / "schemas"
PLACES = json.loads((HOME / "schema_map.json").read_text()) if HOME.is_dir() else {}

GRADE = "https://example.com/grade/v1.0.0/schema.json"
PARTS = "https://example.com/grade/v1.0.0/parts.json"
OURS = {
    GRADE: {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": GRADE + "#",
        "oneOf": [
            {
                "type": "object",
                "properties": {
                    "type": {"const": "Feature"},
                    "properties": {
                        "properties": {"grade:value": {"$ref": "parts.json#/definitions/value"}},
                        "patternProperties": {"^(?!grade:)": {}},
                        "additionalProperties": False,
                        "anyOf": [{"required": ["grade:value"]}, {"required": ["grade:name"]}],
                    },
                },
            },
            {"type": "object", "properties": {"type": {"const": "Collection"}}},
        ],
    },
    PARTS: {"definitions": {"value": {"type": "integer", "minimum": 1}}},
}


def published(address):
    return json.loads((HOME / PLACES[address]).read_text()) if address in PLACES else None


REAL = ExtensionSchemas(published)


def graded(**properties):
    return item(stac_extensions=[GRADE], properties={"datetime": "2020-02-29T12:00:00Z", **properties})


def told(document, schemas=None):
    found = (schemas or ExtensionSchemas(OURS.get)).findings(document)
    return {problem.pointer: problem.message for problem in found.problems}


def unchecked(document, schemas):
    return ExtensionSchemas(schemas.get).findings(document).unchecked


def test_a_document_that_keeps_the_rules_has_no_problem():
    assert told(graded(**{"grade:value": 3})) == {}


def test_a_document_without_extensions_asks_for_no_schema():
    def nobody(address):
        raise AssertionError(address)

    assert ExtensionSchemas(nobody).findings(item()).problems == []


def test_a_schema_may_refer_to_another_one_of_the_cache():
    assert told(graded(**{"grade:value": 0})) == {
        "/properties/grade:value": f"must be at least 1; got 0 ({GRADE})",
    }


def test_of_alternatives_the_one_for_the_type_of_the_document_is_told():
    assert told(graded()) == {"/properties": f"must have at least one of grade:value, grade:name ({GRADE})"}


def test_a_member_that_is_not_allowed_is_named_itself():
    assert told(graded(**{"grade:value": 1, "grade:mark": 2})) == {
        "/properties/grade:mark": f"must be left out: the schema knows no such member ({GRADE})",
    }


def test_a_fragment_in_an_address_changes_nothing():
    assert told(graded() | {"stac_extensions": [GRADE + "#"]}).keys() == {"/properties"}


def test_a_choice_among_other_types_alone_is_told_as_what_it_is():
    types = [{"properties": {"type": {"const": name}}} for name in ("Collection", "Catalog")]
    found = told(graded(), ExtensionSchemas({GRADE: {"oneOf": types}}.get))
    assert found == {"": f"is in none, or in several, of the forms that the schema allows ({GRADE})"}


def test_an_extension_that_is_not_in_the_cache_is_told_and_is_no_problem():
    found = ExtensionSchemas({}.get).findings(graded())
    assert (found.problems, found.unchecked) == ([], {GRADE: UNKNOWN})


def test_a_schema_that_lacks_another_one_checks_nothing_and_says_which():
    assert unchecked(graded(), {GRADE: OURS[GRADE]}) == {GRADE: f"{GRADE} refers to {PARTS}, which is not in the cache"}


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "nothing"},
        {"$ref": "#/definitions/nowhere"},
        {"$schema": "http://127.0.0.1:9/own.json"},
        {"pattern": "("},
        {"$id": "http://[bad", "type": "object"},
        [],
        "text",
    ],
)
def test_a_schema_that_is_none_checks_nothing(schema):
    assert unchecked(graded(), {GRADE: schema})[GRADE].startswith("its schema cannot be used: ")


def test_a_reference_that_is_no_address_is_missing():
    assert "http://[bad, which is not in the cache" in unchecked(graded(), {GRADE: {"$ref": "http://[bad#/a"}})[GRADE]


def test_nothing_is_ever_fetched(monkeypatch):
    def no_network(*_):
        raise AssertionError("the schemas must be local")

    monkeypatch.setattr(socket, "socket", no_network)
    for schema in ({"$ref": "http://127.0.0.1:9/a.json"}, {"$schema": "http://127.0.0.1:9/a.json"}):
        assert unchecked(graded(), {GRADE: schema})


def test_a_schema_is_read_and_compiled_once():
    asked = []

    def find(address):
        asked.append(address)
        return OURS.get(address)

    schemas = ExtensionSchemas(find)
    for _ in range(3):
        schemas.findings(graded())
        schemas.findings(graded() | {"stac_extensions": ["https://example.com/unknown.json"]})
    assert sorted(asked) == sorted([GRADE, PARTS, "https://example.com/unknown.json"])


@pytest.mark.parametrize("uri", ["http://[bad#x", "", "#", "\ufffe", "http://a b"])
def test_addresses_that_are_none_are_not_in_the_cache(uri):
    assert unchecked(graded() | {"stac_extensions": [uri]}, OURS) == {uri: UNKNOWN}


@pytest.mark.parametrize("given", [None, "x", {}, [1, None, {}], [[GRADE]]])
def test_odd_lists_of_extensions_name_none(given):
    assert told(graded() | {"stac_extensions": given}) == {}


def test_the_core_schemas_of_1_1_are_always_there():
    core = "https://schemas.stacspec.org/v1.1.0/item-spec/json-schema/datetime.json"
    assert unchecked(graded(), {GRADE: {"$ref": core}}) == {}


def test_usual_extensions_have_a_short_name():
    assert short_name("https://stac-extensions.github.io/eo/v2.0.0/schema.json") == "eo v2.0.0"
    assert short_name(GRADE) == GRADE


# Published schemas


def of(*names, **changes):
    extensions = [f"https://stac-extensions.github.io/{name}/schema.json" for name in names]
    properties = changes.pop("properties", {})
    changes |= {"properties": {"datetime": "2020-02-29T12:00:00Z", **properties}}
    return item(stac_extensions=extensions, **changes)


@needs_shared
@pytest.mark.parametrize(
    ("name", "properties", "pointer", "message"),
    [
        ("projection/v2.0.0", {"proj:epsg": 4326}, "/properties/proj:epsg", "must be left out"),
        (
            "eo/v2.0.0",
            {"eo:cloud_cover": 101},
            "/properties/eo:cloud_cover",
            "must be at most 100; got 101",
        ),
        ("eo/v2.0.0", {}, "/properties", "must have at least one of eo:cloud_cover, "),
        ("view/v1.0.0", {"view:azimuth": "x"}, "/properties/view:azimuth", "must be a number; got 'x' (view v1.0.0)"),
        ("scientific/v1.0.0", {"sci:doi": "x"}, "/properties/sci:doi", "must match ^10"),
        ("version/v1.2.0", {"version": 7}, "/properties/version", "must be text; got 7 (version v1.2.0)"),
        (
            "datacube/v2.2.0",
            {"cube:dimensions": {"t": {"type": "temporal"}}},
            "/properties/cube:dimensions/t/extent",
            "is missing (datacube v2.2.0)",
        ),
    ],
)
def test_published_rules_are_told_in_words(name, properties, pointer, message):
    assert told(of(name, properties=properties), REAL)[pointer].startswith(message)


UNUSABLE = {
    "mlm/v1.0.0", "mlm/v1.1.0", "mlm/v1.2.0", "ssys/1.0.0", "ssys/v1.0.0", "ssys/1.1.0", "altimetry/v0.1.0",
}  # fmt: skip
"""Wrong as they were published, or referring to what is not in the copy."""


@needs_shared
def test_all_published_schemas_but_the_broken_ones_compile():
    home = "https://stac-extensions.github.io/"
    found = {uri for uri in PLACES if uri.startswith(home) and isinstance(REAL.compiled(uri), str)}
    assert found == {f"{home}{name}/schema.json" for name in UNUSABLE}


@needs_shared
@given(
    st.sampled_from(["eo/v2.0.0", "eo/v1.1.0", "projection/v2.0.0", "raster/v2.0.0", "file/v2.1.0", "render/v2.0.0"]),
    st.dictionaries(
        st.sampled_from(["eo:bands", "eo:cloud_cover", "proj:code", "proj:shape", "bands", "raster:scale", "renders"]),
        st.sampled_from([None, "EPSG:4326", 7, -1, [], [1, 2], {}, {"a": {}}, [{"eo:common_name": "red"}]]),
    ),
)
def test_what_a_schema_refuses_is_always_told(name, properties):
    document = of(name, properties=properties)
    (uri,) = document["stac_extensions"]
    assert bool(told(document, REAL)) is not REAL.compiled(uri).is_valid(document)


@needs_shared
def test_collections_are_checked_as_collections():
    uri = "https://stac-extensions.github.io/scientific/v1.0.0/schema.json"
    found = told(collection(stac_extensions=[uri], **{"sci:doi": "x"}), REAL)
    assert found["/sci:doi"].startswith("must match")
