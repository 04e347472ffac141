"""Tiny rasters named after their quirk, made by rasterio: nothing binary is committed."""

import warnings
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.errors import NotGeoreferencedWarning
from rasterio.transform import Affine


# rasterio's own from_origin multiplies in a way that the newest affine warns of.
def north_up(west: float, north: float, width: float, height: float) -> Affine:
    return Affine(width, 0, west, 0, -height, north)


RAMP = np.arange(1, 97, dtype="uint8").reshape(8, 12)


def write(path: Path, data=RAMP, *, crs="EPSG:32631", transform=None, tags=None, **profile) -> Path:
    """Write an array (rows, columns) or (band, rows, columns); the default lies in the Netherlands, 10 m pixels."""
    data = np.asarray(data)
    data = data[None] if data.ndim == 2 else data
    transform = north_up(600_000, 5_800_000, 10, 10) if transform is None else transform
    shape = {"count": data.shape[0], "height": data.shape[1], "width": data.shape[2]}
    extras = {
        name: profile.pop(name, None)
        for name in ("colormap", "descriptions", "scales", "offsets", "units", "colorinterp")
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        if not transform.is_identity:
            profile["transform"] = transform
        profile = {"driver": "GTiff", "dtype": profile.pop("dtype", data.dtype.name), **shape, **profile}
        with rasterio.open(path, "w", crs=crs, **profile) as file:
            file.write(data)
            if tags:  # even empty tags make GDAL move the directory behind the pixels
                file.update_tags(**tags)
            if colormap := extras.pop("colormap"):
                file.write_colormap(1, colormap)
            for name, value in extras.items():
                if value is not None:
                    setattr(file, name, value)
    return path


def _swath(side: int = 200) -> np.ndarray:
    rows, columns = np.mgrid[:side, :side]
    seen = (columns + rows * 0.3 > side * 0.3) & (columns + rows * 0.3 < side * 1.1)
    return np.where(seen, 100, 0).astype("uint8")


def _speckle(side: int = 200) -> np.ndarray:
    return (np.random.default_rng(1).random((side, side)) > 0.7).astype("uint8")


@pytest.fixture(scope="session")
def quirks(tmp_path_factory) -> dict[str, Path]:
    """Rasters by quirk."""
    folder = tmp_path_factory.mktemp("quirks")

    def made(name, data=RAMP, **profile):
        return write(folder / f"{name}_20200514.tif", data, **profile)

    turned = Affine(7, 7, 600_000, 7, -7, 5_800_000)
    floats = RAMP.astype("float32")
    holed = np.where(RAMP < 20, np.nan, floats)
    masked = np.where(RAMP < 20, 0, RAMP)
    polar = north_up(-100_000, 100_000, 25_000, 25_000)
    wide = north_up(178, -16, 0.5, 0.5)
    legend = "1  Tree cover\n2  Bare / sparse vegetation\n250 Snow\n"
    return {
        "plain": made("plain"),
        "rotated": made("rotated", transform=turned),
        "south_up": made("south_up", transform=Affine(10, 0, 600_000, 0, 10, 5_799_920)),
        "antimeridian": made("antimeridian", crs="EPSG:4326", transform=wide),
        "antimeridian_utm": made(
            "antimeridian_utm", crs="EPSG:32601", transform=north_up(100_000, 5e6, 20_000, 20_000)
        ),
        "pacific": made("pacific", crs="EPSG:4326", transform=north_up(0, 90, 30, 22.5)),
        "north_pole": made("north_pole", RAMP[:8, :8], crs="EPSG:3413", transform=polar),
        "south_pole": made("south_pole", RAMP[:8, :8], crs="EPSG:3031", transform=polar),
        "pole_corner": made(
            "pole_corner", RAMP[:4, :4], crs="EPSG:3413", transform=north_up(0, 100_000, 25_000, 25_000)
        ),
        "mercator_world": made(
            "mercator_world", crs="EPSG:3857", transform=north_up(-20037508.34, 15e6, 20037508.34 / 6, 3.75e6)
        ),
        "nodata_nan": made("nodata_nan", holed, nodata=np.nan),
        "nan_undeclared": made("nan_undeclared", holed),
        "all_nodata": made("all_nodata", np.zeros((8, 12), "uint8"), nodata=0),
        "masked": made("masked", masked, nodata=0),
        "complex": made("complex", floats.astype("complex64")),
        "int8": made("int8", RAMP.astype("int8"), nodata=-1),
        "uint64": made("uint64", RAMP.astype("uint64"), nodata=200),
        "infinite": made("infinite", np.where(RAMP == 5, np.inf, floats)),
        "extreme": made("extreme", np.where(RAMP < 50, 1, -1) * np.finfo("float64").max),
        "one_pixel": made("one_pixel", RAMP[:1, :1]),
        "constant": made("constant", np.full((8, 12), 7, "uint8")),
        "scaled": made(
            "scaled",
            np.stack([RAMP, RAMP]),
            scales=(0.01, 1.0),
            offsets=(-1.0, 0.0),
            units=("K", ""),
            descriptions=("temperature", ""),
        ),
        "four_bit": made("four_bit", RAMP % 16, nbits=4),
        "rgb": made("rgb", np.stack([RAMP, RAMP + 10, RAMP + 20]), photometric="RGB"),
        "named_bgr": made(
            "named_bgr", np.stack([RAMP, RAMP, 97 - RAMP]).astype("uint16"), descriptions=("blue", "green", "red")
        ),
        "alpha": made(
            "alpha",
            np.stack([RAMP, RAMP, RAMP, np.where(RAMP < 20, 0, 255).astype("uint8")]),
            photometric="RGB",
            alpha="yes",
        ),
        "colour_table": made(
            "colour_table", RAMP % 3, nodata=0, colormap={0: (0, 0, 0, 0), 1: (0, 100, 0, 255), 2: (255, 187, 34, 255)}
        ),
        "legend": made("legend", RAMP % 3, nodata=0, colormap={1: (0, 100, 0, 255)}, tags={"legend": legend}),
        "picture": made("picture", RAMP, colormap={value: (value, 255 - value, 9, 255) for value in range(256)}),
        "swath": made("swath", _swath(), nodata=0),
        "speckle": made("speckle", _speckle(), nodata=0),
        "no_crs": made("no_crs", crs=None),
        "no_position": made("no_position", transform=Affine.identity()),
        "flat_pixels": made("flat_pixels", transform=Affine(10, 0, 600_000, 0, 0, 5_800_000)),
        "off_the_earth": made("off_the_earth", transform=north_up(1e12, 1e12, 10, 10)),
        "wrong_crs": made("wrong_crs", crs="EPSG:4326"),
    }
