"""Small maps."""

import pytest

from django_stac.drawing.footprint import footprint
from tests.factories import box


def test_nothing_is_drawn_of_nothing():
    assert footprint([None], extents=[]) is None


def test_extents_and_geometries_are_drawn_apart():
    drawn = footprint([box(10, 45, 11, 46)], extents=[[9, 44, 12, 47]])
    assert len(drawn.extents) == len(drawn.outlines) == 1
    assert drawn.extents[0].area != drawn.outlines[0].area


def test_bbox_of_a_lenient_catalogue_is_left_out():
    assert footprint([], extents=[[1, 2, 3], ["a", "b", "c", "d"], [0, 91, 1, 92]]) is None


def test_extent_with_heights_is_understood():
    assert footprint([], extents=[[9, 44, 0, 12, 47, 100]]).extents[0].area


@pytest.mark.parametrize("east", [-179, 179.9986])
def test_what_overshoots_the_antimeridian_is_drawn_to_it(east):
    [beyond] = footprint([box(-180.0014, -10, east, 10)]).outlines
    assert beyond == footprint([box(-180, -10, east, 10)]).outlines[0]


def test_extent_over_the_antimeridian_is_drawn_in_two_parts_side_by_side():
    drawn = footprint([], extents=[[178, -20, -178, -15]])
    assert not drawn.is_world
    assert drawn.extents[0].area.count("Z") == 2


def test_world_is_known_as_such():
    assert footprint([], extents=[[-180, -90, 180, 90]]).is_world
