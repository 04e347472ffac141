"""Projection extension 2.0.0: the fields that describe the grid of a raster, and the size of its pixels in metres."""

from math import cos, hypot, radians, sqrt
from typing import Any

import numpy as np
from rasterio.crs import CRS
from rasterio.enums import WktVersion

from django_stac.raster.footprint import to_wgs84
from django_stac.raster.outline import edge_of
from django_stac.raster.read import Grid

_METRES_A_DEGREE = 111_319.49079327358
"""On the equator of WGS 84."""


def projection_of(grid: Grid) -> dict[str, Any]:
    """Return the ``proj:`` fields of an asset: shape is rows, columns; transform is affine, row-major (6)."""
    transform = [value + 0.0 for value in tuple(grid.transform)[:6]]
    return {
        **_crs_fields(grid.crs),
        "proj:shape": [grid.height, grid.width],
        **({"proj:transform": transform} if grid.measured else {}),
        "proj:bbox": [value + 0.0 for value in edge_of(grid).bounds],
    }


def pixel_size(grid: Grid) -> float | None:
    """Return the mean side of a pixel in metres, 6 digits: nominal in a projected CRS, on the ground in degrees."""
    a, b, _, d, e, _ = tuple(grid.transform)[:6]
    if grid.crs.is_projected:
        metres = grid.crs.linear_units_factor[1]
        return _six_digits(sqrt(hypot(a, d) * hypot(b, e)) * metres)
    if grid.crs.is_geographic:
        latitude = _middle_latitude(grid)
        across = hypot(a * cos(radians(latitude)), d) * hypot(b * cos(radians(latitude)), e)
        return _six_digits(sqrt(across) * _METRES_A_DEGREE)
    return None


def _crs_fields(crs: CRS) -> dict[str, Any]:
    authority = crs.to_authority()
    if authority:
        return {"proj:code": ":".join(authority)}
    return {"proj:code": None, "proj:wkt2": crs.to_wkt(version=WktVersion.WKT2_2019)}


def _middle_latitude(grid: Grid) -> float:
    middle = grid.place(np.array([[grid.width / 2, grid.height / 2]]))
    latitude = float(to_wgs84(middle, grid.crs)[0, 1])
    return latitude if abs(latitude) <= 90 else 0.0


def _six_digits(metres: float) -> float | None:
    return float(f"{metres:.6g}") or None
