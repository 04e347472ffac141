"""Assembles the STAC 1.1.0 item of a scene from what its files tell. Links, collection and hrefs come from others."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import shapely
from rasterio.enums import MaskFlags
from shapely.geometry import mapping, shape

from django_stac.exceptions import UnreadableRaster
from django_stac.raster.acquired import acquired
from django_stac.raster.bands import bands_of
from django_stac.raster.cog import is_cog
from django_stac.raster.conditions import conditions_of, facts_beside
from django_stac.raster.discover import Scene, band_token, shown
from django_stac.raster.footprint import footprint_of, rounded
from django_stac.raster.metadata import metadata_asset, metadata_files
from django_stac.raster.missions import band_name
from django_stac.raster.outline import edge_of, outline_of
from django_stac.raster.projection import pixel_size, projection_of
from django_stac.raster.read import Grid, grid_of, opened
from django_stac.raster.rescaling import rescaling_of
from django_stac.raster.sample import Sample, sample_of
from django_stac.raster.thumbnail import Layer, composite_of, layer_of, thumbnail_of
from django_stac.raster.titles import title_of
from django_stac.spec import media_types
from django_stac.spec.geometry import bbox_of
from django_stac.spec.versions import CURRENT

_EXTENSIONS = {
    "classification": "https://stac-extensions.github.io/classification/v2.0.0/schema.json",
    "eo": "https://stac-extensions.github.io/eo/v2.0.0/schema.json",
    "file": "https://stac-extensions.github.io/file/v2.1.0/schema.json",
    "proj": "https://stac-extensions.github.io/projection/v2.0.0/schema.json",
    "raster": "https://stac-extensions.github.io/raster/v2.0.0/schema.json",
    "view": "https://stac-extensions.github.io/view/v1.1.0/schema.json",
}


Drawn = TypeVar("Drawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What the user adds to what the files tell."""

    datetime: str | None = None
    """When it was taken, instead of what the files say: an instant, ``start/end``, or a year, month or day."""
    default_datetime: str | None = None
    """When files were taken that do not tell; written in the same ways."""
    crs: str | None = None
    """The coordinate reference system instead of the files' own: ``EPSG:…`` or WKT."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one scene gives."""

    item: dict[str, Any]
    """A STAC 1.1.0 Feature without ``collection``, ``links`` empty; hrefs are the bare names of the files."""
    files: dict[str, Path]
    """Asset key → file."""
    thumbnail: bytes | None
    """PNG, 256 pixels at most; None when nothing can be drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What one raster of a scene gives."""

    asset: dict[str, Any]
    footprint: Any
    edge: Any
    knows_nodata: bool
    gsd: float | None
    tags: dict[str, str]
    thumbnail: bytes | None
    layer: Layer | None
    """What it gives to a picture of several files, if anything."""


def read_scene(scene: Scene, options: ReadOptions) -> Reading:
    """Read a scene's files into a STAC item; twice the same files give the same item.

    Raises UnreadableRaster with the name of the file and what to do.
    """
    _check_names(scene)
    keys = _asset_keys(scene)
    described = metadata_files(scene, taken=keys)
    beside = facts_beside(scene)
    parts = {key: _read(path, scene, options, beside) for key, path in keys.items()}
    geometry = _geometry(list(parts.values()))
    item: dict[str, Any] = {
        "type": "Feature",
        "stac_version": CURRENT,
        "stac_extensions": [],
        "id": scene.id,
        "geometry": geometry,
        "bbox": bbox_of(geometry),
        "properties": _properties(scene, options, list(parts.values()), beside),
        "links": [],
        "assets": {
            **{key: part.asset for key, part in parts.items()},
            **{key: metadata_asset(path) for key, path in described.items()},
        },
    }
    item["stac_extensions"] = _extensions_of(item)
    # Last of all: a file without a date need not be read to its end.
    files = {**keys, **described}
    for key, path in files.items():
        item["assets"][key]["file:checksum"] = _checksum(path)
    return Reading(item=item, files=files, thumbnail=_best_thumbnail(parts))


def _check_names(scene: Scene) -> None:
    for text in (scene.id, *(path.name for path in scene.rasters)):
        if not text.isprintable():
            raise UnreadableRaster(
                f"{shown(scene.rasters[0])}: its name has characters that are not printable UTF-8: rename it."
            )


def _asset_keys(scene: Scene) -> dict[str, Path]:
    """Name the assets: ``data`` for a lone file, else what tells its name from the others'."""
    if len(scene.rasters) == 1:
        return {"data": scene.rasters[0]}
    keys: dict[str, Path] = {}
    for path in scene.rasters:
        rest = path.stem.removeprefix(scene.id).strip("_.- ")
        wanted = (band_token(path) or rest or "data", path.stem, *(f"{path.stem}-{n}" for n in range(2, 1000)))
        keys[next(key for key in wanted if key not in keys)] = path
    return keys


# One raster


def _read(path: Path, scene: Scene, options: ReadOptions, beside: dict[str, str]) -> _Part:
    with opened(path) as dataset:
        grid = grid_of(path, dataset, options.crs)
        sample = sample_of(dataset)
        gsd = pixel_size(grid)
        pixels, name = max(dataset.shape), shown(path)
        edge = footprint_of(edge_of(grid), grid.crs, pixels, name)
        outline = outline_of(grid, sample)
        same = outline.equals(edge_of(grid))
        tags = _tags(dataset)
        bands = _bands(path, scene, dataset, sample, gsd, conditions_of(beside, tags).get("platform"))
        return _Part(
            asset=_asset(path, scene, dataset, grid, bands),
            footprint=edge if same else footprint_of(outline, grid.crs, pixels, name),
            edge=edge,
            knows_nodata=any(MaskFlags.all_valid not in flags for flags in dataset.mask_flag_enums),
            gsd=gsd,
            tags=tags,
            thumbnail=_drawn(lambda: thumbnail_of(dataset, grid, sample)),
            layer=_drawn(lambda: layer_of(bands[0].get("eo:common_name"), grid, sample)),
        )


