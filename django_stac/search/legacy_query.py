"""The ``query`` of STAC API - Query: comparisons whose values take the kind of their property, as a filter.

Texts compare without regard to case, times as instants; a text of digits is a number where the property is one.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from django_stac.cql2 import literals
from django_stac.cql2.queryables import LONGEST_NAME, PREFIX, Kind, Queryable, Queryables, is_name
from django_stac.cql2.tree import Array, CQL2Error, Node, Operation, Property, Value
from django_stac.search.blame import blaming
from django_stac.search.query import Comparison
from django_stac.spec.datetimes import fixed_width

MOST = 1_000
"""Values, of all comparisons together."""
Scalar: TypeAlias = str | bool | float
IS = "is"
"""Equality with the text of a query parameter: as `eq`, but to the letter."""
COMPARISONS = {"eq": "=", "neq": "<>", "lt": "<", "lte": "<=", "gt": ">", "gte": ">=", IS: "="}
PATTERNS = {"startsWith": "{}%", "endsWith": "%{}", "contains": "%{}%"}
OPERATORS = tuple(name for name in (*COMPARISONS, *PATTERNS, "in") if name != IS)
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,300}\.?[0-9]{0,300}|\.[0-9]{1,300})(?:[eE][+-]?[0-9]{1,2})?")


def parse(value: object) -> tuple[Comparison, ...]:
    """Read ``{name: {operator: value}}`` or ``{name: value}``. Raises CQL2Error with a JSON pointer."""
    if not isinstance(value, dict):
        raise CQL2Error(f"must be an object of properties with operators; got {type(value).__name__}.")
    if len(value) > MOST:
        raise CQL2Error(f"takes at most {MOST} values; got {len(value)} properties.")
    found = tuple(each for name, asked in value.items() for each in comparisons(name, asked))
    number = sum(len(each.value) if isinstance(each.value, tuple) else 1 for each in found)
    if number > MOST:
        raise CQL2Error(f"takes at most {MOST} values; got {number}.")
    return found


def from_params(params: Mapping[str, str]) -> tuple[Comparison, ...]:
    """Read queryables as query parameters. Raises InvalidParameter."""
    return tuple(from_param(name, text) for name, text in params.items())


def from_param(name: str, text: str) -> Comparison:
    """Read one of them."""
    with blaming(name):
        value = scalar(text, "")
    return Comparison(name=name.removeprefix(PREFIX), operator=IS, value=value, parameter=name)


def comparisons(name: str, asked: object) -> Iterator[Comparison]:
    """Read what is asked of one property; a bare value is an equality."""
    place = "/" + name.replace("~", "~0").replace("/", "~1")
    if not is_name(name):
        raise CQL2Error(f"a property has a name of at most {LONGEST_NAME:,} printable characters.", place)
    for operator, given in asked.items() if isinstance(asked, dict) else [("eq", asked)]:
        at = f"{place}/{operator}" if isinstance(asked, dict) else place
        if operator not in OPERATORS:
            raise CQL2Error(f"{operator[:40]!r} is no operator; there are {', '.join(OPERATORS)}.", at)
        value = checked(operator, given, at)
        yield Comparison(name=name.removeprefix(PREFIX), operator=operator, value=value, place=at)


def checked(operator: str, value: object, place: str) -> Any:
    """Return a value that the operator takes, whatever the property is."""
    if isinstance(value, list) and operator in ("in", "eq", "neq"):
        if len(value) > MOST:
            raise CQL2Error(f"takes at most {MOST} values; got {len(value)}.", place)
        return tuple(scalar(each, f"{place}/{number}") for number, each in enumerate(value))
    if operator == "in":
        raise CQL2Error("takes an array of values.", place)
    if operator in PATTERNS and not isinstance(value, str):
        raise CQL2Error("takes a text.", place)
    return value if value is None and operator in ("eq", "neq") else scalar(value, place)


def scalar(value: object, place: str) -> Scalar:
    """Refuse what is no text, number or truth value."""
    if not isinstance(value, str | int | float):
        raise CQL2Error(f"takes a text, a number, true or false; got {type(value).__name__}.", place)
    return literals.sound(value, place) if isinstance(value, str) else value


# The filter


def node(asked: Comparison, queryables: Queryables) -> Node:
    """Say a comparison in CQL2. Raises CQL2Error where the value is none of its property's kind."""
    queryable = queryables.get(asked.name) or Queryable(asked.name, Kind.ANY)
    property_ = Property(queryable.name, asked.place)
    if asked.value is None:
        absent = Operation("isNull", (property_,), asked.place)
        return absent if asked.operator == "eq" else Operation("not", (absent,), asked.place)
    if queryable.kind is Kind.ARRAY:
        return of_array(asked, property_)
    if asked.operator in PATTERNS:
        return like(asked, property_)
    if asked.operator == "in":
        return one_of(asked, property_, queryable.kind)
    return compared(asked, property_, queryable.kind)


