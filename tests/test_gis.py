"""GDAL and GEOS come out of the wheels, unless the environment says otherwise."""

import importlib.util
import subprocess
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from django_stac import gis

GEODJANGO = """
from django.conf import settings
from django_stac.gis import find_gis_libraries
gdal, geos = find_gis_libraries()
settings.configure(GDAL_LIBRARY_PATH=gdal, GEOS_LIBRARY_PATH=geos)
from django.contrib.gis.gdal import SpatialReference
from django.contrib.gis.geos import Point
point = Point(9, 0, srid=4326)
point.transform(32632)
print(round(point.x), SpatialReference(32632).srid)
from pathlib import Path
maps = Path("/proc/self/maps")
lines = maps.read_text().splitlines() if maps.exists() else [" /libgdal"]
print(len({line.split(" /")[1] for line in lines if "/libgdal" in line}))
"""


@pytest.fixture(autouse=True)
def quiet_environment(monkeypatch):
    for name in ("GDAL_LIBRARY_PATH", "GEOS_LIBRARY_PATH", "STAC_GIS_LIBRARIES"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def wheels(monkeypatch, tmp_path):
    """Pretend that packages lie in a folder of ours; returns a function that puts an empty library there."""

    def spec(name: str) -> ModuleSpec:
        return importlib.util.spec_from_file_location(name, tmp_path / name / "__init__.py")

    def carry(path: str) -> str:
        library = tmp_path / path
        library.parent.mkdir(parents=True, exist_ok=True)
        library.touch()
        return str(library)

    monkeypatch.setattr(importlib.util, "find_spec", spec)
    return carry


def test_both_libraries_exist_where_rasterio_is_a_wheel():
    libraries = gis.find_gis_libraries()
    if libraries == (None, None):
        pytest.skip("rasterio was built against the system's GDAL")
    assert all(Path(library).is_file() for library in libraries)


def test_geodjango_transforms_with_one_gdal_in_the_process():
    done = subprocess.run([sys.executable, "-W", "error", "-c", GEODJANGO], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.split() == ["500000", "32632", "1"]


def test_linux_wheels_keep_their_libraries_beside_the_package(wheels):
    gdal = wheels("rasterio.libs/libgdal-c8c9c467.so.36.3.10.3")
    wheels("rasterio.libs/libgeos-1269e1bd.so.3.14.1")
    geos = wheels("rasterio.libs/libgeos_c-23da760b.so.1.20.5")
    assert gis.find_gis_libraries() == (gdal, geos)


def test_macos_takes_geos_from_shapely(wheels):
    gdal = wheels("rasterio/.dylibs/libgdal.36.3.10.3.dylib")
    geos = wheels("shapely/.dylibs/libgeos_c.1.20.5.dylib")
    assert gis.find_gis_libraries() == (gdal, geos)


def test_windows_names_have_no_prefix(wheels):
    gdal = wheels("rasterio.libs/gdal-0a1b.dll")
    geos = wheels("rasterio.libs/geos_c-2c3d.dll")
    assert gis.find_gis_libraries() == (gdal, geos)


def test_a_rasterio_without_its_own_gdal_leaves_both_to_the_system(wheels):
    wheels("shapely.libs/libgeos_c-ac38a227.so.1.20.5")
    assert gis.find_gis_libraries() == (None, None)


def test_without_rasterio_both_are_left_to_the_system(wheels, monkeypatch):
    wheels("rasterio.libs/libgdal-c8c9c467.so.36.3.10.3")
    monkeypatch.setitem(sys.modules, "rasterio", None)
    assert gis.find_gis_libraries() == (None, None)


def test_a_gdal_of_the_environment_wins_and_takes_geos_from_the_system(monkeypatch):
    monkeypatch.setenv("GDAL_LIBRARY_PATH", "/opt/libgdal.so")
    assert gis.find_gis_libraries() == ("/opt/libgdal.so", None)


def test_a_geos_of_the_environment_goes_with_the_gdal_of_the_wheel(wheels, monkeypatch):
    gdal = wheels("rasterio.libs/libgdal-c8c9c467.so.36.3.10.3")
    monkeypatch.setenv("GEOS_LIBRARY_PATH", "/opt/libgeos_c.so")
    assert gis.find_gis_libraries() == (gdal, "/opt/libgeos_c.so")


def test_the_wheels_can_be_passed_by(wheels, monkeypatch):
    wheels("rasterio.libs/libgdal-c8c9c467.so.36.3.10.3")
    monkeypatch.setenv("STAC_GIS_LIBRARIES", "system")
    assert gis.find_gis_libraries() == (None, None)


def test_empty_variables_count_as_unset(wheels, monkeypatch):
    gdal = wheels("rasterio.libs/libgdal-c8c9c467.so.36.3.10.3")
    monkeypatch.setenv("GDAL_LIBRARY_PATH", "")
    assert gis.find_gis_libraries() == (gdal, None)
