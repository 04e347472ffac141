"""Category names from GDAL's side-car, and side-cars that are not to be trusted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.raster.categories import Category, categories
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


TABLE = """
<PAMDataset><PAMRasterBand band="1"><GDALRasterAttributeTable tableType="thematic">
  <FieldDefn index="0"><Name>Value</Name><Type>0</Type><Usage>5</Usage></FieldDefn>
  <FieldDefn index="1"><Name>Class</Name><Type>2</Type><Usage>2</Usage></FieldDefn>
  <FieldDefn index="2"><Name>R</Name><Type>0</Type><Usage>6</Usage></FieldDefn>
  <FieldDefn index="3"><Name>G</Name><Type>0</Type><Usage>7</Usage></FieldDefn>
  <FieldDefn index="4"><Name>B</Name><Type>0</Type><Usage>8</Usage></FieldDefn>
  <Row index="0"><F>0</F><F>Nothing</F><F>0</F><F>0</F><F>0</F></Row>
  <Row index="1"><F>2</F><F>Wood &amp; scrub</F><F>0</F><F>100</F><F>0</F></Row>
  <Row index="2"><F>41</F><F>Water</F><F>0</F><F>0</F><F>300</F></Row>
</GDALRasterAttributeTable></PAMRasterBand></PAMDataset>
"""


def named(path, band=1):
    return {value: category.name for value, category in categories(path, band).items()}


def test_names_stand_for_values_from_0(raster):
    assert named(raster(PAM), 1) == {0: "No data", 1: "Wood & scrub", 2: "Water"}


def test_each_band_has_its_own(raster):
    assert named(raster(PAM), 2) == {}


def test_an_empty_name_names_nothing(raster):
    path = raster(PAM.replace("<Category>No data</Category>", "<Category/><Category> </Category>"))
    assert named(path, 1) == {2: "Wood & scrub", 3: "Water"}


def test_more_names_than_classes_could_be_name_nothing(raster):
    def sidecar(count):
        names = "".join(f"<Category>{number}</Category>" for number in range(count))
        return PAM.replace("</CategoryNames>", f"{names}</CategoryNames>")

    assert len(named(raster(sidecar(997)))) == 1000
    assert named(raster(sidecar(998))) == {}


@pytest.mark.parametrize("value", ["1e300", "9007199254740994", "-9007199254740994", "inf", "nan"])
def test_a_value_beyond_exact_numbers_costs_its_class_only(raster, value):
    path = raster(TABLE.replace("<F>41</F>", f"<F>{value}</F>"))
    assert named(path) == {0: "Nothing", 2: "Wood & scrub"}
    with opened(path) as dataset:
        assert [each["value"] for each in classes_of(dataset, 1)] == [2]


def test_without_a_sidecar_there_are_none(quirks):
    assert named(quirks["plain"], 1) == {}


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
    assert named(raster(sidecar), 1) == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_never_expanded(raster, encoding):
    bomb = '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;">]>' + PAM.replace("Water", "&y;")
    assert named(raster(bomb.encode(encoding)), 1) == {}


def test_a_sidecar_of_many_megabytes_is_not_read(raster):
    assert named(raster(PAM + " " * 2_000_000), 1) == {}


def test_categories_are_the_classes_of_a_band(raster):
    with opened(raster(PAM)) as dataset:
        assert classes_of(dataset, 1) == [
            {"value": 1, "name": "wood_scrub", "title": "Wood & scrub"},
            {"value": 2, "name": "water", "title": "Water"},
        ]


def test_an_attribute_table_gives_values_names_and_colours(raster):
    assert categories(raster(TABLE), 1) == {
        0: Category("Nothing", (0, 0, 0)),
        2: Category("Wood & scrub", (0, 100, 0)),
        41: Category("Water"),
    }


def test_an_attribute_table_makes_the_classes_of_a_band(raster):
    with opened(raster(TABLE)) as dataset:
        assert classes_of(dataset, 1) == [
            {"value": 2, "name": "wood_scrub", "title": "Wood & scrub", "color_hint": "006400"},
            {"value": 41, "name": "water", "title": "Water"},
        ]


@pytest.mark.parametrize(("first", "last", "values"), [("3", "3", [3]), ("3", "7", [])])
def test_a_row_of_a_range_is_no_class(raster, first, last, values):
    columns = "".join(f"<FieldDefn><Usage>{usage}</Usage></FieldDefn>" for usage in (3, 4, 2))
    row = f"<Row><F>{first}</F><F>{last}</F><F>Marsh</F></Row>"
    table = f"<GDALRasterAttributeTable>{columns}{row}</GDALRasterAttributeTable>"
    path = raster(f'<PAMDataset><PAMRasterBand band="1">{table}</PAMRasterBand></PAMDataset>')
    assert list(categories(path, 1)) == values


@pytest.mark.parametrize("damage", [("<F>2</F>", "<F>two</F>"), ("<F>2</F>", "<F>1e999</F>"), ("<F>2</F>", "<F/>")])
def test_a_row_without_a_whole_value_is_passed_over(raster, damage):
    assert list(categories(raster(TABLE.replace(*damage)), 1)) == [0, 41]


def test_a_table_of_objects_is_no_legend(raster):
    row = "<Row><F>7</F><F>Tree</F><F>0</F><F>0</F><F>0</F></Row>"
    assert categories(raster(TABLE.replace("</GDALR", f"{row * 1000}</GDALR")), 1) == {}


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
    assert all(isinstance(name, str) for name in named(path, 1).values())
