"""A scene's files become one sound STAC item."""

from pathlib import Path

import pytest

from django_stac.raster.discover import scenes
from django_stac.raster.item import ReadOptions, read_scene
from tests.shared import SHARED, needs_shared

RASTERS = SHARED / "data" / "rasters"


@needs_shared
@pytest.mark.parametrize(
    ("folder", "count"),
    [("ucayali-landsat", 8), ("prairie-naip", 3), ("worldcover-2021", 1), ("everglades-mangrove-2020", 1)],
)
def test_each_file_of_a_folder_is_an_item(folder, count):
    readings = [read_scene(scene, ReadOptions()) for scene in scenes([RASTERS / folder])]
    assert len(readings) == count
    assert all(Path(path).is_file() for reading in readings for path in reading.files.values())
