"""Extents, and what boxes make together."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import shape

from django_stac.spec.datetimes import Interval
from django_stac.spec.extents import WORLD, boxes_of, covers, drawn_union, sound_boxes, union_bbox, whole_interval
from django_stac.spec.geometry import parse_bbox, split_bbox

longitudes, latitudes = st.floats(-180, 180), st.floats(-90, 90)
boxes = st.tuples(longitudes, latitudes, longitudes, latitudes).map(
    lambda box: (box[0], min(box[1], box[3]), box[2], max(box[1], box[3]))
)


def holds(outer, inner):
    return all(
        any(o[0] <= i[0] and o[1] <= i[1] and o[2] >= i[2] and o[3] >= i[3] for o in split_bbox(outer))
        for i in split_bbox(inner)
        if i[0] != i[2] or abs(i[0]) != 180  # the seam is one meridian of two names
    )


@pytest.mark.parametrize("seam", [(180, 0, 180, 1), (-180, 0, -180, 1), (180, 0, -180, 1)])
def test_the_antimeridian_is_covered_under_either_name(seam):
    assert covers((170.0, -10.0, 180.0, 10.0), seam)
    assert covers((-180.0, -10.0, -170.0, 10.0), seam)
    assert covers((170.0, -10.0, -170.0, 10.0), seam)
    assert not covers((0.0, -10.0, 10.0, 10.0), seam)
    assert not covers((170.0, 5.0, 180.0, 10.0), seam)


def test_no_boxes_have_no_union():
    assert union_bbox([]) is None


def test_the_union_holds_all_boxes():
    assert union_bbox(iter([(1.0, 2.0, 3.0, 4.0), (0.0, 3.0, 2.0, 5.0)])) == (0.0, 2.0, 3.0, 5.0)


def test_the_union_crosses_the_antimeridian_when_that_is_smaller():
    assert union_bbox([(170.0, 0.0, 175.0, 1.0), (-175.0, 2.0, -170.0, 3.0)]) == (170.0, 0.0, -170.0, 3.0)


def test_a_box_that_crosses_stays_so():
    assert union_bbox([(170.0, 0.0, -170.0, 1.0), (160.0, 0.0, 165.0, 1.0)]) == (160.0, 0.0, -170.0, 1.0)


def test_the_union_with_the_world_is_the_world():
    assert union_bbox([WORLD, (170.0, 0.0, -170.0, 1.0)]) == WORLD


@given(st.lists(boxes, min_size=1, max_size=6))
def test_every_union_is_a_box_that_holds_its_parts(many):
    union = union_bbox(many)
    assert parse_bbox(union) == union
    assert all(holds(union, each) for each in many)


@given(boxes)
def test_the_union_of_one_box_is_that_box(box):
    assert union_bbox([box]) in (box, (-180.0, box[1], 180.0, box[3]))


@given(boxes, boxes)
def test_a_box_covers_what_it_holds(outer, inner):
    assert covers(outer, inner) or not holds(outer, inner)
    assert covers(union_bbox([outer, inner]), inner)


@pytest.mark.parametrize(
    ("inner", "is_covered"),
    [
        ((172, -1, 178, 1), True),
        ((178, -1, -175, 1), True),
        ((160, -1, 178, 1), False),
        ((-160, -1, -150, 1), False),
        ((172, -1, 178, 11), False),
    ],
)
def test_a_box_across_the_antimeridian_covers_its_parts(inner, is_covered):
    assert covers((170.0, -10.0, -170.0, 10.0), inner) == is_covered


@pytest.mark.parametrize("extent", [None, 7, {}, {"spatial": 7}, {"spatial": {"bbox": "x"}}])
def test_odd_extent_has_no_boxes(extent):
    assert boxes_of(extent) == []


def test_boxes_that_are_none_are_left_out():
    odd = [None, 7, "abcd", [1, 2], ["1", "2", "3", "4"], {"a": 1, "b": 2, "c": 3, "d": 4}, [0, 10, 5, 5], [[0]] * 4]
    assert list(sound_boxes([*odd, [0, 0, 1, 1]])) == [(0, 0, 1, 1)]


@pytest.mark.parametrize(
    ("box", "sound"),
    [
        ([0, -90, 360, 90], (-180, -90, 180, 90)),
        ([170, -10, 190, 10], (170, -10, -170, 10)),
        ([-200, 0, -170, 1], (160, 0, -170, 1)),
        ([200, 0, 5, 220, 1, 6], (-160, 0, -140, 1)),
        ([-180.005, 0, 180.005, 1], (-180, 0, 180, 1)),
        ([180, 0, -180, 1], (180, 0, -180, 1)),
    ],
)
def test_longitudes_beyond_180_are_those_of_the_other_side(box, sound):
    assert list(sound_boxes([box])) == [sound]


def interval(*pairs):
    return whole_interval({"temporal": {"interval": [list(pair) for pair in pairs]}})


def test_an_interval_of_all_reaches_from_the_first_to_the_last():
    found = interval(("2020-01-01T00:00:00Z", "2020-06-01T00:00:00Z"), ("2019-01-01T00:00:00Z", "2019-02-01T00:00:00Z"))
    start, end = dt.datetime(2019, 1, 1, tzinfo=dt.UTC), dt.datetime(2020, 6, 1, tzinfo=dt.UTC)
    assert found == Interval(start=start, end=end)


def test_an_open_end_stays_open():
    found = interval(("2020-01-01T00:00:00Z", None), ("2019-01-01T00:00:00Z", "2019-02-01T00:00:00Z"))
    assert (found.start.year, found.end) == (2019, None)


@pytest.mark.parametrize("pairs", [[], ["x"], [[]], [[None, None]], [["x", 7]], [["2020-01-01T00:00:00Z"]], 7, None])
def test_an_interval_that_is_none_is_open(pairs):
    assert whole_interval({"temporal": {"interval": pairs}}) == Interval(start=None, end=None)


@given(st.lists(boxes, min_size=1, max_size=5))
def test_boxes_are_drawn_as_one_valid_geometry_that_covers_them_all(held):
    drawn = shape(drawn_union(held))
    assert drawn.is_valid
    parts = [shape(drawn_union([part])) for each in held for part in split_bbox(each)]
    assert all(drawn.buffer(1e-6).covers(part) for part in parts)


def test_one_box_is_drawn_to_the_last_digit():
    east = 10.000000000000002
    assert max(x for x, _ in drawn_union([(1.0, 2.0, east, 4.0)])["coordinates"][0]) == east


def test_boxes_without_area_are_points_and_lines():
    assert drawn_union([(1.0, 2.0, 1.0, 2.0)])["type"] == "Point"
    assert drawn_union([(1.0, 2.0, 3.0, 2.0)])["type"] == "LineString"
    assert drawn_union([]) is None
