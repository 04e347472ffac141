"""Products whose makers name files by rules of their own: which layers are one scene, and which time they stand for.

What a file name says in general, band tokens and dates, is told by ``discover`` and ``moments``.
"""

import re
from dataclasses import dataclass

from django_stac.raster.moments import Span, last_moment, span_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One file of a product, as its name says."""

    scene: str
    """The name without that of the layer: all layers of a scene have it in common."""
    name: str
    """As written: ``LCPRI``."""
    title: str
    rank: int
    """Its place in the makers' own list; 0 is what the product is about."""
    span: Span | None
    """The time that the product stands for; a day is all of it, because these products are means of a day."""


def _series(pattern: str, titles: dict[str, str]) -> tuple[re.Pattern[str], dict[str, str]]:
    """Make the pattern of a maker's names, ``{layer}`` being where the layer stands, and its titles in his order."""
    layers = "|".join(sorted(titles, key=len, reverse=True))
    return re.compile(pattern.replace("{layer}", f"(?P<layer>{layers})")), titles


_SERIES = (
    # USGS Land Change Monitoring, Assessment, and Projection, one set a year; the second date is that of production.
    _series(
        r"LCMAP_[A-Z]{2}_\d{6}_(?P<date>\d{4})_\d{8}_V\d\d_{layer}",
        {
            "LCPRI": "Primary land cover",
            "LCSEC": "Secondary land cover",
            "LCPCONF": "Confidence of the primary land cover",
            "LCSCONF": "Confidence of the secondary land cover",
            "LCACHG": "Annual land cover change",
            "SCTIME": "Day of spectral change",
            "SCMAG": "Magnitude of spectral change",
            "SCLAST": "Time since the last spectral change",
            "SCSTAB": "Spectral stability period",
            "SCMQA": "Quality of the spectral model",
        },
    ),
    # USDA Cropland Data Layer, whole or in tiles.
    _series(
        r"(?P<date>\d{4})_30m_{layer}(?:_-?\d+_-?\d+_\d+)?",
        {"cdls": "Crops", "confidence_layer": "Confidence"},
    ),
    # NOAA climate data record of sea ice concentration, a day or a month.
    _series(
        r"seaice_conc_(?:daily|monthly)_[ns]h_(?P<date>\d{6}(?:\d\d)?)_[a-z0-9]+_v\d\dr\d\d-{layer}(?:_monthly)?",
        {
            "cdr_seaice_conc": "Sea ice concentration",
            "stdev_of_cdr_seaice_conc": "Deviation of sea ice concentration",
            "qa_of_cdr_seaice_conc": "Quality of sea ice concentration",
            "melt_onset_day_cdr_seaice_conc": "Day of melt onset",
            "nsidc_bt_seaice_conc": "Sea ice concentration by the Bootstrap algorithm",
            "nsidc_nt_seaice_conc": "Sea ice concentration by the NASA Team algorithm",
            "spatial_interpolation_flag": "Interpolation in space",
            "temporal_interpolation_flag": "Interpolation in time",
        },
    ),
    # NOAA optimum interpolation sea surface temperature, a day.
    _series(
        r"oisst-avhrr-v\d\dr\d\d\.(?P<date>\d{8})(?:_preliminary)?-{layer}",
        {
            "sst": "Sea surface temperature",
            "anom": "Anomaly of sea surface temperature",
            "err": "Error of sea surface temperature",
            "ice": "Sea ice concentration",
        },
    ),
)


def product_layer(stem: str) -> Layer | None:
    """Return what the name of a file (without its ending) says in the language of its makers, or None."""
    for pattern, titles in _SERIES:
        if match := pattern.fullmatch(stem):
            return _layer(match, titles)
    return None


def _layer(match: re.Match[str], titles: dict[str, str]) -> Layer:
    name, (start, end) = match["layer"], match.span("layer")
    return Layer(
        scene=_joined(match.string[:start], match.string[end:]),
        name=name,
        title=titles[name],
        rank=list(titles).index(name),
        span=_whole(match["date"]),
    )


def _joined(before: str, after: str) -> str:
    """Close the gap that a layer leaves in a name: one separator stays between two parts, none at an end."""
    return f"{before[:-1]}{after}"


def _whole(date: str) -> Span | None:
    span, last = span_of(date), last_moment(date)
    return Span(start=span.start, end=last) if span and last else None
