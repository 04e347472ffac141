"""Where the data of a raster lie: its edge, or the hull of a swath."""

import numpy as np
import pytest

from django_stac.raster.discover import scenes
from django_stac.raster.item import ReadOptions, read_scene
from django_stac.raster.outline import edge_of, outline_of
from django_stac.raster.read import grid_of, opened
from django_stac.raster.sample import sample_of
from tests.raster.conftest import write
from tests.shared import SHARED, needs_shared

RASTERS = SHARED / "data" / "rasters"


def outlines(path):
    with opened(path) as dataset:
        grid = grid_of(path, dataset, None)
        return outline_of(grid, sample_of(dataset)), edge_of(grid)


@pytest.mark.parametrize("quirk", ["plain", "all_nodata", "speckle", "one_pixel", "rgb", "complex"])
def test_the_edge_is_the_outline_unless_nodata_surround_a_swath(quirks, quirk):
    outline, edge = outlines(quirks[quirk])
    assert outline.equals(edge)


def test_nodata_beside_a_swath_lie_outside(quirks):
    outline, edge = outlines(quirks["swath"])
    assert outline.area == pytest.approx(0.78 * edge.area, rel=0.02)


def test_clouds_inside_a_swath_stay_inside(tmp_path):
    seen = np.zeros((200, 200), "uint8")
    seen[20:180, 20:180] = 9
    seen[80:120, 80:120] = 0
    outline, edge = outlines(write(tmp_path / "cloud.tif", seen, nodata=0))
    assert outline.area == pytest.approx(0.64 * edge.area, rel=0.02)


def test_a_small_island_is_content_of_its_tile(tmp_path):
    land = np.zeros((200, 200), "uint8")
    land[90:110, 90:110] = 1
    outline, edge = outlines(write(tmp_path / "island.tif", land, nodata=0))
    assert outline.equals(edge)


def test_a_transparent_margin_lies_outside(tmp_path):
    rgba = np.full((4, 100, 100), 200, "uint8")
    rgba[3, :, :30] = 0
    outline, edge = outlines(write(tmp_path / "alpha.tif", rgba, photometric="RGB", alpha="yes"))
    assert outline.area == pytest.approx(0.7 * edge.area, rel=0.02)


@needs_shared
@pytest.mark.parametrize(
    ("place", "share"),
    [
        ("worldcover-2021", 0.62),
        ("sentinel2-libya", 0.74),
        ("landsat8-c2-colombia", 0.70),
        ("canberra-landsat5", 0.94),
        ("everglades-mangrove-2020", 1),
        ("hawaii-lcmap-2020", 1),
        ("global-sst", 1),
    ],
)
def test_real_swaths_and_backgrounds_are_told_apart(place, share):
    path = scenes([RASTERS / place])[0].rasters[-1]
    outline, edge = outlines(path)
    assert outline.area / edge.area == pytest.approx(share, abs=0.01)


@needs_shared
def test_a_quality_band_does_not_fill_the_swath_of_its_scene():
    (scene,) = scenes([RASTERS / "landsat8-c2-colombia"])
    item = read_scene(scene, ReadOptions()).item
    assert len(item["geometry"]["coordinates"][0]) < 20
