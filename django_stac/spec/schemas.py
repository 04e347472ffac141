"""JSON Schemas of one property in several places, made one (draft 2020-12). What it means is not known here."""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Any

from django_stac.spec.datetimes import fixed_width

Schema = Mapping[str, Any]

MOST_VALUES = 100
"""Values of a united enum."""


def united(schemas: Sequence[Schema]) -> dict[str, Any]:
    """Return a schema of all that fits any of these; a word that one of them lacks restricts nothing.

    Those without a type, of which no value was ever seen, do not count.
    """
    typed = [schema for schema in schemas if "type" in schema]
    if len(typed) < 2:
        return dict((typed or schemas or [{}])[0])
    found: dict[str, Any] = {}
    for word, union in UNIONS.items():
        values = [schema[word] for schema in typed if word in schema]
        if (len(values) == len(typed) or (values and word in TOLD)) and (value := union(values)) is not None:
            found[word] = value
    return found


def types(values: Sequence[Any]) -> str | list[str]:
    """One type, or several in their order; every integer is a number."""
    names = set(chain.from_iterable([each] if isinstance(each, str) else each for each in values))
    if "number" in names:
        names.discard("integer")
    return names.pop() if len(names) == 1 else sorted(names)


def first(values: Sequence[Any]) -> Any:
    return values[0]


def same(values: Sequence[Any]) -> Any:
    return values[0] if all(value == values[0] for value in values) else None


def least(values: Sequence[Any]) -> Any:
    return min(values, key=comparable) if are_alike(values) else None


def greatest(values: Sequence[Any]) -> Any:
    return max(values, key=comparable) if are_alike(values) else None


def are_alike(values: Sequence[Any]) -> bool:
    return len({isinstance(value, str) for value in values}) == 1


def comparable(end: Any) -> Any:
    """Ends of ranges are numbers, days or instants; these have fractions of any length."""
    return fixed_width(end) or end if isinstance(end, str) else end


def all_values(enums: Sequence[list[Any]]) -> list[Any] | None:
    """The values of all, unless they are many."""
    values = sorted({value for enum in enums for value in enum}, key=str)
    return values if len(values) <= MOST_VALUES else None


def members(values: Sequence[Any]) -> Any:
    """The schema of what arrays hold."""
    return united(values) if all(isinstance(value, Mapping) and "type" in value for value in values) else same(values)


TOLD = frozenset({"title", "description"})
UNIONS: Mapping[str, Callable[[Sequence[Any]], Any]] = {
    "title": first,
    "description": first,
    "type": types,
    "format": same,
    "minimum": least,
    "maximum": greatest,
    "enum": all_values,
    "items": members,
}
"""How each word is united; others are left out."""
