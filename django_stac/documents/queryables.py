"""What filters and orders may name, as JSON Schemas (OGC API - Features, part 3; STAC API - Sort)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django_stac.cql2.queryables import Kind, Queryable, Queryables

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMAS: Mapping[Kind, Mapping[str, Any]] = {
    Kind.TEXT: {"type": "string"},
    Kind.NUMBER: {"type": "number"},
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.INSTANT: {"type": "string", "format": "date-time"},
    Kind.PERIOD: {"type": "string", "format": "date-time"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.ARRAY: {"type": "array"},
    Kind.OBJECT: {"type": "object"},
    Kind.GEOMETRY: {"format": "geometry-any"},
    Kind.ANY: {},
}
TEXT_ENDS = {"minimum": "formatMinimum", "maximum": "formatMaximum"}
"""What the ends of ranges of times are called: minimum and maximum are of numbers."""


def present_queryables(queryables: Queryables, href: str, title: str) -> dict[str, Any]:
    """Return the document of all that may be filtered by; ``additionalProperties`` tells whether there may be more."""
    return schema_of(queryables.known.values(), href, title, is_open=queryables.is_open)


def present_sortables(queryables: Queryables, href: str, title: str) -> dict[str, Any]:
    """Return the document of all that may be sorted by."""
    sortable = (each for each in queryables.known.values() if each.kind.is_sortable)
    return schema_of(sortable, href, title, is_open=False)


def schema_of(listed: Iterable[Queryable], href: str, title: str, *, is_open: bool) -> dict[str, Any]:
    """A JSON Schema; ``href`` is its URL without a query."""
    # What is null in all items has no type.
    described = ((each, served(each)) for each in listed)
    return {
        "$schema": DIALECT,
        "$id": href,
        "type": "object",
        "title": title,
        "properties": {each.name: schema for each, schema in described if schema.keys() & {"type", "format"}},
        "additionalProperties": is_open,
    }


def served(queryable: Queryable) -> dict[str, Any]:
    schema = {**SCHEMAS[queryable.kind], **queryable.schema}
    return {
        TEXT_ENDS.get(word, word) if isinstance(value, str) else word: sent(value) for word, value in schema.items()
    }


def sent(value: Any) -> Any:
    """Write what was 1e30 as that again: PostgreSQL keeps it as an integer, and none beyond 64 bits can be sent."""
    if isinstance(value, list):
        return [sent(each) for each in value]
    if isinstance(value, dict):
        return {name: sent(member) for name, member in value.items()}
    return float(value) if isinstance(value, int) and abs(value) >= 2**63 else value
