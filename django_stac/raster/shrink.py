"""From the sample to the size of a thumbnail."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

SIDE = 256
"""Pixels of the longer side at most."""


def averaged(band: Any) -> Any:
    """Return the weighted mean of the valid pixels around each pixel of the picture (masked, float64).

    A pixel of the picture is masked when it covers no valid pixel at all.
    """
    rows, columns = _size(band.shape)
    down, across = _weights(band.shape[0], rows), _weights(band.shape[1], columns)
    seen = ~np.ma.getmaskarray(band)
    total = down @ np.where(seen, np.ma.getdata(band), 0).astype("float64") @ across.T
    if seen.all():
        return np.ma.array(total)
    weight = down @ seen.astype("float64") @ across.T
    covered = _covers(band.shape[0], rows) @ seen.astype("float32") @ _covers(band.shape[1], columns).T > 0
    return np.ma.array(total / np.where(covered, weight, 1), mask=~covered)


def picked(band: Any) -> Any:
    """Return the pixel in the middle of each pixel of the picture: classes have no means."""
    rows, columns = (
        ((np.arange(small) + 0.5) * large / small).astype(int)
        for small, large in zip(_size(band.shape), band.shape, strict=True)
    )
    return band[np.ix_(rows, columns)]


def _size(shape: tuple[int, int]) -> tuple[int, int]:
    step = max(1.0, max(shape) / SIDE)
    rows, columns = (max(1, round(size / step)) for size in shape)
    return rows, columns


def _weights(large: int, small: int) -> NDArray[np.float64]:
    """Return what each old pixel (column) adds to each new one (row), falling with distance; a row sums to 1."""
    # Plain means of unequal blocks would draw a lattice on every smooth slope.
    near = np.clip(1 - _distances(large, small), 0, None)
    weights: NDArray[np.float64] = near / near.sum(axis=1, keepdims=True)
    return weights


def _covers(large: int, small: int) -> NDArray[np.float32]:
    """Tell (1 or 0) which old pixels (column) each new one (row) covers, be it in part."""
    return (_distances(large, small) < (1 + small / large) / 2 - 1e-9).astype("float32")


def _distances(large: int, small: int) -> NDArray[np.float64]:
    """Return how far the middles of old pixels (column) lie from those of new ones (row), in new pixels."""
    new, old = np.arange(small) + 0.5, (np.arange(large) + 0.5) * (small / large)
    apart: NDArray[np.float64] = np.abs(old[None] - new[:, None])
    return apart
