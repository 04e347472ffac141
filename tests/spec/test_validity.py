"""Geometries without a clear inside are refused."""

import pytest
from shapely import Point, from_wkb, get_srid

from django_stac.spec.validity import mended, refuse_invalid
from django_stac.spec.wkb import ewkb
from tests.factories import box

BOW = {"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}


def test_a_sound_geometry_passes():
    refuse_invalid(box(-180, -90, 180, 90))
    refuse_invalid({"type": "GeometryCollection", "geometries": [box(0, 0, 1, 1), box(0, 0, 1, 1)]})


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (BOW, r"^is no valid Polygon: Self-intersection\[1 1\] \(longitude latitude\)\.$"),
        ({"type": "GeometryCollection", "geometries": [BOW]}, "^is no valid GeometryCollection: Self-intersection"),
        ({"type": "LineString", "coordinates": [[1, 1], [1, 1]]}, "^is no valid LineString"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}, "^is no valid Polygon"),
        ({"type": "Point", "coordinates": [90, 180]}, r"^leaves the world: it reaches from 90 180 to 90 180\.$"),
        (box(-181, 0, 1, 1), "^leaves the world"),
    ],
)
def test_what_has_no_clear_inside_is_refused(geometry, reason):
    with pytest.raises(ValueError, match=reason):
        refuse_invalid(geometry)


def test_what_is_sound_is_not_touched():
    for geometry in (box(0, 0, 1, 1), {"type": "Point", "coordinates": [1, 2]}):
        assert mended(ewkb(geometry)) == ewkb(geometry)


def test_what_contradicts_itself_is_covered_by_what_is_made_of_it():
    made = from_wkb(mended(ewkb(BOW)))
    assert made.is_valid
    assert made.area == 2
    assert get_srid(made) == 4326
    assert from_wkb(mended(ewkb({"type": "LineString", "coordinates": [[1, 1], [1, 1]]}))).equals(Point(1, 1))
