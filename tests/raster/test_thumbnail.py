"""A small picture of a scene."""

import warnings

import numpy as np
import pytest
import rasterio
from rasterio.errors import NotGeoreferencedWarning
from rasterio.transform import Affine

from django_stac.raster.discover import scenes
from django_stac.raster.item import ReadOptions, read_scene
from tests.raster.conftest import RAMP, write
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
    assert picture(write(tmp_path / "wide.tif", np.ones((300, 1000), "uint8"))).shape == (4, 77, 256)


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


def test_heights_are_drawn_as_relief(tmp_path):
    red, _, blue, _ = picture(write(tmp_path / "dem.tif", RAMP.astype("float32"), units=("m",))).astype(int)
    assert (red > blue).any()


@pytest.mark.parametrize("quirk", ["all_nodata", "complex"])
def test_without_a_picture_there_is_still_an_item(quirks, quirk):
    reading = read_scene(scenes([quirks[quirk]])[0], ReadOptions())
    assert reading.thumbnail is None
    assert reading.item["id"] == f"{quirk}_20200514"


# Several files


def group(folder, *, product="LC08_L1TP_20200514", tokens=("B2", "B3", "B4"), **profile):
    """Write a scene of single bands, each bright where the others are dark."""
    for level, token in enumerate(tokens):
        values = np.where(level == RAMP % 3, 5000, 0).astype("uint16") + 1
        write(folder / f"{product}_{token}.tif", values, **profile)
    return folder


def test_red_green_and_blue_files_give_one_picture(tmp_path):
    drawn = picture(group(tmp_path))
    assert [colour[level == RAMP % 3].min() for level, colour in enumerate(drawn[2::-1])] == [255] * 3
    assert [colour[level != RAMP % 3].max() for level, colour in enumerate(drawn[2::-1])] == [0] * 3


def test_files_that_are_named_by_their_colours_do_too(tmp_path):
    drawn = picture(group(tmp_path, product="S", tokens=("BLUE", "GREEN", "RED")))
    assert (drawn[0] != drawn[2]).any()


def test_without_blue_the_near_infrared_is_drawn_as_red(tmp_path):
    drawn = picture(group(tmp_path, product="LC08_L2SP_20200514", tokens=("SR_B3", "SR_B4", "SR_B5")))
    assert [colour[level == RAMP % 3].min() for level, colour in enumerate(drawn[2::-1])] == [255] * 3


@pytest.mark.parametrize(
    ("product", "tokens"), [("S_20200514", ("B2", "B3", "B4")), ("LC08_L1TP_20200514", ("B3", "B4", "B6"))]
)
def test_when_a_colour_is_unknown_the_first_file_is_drawn(tmp_path, product, tokens):
    red, green, blue, _ = picture(group(tmp_path, product=product, tokens=tokens))
    assert (red == green).all()
    assert (green == blue).all()


def test_files_on_other_grids_are_not_mixed(tmp_path):
    group(tmp_path)
    write(tmp_path / "LC08_L1TP_20200514_B4.tif", RAMP[:4], transform=Affine(10, 0, 700_000, 0, -10, 5_800_000))
    red, green, *_ = picture(tmp_path)
    assert (red == green).all()


def test_a_picture_made_by_the_vendor_is_preferred(tmp_path):
    group(tmp_path)
    pixels = np.stack([RAMP, RAMP + 50, RAMP + 100])
    write(tmp_path / "LC08_L1TP_20200514_TCI.tif", pixels, photometric="RGB")
    assert (picture(tmp_path)[:3] == pixels).all()


def test_the_collar_of_a_scene_is_transparent(tmp_path):
    for token in ("B2", "B3", "B4"):
        write(tmp_path / f"LC08_L1TP_20200514_{token}.tif", np.where(RAMP < 30, 0, RAMP).astype("uint16"))
    assert ((picture(tmp_path)[3] == 0) == (RAMP < 30)).all()


def test_files_without_a_pixel_still_make_an_item(tmp_path):
    group(tmp_path)
    for path in tmp_path.glob("*.tif"):
        write(path, np.zeros((8, 12), "uint16"), nodata=0)
    assert read_scene(scenes([tmp_path])[0], ReadOptions()).thumbnail is None


@needs_shared
def test_a_real_landsat_5_is_in_colour():
    red, _, blue, alpha = picture(RASTERS / "canberra-landsat5")
    assert (red != blue).mean() > 0.5
    assert (alpha == 0).any()


@needs_shared
def test_real_reflectance_from_0_to_1_fills_the_range():
    (path,) = (RASTERS / "fishbourne-sentinel2").glob("*.tif")
    drawn = picture(path)
    assert drawn.shape == (4, 171, 256)
    assert 60 < drawn[:3].mean() < 200


@needs_shared
def test_a_quality_band_is_not_the_face_of_its_scene():
    assert len(np.unique(picture(RASTERS / "landsat8-c2-colombia")[0])) > 100
