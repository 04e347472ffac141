"""Bounding boxes and GeoJSON geometries in CRS84 degrees. Unions of boxes and WKB are elsewhere."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from sys import float_info
from typing import Any

import antimeridian
from shapely import GEOSException
from shapely.geometry import Polygon, mapping, shape
from shapely.validation import explain_validity

from django_stac.spec.longitudes import clamped, smallest_arc

BBox = tuple[float, float, float, float]
"""West, south, east, north in CRS84 degrees; west > east crosses the antimeridian."""

OVERSHOOT = 0.01
"""Degrees by which a stored longitude may pass 180: outer pixels of global grids are centred on the antimeridian."""

Trouble = tuple[str, str]
"""A JSON pointer inside the geometry and a sentence."""

# How many lists lie around a position, and how many members the innermost of them needs.
_SHAPES = {
    "Point": (0, 1),
    "MultiPoint": (1, 1),
    "LineString": (1, 2),
    "MultiLineString": (2, 2),
    "Polygon": (2, 4),
    "MultiPolygon": (3, 4),
}
_TYPES = (*_SHAPES, "GeometryCollection")
_INNERMOST = {
    2: "a line has at least 2 positions",
    4: "a ring has at least 4 positions, the last equal to the first",
}


def parse_bbox(numbers: Sequence[float], *, overshoot: float = 0.0) -> BBox:
    """Check 4 or 6 numbers and drop heights; west > east is legal (it crosses the antimeridian).

    Longitudes that pass 180 by no more than the overshoot (degrees) are clamped. Raises ValueError with a sentence.
    """
    if len(numbers) not in (4, 6):
        raise ValueError(f"a bbox has 4 numbers, or 6 with heights; got {len(numbers)}.")
    if not all(_is_finite(number) for number in numbers):
        raise ValueError("a bbox has finite numbers only.")
    half = len(numbers) // 2
    (west, south), (east, north) = numbers[:2], numbers[half : half + 2]
    if not (-180 <= west <= 180 and -180 <= east <= 180):
        if max(abs(west), abs(east)) > 180 + overshoot:
            raise ValueError(f"longitudes of a bbox lie between -180 and 180; got {west:g} and {east:g}.")
        west, east = clamped(west), clamped(east)
    if not (-90 <= south <= 90 and -90 <= north <= 90):
        raise ValueError(f"latitudes of a bbox lie between -90 and 90; got {south:g} and {north:g}.")
    if south > north:
        raise ValueError(f"the south of a bbox must not lie north of its north; got {south:g} and {north:g}.")
    if half == 3 and numbers[2] > numbers[5]:
        raise ValueError(f"the lower height of a bbox comes first; got {numbers[2]:g} and {numbers[5]:g}.")
    return float(west), float(south), float(east), float(north)


def split_bbox(bbox: BBox) -> list[BBox]:
    """Cut a box at the antimeridian: itself, or its two parts when west > east."""
    west, south, east, north = bbox
    if west <= east:
        return [bbox]
    return [(west, south, 180.0, north), (-180.0, south, east, north)]


def bbox_polygon(bbox: BBox) -> dict[str, Any]:
    """Make a GeoJSON Polygon of a box, or a MultiPolygon of two when it crosses the antimeridian."""
    parts = [[_ring(*part)] for part in split_bbox(bbox)]
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def bbox_of(geometry: dict[str, Any]) -> list[float]:
    """Return the bbox of a sound geometry (RFC 7946 §5): 6 numbers when every position has a height, else 4.

    Parts that touch the antimeridian from both sides give west > east. Raises ValueError without positions.
    """
    parts = [list(_positions(part)) for part in _parts(geometry)]
    positions = [position for part in parts for position in part]
    if not positions:
        raise ValueError("the geometry has no positions.")
    west, east = _longitudes([part for part in parts if part])
    low, high = [west], [east]
    axes = 3 if all(len(position) > 2 for position in positions) else 2
    for axis in range(1, axes):
        values = [position[axis] for position in positions]
        low.append(min(values))
        high.append(max(values))
    return low + high


def geometry_problems(geometry: object, *, overshoot: float = 0.0) -> list[Trouble]:
    """Say what is wrong with a GeoJSON geometry: type, nesting, rings, numbers, longitudes and latitudes.

    Longitudes may pass 180 by the overshoot (degrees). Self-intersection is not looked for; collections inside
    collections are refused (RFC 7946 §3.1.8).
    """
    return list(_problems(geometry, overshoot))


def first_geometry_problem(geometry: object) -> Trouble | None:
    """Say the first thing that is wrong with a GeoJSON geometry, and look no further; None if it is sound."""
    return next(_problems(geometry, 0.0), None)


def refuse_invalid(geometry: dict[str, Any]) -> None:
    """Refuse what has no clear inside: self-intersections, lines without length. Raises ValueError."""
    try:
        drawn = shape(geometry)
    except (GEOSException, ValueError) as error:
        raise ValueError(f"is no valid {geometry['type']}: {error}.") from None
    if not drawn.is_valid:
        raise ValueError(f"is no valid {geometry['type']}: {explain_validity(drawn)} (longitude latitude).")


def cut_at_antimeridian(geometry: dict[str, Any], bbox: Sequence[float] | None) -> dict[str, Any]:
    """Cut a Polygon whose ring jumps over the antimeridian as its bbox, west > east, says (RFC 7946 §3.1.9).

    Heights are dropped by the cut; every other geometry comes back unchanged.
    """
    if geometry.get("type") != "Polygon" or not bbox or bbox[0] <= bbox[len(bbox) // 2]:
        return geometry
    shell, *holes = [[position[:2] for position in ring] for ring in geometry["coordinates"]]
    if all(abs(there[0] - here[0]) <= 180 for here, there in pairwise(shell)):
        return geometry
    try:
        cut = antimeridian.fix_polygon(Polygon(shell, holes), fix_winding=True, great_circle=False)
    except ValueError:
        return geometry
    made: dict[str, Any] = mapping(cut)
    return made


def _is_finite(value: object) -> bool:
    # bool is an int to Python, not to JSON. NaN compares as False, and so does an int that no float can hold.
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= float_info.max


def _ring(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def _parts(geometry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the single geometries of a multi-part geometry."""
    kind = geometry["type"]
    if kind == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from _parts(part)
    elif kind.startswith("Multi"):
        for coordinates in geometry["coordinates"]:
            yield {"type": kind.removeprefix("Multi"), "coordinates": coordinates}
    else:
        yield geometry


