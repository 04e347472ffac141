"""Heights as a picture."""

import numpy as np
import pytest
from rasterio.crs import CRS
from rasterio.transform import Affine

from django_stac.raster.read import Grid, opened
from django_stac.raster.relief import relief_of, shows_heights
from django_stac.raster.sample import sample_of
from tests.raster.conftest import RAMP, write
from tests.shared import SHARED, needs_shared

HEIGHTS = RAMP.astype("float32") * 3.5


def shows(path):
    with opened(path) as dataset:
        return shows_heights(dataset, sample_of(dataset).bands[0])


def drawn(values, *, transform=None, crs=32632):
    transform = transform or Affine(10, 0, 600_000, 0, -10, 5_800_000)
    rows, columns = values.shape
    grid = Grid(crs=CRS.from_epsg(crs), transform=transform, width=columns, height=rows, measured=True)
    return relief_of(np.ma.masked_invalid(values), grid).astype(int)


def hill(side=64):
    rows, columns = np.indices((side, side)) - side / 2
    return 500 + 100 * np.exp(-(rows**2 + columns**2) / 200)


# What is drawn so


@pytest.mark.parametrize("unit", ["m", "metre", "meters"])
def test_metres_are_heights(tmp_path, unit):
    assert shows(write(tmp_path / "a.tif", HEIGHTS, units=(unit,)))


@pytest.mark.parametrize("name", ["dem_west", "swiss-DEM", "Copernicus_DSM_30", "elevation"])
def test_a_name_tells_too(tmp_path, name):
    assert shows(write(tmp_path / f"{name}.tif", HEIGHTS))


def test_so_does_a_description(tmp_path):
    assert shows(write(tmp_path / "a.tif", HEIGHTS, descriptions=("Elevation above sea level",)))


@pytest.mark.parametrize("name", ["demand", "academic", "plain", "tandem"])
def test_a_name_that_merely_contains_it_does_not(tmp_path, name):
    assert not shows(write(tmp_path / f"{name}.tif", HEIGHTS))


def test_levels_are_no_surface(tmp_path):
    assert not shows(write(tmp_path / "dem.tif", HEIGHTS // 100))


def test_bytes_and_several_bands_are_no_heights(tmp_path):
    assert not shows(write(tmp_path / "dem.tif", RAMP))
    assert not shows(write(tmp_path / "dem_2.tif", np.stack([HEIGHTS, HEIGHTS])))


# How


def test_the_light_comes_from_the_north_west():
    picture = drawn(hill())[:3].sum(axis=0)
    assert picture[26, 26] > picture[38, 38] + 100


@pytest.mark.parametrize(
    ("transform", "order"),
    [
        (Affine(10, 0, 600_000, 0, 10, 5_799_360), np.s_[:, ::-1]),
        (Affine(-10, 0, 600_640, 0, -10, 5_800_000), np.s_[:, :, ::-1]),
    ],
)
def test_it_does_so_whatever_the_order_of_the_pixels(transform, order):
    assert (drawn(hill()[order[1:]], transform=transform) == drawn(hill())[order]).all()


def test_high_is_lighter_than_low():
    ground = np.repeat(np.linspace(0.1, 800, 64)[:, None], 64, axis=1)
    picture = drawn(ground)[:3, :, 5].sum(axis=0)
    assert picture[-2] > picture[2] + 100


def test_plains_show_their_forms_as_mountains_do():
    assert drawn(500 + (hill() - 500) / 20)[:3].std() == pytest.approx(drawn(hill())[:3].std(), rel=0.2)


def test_degrees_show_their_forms_too():
    picture = drawn(hill(), transform=Affine(0.0001, 0, 8, 0, -0.0001, 47), crs=4326)
    assert picture[:3].std() == pytest.approx(drawn(hill())[:3].std(), rel=0.2)


def test_a_plain_sea_is_blue():
    red, _, blue, alpha = drawn(np.where(np.indices((64, 64))[1] > 40, 0.0, hill()))
    assert (blue[:, 42:] > red[:, 42:] + 30).all()
    assert (alpha == 255).all()


def test_what_is_unknown_is_transparent_and_throws_no_shadow():
    hole = hill()
    hole[:10] = np.nan
    picture = drawn(hole)
    assert (picture[3, :10] == 0).all()
    assert np.abs(picture[:3, 10, :5] - picture[:3, 12, :5]).max() < 5


def test_a_flat_country_is_drawn():
    assert (drawn(np.full((8, 8), 3.0))[3] == 255).all()


@needs_shared
@pytest.mark.parametrize(
    ("name", "heights"), [("dc_dsm", True), ("dc_dtm", True), ("swiss_dem", True), ("dc_hag", False)]
)
def test_real_elevation_models_are_known(name, heights):
    assert shows(SHARED / "data" / "rasters" / "elevation" / f"{name}.tif") is heights
