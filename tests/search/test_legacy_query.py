"""The `query` of old clients is a filter: values take the kind of their property, texts forget their case."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.cql2.queryables import Kind, Queryable, Queryables
from django_stac.cql2.tree import Array, CQL2Error, Date, Operation, Property, Timestamp, Value
from django_stac.search.legacy_query import IS, MOST, OPERATORS, node, parse
from django_stac.search.query import Comparison

KINDS = {
    "cloud": Kind.NUMBER,
    "platform": Kind.TEXT,
    "updated": Kind.INSTANT,
    "datetime": Kind.PERIOD,
    "day": Kind.DATE,
    "ok": Kind.BOOLEAN,
    "bands": Kind.ARRAY,
}
QUERYABLES = Queryables({name: Queryable(name, kind) for name, kind in KINDS.items()}, is_open=True)
NOON = Timestamp(dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC))


def said(name, asked):
    """The filter of one comparison."""
    (comparison,) = parse({name: asked})
    return node(comparison, QUERYABLES)


def op(name, *args):
    return Operation(name, args)


def folded(value):
    return op("casei", Property(value) if value in KINDS or value == "other" else Value(value))


@pytest.mark.parametrize(
    ("name", "asked", "expected"),
    [
        ("cloud", {"lt": 5}, op("<", Property("cloud"), Value(5))),
        ("properties.cloud", {"gte": 0.5}, op(">=", Property("cloud"), Value(0.5))),
        ("cloud", {"eq": "5"}, op("=", Property("cloud"), Value(5))),
        ("cloud", {"neq": "-5.5e1"}, op("<>", Property("cloud"), Value(-55.0))),
        ("cloud", 5, op("=", Property("cloud"), Value(5))),
        ("cloud", {"in": [1, "2"]}, op("in", Property("cloud"), Array((Value(1), Value(2))))),
        ("platform", {"eq": "Landsat"}, op("=", folded("platform"), folded("Landsat"))),
        ("platform", "Landsat", op("=", folded("platform"), folded("Landsat"))),
        ("platform", {"startsWith": "La"}, op("like", folded("platform"), folded("La%"))),
        ("platform", {"endsWith": "50%"}, op("like", folded("platform"), folded("%50\\%"))),
        ("platform", {"contains": "a_b\\"}, op("like", folded("platform"), folded("%a\\_b\\\\%"))),
        ("platform", {"in": ["A", "b"]}, op("in", folded("platform"), Array((folded("A"), folded("b"))))),
        ("platform", {"in": []}, op("in", Property("platform"), Array(()))),
        ("platform", None, op("isNull", Property("platform"))),
        ("platform", {"neq": None}, op("not", op("isNull", Property("platform")))),
        ("updated", {"gt": "2024-06-01T14:00:00+02:00"}, op(">", Property("updated"), NOON)),
        ("datetime", {"lte": "2024-06-01T12:00:00Z"}, op("<=", Property("datetime"), NOON)),
        ("day", {"eq": "2024-06-01"}, op("=", Property("day"), Date(dt.date(2024, 6, 1)))),
        ("ok", {"eq": "true"}, op("=", Property("ok"), Value(True))),
        ("ok", {"eq": False}, op("=", Property("ok"), Value(False))),
        ("bands", {"in": ["red", "nir"]}, op("a_overlaps", Property("bands"), Array((Value("red"), Value("nir"))))),
        ("bands", {"contains": "red"}, op("a_contains", Property("bands"), Array((Value("red"),)))),
        ("bands", {"neq": ["red"]}, op("not", op("a_equals", Property("bands"), Array((Value("red"),))))),
        ("other", {"eq": "5"}, op("=", folded("other"), folded("5"))),
        ("other", {"eq": "2024-06-01T12:00:00Z"}, op("=", Property("other"), NOON)),
    ],
    ids=str,
)  # fmt: skip
def test_a_comparison_is_a_filter(name, asked, expected):
    assert said(name, asked) == expected


def test_several_operators_and_properties_hold_together():
    assert [each.operator for each in parse({"cloud": {"gt": 1, "lt": 5}, "platform": "a"})] == ["gt", "lt", "eq"]


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ([], ""),
        ("cloud<5", ""),
        ({"cloud": {"below": 5}}, "/cloud/below"),
        ({"a/b~c": {"": 5}}, "/a~1b~0c/"),
        ({"": 5}, "/"),
        ({"cloud": {"lt": None}}, "/cloud/lt"),
        ({"cloud": {"lt": {}}}, "/cloud/lt"),
        ({"cloud": {"in": 5}}, "/cloud/in"),
        ({"cloud": {"in": [1, None]}}, "/cloud/in/1"),
        ({"cloud": {"in": [1] * (MOST + 1)}}, "/cloud/in"),
        ({"cloud": {"in": [1] * MOST}, "platform": {"in": ["a"]}}, ""),
        ({"cloud": [[1]]}, "/cloud/0"),
        ({"platform": {"contains": 5}}, "/platform/contains"),
        ({"platform": "a\0b"}, "/platform"),
        ({"platform": "\ud800"}, "/platform"),
        ({f"{number}": 5 for number in range(MOST + 1)}, ""),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_query_is_refused_with_its_place(asked, place):
    with pytest.raises(CQL2Error) as caught:
        parse(asked)
    assert caught.value.place == place


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("cloud", {"lt": "five"}),
        ("cloud", {"in": [1, "five"]}),
        ("cloud", {"eq": [1]}),
        ("cloud", {"eq": "1e400"}),
        ("ok", {"eq": "maybe"}),
        ("updated", {"gt": "yesterday"}),
        ("day", {"eq": "2024-02-30"}),
        ("bands", {"lt": "red"}),
    ],
    ids=str,
)
def test_a_value_of_another_kind_than_its_property_is_refused_with_its_place(name, asked):
    with pytest.raises(CQL2Error) as caught:
        said(name, asked)
    assert caught.value.place == f"/{name}/{next(iter(asked))}"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("platform", "Landsat", op("=", Property("platform"), Value("Landsat"))),
        ("cloud", "5", op("=", Property("cloud"), Value(5))),
        ("bands", "red", op("a_contains", Property("bands"), Array((Value("red"),)))),
        ("other", "x", op("=", Property("other"), Value("x"))),
        ("other", "5", op("or", op("=", Property("other"), Value("5")), op("=", Property("other"), Value(5)))),
    ],
)
def test_a_query_parameter_is_compared_to_the_letter(name, text, expected):
    assert node(Comparison(name=name, operator=IS, value=text, parameter=name), QUERYABLES) == expected


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(OPERATORS) | st.text(max_size=5), inner)
    ),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(list(KINDS)) | st.text(max_size=5), JSON, max_size=3))
def test_whatever_json_comes_is_a_filter_or_refused(asked):
    try:
        nodes = [node(each, QUERYABLES) for each in parse(asked)]
    except CQL2Error:
        return
    assert all(isinstance(each, Operation) for each in nodes)
