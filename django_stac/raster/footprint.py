"""From an outline in any CRS to a GeoJSON geometry in WGS 84: bent edges, poles, the antimeridian. No pixels here."""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio._err import CPLE_BaseError
from rasterio.crs import CRS
from rasterio.warp import transform as warp
from shapely.geometry import Polygon, mapping

from django_stac.exceptions import UnreadableRaster

Points = NDArray[np.float64]
"""Rows of x, y or of longitude, latitude."""

WGS84 = CRS.from_epsg(4326)
DIGITS = 7
"""Decimal places of a degree that are kept: one centimetre."""

_MOST_STEPS = 256
_LATTICE = 129
_HALVINGS = 20
_WORLD = shapely.box(-180, -90, 180, 90)


def footprint_of(outline: Polygon, crs: CRS, pixels: int, name: str) -> dict[str, Any]:
    """Turn an outline in a CRS into a GeoJSON Polygon or MultiPolygon (longitude, latitude), cut at 180°.

    Its edges deviate from the true ones by half a pixel at most, ``pixels`` being the longer side of the raster.
    Raises UnreadableRaster, naming the file, where the CRS is not defined on the Earth.
    """
    ring, tolerance = _bent_ring(outline, crs, pixels, name)
    flat = _closed(_unwrapped(ring, crs), crs, outline)
    cut = _cut(flat.simplify(tolerance))
    if cut.is_empty:
        raise _off_the_earth(name, crs)
    return rounded(mapping(shapely.orient_polygons(cut, exterior_cw=False)))


def to_wgs84(points: Points, crs: CRS) -> Points:
    """Transform points to longitude, latitude; what has no place on the Earth becomes infinite."""
    try:
        x, y = warp(crs, WGS84, points[:, 0], points[:, 1])[:2]
    except CPLE_BaseError:
        # GDAL fails the whole call for one bad point, though only for the first twenty of a process.
        if len(points) == 1:
            return np.full((1, 2), np.inf)
        middle = len(points) // 2
        return np.vstack([to_wgs84(points[:middle], crs), to_wgs84(points[middle:], crs)])
    return np.column_stack([x, y])


def rounded(geometry: dict[str, Any]) -> dict[str, Any]:
    """Return a GeoJSON geometry with lists for tuples and DIGITS decimal places; a ring starts and ends alike."""

    def nested(value: Any) -> Any:
        if isinstance(value, float):
            return round(value, DIGITS) + 0.0
        return [nested(part) for part in value]

    return {"type": geometry["type"], "coordinates": nested(geometry["coordinates"])}


# The ring in degrees


def _bent_ring(outline: Polygon, crs: CRS, pixels: int, name: str) -> tuple[Points, float]:
    """Transform a ring with as many points on each edge as its bend needs; also return the tolerance in degrees."""
    corners = np.asarray(outline.exterior.coords)
    ring = to_wgs84(_densified(corners, 8), crs)
    if not np.isfinite(ring).all():
        corners = _defined_part(outline, crs, name)
    steps, tolerance = 8, 0.0
    while steps <= _MOST_STEPS:
        finer = to_wgs84(_densified(corners, 2 * steps), crs)
        finer = finer[np.isfinite(finer).all(axis=1)]
        # A quarter of a pixel for the bend, and as much for the points that are dropped again.
        tolerance = max(1e-7, float(np.ptp(finer[:, 1])) / pixels / 4)
        if _bend(finer, steps) <= tolerance:
            break
        steps *= 2
    return finer, tolerance


def _densified(corners: Points, steps: int) -> Points:
    along = np.linspace(0, 1, steps, endpoint=False)[None, :, None]
    start, end = corners[:-1, None, :], corners[1:, None, :]
    return np.vstack([(start + (end - start) * along).reshape(-1, 2), corners[-1:]])


def _bend(ring: Points, steps: int) -> float:
    """Return how far each second point lies off the chord of its neighbours, in degrees (jumps at 180° apart)."""
    if len(ring) % (2 * steps) != 1:
        return 0.0 if steps >= _MOST_STEPS else np.inf
    before, between, after = ring[:-2:2], ring[1:-1:2], ring[2::2]
    off = np.abs(between - (before + after) / 2)
    off[:, 0] = np.where(np.abs(before - after)[:, 0] > 180, 0, off[:, 0])
    return float(off.max())


