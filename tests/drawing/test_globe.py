"""The globe."""

import re
from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from django_stac.drawing.globe import globe
from django_stac.spec.extents import WORLD
from tests.factories import box

LONGITUDES, LATITUDES = st.floats(-180, 180), st.floats(-90, 90)


@given(west=LONGITUDES, east=LONGITUDES, latitude=LATITUDES)
def test_everything_lies_on_the_disc(west, east, latitude):
    bbox = (west, min(latitude, 80), east, 90)
    drawn = globe(bbox, extent=bbox)
    numbers = re.findall(r"(-?[0-9.]+),(-?[0-9.]+)", f"{drawn.grid} {drawn.equator} {drawn.extent.area}")
    assert all(hypot(float(x), float(y)) <= 90.2 for x, y in numbers)


def test_it_is_turned_to_the_place():
    drawn = globe((10, 0, 10.1, 0.1), shapes=[box(10, 0, 10.1, 0.1)])
    assert [[abs(float(number)) < 1 for number in point] for point in drawn.items[0].points] == [[True, True]]


def test_far_side_is_not_shown():
    assert globe((10, 0, 11, 1), shapes=[box(-170, 0, -169, 1)]).items == []


def test_whole_world_has_no_outline():
    assert globe(WORLD, extent=WORLD).extent.area == ""