def of_array(asked: Comparison, property_: Property) -> Node:
    """Of an array: hold the value, or any of several, or be equal to them as a set."""
    values = asked.value if isinstance(asked.value, tuple) else (asked.value,)
    op = {"in": "a_overlaps", "contains": "a_contains", IS: "a_contains"}.get(asked.operator, "a_equals")
    if asked.operator not in ("in", "contains", IS, "eq", "neq"):
        raise CQL2Error("is an array: it takes eq, neq, in and contains.", asked.place)
    found = Operation(op, (property_, Array(tuple(Value(each, asked.place) for each in values))), asked.place)
    return Operation("not", (found,), asked.place) if asked.operator == "neq" else found


def like(asked: Comparison, property_: Property) -> Node:
    """A pattern in which nothing of the client's is a wildcard."""
    escaped = re.sub(r"([\\%_])", r"\\\1", asked.value)
    pattern = Value(PATTERNS[asked.operator].format(escaped), asked.place)
    return Operation("like", (folded(property_), folded(pattern)), asked.place)


def one_of(asked: Comparison, property_: Property, kind: Kind) -> Node:
    """Be one of several values; texts are folded."""
    values = tuple(literal(each, kind, asked.place) for each in asked.value)
    if values and all(is_text(value) for value in values):
        return Operation("in", (folded(property_), Array(tuple(map(folded, values)))), asked.place)
    return Operation("in", (property_, Array(values)), asked.place)


def compared(asked: Comparison, property_: Property, kind: Kind) -> Node:
    """Compare with one value; the texts of query parameters to the letter."""
    if isinstance(asked.value, tuple):
        raise CQL2Error("is no array: compare it with one value, or use `in`.", asked.place)
    value = literal(asked.value, kind, asked.place)
    if kind is Kind.ANY and asked.operator == IS and _NUMBER.fullmatch(asked.value):
        either = (value, number(asked.value, asked.place))
        return Operation("or", tuple(Operation("=", (property_, each), asked.place) for each in either), asked.place)
    sides: tuple[Node, Node] = (property_, value)
    if is_text(value) and asked.operator != IS:
        sides = folded(property_), folded(value)
    return Operation(COMPARISONS[asked.operator], sides, asked.place)


def is_text(value: Node) -> bool:
    return isinstance(value, Value) and isinstance(value.value, str)


def folded(value: Node) -> Node:
    return Operation("casei", (value,), value.place)


def literal(value: Scalar, kind: Kind, place: str) -> Node:
    """Give a value the kind of its property where it is a text of that kind."""
    if not isinstance(value, str):
        return Value(value, place)
    reading = READINGS.get(kind)
    return Value(value, place) if reading is None else reading(value, place)


def number(text: str, place: str) -> Node:
    if not _NUMBER.fullmatch(text):
        raise CQL2Error(f"is a number; got {text[:40]!r}.", place)
    return Value(literals.number(int(text) if text.lstrip("+-").isdigit() else float(text), place), place)


def truth(text: str, place: str) -> Node:
    if text not in ("true", "false"):
        raise CQL2Error(f"is true or false; got {text[:40]!r}.", place)
    return Value(text == "true", place)


def day(text: str, place: str) -> Node:
    return literals.date(text, place) if len(text) <= 10 else literals.timestamp(text, place)


def unknown(text: str, place: str) -> Node:
    """Take what looks like an instant for one: they are stored in a form of their own."""
    return literals.timestamp(text, place) if fixed_width(text) else Value(text, place)


READINGS: dict[Kind, Callable[[str, str], Node]] = {
    Kind.NUMBER: number,
    Kind.BOOLEAN: truth,
    Kind.INSTANT: day,
    Kind.PERIOD: day,
    Kind.DATE: day,
    Kind.ANY: unknown,
}
