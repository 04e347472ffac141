"""The JSON encoding, read: all forms of the standard, the aliases that clients send, and errors with their place."""

import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.cql2.json import parse, write
from django_stac.cql2.tree import MAX_DEPTH, MAX_NODES, MAX_POSITIONS, Array, CQL2Error, Operation, Property, Value
from tests.cql2.examples import EXAMPLES, PAIRS
from tests.shared import needs_shared

A = {"property": "a"}
GEOMETRY = {"property": "geometry"}


def op(name, *args):
    return {"op": name, "args": list(args)}


def nested(depth, innermost):
    for _ in range(depth):
        innermost = op("not", innermost)
    return innermost


def near(geometry):
    return op("s_intersects", GEOMETRY, geometry)


@pytest.mark.parametrize("content", EXAMPLES.values())
def test_every_form_is_read_and_written_as_it_was(content):
    assert write(parse(content)) == content


@needs_shared
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["id"])
def test_the_examples_of_the_standard_are_read_and_written_as_they_were(pair):
    assert write(parse(pair["json"])) == pair["json"]


@pytest.mark.parametrize("content", [True, False])
def test_a_truth_value_alone_is_a_filter(content):
    assert parse(content) == Value(content)


def test_between_takes_its_bounds_as_a_list_too():
    assert parse(op("between", A, [0, 50])) == parse(op("between", A, 0, 50))


def test_and_inside_and_is_one():
    content = op("and", op("and", op("isNull", A), True), op("or", False, True))
    assert write(parse(content)) == op("and", op("isNull", A), True, op("or", False, True))


def test_integers_stay_integers_and_floats_floats():
    in_list = parse(op("in", A, [1, 1.0, 10**40])).args[1]
    assert [type(member.value) for member in in_list.members] == [int, float, int]


def test_nodes_know_their_places():
    node = parse(op("and", True, op("in", A, ["x"])))
    assert node.args[1].args[1].members[0].place == "/args/1/args/1/0"


def test_places_do_not_count_when_trees_are_compared():
    assert parse(op("isNull", A)) == Operation("isNull", (Property("a"),))


REFUSED = [
    (None, "", "null is no value here"),
    (b"", "", "not a JSON value"),
    (op("=", (), 1), "/args/0", "not a JSON value"),
    ([], "", "a filter is a condition; got a list"),
    ("x", "", "a filter is a condition; got a text"),
    (A, "", "got the property 'a', which is none: compare it"),
    ({}, "", "one of the members op, type, property, date, timestamp, interval, bbox; got ''"),
    ({1: 2}, "", "one of the members"),
    ({"function": {"name": "f", "args": []}}, "", '{"op": "its name", "args": [...]}'),
    ({"op": "f"}, "", "args is a list"),
    ({"op": "isNull", "args": A}, "/args", "args is a list"),
    ({"op": 1, "args": []}, "/op", "op is a text"),
    (op("", 1), "", "a function has a name"),
    ({"op": "f", "args": [], "a/b": 1}, "", "unknown member 'a/b' beside op, args"),
    (op("=", {"property": "a", "x": 1}, 1), "/args/0", "unknown member 'x' beside property"),
    (op("=", {"property": 1}, 1), "/args/0/property", "property is a text"),
    (op("=", {"property": ""}, 1), "/args/0", "a property has a name"),
    (op("=", {"property": "a\0"}, 1), "/args/0", "U+0000"),
    (op("=", A, "\ud800"), "/args/1", "U+D800"),
    (op("=", A, math.nan), "/args/1", "finite"),
    (op("=", A, -math.inf), "/args/1", "finite"),
    (op("=", A, 10**300), "/args/1", "at most 300 digits"),
    (op("=", A, {"date": "2021-02-29"}), "/args/1", "not a date such as 2020-02-29: '2021-02-29'"),
    (op("=", A, {"date": 2021}), "/args/1/date", "date is a text"),
    (op("=", A, {"timestamp": "2021-02-28"}), "/args/1", "not a RFC 3339 date-time"),
    (op("t_after", A, {"interval": "../.."}), "/args/1/interval", "interval is a list"),
    (op("t_after", A, {"interval": [".."]}), "/args/1/interval", "two ends; got 1"),
    (op("t_after", A, {"interval": ["..", None]}), "/args/1/interval/1", "null is no value here"),
    (op("t_after", A, {"interval": ["..", 5]}), "/args/1/interval/1", "an interval ends at an instant or at '..'"),
    (op("t_after", A, {"interval": ["..", "x"]}), "/args/1/interval/1", "not a date"),
    (near({"bbox": [0, 0, 1]}), "/args/1", "got 3"),
    (near({"bbox": "0,0,1,1"}), "/args/1/bbox", "bbox is a list"),
    (near({"bbox": [0, 0, 1, "1"]}), "/args/1", "finite numbers"),
    (near({"type": None}), "/args/1/type", "type is a text"),
    (near({"type": "Circle", "coordinates": []}), "/args/1/type", "a geometry is one of"),
    (near({"type": "Point", "coordinates": [90, 180]}), "/args/1/coordinates/1", "latitude"),
    (near({"type": "Point", "coordinates": [0, 0, 0, 0]}), "/args/1", "no more"),
    (near({"type": "Point", "coordinates": [0, 0], "crs": {}}), "/args/1", "unknown member 'crs'"),
    (near({"type": "GeometryCollection", "geometries": [{"type": []}]}), "/args/1/geometries/0/type", "a text"),
    (near({"type": "GeometryCollection", "geometries": [1]}), "/args/1/geometries/0", "an object"),
    (near({"type": "GeometryCollection"}), "/args/1/geometries", "at least one geometry"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "place", "reason"), REFUSED)