def _positions(part: dict[str, Any]) -> Iterator[Sequence[float]]:
    coordinates = part["coordinates"]
    if part["type"] == "Point":
        yield coordinates
    elif part["type"] == "LineString":
        yield from coordinates
    else:
        for ring in coordinates:
            yield from ring


def _longitudes(parts: list[list[Sequence[float]]]) -> tuple[float, float]:
    arcs = [(min(p[0] for p in part), max(p[0] for p in part)) for part in parts]
    west, east = min(arc[0] for arc in arcs), max(arc[1] for arc in arcs)
    if len(arcs) > 1 and west <= -180 and east >= 180:
        return smallest_arc(arcs)
    return west, east


def _problems(geometry: object, overshoot: float) -> Iterator[Trouble]:
    if not isinstance(geometry, dict):
        yield "", "a geometry is an object with `type` and `coordinates`"
    elif geometry.get("type") != "GeometryCollection":
        yield from _simple_problems(geometry, 180 + overshoot)
    else:
        yield from _collection_problems(geometry.get("geometries"), overshoot)


def _collection_problems(parts: object, overshoot: float) -> Iterator[Trouble]:
    if not isinstance(parts, list) or not parts:
        yield "/geometries", "a GeometryCollection has a list of at least one geometry"
        return
    for index, part in enumerate(parts):
        if isinstance(part, dict) and part.get("type") == "GeometryCollection":
            yield f"/geometries/{index}/type", "a GeometryCollection holds no further GeometryCollection"
        else:
            for pointer, sentence in _problems(part, overshoot):
                yield f"/geometries/{index}{pointer}", sentence


def _simple_problems(geometry: dict[str, Any], furthest: float) -> Iterator[Trouble]:
    kind = geometry.get("type")
    if not isinstance(kind, str) or kind not in _SHAPES:
        yield "/type", f"a geometry is one of {', '.join(_TYPES)}; got {kind!r}"
        return
    depth, least = _SHAPES[kind]
    if "coordinates" not in geometry:
        yield "/coordinates", "is missing"
        return
    yield from _nested_problems(geometry["coordinates"], depth, least, "/coordinates", furthest)


def _nested_problems(value: object, depth: int, least: int, pointer: str, furthest: float) -> Iterator[Trouble]:
    if depth == 0:
        yield from _position_problems(value, pointer, furthest)
    elif not isinstance(value, list | tuple):
        yield pointer, "must be a list"
    elif not value:
        yield pointer, "is empty"
    elif depth == 1:
        yield from _row_problems(value, least, pointer, furthest)
    else:
        for index, part in enumerate(value):
            yield from _nested_problems(part, depth - 1, least, f"{pointer}/{index}", furthest)


def _row_problems(positions: Sequence[Any], least: int, pointer: str, furthest: float) -> Iterator[Trouble]:
    """Check the positions of a line, of a ring (4 at least, closed) or of a MultiPoint."""
    bad = False
    for index, position in enumerate(positions):
        if not _is_sound(position):
            for trouble in _position_problems(position, f"{pointer}/{index}", furthest):
                bad = True
                yield trouble
    if len(positions) < least:
        yield pointer, f"{_INNERMOST[least]}; got {len(positions)}"
    elif least == 4 and not bad and list(positions[0]) != list(positions[-1]):
        yield pointer, "a ring is closed: its last position must equal its first"


def _is_sound(position: object) -> bool:
    """Accept the common case fast: a list of two plain numbers in range."""
    if type(position) is not list or len(position) != 2:
        return False
    x, y = position
    numbers = (type(x) is float or type(x) is int) and (type(y) is float or type(y) is int)
    return numbers and -180 <= x <= 180 and -90 <= y <= 90


def _position_problems(position: object, pointer: str, furthest: float) -> Iterator[Trouble]:
    if not isinstance(position, list | tuple) or len(position) < 2:
        yield pointer, "a position is a list of longitude, latitude and perhaps height"
    elif not all(_is_finite(number) for number in position):
        yield pointer, "a position has finite numbers only"
    elif abs(position[0]) > furthest:
        yield f"{pointer}/0", f"a longitude lies between -180 and 180; got {position[0]:g}"
    elif not -90 <= position[1] <= 90:
        yield f"{pointer}/1", f"a latitude lies between -90 and 90; got {position[1]:g}"
