"""What CQL2 allows in either encoding: which arguments an operator takes, and of what kinds (OGC 21-065r2, Annex B).

How a filter is written is in ``text`` and ``json``, what a literal may be in ``literals``.
"""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from django_stac.cql2.literals import shown, sound
from django_stac.cql2.tree import (
    ARITHMETIC,
    ARITY,
    ARRAYS,
    COMPARISONS,
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


class Gives(StrEnum):
    """What a node may come to, in the words of messages."""

    TEXT = "a text"
    NUMBER = "a number"
    TRUTH = "a truth value"
    INSTANT = "an instant"
    INTERVAL = "an interval"
    GEOMETRY = "a geometry"
    LIST = "a list"
    CONDITION = "a condition"


Kinds = frozenset[Gives]

GROUPED = frozenset({Gives.NUMBER, Gives.CONDITION})
"""What may stand in parentheses that are no list."""

_TEXT, _NUMBER, _CONDITION = frozenset({Gives.TEXT}), frozenset({Gives.NUMBER}), frozenset({Gives.CONDITION})
_GEOMETRY, _LIST = frozenset({Gives.GEOMETRY}), frozenset({Gives.LIST})
_ORDERED = frozenset({Gives.TEXT, Gives.NUMBER, Gives.INSTANT})
_SCALAR = _ORDERED | {Gives.TRUTH}
_TIME = frozenset({Gives.INSTANT, Gives.INTERVAL})
_TRUTH = frozenset({Gives.TRUTH, Gives.CONDITION})
_ANYTHING = frozenset(Gives)

# BETWEEN is for numbers in the standard; texts and instants have an order as well, and clients rely on it.
_TAKES: dict[str, tuple[Kinds, ...]] = {
    "not": (_CONDITION,),
    "isNull": (_ANYTHING - _LIST,),
    "casei": (_TEXT,),
    "accenti": (_TEXT,),
    "like": (_TEXT, _TEXT),
    "in": (_SCALAR, _LIST),
    "between": (_ORDERED, _ORDERED, _ORDERED),
    **dict.fromkeys(COMPARISONS, (_SCALAR, _SCALAR)),
    **dict.fromkeys(ARITHMETIC, (_NUMBER, _NUMBER)),
    **dict.fromkeys(SPATIAL, (_GEOMETRY, _GEOMETRY)),
    **dict.fromkeys(TEMPORAL, (_TIME, _TIME)),
    **dict.fromkeys(ARRAYS, (_LIST, _LIST)),
}

SPELLINGS = {op.lower(): op for op in ("and", "or", *ARITY)}
"""The operators of the JSON encoding by their names in lower case."""
_OTHER_WORDS = {"!=": "<>", "==": "="}

# A property may come to any value, but no condition; a function to a condition as well.
_KINDS: dict[type[Node], Kinds] = {
    Property: _ANYTHING - _CONDITION,
    Date: frozenset({Gives.INSTANT}),
    Timestamp: frozenset({Gives.INSTANT}),
    Interval: frozenset({Gives.INTERVAL}),
    Geometry: _GEOMETRY,
    BBox: _GEOMETRY,
    Array: _LIST,
}
_RESULTS: dict[str, Kinds] = {
    **dict.fromkeys(SPELLINGS.values(), _CONDITION),
    **dict.fromkeys(ARITHMETIC, _NUMBER),
    **dict.fromkeys(("casei", "accenti"), _TEXT),
}


def condition(node: Node) -> Node:
    """Return a whole filter that is a condition. Raises CQL2Error."""
    if Gives.CONDITION not in gives(node):
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
        if node is not None and Gives.INSTANT not in gives(node):
            raise CQL2Error(f"an interval ends at an instant or at '..'; {_got(node)}.", node.place)
    if _is_backwards(start, end):
        raise CQL2Error("an interval must not end before it starts.", place)
    return Interval(start, end, place)


def gives(node: Node) -> Kinds:
    """Tell what a node may come to."""
    if isinstance(node, Operation):
        return _RESULTS.get(node.op, _ANYTHING)
    if not isinstance(node, Value):
        return _KINDS[type(node)]
    if isinstance(node.value, bool):
        return _TRUTH
    return _TEXT if isinstance(node.value, str) else _NUMBER


def _connected(op: str, args: Sequence[Node], place: Place) -> Operation:
    if len(args) < 2:
        raise CQL2Error(f"{op} takes two arguments or more; got {len(args)}.", place)
    flat: list[Node] = []
    for arg in args:
        _check(op, arg, _CONDITION)
        flat += arg.args if isinstance(arg, Operation) and arg.op == op else (arg,)
    return Operation(op, tuple(flat), place)


def _function(name: str, place: Place) -> str:
    meant = SPELLINGS.get(name.lower(), _OTHER_WORDS.get(name))
    if meant is not None:
        raise CQL2Error(f"the operator is spelt {meant!r}; got {name!r}.", place)
    if not name:
        raise CQL2Error("a function has a name.", place)
    return sound(name, place)


def _check(op: str, arg: Node, allowed: Kinds) -> None:
    if gives(arg).isdisjoint(allowed):
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


def _named(kinds: Kinds) -> str:
    *names, last = (kind for kind in Gives if kind in kinds)
    return f"{', '.join(names)} or {last}" if names else last


def _got(node: Node) -> str:
    if isinstance(node, Property):
        return f"got the property {shown(node.name)}"
    return f"got {_named(gives(node) - _CONDITION or _CONDITION)}"


def _hint(node: Node) -> str:
    return ", which is none: compare it, as in a = TRUE" if isinstance(node, Property) else ""


def _counted(number: int) -> str:
    return {1: "one argument", 2: "two arguments"}.get(number, f"{number} arguments")
