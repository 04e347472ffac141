"""From the sample to the size of a thumbnail."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

SIDE = 256
"""Pixels of the longer side at most."""


def averaged(band: Any) -> Any:
    """Return the mean of the valid pixels under each pixel of the picture, by the area they share (masked, float64)."""
    rows, columns = _size(band.shape)
    down, across = _shares(band.shape[0], rows), _shares(band.shape[1], columns)
    seen = ~np.ma.getmaskarray(band)
    weight = np.ones((rows, columns)) if seen.all() else down @ seen.astype("float64") @ across.T
    total = down @ np.where(seen, np.ma.getdata(band), 0).astype("float64") @ across.T
    empty = weight < 1e-9
    return np.ma.array(total / np.where(empty, 1, weight), mask=empty)


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


def _shares(large: int, small: int) -> NDArray[np.float64]:
    """Return how much of each old pixel (column) lies in each new one (row); a row sums to 1."""
    old, new = np.arange(large), np.arange(small) * (large / small)
    ends = np.minimum(old[None] + 1, (new + large / small)[:, None])
    shared: NDArray[np.float64] = np.clip(ends - np.maximum(old[None], new[:, None]), 0, 1)
    return shared * (small / large)
