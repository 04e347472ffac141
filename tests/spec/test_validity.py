"""Geometries without a clear inside are refused."""

import pytest

from django_stac.spec.validity import refuse_invalid
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
