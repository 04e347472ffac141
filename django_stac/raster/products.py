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


@dataclass(frozen=True, slots=True)
class _Series:
    """Files of one maker: a pattern with ``{layer}`` where the layer stands, and the group ``date``."""

    pattern: str
    titles: dict[str, str]

    def layer_of(self, stem: str) -> Layer | None:
        choice = "|".join(sorted(self.titles, key=len, reverse=True))
        match = re.fullmatch(self.pattern.replace("{layer}", f"(?P<layer>{choice})"), stem)
        if match is None:
            return None
        name, (start, end) = match["layer"], match.span("layer")
        return Layer(
            scene=_joined(stem[:start], stem[end:]),
            name=name,
            title=self.titles[name],
            rank=list(self.titles).index(name),
            span=_whole(match["date"]),
        )


_SERIES = (
    # USGS Land Change Monitoring, Assessment, and Projection, one set a year; the second date is that of production.
    _Series(
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
    _Series(
        r"(?P<date>\d{4})_30m_{layer}(?:_-?\d+_-?\d+_\d+)?",
        {"cdls": "Crops", "confidence_layer": "Confidence"},
    ),
    # NOAA climate data record of sea ice concentration, a day or a month.
    _Series(
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
    _Series(
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
    return next((layer for series in _SERIES if (layer := series.layer_of(stem))), None)


def _joined(before: str, after: str) -> str:
    """Close the gap that a layer leaves in a name: one separator stays between two parts, none at an end."""
    return f"{before[:-1]}{after}"


def _whole(date: str) -> Span | None:
    span, last = span_of(date), last_moment(date)
    return Span(start=span.start, end=last) if span and last else None
