"""Is a GeoTIFF cloud-optimised? Told from the layout that GDAL reports and the offsets in the file."""

from typing import Any

_SMALL = 512


def is_cog(dataset: Any) -> bool:
    """Tell whether an open GeoTIFF is a COG: tiled, small or with overviews, directories before all pixels.

    The COG driver marks its files (``LAYOUT=COG``); for those of other writers the offsets decide.
    """
    if dataset.driver != "GTiff":
        return False
    if dataset.tags(ns="IMAGE_STRUCTURE").get("LAYOUT") == "COG":
        return True
    overviews = len(dataset.overviews(1))
    if not _is_tiled(dataset) or (not overviews and max(dataset.shape) > _SMALL):
        return False
    directories = [_offset(dataset, "IFD_OFFSET", level) for level in (None, *range(overviews))]
    pixels = [_offset(dataset, "BLOCK_OFFSET_0_0", level) for level in (None, *range(overviews))]
    return _is_ordered(directories, pixels)


def _is_tiled(dataset: Any) -> bool:
    rows, columns = dataset.block_shapes[0]
    return bool(columns < dataset.width or rows == columns)


def _offset(dataset: Any, item: str, level: int | None) -> int | None:
    # An overview beside the file (.ovr) has offsets of its own file: it shows in their order or is absent.
    text = dataset.get_tag_item(item, "TIFF", bidx=1, ovr=level)
    return int(text) if text else None


def _is_ordered(directories: list[int | None], pixels: list[int | None]) -> bool:
    """Directories lead, from the full size down; pixels follow, the full size last."""
    found = [offset for offset in directories if offset is not None]
    data = [offset for offset in pixels if offset]
    if len(found) < len(directories) or found != sorted(found):
        return False
    return data == sorted(data, reverse=True) and (not data or max(found) < min(data))
