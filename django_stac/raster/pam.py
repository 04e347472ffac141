"""GDAL's side-car of a raster (``.aux.xml``, PAM), read with suspicion: rasterio does not tell all that it holds."""

from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

_LONGEST = 1_000_000


def band_beside(raster: Path, band: int) -> list[ElementTree.Element]:
    """Return what the side-car says of a band (from 1); empty when there is none, or one that is not sound.

    A file with a document type (and so with entities of its own) or of more than a megabyte is not read.
    """
    try:
        with raster.with_name(f"{raster.name}.aux.xml").open("rb") as file:
            content = file.read(_LONGEST + 1)
        if len(content) > _LONGEST:
            return []
        root = _parsed(content)
    except (OSError, expat.ExpatError, LookupError, ValueError):
        return []
    return [found for found in root.iterfind("PAMRasterBand") if found.get("band") == str(band)]


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
