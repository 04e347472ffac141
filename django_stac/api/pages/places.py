"""Where documents lie, as footprints and as a globe."""

from collections.abc import Iterable
from typing import Any

from django_stac.drawing.footprint import box_of
from django_stac.drawing.globe import Globe, globe
from django_stac.spec.extents import boxes_of, sound_boxes, union_bbox
from django_stac.spec.geometry import cut_at_antimeridian


def shape_of(document: dict[str, Any]) -> dict[str, Any] | None:
    """The geometry of an item, cut where it crosses the antimeridian uncut."""
    geometry, bbox = document.get("geometry"), document.get("bbox")
    if not isinstance(geometry, dict):
        return None
    return cut_at_antimeridian(geometry, bbox) if bbox else geometry


def globe_of(document: dict[str, Any], items: Iterable[dict[str, Any]] = ()) -> Globe | None:
    """The globe turned to an item, or to some items of a collection, or to its extent; None when it lies nowhere."""
    shapes = [shape for shape in map(shape_of, (document, *items)) if shape]
    extent = next(iter(sound_boxes(boxes_of(document.get("extent"))[:1])), None)
    towards = union_bbox(sound_boxes(map(box_of, shapes))) or extent
    return globe(towards, extent=extent, shapes=shapes) if towards else None
