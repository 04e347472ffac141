"""Classes from legends and colour tables."""

import re

import pytest

from django_stac.raster.classes import classes_of
from django_stac.raster.read import opened
from tests.shared import SHARED, needs_shared

RASTERS = SHARED / "data" / "rasters"


def classes(path):
    with opened(path) as dataset:
        return classes_of(dataset, 1)


def test_a_colour_table_gives_the_values_that_have_a_colour(quirks):
    assert classes(quirks["colour_table"]) == [
        {"value": 1, "name": "class_1", "color_hint": "006400"},
        {"value": 2, "name": "class_2", "color_hint": "FFBB22"},
    ]


def test_a_legend_gives_titles_and_names(quirks):
    assert classes(quirks["legend"]) == [
        {"value": 1, "name": "tree_cover", "title": "Tree cover", "color_hint": "006400"},
        {"value": 2, "name": "bare_sparse_vegetation", "title": "Bare / sparse vegetation", "color_hint": "000000"},
        {"value": 250, "name": "snow", "title": "Snow", "color_hint": "000000"},
    ]


@pytest.mark.parametrize("quirk", ["plain", "picture", "rgb"])
def test_other_rasters_have_no_classes(quirks, quirk):
    assert classes(quirks[quirk]) == []


@needs_shared
def test_the_real_land_cover_has_its_eleven_classes():
    found = classes(next((RASTERS / "worldcover-2021").glob("*.tif")))
    assert [entry["value"] for entry in found] == [10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 100]
    assert found[0] == {"value": 10, "name": "tree_cover", "title": "Tree cover", "color_hint": "006400"}


@needs_shared
def test_real_mangroves_are_one_class():
    found = classes(next((RASTERS / "everglades-mangrove-2020").glob("*.tif")))
    assert found == [{"value": 1, "name": "class_1", "color_hint": "009600"}]


@needs_shared
def test_names_of_real_classes_are_what_the_extension_allows():
    found = classes(next((RASTERS / "kansas-cropland-2021").glob("*cdls*.tif")))
    assert len({entry["name"] for entry in found}) == len(found) > 100
    assert all(re.fullmatch(r"[0-9A-Za-z_-]+", entry["name"]) for entry in found)
