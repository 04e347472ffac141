"""The geometry of a search: what a client may draw."""

from typing import TYPE_CHECKING, Any

import orjson

from django_stac.spec.extents import WORLD, drawn_box
from django_stac.spec.geometry import geometry_problems
from django_stac.spec.validity import refuse_invalid

if TYPE_CHECKING:
    from django_stac.search.query import SearchQuery

MAX_POSITIONS = 50_000
"""Positions of an ``intersects``: a country's coastline, no more."""


def sound_geometry(value: object) -> dict[str, Any]:
    """Return a client's GeoJSON geometry without foreign members. Raises ValueError with a sentence."""
    if not isinstance(value, dict):
        raise ValueError(f"must be a GeoJSON geometry object; got {type(value).__name__}.")
    refuse_vastness(value)
    if problems := geometry_problems(value):
        pointer, sentence = problems[0]
        raise ValueError(f"is no GeoJSON geometry: {pointer or 'it'}: {sentence}.")
    refuse_invalid(value)
    return {name: value[name] for name in ("type", "coordinates", "geometries") if name in value}


def refuse_vastness(geometry: dict[str, Any]) -> None:
    """Count lists, of which every position is one, in the text: there are no objects to be walked through."""
    given = [geometry.get("coordinates"), geometry.get("geometries")]
    if orjson.dumps(given).count(b"[") > MAX_POSITIONS:
        raise ValueError(f"has more than {MAX_POSITIONS} positions: simplify it.")


def place_of(query: "SearchQuery") -> dict[str, Any] | None:
    """Return the geometry that restricts a search; the whole world is none."""
    if query.intersects is not None:
        return query.intersects
    return drawn_box(query.bbox) if query.bbox and query.bbox != WORLD else None
