"""Metadata files beside the rasters of a scene, which become assets of the item too."""

from collections.abc import Container
from os import R_OK, access
from pathlib import Path
from typing import Any

from django_stac.raster.discover import Scene
from django_stac.spec import media_types

_OTHER_ITEM = "item"


def metadata_files(scene: Scene, taken: Container[str]) -> dict[str, Path]:
    """Name the readable ones: ``metadata`` for a lone file, else what tells its name from the scene's (``MTL.xml``).

    A STAC item beside the rasters is none: the item is made anew here.
    """
    found = [path for path in scene.sidecars if path.stem.lower() != _OTHER_ITEM]
    found = [path for path in found if path.name.isprintable() and access(path, R_OK)]
    keys: dict[str, Path] = {}
    for path in found:
        rest = path.name.removeprefix(scene.id).strip("_.- ")
        wanted = ("metadata" if len(found) == 1 else rest, path.name, *(f"{path.name}-{n}" for n in range(2, 1000)))
        keys[next(key for key in wanted if key not in keys and key not in taken)] = path
    return keys


def metadata_asset(path: Path) -> dict[str, Any]:
    """Describe a metadata file; its checksum comes from others."""
    return {
        "href": path.name,
        "type": media_types.of_path(path.name) or media_types.TEXT,
        "title": path.name,
        "roles": ["metadata"],
        "file:size": path.stat().st_size,
    }
