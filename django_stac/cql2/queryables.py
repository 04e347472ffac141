"""What filters and orders may name, and of which kind it is. Where the values are stored is in ``compile``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

PREFIX = "properties."
LONGEST_NAME = 2_000
LONGEST_LIKE = 200
"""Characters of a name that is compared with others, which takes the longer the longer it is."""


class Kind(StrEnum):
    """What the values of a property are. A value of another kind counts as absent."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    INSTANT = "instant"
    """RFC 3339 date-times."""
    DATE = "date"
    """Calendar days, ``YYYY-MM-DD``."""
    PERIOD = "period"
    """The time of an item or the extent of a collection: an instant, or a range where there is one."""
    ARRAY = "array"
    OBJECT = "object"
    GEOMETRY = "geometry"
    ANY = "any"
    """Not known yet, or mixed: what it is compared with decides."""

    @property
    def is_sortable(self) -> bool:
        return self in SORTABLE


_BY_TYPE = {
    "string": Kind.TEXT,
    "number": Kind.NUMBER,
    "integer": Kind.NUMBER,
    "boolean": Kind.BOOLEAN,
    "array": Kind.ARRAY,
    "object": Kind.OBJECT,
}
_BY_FORMAT = {"date-time": Kind.INSTANT, "date": Kind.DATE}


def kinds_of(schema: Mapping[str, Any]) -> frozenset[Kind]:
    """The kinds that the values of a JSON Schema may be, null left out; empty where it names no type.

    Texts of other formats than date-time and date are texts; a format of geometries stands for a type.
    """
    types, form = schema.get("type"), schema.get("format")
    if types is None and isinstance(form, str) and form.startswith("geometry-"):
        return frozenset({Kind.GEOMETRY})
    named = [types] if isinstance(types, str) else types if isinstance(types, list) else []
    found = {_BY_TYPE[name] for name in named if isinstance(name, str) and name in _BY_TYPE}
    return frozenset(_BY_FORMAT.get(str(form), kind) if kind is Kind.TEXT else kind for kind in found)


SORTABLE = frozenset({Kind.TEXT, Kind.NUMBER, Kind.BOOLEAN, Kind.INSTANT, Kind.DATE, Kind.PERIOD})


@dataclass(frozen=True, slots=True)
class Queryable:
    """A property that may be named."""

    name: str
    kind: Kind
    schema: Mapping[str, Any] = field(default_factory=dict)
    """Its JSON Schema as served: type, format, enum, minimum, maximum, title, description."""


def is_name(text: str) -> bool:
    """Whether a property may have this name, as far as orders and the legacy query are concerned."""
    return 0 < len(text) <= LONGEST_NAME and text.isprintable()


@dataclass(frozen=True, slots=True)
class Queryables:
    """All that may be named in some scope."""

    known: Mapping[str, Queryable]
    is_open: bool = False
    """Whether further names may exist: such a property is taken as one of any kind."""

    def get(self, name: str) -> Queryable | None:
        """Find a queryable by its name, with or without ``properties.`` before it; None when there is none."""
        for candidate in (name, name.removeprefix(PREFIX)):
            if candidate in self.known:
                return self.known[candidate]
        return Queryable(name.removeprefix(PREFIX), Kind.ANY) if self.is_open else None

    def like(self, name: str) -> list[str]:
        """Names that somebody who wrote this one may have meant."""
        return get_close_matches(name, self.known, n=3) if len(name) <= LONGEST_LIKE else []
