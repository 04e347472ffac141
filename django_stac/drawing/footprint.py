"""A small map without a base map: a graticule, the extents, and the footprints of items."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django_stac.drawing.frame import Frame, frame_around
from django_stac.drawing.graticule import Line, meridians, parallels
from django_stac.drawing.outline import Outline, outline
from django_stac.spec.extents import sound_boxes, union_bbox
from django_stac.spec.geometry import bbox_of, bbox_polygon
from django_stac.spec.longitudes import clamped


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """What the template draws; all numbers are text already, so that no locale puts commas into an SVG."""

    width: int
    height: int
    meridians: Sequence[Line]
    parallels: Sequence[Line]
    extents: Sequence[Outline]
    outlines: Sequence[Outline]
    is_world: bool


def footprint(
    geometries: Iterable[dict[str, Any] | None],
    *,
    extents: Iterable[Sequence[float]] = (),
    width: int = 480,
    height: int = 320,
) -> Footprint | None:
    """Draw geometries and extents (STAC bboxes, CRS84 degrees); None when there is nothing that has a place."""
    shapes = [geometry for geometry in geometries if geometry]
    boxes = list(sound_boxes(extents))
    whole = union_bbox([*boxes, *sound_boxes(map(box_of, shapes))])
    if whole is None:
        return None
    frame = frame_around(whole, width=width, height=height)
    return Footprint(
        width=frame.width,
        height=frame.height,
        meridians=meridians(frame),
        parallels=parallels(frame),
        extents=[in_frame(bbox_polygon(box), frame) for box in boxes],
        outlines=[in_frame(shape, frame) for shape in shapes],
        is_world=frame.east - frame.west == 360,
    )


def in_frame(geometry: dict[str, Any], frame: Frame) -> Outline:
    return outline(geometry, lambda longitude, latitude: (frame.x(clamped(longitude)), frame.y(latitude)))


def box_of(geometry: dict[str, Any]) -> Sequence[float]:
    """The bbox of a geometry; empty when it has no positions."""
    try:
        return bbox_of(geometry)
    except ValueError:
        return ()
