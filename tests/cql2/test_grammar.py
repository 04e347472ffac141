"""Which arguments an operator takes, whatever the encoding."""

import datetime as dt

import pytest

from django_stac.cql2 import grammar
from django_stac.cql2.tree import ARITY, Array, BBox, CQL2Error, Date, Interval, Operation, Property, Timestamp, Value

A = Property("a", 1)
TEXT, NUMBER, TRUE = Value("x", 2), Value(1, 3), Value(True, 4)
DAY = Date(dt.date(2020, 2, 29), 5)
NOON = Timestamp(dt.datetime(2020, 2, 29, 12, tzinfo=dt.UTC), 6)
BOX, LIST, PERIOD = BBox((0, 0, 1, 1), 7), Array((), 8), Interval(None, None, 9)
CONDITION, CALL = Operation("isNull", (A,), 10), Operation("f", (), 11)

ACCEPTED = [
    ("and", (TRUE, CONDITION, CALL)),
    ("not", (TRUE,)),
    ("isNull", (CONDITION,)),
    ("isNull", (BOX,)),
    ("isNull", (PERIOD,)),
    ("casei", (Operation("accenti", (A,)),)),
    ("=", (TRUE, A)),
    ("<", (DAY, NOON)),
    ("like", (TEXT, Operation("casei", (TEXT,)))),
    ("between", (A, NUMBER, Operation("+", (A, NUMBER)))),
    ("between", (A, DAY, NOON)),
    ("in", (A, Array((TEXT, TRUE, DAY, A, CALL)))),
    ("+", (CALL, NUMBER)),
    ("s_touches", (BOX, A)),
    ("t_after", (PERIOD, DAY)),
    ("a_equals", (LIST, CALL)),
    ("f", (CONDITION, LIST, BOX, PERIOD)),
]

REFUSED = [
    ("and", (TRUE,), 0, "and takes two arguments or more; got 1"),
    ("or", (TRUE, NUMBER), 3, "or takes a condition here; got a number"),
    ("and", (A, TRUE), 1, "got the property 'a', which is none: compare it, as in a = TRUE"),
    ("not", (TRUE, TRUE), 0, "not takes one argument; got 2"),
    ("=", (A,), 0, "= takes two arguments; got 1"),
    ("=", (CONDITION, TRUE), 10, "= takes a text, a number, a truth value or an instant here; got a condition"),
    ("=", (A, BOX), 7, "got a geometry"),
    ("<", (PERIOD, A), 9, "got an interval"),
    ("isNull", (LIST,), 8, "got a list"),
    ("casei", (NUMBER,), 3, "casei takes a text here; got a number"),
    ("like", (NUMBER, TEXT), 3, "like takes a text here"),
    ("like", (A, A), 1, "the pattern of like is a text, or casei or accenti of one; got the property 'a'"),
    ("like", (A, Operation("casei", (CALL,))), 11, "the pattern of like is a text"),
    ("between", (A, TEXT), 0, "between takes 3 arguments; got 2"),
    ("between", (A, TRUE, TRUE), 4, "got a truth value"),
    ("in", (A, TEXT), 2, "in takes a list here; got a text"),
    ("in", (A, A), 1, "in takes a list of values here; got the property 'a'"),
    ("in", (A, Array((BOX,))), 7, "the list of in takes"),
    ("*", (TEXT, NUMBER), 2, "* takes a number here; got a text"),
    ("s_within", (A, TEXT), 2, "s_within takes a geometry here; got a text"),
    ("t_before", (A, TEXT), 2, "t_before takes an instant or an interval here; got a text"),
    ("a_overlaps", (TEXT, A), 2, "a_overlaps takes a list here; got a text"),
    ("AND", (TRUE, TRUE), 0, "the operator is spelt 'and'; got 'AND'"),
    ("isnull", (A,), 0, "the operator is spelt 'isNull'; got 'isnull'"),
    ("!=", (A, A), 0, "the operator is spelt '<>'; got '!='"),
]


@pytest.mark.parametrize(("op", "args"), ACCEPTED)
def test_an_operator_takes_what_the_standard_lets_it_take(op, args):
    assert grammar.operation(op, args, 0) == Operation(op, args)


@pytest.mark.parametrize(("op", "args", "place", "reason"), REFUSED)
def test_what_an_operator_does_not_take_is_refused_where_it_stands(op, args, place, reason):
    with pytest.raises(CQL2Error) as refused:
        grammar.operation(op, args, 0)
    assert reason in refused.value.reason
    assert refused.value.place == place


@pytest.mark.parametrize("op", ARITY)
def test_every_operator_counts_its_arguments(op):
    with pytest.raises(CQL2Error, match=r"takes (one|two|3) arguments?; got 4"):
        grammar.operation(op, (A, A, A, A), 0)


def test_and_inside_and_is_one_however_deep():
    inner = grammar.operation("and", (TRUE, CONDITION), 0)
    assert grammar.operation("and", (inner, inner), 0).args == (TRUE, CONDITION, TRUE, CONDITION)
    assert grammar.operation("or", (inner, TRUE), 0).args == (inner, TRUE)


def test_ends_of_an_interval_are_instants_or_open():
    assert grammar.interval(None, CALL, 0) == Interval(None, CALL)
    with pytest.raises(CQL2Error, match=r"an interval ends at an instant or at .*; got a list"):
        grammar.interval(A, LIST, 0)


def test_an_interval_does_not_end_before_it_starts():
    early = Timestamp(NOON.instant - dt.timedelta(microseconds=1))
    with pytest.raises(CQL2Error, match="must not end before it starts"):
        grammar.interval(NOON, early, 0)
    with pytest.raises(CQL2Error, match="must not end before it starts"):
        grammar.interval(NOON, Date(dt.date(2020, 2, 28)), 0)


def test_a_day_holds_its_instants():
    assert grammar.interval(NOON, DAY, 0) == Interval(NOON, DAY)
    assert grammar.interval(DAY, NOON, 0) == Interval(DAY, NOON)


@pytest.mark.parametrize("node", [TRUE, CONDITION, CALL])
def test_a_filter_is_a_condition(node):
    assert grammar.condition(node) is node


@pytest.mark.parametrize("node", [TEXT, NUMBER, A, LIST, Operation("+", (A, A))])
def test_what_is_no_condition_is_no_filter(node):
    with pytest.raises(CQL2Error, match="a filter is a condition; got"):
        grammar.condition(node)
