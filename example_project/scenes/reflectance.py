"""What the sensor sees on one day: materials laid over each other, lit by the sun, veiled by the sky."""

import numpy as np
from numpy.typing import NDArray

from . import noise, seasons, spectra
from .clouds import Sky
from .grid import Field, Mask
from .land_cover import built_up, felled, ploughed
from .landscape import Landscape
from .seasons import bump
from .spectra import Spectrum
from .sunlight import Sun, illumination

Image = NDArray[np.float32]
"""(band, row, column) in the order of ``spectra.BANDS``, reflectance 0…1."""

WHITE, SHOULDER = 0.42, 0.2
"""Reflectance bends towards ``WHITE`` as on film: true snow and clouds, ten times brighter than a wood, would
leave everything else black in a picture that is stretched evenly."""


def seen(land: Landscape, sky: Sky, sun: Sun, *, year: int, day: int, snow_shift: float = 0.0) -> Image:
    """The scene; ``snow_shift`` moves the usual snow line of the day by metres."""
    image = _ground(land, year, day)
    _lay(image, spectra.SNOW, seasons.snow(land, day, snow_shift) * _open_to_snow(land))
    image *= 1 + 0.05 * land.grain * ~land.lake
    image *= illumination(land.height, land.grid, sun) * (1 - 0.62 * sky.shade)
    image += spectra.HAZE[:, None, None]
    image = WHITE * (1 - np.exp(-image / SHOULDER))
    _lay(image, spectra.CLOUD[:, None, None] * sky.brightness, sky.opacity)
    return np.asarray(np.clip(image, 0.0005, 1), np.float32)


def _ground(land: Landscape, year: int, day: int) -> Image:
    felt = seasons.late_day(land, day)
    image = _grassland(land, felt, day)
    _lay_crops(image, land, year, day)
    _lay(image, spectra.BOG, land.bog * 0.7)
    _lay_wood(image, land, felt, year)
    stone = _between(spectra.ROCK, spectra.DARK_ROCK, noise.ramp(land.grain, -1.5, 1.5))
    _lay(image, stone, land.rock)
    _lay(image, spectra.GRAVEL, land.gravel)
    _lay_houses(image, land, year)
    _lay(image, spectra.RIVER, land.river)
    _lay(image, _between(spectra.SHALLOW_WATER, spectra.DEEP_WATER, noise.ramp(land.depth, 0, 22)), land.lake)
    return image


def _grassland(land: Landscape, felt: Field, day: int) -> Image:
    """Meadows are mown three times a year, each on a day of its own."""
    image = _between(spectra.DORMANT_GRASS, spectra.GRASS, seasons.meadow(felt))
    delay = 26 * noise.scatter(land.parcel, 71)
    valley = 1 - noise.ramp(land.height, 850, 1000)
    for cut in (138, 192, 245):
        since = np.float32(day) - cut - delay
        _lay(image, spectra.MOWN_GRASS, valley * (since > 0) * (1 - noise.ramp(since, 8, 24)))
    image *= 0.88 + 0.24 * noise.scatter(land.parcel, 72)
    return image


def _lay_crops(image: Image, land: Landscape, year: int, day: int) -> None:
    """Winter cereals, rape and maize in rotation; cereals are cut in late July and August."""
    field = ploughed(land, year)
    draw, own = noise.scatter(land.parcel * 17 + year, 73), noise.scatter(land.parcel, 74)
    at = np.float32(day) + 14 * (own - 0.5)
    earth = _between(spectra.SOIL, spectra.PALE_SOIL, own)
    cereal, rape, maize = (
        field & (draw < 0.45),
        field & (draw >= 0.45) & (draw < 0.62),
        field & (draw >= 0.62),
    )
    _lay(image, earth, field)
    sown = np.where(
        maize,
        bump(at, 150, 185, 262, 272),
        np.maximum(1 - noise.ramp(at, 178, 200), 0.6 * noise.ramp(at, 295, 330)),
    )
    winter = np.where(maize, 1, 0.35 + 0.65 * bump(at, 75, 115, 190, 290))
    _lay(image, spectra.GREEN_CROP, field * sown * winter)
    _lay(image, spectra.RIPE_CROP, (cereal | rape) * bump(at, 174, 198, 210, 222))
    _lay(image, spectra.STUBBLE, (cereal | rape) * bump(at, 210, 222, 240, 262))
    _lay(image, spectra.RAPE_FLOWER, rape * bump(at, 112, 124, 140, 152))


def _lay_wood(image: Image, land: Landscape, felt: Field, year: int) -> None:
    crown = _between(spectra.BARE_TREE, spectra.BROADLEAF, seasons.leaves(felt))
    _lay(crown, spectra.AUTUMN_LEAF, seasons.autumn(felt) * (0.55 + 0.45 * noise.ramp(land.grain, -1, 1)))
    trees = _between(spectra.CONIFER, crown, land.broadleaved)
    trees *= 1 + 0.09 * land.grain
    stand = noise.ramp(land.wood, -0.04, 0.06)
    thrown = felled(land, year)
    _lay(image, trees, stand * np.where(thrown, 0.15, 1))
    _lay(image, spectra.SOIL, stand * thrown * 0.5)


def _lay_houses(image: Image, land: Landscape, year: int) -> None:
    """Roofs among gardens: denser towards the middle of a place."""
    density = built_up(land, year) * (0.5 + 0.42 * noise.ramp(land.houses, 0.9, 1.8))
    mixture = noise.ramp(land.grain, -1.2, 1.2)
    _lay(image, _between(spectra.GREY_ROOF, spectra.RED_ROOF, mixture), density * (0.75 + 0.25 * mixture))
    _lay(image, spectra.ASPHALT, land.roads)


def _open_to_snow(land: Landscape) -> Field:
    """Trees, houses and running water hide most of the snow."""
    hidden = 0.86 * noise.ramp(land.wood, -0.04, 0.06) * (1 - 0.45 * land.broadleaved)
    hidden = np.maximum(hidden, 0.45 * (land.houses > 1))
    return np.asarray(1 - np.maximum(hidden, np.maximum(land.river, 0.6 * land.roads)), np.float32)


def _between(low: Spectrum | Image, high: Spectrum | Image, share: Field) -> Image:
    """A new image: ``low`` where the share is 0, ``high`` where it is 1."""
    image = np.broadcast_to(_spread(low), (len(spectra.BANDS), *share.shape)).astype(np.float32)
    _lay(image, high, share)
    return image


def _lay(image: Image, material: Spectrum | Image, share: Field | Mask) -> None:
    """Cover a share of each pixel, 0…1, with the material; changes the image."""
    image += np.asarray(share, np.float32) * (_spread(material) - image)


def _spread(material: Spectrum | Image) -> Image:
    return material[:, None, None] if material.ndim == 1 else material
