"""A page of rows along keys, as Django expressions: for tables so small that no index matters.

What has no value comes last either way; the primary key decides last.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.db.models import BigIntegerField, OrderBy

from django_stac.cql2.expressions import TEXT, Fill, Parameter, Sql, joined
from django_stac.search.pages.cursor import Cursor, Direction, KeyValue, Scale, moment_of

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Key:
    """A key of an order."""

    value: Fill
    scale: Scale
    descending: bool = False


def nearest_first(rows: models.QuerySet[M], keys: Sequence[Key], cursor: Cursor | None) -> models.QuerySet[M]:
    """Those beyond a place, the nearest first; the values of the keys come with each row."""
    backwards = cursor is not None and cursor.direction is Direction.PREV
    found = rows if cursor is None else rows.filter(beyond(keys, cursor))
    values = {f"key_{number}": as_told(key) for number, key in enumerate(keys)}
    ordered: models.QuerySet[M] = found.annotate(**values).order_by(*sorting(keys, backwards=backwards))
    return ordered


def place_of(row: Any, keys: Sequence[Key]) -> tuple[KeyValue, ...]:
    """The values of the keys of a row that was found by :func:`nearest_first`."""
    return tuple(getattr(row, f"key_{number}") for number in range(len(keys)))


def as_told(key: Key) -> Sql:
    """A value as a token holds it."""
    if key.scale is Scale.MOMENT:
        return Sql("(extract(epoch FROM {}) * 1000000)::int8", key.value, output=BigIntegerField())
    return Sql("({})::text", key.value, output=TEXT)


def sorting(keys: Iterable[Key], *, backwards: bool) -> Iterator[OrderBy]:
    for key in keys:
        falls = key.descending is not backwards
        yield OrderBy(key.value, descending=falls, nulls_first=backwards or None, nulls_last=not backwards or None)
    yield OrderBy(models.F("pk"), descending=backwards)


# The place of the cursor


def beyond(keys: Sequence[Key], cursor: Cursor, number: int = 0) -> Sql:
    """Lie beyond the cursor by this key, or have the same value and lie beyond it by those that follow."""
    backwards = cursor.direction is Direction.PREV
    if number == len(keys):
        return Sql(
            "{} < {}" if backwards else "{} > {}", models.F("pk"), Parameter(cursor.edge(falls=backwards), "int8")
        )
    key, following = keys[number], beyond(keys, cursor, number + 1)
    if cursor.keys[number] is None:
        same = joined("AND", [Sql("{} IS NULL", key.value), following])
        return joined("OR", [Sql("{} IS NOT NULL", key.value), same]) if backwards else same
    held = cursor.keys[number]
    at = Parameter(moment_of(held) if isinstance(held, int) else held, key.scale.value)
    same = joined("AND", [Sql("{} = {}", key.value, at), following])
    past = Sql("{} < {}" if key.descending is not backwards else "{} > {}", key.value, at)
    return joined("OR", [past, same, *([] if backwards else [Sql("{} IS NULL", key.value)])])
