"""Pictures on disk: cloud optimised GeoTIFFs with all that GDAL can say about them.

What they show is not known here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import rasterio.shutil
from numpy.typing import NDArray
from rasterio import Affine
from rasterio.enums import ColorInterp
from rasterio.io import MemoryFile

from .grid import CRS

SOFTWARE = "django-stac demo scenes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One band's description."""

    name: str
    interpretation: ColorInterp = ColorInterp.gray
    unit: str | None = None
    scale: float = 1.0
    offset: float = 0.0
    imagery: Mapping[str, str] = field(default_factory=dict)
    """Tags of GDAL's IMAGERY domain, e.g. CENTRAL_WAVELENGTH_UM."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    pixels: NDArray[Any]
    """(band, row, column)"""
    transform: Affine
    """Pixel → EPSG:32632."""
    layers: Sequence[Layer]
    nodata: float
    predictor: str
    """STANDARD for whole numbers, FLOATING_POINT for others."""
    tags: Mapping[str, str]
    resampling: str = "AVERAGE"
    colours: Mapping[int, tuple[int, int, int]] = field(default_factory=dict)
    categories: Sequence[str] = ()
    """Names of the values 0, 1, 2, …"""


def save(picture: Picture, path: Path) -> None:
    """Write the picture and, last of all, give it its name: a file that exists is complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")
    with MemoryFile() as memory:
        _fill(memory, picture)
        options = {"COMPRESS": "DEFLATE", "LEVEL": "6", "PREDICTOR": picture.predictor, "BLOCKSIZE": "256"}
        rasterio.shutil.copy(memory.name, unfinished, driver="COG", OVERVIEW_RESAMPLING=picture.resampling, **options)
    if picture.categories:
        _save_categories(picture.categories, path.with_name(f"{path.name}.aux.xml"))
    unfinished.replace(path)


def _fill(memory: MemoryFile, picture: Picture) -> None:
    count, height, width = picture.pixels.shape
    with memory.open(
        driver="GTiff", count=count, height=height, width=width, dtype=picture.pixels.dtype.name,
        crs=CRS, transform=picture.transform, nodata=picture.nodata,
    ) as target:  # fmt: skip
        target.write(picture.pixels)
        target.update_tags(TIFFTAG_SOFTWARE=SOFTWARE, AREA_OR_POINT="Area", **picture.tags)
        target.descriptions = [layer.name for layer in picture.layers]
        target.scales = [layer.scale for layer in picture.layers]
        target.offsets = [layer.offset for layer in picture.layers]
        target.colorinterp = [layer.interpretation for layer in picture.layers]
        for index, layer in enumerate(picture.layers, start=1):
            _describe(target, index, layer)
        if picture.colours:
            target.write_colormap(1, dict(picture.colours))


def _describe(target: Any, index: int, layer: Layer) -> None:
    if layer.unit:
        target.set_band_unit(index, layer.unit)
    if layer.imagery:
        target.update_tags(index, ns="IMAGERY", **layer.imagery)


def _save_categories(names: Sequence[str], path: Path) -> None:
    """GeoTIFF has no place for category names: GDAL keeps them in a file beside it (PAM)."""
    root = ElementTree.Element("PAMDataset")
    parent = ElementTree.SubElement(ElementTree.SubElement(root, "PAMRasterBand", band="1"), "CategoryNames")
    for name in names:
        ElementTree.SubElement(parent, "Category").text = name
    ElementTree.indent(root)
    path.write_text(ElementTree.tostring(root, encoding="unicode") + "\n", encoding="utf-8")
