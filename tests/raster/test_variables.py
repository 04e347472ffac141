"""Files of several variables: netCDF and HDF5, written as science writes them."""

import netCDF4
import numpy as np
import pytest
from rasterio.io import MemoryFile

from django_stac.exceptions import UnreadableRaster
from django_stac.validation.core import core_problems
from tests.raster.test_item import extension_problems, read
from tests.shared import needs_shared

SHAPE = {"time": 3, "lat": 8, "lon": 12, "y": 4, "x": 6, "station": 5}
RISING = np.arange(3 * 8 * 12).reshape(3, 8, 12)


def axis(file, name, values, **attributes):
    file.createDimension(name, len(values))
    variable = file.createVariable(name, "f8", (name,))
    variable[:] = values
    variable.setncatts(attributes)


def variable(file, name, dtype, axes, values=1, fill=None, **attributes):
    made = file.createVariable(name, dtype, axes, fill_value=fill)
    made.setncatts(attributes)
    made.set_auto_maskandscale(False)
    made[:] = values


@pytest.fixture
def ocean(tmp_path):
    """Make a file of two grids and a list of stations; 0.5 degrees from 10 east, 50 north."""

    def made(name="ocean.nc", *, times=(0, 1, 2), units="days since 2020-01-01", calendar="standard", fmt="NETCDF4"):
        with netCDF4.Dataset(tmp_path / name, "w", format=fmt) as file:
            axis(file, "time", times, units=units, standard_name="time", calendar=calendar)
            axis(file, "lat", 50 - 0.5 * np.arange(8), units="degrees_north", standard_name="latitude")
            axis(file, "lon", 10 + 0.5 * np.arange(12), units="degrees_east", standard_name="longitude")
            axis(file, "y", 50 - np.arange(4), units="degrees_north", standard_name="latitude")
            axis(file, "x", 10 + np.arange(6), units="degrees_east", standard_name="longitude")
            file.createDimension("station", 5)
            rising = RISING[: len(times)]
            options = {"units": "Celsius", "scale_factor": 0.01, "add_offset": 20.0}
            variable(file, "sst", "i2", ("time", "lat", "lon"), rising, fill=-999, **options)
            variable(file, "Ice", "f4", ("time", "lat", "lon"), rising, fill=np.nan, units="%")
            variable(file, "depth", "f4", ("lat", "lon"), 4.0)
            variable(file, "coarse", "f4", ("y", "x"))
            variable(file, "buoys", "f4", ("time", "station"))
        return tmp_path / name

    return made


def asset(path, **options):
    return read(path, **options).item["assets"]["data"]


def test_variables_of_one_grid_are_the_bands_of_one_asset(ocean):
    found = asset(ocean())
    assert [band["name"] for band in found["bands"]] == ["sst", "Ice", "depth"]
    assert found["proj:shape"] == [8, 12]
    assert found["proj:transform"] == [0.5, 0, 9.75, 0, -0.5, 50.25]
    assert found["proj:code"] == "EPSG:4326"


def test_each_variable_has_its_own_unit_scale_and_nodata(ocean):
    sst, ice, depth = asset(ocean())["bands"]
    assert (sst["unit"], sst["raster:scale"], sst["raster:offset"], sst["nodata"]) == ("Celsius", 0.01, 20, -999)
    assert (ice["unit"], ice["nodata"], ice["data_type"]) == ("%", "nan", "float32")
    assert "raster:scale" not in depth


def test_statistics_are_those_of_all_steps(ocean):
    sst, _, depth = asset(ocean())["bands"]
    assert (sst["statistics"]["minimum"], sst["statistics"]["maximum"]) == (0, RISING.max())
    assert sst["statistics"]["mean"] == RISING.mean()
    assert depth["statistics"]["mean"] == 4


def test_of_large_variables_one_step_is_looked_at(ocean, monkeypatch):
    monkeypatch.setattr("django_stac.raster.variables._DECODED", 1)
    assert asset(ocean())["bands"][0]["statistics"]["maximum"] == RISING[0].max()


