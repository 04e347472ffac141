"""Names and colours of the values of a band: category names and the raster attribute table of GDAL's side-car."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from django_stac.raster.pam import band_beside

# What GDAL calls the usage of a column (GDALRATFieldUsage).
_NAME, _LEAST, _MOST, _VALUE = "2", "3", "4", "5"
_COLOURS = ("6", "7", "8")

_MOST_ROWS = 1000
"""A longer table lists objects, not classes; so do more names."""

_EXACT = 2**53
"""Beyond it neither floating-point numbers nor readers of JSON tell each integer from the next."""


class Category(NamedTuple):
    """What a value stands for."""

    name: str
    colour: tuple[int, int, int] | None = None


def categories(raster: Path, band: int) -> dict[int, Category]:
    """Return value → category of a band (from 1): of its attribute table, else of its category names."""
    beside = band_beside(raster, band)
    tables = [table for found in beside for table in found.iterfind("GDALRasterAttributeTable")]
    listed = dict(entry for table in tables for entry in _rows(table))
    return listed or dict(_names(beside))


def _names(beside: list[ElementTree.Element]) -> Iterator[tuple[int, Category]]:
    texts = [(entry.text or "").strip() for found in beside for entry in found.iterfind("CategoryNames/Category")]
    if len(texts) - texts.count("") <= _MOST_ROWS:
        yield from ((value, Category(text)) for value, text in enumerate(texts) if text)


def _rows(table: ElementTree.Element) -> Iterator[tuple[int, Category]]:
    """Read the rows that give one value a name; a row of a range of values is no class."""
    columns = [column.findtext("Usage", "").strip() for column in table.iterfind("FieldDefn")]
    rows = table.findall("Row")
    if len(rows) > _MOST_ROWS:
        return
    for row in rows:
        cells = dict(zip(columns, ((cell.text or "").strip() for cell in row.iterfind("F")), strict=False))
        value, most = _whole(cells.get(_VALUE) or cells.get(_LEAST)), cells.get(_MOST)
        if value is not None and cells.get(_NAME) and (most is None or _whole(most) == value):
            yield value, Category(cells[_NAME], _colour(cells))


def _colour(cells: dict[str, str]) -> tuple[int, int, int] | None:
    red, green, blue = (_whole(cells.get(usage)) for usage in _COLOURS)
    if red is None or green is None or blue is None or not all(0 <= part <= 255 for part in (red, green, blue)):
        return None
    return red, green, blue


def _whole(text: str | None) -> int | None:
    try:
        number = float(text or "")
        return int(number) if number.is_integer() and abs(number) <= _EXACT else None
    except ValueError:
        return None
