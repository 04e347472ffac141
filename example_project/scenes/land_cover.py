"""What covers the ground in a year, as shares that change slowly and as a map of classes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import noise
from .grid import Mask
from .landscape import Landscape

START = 2022
"""The first year of the map series, from which the changes are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    value: int
    name: str
    colour: tuple[int, int, int]


COVERS = (
    Cover(value=1, name="Water", colour=(74, 144, 194)),
    Cover(value=2, name="Coniferous forest", colour=(38, 94, 66)),
    Cover(value=3, name="Broadleaved forest", colour=(107, 156, 75)),
    Cover(value=4, name="Grassland", colour=(190, 214, 130)),
    Cover(value=5, name="Cropland", colour=(240, 212, 128)),
    Cover(value=6, name="Built-up", colour=(200, 82, 72)),
    Cover(value=7, name="Bare rock and gravel", colour=(176, 168, 158)),
    Cover(value=8, name="Bog and fen", colour=(134, 158, 172)),
)
"""Value 0 is no data."""


def built_up(land: Landscape, year: int) -> Mask:
    """The town and the villages grow outwards a little every year."""
    return land.houses > 1.0 - 0.07 * (year - START)


def felled(land: Landscape, year: int) -> Mask:
    """Where a storm of the year after ``START`` threw the trees, and what was logged in its wake."""
    damage = noise.fractal(52, land.grid.size, cells=10, octaves=4) + 0.5 * noise.scatter(land.parcel, 53)
    reach = (np.inf, 2.45, 2.2)[min(max(year - START, 0), 2)]
    return (land.wood > 0) & (damage > reach) & (land.height < 1500)


def ploughed(land: Landscape, year: int) -> Mask:
    """Arable parcels; a few go to grass or come under the plough from one year to the next."""
    luck = noise.scatter(land.parcel * 31 + year, 54)
    swapped = np.where(luck < 0.03, -1, np.where(luck > 0.98, 1, 0))
    return land.arable + swapped > 0


def cover_map(land: Landscape, year: int) -> NDArray[np.uint8]:
    """A class value for each pixel; later lines paint over earlier ones."""
    classes = np.where(ploughed(land, year), 5, 4).astype(np.uint8)
    classes[land.bog] = 8
    wooded = (land.wood > 0) & ~felled(land, year)
    classes[wooded] = np.where(land.broadleaved > 0.5, 3, 2)[wooded]
    classes[(land.rock > 0.5) | (land.gravel > 0.55)] = 7
    classes[built_up(land, year)] = 6
    classes[land.lake | (land.river > 0.45)] = 1
    return classes
