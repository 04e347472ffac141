"""Where documents lie, as footprints and as a globe."""

from collections.abc import Iterable
from typing import Any

from django_stac.api.pages.visit import mapping
from django_stac.drawing.footprint import box_of, sound_boxes
from django_stac.drawing.globe import Globe, globe
from django_stac.spec.extents import union_bbox
from django_stac.spec.geometry import cut_at_antimeridian


def shape_of(document: dict[str, Any]) -> dict[str, Any] | None:
    """The geometry of an item, cut where it crosses the antimeridian uncut."""
    geometry, bbox = document.get("geometry"), document.get("bbox")
    if not isinstance(geometry, dict):
        return None
    return cut_at_antimeridian(geometry, bbox) if bbox else geometry


def extents_of(document: dict[str, Any]) -> list[Any]:
    """The bboxes of a collection, the overall one first."""
    boxes = mapping(mapping(document.get("extent")).get("spatial")).get("bbox")
    return boxes if isinstance(boxes, list) else []


def globe_of(document: dict[str, Any], items: Iterable[dict[str, Any]] = ()) -> Globe | None:
    """The globe turned to an item, or to some items of a collection, or to its extent; None when it lies nowhere."""
    shapes = [shape for shape in map(shape_of, (document, *items)) if shape]
    extent = next(iter(sound_boxes(extents_of(document)[:1])), None)
    towards = union_bbox(sound_boxes(map(box_of, shapes))) or extent
    return globe(towards, extent=extent, shapes=shapes) if towards else None
