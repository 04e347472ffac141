"""Clouds, the sun and the satellite: what tags and metadata say plainly, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.raster.conditions import conditions_of, facts_beside
from django_stac.raster.discover import Scene, scenes
from tests.shared import SHARED, needs_shared

RASTERS = SHARED / "data" / "rasters"
NAMES = ("CLOUD_COVER", "SUN_AZIMUTH", "SUN_ELEVATION", "SUN_ZENITH", "SPACECRAFT_ID", "SENSOR_ID")


@pytest.fixture
def beside(tmp_path):
    def made(text, name="S_MTL.txt"):
        (tmp_path / name).write_text(text)
        return facts_beside(Scene(id="S", rasters=(tmp_path / "S.tif",), sidecars=(tmp_path / name,)))

    return made


def said(tags=None, beside=None):
    return conditions_of(beside or {}, tags or {})


# Clouds


@pytest.mark.parametrize("name", ["CLOUD_COVER", "CLOUDY_PIXEL_PERCENTAGE", "eo:cloud_cover", "CLOUDCOVER"])
def test_cloud_cover_is_per_cent(name):
    assert said({name: "46.1"}) == {"eo:cloud_cover": 46.1}


@pytest.mark.parametrize("text", ["0", "100", "12.", " 7 "])
def test_the_bounds_belong_to_it(text):
    assert said({"CLOUD_COVER": text}) == {"eo:cloud_cover": float(text)}


@pytest.mark.parametrize("text", ["-1", "100.1", "999", "nan", "inf", "1e1", "12 %", "10-20", "", "none", "٣"])
def test_what_is_no_percentage_is_passed_over(text):
    assert said({"CLOUD_COVER": text}) == {}


def test_a_tag_of_a_wrong_form_leaves_room_for_the_next():
    assert said({"CLOUD_COVER": "-1", "CLOUDY_PIXEL_PERCENTAGE": "3"}) == {"eo:cloud_cover": 3}


def test_a_share_of_one_is_not_taken_for_per_cent(beside):
    assert said({"cloud_cover": "0.09"}) == {}
    assert said(beside=beside('{"cloud_cover": 0.09, "cloud_percent": 9}')) == {"eo:cloud_cover": 9}


def test_a_name_that_only_gdal_is_sure_of_counts_in_tags_only(beside):
    assert said(beside=beside("<CLOUDCOVER>0.05</CLOUDCOVER>")) == {}


# The sun


def test_the_sun_stands_where_the_tags_say():
    found = said({"SUN_AZIMUTH": "151.3", "SUN_ELEVATION": "-5.25"})
    assert found == {"view:sun_azimuth": 151.3, "view:sun_elevation": -5.25}


def test_an_azimuth_counted_to_the_west_is_turned_round():
    assert said({"SUN_AZIMUTH": "-90"}) == {"view:sun_azimuth": 270}


def test_an_elevation_comes_from_what_is_named_a_zenith():
    assert said({"MEAN_SOLAR_ZENITH_ANGLE": "32.9"}) == {"view:sun_elevation": 57.1}
    assert said({"SUN_ELEVATION": "60", "SUN_ZENITH": "10"}) == {"view:sun_elevation": 60}


@pytest.mark.parametrize("tags", [{"SUN_AZIMUTH": "361"}, {"SUN_ELEVATION": "91"}, {"ZENITH_ANGLE": "30"}])
def test_an_impossible_or_unclear_sun_is_passed_over(tags):
    assert said(tags) == {}


# The satellite


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("LANDSAT_8", "landsat-8"),
        ("Landsat-5", "landsat-5"),
        ("LANDSAT9", "landsat-9"),
        ("Sentinel-2A", "sentinel-2a"),
        ("SENTINEL-1B", "sentinel-1b"),
        ("Terra", "terra"),
    ],
)
def test_platforms_have_their_common_spelling(text, platform):
    assert said({"SPACECRAFT_ID": text}) == {"platform": platform}


@pytest.mark.parametrize("text", ["LANDSAT", "Sentinel-2", "UAV", "LANDSAT_8/9", "Terra and Aqua"])
def test_a_platform_that_is_not_sure_is_passed_over(text):
    assert said({"SPACECRAFT_ID": text}) == {}


@pytest.mark.parametrize(
    ("text", "instruments"), [("OLI_TIRS", ["oli", "tirs"]), ("TM", ["tm"]), ("ETM", ["etm+"]), ("MSI", ["msi"])]
)
def test_instruments_have_their_common_spelling(text, instruments):
    assert said({"SENSOR_ID": text}) == {"instruments": instruments}


def test_an_unknown_sensor_is_passed_over():
    assert said({"SENSOR_ID": "camera"}) == {}


# Who is believed


def test_the_tags_are_believed_before_the_metadata(beside):
    facts = beside("CLOUD_COVER = 3.5\nSUN_AZIMUTH = 120.5\n")
    assert said({"CLOUD_COVER": "9"}, facts) == {"eo:cloud_cover": 9, "view:sun_azimuth": 120.5}


def test_an_empty_tag_hides_nothing(beside):
    assert said({"CLOUD_COVER": " "}, beside("CLOUD_COVER = 3.5\n")) == {"eo:cloud_cover": 3.5}


@pytest.mark.parametrize(
    "text",
    ["    CLOUD_COVER = 3.50\n", "<CLOUD_COVER>3.50</CLOUD_COVER>", '"CLOUD_COVER": "3.50"', '"CLOUD_COVER": 3.50,'],
)
def test_metadata_come_in_several_syntaxes(beside, text):
    assert said(beside=beside(text)) == {"eo:cloud_cover": 3.5}


def test_metadata_that_are_no_text_say_nothing(tmp_path):
    (tmp_path / "S.xml").write_bytes(bytes(range(256)) * 50)
    assert facts_beside(Scene(id="S", rasters=(), sidecars=(tmp_path / "S.xml", tmp_path / "gone.xml"))) == {}


@needs_shared
def test_a_real_landsat_8_says_it_all():
    (scene,) = scenes([RASTERS / "landsat8-c2-colombia"])
    assert said(beside=facts_beside(scene)) == {
        "platform": "landsat-8",
        "instruments": ["oli", "tirs"],
        "eo:cloud_cover": 81.02,
        "view:sun_azimuth": 136.31696044,
        "view:sun_elevation": 57.08727307,
    }


@needs_shared
def test_a_real_landsat_5_of_another_maker_too():
    (scene,) = scenes([RASTERS / "canberra-landsat5"])
    found = said(beside=facts_beside(scene))
    assert (found["platform"], found["instruments"], found["eo:cloud_cover"]) == ("landsat-5", ["tm"], 23)


@given(st.dictionaries(st.sampled_from(NAMES), st.one_of(st.text(max_size=12), st.floats().map(str))))
def test_whatever_the_tags_are_what_is_said_is_within_its_bounds(tags):
    found = said(tags)
    assert 0 <= found.get("eo:cloud_cover", 0) <= 100
    assert 0 <= found.get("view:sun_azimuth", 0) <= 360
    assert -90 <= found.get("view:sun_elevation", 0) <= 90
