"""A small picture of a scene."""

import warnings

import numpy as np
import pytest
import rasterio
from rasterio.errors import NotGeoreferencedWarning
from rasterio.transform import Affine

from django_stac.raster.discover import scenes
from django_stac.raster.item import ReadOptions, read_scene
from tests.raster.conftest import write
from tests.shared import SHARED, needs_shared

RASTERS = SHARED / "data" / "rasters"


def picture(path, **options):
    """Return the thumbnail as red, green, blue, alpha."""
    thumbnail = read_scene(scenes([path])[0], ReadOptions(datetime="2020", **options)).thumbnail
    with warnings.catch_warnings(), rasterio.MemoryFile(thumbnail) as memory:
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with memory.open() as dataset:
            assert dataset.driver == "PNG"
            found = dataset.read()
    return np.vstack([found, np.full((4 - len(found), *found.shape[1:]), 255, "uint8")])


def test_the_longer_side_has_256_pixels_at_most(tmp_path):
    assert picture(write(tmp_path / "wide.tif", np.ones((300, 1000), "uint8"))).shape == (4, 75, 250)


def test_a_photograph_keeps_its_colours(quirks):
    with rasterio.open(quirks["rgb"]) as dataset:
        assert (picture(quirks["rgb"])[:3] == dataset.read()).all()


def test_named_bands_are_put_in_the_order_of_colours(quirks):
    red, green, blue, _ = picture(quirks["named_bgr"])
    assert (green == blue).all()
    assert red[0, 0] == 255
    assert red[-1, -1] == 0


def test_other_values_are_stretched(quirks):
    grey = picture(quirks["plain"])
    assert (grey[0] == grey[1]).all()
    assert (grey.min(), grey[0].max()) == (0, 255)


def test_a_colour_table_is_applied(quirks):
    drawn = picture(quirks["colour_table"])
    assert drawn[:, 0, 0].tolist() == [0, 100, 0, 255]
    assert drawn[:, 0, 1].tolist() == [255, 187, 34, 255]


@pytest.mark.parametrize("quirk", ["masked", "nodata_nan", "nan_undeclared", "alpha"])
def test_nodata_are_transparent(quirks, quirk):
    alpha = picture(quirks[quirk])[3]
    assert (alpha[0] == 0).all()
    assert (alpha[-1] == 255).all()


def test_a_south_up_raster_is_turned_over(quirks):
    assert (picture(quirks["south_up"]) == picture(quirks["plain"])[:, ::-1]).all()


def test_a_mirrored_raster_is_turned_round(tmp_path, quirks):
    path = write(tmp_path / "mirrored.tif", transform=Affine(-10, 0, 600_120, 0, -10, 5_800_000))
    assert (picture(path) == picture(quirks["plain"])[:, :, ::-1]).all()


def test_a_constant_band_is_grey(quirks):
    assert set(picture(quirks["constant"])[0].ravel()) == {128}


@pytest.mark.parametrize("quirk", ["all_nodata", "complex"])
def test_without_a_picture_there_is_still_an_item(quirks, quirk):
    reading = read_scene(scenes([quirks[quirk]])[0], ReadOptions())
    assert reading.thumbnail is None
    assert reading.item["id"] == f"{quirk}_20200514"


@needs_shared
def test_real_reflectance_from_0_to_1_fills_the_range():
    (path,) = (RASTERS / "fishbourne-sentinel2").glob("*.tif")
    drawn = picture(path)
    assert drawn.shape == (4, 100, 150)
    assert 60 < drawn[:3].mean() < 200


@needs_shared
def test_a_quality_band_is_not_the_face_of_its_scene():
    assert len(np.unique(picture(RASTERS / "landsat8-c2-colombia")[0])) > 100
