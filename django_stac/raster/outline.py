"""Which part of a raster the footprint goes round, in its own coordinates: its edge, or the hull of its data.

Nodata at the edge of a swath is no observation; nodata that means "sea", "no mangrove" or "outside the country" is
one. They differ in shape: a swath leaves a few areas with smooth outlines that fill most of the raster, a background
is ragged or leaves little. Only for the former the hull of the valid pixels is the footprint.
"""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.features import shapes
from shapely.geometry import Polygon, shape

from django_stac.raster.read import Grid
from django_stac.raster.sample import Sample

# Shares of the raster's area, pixels of the sample and counts; measured on swaths, tiles and thematic maps.
_FULL = 0.99
_MOST = 0.5
_SIDE = 512
_LARGE = 1e-5
_PARTS = 8
_CORNERS = 96
_ROUGHNESS = 2.0
_STAIRCASE = 1.0


def outline_of(grid: Grid, sample: Sample) -> Polygon:
    """Return the outline of a raster in its CRS: the hull of its data when they are a swath, else its edge."""
    hull = _swath(sample.valid)
    if hull is None:
        return edge_of(grid)
    height, width = sample.valid.shape
    pixels = [grid.width / width, grid.height / height]
    outline: Polygon = shapely.transform(hull, lambda points: grid.place(points * pixels))
    return outline


def edge_of(grid: Grid) -> Polygon:
    """Return the outer edge of the corner pixels in the CRS of the raster."""
    edge: Polygon = shapely.transform(shapely.box(0, 0, grid.width, grid.height), grid.place)
    return edge


def _swath(valid: NDArray[np.bool_]) -> Polygon | None:
    """Return the convex hull of the valid pixels, in pixels of the sample, when nodata only surround a swath."""
    if valid.all() or not valid.any():
        return None
    hull = _hull(valid)
    share = hull.area / valid.size
    if not _MOST <= share < _FULL or _is_ragged(valid):
        return None
    return hull.simplify(_STAIRCASE)


def _hull(valid: NDArray[np.bool_]) -> Any:
    """Wrap the outermost valid pixels of every row: pixels are areas, so both sides of each count."""
    rows = np.flatnonzero(valid.any(axis=1))
    first = valid[rows].argmax(axis=1)
    last = valid.shape[1] - valid[rows, ::-1].argmax(axis=1)
    corners = [np.column_stack([ends, rows + side]) for side in (0, 1) for ends in (first, last)]
    return shapely.MultiPoint(np.vstack(corners).astype(float)).convex_hull


def _is_ragged(valid: NDArray[np.bool_]) -> bool:
    """Tell whether the valid pixels lie in many pieces or in pieces with many corners; holes do not count."""
    coarse = _coarse(valid)
    parts = [Polygon(shape(area).exterior) for area, _ in shapes(coarse.astype("uint8"), mask=coarse, connectivity=8)]
    large = [part for part in parts if part.area >= _LARGE * coarse.size]
    corners = sum(shapely.get_num_coordinates(part.simplify(_ROUGHNESS)) for part in large)
    return len(large) > _PARTS or corners > _CORNERS


def _coarse(valid: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Join pixels to blocks that are valid where any pixel is: speckle would make a million polygons."""
    step = -(-max(valid.shape) // _SIDE)
    rows, columns = (-(-size // step) for size in valid.shape)
    padded = np.pad(valid, [(0, rows * step - valid.shape[0]), (0, columns * step - valid.shape[1])])
    joined: NDArray[np.bool_] = np.logical_or.reduce(padded.reshape(rows, step, columns, step), axis=(1, 3))
    return joined
