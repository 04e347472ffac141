"""A bounded look at the pixels: one decimated read that statistics, outline and thumbnail share."""

from dataclasses import dataclass
from math import isqrt, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.enums import ColorInterp

from django_stac.raster.variables import Variables

SIDE = 1024
"""Rows or columns of a sample at most."""
_VALUES = 2**23
_DECODED = 2**31


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Every n-th pixel of a raster, from its overviews where it has them."""

    bands: Any
    """Masked array (band, row, column); nodata, NaN and infinities are masked."""
    valid: NDArray[np.bool_]
    """(row, column): true where any band but alpha has a value."""
    steps: tuple[Any, ...] = ()
    """Per band, where bands stand for several steps: some of them, masked (step, row, column)."""

    def values(self, index: int) -> Any:
        """Return what is known of a band (from 1), as masked array."""
        return self.steps[index - 1] if self.steps else self.bands[index - 1]


def sample_of(dataset: Any) -> Sample:
    """Read at most about 1024 by 1024 pixels of all bands; damaged pixels raise rasterio's errors."""
    height, width = _shape(dataset)
    bands = dataset.read(masked=True, out_shape=(dataset.count, height, width))
    bands = np.ma.masked_invalid(bands, copy=False)
    mask = np.ma.getmaskarray(bands)
    colours = [kind != ColorInterp.alpha for kind in dataset.colorinterp]
    valid: NDArray[np.bool_] = np.logical_not(mask[colours if any(colours) else slice(None)].all(axis=0))
    return Sample(bands=bands, valid=valid, steps=_steps(dataset, height, width))


def _steps(dataset: Any, height: int, width: int) -> tuple[Any, ...]:
    if not isinstance(dataset, Variables):
        return ()
    return tuple(np.ma.masked_invalid(dataset.steps(index, (height, width)), copy=False) for index in dataset.indexes)


def _shape(dataset: Any) -> tuple[int, int]:
    side = min(SIDE, isqrt(_VALUES // dataset.count), _affordable_side(dataset))
    step = max(1.0, max(dataset.shape) / max(1, side))
    height, width = (max(1, round(size / step)) for size in dataset.shape)
    return height, width


def _affordable_side(dataset: Any) -> int:
    """Bound the bytes to decompress: without overviews, each sampled pixel may cost a whole block."""
    block = prod(dataset.block_shapes[0]) * np.dtype(_numpy_name(dataset.dtypes[0])).itemsize * dataset.count
    if dataset.overviews(1) or dataset.width * dataset.height * block <= _DECODED * prod(dataset.block_shapes[0]):
        return SIDE
    rows_only = dataset.block_shapes[0][1] >= dataset.width
    return max(16, _DECODED // block if rows_only else isqrt(_DECODED // block))


def _numpy_name(dtype: str) -> str:
    return "complex64" if dtype == "complex_int16" else dtype