def test_variables_of_other_grids_are_named_and_left_out(ocean):
    assert asset(ocean())["description"] == "Without the variables of other grids: coarse."


@pytest.mark.parametrize(
    ("options", "first", "last"),
    [
        ({}, "2020-01-01T00:00:00Z", "2020-01-03T00:00:00Z"),
        ({"times": (36.5, 12)}, "2020-01-13T00:00:00Z", "2020-02-06T12:00:00Z"),
        ({"units": "hours since 2019-12-31 12:00:00"}, "2019-12-31T12:00:00Z", "2019-12-31T14:00:00Z"),
        ({"units": "seconds since 1970-01-01T00:00:00Z"}, "1970-01-01T00:00:00Z", "1970-01-01T00:00:02Z"),
    ],
)
def test_the_time_axis_is_the_range_of_the_item(ocean, options, first, last):
    properties = read(ocean(**options)).item["properties"]
    assert (properties["datetime"], properties["start_datetime"], properties["end_datetime"]) == (None, first, last)


def test_one_step_is_an_instant(ocean):
    assert read(ocean(times=(31,))).item["properties"]["datetime"] == "2020-02-01T00:00:00Z"


@pytest.mark.parametrize(
    "options", [{"calendar": "360_day"}, {"units": "years since 2000"}, {"units": "days since when"}, {"times": (9e9,)}]
)
def test_a_time_that_no_clock_knows_is_not_guessed(ocean, options):
    with pytest.raises(UnreadableRaster, match=r"ocean\.nc: has no acquisition date"):
        read(ocean(**options))


@pytest.mark.parametrize(("name", "fmt"), [("a.nc", "NETCDF4_CLASSIC"), ("a.h5", "NETCDF4"), ("A b(1).nc4", "NETCDF4")])
def test_all_endings_and_kinds_are_read(ocean, name, fmt):
    assert len(asset(ocean(name, fmt=fmt))["bands"]) == 3


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_a_picture_of_variables_is_the_first_in_grey(ocean):
    with MemoryFile(read(ocean()).thumbnail) as file, file.open() as picture:
        drawn = picture.read()
    assert (drawn[0] == drawn[1]).all()
    assert drawn[0, 0, 0] < drawn[0, -1, -1]


def test_the_item_is_valid(ocean):
    assert core_problems(read(ocean()).item) == []


@needs_shared
def test_the_item_is_valid_for_its_extensions(ocean):
    assert list(extension_problems(read(ocean()).item)) == []


def test_reading_twice_gives_the_same(ocean):
    path = ocean()
    assert read(path).item == read(path).item


def test_variables_without_a_position_are_refused(tmp_path):
    path = tmp_path / "tables_2020.nc"
    with netCDF4.Dataset(path, "w") as file:
        for name, size in (("a", 4), ("b", 5)):
            file.createDimension(name, size)
        for name in ("one", "two"):
            variable(file, name, "f4", ("a", "b"))
    with pytest.raises(UnreadableRaster, match=r"none of its variables \(2\) has a position"):
        read(path)


def test_a_name_that_could_lead_elsewhere_is_no_variable(tmp_path):
    path = tmp_path / "odd_2020.nc"
    with netCDF4.Dataset(path, "w") as file:
        axis(file, "lat", 50 - 0.5 * np.arange(8), units="degrees_north")
        axis(file, "lon", 10 + 0.5 * np.arange(12), units="degrees_east")
        for name in ("good", "fine", 'x":y', "http:evil"):
            variable(file, name, "f4", ("lat", "lon"))
    assert [band["name"] for band in asset(path)["bands"]] == ["good", "fine"]


def test_a_quotation_mark_in_the_path_is_refused(ocean):
    with pytest.raises(UnreadableRaster, match="quotation mark: rename it"):
        read(ocean('a"b.nc'))
