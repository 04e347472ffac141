"""The invented country, put together once for all scenes: relief, water, woods, farmland, houses.

Nothing here has a date."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from . import noise
from .grid import Field, Grid, Labels, Mask
from .parcels import parcels
from .settlements import houses, roads
from .terrain import make_terrain

TREE_LINE = 1650.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Landscape:
    grid: Grid
    height: Field
    """Metres above the sea."""
    slope: Field
    """Degrees."""
    lake: Mask
    depth: Field
    """Metres of lake water."""
    river: Field
    """The share of each pixel under running water, 0…1."""
    gravel: Field
    wood: Field
    """Above 0 trees grow; the higher, the deeper in the wood."""
    broadleaved: Field
    """The share of broadleaved trees, 0…1."""
    rock: Field
    """The share of bare rock and scree, 0…1."""
    bog: Mask
    houses: Field
    """Above 1 built up at the start of the series; see ``land_cover`` for its growth."""
    roads: Field
    parcel: Labels
    lane: Field
    """Metres to the border of the block of parcels."""
    arable: Field
    """Above 0 fit for the plough; otherwise meadow."""
    grain: Field
    """Fine texture with mean 0 and deviation 1."""


@lru_cache(maxsize=2)
def make_landscape(size: int) -> Landscape:
    """The country, ``size`` pixels wide and high; its large shapes do not depend on the size."""
    grid = Grid(size=size)
    terrain = make_terrain(grid)
    height = terrain.height
    slope = slope_of(height, grid)
    lake = terrain.depth > 0
    river = _river(terrain.catchment, grid) * ~lake
    rock = _rock(height, slope, grid)
    parcel, lane = parcels(grid)
    return Landscape(
        grid=grid,
        height=height,
        slope=slope,
        lake=lake,
        depth=terrain.depth,
        river=river,
        gravel=_gravel(terrain.catchment, slope, grid) * ~lake,
        wood=_wood(height, slope, parcel, lane, grid) - 3 * rock,
        broadleaved=_broadleaved(height, grid),
        rock=rock,
        bog=_bog(height, slope, lake, grid),
        houses=houses(grid, terrain, slope),
        roads=roads(grid, terrain, slope) * ~lake,
        parcel=parcel,
        lane=lane,
        arable=_arable(height, slope, parcel, grid),
        grain=noise.fractal(29, size, cells=160, octaves=2, gain=0.8),
    )


def slope_of(height: Field, grid: Grid) -> Field:
    """Degrees."""
    southward, eastward = np.gradient(height, grid.pixel)
    return np.asarray(np.degrees(np.arctan(np.hypot(southward, eastward))), np.float32)


def _river(catchment: Field, grid: Grid) -> Field:
    """Wider with the square root of the catchment; what is narrower than a pixel fills a part of it."""
    width = np.where(catchment > 1.2, 7 * np.sqrt(catchment), 0)
    line = np.clip(width / grid.pixel, 0, 1.6).astype(np.float32)
    return np.asarray(np.clip(0.45 * line + 0.75 * noise.soften(line, 1), 0, 1), np.float32)


def _gravel(catchment: Field, slope: Field, grid: Grid) -> Field:
    bed = noise.soften((catchment > 12).astype(np.float32), 1)
    patches = noise.ramp(noise.fractal(28, grid.size, cells=40, octaves=2), -0.2, 0.8)
    return np.asarray(np.clip(bed * 2.2, 0, 1) * patches * noise.ramp(-slope, -9, -3), np.float32)


def _rock(height: Field, slope: Field, grid: Grid) -> Field:
    edge = height + 130 * noise.fractal(21, grid.size, cells=20, octaves=5) + 9 * (slope - 30)
    return noise.ramp(edge, TREE_LINE + 120, TREE_LINE + 420)


def _wood(height: Field, slope: Field, parcel: Labels, lane: Field, grid: Grid) -> Field:
    """On steep ground and, in the plain, where a parcel as a whole lies in a wooded corner."""
    patch = noise.fractal(22, grid.size, cells=7, octaves=5, gain=0.6)
    ragged = 0.25 * noise.fractal(23, grid.size, cells=60, octaves=3)
    farmed = 0.9 * (noise.scatter(parcel, 24) - 0.5) * noise.ramp(-slope, -10, -3)
    hill = 1.7 * noise.ramp(slope, 6, 17) - 0.9 + 0.35 * noise.ramp(slope, 2, 5)
    thinning = 3 * noise.ramp(height + 120 * patch, TREE_LINE - 150, TREE_LINE + 120)
    hedge = 0.5 * (lane < 0.4 * grid.pixel)
    return np.asarray(0.75 * patch + ragged + farmed + hill + hedge - thinning, np.float32)


def _broadleaved(height: Field, grid: Grid) -> Field:
    mood = noise.fractal(25, grid.size, cells=14, octaves=5, gain=0.7)
    return noise.ramp(mood - (height - 850) / 330, -0.7, 0.7)


def _bog(height: Field, slope: Field, lake: Mask, grid: Grid) -> Mask:
    shore = noise.soften(lake.astype(np.float32), max(1, round(240 / grid.pixel)))
    wet = shore + 0.12 * noise.fractal(26, grid.size, cells=14, octaves=4)
    return (wet > 0.24) & (slope < 2.2) & ~lake & (height < 900)


def _arable(height: Field, slope: Field, parcel: Labels, grid: Grid) -> Field:
    soil = 0.45 * noise.fractal(27, grid.size, cells=5, octaves=3) - (height - 690) / 90 - slope / 7
    return soil + 1.1 * (noise.scatter(parcel, 51) - 0.4)
