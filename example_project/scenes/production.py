"""The list of all scenes and their making. How a scene looks is told by the other modules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from rasterio.enums import ColorInterp

from .acquisitions import ACQUISITIONS, Acquisition
from .clouds import make_sky
from .grid import Mask
from .land_cover import COVERS, cover_map
from .landscape import Landscape, make_landscape
from .raster import Layer, Picture, save
from .reflectance import seen
from .spectra import BANDS
from .sunlight import sun_at

SIZE = 640
YEARS = (2022, 2023, 2024)
SURVEYED = "2021-09-08T00:00:00Z"
DEM_NODATA = -9999.0
SCALE = 0.0001
INTERPRETATIONS = {"blue": ColorInterp.blue, "green": ColorInterp.green, "red": ColorInterp.red}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    path: str
    """Relative to the folder of all scenes."""
    draw: Callable[[Landscape], Picture]


def make_scenes(folder: Path, *, progress: Callable[[str], None] | None = None, size: int = SIZE) -> list[Path]:
    """Write the scenes of three collections below ``folder``, keep those that exist, return all their paths.

    ``progress`` gets one line for each file that is written. ``size`` is the width of the whole landscape in
    pixels; the ground that they cover stays the same.
    """
    every = list(scenes())
    for number, scene in enumerate(every, start=1):
        path = folder / scene.path
        if not path.exists():
            save(scene.draw(make_landscape(size)), path)
            if progress:
                progress(f"{number}/{len(every)} {scene.path}")
    return [folder / scene.path for scene in every]


def scenes() -> Iterator[Scene]:
    """Every scene of the demo, in the order of the collections."""
    for half in ("west", "east"):
        yield Scene(path=f"elevation/dem_{half}.tif", draw=partial(elevation, half=half))
    for year in YEARS:
        yield Scene(path=f"land-cover/landcover_{year}.tif", draw=partial(land_cover, year=year))
    for pass_ in ACQUISITIONS:
        yield Scene(path=f"sentinel-2-like/{pass_.name}.tif", draw=partial(optical, pass_=pass_))


def elevation(land: Landscape, half: str) -> Picture:
    """Metres above the sea, to the decimetre; one half of the landscape."""
    middle = land.grid.size // 2
    columns = slice(0, middle) if half == "west" else slice(middle, None)
    return Picture(
        pixels=np.round(land.height[None, :, columns], 1).astype(np.float32),
        transform=land.grid.transform(first_column=columns.start),
        layers=[Layer(name="elevation", unit="m")],
        nodata=DEM_NODATA,
        predictor="FLOATING_POINT",
        tags={
            "ACQUISITION_DATETIME": SURVEYED,
            "TIFFTAG_IMAGEDESCRIPTION": f"Elevation model, {half}ern half",
        },
    )


def land_cover(land: Landscape, year: int) -> Picture:
    """One class a pixel; colours and names are those of ``COVERS``."""
    return Picture(
        pixels=cover_map(land, year)[None],
        transform=land.grid.transform(),
        layers=[Layer(name="land cover", interpretation=ColorInterp.palette)],
        nodata=0,
        predictor="NO",
        resampling="MODE",
        tags={
            "TIFFTAG_IMAGEDESCRIPTION": f"Land cover {year}",
            "CATEGORY_NAMES": "; ".join(f"{cover.value}: {cover.name}" for cover in COVERS),
        },
        colours={cover.value: cover.colour for cover in COVERS},
        categories=["No data", *(cover.name for cover in COVERS)],
    )


def optical(land: Landscape, pass_: Acquisition) -> Picture:
    """Reflectance in ten-thousandths, five bands; 0 outside the swath."""
    sun = sun_at(pass_.when)
    sky = make_sky(land.grid, land.height, sun, kind=pass_.kind, cover=pass_.cover, seed=pass_.seed)
    day = pass_.when.timetuple().tm_yday
    image = seen(land, sky, sun, year=pass_.when.year, day=day, snow_shift=pass_.snow_shift)
    swath = _swath(land, pass_)
    return Picture(
        pixels=(np.maximum(np.round(image / (10 * SCALE)) * 10, 1) * swath).astype(np.uint16),
        transform=land.grid.transform(),
        layers=_optical_layers(),
        nodata=0,
        predictor="STANDARD",
        tags={
            "ACQUISITION_DATETIME": f"{pass_.when:%Y-%m-%dT%H:%M:%SZ}",
            "CLOUD_COVER": f"{sky.cover(swath):.1f}",
            "SUN_AZIMUTH": f"{sun.azimuth:.2f}",
            "SUN_ELEVATION": f"{sun.elevation:.2f}",
            "TIFFTAG_DATETIME": f"{pass_.when:%Y:%m:%d %H:%M:%S}",
            "TIFFTAG_IMAGEDESCRIPTION": f"Surface reflectance, {pass_.when:%d %B %Y}",
        },
    )


def _optical_layers() -> list[Layer]:
    return [
        Layer(
            name=band.name,
            interpretation=INTERPRETATIONS.get(band.name, ColorInterp.undefined),
            unit="1",
            scale=SCALE,
            imagery={"CENTRAL_WAVELENGTH_UM": f"{band.centre:.3f}", "FWHM_UM": f"{band.width:.3f}"},
        )
        for band in BANDS
    ]


def _swath(land: Landscape, pass_: Acquisition) -> Mask:
    east, south = land.grid.metres()
    # The orbit leans: the edge of the swath runs from north-north-east to south-south-west.
    return east + 0.22 * south >= pass_.missing_west
