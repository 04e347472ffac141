"""Heights as a picture: colours by height, and the light and shadow of a sun in the north-west."""

import re
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from django_stac.raster.projection import pixel_size
from django_stac.raster.read import Grid

_METRES = frozenset(("m", "metre", "metres", "meter", "meters"))
_HEIGHTS = re.compile(r"(?<![a-z])(?:elevations?|altitude|dem|dtm|dsm|srtm)(?![a-z])", re.IGNORECASE)
_FEWEST = 24
"""Different values: fewer are classes or levels, no surface."""

_TINTS = np.array(
    ((104, 149, 113), (158, 182, 128), (216, 210, 158), (201, 166, 120), (163, 127, 105), (247, 245, 242)), dtype=float
)
_SEA = np.array((150, 186, 205), dtype=float)

_LIGHTS = ((315, 45, 0.65), (250, 50, 0.2), (20, 50, 0.15))
"""Azimuth and elevation in degrees, and the share of the light."""
_STEEP = 0.8
"""The slope (metres in a metre) that the steeper parts of a picture are drawn with, whatever they have in nature."""
_EXAGGERATION = (0.05, 15.0)


def shows_heights(dataset: Any, values: Any) -> bool:
    """Tell whether a raster of one band holds heights: in metres, or called so, and a surface."""
    if dataset.count != 1 or np.dtype(dataset.dtypes[0]).kind not in "fi" or np.dtype(dataset.dtypes[0]).itemsize < 2:
        return False
    in_metres = (dataset.units[0] or "").strip().lower() in _METRES and dataset.dtypes[0].startswith("float")
    called = any(_HEIGHTS.search(text) for text in (Path(dataset.name).stem, dataset.descriptions[0] or ""))
    return (in_metres or called) and np.unique(values.compressed()).size >= _FEWEST


def relief_of(values: Any, grid: Grid) -> NDArray[np.uint8]:
    """Return red, green, blue, alpha of heights in metres, masked (row, column); what is masked is transparent."""
    hidden = np.ma.getmaskarray(values)
    sea = _sea(values)
    land = np.ma.array(values, mask=hidden | sea)
    tint = np.where(sea, _SEA[:, None, None], _tinted(land))
    light = np.where(sea, 1.0, _light(land, grid))
    # Shadows are bluish and light is warm: each colour has its share.
    shares = np.array((1.0, 0.97, 0.9))[:, None, None]
    lit = np.clip(tint * (1 + shares * (light - 1)), 0, 255)
    return np.vstack([lit, np.where(hidden, 0, 255)[None]]).round().astype(np.uint8)


def _sea(values: Any) -> NDArray[np.bool_]:
    """Find the sea, which most elevation models write as plain zeros."""
    level: NDArray[np.bool_] = np.ma.filled(values == 0, fill_value=False)
    return level if level.mean() > 0.01 else np.zeros_like(level)


def _tinted(values: Any) -> NDArray[np.float64]:
    kept = values.compressed()
    low, high = np.percentile(kept, (1, 99)) if kept.size else (0.0, 1.0)
    place = np.ma.filled(np.ma.clip((values - low) / max(high - low, 1e-9), 0, 1), 0)
    stops = np.linspace(0, 1, len(_TINTS))
    return np.array([np.interp(place, stops, channel) for channel in _TINTS.T])


def _light(values: Any, grid: Grid) -> NDArray[np.float64]:
    """Return how bright each slope is: 1 where it is flat."""
    east, north = _slopes(values, grid)
    length = np.sqrt(east**2 + north**2 + 1)
    light = np.zeros(values.shape)
    for azimuth, elevation, share in _LIGHTS:
        turn, rise = np.radians((azimuth, elevation))
        facing = np.sin(rise) - np.cos(rise) * (east * np.sin(turn) + north * np.cos(turn))
        light += share * np.clip(facing / length, 0, 1) / np.sin(rise)
    return 0.35 + 0.65 * light


def _slopes(values: Any, grid: Grid) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the rise to the east and to the north, exaggerated alike for plains and for mountains."""
    metres = (pixel_size(grid) or 1.0) * grid.width / values.shape[1]
    east = _rise(values, axis=1) * (-1 if grid.transform.a < 0 else 1) / metres
    north = _rise(values, axis=0) * (-1 if grid.transform.e < 0 else 1) / metres
    steep = np.percentile(np.hypot(east, north), 90)
    factor = np.clip(_STEEP / max(steep, 1e-9), *_EXAGGERATION)
    return east * factor, north * factor


def _rise(values: Any, axis: int) -> NDArray[np.float64]:
    """Return the difference from one pixel to the next along an axis; none at the edge of what is known."""
    size = values.shape[axis]
    before, after = np.maximum(np.arange(size) - 1, 0), np.minimum(np.arange(size) + 1, size - 1)
    between = np.ma.take(values, after, axis=axis) - np.ma.take(values, before, axis=axis)
    return np.ma.filled(between / 2, 0)
