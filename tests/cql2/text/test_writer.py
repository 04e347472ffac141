"""The text encoding, written: what is written is read as the same tree."""

import pytest
from hypothesis import given

from django_stac.cql2 import json
from django_stac.cql2.text import parse, write
from django_stac.cql2.tree import Array, Operation, Property, Value
from tests.cql2.examples import EXAMPLES
from tests.cql2.filters import filters

A = Property("a")


@given(filters)
def test_every_tree_comes_back(node):
    # Trees are compared as they are shown: to Python, 1, 1.0 and True are equal.
    assert repr(parse(write(node))) == repr(node)


@pytest.mark.parametrize("content", EXAMPLES.values())
def test_every_form_comes_back(content):
    assert json.write(parse(write(json.parse(content)))) == content


@pytest.mark.parametrize(
    "text",
    [
        "a = 1 AND (b = 2 OR c = 3)",
        "a = 1 OR b = 2 AND c = 3",
        "NOT (a = 1 OR b = 2)",
        "NOT a = 1",
        "a NOT LIKE 'x%'",
        "a NOT BETWEEN 1 AND 2",
        "a NOT IN (1, 2)",
        "a IS NOT NULL",
        "(a = 1) IS NULL",
        "a - (b - c) - 1 = 0",
        "(a + b) * c ^ (d ^ 2) = -1",
        "a DIV b % c = 0",
        "CASEI(a) = ACCENTI('É')",
        "T_FINISHEDBY(a, INTERVAL('..', '2020-02-29T12:00:00Z'))",
        "A_CONTAINS(a, (1))",
        "f((1,), ('x'), (a = 1,), ())",
        "S_WITHIN(a, MULTIPOINT((1 2), (3 4)))",
    ],
)
def test_parentheses_stand_where_they_are_needed(text):
    assert write(parse(text)) == text


@pytest.mark.parametrize(
    ("name", "written"),
    [("eo:cloud_cover", "eo:cloud_cover"), ("date", '"date"'), ("And", '"And"'), ("a-b", '"a-b"'), ('"', '""""')],
)
def test_names_are_quoted_where_they_need_it(name, written):
    assert write(Property(name)) == written
    assert write(Operation("isNull", (Property(name),))) == f"{written} IS NULL"


def test_a_function_named_as_a_keyword_is_quoted():
    assert write(Operation("bbox", (A,))) == '"bbox"(a)'
    assert parse('"bbox"(a)') == Operation("bbox", (A,))


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("it's", "'it''s'"),
        ("50\\%", r"'50\%'"),
        ("C:\\temp\\", r"'C:\\temp\\'"),
        ("\\'", r"'\\'''"),
        ("a\tb", "'a\tb'"),
    ],
)
def test_backslashes_are_doubled_where_they_would_be_read_as_escapes(said, written):
    assert write(Value(said)) == written
    assert parse(f"a = {written}").args[1] == Value(said)


def test_parts_of_filters_can_be_written():
    assert write(Array((Value(1), Value(True), Value(2.0)))) == "(1, TRUE, 2.0)"
