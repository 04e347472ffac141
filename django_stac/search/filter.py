"""Which items a search matches, as a queryset. The interval is left to the statement, which searches two parts."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.gis.geos import GEOSGeometry
from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Case, F, Field, Func, IntegerField, TextField, Value, When
from django.db.models.functions import Cast

from django_stac.models.where import plain
from django_stac.search.words import in_items
from django_stac.spec.extents import WORLD, drawn_box
from django_stac.spec.geometry import BBox
from django_stac.spec.wkb import ewkb

if TYPE_CHECKING:
    from django.db.models import Expression

    from django_stac.models.querysets import ItemQuerySet
    from django_stac.search.query import SearchQuery

MARGIN = 0.0001
"""Degrees by which the database's comparison of boxes, in single precision, may never be wrong."""


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


def at_home(query: "SearchQuery", visible: "ItemQuerySet", collections: Mapping[str, int]) -> "ItemQuerySet":
    """Those visible items that are in the collections searched, of which ``collections`` has the primary keys."""
    items = plain(visible)
    return items.filter(one_of("collection_id", IntegerField(), collections.values())) if query.collections else items


def matching(query: "SearchQuery", items: "ItemQuerySet", conditions: "Iterable[Expression]" = ()) -> "ItemQuerySet":
    """Those items that fit the search, in no order, at any time and in any collection.

    ``conditions`` are what the search demands of properties. A box must not cross the antimeridian here: it is
    searched in its two parts.
    """
    items = items.filter(*conditions)
    if query.words:
        items = items.filter(in_items(query.words, items.db))
    if query.ids:
        items = items.filter(one_of("item_id", TextField(), query.ids))
    if query.bbox:
        return in_box(items, query.bbox)
    return items.intersecting(query.intersects) if query.intersects else items


def in_box(items: "ItemQuerySet", bbox: BBox) -> "ItemQuerySet":
    """Those whose geometry meets a box that does not cross the antimeridian.

    What lies well inside is found by its own box, at a tenth of the price of comparing geometries; CASE keeps the
    planner from turning the alternative into two scans.
    """
    if bbox == WORLD:
        return items.filter(geometry__isnull=False)
    west, south, east, north = bbox
    if east - west < 3 * MARGIN or north - south < 3 * MARGIN:
        return items.intersecting(drawn_box(bbox))
    box = GEOSGeometry(memoryview(ewkb(drawn_box(bbox))))
    core = GEOSGeometry(memoryview(ewkb(drawn_box((west + MARGIN, south + MARGIN, east - MARGIN, north - MARGIN)))))
    meets = Case(When(geometry__contained=core, then=True), When(geometry__intersects=box, then=True), default=False)
    return items.filter(meets, geometry__bboverlaps=box)


def one_of(column: str, kind: "Field[Any, Any]", values: Iterable[Any]) -> Func:
    """The condition that a column has one of these values, cast to its type: else GiST cannot use them."""
    held = list(values)
    if len(held) == 1:
        return Is(F(column), Cast(Value(held[0]), kind))
    return IsOneOf(F(column), Value(held, ArrayField(kind)))
