"""The bands of the pretended sensor and how bright the materials of the landscape are in each of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Spectrum = NDArray[np.float32]
"""Surface reflectance 0…1 in the order of ``BANDS``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    name: str
    centre: float
    """Micrometres."""
    width: float
    """Full width at half maximum, micrometres."""


BANDS = (
    Band(name="blue", centre=0.490, width=0.065),
    Band(name="green", centre=0.560, width=0.035),
    Band(name="red", centre=0.665, width=0.030),
    Band(name="nir", centre=0.842, width=0.115),
    Band(name="swir", centre=1.610, width=0.090),
)


def _spectrum(*values: float) -> Spectrum:
    return np.array(values, np.float32)


DEEP_WATER = _spectrum(0.030, 0.040, 0.020, 0.010, 0.004)
SHALLOW_WATER = _spectrum(0.060, 0.100, 0.060, 0.018, 0.006)
RIVER = _spectrum(0.062, 0.092, 0.072, 0.040, 0.018)
GRAVEL = _spectrum(0.150, 0.170, 0.180, 0.220, 0.240)
CONIFER = _spectrum(0.018, 0.033, 0.022, 0.190, 0.085)
BROADLEAF = _spectrum(0.023, 0.054, 0.030, 0.360, 0.150)
AUTUMN_LEAF = _spectrum(0.026, 0.070, 0.098, 0.250, 0.180)
BARE_TREE = _spectrum(0.040, 0.052, 0.060, 0.150, 0.170)
GRASS = _spectrum(0.036, 0.078, 0.053, 0.420, 0.200)
DORMANT_GRASS = _spectrum(0.048, 0.078, 0.082, 0.210, 0.240)
MOWN_GRASS = _spectrum(0.044, 0.100, 0.074, 0.340, 0.240)
SOIL = _spectrum(0.040, 0.064, 0.080, 0.170, 0.260)
PALE_SOIL = _spectrum(0.060, 0.088, 0.104, 0.220, 0.310)
GREEN_CROP = _spectrum(0.028, 0.064, 0.036, 0.450, 0.180)
RIPE_CROP = _spectrum(0.060, 0.112, 0.128, 0.300, 0.290)
STUBBLE = _spectrum(0.072, 0.110, 0.124, 0.260, 0.330)
RAPE_FLOWER = _spectrum(0.050, 0.160, 0.155, 0.440, 0.210)
BOG = _spectrum(0.034, 0.055, 0.056, 0.220, 0.170)
GREY_ROOF = _spectrum(0.120, 0.128, 0.134, 0.170, 0.190)
RED_ROOF = _spectrum(0.085, 0.092, 0.138, 0.200, 0.220)
ASPHALT = _spectrum(0.100, 0.108, 0.114, 0.140, 0.160)
ROCK = _spectrum(0.150, 0.164, 0.170, 0.210, 0.240)
DARK_ROCK = _spectrum(0.090, 0.102, 0.108, 0.150, 0.180)
SNOW = _spectrum(0.820, 0.815, 0.800, 0.720, 0.090)
CLOUD = _spectrum(1.000, 0.985, 0.975, 0.960, 0.620)
"""Relative to the brightness of the cloud's top."""
HAZE = _spectrum(0.013, 0.009, 0.006, 0.002, 0.000)
