"""What CQL2 allows in either encoding: which arguments an operator takes, and of what kinds (OGC 21-065r2, Annex B).

How a filter is written is in ``text`` and ``json``, what a literal may be in ``literals``.
"""

import datetime as dt
from collections.abc import Sequence
from enum import Flag, auto

from django_stac.cql2.literals import shown, sound
from django_stac.cql2.tree import (
    ARITHMETIC,
    ARITY,
    ARRAYS,
    COMPARISONS,
    MAX_DEPTH,
    MAX_NODES,
    MAX_POSITIONS,
    SPATIAL,
    TEMPORAL,
    Array,
    BBox,
    CQL2Error,
    Date,
    Geometry,
    Interval,
    Node,
    Operation,
    Place,
    Property,
    Timestamp,
    Value,
)


class Gives(Flag):
    """What a node may come to; a property may come to any value, a function to a condition as well."""

    TEXT = auto()
    NUMBER = auto()
    TRUTH = auto()
    INSTANT = auto()
    INTERVAL = auto()
    GEOMETRY = auto()
    LIST = auto()
    CONDITION = auto()


_NAMES = {
    Gives.TEXT: "a text",
    Gives.NUMBER: "a number",
    Gives.TRUTH: "a truth value",
    Gives.INSTANT: "an instant",
    Gives.INTERVAL: "an interval",
    Gives.GEOMETRY: "a geometry",
    Gives.LIST: "a list",
    Gives.CONDITION: "a condition",
}

_ORDERED = Gives.TEXT | Gives.NUMBER | Gives.INSTANT
_SCALAR = _ORDERED | Gives.TRUTH
_VALUE = ~Gives.CONDITION
_ANYTHING = ~Gives(0)

# BETWEEN is for numbers in the standard; texts and instants have an order as well, and clients rely on it.
_TAKES: dict[str, tuple[Gives, ...]] = {
    "not": (Gives.CONDITION,),
    "isNull": (_ANYTHING & ~Gives.LIST,),
    "casei": (Gives.TEXT,),
    "accenti": (Gives.TEXT,),
    "like": (Gives.TEXT, Gives.TEXT),
    "in": (_SCALAR, Gives.LIST),
    "between": (_ORDERED, _ORDERED, _ORDERED),
    **dict.fromkeys(COMPARISONS, (_SCALAR, _SCALAR)),
    **dict.fromkeys(ARITHMETIC, (Gives.NUMBER, Gives.NUMBER)),
    **dict.fromkeys(SPATIAL, (Gives.GEOMETRY, Gives.GEOMETRY)),
    **dict.fromkeys(TEMPORAL, (Gives.INSTANT | Gives.INTERVAL, Gives.INSTANT | Gives.INTERVAL)),
    **dict.fromkeys(ARRAYS, (Gives.LIST, Gives.LIST)),
}

SPELLINGS = {op.lower(): op for op in ("and", "or", *ARITY)}
"""The operators of the JSON encoding by their names in lower case."""
_OTHER_WORDS = {"!=": "<>", "==": "="}

_FIXED = {Date: Gives.INSTANT, Timestamp: Gives.INSTANT, Interval: Gives.INTERVAL, Array: Gives.LIST,
          Geometry: Gives.GEOMETRY, BBox: Gives.GEOMETRY, Property: _VALUE}  # fmt: skip
_RESULTS = (
    dict.fromkeys(SPELLINGS.values(), Gives.CONDITION)
    | dict.fromkeys(ARITHMETIC, Gives.NUMBER)
    | dict.fromkeys(("casei", "accenti"), Gives.TEXT)
)


class Tally:
    """Counts the nodes and positions of one filter against their limits."""

    def __init__(self) -> None:
        self._nodes = 0
        self._positions = 0

    def node(self, place: Place) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise CQL2Error(f"a filter has at most {MAX_NODES} operators, names and values.", place)

    def positions(self, more: int, place: Place) -> None:
        self._positions += more
        if self._positions > MAX_POSITIONS:
            raise CQL2Error(f"the geometries of a filter have at most {MAX_POSITIONS} positions.", place)


def too_deep(place: Place) -> CQL2Error:
    """Make the refusal of what lies deeper than a filter may."""
    return CQL2Error(f"operators, lists and parentheses lie at most {MAX_DEPTH} deep inside each other.", place)


def condition(node: Node) -> Node:
    """Return a whole filter that is a condition. Raises CQL2Error."""
    if not gives(node) & Gives.CONDITION:
        raise CQL2Error(f"a filter is a condition; {_got(node)}{_hint(node)}.", node.place)
    return node


