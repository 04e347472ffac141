"""Clouds, the sun and the satellite, where tags or metadata name them plainly; a value of a wrong form is no value."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django_stac.raster.discover import Scene
from django_stac.raster.facts import facts_in

# Names are compared in upper case; the surest come first.
_CLOUD_COVER = (
    *("EO:CLOUD_COVER", "CLOUD_COVER", "CLOUDY_PIXEL_PERCENTAGE", "CLOUD_COVERAGE_ASSESSMENT"),
    *("CLOUD_COVER_PERCENTAGE", "CLOUDCOVERPERCENTAGE", "CLOUD_PERCENT"),
)
_SUN_AZIMUTH = (
    *("VIEW:SUN_AZIMUTH", "SUN_AZIMUTH", "SUN_AZIMUTH_ANGLE", "SOLAR_AZIMUTH_ANGLE"),
    *("MEAN_SUN_AZIMUTH_ANGLE", "MEAN_SOLAR_AZIMUTH_ANGLE", "MEANSUNAZ"),
    *("ILLUMINATIONAZIMUTHANGLE", "ILLUMINATIONELEVATIONAZIMUTH"),
)
_SUN_ELEVATION = (
    *("VIEW:SUN_ELEVATION", "SUN_ELEVATION", "SUN_ELEVATION_ANGLE", "SOLAR_ELEVATION_ANGLE"),
    *("MEANSUNEL", "ILLUMINATIONELEVATIONANGLE"),
)
_SUN_ZENITH = (
    *("SUN_ZENITH", "SUN_ZENITH_ANGLE", "SOLAR_ZENITH_ANGLE"),
    *("MEAN_SUN_ZENITH_ANGLE", "MEAN_SOLAR_ZENITH_ANGLE"),
)
_PLATFORM = (
    *("PLATFORM", "PLATFORM_ID", "PLATFORM_NAME", "PLATFORMNAME"),
    *("SPACECRAFT_ID", "SPACECRAFT_NAME", "DATATAKE_1_SPACECRAFT_NAME", "SATELLITE", "SATELLITEID"),
)
_INSTRUMENTS = ("SENSOR_ID", "SENSOR", "INSTRUMENT", "INSTRUMENTNAME")

# GDAL writes per cent under this name; in the files of vendors it may be a share of 1.
_OF_GDAL = "CLOUDCOVER"
# Planet's JSON says 0.09 for 9 % under this name in small letters.
_SHARE = "cloud_cover"

_PLATFORMS = re.compile(
    r"(?P<landsat>landsat)[-_ ]?(?P<number>[1-9])|(?P<sentinel>sentinel)[-_ ]?(?P<unit>[1-6][a-d])|terra|aqua",
    re.IGNORECASE,
)
_SENSORS = {
    **{name: (name.lower(),) for name in ("MSS", "TM", "OLI", "TIRS", "MSI", "MODIS")},
    "ETM": ("etm+",),
    "ETM+": ("etm+",),
    "OLI_TIRS": ("oli", "tirs"),
}
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:\.\d*)?", re.ASCII)


def facts_beside(scene: Scene) -> dict[str, str]:
    """Return the first value that the metadata files of a scene give to each name (in upper case)."""
    facts: dict[str, str] = {}
    for sidecar in scene.sidecars:
        for key, value in facts_in(sidecar):
            if key != _SHARE:
                facts.setdefault(key.upper(), value)
    return facts


def conditions_of(beside: Mapping[str, str], tags: Mapping[str, str]) -> dict[str, Any]:
    """Return what is known of ``platform``, ``instruments``, ``eo:cloud_cover`` and ``view:sun_…``.

    Per cent and degrees. ``tags`` are those of the rasters: they are asked before ``beside``, the facts of the
    metadata files. Fields of which nothing is known are absent.
    """
    ours = {key.upper(): value for key, value in tags.items() if key != _SHARE and value.strip()}
    known = {**beside, **ours}
    found = {
        "platform": _platform(known),
        "instruments": _instruments(known),
        "eo:cloud_cover": _number(known, (*_CLOUD_COVER, *([_OF_GDAL] if _OF_GDAL in ours else [])), 0, 100),
        "view:sun_azimuth": _azimuth(known),
        "view:sun_elevation": _elevation(known),
    }
    return {field: value for field, value in found.items() if value is not None}


def _number(known: Mapping[str, str], names: Iterable[str], low: float, high: float) -> float | None:
    for name in names:
        text = known.get(name, "").strip()
        if _NUMBER.fullmatch(text) and low <= float(text) <= high:
            return float(text) + 0.0
    return None


def _azimuth(known: Mapping[str, str]) -> float | None:
    # Landsat counts from -180 to 180, the extension from 0 to 360.
    degrees = _number(known, _SUN_AZIMUTH, -180, 360)
    return degrees + 360 if degrees is not None and degrees < 0 else degrees


def _elevation(known: Mapping[str, str]) -> float | None:
    elevation = _number(known, _SUN_ELEVATION, -90, 90)
    zenith = _number(known, _SUN_ZENITH, 0, 180)
    if elevation is None and zenith is not None:
        return round(90 - zenith, 9)
    return elevation


def _platform(known: Mapping[str, str]) -> str | None:
    matches = (_PLATFORMS.fullmatch(known.get(name, "").strip()) for name in _PLATFORM)
    match = next((match for match in matches if match), None)
    if match is None:
        return None
    if match["landsat"]:
        return f"landsat-{match['number']}"
    return (f"sentinel-{match['unit']}" if match["sentinel"] else match[0]).lower()


def _instruments(known: Mapping[str, str]) -> list[str] | None:
    names = (known.get(name, "").strip().upper() for name in _INSTRUMENTS)
    return next((list(_SENSORS[name]) for name in names if name in _SENSORS), None)
