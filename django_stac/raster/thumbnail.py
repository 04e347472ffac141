"""A small picture of a scene as PNG bytes, made from the sample; whether it becomes an asset is decided elsewhere."""

import struct
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.enums import ColorInterp

from django_stac.raster.bands import common_name
from django_stac.raster.classes import colours_of
from django_stac.raster.read import Grid
from django_stac.raster.sample import Sample

SIDE = 256
"""Pixels of the longer side at most."""

_LOW, _HIGH = 2, 98


def thumbnail_of(dataset: Any, grid: Grid, sample: Sample) -> bytes | None:
    """Draw the colour table, or red, green and blue, or one band in grey; nodata is transparent.

    None when nothing can be drawn (no valid pixel, complex numbers).
    """
    if np.iscomplexobj(sample.bands) or not sample.valid.any():
        return None
    table = colours_of(dataset, 1)
    if table:
        picture = _palette(sample.bands[0], table)
    else:
        chosen = _chosen(dataset)
        as_is = len(chosen) == 3 and sample.bands.dtype == np.uint8 and _is_photograph(dataset)
        picture = _stretched(sample.bands[[index - 1 for index in chosen]], as_is=as_is)
        picture[3] = np.where(_shrunk_mask(sample.valid), picture[3], 0)
    return png(_north_up(picture, grid))


def png(picture: NDArray[np.uint8]) -> bytes:
    """Encode red, green, blue, alpha (4, rows, columns) as PNG; alpha is left out when all is opaque."""
    channels = 3 if (picture[3] == 255).all() else 4
    rows, columns = picture.shape[1:]
    pixels = np.ascontiguousarray(picture[:channels].transpose(1, 2, 0)).reshape(rows, columns * channels)
    filtered = np.hstack([np.zeros((rows, 1), dtype=np.uint8), pixels])
    header = struct.pack(">IIBBBBB", columns, rows, 8, 2 if channels == 3 else 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(filtered.tobytes(), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _chosen(dataset: Any) -> list[int]:
    """Choose bands for red, green, blue: by name or colour, else the first three; for fewer the first in grey."""
    colours = [index for index in dataset.indexes if dataset.colorinterp[index - 1] != ColorInterp.alpha]
    named = {common_name(dataset, index): index for index in reversed(colours)}
    if all(name in named for name in ("red", "green", "blue")):
        return [named["red"], named["green"], named["blue"]]
    return colours[:3] if len(colours) > 2 else colours[:1] or [1]


def _is_photograph(dataset: Any) -> bool:
    return {ColorInterp.red, ColorInterp.green, ColorInterp.blue} <= set(dataset.colorinterp)


def _step(shape: tuple[int, ...]) -> int:
    return -(-max(shape[-2:]) // SIDE)


def _palette(values: Any, table: dict[int, tuple[int, int, int, int]]) -> NDArray[np.uint8]:
    step = _step(values.shape)
    small = values[::step, ::step]
    colours = np.zeros((max(256, max(table) + 1), 4), dtype=np.uint8)
    colours[list(table)] = list(table.values())
    drawn = colours[np.clip(small.filled(0).astype(int), 0, len(colours) - 1)]
    drawn[np.ma.getmaskarray(small)] = 0
    return np.moveaxis(drawn, -1, 0)


def _stretched(bands: Any, *, as_is: bool) -> NDArray[np.uint8]:
    """Average to the size of the picture and stretch each band from its 2nd to its 98th percentile."""
    small = [_shrunk(band) for band in bands]
    drawn = [np.clip(band, 0, 255) if as_is else _stretch(band) for band in small]
    channels = drawn if len(drawn) == 3 else drawn[:1] * 3
    seen = ~np.all([np.ma.getmaskarray(band) for band in small], axis=0)
    alpha = np.where(seen, 255, 0)
    return np.array([*(np.ma.filled(channel, 0) for channel in channels), alpha]).round().astype(np.uint8)


def _stretch(band: Any) -> Any:
    values = band.compressed()
    if not values.size:
        return band
    low, high = np.percentile(values, (_LOW, _HIGH))
    if high <= low:
        return np.ma.array(np.full(band.shape, 128.0), mask=np.ma.getmaskarray(band))
    return np.ma.clip((band - low) / (high - low), 0, 1) * 255


def _shrunk(band: Any) -> Any:
    """Average blocks of valid pixels; what is left over at the right and lower edge falls away."""
    step = _step(band.shape)
    rows, columns = (max(1, size // step) for size in band.shape)
    blocks = band[: rows * step, : columns * step].astype("float64")
    return blocks.reshape(rows, blocks.shape[0] // rows, columns, blocks.shape[1] // columns).mean(axis=(1, 3))


def _shrunk_mask(valid: NDArray[np.bool_]) -> NDArray[np.bool_]:
    drawn: NDArray[np.bool_] = ~np.ma.getmaskarray(_shrunk(np.ma.array(np.ones(valid.shape), mask=~valid)))
    return drawn


def _north_up(picture: NDArray[np.uint8], grid: Grid) -> NDArray[np.uint8]:
    if grid.transform.e > 0:
        picture = picture[:, ::-1]
    return picture[:, :, ::-1] if grid.transform.a < 0 else picture
