"""Scale and offset that only the metadata of a product tell."""

import pytest

from django_stac.raster.rescaling import rescaling_of
from tests.raster.conftest import write
from tests.raster.test_item import read
from tests.shared import SHARED, needs_shared

RASTERS = SHARED / "data" / "rasters"
LEVEL_2 = "LEVEL2_SURFACE_REFLECTANCE_PARAMETERS"
LEVEL_1 = "LEVEL1_RADIOMETRIC_RESCALING"
AS_TEXT = """
  GROUP = {name}
    REFLECTANCE_MULT_BAND_3 = {scale}
    REFLECTANCE_ADD_BAND_3 = {offset}
  END_GROUP = {name}
"""
AS_XML = """
  <{name}>
    <REFLECTANCE_MULT_BAND_3>{scale}</REFLECTANCE_MULT_BAND_3>
    <REFLECTANCE_ADD_BAND_3>{offset}</REFLECTANCE_ADD_BAND_3>
  </{name}>
"""
AS_JSON = """
  "{name}": {{
    "REFLECTANCE_MULT_BAND_3": "{scale}",
    "REFLECTANCE_ADD_BAND_3": "{offset}"
  }},
"""


@pytest.fixture
def metadata(tmp_path):
    def made(*sections):
        path = tmp_path / "S_MTL.txt"
        path.write_text("".join(sections))
        return [path]

    return made


@pytest.mark.parametrize("syntax", [AS_TEXT, AS_XML, AS_JSON])
def test_the_figures_of_level_2_are_taken_and_not_those_of_level_1(metadata, syntax):
    other = syntax.format(name=LEVEL_1, scale="2.0E-05", offset="-0.1")
    ours = syntax.format(name=LEVEL_2, scale="2.75e-05", offset="-0.2")
    assert rescaling_of("SR_B3", metadata(other, ours)) == rescaling_of("SR_B3", metadata(ours, other))
    assert rescaling_of("SR_B3", metadata(other, ours)) == (2.75e-05, -0.2)


@pytest.mark.parametrize("token", ["B3", "SR_B4", "QA_PIXEL", "ST_B10", "SR_B3_10m"])
def test_of_other_bands_nothing_is_said(metadata, token):
    assert rescaling_of(token, metadata(AS_TEXT.format(name=LEVEL_2, scale="2.75e-05", offset="-0.2"))) is None


@pytest.mark.parametrize("offset", ["", "none", "nan"])
def test_a_scale_without_its_offset_is_nothing(metadata, offset):
    assert rescaling_of("SR_B3", metadata(AS_TEXT.format(name=LEVEL_2, scale="2.75e-05", offset=offset))) is None


def test_what_the_file_says_itself_comes_first(tmp_path):
    write(tmp_path / "S_20200514_SR_B3.tif", scales=(0.5,), offsets=(1.0,))
    write(tmp_path / "S_20200514_SR_B4.tif")
    (tmp_path / "S_20200514_MTL.txt").write_text(AS_TEXT.format(name=LEVEL_2, scale="2.75e-05", offset="-0.2"))
    assert read(tmp_path).item["assets"]["SR_B3"]["bands"][0]["raster:scale"] == 0.5


@needs_shared
def test_a_real_scene_of_level_2_has_the_scale_of_its_metadata():
    assets = read(RASTERS / "landsat8-c2-colombia").item["assets"]
    bands = {key: asset["bands"][0] for key, asset in assets.items() if "bands" in asset}
    scales = {key: (band.get("raster:scale"), band.get("raster:offset")) for key, band in bands.items()}
    surface = (2.75e-05, -0.2)
    assert scales == {"QA_PIXEL": (None, None), "SR_B3": surface, "SR_B4": surface, "SR_B5": surface}
