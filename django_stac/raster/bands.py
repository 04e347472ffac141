"""The ``bands`` of an asset: core fields of STAC 1.1, raster 2.0, eo 2.0 and classification 2.0."""

from math import isinf, isnan
from typing import Any

import numpy as np
from rasterio.enums import ColorInterp

from django_stac.raster.classes import classes_of
from django_stac.raster.sample import Sample
from django_stac.raster.statistics import statistics_of

DATA_TYPES = {
    **{name: name for name in ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")},
    **{name: name for name in ("float16", "float32", "float64")},
    "complex_int16": "cint16",
    "complex64": "cfloat32",
    "complex128": "cfloat64",
}
COMMON_NAMES = frozenset(
    (
        *("pan", "coastal", "blue", "green", "green05", "yellow", "red", "cirrus"),
        *("rededge", "rededge071", "rededge075", "rededge078", "nir", "nir08", "nir09"),
        *("swir16", "swir22", "lwir", "lwir11", "lwir12"),
    )
)
_COLOURS = {
    ColorInterp.red: "red",
    ColorInterp.green: "green",
    ColorInterp.blue: "blue",
    ColorInterp.pan: "pan",
    ColorInterp.coastal: "coastal",
    ColorInterp.rededge: "rededge",
    ColorInterp.nir: "nir",
}


def bands_of(
    dataset: Any, sample: Sample, resolution: float | None, token: str | None, common: str | None = None
) -> list[dict[str, Any]]:
    """Describe the bands in the order of the file; ``resolution`` is in metres.

    ``token`` names a single band; ``common`` is its eo common name when it has none of its own.
    """
    names = _names(dataset, token)
    bands = [
        _band(dataset, index, name, sample, resolution) for index, name in zip(dataset.indexes, names, strict=True)
    ]
    if common and len(bands) == 1:
        bands[0].setdefault("eo:common_name", common)
    return bands


def common_name(dataset: Any, index: int) -> str | None:
    """Return the eo common name of a band: from its description, else from its colour interpretation."""
    described = (dataset.descriptions[index - 1] or "").strip().lower()
    if described in COMMON_NAMES:
        return described
    return _COLOURS.get(dataset.colorinterp[index - 1])


def _band(dataset: Any, index: int, name: str, sample: Sample, resolution: float | None) -> dict[str, Any]:
    band = {
        "name": name,
        "data_type": DATA_TYPES.get(dataset.dtypes[index - 1], "other"),
        "nodata": _nodata(dataset, index),
        "unit": (dataset.units[index - 1] or "").strip() or None,
        "statistics": statistics_of(sample.values(index)),
        "eo:common_name": common_name(dataset, index) or (name.lower() if name.lower() in COMMON_NAMES else None),
        **_raster_fields(dataset, index),
        "raster:spatial_resolution": resolution,
        "classification:classes": classes_of(dataset, index) or None,
    }
    return {field: value for field, value in band.items() if value is not None}


def _raster_fields(dataset: Any, index: int) -> dict[str, Any]:
    scale, offset = dataset.scales[index - 1], dataset.offsets[index - 1]
    scaled = (scale, offset) != (1.0, 0.0) and np.isfinite([scale, offset]).all()
    bits = dataset.tags(index, ns="IMAGE_STRUCTURE").get("NBITS", "")
    return {
        "raster:scale": scale if scaled else None,
        "raster:offset": offset if scaled else None,
        "raster:sampling": {"Area": "area", "Point": "point"}.get(dataset.tags().get("AREA_OR_POINT", "")),
        "raster:bits_per_sample": int(bits) if bits.isdigit() else None,
    }


def _names(dataset: Any, token: str | None) -> list[str]:
    """Name each band by its description, a lone band by its file's token, else by its place: names differ."""
    described = [(text or "").strip() for text in dataset.descriptions]
    if dataset.count == 1 and token:
        return [described[0] or token]
    return [
        text if text and described.count(text) == 1 else f"band-{index}"
        for index, text in zip(dataset.indexes, described, strict=True)
    ]


def _nodata(dataset: Any, index: int) -> int | float | str | None:
    value = dataset.nodatavals[index - 1]
    if value is None:
        return None
    if isnan(value):
        return "nan"
    if isinf(value):
        return "inf" if value > 0 else "-inf"
    if not dataset.dtypes[index - 1].startswith(("int", "uint")):
        return int(value) if abs(value) < 2**53 and float(value).is_integer() else float(value)
    # A float rounds the ends of 64-bit integers up: JSON readers would overflow.
    return max(-(2**63), min(int(value), 2**64 - 1))