def test_what_is_no_filter_is_refused_with_place_and_reason(content, place, reason):
    with pytest.raises(CQL2Error) as refused:
        parse(content)
    assert refused.value.place == place
    assert reason in refused.value.reason


def test_depth_has_a_limit():
    assert parse(nested(MAX_DEPTH, True)) is not None
    for depth in (MAX_DEPTH + 1, 10_000):
        with pytest.raises(CQL2Error, match=f"at most {MAX_DEPTH} deep"):
            parse(nested(depth, True))


def test_lists_and_intervals_count_as_depth():
    deep = {"interval": [A, ".."]}
    for _ in range(MAX_DEPTH - 1):
        deep = [deep]
    with pytest.raises(CQL2Error, match="deep"):
        parse(op("f", deep))


def test_the_number_of_nodes_has_a_limit():
    assert len(parse(op("and", *[True] * (MAX_NODES - 1))).args) == MAX_NODES - 1
    with pytest.raises(CQL2Error, match=f"at most {MAX_NODES}") as refused:
        parse(op("and", *[True] * MAX_NODES))
    assert refused.value.place == f"/args/{MAX_NODES - 1}"


@pytest.mark.parametrize("shape", ["MultiPoint", "Polygon", "MultiPolygon"])
def test_the_positions_of_all_geometries_together_have_a_limit(shape):
    row = [[0, 0]] * (MAX_POSITIONS // 2)
    rows = {"MultiPoint": row, "Polygon": [row], "MultiPolygon": [[row]]}[shape]
    small = near({"type": shape, "coordinates": rows})
    assert parse(op("and", small, small)) is not None
    with pytest.raises(CQL2Error, match=f"at most {MAX_POSITIONS} positions"):
        parse(op("and", small, small, near({"type": "Point", "coordinates": [0, 0]})))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["op", "args", "property", "type", "coordinates", "interval", "x"]), inner)
        | st.builds(op, st.sampled_from(["and", "=", "in", "like", "between", "s_within", "f"]), inner, inner)
    ),
    max_leaves=10,
)


@given(JSON)
def test_whatever_comes_is_read_or_refused(content):
    with suppress(CQL2Error):
        node = parse(content)
        assert repr(parse(write(node))) == repr(node)


def test_an_empty_list_is_a_list():
    assert parse(op("in", A, [])).args[1] == Array(())
