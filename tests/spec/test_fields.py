"""What is known of properties by their names."""

import json

import jsonschema_rs
import pytest

from django_stac.spec.fields import CORE, FIELDS
from tests.shared import SHARED, needs_shared

SCHEMAS = SHARED / "data" / "schemas"
LOOSER = {"view:moon_elevation", "s2:mean_solar_azimuth", "table:row_count"}
"""Where the schema says what cannot be meant: no moon below the horizon, parts of rows."""


@pytest.mark.parametrize("name", [*CORE, *FIELDS])
def test_every_schema_is_one_and_has_a_title(name):
    schema = {**CORE, **FIELDS}[name]
    jsonschema_rs.meta.validate({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})
    assert schema["title"][0].isupper()


def test_units_are_sentences():
    described = [schema["description"] for schema in (CORE | FIELDS).values() if "description" in schema]
    assert [text for text in described if not text.endswith(".")] == []


def published(schema, found):
    """Collect the property definitions of an extension's schema, however deep they stand."""
    if isinstance(schema, dict):
        found |= schema["properties"] if isinstance(schema.get("properties"), dict) else {}
        for member in schema.values():
            published(member, found)
    elif isinstance(schema, list):
        for member in schema:
            published(member, found)
    return found


@needs_shared
def test_types_and_ranges_are_those_of_the_extensions_schemas():
    found = {}
    for path in sorted(SCHEMAS.glob("stac-extensions.github.io/*/v*/schema.json")):
        published(json.loads(path.read_text()), found)
    assert len(found.keys() & FIELDS.keys()) > 90
    for name in found.keys() & FIELDS.keys() - LOOSER:
        for word in ("type", "minimum", "maximum"):
            theirs = found[name].get(word) if isinstance(found[name], dict) else None
            allowed = theirs if isinstance(theirs, list) else [theirs]
            assert theirs is None or FIELDS[name].get(word) in allowed, (name, word, theirs)
