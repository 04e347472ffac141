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
    return union_bbox([outer, inner]) == union_bbox([outer])
