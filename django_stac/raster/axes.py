"""What the tags of a netCDF variable say of its axes (CF conventions): the time they span, the CRS they mean."""

import re
from collections.abc import Mapping
from datetime import timedelta

from django_stac.raster.moments import span_of
from django_stac.spec.datetimes import format_instant

_SINCE = re.compile(
    r"(?P<unit>days?|d|hours?|h|hrs?|minutes?|min|seconds?|s|sec)\s+since\s+(?P<epoch>\S.*)", re.IGNORECASE
)
_SECONDS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
# The calendars of models (360_day, noleap, …) have days that no clock knows.
_CALENDARS = ("", "standard", "gregorian", "proleptic_gregorian")


def times_of(tags: Mapping[str, str]) -> dict[str, str]:
    """Return the first and the last value of the time axis as ``start_datetime`` and ``end_datetime``, if any."""
    for key, units in tags.items():
        axis, _, attribute = key.rpartition("#")
        match = _SINCE.fullmatch(units.strip()) if attribute == "units" else None
        if match and tags.get(f"{axis}#calendar", "").lower() in _CALENDARS:
            return _ends(tags.get(f"NETCDF_DIM_{axis}_VALUES", ""), match["unit"], match["epoch"])
    return {}


def is_in_degrees(tags: Mapping[str, str]) -> bool:
    """Whether the axes are plain latitudes and longitudes, which mean WGS 84 where nothing else is said."""
    units = {value.lower() for key, value in tags.items() if key.endswith("#units")}
    return bool(units & {"degrees_north", "degree_north"} and units & {"degrees_east", "degree_east"})


def _ends(values: str, unit: str, epoch: str) -> dict[str, str]:
    start = span_of(epoch)
    seconds = _SECONDS[unit[0].lower()]
    try:
        steps = [timedelta(seconds=float(value) * seconds) for value in values.strip("{} ").split(",")]
        first, last = (format_instant(start.start + step) for step in (min(steps), max(steps))) if start else ("", "")
    except (ValueError, OverflowError):
        return {}
    return {"start_datetime": first, "end_datetime": last} if first else {}
