"""Category names from GDAL's side-car, and side-cars that are not to be trusted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.raster.categories import category_names
from django_stac.raster.classes import classes_of
from django_stac.raster.read import opened
from tests.raster.conftest import RAMP, write

NAMES = "<CategoryNames><Category>No data</Category><Category>Wood &amp; scrub</Category><Category>Water</Category>"
PAM = f'<PAMDataset><PAMRasterBand band="1">{NAMES}</CategoryNames></PAMRasterBand></PAMDataset>'


@pytest.fixture
def raster(tmp_path):
    def made(sidecar):
        path = write(tmp_path / "classes_2020.tif", RAMP % 3, nodata=0)
        content = sidecar if isinstance(sidecar, bytes) else sidecar.encode()
        path.with_name(f"{path.name}.aux.xml").write_bytes(content)
        return path

    return made


def test_names_stand_for_values_from_0(raster):
    assert category_names(raster(PAM), 1) == {0: "No data", 1: "Wood & scrub", 2: "Water"}


def test_each_band_has_its_own(raster):
    assert category_names(raster(PAM), 2) == {}


def test_an_empty_name_names_nothing(raster):
    path = raster(PAM.replace("<Category>No data</Category>", "<Category/><Category> </Category>"))
    assert category_names(path, 1) == {2: "Wood & scrub", 3: "Water"}


def test_without_a_sidecar_there_are_none(quirks):
    assert category_names(quirks["plain"], 1) == {}


@pytest.mark.parametrize(
    "sidecar",
    [
        "",
        "no xml",
        PAM[:-5],
        b"\xff\xfe\0<",
        '<?xml version="1.0" encoding="no-such-code"?>' + PAM,
        "<PAMDataset/>",
        "<a>" * 100_000,
    ],
)
def test_an_unsound_sidecar_is_passed_over(raster, sidecar):
    assert category_names(raster(sidecar), 1) == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_never_expanded(raster, encoding):
    bomb = '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;">]>' + PAM.replace("Water", "&y;")
    assert category_names(raster(bomb.encode(encoding)), 1) == {}


def test_a_sidecar_of_many_megabytes_is_not_read(raster):
    assert category_names(raster(PAM + " " * 2_000_000), 1) == {}


def test_categories_are_the_classes_of_a_band(raster):
    with opened(raster(PAM)) as dataset:
        assert classes_of(dataset, 1) == [
            {"value": 1, "name": "wood_scrub", "title": "Wood & scrub"},
            {"value": 2, "name": "water", "title": "Water"},
        ]


def test_a_legend_in_the_file_comes_before_the_sidecar(raster):
    path = raster(PAM)
    sidecar = path.with_name(f"{path.name}.aux.xml").read_bytes()
    write(path, RAMP % 3, tags={"legend": "1: Meadow"})
    path.with_name(f"{path.name}.aux.xml").write_bytes(sidecar)
    with opened(path) as dataset:
        assert [entry["title"] for entry in classes_of(dataset, 1)] == ["Meadow"]


@given(st.binary(max_size=40), st.integers(0, len(PAM)))
def test_no_sidecar_ever_breaks_the_reading(tmp_path_factory, noise, place):
    path = tmp_path_factory.getbasetemp() / "noisy.tif"
    path.with_name("noisy.tif.aux.xml").write_bytes(PAM[:place].encode() + noise + PAM[place:].encode())
    assert all(isinstance(name, str) for name in category_names(path, 1).values())
