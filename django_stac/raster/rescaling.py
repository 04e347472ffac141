"""Scale and offset of a band that only the metadata beside it tell: those of Landsat Collection 2, level 2.

The makers give the same names to the figures of level 1 in the same file, so that the section counts. Level 1 can be
scaled to radiance or to reflectance: of its bands nothing is said.
"""

import re
from collections.abc import Iterable
from math import isfinite
from pathlib import Path

from django_stac.raster.facts import facts_in

_TOKEN = re.compile(r"(?P<kind>S[RT])_B(?P<number>\d{1,2})")
_SECTIONS = {
    "SR": ("LEVEL2_SURFACE_REFLECTANCE_PARAMETERS", "REFLECTANCE_{}_BAND_{}"),
    "ST": ("LEVEL2_SURFACE_TEMPERATURE_PARAMETERS", "TEMPERATURE_{}_BAND_ST_B{}"),
}


def rescaling_of(token: str, sidecars: Iterable[Path]) -> tuple[float, float] | None:
    """Return scale and offset of a band by its token (``SR_B3``, ``ST_B10``), where the side-cars tell both."""
    match = _TOKEN.fullmatch(token.upper())
    if match is None:
        return None
    section, key = _SECTIONS[match["kind"]]
    names = [key.format(factor, match["number"]) for factor in ("MULT", "ADD")]
    for sidecar in sidecars:
        facts = dict(facts_in(sidecar, section))
        numbers = [number for name in names if (number := _number(facts.get(name, ""))) is not None]
        if len(numbers) == len(names):
            return numbers[0], numbers[1]
    return None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None
