"""Titles that people can read."""

import pytest

from django_stac.raster.titles import title_of


def title(token, *bands):
    return title_of(token, list(bands), "S_20200514.tif")


def test_a_lone_file_keeps_its_name():
    assert title(None, {"name": "band-1", "eo:common_name": "red"}) == "S_20200514.tif"


@pytest.mark.parametrize(
    ("token", "common", "expected"),
    [
        ("B4", "red", "Red (B4)"),
        ("RED", "red", "Red"),
        ("B11", "swir16", "Short-wave infrared 1.6 µm (B11)"),
        ("B05", "rededge071", "Red edge 0.71 µm (B05)"),
        ("NIR", "nir", "Near infrared (NIR)"),
    ],
)
def test_a_band_is_called_by_its_common_name(token, common, expected):
    assert title(token, {"name": token, "eo:common_name": common}) == expected


def test_a_description_says_it_better():
    assert title("B10", {"name": "Surface temperature", "eo:common_name": "lwir11"}) == "Surface temperature (B10)"


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("QA_PIXEL", "Pixel quality (QA_PIXEL)"),
        ("SCL_20m", "Scene classification (SCL_20m)"),
        ("VV", "VV polarisation"),
    ],
)
def test_a_layer_is_called_by_its_kind(token, expected):
    assert title(token, {"name": token}) == expected


def test_a_file_of_several_bands_too():
    assert title("TCI", {"name": "red"}, {"name": "green"}, {"name": "blue"}) == "True colour (TCI)"


@pytest.mark.parametrize(("token", "expected"), [("B5", "Band B5"), ("QA_SNOW", "QA_SNOW")])
def test_of_other_files_the_token_is_told(token, expected):
    assert title(token, {"name": token}) == expected
