"""The relief: mountains that rise while rivers cut into them, a hilly foreland, a glacier's lake basin."""

from dataclasses import dataclass

import numpy as np

from . import drainage, noise
from .drainage import Heights
from .grid import Field, Grid

COARSE, MARGIN = 224, 28
"""Erosion runs on a coarser ground, wider than the scenes, so that its walls stay out of sight."""
STEPS = 120
VALLEY_FLOOR = 560.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Terrain:
    height: Field
    """Metres above the sea, lake surfaces included."""
    depth: Field
    """Metres of standing water."""
    catchment: Field
    """Square kilometres that drain through the pixel."""


def make_terrain(grid: Grid) -> Terrain:
    ground = _ground(grid)
    surface = drainage.flooded(ground.astype(np.float64))
    target, _ = drainage.receivers(surface)
    area = drainage.catchments(target).reshape(ground.shape) * (grid.pixel / 1000) ** 2
    depth = surface.astype(np.float32) - ground
    lake = np.where(noise.soften(depth, 2) > 4, depth, 0)
    return Terrain(height=np.maximum(ground, ground + lake), depth=lake, catchment=area.astype(np.float32))


def _ground(grid: Grid) -> Field:
    height = 0.64 * noise.enlarge(_eroded().astype(np.float32), grid.size)
    ruggedness = noise.ramp(height, 60, 900)
    height += (2 + 26 * ruggedness) * noise.fractal(11, grid.size, cells=24, octaves=5)
    height += 16 * (1 - ruggedness) * noise.fractal(12, grid.size, cells=7, octaves=4)
    return VALLEY_FLOOR + height - _basin(grid)


def _basin(grid: Grid) -> Field:
    """How deep the glacier dug, in metres: a trough from north to south, bent a little."""
    east, south = grid.metres()
    bend = 700 * noise.fractal(13, grid.size, cells=4, octaves=3)
    across, along = (east - 8400 - 0.35 * (south - 4300) + bend) / 1000, (south - 4300) / 2700
    return 105 * np.exp(-(across**2) - along**4)


def _eroded() -> Heights:
    """Metres above the valley floor after ``STEPS`` steps of rivers and creep at work (coarse, cropped)."""
    side = COARSE + 2 * MARGIN
    south = np.linspace(0, 1, side)[:, None]
    rough = noise.fractal(3, side, cells=5, octaves=6).astype(np.float64)
    uplift = 0.5 + 15 * noise.ramp((south + 0.07 * rough).astype(np.float32), 0.36, 0.98).astype(np.float64)
    outlet = np.zeros((side, side), bool)
    outlet[0, side // 3 : side // 2] = True
    height = 700 * south**2 + 60 * rough * (0.5 + south) + 60
    for _ in range(STEPS):
        height = _weathered(_cut(height + uplift, outlet), outlet)
    return height[MARGIN:-MARGIN, MARGIN:-MARGIN]


def _cut(height: Heights, outlet: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Heights:
    """One implicit step of the stream power law: the more water, the deeper the river cuts."""
    height = np.where(outlet, 0, height)
    target, way = drainage.receivers(height)
    pit = (target == np.arange(target.size)) & ~outlet.ravel()
    power = 0.05 * drainage.catchments(target) ** 0.45 / way
    power[pit | outlet.ravel()] = 0
    start = height.ravel() / (1 + power)
    start[pit] += 4.0  # sediment fills a pit until it spills over
    return drainage.descend(target, start, power / (1 + power)).reshape(height.shape)


def _weathered(height: Heights, outlet: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Heights:
    """One step of slope creep, which rounds crests and slopes that are too steep."""
    walled = np.pad(height, 1, mode="edge")
    mean = (walled[:-2, 1:-1] + walled[2:, 1:-1] + walled[1:-1, :-2] + walled[1:-1, 2:]) / 4
    return np.where(outlet, 0, height + 0.12 * (mean - height))
