"""Is it a COG?"""

import numpy as np
import pytest
import rasterio
from rasterio.enums import Resampling

from django_stac.raster.cog import is_cog
from django_stac.raster.read import opened
from tests.raster.conftest import write
from tests.shared import SHARED, needs_shared

RASTERS = SHARED / "data" / "rasters"
LARGE = np.arange(600 * 600, dtype="uint16").reshape(600, 600)


def cog(path):
    with opened(path) as dataset:
        return is_cog(dataset)


def with_overviews(path):
    with rasterio.open(path, "r+") as dataset:
        dataset.build_overviews([2, 4], Resampling.nearest)
    return path


def test_what_the_cog_driver_wrote_is_one(tmp_path):
    assert cog(write(tmp_path / "a.tif", LARGE, driver="COG", blocksize=128))


def test_a_small_tiled_file_is_one(tmp_path):
    assert cog(write(tmp_path / "a.tif", LARGE[:200, :200], tiled=True, blockxsize=128, blockysize=128))


def test_a_large_file_without_overviews_is_none(tmp_path):
    assert not cog(write(tmp_path / "a.tif", LARGE, tiled=True, blockxsize=128, blockysize=128))


def test_strips_are_none(tmp_path):
    assert not cog(write(tmp_path / "a.tif", LARGE[:200, :200]))


def test_overviews_behind_the_pixels_are_none(tmp_path):
    assert not cog(with_overviews(write(tmp_path / "a.tif", LARGE, tiled=True, blockxsize=128, blockysize=128)))


def test_a_copy_with_its_overviews_in_front_is_one(tmp_path):
    source = with_overviews(write(tmp_path / "a.tif", LARGE, tiled=True, blockxsize=128, blockysize=128))
    options = {"tiled": "YES", "blockxsize": "128", "blockysize": "128", "copy_src_overviews": "YES"}
    rasterio.shutil.copy(source, tmp_path / "b.tif", driver="GTiff", **options)
    assert cog(tmp_path / "b.tif")


def test_other_formats_are_none(tmp_path):
    assert not cog(write(tmp_path / "a.img", LARGE, driver="HFA"))


@needs_shared
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("prairie-naip/m_4709963_se_14_1_20090818.tif", True),
        ("elevation/swiss_dem.tif", True),
        ("misc/goes_fulldisk.tif", True),
        ("ucayali-landsat/1985.tif", False),
        ("everglades-mangrove-2020/GMW_N26W082_2020_v3.tif", False),
        ("olinda/L7_ETMs.tif", False),
        ("misc/aruba_population_2020.tif", False),
    ],
)
def test_real_files_are_what_their_list_says(name, expected):
    assert cog(RASTERS / name) is expected
