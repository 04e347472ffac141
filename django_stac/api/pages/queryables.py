"""What may be filtered and sorted by, as a table for people."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from django_stac.api.pages.members import mapping
from django_stac.api.pages.properties import property_of
from django_stac.api.pages.trail import Step, to_collection, trail
from django_stac.api.pages.visit import Visit

TYPES = {
    "string": gettext_lazy("text"),
    "number": gettext_lazy("number"),
    "integer": gettext_lazy("whole number"),
    "boolean": gettext_lazy("true or false"),
    "array": gettext_lazy("list"),
    "object": gettext_lazy("object"),
    "null": gettext_lazy("nothing"),
    "date-time": gettext_lazy("time"),
    "date": gettext_lazy("day"),
    "geometry-any": gettext_lazy("geometry"),
}
MOST_VALUES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table."""

    key: str
    title: str
    description: str
    type: str
    values: str


def queryables(visit: Visit) -> dict[str, Any]:
    """The properties of a JSON Schema."""
    found = mapping(visit.document.get("properties"))
    return {
        "rows": [row_of(name, mapping(schema)) for name, schema in found.items()],
        "is_open": visit.document.get("additionalProperties") is True,
        "trail": [*above(visit), (str(visit.document.get("title")), "")],
    }


def above(visit: Visit) -> list[Step]:
    """The steps down to what the schema is of."""
    below = visit.url.removeprefix(f"{visit.hrefs.collections}/")
    return trail(visit) if below == visit.url else to_collection(visit, unquote(below.split("/")[0]))


def row_of(name: str, schema: dict[str, Any]) -> Row:
    return Row(
        key=name,
        title=str(schema.get("title") or ""),
        description=str(schema.get("description") or ""),
        type=type_of(schema),
        values=values_of(name, schema),
    )


def type_of(schema: dict[str, Any]) -> str:
    """The type in words; of times and geometries the format."""
    types, form = schema.get("type"), str(schema.get("format"))
    names = [form] if form in TYPES else types if isinstance(types, list) else [types]
    return ", ".join(str(TYPES.get(str(name), name)) for name in names if name)


def values_of(name: str, schema: dict[str, Any]) -> str:
    """Some values, or the range."""
    values = schema.get("enum", mapping(schema.get("items")).get("enum"))
    if isinstance(values, list):
        more = _(" and %(count)d more") % {"count": len(values) - MOST_VALUES} if len(values) > MOST_VALUES else ""
        return property_of(name, values[:MOST_VALUES]).value + more
    ends = {word: schema.get(word, schema.get(f"format{word.title()}")) for word in ("minimum", "maximum")}
    return "" if None in ends.values() else property_of(name, ends).value
