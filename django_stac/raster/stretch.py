"""Measured values become colours: percentiles to black and white, and a gentle gamma where most would be dark."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_LOW, _HIGH = 2, 98
_DARK = 0.35
"""Of 1: a picture whose middle value lies below is brightened."""
_GAMMA = 0.65
"""The strongest."""


def coloured(bands: Sequence[Any], *, as_is: bool = False) -> NDArray[np.uint8]:
    """Return red, green, blue, alpha of three bands, or of one in grey; what no band has is transparent.

    Bands are masked (row, column). ``as_is`` takes values from 0 to 255 for colours.
    """
    hidden = np.all([np.ma.getmaskarray(band) for band in bands], axis=0)
    lit = (
        [np.ma.clip(band, 0, 255) / 255 for band in bands]
        if as_is
        else _brightened([_stretched(band) for band in bands])
    )
    channels = lit if len(lit) == 3 else lit[:1] * 3
    drawn = np.array([*(np.ma.filled(channel, 0) for channel in channels), np.where(hidden, 0.0, 1.0)])
    colours: NDArray[np.uint8] = (drawn * 255).round().astype(np.uint8)
    return colours


def _stretched(band: Any) -> Any:
    values = band.compressed()
    if not values.size:
        return band
    low, high = np.percentile(values, (_LOW, _HIGH))
    if high <= low:
        return np.ma.array(np.full(band.shape, 0.5), mask=np.ma.getmaskarray(band))
    return np.ma.clip((band - low) / (high - low), 0, 1)


def _brightened(bands: list[Any]) -> list[Any]:
    light = np.ma.mean(np.ma.array(bands), axis=0).compressed()
    middle = np.clip(np.median(light), 0.01, 0.99) if light.size else _DARK
    gamma = np.clip(np.log(_DARK) / np.log(middle), _GAMMA, 1)
    return [band**gamma for band in bands]
