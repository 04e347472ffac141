"""What the calendar does to the country: green-up, ripening, harvest, autumn colour, snow. No weather."""

import numpy as np

from . import noise
from .grid import Field
from .landscape import Landscape

SNOW_LINE = (
    (0, 700),
    (35, 640),
    (75, 900),
    (110, 1300),
    (140, 1750),
    (165, 2300),
    (260, 2350),
    (300, 1750),
    (335, 1050),
    (366, 700),
)
"""(day of the year, metres above the sea)."""


def bump(day: Field | float, rise: float, full: float, fade: float, end: float) -> Field:
    """0, up between ``rise`` and ``full``, 1, down between ``fade`` and ``end``, 0 (days of the year)."""
    day = np.asarray(day, np.float32)
    return noise.ramp(day, rise, full) * (1 - noise.ramp(day, fade, end))


def late_day(land: Landscape, day: int) -> Field:
    """The day as plants feel it: spring comes later and autumn sooner with height, 3 days in 100 m."""
    lag = np.clip((land.height - 600) / 100 * 3, 0, 45)
    return (np.float32(day) - lag * np.float32(np.cos(2 * np.pi * (day - 20) / 365.25) * -0.2 + 0.8)).astype(np.float32)


def leaves(day: Field) -> Field:
    """How far broadleaved trees are in leaf, 0…1."""
    return bump(day, 98, 135, 282, 312)


def autumn(day: Field) -> Field:
    """How far the leaves have turned, 0…1."""
    return bump(day, 262, 286, 298, 318)


def meadow(day: Field) -> Field:
    """How green grass is, 0…1; it never goes quite out."""
    return 0.18 + 0.82 * bump(day, 80, 125, 270, 325)


def snow_line(day: int, shift: float) -> float:
    """Metres above the sea, ``shift`` metres off the usual."""
    days, heights = zip(*SNOW_LINE, strict=True)
    return float(np.interp(day, days, heights)) + shift


def snow(land: Landscape, day: int, shift: float) -> Field:
    """The share of each pixel under snow, 0…1: more on high, shady and smooth ground, none on lakes."""
    southward, _ = np.gradient(land.height, land.grid.pixel)
    # The gradient grows southwards: a slope that faces south, and melts, has a negative one.
    shade = 170 * np.clip(southward, -0.8, 0.8)
    patchy = 18 * land.grain + 70 * noise.fractal(61, land.grid.size, cells=12, octaves=4)
    line = snow_line(day, shift)
    cover = noise.ramp(land.height + shade + patchy, line - 160, line + 240)
    return cover * (1 - 0.75 * noise.ramp(land.slope, 38, 55)) * ~land.lake
