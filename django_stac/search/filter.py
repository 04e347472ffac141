"""Which items a search matches, as a queryset. The interval is left to the statement, which searches two parts."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.gis.geos import GEOSGeometry
from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Case, F, Field, Func, IntegerField, Q, TextField, Value, When
from django.db.models.functions import Cast

from django_stac.models.where import plain
from django_stac.search.words import in_items
from django_stac.spec.extents import WORLD, drawn_box
from django_stac.spec.geometry import BBox
from django_stac.spec.wkb import ewkb

if TYPE_CHECKING:
    from django_stac.models.querysets import ItemQuerySet
    from django_stac.models.where import Condition
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


def demanded(query: "SearchQuery", using: str) -> "list[Condition]":
    """What a search demands of items beside their time, their collection and their properties.

    A box must not cross the antimeridian here: it is searched in its two parts.
    """
    conditions: list[Condition] = []
    if query.words:
        conditions.append(in_items(query.words, using))
    if query.ids:
        conditions.append(one_of("item_id", TextField(), query.ids))
    if query.bbox:
        return [*conditions, *in_box(query.bbox)]
    return [*conditions, meeting(query.intersects)] if query.intersects else conditions


def in_box(bbox: BBox) -> "list[Condition]":
    """Meet a box that does not cross the antimeridian.

    What lies well inside is found by its own box, at a tenth of the price of comparing geometries; CASE keeps the
    planner from turning the alternative into two scans.
    """
    if bbox == WORLD:
        return [Q(geometry__isnull=False)]
    west, south, east, north = bbox
    if east - west < 3 * MARGIN or north - south < 3 * MARGIN:
        return [meeting(drawn_box(bbox))]
    box = outline(drawn_box(bbox))
    core = outline(drawn_box((west + MARGIN, south + MARGIN, east - MARGIN, north - MARGIN)))
    meets = Case(When(geometry__contained=core, then=True), When(geometry__intersects=box, then=True), default=False)
    return [Q(geometry__bboverlaps=box), meets]


def meeting(geometry: dict[str, Any]) -> Q:
    """Meet a GeoJSON geometry (CRS84 degrees)."""
    return Q(geometry__intersects=outline(geometry))


def outline(geometry: dict[str, Any]) -> GEOSGeometry:
    return GEOSGeometry(memoryview(ewkb(geometry)))


def one_of(column: str, kind: "Field[Any, Any]", values: Iterable[Any]) -> Func:
    """The condition that a column has one of these values, cast to its type: else GiST cannot use them."""
    held = list(values)
    if len(held) == 1:
        return Is(F(column), Cast(Value(held[0]), kind))
    return IsOneOf(F(column), Value(held, ArrayField(kind)))
