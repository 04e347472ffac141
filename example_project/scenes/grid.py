"""The ground that all scenes share: 19.2 km squared in UTM zone 32 north, at the foot of the Alps."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rasterio import Affine

Field = NDArray[np.float32]
"""One number a pixel, (row, column), row 0 in the north."""
Mask = NDArray[np.bool_]
Labels = NDArray[np.int64]

CRS = "EPSG:32632"
EXTENT = 19_200.0
"""Metres from edge to edge."""
WEST, NORTH = 660_000.0, 5_289_600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    size: int
    """Pixels along each side."""

    @property
    def pixel(self) -> float:
        """Metres a pixel."""
        return EXTENT / self.size

    def transform(self, *, first_column: int = 0) -> Affine:
        """The affine transform (pixel → EPSG:32632) of the columns from ``first_column`` on."""
        return Affine(self.pixel, 0, WEST + first_column * self.pixel, 0, -self.pixel, NORTH)

    def metres(self) -> tuple[Field, Field]:
        """Distances of the pixel centres from the north-western corner: (eastward, southward)."""
        steps = ((np.arange(self.size) + 0.5) * self.pixel).astype(np.float32)
        eastward, southward = np.meshgrid(steps, steps)
        return eastward, southward
