"""GeoJSON to EWKB, against shapely."""

import pytest
import shapely
from hypothesis import given
from shapely.geometry import shape

from django_stac.spec.wkb import ewkb
from tests.spec.geometries import geometries, positions

SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
HOLE = [[1, 1], [1, 2], [2, 2], [2, 1], [1, 1]]


@given(geometries)
def test_shapely_reads_the_same_geometry(geometry):
    read = shapely.from_wkb(ewkb(geometry))
    assert shapely.get_srid(read) == 4326
    assert not read.has_z
    assert read.wkb == shapely.force_2d(shape(geometry)).wkb


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": [SQUARE, HOLE]},
        {"type": "MultiPolygon", "coordinates": [[SQUARE, HOLE], [SQUARE]]},
        {"type": "MultiPoint", "coordinates": [[1, 2], [3, 4, 5]]},
        {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 2, 3]}]},
    ],
)
def test_every_type_is_written(geometry):
    assert shapely.from_wkb(ewkb(geometry)).wkt == shapely.force_2d(shape(geometry)).wkt


@given(positions(height=True))
def test_heights_are_dropped(position):
    assert ewkb({"type": "Point", "coordinates": position}) == ewkb({"type": "Point", "coordinates": position[:2]})


@pytest.mark.parametrize("kind", ["LineString", "MultiPoint"])
def test_longitudes_are_clamped(kind):
    written = ewkb({"type": kind, "coordinates": [[-180.001, -90], [1, 2, 3000], [180.001, 90]]})
    assert written == ewkb({"type": kind, "coordinates": [[-180, -90], [1, 2], [180, 90]]})


def test_a_point_is_little_endian_with_its_srid():
    assert ewkb({"type": "Point", "coordinates": [1, 2]}).hex(" ", -4) == (
        "01010000 20e61000 00000000 000000f0 3f000000 00000000 40"
    )
