"""A GeoJSON geometry as the paths and points of a picture; the projection is given."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Position = Sequence[float]
Project = Callable[[float, float], tuple[float, float]]
"""Longitude and latitude to pixels."""

FINENESS = 0.4
"""Pixels below which two vertices are one."""
TINY = 6.0
"""Pixels below which a shape is shown as a point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """Path data of areas, path data of lines, and points in pixels."""

    area: str
    lines: str
    points: tuple[tuple[str, str], ...]


def outline(geometry: dict[str, Any], project: Project) -> Outline:
    """Draw a geometry; one that would be hardly seen becomes a point."""
    rows = list(rows_of(geometry))
    drawn = [(closed, [project(*position[:2]) for position in row]) for closed, row in rows]
    pixels = [pixel for _, row in drawn for pixel in row]
    if not pixels:
        return Outline(area="", lines="", points=())
    if is_tiny(pixels):
        return Outline(area="", lines="", points=(written(middle(pixels)),))
    return Outline(
        area=" ".join(path(row, closed=True) for closed, row in drawn if closed and len(row) > 2),
        lines=" ".join(path(row, closed=False) for closed, row in drawn if not closed and len(row) > 1),
        points=tuple(written(row[0]) for _, row in drawn if len(row) == 1),
    )


def rows_of(geometry: dict[str, Any]) -> Iterator[tuple[bool, Sequence[Position]]]:
    """Every ring (closed), line or single position of a geometry."""
    kind, coordinates = geometry.get("type"), geometry.get("coordinates", ())
    if kind == "GeometryCollection":
        for part in geometry.get("geometries", ()):
            yield from rows_of(part)
    elif kind == "Point":
        yield False, [coordinates]
    elif kind == "MultiPoint":
        yield from ((False, [position]) for position in coordinates)
    elif kind == "LineString":
        yield False, coordinates
    elif kind in ("MultiLineString", "Polygon"):
        yield from ((kind == "Polygon", row) for row in coordinates)
    elif kind == "MultiPolygon":
        yield from ((True, row) for part in coordinates for row in part)


def path(pixels: Iterable[tuple[float, float]], *, closed: bool) -> str:
    """Write SVG path data without vertices that nobody would see."""
    kept = list(thinned(pixels))
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in kept) + ("Z" if closed else "")


def thinned(pixels: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Leave out vertices that are hardly away from the one before."""
    last: tuple[float, float] | None = None
    for x, y in pixels:
        if last is None or abs(x - last[0]) + abs(y - last[1]) >= FINENESS:
            last = x, y
            yield last


def is_tiny(pixels: Sequence[tuple[float, float]]) -> bool:
    wide, high = spread(x for x, _ in pixels), spread(y for _, y in pixels)
    return max(wide, high) < TINY


def spread(values: Iterable[float]) -> float:
    listed = list(values)
    return max(listed) - min(listed)


def middle(pixels: Sequence[tuple[float, float]]) -> tuple[float, float]:
    xs, ys = [x for x, _ in pixels], [y for _, y in pixels]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def written(pixel: tuple[float, float]) -> tuple[str, str]:
    return f"{pixel[0]:.1f}", f"{pixel[1]:.1f}"
