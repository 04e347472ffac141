"""Extents of collections (Collection Spec, "Extent Object"), and what boxes make together."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from shapely.geometry import mapping, shape
from shapely.ops import unary_union

from django_stac.spec.datetimes import Interval, parse_instant
from django_stac.spec.geometry import OVERSHOOT, BBox, bbox_polygon, parse_bbox, split_bbox
from django_stac.spec.longitudes import smallest_arc

WORLD: BBox = (-180.0, -90.0, 180.0, 90.0)


def union_bbox(boxes: Iterable[BBox]) -> BBox | None:
    """Return the smallest box that holds all boxes, perhaps over the antimeridian; None of none."""
    held = list(boxes)
    if not held:
        return None
    west, east = smallest_arc((box[0], box[2]) for box in held)
    return west, min(box[1] for box in held), east, max(box[3] for box in held)


def covers(outer: BBox, inner: BBox) -> bool:
    """Whether a box holds another one, each perhaps over the antimeridian."""
    whole = union_bbox([outer])
    return any(union_bbox([outer, each]) == whole for each in _named(inner))


def _named(box: BBox) -> list[BBox]:
    """A box under every name it has: one on the antimeridian alone has two."""
    west, south, east, north = box
    if {abs(west), abs(east)} != {180.0} or west < east:
        return [box]
    return [(name, south, name, north) for name in (180.0, -180.0)]


# Extent objects: what a lenient catalogue let in may be anything, and what makes no sense is left out.


def boxes_of(extent: object) -> list[Any]:
    """The bboxes of a collection's ``extent``, the overall one first; none of what is no extent."""
    return listed(extent, "spatial", "bbox")


def sound_boxes(boxes: Iterable[Any]) -> Iterator[BBox]:
    """Parse bboxes and leave out those that are none; longitudes may count from 0 to 360, as global grids have them."""
    for box in boxes:
        with suppress(LookupError, TypeError, ValueError):
            yield parse_bbox(wrapped(box), overshoot=OVERSHOOT)


def wrapped(box: Sequence[float]) -> Sequence[float]:
    """Bring longitudes back to -180..180 where one of them is beyond."""
    half = len(box) // 2
    west, east = box[0], box[half]
    if max(abs(west), abs(east)) <= 180 + OVERSHOOT:
        return box
    west, east = WORLD[::2] if east - west >= 360 else ((west + 180) % 360 - 180, (east + 180) % 360 - 180)
    return west, *box[1:half], east, *box[half + 1 :]


def whole_interval(extent: object) -> Interval:
    """The time from the first to the last of an extent's intervals; open where one of them is, or where none is."""
    pairs = [pair for pair in listed(extent, "temporal", "interval") if isinstance(pair, list) and len(pair) == 2]
    starts, ends = ([moment_of(pair[end]) for pair in pairs] for end in (0, 1))
    first, last = [each for each in starts if each], [each for each in ends if each]
    return Interval(
        start=min(first) if first and len(first) == len(pairs) else None,
        end=max(last) if last and len(last) == len(pairs) else None,
    )


def listed(extent: object, part: str, name: str) -> list[Any]:
    inner = extent.get(part) if isinstance(extent, dict) else None
    value = inner.get(name) if isinstance(inner, dict) else None
    return value if isinstance(value, list) else []


def moment_of(text: object) -> datetime | None:
    with suppress(ValueError, TypeError):
        return parse_instant(text)  # type: ignore[arg-type]
    return None


# Drawing


def drawn_box(bbox: BBox) -> dict[str, Any]:
    """Draw a box that does not cross the antimeridian: a Polygon, or a Point or line where it has no area."""
    west, south, east, north = bbox
    if west == east and south == north:
        return {"type": "Point", "coordinates": [west, south]}
    if west == east or south == north:
        return {"type": "LineString", "coordinates": [[west, south], [east, north]]}
    return bbox_polygon(bbox)


def drawn_union(boxes: Iterable[BBox]) -> dict[str, Any] | None:
    """Draw what boxes cover together, cut at the antimeridian, as one valid GeoJSON geometry; None of none.

    One box is exact, the edges of several are to a tenth of a millimetre.
    """
    parts = [part for box in boxes for part in split_bbox(box)]
    if len(parts) < 2:
        return drawn_box(parts[0]) if parts else None
    # Rounded, for a union of boxes that are nearly lines divides by zero.
    covered: dict[str, Any] = mapping(unary_union([shape(drawn_box(rounded(part))) for part in parts]))
    return covered


def rounded(bbox: BBox) -> BBox:
    west, south, east, north = (round(number, 9) for number in bbox)
    return west, south, east, north
