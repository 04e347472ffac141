"""What a search asks for, understood and checked. How it was asked (parameters or JSON) is not known here."""

from dataclasses import dataclass
from typing import Any

from django_stac.cql2.tree import Node
from django_stac.search.words import Words
from django_stac.spec.datetimes import Interval
from django_stac.spec.geometry import BBox


@dataclass(frozen=True, slots=True)
class SortKey:
    """One key of an order: what has no value comes last either way."""

    name: str
    """Of a sortable, without ``properties.``."""
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What is asked of one property, by an operator of STAC API - Query."""

    name: str
    """Without ``properties.``."""
    operator: str
    value: Any
    """A JSON value, with a tuple for an array."""
    parameter: str = "query"
    """Where it was asked."""
    place: str = ""
    """A JSON pointer in the parameter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """A search. All conditions hold together; an empty tuple or None restricts nothing."""

    limit: int
    """Items a page, from 1."""
    collections: tuple[str, ...] = ()
    """STAC ids; unknown ones match nothing."""
    ids: tuple[str, ...] = ()
    """STAC ids of items."""
    bbox: BBox | None = None
    """CRS84 degrees; west > east crosses the antimeridian."""
    intersects: dict[str, Any] | None = None
    """A sound GeoJSON geometry in CRS84 degrees; never together with ``bbox``."""
    interval: Interval | None = None
    comparisons: tuple[Comparison, ...] = ()
    """What `query` and queryables as parameters ask; their values are read when the kinds of properties are known."""
    filter: Node | None = None
    """A CQL2 filter; what it names is checked when it is compiled."""
    words: Words | None = None
    """Free text."""
    sort: tuple[SortKey, ...] = ()
    """Newest first where empty; the primary key always decides last."""
    token: str | None = None
    """The place in the result; opaque, see ``search.cursor``."""
