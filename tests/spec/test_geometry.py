"""Boxes and geometries: the rules of `bbox`, GeoJSON's form, and the antimeridian."""

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box, shape

from django_stac.spec.geometry import (
    OVERSHOOT,
    bbox_of,
    bbox_polygon,
    cut_at_antimeridian,
    first_geometry_problem,
    geometry_problems,
    parse_bbox,
    split_bbox,
)
from tests.spec.geometries import flat, geometries, high

SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
HOLE = [[1, 1], [1, 2], [2, 2], [2, 1], [1, 1]]
FIJI = [[177, -20], [-178, -20], [-178, -16], [177, -16], [177, -20]]
FIJI_BOX = [177, -20, -178, -16]


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def point(*position):
    return {"type": "Point", "coordinates": list(position)}


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([1, 2, 3, 4], (1.0, 2.0, 3.0, 4.0)),
        ([1, 2, 100, 3, 4, 200], (1.0, 2.0, 3.0, 4.0)),
        ((170, -10, -170, 10), (170.0, -10.0, -170.0, 10.0)),
        ([5, 5, 5, 5], (5.0, 5.0, 5.0, 5.0)),
        ([-180, -90, 180, 90], (-180.0, -90.0, 180.0, 90.0)),
        ([1, 2, -5, 3, 4, -5], (1.0, 2.0, 3.0, 4.0)),
    ],
)
def test_a_bbox_has_four_numbers_or_six_with_heights(numbers, expected):
    assert parse_bbox(numbers) == expected
    assert all(type(number) is float for number in parse_bbox(numbers))


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ([], "4 numbers, or 6 with heights; got 0"),
        ([1, 2, 3], "got 3"),
        ([1, 2, 3, 4, 5], "got 5"),
        ([1, 2, 3, 4, 5, 6, 7], "got 7"),
        ([1, 2, math.nan, 4], "finite numbers"),
        ([1, 2, math.inf, 4], "finite numbers"),
        ([1, 2, 0, 3, 4, math.inf], "finite numbers"),
        ([1, 2, "3", 4], "finite numbers"),
        ([1, 2, True, 4], "finite numbers"),
        ([1, 2, None, 4], "finite numbers"),
        ([1, 2, 10**400, 4], "finite numbers"),
        ("1234", "finite numbers"),
        ([-181, 0, 0, 1], "longitudes of a bbox lie between -180 and 180; got -181 and 0"),
        ([0, 0, 190, 1], "longitudes"),
        ([0, -91, 1, 1], "latitudes of a bbox lie between -90 and 90; got -91 and 1"),
        ([0, 0, 1, 90.5], "latitudes"),
        ([0, 5, 1, 4], "south of a bbox must not lie north of its north; got 5 and 4"),
        ([0, 0, 9, 1, 1, 8], "lower height of a bbox comes first; got 9 and 8"),
    ],
)
def test_any_other_bbox_is_refused_with_a_sentence(numbers, sentence):
    with pytest.raises(ValueError, match=sentence):
        parse_bbox(numbers)


def test_longitudes_of_a_box_may_overshoot_where_that_is_asked_for_and_are_clamped():
    assert parse_bbox([-180.0014, -90, 180.0014, 90], overshoot=OVERSHOOT) == (-180.0, -90.0, 180.0, 90.0)
    with pytest.raises(ValueError, match="longitudes"):
        parse_bbox([-180.0014, -90, 180, 90])


@pytest.mark.parametrize("numbers", [[-181, 0, 0, 1], [0, 0, 180.02, 1], [0, -90.001, 1, 1]])
def test_neither_more_nor_another_axis_may_overshoot(numbers):
    with pytest.raises(ValueError, match="of a bbox lie between"):
        parse_bbox(numbers, overshoot=OVERSHOOT)


def test_a_box_over_the_antimeridian_is_two():
    assert split_bbox((170.0, -10.0, -170.0, 10.0)) == [(170.0, -10.0, 180.0, 10.0), (-180.0, -10.0, -170.0, 10.0)]


@pytest.mark.parametrize("bbox", [(1.0, 2.0, 3.0, 4.0), (-180.0, -90.0, 180.0, 90.0), (5.0, 5.0, 5.0, 5.0)])
def test_any_other_box_is_one(bbox):
    assert split_bbox(bbox) == [bbox]


def test_the_polygon_of_a_box_runs_counterclockwise():
    made = bbox_polygon((1.0, 2.0, 3.0, 4.0))
    assert shape(made).equals(box(1, 2, 3, 4))
    assert shape(made).exterior.is_ccw
    assert geometry_problems(made) == []
    assert first_geometry_problem(made) is None


def test_the_polygon_of_a_box_over_the_antimeridian_has_two_parts():
    made = bbox_polygon((170.0, -10.0, -170.0, 10.0))
    assert made["type"] == "MultiPolygon"
    assert shape(made).equals(box(170, -10, 180, 10) | box(-180, -10, -170, 10))
    assert bbox_of(made) == [170, -10, -170, 10]


