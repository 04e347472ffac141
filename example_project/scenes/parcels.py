"""How farmland is parted: blocks of a kilometre or so, each cut into strips with a direction of its own."""

import numpy as np

from . import noise
from .grid import Field, Grid, Labels

BLOCK = 900.0
STRIP = (150.0, 310.0)
"""Metres: the usual width and length of a parcel."""


def parcels(grid: Grid) -> tuple[Labels, Field]:
    """A label for each pixel's parcel, and the metres to the border of its block (a hedge or a lane)."""
    east, south = grid.metres()
    sway = 120 * noise.fractal(41, grid.size, cells=12, octaves=2)
    block, border = _blocks(east + sway, south - sway)
    turn = noise.scatter(block, 42) * np.float32(np.pi)
    breadth = STRIP[0] * (0.7 + 0.9 * noise.scatter(block, 43))
    across = np.cos(turn) * east + np.sin(turn) * south
    along = np.cos(turn) * south - np.sin(turn) * east
    column = np.floor(across / breadth).astype(np.int64)
    length = STRIP[1] * (0.7 + 0.8 * noise.scatter(column + 977 * block, 44))
    row = np.floor(along / length).astype(np.int64)
    return (block * 1009 + column) * 1013 + row, border


def _blocks(x: Field, y: Field) -> tuple[Labels, Field]:
    """Cells around jittered points (Voronoi), and half the lead of the nearest point over the second."""
    column, row = np.floor(x / BLOCK).astype(np.int64), np.floor(y / BLOCK).astype(np.int64)
    best, second = np.full_like(x, np.inf), np.full_like(x, np.inf)
    label: Labels = np.zeros(x.shape, np.int64)
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            cell = (row + down + 64) * 4096 + column + right + 64
            site_x = (column + right + 0.15 + 0.7 * noise.scatter(cell, 45)) * BLOCK
            site_y = (row + down + 0.15 + 0.7 * noise.scatter(cell, 46)) * BLOCK
            far = np.hypot(x - site_x, y - site_y).astype(np.float32)
            second = np.minimum(second, np.maximum(best, far))
            label[far < best] = cell[far < best]
            best = np.minimum(best, far)
    return label, np.asarray((second - best) / 2, np.float32)
