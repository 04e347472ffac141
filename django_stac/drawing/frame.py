"""The window of a small map: which degrees it shows, and where a position lies in it. What is drawn is elsewhere."""

from dataclasses import dataclass
from math import cos, radians

from django_stac.spec.geometry import BBox

LEAST_SPAN = 0.002
MARGIN = 0.45
WORLD_FROM = 150.0
"""Degrees of longitude from which the whole world is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A window in degrees (longitudes may run past 180) and its size in pixels; latitudes are drawn at true shape."""

    west: float
    south: float
    east: float
    north: float
    width: int
    height: int

    def x(self, longitude: float) -> float:
        """Pixels from the left; a longitude west of the window is met one turn further east."""
        turned = longitude + 360 if longitude < self.west else longitude
        return (turned - self.west) * self.width / (self.east - self.west)

    def y(self, latitude: float) -> float:
        """Pixels from the top."""
        return (self.north - latitude) * self.height / (self.north - self.south)


def frame_around(bbox: BBox, *, width: int = 480, height: int = 320) -> Frame:
    """Return a window with room around a box; a box that spans much of the world gets all of it."""
    west, south, east, north = bbox
    east += 360 if west > east else 0
    if east - west >= WORLD_FROM or north - south >= 90:
        return world(width=width, centre=(west + east) / 2 if east > 180 else 0)
    x, y = (west + east) / 2, (south + north) / 2
    stretch = max(cos(radians(y)), 0.1)
    room = 1 + 2 * MARGIN
    across = max((east - west) * stretch * room, LEAST_SPAN * room)
    up = max((north - south) * room, LEAST_SPAN * room, across * height / width)
    across = up * width / height
    half_x, half_y = across / stretch / 2, up / 2
    return Frame(west=x - half_x, east=x + half_x, south=y - half_y, north=y + half_y, width=width, height=height)


def world(*, width: int, centre: float = 0) -> Frame:
    """Return the window of the whole world around a meridian."""
    return Frame(west=centre - 180, south=-90, east=centre + 180, north=90, width=width, height=width // 2)
