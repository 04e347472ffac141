"""Geometries as paths."""

import pytest

from django_stac.drawing.outline import outline
from tests.factories import box


def draw(geometry):
    return outline(geometry, lambda x, y: (x * 100, y * 100))


def test_ring_is_a_closed_path():
    assert draw(box(0, 0, 1, 1)).area == "M0.0,0.0L100.0,0.0L100.0,100.0L0.0,100.0L0.0,0.0Z"


def test_hole_is_part_of_the_same_path():
    hole = box(0.2, 0.2, 0.4, 0.4)["coordinates"]
    drawn = draw({"type": "Polygon", "coordinates": box(0, 0, 1, 1)["coordinates"] + hole})
    assert drawn.area.count("Z") == 2


@pytest.mark.parametrize(
    ("geometry", "expected"),
    [
        ({"type": "LineString", "coordinates": [[0, 0], [1, 0]]}, ("", "M0.0,0.0L100.0,0.0", ())),
        ({"type": "Point", "coordinates": [1, 2, 30]}, ("", "", (("100.0", "200.0"),))),
        ({"type": "MultiPoint", "coordinates": [[0, 0], [1, 0]]}, ("", "", (("0.0", "0.0"), ("100.0", "0.0")))),
        ({"type": "GeometryCollection", "geometries": []}, ("", "", ())),
    ],
)
def test_every_type_has_a_form(geometry, expected):
    drawn = draw(geometry)
    assert (drawn.area, drawn.lines, drawn.points) == expected


def test_shape_too_small_to_see_becomes_a_point():
    assert draw(box(1, 1, 1.01, 1.01)).points == (("100.5", "100.5"),)


def test_vertices_that_nobody_sees_are_left_out():
    line = [[number / 100_000, 0] for number in range(100_001)]
    assert draw({"type": "LineString", "coordinates": line}).lines.count("L") < 300
