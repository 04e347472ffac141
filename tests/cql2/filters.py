"""Strategies for filters: every tree that the grammar of CQL2 allows, as the parsers build it."""

import datetime as dt

from hypothesis import strategies as st

from django_stac.cql2 import grammar, literals
from django_stac.cql2.tree import (
    ARITHMETIC,
    ARRAYS,
    COMPARISONS,
    SPATIAL,
    TEMPORAL,
    Array,
    Date,
    Property,
    Timestamp,
    Value,
)
from tests.spec.geometries import geometries

# A NUL and a lone surrogate stand for no text (see test_literals).
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
names = st.sampled_from(["a", "eo:cloud_cover", "date", "and", "_x", ":y", "Köln", "a.b"]) | texts.filter(bool)
functions = (names | st.sampled_from(["Buffer", "bbox", "POINT"])).filter(
    lambda name: name.lower() not in {*grammar.SPELLINGS, "==", "!="}
)

numbers = st.integers(-(10**40), 10**40) | st.floats(allow_nan=False, allow_infinity=False)
values = st.builds(Value, texts | numbers | st.booleans())
properties = st.builds(Property, names)
dates = st.builds(Date, st.dates())
timestamps = st.builds(Timestamp, st.datetimes(timezones=st.just(dt.UTC)).map(lambda moment: moment.replace(fold=0)))
boxes = st.tuples(st.integers(-180, 180), st.floats(-90, 0), st.floats(-180, 180), st.integers(0, 90)).map(
    lambda numbers: literals.bbox(numbers, "")
)
shapes = geometries.map(lambda content: literals.geometry(content, lambda pointer: pointer)) | boxes


def operations(op, *args):
    """Draw an operation of arguments that the grammar has checked."""
    return st.tuples(*args).map(lambda drawn: grammar.operation(op, drawn, ""))


def one_of_ops(ops, *args):
    return st.sampled_from(ops).flatmap(lambda op: operations(op, *args))


def calls(arguments):
    return st.tuples(functions, st.lists(arguments, max_size=3)).map(lambda call: grammar.operation(*call, ""))


def _in_order(ends):
    fixed = [_day(end) for end in ends]
    return None in fixed or fixed[0] < fixed[1]


def _day(end):
    return end.day if isinstance(end, Date) else end.instant.date() if isinstance(end, Timestamp) else None


intervals = (
    st.tuples(*[st.none() | dates | timestamps | properties] * 2)
    .filter(_in_order)
    .map(lambda ends: grammar.interval(*ends, ""))
)
times = dates | timestamps | intervals | properties
folded = st.recursive(
    properties | st.builds(Value, texts), lambda inner: one_of_ops(("casei", "accenti"), inner), max_leaves=2
)
patterns = st.recursive(st.builds(Value, texts), lambda inner: one_of_ops(("casei", "accenti"), inner), max_leaves=2)
sums = st.recursive(
    st.builds(Value, numbers) | properties, lambda inner: one_of_ops(ARITHMETIC, inner, inner), max_leaves=4
)
ordered = folded | sums | dates | timestamps
scalars = ordered | st.builds(Value, st.booleans())
arrays = st.lists(
    st.recursive(
        scalars | shapes | intervals,
        lambda inner: st.builds(Array, st.lists(inner, max_size=3).map(tuple)),
        max_leaves=3,
    ),
    max_size=3,
).map(lambda members: Array(tuple(members)))

predicates = st.one_of(
    one_of_ops(COMPARISONS, scalars, scalars),
    one_of_ops(SPATIAL, shapes | properties, shapes | properties),
    one_of_ops(TEMPORAL, times, times),
    one_of_ops(ARRAYS, arrays | properties, arrays | properties),
    operations("like", folded, patterns),
    operations("between", ordered, ordered, ordered),
    operations("in", scalars, st.lists(scalars, max_size=3).map(lambda members: Array(tuple(members)))),
    operations("isNull", scalars | shapes | intervals),
    calls(scalars | shapes | intervals | arrays),
    st.builds(Value, st.booleans()),
)


def _connected(inner):
    return st.one_of(
        st.tuples(st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=3)).map(
            lambda drawn: grammar.operation(*drawn, "")
        ),
        operations("not", inner),
        operations("isNull", inner),
        operations("=", calls(inner), scalars),
    )


filters = st.recursive(predicates, _connected, max_leaves=5)
