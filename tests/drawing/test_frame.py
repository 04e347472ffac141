"""Windows of small maps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.drawing.frame import frame_around

WESTS, SOUTHS = st.floats(-180, 180), st.floats(-89, 88)


@given(west=WESTS, east=WESTS, south=SOUTHS, height=st.floats(0, 40))
def test_the_whole_box_lies_inside(west, east, south, height):
    north = min(south + height, 90)
    frame = frame_around((west, south, east, north))
    for longitude, latitude in ((west, south), (east, north)):
        assert -0.01 <= frame.x(longitude) <= frame.width + 0.01
        assert -0.01 <= frame.y(latitude) <= frame.height + 0.01


def test_shapes_are_true_away_from_the_equator():
    frame = frame_around((10, 59, 12, 61))
    across, up = frame.x(12) - frame.x(10), frame.y(59) - frame.y(61)
    assert across / up == pytest.approx(0.5, abs=0.01)


def test_box_over_the_antimeridian_stays_in_one_piece():
    frame = frame_around((178, -20, -178, -15))
    assert 0 < frame.x(179) < frame.x(-179) < frame.width


def test_half_the_world_is_shown_as_all_of_it():
    frame = frame_around((-170, -60, 170, 60))
    assert (frame.west, frame.south, frame.east, frame.north) == (-180, -90, 180, 90)


def test_point_has_room_around_it():
    frame = frame_around((7, 50, 7, 50))
    assert (frame.x(7), frame.y(50)) == pytest.approx((frame.width / 2, frame.height / 2))