def named(name: str, place: Place) -> Property:
    """Make a property of its name. Raises CQL2Error."""
    if not name:
        raise CQL2Error("a property has a name.", place)
    return Property(sound(name, place), place)


def operation(op: str, args: Sequence[Node], place: Place) -> Operation:
    """Make an operator or a function of checked arguments; ``and`` in ``and`` becomes one. Raises CQL2Error."""
    if op in ("and", "or"):
        return _connected(op, args, place)
    takes = _TAKES.get(op)
    if takes is None:
        return Operation(_function(op, place), tuple(args), place)
    if len(args) != len(takes):
        raise CQL2Error(f"{op} takes {_counted(len(takes))}; got {len(args)}.", place)
    for arg, allowed in zip(args, takes, strict=True):
        _check(op, arg, allowed)
    if op == "like":
        _check_pattern(args[1])
    elif op == "in":
        _check_list(args[1])
    return Operation(op, tuple(args), place)


def interval(start: Node | None, end: Node | None, place: Place) -> Interval:
    """Make an interval; its ends are dates, timestamps, properties or functions. Raises CQL2Error."""
    for node in (start, end):
        if node is not None and not gives(node) & Gives.INSTANT:
            raise CQL2Error(f"an interval ends at an instant or at '..'; {_got(node)}.", node.place)
    if _is_backwards(start, end):
        raise CQL2Error("an interval must not end before it starts.", place)
    return Interval(start, end, place)


def gives(node: Node) -> Gives:
    """Tell what a node may come to."""
    if isinstance(node, Operation):
        return _RESULTS.get(node.op, _ANYTHING)
    if not isinstance(node, Value):
        return _FIXED[type(node)]
    if isinstance(node.value, bool):
        return Gives.TRUTH | Gives.CONDITION
    return Gives.TEXT if isinstance(node.value, str) else Gives.NUMBER


def _connected(op: str, args: Sequence[Node], place: Place) -> Operation:
    if len(args) < 2:
        raise CQL2Error(f"{op} takes two arguments or more; got {len(args)}.", place)
    flat: list[Node] = []
    for arg in args:
        _check(op, arg, Gives.CONDITION)
        flat += arg.args if isinstance(arg, Operation) and arg.op == op else (arg,)
    return Operation(op, tuple(flat), place)


def _function(name: str, place: Place) -> str:
    meant = SPELLINGS.get(name.lower(), _OTHER_WORDS.get(name))
    if meant is not None:
        raise CQL2Error(f"the operator is spelt {meant!r}; got {name!r}.", place)
    if not name:
        raise CQL2Error("a function has a name.", place)
    return sound(name, place)


def _check(op: str, arg: Node, allowed: Gives) -> None:
    if not gives(arg) & allowed:
        raise CQL2Error(f"{op} takes {_named(allowed)} here; {_got(arg)}{_hint(arg)}.", arg.place)


def _check_pattern(node: Node) -> None:
    while isinstance(node, Operation) and node.op in ("casei", "accenti"):
        node = node.args[0]
    if not isinstance(node, Value):
        raise CQL2Error(f"the pattern of like is a text, or casei or accenti of one; {_got(node)}.", node.place)


def _check_list(node: Node) -> None:
    if not isinstance(node, Array):
        raise CQL2Error(f"in takes a list of values here; {_got(node)}.", node.place)
    for member in node.members:
        _check("the list of in", member, _SCALAR)


def _is_backwards(start: Node | None, end: Node | None) -> bool:
    if isinstance(start, Timestamp) and isinstance(end, Timestamp):
        return start.instant > end.instant
    # A date is the whole day: an instant of the same day lies neither before nor after it.
    first, last = _day(start), _day(end)
    return first is not None and last is not None and first > last


def _day(node: Node | None) -> dt.date | None:
    if isinstance(node, Timestamp):
        return node.instant.date()
    return node.day if isinstance(node, Date) else None


def _named(kinds: Gives) -> str:
    *names, last = (name for kind, name in _NAMES.items() if kind in kinds)
    return f"{', '.join(names)} or {last}" if names else last


def _got(node: Node) -> str:
    if isinstance(node, Property):
        return f"got the property {shown(node.name)}"
    return f"got {_named(gives(node) & ~Gives.CONDITION or Gives.CONDITION)}"


def _hint(node: Node) -> str:
    return ", which is none: compare it, as in a = TRUE" if isinstance(node, Property) else ""


def _counted(number: int) -> str:
    return {1: "one argument", 2: "two arguments"}.get(number, f"{number} arguments")
