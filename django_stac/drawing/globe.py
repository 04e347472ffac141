"""The earth from far away (orthographic), with meridians, parallels and one place: where in the world is it?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians, sin
from typing import Any

from django_stac.drawing.outline import Outline, outline, path, rows_of
from django_stac.spec.geometry import BBox, split_bbox

RADIUS = 90.0
STEP = 30
HALF = 180.0
SMOOTH = 4
"""Degrees between the vertices of a curve."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Globe:
    """Path data around the centre (0, 0), radius 90."""

    grid: str
    equator: str
    extent: Outline
    """Empty when it is more than half of the world."""
    items: Sequence[Outline]


@dataclass(frozen=True, slots=True)
class Eye:
    """Where the globe is looked at from: degrees."""

    longitude: float
    latitude: float

    def see(self, longitude: float, latitude: float) -> tuple[float, float, bool]:
        """Project a position; the last value says whether it is on the near side."""
        turn, up, tilt = radians(longitude - self.longitude), radians(latitude), radians(self.latitude)
        x = cos(up) * sin(turn)
        y = cos(tilt) * sin(up) - sin(tilt) * cos(up) * cos(turn)
        near = sin(tilt) * sin(up) + cos(tilt) * cos(up) * cos(turn)
        return x * RADIUS, -y * RADIUS, near >= 0

    def sees(self, shape: dict[str, Any]) -> bool:
        """Whether a shape begins on the near side."""
        first = next((row[0] for _, row in rows_of(shape) if row), None)
        return first is not None and self.see(*first[:2])[2]

    def rim(self, longitude: float, latitude: float) -> Point:
        """Project a position; one on the far side comes to lie on the rim."""
        x, y, near = self.see(longitude, latitude)
        length = hypot(x, y)
        return (x, y) if near or not length else (x * RADIUS / length, y * RADIUS / length)


def globe(towards: BBox, *, extent: BBox | None = None, shapes: Iterable[dict[str, Any]] = ()) -> Globe:
    """Draw the globe turned to a box (CRS84 degrees; west > east crosses the antimeridian), an extent and shapes."""
    west, south, east, north = towards
    turned = east + 360 if west > east else east
    eye = Eye((west + turned) / 2, max(-60.0, min(60.0, (south + north) / 2 * 0.8)))
    rings = [[ring(part)] for part in split_bbox(extent)] if extent and is_part(extent) else []
    return Globe(
        grid=" ".join(filter(None, (curve(line, eye) for line in graticule()))),
        equator=curve([(longitude, 0) for longitude in range(-180, 181, SMOOTH)], eye),
        extent=outline({"type": "MultiPolygon", "coordinates": rings}, eye.rim),
        items=[outline(shape, eye.rim) for shape in shapes if eye.sees(shape)],
    )


def is_part(box: BBox) -> bool:
    """Whether it covers less than half of the world."""
    west, south, east, north = box
    return (east - west) % 360 < HALF and north - south < HALF and (west, east) != (-180, 180)


def graticule() -> list[list[Point]]:
    """Every meridian and parallel of 30 degrees but the equator."""
    meridians = [[(x, y) for y in range(-90, 91, SMOOTH)] for x in range(-180, 180, STEP)]
    parallels = [[(x, y) for x in range(-180, 181, SMOOTH)] for y in (-60, -30, 30, 60)]
    return [*meridians, *parallels]  # type: ignore[list-item]


def curve(positions: list[Point], eye: Eye) -> str:
    """Path data of the near pieces of a line."""
    pieces: list[list[Point]] = [[]]
    for position in positions:
        x, y, near = eye.see(*position)
        if near:
            pieces[-1].append((x, y))
        elif pieces[-1]:
            pieces.append([])
    return " ".join(path(piece, closed=False) for piece in pieces if len(piece) > 1)


def ring(box: BBox) -> list[Point]:
    """The edge of a box with vertices close enough to bend with the globe."""
    west, south, east, north = box
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return [position for start, end in pairwise(corners) for position in along(start, end)]


def along(start: Point, end: Point) -> list[Point]:
    pieces = max(1, round(max(abs(end[0] - start[0]), abs(end[1] - start[1])) / SMOOTH))
    parts = [number / pieces for number in range(pieces + 1)]
    return [(start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part) for part in parts]
