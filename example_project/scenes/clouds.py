"""The sky of one day: clouds and the shadow they throw; their kinds differ in grain, height and edge."""

from dataclasses import dataclass

import numpy as np

from . import noise
from .grid import Field, Grid, Mask
from .sunlight import Sun


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    cells: int
    """Heaps along a side of the landscape: few for a front, many for fair-weather cumulus."""
    gain: float
    edge: float
    """How softly the cloud ends, in deviations of the noise."""
    base: float
    """Metres above ground."""


CUMULUS = Kind(cells=11, gain=0.62, edge=0.75, base=1300)
FRONT = Kind(cells=3, gain=0.55, edge=1.1, base=2200)
BROKEN = Kind(cells=6, gain=0.6, edge=0.8, base=1700)
FOG = Kind(cells=5, gain=0.45, edge=0.5, base=80)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sky:
    opacity: Field
    """0…1, 1 where nothing of the ground shows."""
    shade: Field
    """The share of direct light that the clouds keep from the ground, 0…1."""
    brightness: Field
    """Reflectance of the cloud tops in visible light."""

    def cover(self, imaged: Mask) -> float:
        """Per cent of the imaged pixels that are more cloud than ground."""
        return round(100 * float((self.opacity[imaged] > 0.5).mean()), 1)


def make_sky(grid: Grid, height: Field, sun: Sun, *, kind: Kind, cover: float, seed: int) -> Sky:
    """Clouds over ``cover`` per cent of the landscape; 0 is a clear day."""
    if cover <= 0:
        clear = np.zeros((grid.size, grid.size), np.float32)
        return Sky(opacity=clear, shade=clear, brightness=clear + np.float32(0.4))
    thickness = _thickness(grid, height, kind, seed)
    level = float(np.quantile(thickness, 1 - cover / 100))
    opacity = noise.ramp(thickness, level - kind.edge / 2, level + kind.edge / 2)
    thrown = noise.slide(noise.soften(opacity, 1), *sun.shadow(kind.base, grid.pixel))
    tops = 0.31 + 0.13 * noise.ramp(thickness - np.float32(level), -0.3, 2.2)
    return Sky(opacity=opacity, shade=thrown, brightness=tops * _moulding(thickness, sun))


def _thickness(grid: Grid, height: Field, kind: Kind, seed: int) -> Field:
    base = noise.fractal(seed, grid.size, cells=kind.cells, octaves=6, gain=kind.gain)
    if kind is FOG:
        return np.asarray(0.25 * base - (height - height.min()) / 110, np.float32)
    # Billows: crests of the noise folded at zero give the cauliflower heads of a cumulus.
    billows = np.abs(noise.fractal(seed + 1, grid.size, cells=3 * kind.cells, octaves=4))
    return np.asarray(base + 0.35 * billows, np.float32)


def _moulding(thickness: Field, sun: Sun) -> Field:
    """Light and dark sides of the heaps, around 1."""
    southward, eastward = np.gradient(noise.soften(thickness, 1))
    towards = np.radians(sun.azimuth)
    side = southward * np.cos(towards) - eastward * np.sin(towards)
    return np.asarray(1 + 0.12 * np.tanh(side * thickness.shape[0] / 90), np.float32)
