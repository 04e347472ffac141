"""Classes of a thematic band, from its legend, its category names and its colours (classification extension 2.0.0)."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django_stac.raster.categories import Category, categories

_LEGEND_TAGS = ("legend", "classes", "category_names", "class_names")
_LEGEND_ENTRY = re.compile(r"\s*(-?\d{1,9})\s*[:=,\t -]\s*(\S.*?)\s*")

# A table with more colours than this is the palette of a picture, not a legend.
_MOST_COLOURS = 200

Colour = tuple[int, int, int, int]


def classes_of(dataset: Any, band: int) -> list[dict[str, Any]]:
    """Return ``classification:classes`` of a band: those of its legend or its side-car, else those with a colour.

    Black entries of a colour table are its filling and no classes; neither is the nodata value.
    """
    colours = colours_of(dataset, band)
    nodata = dataset.nodatavals[band - 1]
    named = _legend(dataset.tags() | dataset.tags(band)) or _beside(dataset, band, nodata)
    coloured = [value for value, colour in colours.items() if any(colour[:3])]
    if not named and len(coloured) > _MOST_COLOURS:
        return []
    if named:
        return [_class(value, named[value].name, colours.get(value) or named[value].colour) for value in sorted(named)]
    return [_class(value, None, colours[value]) for value in coloured if value != nodata]


def colours_of(dataset: Any, band: int) -> dict[int, Colour]:
    """Return the colour table of a band, value → red, green, blue, alpha (0 to 255); empty without one."""
    try:
        table: dict[int, Colour] = dataset.colormap(band)
    except ValueError:
        return {}
    return table


def _legend(tags: dict[str, str]) -> dict[int, Category]:
    text = next((value for key, value in tags.items() if key.lower() in _LEGEND_TAGS), "")
    entries = re.split(r"\n|;|\|", text)
    found = [match for entry in entries if (match := _LEGEND_ENTRY.fullmatch(entry))]
    return {int(match[1]): Category(match[2]) for match in found}


def _beside(dataset: Any, band: int, nodata: float | None) -> dict[int, Category]:
    found = categories(Path(dataset.name), band)
    return {value: category for value, category in found.items() if value != nodata}


def _class(value: int, title: str | None, colour: Sequence[int] | None) -> dict[str, Any]:
    entry: dict[str, Any] = {"value": value, "name": _name(value, title)}
    if title:
        entry["title"] = title
    if colour:
        entry["color_hint"] = "{:02X}{:02X}{:02X}".format(*colour[:3])
    return entry


def _name(value: int, title: str | None) -> str:
    """Make the machine-readable name that the extension demands (A-Z a-z 0-9 _ -)."""
    name = re.sub(r"[^a-z0-9]+", "_", (title or "").lower()).strip("_")
    return name or f"class_{value}".replace("_-", "_minus_")
