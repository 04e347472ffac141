"""Where the invented scenes lie: grids of tiles over land, and outlines. What is in the scenes is not known here."""

from dataclasses import dataclass
from random import Random
from typing import Any

Corner = tuple[float, float]
"""West and south of a tile, CRS84 degrees."""

BLOCK = 4
"""Tiles come in blocks of 4 by 4, so that they adjoin as those of a real grid do."""

# West, south, east, north: rough shares of the continents, all of them clear of the antimeridian.
LAND = (
    (-122.0, 28.0, -82.0, 49.0),
    (-118.0, 51.0, -68.0, 62.0),
    (-78.0, -25.0, -42.0, 6.0),
    (-9.0, 37.0, 38.0, 58.0),
    (-12.0, 8.0, 42.0, 31.0),
    (14.0, -29.0, 38.0, 4.0),
    (46.0, 42.0, 124.0, 63.0),
    (70.0, 12.0, 110.0, 32.0),
    (98.0, -6.0, 138.0, 4.0),
    (117.0, -33.0, 147.0, -17.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a tile differs from the cell of its grid: degrees, and points added to each side."""

    width: float
    height: float
    slant: float = 0.0
    points: int = 0


def grid(width: float, height: float, *, tiles: int, seed: int) -> tuple[Corner, ...]:
    """Choose so many corners on the grid of this step in degrees, in blocks, larger land more often."""
    random = Random(seed)
    areas = [(east - west) * (north - south) for west, south, east, north in LAND]
    cells: dict[tuple[int, int], None] = {}
    while len(cells) < tiles:
        west, south, east, north = random.choices(LAND, areas)[0]
        column = int(random.uniform(west, east) // width)
        row = int(random.uniform(south, north) // height)
        cells.update(dict.fromkeys((column + x, row + y) for x in range(BLOCK) for y in range(BLOCK)))
    return tuple((column * width, row * height) for column, row in list(cells)[:tiles])


def outline(corner: Corner, shape: Shape, random: Random) -> tuple[dict[str, Any], list[float]]:
    """Draw the Polygon of one scene over a tile, never twice quite the same, and its bbox."""
    west, south = corner[0] + random.uniform(-0.01, 0.01), corner[1] + random.uniform(-0.01, 0.01)
    east, north = west + shape.width, south + shape.height
    corners = [(west, south), (east - shape.slant, south), (east, north), (west + shape.slant, north)]
    ring = [rounded(point) for side in range(4) for point in along(corners[side], corners[side - 3], shape.points)]
    ring.append(ring[0])
    longitudes, latitudes = zip(*ring, strict=True)
    bbox = [min(longitudes), min(latitudes), max(longitudes), max(latitudes)]
    return {"type": "Polygon", "coordinates": [ring]}, bbox


def along(start: Corner, end: Corner, points: int) -> list[Corner]:
    """The start of a side and the points added to it."""
    steps = [step / (points + 1) for step in range(points + 1)]
    return [(start[0] + (end[0] - start[0]) * step, start[1] + (end[1] - start[1]) * step) for step in steps]


def rounded(point: Corner) -> list[float]:
    return [round(point[0], 6), round(point[1], 6)]