def _token(path: Path, scene: Scene) -> str | None:
    return band_token(path) if len(scene.rasters) > 1 else None


def _bands(
    path: Path, scene: Scene, dataset: Any, sample: Sample, gsd: float | None, platform: str | None
) -> list[dict[str, Any]]:
    token = _token(path, scene)
    known = (band_name(token, platform, product) for product in (scene.id, path.stem)) if token else ()
    bands = bands_of(dataset, sample, gsd, token, next(filter(None, known), None))
    rescaling = rescaling_of(token, scene.sidecars) if token and len(bands) == 1 else None
    if rescaling and "raster:scale" not in bands[0]:
        bands[0] |= dict(zip(("raster:scale", "raster:offset"), rescaling, strict=True))
    return bands


def _asset(path: Path, scene: Scene, dataset: Any, grid: Grid, bands: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "href": path.name,
        "type": _media_type(path, dataset),
        "title": title_of(_token(path, scene), bands, path.name),
        **_left_out(dataset),
        "roles": ["data"],
        **projection_of(grid),
        "bands": bands,
        "file:size": path.stat().st_size,
    }


def _left_out(dataset: Any) -> dict[str, str]:
    names = ", ".join(getattr(dataset, "others", ()))
    return {"description": f"Without the variables of other grids: {names}."} if names else {}


def _media_type(path: Path, dataset: Any) -> str:
    if dataset.driver == "GTiff":
        return media_types.COG if is_cog(dataset) else media_types.GEOTIFF
    known = {"JP2OpenJPEG": media_types.JP2, "netCDF": media_types.NETCDF}
    return known.get(dataset.driver) or media_types.of_path(path.name) or "application/octet-stream"


def _checksum(path: Path) -> str:
    """Return the multihash of a file: 12 (sha2-256), 20 (its length, 32 bytes), digest."""
    with path.open("rb") as file:
        return "1220" + hashlib.file_digest(file, "sha256").hexdigest()


def _tags(dataset: Any) -> dict[str, str]:
    # GDAL keeps what it reads from a vendor's side-car in the domain IMAGERY.
    return {**dataset.tags(ns="EXIF"), **dataset.tags(), **dataset.tags(ns="IMAGERY")}


def _drawn(draw: Callable[[], Drawn | None]) -> Drawn | None:
    """Draw what can be drawn: strange numbers cost the picture, never the item."""
    try:
        with np.errstate(all="ignore"):
            return draw()
    except (ValueError, TypeError, ArithmeticError, IndexError, MemoryError):
        return None


# The whole scene


def _geometry(parts: Sequence[_Part]) -> dict[str, Any]:
    """Join the footprints; a raster without nodata (a quality band) adds nothing where others know their swath."""
    knowing = [part for part in parts if part.knows_nodata]
    covered = shapely.union_all([shape(part.edge) for part in knowing])
    silent = [part for part in parts if not part.knows_nodata and not _covers(covered, part.edge)]
    footprints = {str(part.footprint): part.footprint for part in [*knowing, *silent]}
    if len(footprints) == 1:
        return next(iter(footprints.values()))
    joined = shapely.union_all([shape(footprint) for footprint in footprints.values()])
    return rounded(mapping(shapely.orient_polygons(joined, exterior_cw=False)))


def _covers(area: Any, footprint: dict[str, Any]) -> bool:
    wanted = shape(footprint)
    return bool(wanted.area) and shapely.intersection(area, wanted).area > 0.99 * wanted.area


def _best_thumbnail(parts: dict[str, _Part]) -> bytes | None:
    """Choose the picture of the file with most bands, of three files in colour, or of the first file.

    A quality band is the face of its scene only when there is no other.
    """
    drawn = [(len(part.asset["bands"]), "QA" not in key, part.thumbnail) for key, part in parts.items()]
    ranked = sorted((entry for entry in drawn if entry[2]), key=lambda entry: (entry[1], entry[0]), reverse=True)
    if ranked and ranked[0][0] >= 3:
        return ranked[0][2]
    composite = _drawn(lambda: composite_of([part.layer for part in parts.values() if part.layer]))
    return composite or (ranked[0][2] if ranked else None)


def _properties(scene: Scene, options: ReadOptions, parts: Sequence[_Part], beside: dict[str, str]) -> dict[str, Any]:
    tags: dict[str, str] = {}
    for part in reversed(parts):
        tags |= part.tags
    sizes = [part.gsd for part in parts if part.gsd]
    return {
        **acquired(scene, tags, options.datetime, options.default_datetime),
        **({"gsd": min(sizes)} if sizes else {}),
        **conditions_of(beside, tags),
        **_shared(parts),
    }


def _shared(parts: Sequence[_Part]) -> dict[str, Any]:
    """Lift the projection fields that all assets agree on to the item, where searches find them."""
    first = parts[0].asset
    fields = [field for field in first if field.startswith("proj:")]
    return {field: first[field] for field in fields if all(part.asset.get(field) == first[field] for part in parts)}


def _extensions_of(item: dict[str, Any]) -> list[str]:
    """List the extensions whose fields an item uses, and no other."""
    used = {field.partition(":")[0] for field in _fields(item)}
    return [uri for prefix, uri in _EXTENSIONS.items() if prefix in used]


def _fields(item: dict[str, Any]) -> Iterator[str]:
    yield from item["properties"]
    for asset in item["assets"].values():
        yield from asset
        for band in asset.get("bands", ()):
            yield from band
