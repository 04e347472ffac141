"""The languages and the coordinates in which a filter may be written (OGC API - Features - Part 3, Filtering)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django_stac.cql2 import json, text
from django_stac.cql2.tree import Array, CQL2Error, Interval, Node, Operation, Property
from django_stac.spec import json_text

TEXT, JSON = "cql2-text", "cql2-json"
LANGUAGES = (TEXT, JSON)
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


@dataclass(frozen=True, slots=True)
class Written:
    """A filter as it was given."""

    content: object
    language: object


def parse(written: Any) -> Node:
    """Read a filter that is Written. Raises CQL2Error, or ValueError where it is no filter of its language at all."""
    if language(written.language) == TEXT:
        if not isinstance(written.content, str):
            raise ValueError(f"must be a text in `filter-lang` {TEXT}; got {type(written.content).__name__}.")
        if written.content.lstrip().startswith("{"):
            raise CQL2Error(f"this looks like JSON: say so with `filter-lang` {JSON}.", 0)
        return text.parse(written.content)
    # No filter is a bare text: this one holds JSON, as in a URL.
    return json.parse(read_json(written.content) if isinstance(written.content, str) else written.content)


def read_json(content: str) -> object:
    """Read a filter as JSON. Raises CQL2Error at a character."""
    try:
        return json_text.loads(content)
    except json_text.JSONTextError as error:
        raise CQL2Error(f"not JSON, as `filter-lang` {JSON} wants it: {error}.", error.position) from None


def language(value: object) -> str:
    """Check ``filter-lang``. Raises ValueError."""
    if value not in LANGUAGES:
        raise ValueError(f"must be {' or '.join(LANGUAGES)}; got {str(value)[:40]!r}.")
    return str(value)


def crs(value: object) -> str:
    """Check ``filter-crs``. Raises ValueError."""
    if value != CRS84:
        raise ValueError(f"must be {CRS84}, the only one here; got {str(value)[:80]!r}.")
    return CRS84


def names_in(node: Node) -> Iterator[str]:
    """The names of all properties that a filter asks for."""
    waiting: list[Node | None] = [node]
    while waiting:
        match waiting.pop():
            case Property(name=name):
                yield name
            case Operation(args=parts) | Array(members=parts):
                waiting.extend(parts)
            case Interval(start=start, end=end):
                waiting += start, end
