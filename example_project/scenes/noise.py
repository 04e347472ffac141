"""Smooth random fields: cubic B-splines over seeded lattices, summed over octaves.

What they depict is not known here."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .grid import Field, Labels


def fractal(seed: int, size: int, *, cells: int, octaves: int = 5, gain: float = 0.5) -> Field:
    """A square field, ``size`` pixels wide, of mean 0 and deviation 1; ``cells`` bumps fit along a side."""
    rng = np.random.default_rng(seed)
    total = np.zeros((size, size), np.float32)
    for octave in range(octaves):
        total += np.float32(gain**octave) * _bumps(rng, size, cells * 2**octave)
    total -= total.mean()
    return total / np.float32(total.std())


def scatter(labels: Labels, seed: int) -> Field:
    """A number in 0…1 for each label: equal labels get the same one, neighbouring labels unrelated ones."""
    mixed = labels.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(seed * 0x632BE5AB)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return ((mixed >> np.uint64(40)).astype(np.float32)) / np.float32(2**24)


def enlarge(coarse: Field, size: int) -> Field:
    """The square field, stretched smoothly to a width of ``size`` pixels."""
    padded = np.pad(coarse, 2, mode="edge")
    weights = _spline(size, coarse.shape[0] - 1, first=1.5)
    return np.asarray(weights @ padded[: weights.shape[1], : weights.shape[1]] @ weights.T, np.float32)


def soften(field: Field, radius: int) -> Field:
    """The mean over a square of 2·``radius`` + 1 pixels, taken twice, which is close to a Gaussian."""
    for axis in (0, 1, 0, 1):
        field = _running_mean(field, radius, axis)
    return field


def slide(field: Field, rows: float, columns: float) -> Field:
    """The field moved by whole pixels, its edges stretched into the gap."""
    down, right = round(rows), round(columns)
    row = np.clip(np.arange(field.shape[0]) - down, 0, field.shape[0] - 1)
    column = np.clip(np.arange(field.shape[1]) - right, 0, field.shape[1] - 1)
    return field[np.ix_(row, column)]


def ramp(field: NDArray[np.floating[Any]], low: float, high: float) -> Field:
    """0 below ``low``, 1 above ``high``, and an S-shaped way between them."""
    share = np.clip((field - np.float32(low)) / np.float32(high - low), 0, 1)
    return np.asarray(share * share * (3 - 2 * share), np.float32)


def _bumps(rng: np.random.Generator, size: int, cells: int) -> Field:
    lattice = rng.standard_normal((cells + 3, cells + 3), np.float32)
    weights = _spline(size, cells)
    return np.asarray(weights @ lattice @ weights.T, np.float32)


def _spline(size: int, cells: int, *, first: float = 0.0) -> Field:
    """The weights (pixel, knot) of uniform cubic B-splines."""
    place = first + (np.arange(size) + 0.5) / size * cells
    knot = np.floor(place).astype(int)
    t = place - knot
    parts = ((1 - t) ** 3, 3 * t**3 - 6 * t**2 + 4, -3 * t**3 + 3 * t**2 + 3 * t + 1, t**3)
    weights = np.zeros((size, cells + 3 + int(np.ceil(first))), np.float32)
    for step, part in enumerate(parts):
        weights[np.arange(size), knot + step] = part / 6
    return weights


def _running_mean(field: Field, radius: int, axis: int) -> Field:
    pad = [(0, 0), (0, 0)]
    pad[axis] = (radius + 1, radius)
    sums = np.cumsum(np.pad(field, pad, mode="edge"), axis=axis, dtype=np.float64)
    width = 2 * radius + 1
    length = field.shape[axis]
    ends = np.take(sums, np.arange(width, width + length), axis=axis)
    return np.asarray((ends - np.take(sums, np.arange(length), axis=axis)) / width, np.float32)
