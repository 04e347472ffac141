"""Opening one raster, and refusing what is none."""

import os
import shutil

import numpy as np
import pytest
import rasterio
import rasterio.shutil
from rasterio.control import GroundControlPoint
from rasterio.transform import Affine

from django_stac.exceptions import UnreadableRaster
from django_stac.raster.discover import scenes
from django_stac.raster.item import ReadOptions, read_scene
from django_stac.raster.png import png
from django_stac.raster.read import grid_of, opened
from tests.raster.conftest import RAMP, write


def refusal(path, **options):
    (scene,) = scenes([path])
    with pytest.raises(UnreadableRaster) as caught:
        read_scene(scene, ReadOptions(**options))
    assert str(path.parent) not in str(caught.value)
    return str(caught.value)


@pytest.fixture
def file(tmp_path):
    def made(content, name="bad_2020.tif"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return made


def test_an_empty_file_is_refused(file):
    assert refusal(file(b"")) == "bad_2020.tif: is empty (0 bytes): copy it again."


def test_a_text_named_tif_is_refused(file):
    assert refusal(file(b"<html>Not found</html>")).startswith("bad_2020.tif: is not a raster, whatever its name says")


def test_a_header_without_pixels_is_refused(file, quirks):
    whole = quirks["plain"].read_bytes()
    assert refusal(file(whole[:200])).startswith("bad_2020.tif: cannot be read as a raster")


def test_a_download_cut_short_is_refused(tmp_path):
    noise = np.random.default_rng(1).integers(0, 255, (600, 600), dtype="uint8")
    path = write(tmp_path / "cut_2020.tif", noise, driver="COG", compress="deflate", blocksize=128)
    path.write_bytes(path.read_bytes()[:-5000])
    assert refusal(path).startswith("cut_2020.tif: cannot be read as a raster")


def test_random_bytes_behind_a_tiff_header_are_refused(file):
    noise = np.random.default_rng(1).bytes(4000)
    assert refusal(file(b"II*\0\x08\0\0\0" + noise)).startswith("bad_2020.tif: cannot be read as a raster")


def test_a_file_that_names_other_files_is_not_followed(file, quirks):
    vrt = f"<VRTDataset rasterXSize='1' rasterYSize='1'><!-- {quirks['plain']} --></VRTDataset>"
    assert "is not a raster" in refusal(file(vrt.encode()))


def test_a_picture_is_refused(file):
    assert "is not a raster" in refusal(file(png(np.zeros((4, 8, 8), dtype="uint8"))))


def test_a_raster_without_a_crs_asks_for_one(quirks):
    assert "has no coordinate reference system: name it with --crs EPSG:" in refusal(quirks["no_crs"])


def test_the_user_may_name_the_crs(quirks):
    (scene,) = scenes([quirks["no_crs"]])
    item = read_scene(scene, ReadOptions(crs="EPSG:32631")).item
    assert item["properties"]["proj:code"] == "EPSG:32631"


def test_the_crs_that_the_user_names_must_exist(quirks):
    assert "--crs 'EPSG:1' is no coordinate reference system" in refusal(quirks["plain"], crs="EPSG:1")


def test_a_raster_without_a_position_is_refused(quirks):
    assert "has no position on the Earth" in refusal(quirks["no_position"])


def test_pixels_of_no_size_are_refused(quirks):
    assert "pixels of no size" in refusal(quirks["flat_pixels"])


def test_a_file_that_is_gone_is_named(tmp_path):
    with pytest.raises(UnreadableRaster, match=r"^gone\.tif: cannot be opened"), opened(tmp_path / "gone.tif"):
        pass


@pytest.mark.parametrize(("driver", "name"), [("HFA", "a_2020.img"), ("JP2OpenJPEG", "a_2020.jp2")])
def test_other_formats_are_read(tmp_path, driver, name):
    path = write(tmp_path / name, np.tile(RAMP, (8, 8)), driver=driver)
    item = read_scene(scenes([path])[0], ReadOptions()).item
    assert item["properties"]["proj:shape"] == [64, 96]


def test_a_pipe_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe_2020.tif")
    with pytest.raises(UnreadableRaster, match=r"^pipe_2020\.tif: is no regular file"):
        read_scene(scenes([tmp_path])[0], ReadOptions())


def test_a_link_to_nowhere_is_refused(tmp_path):
    (tmp_path / "link_2020.tif").symlink_to(tmp_path / "nowhere.tif")
    with pytest.raises(UnreadableRaster, match=r"^link_2020\.tif: cannot be opened"):
        read_scene(scenes([tmp_path])[0], ReadOptions())


def test_a_url_is_no_file():
    with pytest.raises(UnreadableRaster, match=r"^a\.tif: there is no such file"):
        scenes(["https://example.com/a.tif"])


def test_a_netcdf_is_read(tmp_path, quirks):
    path = tmp_path / "a_2020.nc"
    rasterio.shutil.copy(quirks["plain"], path, driver="netCDF")
    item = read_scene(scenes([path])[0], ReadOptions()).item
    assert item["assets"]["data"]["type"] == "application/netcdf"


def test_a_world_file_gives_the_position(tmp_path, quirks):
    path = tmp_path / "worldly_2020.tif"
    shutil.copy(quirks["no_position"], path)
    path.with_suffix(".tfw").write_text("10\n0\n0\n-10\n600005\n5799995\n")
    with opened(path) as dataset:
        assert grid_of(path, dataset, None).transform.c == 600_000


def test_ground_control_points_give_the_position(tmp_path):
    corners = [(0, 0, 5.0, 50.0), (0, 12, 6.0, 50.0), (8, 0, 5.0, 49.0), (8, 12, 6.0, 49.0)]
    points = [GroundControlPoint(*corner) for corner in corners]
    path = write(tmp_path / "points_2020.tif", crs="EPSG:4326", transform=Affine.identity(), gcps=points)
    item = read_scene(scenes([path])[0], ReadOptions()).item
    assert item["bbox"] == pytest.approx([5, 49, 6, 50])
    assert "proj:transform" not in item["properties"]


def test_no_file_stays_open(quirks):
    with opened(quirks["plain"]) as dataset:
        pass
    assert dataset.closed
