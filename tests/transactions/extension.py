"""A small extension of our own, for tests that must run without the sample data."""

import json

from django_stac.transactions.schemas import store_schemas

GRADE = "https://example.com/grade/v1.0.0/schema.json"
PARTS = "https://example.com/grade/v1.0.0/parts.json"
SCHEMAS = {
    GRADE: {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "properties": {"properties": {"properties": {"grade:value": {"$ref": "parts.json#/definitions/value"}}}},
    },
    PARTS: {"definitions": {"value": {"type": "integer", "minimum": 1}}},
}
TEXTS = {uri: json.dumps(schema) for uri, schema in SCHEMAS.items()}


def keep_schemas(using="default"):
    """Store the extension, as ``stac_schemas`` would."""
    return store_schemas(TEXTS, using)


def graded(document, value):
    """A document that names the extension, and has a value of it."""
    document["properties"]["grade:value"] = value
    return document | {"stac_extensions": [GRADE]}
