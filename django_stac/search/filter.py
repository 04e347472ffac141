"""Which items a search matches, as a queryset. The interval is left to the statement, which searches two parts."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, F, Field, Func, IntegerField, TextField, Value
from django.db.models.functions import Cast

from django_stac.search.shape import place_of

if TYPE_CHECKING:
    from django_stac.models.querysets import ItemQuerySet
    from django_stac.search.query import SearchQuery


class IsOneOf(Func):
    """``column = ANY(array)``: one parameter whatever its length."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


class Is(Func):
    """``column = value``."""

    template = "%(expressions)s"
    arg_joiner = " = "
    output_field = BooleanField()


def matching(query: "SearchQuery", visible: "ItemQuerySet", collections: Mapping[str, int]) -> "ItemQuerySet":
    """Those visible items that fit the search, in no order and at any time.

    ``collections`` has the primary keys of the named collections that are visible. A box must not cross the
    antimeridian here: it is searched in its two parts.
    """
    items = visible
    if query.collections:
        items = items.filter(one_of("collection_id", IntegerField(), collections.values()))
    if query.ids:
        items = items.filter(one_of("item_id", TextField(), query.ids))
    if place := place_of(query):
        return items.intersecting(place)
    return items.filter(geometry__isnull=False) if query.bbox else items


def one_of(column: str, kind: "Field[Any, Any]", values: Iterable[Any]) -> Func:
    """The condition that a column has one of these values, cast to its type: else GiST cannot use them."""
    held = list(values)
    if len(held) == 1:
        return Is(F(column), Cast(Value(held[0]), kind))
    return IsOneOf(F(column), Value(held, ArrayField(kind)))
