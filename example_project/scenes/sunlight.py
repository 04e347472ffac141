"""Where the sun stands (within a degree, which is all that a picture shows) and how it lights the relief."""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from . import noise
from .grid import Field, Grid

LATITUDE, LONGITUDE = 47.65, 11.25
EXAGGERATION = 1.35
"""Slopes are lit as if they were steeper; a true midday sun in June would show hardly any relief."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sun:
    azimuth: float
    """Degrees clockwise from north."""
    elevation: float
    """Degrees above the horizon."""

    def shadow(self, height: float, pixel: float) -> tuple[float, float]:
        """How far (rows, columns) the shadow of something ``height`` metres up falls."""
        reach = height / np.tan(np.radians(self.elevation)) / pixel
        towards = np.radians(self.azimuth)
        return float(reach * np.cos(towards)), float(-reach * np.sin(towards))


def sun_at(when: datetime) -> Sun:
    """The sun over the landscape; ``when`` is aware."""
    when = when.astimezone(UTC)
    day = when.timetuple().tm_yday
    declination = np.radians(-23.44 * np.cos(2 * np.pi * (day + 10) / 365.25))
    hour = np.radians(15 * (when.hour + when.minute / 60 - 12) + LONGITUDE)
    latitude = np.radians(LATITUDE)
    up = np.sin(latitude) * np.sin(declination) + np.cos(latitude) * np.cos(declination) * np.cos(hour)
    east = -np.cos(declination) * np.sin(hour)
    north = np.cos(latitude) * np.sin(declination) - np.sin(latitude) * np.cos(declination) * np.cos(hour)
    return Sun(azimuth=float(np.degrees(np.arctan2(east, north)) % 360), elevation=float(np.degrees(np.arcsin(up))))


def illumination(height: Field, grid: Grid, sun: Sun) -> Field:
    """Light on the ground, 1 on a plain: the slope to the sun, cast shadows, and skylight everywhere."""
    southward, eastward = np.gradient(EXAGGERATION * height, grid.pixel)
    towards, up = np.radians(sun.azimuth), np.radians(sun.elevation)
    facing = np.sin(up) + np.cos(up) * (southward * np.cos(towards) - eastward * np.sin(towards))
    facing /= np.sqrt(1 + southward**2 + eastward**2) * np.sin(up)
    direct = np.clip(facing, 0, 1.9) * (1 - _cast(height, grid, sun))
    return np.asarray(0.28 + 0.72 * direct, np.float32)


def _cast(height: Field, grid: Grid, sun: Sun) -> Field:
    """How much of each pixel lies in the shadow of a mountain, 0…1."""
    rise = 2 * grid.pixel * np.tan(np.radians(sun.elevation))
    reach = int((height.max() - height.min()) / rise)
    shaded = np.full_like(height, -np.inf)
    for step in range(1, min(reach, 60) + 1):
        rows, columns = sun.shadow(rise * step, grid.pixel)
        shaded = np.maximum(shaded, noise.slide(height, rows, columns) - np.float32(rise * step))
    return noise.soften(noise.ramp(shaded - height, 0, 25), 1)
