"""The smallest arc of longitude that holds others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.spec.longitudes import FULL, smallest_arc

whole = st.integers(-180, 180)
arcs = st.tuples(whole, whole)


def width(arc):
    west, east = arc
    return east - west if west <= east else 360 + east - west


def inside(longitude, arc):
    west, east = arc
    return west <= longitude <= east if west <= east else longitude >= west or longitude <= east


def degrees(arc):
    """The half degrees that an arc covers, 180 and -180 being one."""
    steps = (half / 2 for half in range(-360, 361))
    return {-180 if step == 180 else step for step in steps if inside(step, arc)}


@pytest.mark.parametrize(
    ("given_arcs", "expected"),
    [
        ([(1, 2)], (1, 2)),
        ([(170, -170)], (170, -170)),
        ([(1, 2), (5, 6)], (1, 6)),
        ([(170, 175), (-175, -170)], (170, -170)),
        ([(-90, -90), (90, 90)], (-90, 90)),
        ([(-100, -100), (100, 100)], (100, -100)),
        ([(0, 180), (-180, 0)], FULL),
        ([(-180, 180), (3, 4)], FULL),
        ([(0, -1), (-2, 1)], FULL),
        ([(20, 180), (-180, -170), (60, 70)], (20, -170)),
    ],
)
def test_the_smallest_arc(given_arcs, expected):
    assert smallest_arc(given_arcs) == expected


@given(st.lists(arcs, min_size=1, max_size=5))
def test_the_arc_holds_all_and_none_is_smaller(many):
    found = smallest_arc(many)
    covered = set().union(*map(degrees, many))
    assert covered <= degrees(found)
    ends = {end for arc in many for end in arc} | {-180, 180}
    best = min(width((west, east)) for west in ends for east in ends if covered <= degrees((west, east)))
    assert width(found) == best


def test_no_arcs_have_no_arc():
    with pytest.raises(ValueError, match="no longitudes to enclose"):
        smallest_arc([])
