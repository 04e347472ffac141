"""Grids that cut the world into cells with keys: geohash, and the tiles of web maps.

Cells are counted from 0: columns from 180° west, rows from the south of a geohash grid and from the north of tiles.
"""

from dataclasses import dataclass
from typing import ClassVar, Protocol

BASE32 = "0123456789bcdefghjkmnpqrstuvwxyz"


class Grid(Protocol):
    """A grid of some precision."""

    coarsest: ClassVar[int]
    finest: ClassVar[int]

    def __init__(self, precision: int) -> None: ...

    @property
    def precision(self) -> int: ...

    @property
    def columns(self) -> int: ...

    @property
    def rows(self) -> int: ...

    def key(self, column: int, row: int) -> str:
        """Name a cell."""


@dataclass(frozen=True, slots=True)
class Geohash:
    """Cells of equal degrees; each letter of the key cuts a cell in 32."""

    precision: int
    """Letters of a key."""
    coarsest: ClassVar = 1
    finest: ClassVar = 12

    @property
    def columns(self) -> int:
        return 1 << (5 * self.precision + 1) // 2

    @property
    def rows(self) -> int:
        return 1 << 5 * self.precision // 2

    def key(self, column: int, row: int) -> str:
        """Interleave the bits of both, that of the column first, and write five a letter."""
        bits = 0
        for place in range(5 * self.precision):
            # From the last bit, which is the column's where their number is odd.
            of_column = (place + self.precision) % 2 == 1
            bits |= ((column if of_column else row) >> place // 2 & 1) << place
        return "".join(BASE32[bits >> 5 * letter & 31] for letter in reversed(range(self.precision)))


@dataclass(frozen=True, slots=True)
class Geotile:
    """Tiles of web maps (Web Mercator); those of the first and the last row reach to the poles."""

    precision: int
    """The zoom."""
    coarsest: ClassVar = 0
    finest: ClassVar = 29

    @property
    def columns(self) -> int:
        return 1 << self.precision

    rows = columns

    def key(self, column: int, row: int) -> str:
        return f"{self.precision}/{column}/{row}"