@given(flat | high)
def test_the_bbox_of_a_geometry_holds_every_position(geometry):
    boxes = split_bbox(parse_bbox(bbox_of(geometry)))
    for x, y in shapely.get_coordinates(shape(geometry)):
        assert any(west <= x <= east and south <= y <= north for west, south, east, north in boxes)


@given(flat)
def test_the_bbox_of_a_geometry_is_its_bounds_unless_it_crosses(geometry):
    west, south, east, north = bbox_of(geometry)
    bounds = shapely.bounds(shapely.multipoints(shapely.get_coordinates(shape(geometry)))).tolist()
    assert [west, south, east, north] == bounds or (west > east and [-180, south, 180, north] == bounds)


@given(high)
def test_the_bbox_has_heights_when_every_position_has_one(geometry):
    bbox = bbox_of(geometry)
    heights = shapely.get_coordinates(shape(geometry), include_z=True)[:, 2]
    assert [bbox[2], bbox[5]] == [heights.min(), heights.max()]


def test_one_position_without_height_makes_a_flat_bbox():
    assert bbox_of({"type": "LineString", "coordinates": [[1, 2, 3], [4, 5]]}) == [1, 2, 4, 5]


def test_parts_on_both_sides_of_the_antimeridian_give_a_bbox_that_crosses_it():
    parts = [
        bbox_polygon(part)["coordinates"] for part in [(177.0, -20.0, 180.0, -16.0), (-180.0, -20.0, -178.0, -16.0)]
    ]
    assert bbox_of({"type": "MultiPolygon", "coordinates": parts}) == FIJI_BOX


def test_parts_that_overshoot_the_antimeridian_touch_it():
    assert bbox_of({"type": "MultiPoint", "coordinates": [[179, 0], [180.001, 0], [-180.001, 1], [-179, 1]]}) == [
        179, 0, -179, 1,
    ]  # fmt: skip


def test_parts_that_do_not_touch_the_antimeridian_do_not_cross_it():
    assert bbox_of({"type": "MultiPoint", "coordinates": [[179, 0], [-179, 1]]}) == [-179, 0, 179, 1]


def test_parts_all_round_the_world_give_the_whole_circle():
    halves = [[[-180, 0], [0, 0], [0, 1], [-180, 0]]], [[[0, 0], [180, 0], [180, 1], [0, 0]]]
    assert bbox_of({"type": "MultiPolygon", "coordinates": list(halves)}) == [-180, 0, 180, 1]


@pytest.mark.parametrize("geometry", [polygon(), {"type": "GeometryCollection", "geometries": []}])
def test_a_geometry_without_positions_has_no_bbox(geometry):
    with pytest.raises(ValueError, match="the geometry has no positions"):
        bbox_of(geometry)


@given(geometries)
def test_sound_geometries_have_no_problems(geometry):
    assert geometry_problems(geometry) == []


@pytest.mark.parametrize(
    ("geometry", "pointer", "sentence"),
    [
        (None, "", "a geometry is an object"),
        ([], "", "a geometry is an object"),
        ({}, "/type", "got None"),
        ({"type": "Circle", "coordinates": []}, "/type", "one of Point, "),
        ({"type": ["Point"], "coordinates": []}, "/type", "one of Point, "),
        ({"type": "Feature"}, "/type", "got 'Feature'"),
        ({"type": "Point"}, "/coordinates", "is missing"),
        ({"type": "Polygon", "coordinates": None}, "/coordinates", "must be a list"),
        (polygon(), "/coordinates", "is empty"),
        (polygon([]), "/coordinates/0", "is empty"),
        ({"type": "MultiPolygon", "coordinates": [SQUARE]}, "/coordinates/0/0/0", "a position is a list"),
        (polygon(*SQUARE), "/coordinates/0/0", "a position is a list"),
        (polygon(SQUARE[:3]), "/coordinates/0", "a ring has at least 4 positions"),
        (polygon(SQUARE[:4]), "/coordinates/0", "a ring is closed"),
        (polygon(SQUARE, HOLE[:4]), "/coordinates/1", "a ring is closed"),
        (polygon([*SQUARE[:4], [0, 0, 1]]), "/coordinates/0", "a ring is closed"),
        ({"type": "LineString", "coordinates": [[1, 2]]}, "/coordinates", "a line has at least 2 positions; got 1"),
        (point(), "/coordinates", "a position is a list"),
        (point(1), "/coordinates", "a position is a list"),
        (point("1", "2"), "/coordinates", "finite numbers"),
        (point(True, 2), "/coordinates", "finite numbers"),
        (point(1, None), "/coordinates", "finite numbers"),
        (point(math.nan, 2), "/coordinates", "finite numbers"),
        (point(1, 2, math.inf), "/coordinates", "finite numbers"),
        (point(10**400, 2), "/coordinates", "finite numbers"),
        (point(181, 2), "/coordinates/0", "a longitude lies between -180 and 180; got 181"),
        (point(2, -90.5), "/coordinates/1", "a latitude lies between -90 and 90; got -90.5"),
        ({"type": "GeometryCollection"}, "/geometries", "at least one geometry"),
        ({"type": "GeometryCollection", "geometries": []}, "/geometries", "at least one geometry"),
        (
            {"type": "GeometryCollection", "geometries": [point(0, 0), point(0, 99)]},
            "/geometries/1/coordinates/1",
            "99",
        ),
        (
            {"type": "GeometryCollection", "geometries": [{"type": "GeometryCollection", "geometries": []}]},
            "/geometries/0/type",
            "holds no further GeometryCollection",
        ),
    ],
)
def test_what_is_wrong_with_a_geometry_is_named_with_its_place(geometry, pointer, sentence):
    found, message = geometry_problems(geometry)[0]
    assert found == pointer
    assert sentence in message
    assert first_geometry_problem(geometry) == (found, message)


