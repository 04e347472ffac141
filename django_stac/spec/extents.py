"""The union of bounding boxes, and which holds another. Which boxes a collection is made of is not known here."""

from collections.abc import Iterable

from django_stac.spec.geometry import BBox
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
