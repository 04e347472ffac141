"""The bands of an asset."""

import json

import pytest

from django_stac.raster.bands import bands_of
from django_stac.raster.read import opened
from django_stac.raster.sample import sample_of


def bands(path, token=None):
    with opened(path) as dataset:
        return bands_of(dataset, sample_of(dataset), 10.0, token)


def test_bands_keep_the_order_of_the_file(quirks):
    assert [band["name"] for band in bands(quirks["named_bgr"])] == ["blue", "green", "red"]


def test_bands_without_a_name_are_numbered(quirks):
    assert [band["name"] for band in bands(quirks["scaled"])] == ["temperature", "band-2"]


def test_a_lone_band_takes_the_token_of_its_file(quirks):
    assert bands(quirks["plain"], "B10")[0]["name"] == "B10"


@pytest.mark.parametrize(
    ("quirk", "data_type"),
    [("plain", "uint8"), ("int8", "int8"), ("uint64", "uint64"), ("nodata_nan", "float32"), ("complex", "cfloat32")],
)
def test_data_types_are_those_of_the_specification(quirks, quirk, data_type):
    assert bands(quirks[quirk])[0]["data_type"] == data_type


@pytest.mark.parametrize(("quirk", "nodata"), [("nodata_nan", "nan"), ("masked", 0), ("int8", -1), ("uint64", 200)])
def test_nodata_is_a_number_or_its_name(quirks, quirk, nodata):
    assert bands(quirks[quirk])[0]["nodata"] == nodata


def test_no_nodata_no_field(quirks):
    assert "nodata" not in bands(quirks["plain"])[0]


def test_scale_offset_and_unit_stand_where_they_are(quirks):
    first, second = bands(quirks["scaled"])
    assert (first["raster:scale"], first["raster:offset"], first["unit"]) == (0.01, -1.0, "K")
    assert not {"raster:scale", "raster:offset", "unit"} & set(second)


def test_bits_and_sampling_are_told(quirks):
    band = bands(quirks["four_bit"])[0]
    assert (band["raster:bits_per_sample"], band["raster:sampling"]) == (4, "area")


def test_common_names_come_from_colours(quirks):
    assert [band["eo:common_name"] for band in bands(quirks["rgb"])] == ["red", "green", "blue"]


def test_common_names_come_from_descriptions(quirks):
    assert [band["eo:common_name"] for band in bands(quirks["named_bgr"])] == ["blue", "green", "red"]


def test_common_names_come_from_the_name_of_the_file(quirks):
    assert bands(quirks["plain"], "NIR")[0]["eo:common_name"] == "nir"


def test_a_grey_band_has_no_common_name(quirks):
    assert "eo:common_name" not in bands(quirks["plain"])[0]


@pytest.mark.parametrize("quirk", ["all_nodata", "complex"])
def test_a_band_without_statistics_says_nothing(quirks, quirk):
    assert "statistics" not in bands(quirks[quirk])[0]


@pytest.mark.parametrize(
    "quirk", ["nodata_nan", "infinite", "all_nodata", "complex", "constant", "one_pixel", "uint64"]
)
def test_bands_are_always_plain_json(quirks, quirk):
    json.dumps(bands(quirks[quirk]), allow_nan=False)