@pytest.mark.parametrize("x", [-180.0014, 180.0014])
def test_longitudes_of_a_geometry_may_overshoot_where_that_is_asked_for(x):
    shapes = [
        point(x, 0),
        polygon([[x, 0], [179, 0], [179, 4], [x, 0]]),
        {"type": "MultiPoint", "coordinates": [[x, 0]]},
    ]
    shapes.append({"type": "GeometryCollection", "geometries": shapes[:]})
    assert [geometry_problems(each, overshoot=OVERSHOOT) for each in shapes] == [[]] * 4
    assert all(geometry_problems(each) for each in shapes)


@pytest.mark.parametrize(("position", "axis"), [((-181, 0), 0), ((180.02, 0), 0), ((0, 90.001), 1)])
def test_nothing_else_of_a_geometry_may_overshoot(position, axis):
    [(pointer, _)] = geometry_problems(point(*position), overshoot=OVERSHOOT)
    assert pointer == f"/coordinates/{axis}"


def test_every_bad_position_of_a_ring_is_named():
    ring = [[0, 0], [200, 0], [4, 100], [0, 4], [0, 0]]
    assert [pointer for pointer, _ in geometry_problems(polygon(ring))] == ["/coordinates/0/1/0", "/coordinates/0/2/1"]


junk = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["type", "coordinates"]), inner),
)


@given(junk | st.fixed_dictionaries({"type": st.sampled_from(["Point", "Polygon", "MultiPoint"]), "coordinates": junk}))
def test_any_value_can_be_asked_for_its_problems(value):
    for pointer, sentence in geometry_problems(value):
        assert pointer == "" or pointer.startswith("/")
        assert sentence


def test_an_uncut_ring_is_cut_where_its_bbox_crosses():
    cut = cut_at_antimeridian(polygon(FIJI), FIJI_BOX)
    assert shape(cut).equals(box(177, -20, 180, -16) | box(-180, -20, -178, -16))
    assert bbox_of(cut) == FIJI_BOX
    assert geometry_problems(cut) == []


def test_an_uncut_ring_that_overshoots_is_cut():
    ring = [[179, -20], [180.001, -20], [-178, -20], [-178, -16], [179, -16], [179, -20]]
    cut = shape(cut_at_antimeridian(polygon(ring), [179, -20, -178, -16]))
    assert cut.area == pytest.approx(12, abs=0.01)
    assert cut.bounds == (-180, -20, 180, -16)


@pytest.mark.parametrize("ring", [FIJI[::-1], [[*position, 7.0] for position in FIJI]])
def test_neither_winding_nor_heights_hinder_the_cut(ring):
    assert shape(cut_at_antimeridian(polygon(ring), FIJI_BOX)).area == pytest.approx(20)


def test_a_bbox_with_heights_can_tell_the_crossing():
    assert cut_at_antimeridian(polygon(FIJI), [177, -20, 0, -178, -16, 9])["type"] == "MultiPolygon"


def test_a_hole_is_cut_as_well():
    hole = [[179, -19], [179, -17], [-179, -17], [-179, -19], [179, -19]]
    assert shape(cut_at_antimeridian(polygon(FIJI, hole), FIJI_BOX)).area == pytest.approx(16)


@pytest.mark.parametrize(
    ("geometry", "bbox"),
    [
        (polygon(SQUARE), [0, 0, 4, 4]),
        (polygon(FIJI), [-178, -20, 177, -16]),
        (polygon(FIJI), None),
        (polygon(SQUARE), FIJI_BOX),
        (point(178, 0), FIJI_BOX),
        (bbox_polygon((177.0, -20.0, -178.0, -16.0)), FIJI_BOX),
    ],
)
def test_every_other_geometry_is_left_alone(geometry, bbox):
    assert cut_at_antimeridian(geometry, bbox) is geometry


def test_a_ring_that_cannot_be_cut_is_left_alone():
    flat_ring = polygon([[-180, 70], [-90, 70], [0, 70], [90, 70], [180, 70], [-180, 70]])
    assert cut_at_antimeridian(flat_ring, [170, 70, -170, 70]) is flat_ring
