"""A filter as a tree (OGC 21-065r2, CQL2). How it is written, as text or as JSON, is not known here.

Nodes compare by what they say, not by where they stood. Operators have the names of the JSON encoding.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Place: TypeAlias = int | str
"""Where a node stood: characters from 0 in a text, or a JSON pointer."""

NOWHERE: Place = ""


class CQL2Error(ValueError):
    """A filter that cannot be understood or run; ``reason`` is a sentence, ``place`` says where."""

    def __init__(self, reason: str, place: Place = NOWHERE) -> None:
        where = f"at character {place + 1}: " if isinstance(place, int) else f"at {place}: " if place else ""
        super().__init__(where + reason)
        self.reason = reason
        self.place = place


@dataclass(frozen=True, slots=True)
class Value:
    """A text, a finite number or a truth value."""

    value: str | bool | int | float
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Property:
    """The value of a property of the item or collection."""

    name: str
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar day, in UTC."""

    day: dt.date
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Timestamp:
    """An instant: aware, UTC, to the microsecond."""

    instant: dt.datetime
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval; its ends are dates, timestamps, properties or functions, None is open (``..``)."""

    start: "Node | None"
    end: "Node | None"
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Geometry:
    """A GeoJSON geometry in CRS84 degrees (longitude, latitude, height)."""

    type: str
    coordinates: tuple[Any, ...]
    """As in GeoJSON, with tuples for arrays; of a GeometryCollection, its members as ``Geometry``."""
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class BBox:
    """A box of 4 or 6 numbers in CRS84 degrees; west > east crosses the antimeridian."""

    numbers: tuple[float, ...]
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Array:
    """A list of values, in any mixture."""

    members: tuple["Node", ...]
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator or a function with its arguments; ``and`` and ``or`` take two or more and never hold themselves."""

    op: str
    args: tuple["Node", ...]
    place: Place = field(default=NOWHERE, compare=False, repr=False)


Node: TypeAlias = Value | Property | Date | Timestamp | Interval | Geometry | BBox | Array | Operation


def parts(node: Node) -> tuple[Node, ...]:
    """Return the nodes right inside a node: arguments, members, or the ends that are not open."""
    if isinstance(node, Operation):
        return node.args
    if isinstance(node, Array):
        return node.members
    return tuple(end for end in (node.start, node.end) if end is not None) if isinstance(node, Interval) else ()


LOGICAL = ("and", "or", "not")
COMPARISONS = ("=", "<>", "<", "<=", ">", ">=")
ARITHMETIC = ("+", "-", "*", "/", "%", "div", "^")
SPATIAL = (
    "s_contains", "s_crosses", "s_disjoint", "s_equals", "s_intersects", "s_overlaps", "s_touches", "s_within",
)  # fmt: skip
TEMPORAL = (
    "t_after", "t_before", "t_contains", "t_disjoint", "t_during", "t_equals", "t_finishedBy", "t_finishes",
    "t_intersects", "t_meets", "t_metBy", "t_overlappedBy", "t_overlaps", "t_startedBy", "t_starts",
)  # fmt: skip
ARRAYS = ("a_containedBy", "a_contains", "a_equals", "a_overlaps")

ARITY: dict[str, int] = {
    "not": 1, "isNull": 1, "casei": 1, "accenti": 1, "like": 2, "in": 2, "between": 3,
    **dict.fromkeys((*COMPARISONS, *ARITHMETIC, *SPATIAL, *TEMPORAL, *ARRAYS), 2),
}  # fmt: skip
"""How many arguments an operator takes; ``and`` and ``or`` take two or more, other names are functions."""

MAX_DEPTH = 100
"""Operations, lists and parentheses inside each other."""
MAX_NODES = 5_000
MAX_POSITIONS = 50_000
"""Positions of all geometries together."""
