"""Where people live: one town, its villages and the roads between them."""

import math
from functools import partial

import numpy as np

from . import noise
from .grid import Field, Grid
from .terrain import Terrain

VILLAGES = 26
TOWN_RADIUS = 950.0
"""Metres; a village has about a quarter of it."""


def houses(grid: Grid, terrain: Terrain, slope: Field) -> Field:
    """How strongly each pixel draws houses: above 1 it is built up today, lower values come later."""
    places = _places(grid, terrain, slope)
    east, south = grid.metres()
    pull = np.zeros_like(east)
    for rank, (x, y) in enumerate(places):
        radius = TOWN_RADIUS if rank == 0 else 190 + 40 * (rank % 5)
        pull = np.maximum(pull, 2.2 * np.exp(-np.hypot(east - x, south - y) / radius))
    pull *= 1 + 0.42 * noise.fractal(31, grid.size, cells=22, octaves=5, gain=0.6)
    return np.asarray(pull * (slope < 9) * (terrain.depth <= 0), np.float32)


def roads(grid: Grid, terrain: Terrain, slope: Field) -> Field:
    """The share of each pixel that is road, 0…1: every village is tied to the nearest one of higher rank."""
    places = _places(grid, terrain, slope)
    east, south = grid.metres()
    sway = 180 * noise.fractal(32, grid.size, cells=9, octaves=3)
    nearest = np.full_like(east, np.inf)
    for rank in range(1, len(places)):
        end = min(places[:rank], key=partial(math.dist, places[rank]))
        nearest = np.minimum(nearest, _distance(east + sway, south - sway, places[rank], end))
    return np.asarray(np.clip(1 - nearest / grid.pixel, 0, 1) * 0.5 * (slope < 11), np.float32)


def _places(grid: Grid, terrain: Terrain, slope: Field) -> list[tuple[float, float]]:
    """Metres east and south of the corner; the first, the best site, becomes the town."""
    east, south = grid.metres()
    shore = noise.soften((terrain.depth > 0).astype(np.float32), max(1, round(700 / grid.pixel)))
    whim = noise.fractal(33, grid.size, cells=12, octaves=3) / 4
    charm = 2 * shore - slope / 12 - (terrain.height - 650) / 700 + whim
    edge = np.minimum(np.minimum(east, south), np.minimum(east.max() - east, south.max() - south))
    charm = np.where((terrain.depth > 0) | (edge < 700), -np.inf, charm)
    places: list[tuple[float, float]] = []
    for _ in range(VILLAGES):
        row, column = np.unravel_index(int(charm.argmax()), charm.shape)
        places.append((float(east[row, column]), float(south[row, column])))
        charm -= 9 * np.exp(-np.hypot(east - places[-1][0], south - places[-1][1]) / 900)
    return places


def _distance(x: Field, y: Field, start: tuple[float, float], end: tuple[float, float]) -> Field:
    """Metres from each pixel to the stretch between two points."""
    along = np.subtract(end, start).astype(np.float32)
    share = ((x - start[0]) * along[0] + (y - start[1]) * along[1]) / max(float(along @ along), 1.0)
    share = np.clip(share, 0, 1)
    return np.asarray(np.hypot(x - start[0] - share * along[0], y - start[1] - share * along[1]), np.float32)