def _defined_part(outline: Polygon, crs: CRS, name: str) -> Points:
    """Return the corners of the part of an outline that lies on the Earth (the disk of a weather satellite)."""
    west, south, east, north = outline.bounds
    x, y = np.meshgrid(np.linspace(west, east, _LATTICE), np.linspace(south, north, _LATTICE))
    lattice = np.column_stack([x.ravel(), y.ravel()])
    inside = shapely.covers(outline, shapely.points(lattice))
    on_earth = inside & np.isfinite(to_wgs84(lattice, crs)).all(axis=1)
    hull = shapely.MultiPoint(lattice[on_earth]).convex_hull
    if not isinstance(hull, Polygon):
        raise _off_the_earth(name, crs)
    return _at_the_horizon(_densified(np.asarray(hull.exterior.coords), 4), outline, crs)


def _at_the_horizon(corners: Points, outline: Polygon, crs: CRS) -> Points:
    """Move corners outward until they would leave the Earth or the outline: at the horizon a step is many degrees."""
    middle = corners[:-1].mean(axis=0)
    outer = middle + (corners - middle) * (1 + 4 / _LATTICE)
    for _ in range(_HALVINGS):
        between = (corners + outer) / 2
        inside = shapely.covers(outline, shapely.points(between)) & np.isfinite(to_wgs84(between, crs)).all(axis=1)
        corners = np.where(inside[:, None], between, corners)
        outer = np.where(inside[:, None], outer, between)
    return corners


# Longitudes without jumps, poles


def _unwrapped(ring: Points, crs: CRS) -> Points:
    """Take the jumps out of the longitudes: they may leave -180..180, and end 360° off when a pole lies inside."""
    if not crs.is_geographic:
        ring = _apart_from_poles(ring)
    turns = np.round(np.diff(ring[:, 0]) / 360).cumsum()
    return np.column_stack([ring[:, 0] - 360 * np.concatenate([[0], turns]), ring[:, 1]])


def _apart_from_poles(ring: Points) -> Points:
    """At a pole every longitude is right: take that of the point before, then that of the point after."""
    at_pole = np.abs(ring[:-1, 1]) > 90 - 1e-9
    if not at_pole.any() or at_pole.all():
        return ring
    turned = np.roll(ring[:-1], -int(np.argmin(at_pole)), axis=0)
    rows: list[tuple[float, float]] = []
    for index, (longitude, latitude) in enumerate(turned):
        if abs(latitude) > 90 - 1e-9:
            rows += [(rows[-1][0], latitude), (turned[(index + 1) % len(turned)][0], latitude)]
        else:
            rows.append((longitude, latitude))
    return np.array([*rows, rows[0]])


def _closed(ring: Points, crs: CRS, outline: Polygon) -> Any:
    """Make a polygon of an unwrapped ring; one that goes once round the Earth is led over the pole inside it."""
    turn = ring[-1, 0] - ring[0, 0]
    if abs(turn) > 180:
        pole = _pole_inside(ring, crs, outline)
        ring = np.vstack([ring, [[ring[-1, 0], pole], [ring[0, 0], pole], ring[0]]])
    polygon = shapely.Polygon(ring)
    return polygon if polygon.is_valid else shapely.make_valid(polygon, method="structure")


def _pole_inside(ring: Points, crs: CRS, outline: Polygon) -> float:
    for latitude in (90.0, -90.0):
        try:
            x, y = warp(WGS84, crs, [0.0], [latitude])[:2]
        except CPLE_BaseError:
            continue
        if np.isfinite([x[0], y[0]]).all() and outline.covers(shapely.Point(x[0], y[0])):
            return latitude
    return 90.0 if ring[:, 1].mean() > 0 else -90.0


# Back to -180..180


def _cut(flat: Any) -> Any:
    """Cut what lies beyond ±180° and move it to the other side; latitudes beyond a pole fall away."""
    first = int(np.floor((flat.bounds[0] + 180) / 360))
    last = int(np.ceil((flat.bounds[2] - 180) / 360))
    pieces = [
        shapely.intersection(shapely.transform(flat, lambda p, turn=turn: p - [360 * turn, 0]), _WORLD)
        for turn in range(first, last + 1)
    ]
    parts = [part for piece in pieces for part in _polygons(piece)]
    # The grid closes the seam where the two ends of a polar ring meet, which differ by rounding.
    return parts[0] if len(parts) == 1 else shapely.union_all(parts, grid_size=1e-9)


def _polygons(geometry: Any) -> list[Polygon]:
    parts = getattr(geometry, "geoms", [geometry])
    return [part for part in parts if isinstance(part, Polygon) and part.area > 0]


def _off_the_earth(name: str, crs: CRS) -> UnreadableRaster:
    code = ":".join(crs.to_authority() or ("its CRS",))
    return UnreadableRaster(
        f"{name}: its corners have no place on the Earth in {code}: check its position, or name its CRS with --crs."
    )
