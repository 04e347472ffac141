"""Fields of documents for people: a name, a value and a unit. Fields that have no name here keep their own."""

from dataclasses import dataclass
from typing import Any

import orjson
from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from django_stac.api.pages.members import mapping, texts
from django_stac.api.pages.times import EN_DASH, instant, moment_in_words

NAMES: dict[str, tuple[Any, Any]] = {
    "datetime": (gettext_lazy("Acquired"), ""),
    "start_datetime": (gettext_lazy("From"), ""),
    "end_datetime": (gettext_lazy("Until"), ""),
    "platform": (gettext_lazy("Platform"), ""),
    "constellation": (gettext_lazy("Constellation"), ""),
    "mission": (gettext_lazy("Mission"), ""),
    "instruments": (gettext_lazy("Instruments"), ""),
    "gsd": (gettext_lazy("Ground sample distance"), "m"),
    "eo:cloud_cover": (gettext_lazy("Cloud cover"), "%"),
    "eo:snow_cover": (gettext_lazy("Snow cover"), "%"),
    "view:off_nadir": (gettext_lazy("Off-nadir angle"), "°"),
    "view:incidence_angle": (gettext_lazy("Incidence angle"), "°"),
    "view:azimuth": (gettext_lazy("Viewing azimuth"), "°"),
    "view:sun_azimuth": (gettext_lazy("Sun azimuth"), "°"),
    "view:sun_elevation": (gettext_lazy("Sun elevation"), "°"),
    "sat:orbit_state": (gettext_lazy("Orbit state"), ""),
    "sat:relative_orbit": (gettext_lazy("Relative orbit"), ""),
    "sat:absolute_orbit": (gettext_lazy("Absolute orbit"), ""),
    "sar:instrument_mode": (gettext_lazy("Instrument mode"), ""),
    "sar:frequency_band": (gettext_lazy("Frequency band"), ""),
    "sar:polarizations": (gettext_lazy("Polarizations"), ""),
    "grid:code": (gettext_lazy("Grid cell"), ""),
    "proj:code": (gettext_lazy("Coordinate system"), ""),
    "proj:epsg": (gettext_lazy("Coordinate system (EPSG)"), ""),
    "proj:shape": (gettext_lazy("Shape (rows, columns)"), gettext_lazy("pixels")),
    "proj:bbox": (gettext_lazy("Projected bounds"), ""),
    "proj:transform": (gettext_lazy("Affine transform"), ""),
    "raster:spatial_resolution": (gettext_lazy("Pixel size"), "m"),
    "data_type": (gettext_lazy("Data type"), ""),
    "nodata": (gettext_lazy("No data"), ""),
    "unit": (gettext_lazy("Unit"), ""),
    "processing:level": (gettext_lazy("Processing level"), ""),
    "file:size": (gettext_lazy("Size"), ""),
    "license": (gettext_lazy("Licence"), ""),
    "version": (gettext_lazy("Version"), ""),
    "deprecated": (gettext_lazy("Deprecated"), ""),
    "created": (gettext_lazy("Metadata created"), ""),
    "updated": (gettext_lazy("Metadata updated"), ""),
    "title": (gettext_lazy("Title"), ""),
    "description": (gettext_lazy("Description"), ""),
    "stac_version": (gettext_lazy("STAC version"), ""),
}
PLACES = {name: place for place, name in enumerate(NAMES)}
LONGEST = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One line of a list of properties."""

    key: str
    name: str
    value: str
    is_code: bool


def properties(fields: dict[str, Any], *, without: frozenset[str] = frozenset()) -> list[Property]:
    """Known fields first, in a fixed order, then the others as they come."""
    keys = sorted((key for key in fields if key not in without), key=lambda key: PLACES.get(key, len(PLACES)))
    return [property_of(key, fields[key]) for key in keys]


def extensions(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Short names (``eo v2.0.0``) and URLs of the extensions that a document follows."""
    urls = [url for url in texts(document.get("stac_extensions")) if url.startswith(("http://", "https://"))]
    return [(" ".join(url.split("/")[-3:-1]) or url, url) for url in urls]


def property_of(key: str, value: object) -> Property:
    """One field; what has no short form is shown as JSON."""
    name, unit = NAMES.get(key, (key.replace("_", " "), ""))
    text = readable(key, value)
    if text is None:
        return Property(key=key, name=str(name), value=as_json(value), is_code=True)
    return Property(key=key, name=str(name), value=with_unit(text, str(unit)), is_code=False)


def with_unit(text: str, unit: str) -> str:
    if not unit or not text:
        return text
    return f"{text}{unit}" if unit == "°" else f"{text}\N{NO-BREAK SPACE}{unit}"


def readable(key: str, value: object) -> str | None:
    """A scalar, a range (``minimum``, ``maximum``) or a list of scalars as text; None for what is deeper."""
    if isinstance(value, list):
        parts = [scalar(each) for each in value]
        comma = "\n" if any("://" in str(each) for each in value) else ", "
        return None if None in parts else comma.join(filter(None, parts))
    if isinstance(value, dict):
        return interval(value)
    moment = instant(value)
    if moment:
        return moment_in_words(moment)
    if key == "file:size" and isinstance(value, int):
        return filesizeformat(value)
    return scalar(value)


def interval(value: dict[str, Any]) -> str | None:
    """A range of summaries."""
    if value.keys() != {"minimum", "maximum"}:
        return None
    ends = [readable("", each) for each in value.values()]
    return None if None in ends else f" {EN_DASH} ".join(filter(None, ends))


def scalar(value: object) -> str | None:
    """One text, number, truth or nothing; None for lists and objects."""
    if value is None:
        return _("none")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return number(value)
    return value if isinstance(value, str) else None


def number(value: float) -> str:
    """Up to eight significant digits; huge and tiny numbers as powers of ten."""
    if isinstance(value, int):
        return str(value)
    short = f"{value:.8g}"
    return short if "e" in short else number_format(short, use_l10n=True)


def as_json(value: object) -> str:
    text = orjson.dumps(value).decode()
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def percent(document: dict[str, Any], key: str) -> str | None:
    """A percentage of an item's properties, in short."""
    value = mapping(document.get("properties")).get(key)
    return f"{value:.0f}\N{NO-BREAK SPACE}%" if isinstance(value, int | float) else None
