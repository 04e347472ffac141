"""A small picture of a scene as PNG bytes, made from the sample; whether it becomes an asset is decided elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.enums import ColorInterp

from django_stac.raster.bands import common_name
from django_stac.raster.classes import colours_of
from django_stac.raster.png import png
from django_stac.raster.read import Grid
from django_stac.raster.relief import relief_of, shows_heights
from django_stac.raster.sample import Sample
from django_stac.raster.shrink import averaged, picked
from django_stac.raster.stretch import coloured
from django_stac.raster.variables import Variables

_COLOURS = ("red", "green", "blue")
_FALSE_COLOURS = tuple((near, "red", "green") for near in ("nir", "nir08"))
"""Where no blue was measured: plants are red."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One single-band file of a scene, small."""

    colour: str
    """Its eo common name: red, green, blue or near infrared."""
    grid: Grid
    values: Any
    """Masked (row, column)."""


def thumbnail_of(dataset: Any, grid: Grid, sample: Sample) -> bytes | None:
    """Draw the colour table, or red, green and blue, or heights, or one band in grey; nodata is transparent.

    None when nothing can be drawn (no valid pixel, complex numbers).
    """
    if np.iscomplexobj(sample.bands) or not sample.valid.any():
        return None
    table = colours_of(dataset, 1)
    picture = _palette(sample.bands[0], table) if table else _picture(dataset, grid, sample)
    return png(_north_up(picture, grid))


def layer_of(colour: str | None, grid: Grid, sample: Sample) -> Layer | None:
    """Keep of a file what a composite needs; None of one that has no part in it."""
    if (
        colour not in {*_COLOURS, *(name for names in _FALSE_COLOURS for name in names)}
        or len(sample.bands) != 1
        or np.iscomplexobj(sample.bands)
    ):
        return None
    return Layer(colour=colour, grid=grid, values=averaged(sample.bands[0]))


def composite_of(layers: Sequence[Layer]) -> bytes | None:
    """Draw three files of a scene together, in its own or in false colours; None when one is absent or elsewhere."""
    by_colour = {layer.colour: layer for layer in reversed(layers)}
    names = next((names for names in (_COLOURS, *_FALSE_COLOURS) if by_colour.keys() >= set(names)), ())
    chosen = [by_colour[name] for name in names]
    if not chosen or any(layer.grid != chosen[0].grid for layer in chosen):
        return None
    picture = coloured(_without_collar([layer.values for layer in chosen]))
    return png(_north_up(picture, chosen[0].grid)) if picture[3].any() else None


def _without_collar(bands: list[Any]) -> list[Any]:
    """Hide what is 0 in every band: the collar of a scene whose files declare no nodata."""
    collar = np.all([np.ma.filled(band, 0) == 0 for band in bands], axis=0)
    return [np.ma.array(band, mask=np.ma.getmaskarray(band) | collar) for band in bands]


def _picture(dataset: Any, grid: Grid, sample: Sample) -> NDArray[np.uint8]:
    chosen = _chosen(dataset)
    small = [averaged(sample.bands[index - 1]) for index in chosen]
    if shows_heights(dataset, small[0]):
        return relief_of(small[0], grid)
    as_is = len(chosen) == 3 and sample.bands.dtype == np.uint8 and _is_photograph(dataset)
    return coloured(small, as_is=as_is)


def _chosen(dataset: Any) -> list[int]:
    """Choose bands for red, green, blue: by name or colour, else the first three, else (and of variables) one."""
    colours = [index for index in dataset.indexes if dataset.colorinterp[index - 1] != ColorInterp.alpha]
    named = {common_name(dataset, index): index for index in reversed(colours)}
    if all(name in named for name in _COLOURS):
        return [named[name] for name in _COLOURS]
    are_colours = len(colours) > 2 and not isinstance(dataset, Variables)
    return colours[:3] if are_colours else colours[:1] or [1]


def _is_photograph(dataset: Any) -> bool:
    return {ColorInterp.red, ColorInterp.green, ColorInterp.blue} <= set(dataset.colorinterp)


def _palette(values: Any, table: dict[int, tuple[int, int, int, int]]) -> NDArray[np.uint8]:
    small = picked(values)
    colours = np.zeros((max(256, max(table) + 1), 4), dtype=np.uint8)
    colours[list(table)] = list(table.values())
    drawn = colours[np.clip(small.filled(0).astype(int), 0, len(colours) - 1)]
    drawn[np.ma.getmaskarray(small)] = 0
    return np.moveaxis(drawn, -1, 0)


def _north_up(picture: NDArray[np.uint8], grid: Grid) -> NDArray[np.uint8]:
    if grid.transform.e > 0:
        picture = picture[:, ::-1]
    return picture[:, :, ::-1] if grid.transform.a < 0 else picture
