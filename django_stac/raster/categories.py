"""Names of the values of a band from GDAL's side-car (``.aux.xml``, PAM), which rasterio does not tell."""

from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

_LONGEST = 1_000_000


def category_names(raster: Path, band: int) -> dict[int, str]:
    """Return value → name of a band (from 1); empty when there is no side-car, or one that is not sound.

    A file with a document type (and so with entities of its own) or of more than a megabyte is not read.
    """
    names = [name.strip() for name in _categories(raster.with_name(f"{raster.name}.aux.xml"), band)]
    return {value: name for value, name in enumerate(names) if name}


def _categories(sidecar: Path, band: int) -> list[str]:
    try:
        with sidecar.open("rb") as file:
            content = file.read(_LONGEST + 1)
        if len(content) > _LONGEST:
            return []
        root = _parsed(content)
    except (OSError, expat.ExpatError, LookupError, ValueError):
        return []
    bands = (found for found in root.iterfind("PAMRasterBand") if found.get("band") == str(band))
    return [entry.text or "" for found in bands for entry in found.iterfind("CategoryNames/Category")]


def _parsed(content: bytes) -> ElementTree.Element:
    """Build the tree with expat itself, which alone can refuse a document type before it is read."""
    builder = ElementTree.TreeBuilder()
    parser = expat.ParserCreate()
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _refuse
    parser.Parse(content, True)  # noqa: FBT003 - expat takes no names
    return builder.close()


def _refuse(*_: object) -> None:
    raise ValueError("a document type is not allowed")
