"""The text encoding, read: all forms of the standard, errors with their place, and hostile texts."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from django_stac.cql2 import json
from django_stac.cql2.text import parse, write
from django_stac.cql2.text.reader import KEYWORDS, MAX_LENGTH
from django_stac.cql2.text.tokens import Tokens
from django_stac.cql2.tree import MAX_DEPTH, MAX_NODES, Array, CQL2Error, Operation, Property, Value
from tests.cql2.examples import EXAMPLES, PAIRS, SUITE
from tests.cql2.filters import filters
from tests.shared import needs_shared

TEXTS = [(text, pair["json"]) for pair in PAIRS for text in [pair["text"], *pair["alt_texts"]]]


@pytest.mark.parametrize(("text", "content"), EXAMPLES.items())
def test_both_encodings_of_every_form_are_one_tree(text, content):
    assert parse(text) == json.parse(content)


@needs_shared
def test_all_examples_of_the_standard_are_here():
    assert (len(TEXTS), len(SUITE)) == (120, 351)


@needs_shared
@pytest.mark.parametrize(("text", "content"), TEXTS)
def test_both_encodings_of_the_examples_of_the_standard_are_one_tree(text, content):
    assert parse(text) == json.parse(content)
    assert repr(parse(write(parse(text)))) == repr(parse(text))


@needs_shared
@pytest.mark.parametrize("case", SUITE, ids=lambda case: case["id"])
def test_both_encodings_of_the_abstract_test_suite_are_one_tree(case):
    assert json.write(parse(case["filter_text"])) == case["filter_json"]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("a is not null and a in (1) or not a like 'x'", "a IS NOT NULL AND a IN (1) OR NOT a LIKE 'x'"),
        ("t_MeTbY(a, b) AND CaseI(a) = 'x'", "T_METBY(a, b) AND CASEI(a) = 'x'"),
        ('"a" = true', "a=TRUE"),
        ("s_within(a,point(1 2))", "S_WITHIN ( a , POINT ( 1 2 ) )"),
        ("((a = 1))", "a = 1"),
        ("a = (1)", "a = 1"),
        ("a IN ((1), (b))", "a IN (1, b)"),
        ("T_AFTER(a, TIMESTAMP('2020-02-29T13:00:00+01:00'))", "T_AFTER(a, TIMESTAMP('2020-02-29T12:00:00Z'))"),
    ],
)
def test_keywords_have_any_case_and_parentheses_may_be_spare(text, same):
    assert parse(text) == parse(same)


def test_names_and_functions_keep_their_case():
    assert parse("Near(Name)") == Operation("Near", (Property("Name"),))


@pytest.mark.parametrize("name", ["date", "point", "interval", "casei", "start", "Z", "values", "properties.a"])
def test_what_means_nothing_without_a_parenthesis_is_a_name(name):
    assert parse(f"{name} IS NULL").args == (Property(name),)


@pytest.mark.parametrize("name", ["and", "not null", "a-b", 'say "a"', "'"])
def test_any_name_may_stand_in_quotes(name):
    quoted = '"' + name.replace('"', '""') + '"'
    assert parse(f"{quoted} IS NULL").args == (Property(name),)


@pytest.mark.parametrize(
    ("text", "argument"),
    [
        ("f((1))", Value(1)),
        ("f((a + 1))", Operation("+", (Property("a"), Value(1)))),
        ("f((a) + 1)", Operation("+", (Property("a"), Value(1)))),
        ("f((a = 1))", Operation("=", (Property("a"), Value(1)))),
        ("f(('x'))", Array((Value("x"),))),
        ("f((1,))", Array((Value(1),))),
        ("f(((1, 2)))", Array((Array((Value(1), Value(2))),))),
        ("f(())", Array(())),
    ],
)
def test_one_argument_in_parentheses_is_a_group_where_the_grammar_has_groups(text, argument):
    assert parse(text).args == (argument,)


def test_what_array_functions_take_in_parentheses_is_a_list():
    assert parse("A_CONTAINS(a, (1))") == json.parse({"op": "a_contains", "args": [{"property": "a"}, [1]]})
    assert parse("A_EQUALS(((1 + 2), 3), (a))") == parse("A_EQUALS((1 + 2, 3), (a))")


REFUSED = [
    ("", 0, "expected a value, a name or a parenthesis; found the end"),
    ("a", 0, "a filter is a condition; got the property 'a'"),
    ("a = ", 4, "found the end"),
    ("a = 1 b", 6, "expected an operator or the end; found 'b'"),
    ("a = 1)", 5, r"expected an operator or the end; found '\)'"),
    ("AND a = 1", 0, "expected a value; found 'AND'"),
    ('"" IS NULL', 0, "a property has a name"),
    ("a = NULL", 4, "NULL is none: ask with IS NULL"),
    ("a IS 5", 5, "expected 'NULL'; found '5'"),
    ("a NOT = 1", 6, "expected LIKE, BETWEEN or IN; found '='"),
    ("a IN 5", 5, r"expected '\('; found '5'"),
    ("a IN (1,)", 8, "expected a value after the comma"),
    ("f(1 2)", 4, "expected an operator, ',' or '[)]'; found '2'"),
    ("(a = 1", 6, "expected an operator, ',' or '[)]'; found the end"),
    ("f(1, )", 5, "expected a value after the comma"),
    ("A_EQUALS((1,2,), a)", 14, "expected a value after the comma"),
    ("a = (1,)", 4, "got a list"),
    ("a = +b", 5, "expected a number; found 'b'"),
    ("a LIKE b", 7, "the pattern of like is a text"),
    ("a = 'x\0'", 6, "U[+]0000"),
    ("a = '\ud800'", 5, "U[+]D800"),
    ("a = 1e400", 4, "finite"),
    ("DATE('2020-02-30') = a", 0, "not a date such as 2020-02-29: '2020-02-30'"),
    ("DATE(2020) = a", 5, "expected a text such as 'x'; found '2020'"),
    ("TIMESTAMP('2020-01-01T25:00:00Z') = a", 0, "not a RFC 3339 date-time"),
    ("T_AFTER(a, INTERVAL('..'))", 24, "expected ','"),
    ("T_AFTER(a, INTERVAL('..', 1))", 26, "an interval ends at an instant"),
    ("T_AFTER(a, INTERVAL('..', '1'))", 26, "not a date"),
    ("T_AFTER(a, INTERVAL('2021-01-01', '2020-01-01'))", 11, "must not end before it starts"),
    ("T_AFTER(a, '2020-01-01')", 11, "t_after takes an instant or an interval here; got a text"),
    ("T_AFTER(a)", 0, "t_after takes two arguments; got 1"),
    ("S_WITHIN(a, POINT EMPTY)", 18, "an empty geometry is nowhere"),
    ("S_WITHIN(a, POINT(90 180))", 17, "a latitude lies between -90 and 90; got 180"),
    ("S_WITHIN(a, GEOMETRYCOLLECTION())", 31, "expected POINT, "),
    ("S_WITHIN(a, GEOMETRYCOLLECTION(GEOMETRYCOLLECTION(POINT(1 1))))", 31, "found 'GEOMETRYCOLLECTION'"),
    ("S_WITHIN(a, SRID=4326;POINT(1 1))", 21, "unexpected character ';'"),
    ("S_WITHIN(a, BBOX(1, 2, 3))", 12, "4 numbers, or 6 with heights; got 3"),
    ("S_WITHIN(a, BBOX(1, 2, 3, a))", 26, "expected a number; found 'a'"),
    ('"AND"(a, b)', 6, "and takes a condition here"),
]


@pytest.mark.parametrize(("text", "place", "reason"), REFUSED)
def test_what_is_no_filter_is_refused_with_place_and_reason(text, place, reason):
    with pytest.raises(CQL2Error, match=reason) as refused:
        parse(text)
    assert refused.value.place == place


HOSTILE = {
    "parentheses": "(" * 60_000,
    "closed parentheses": "(" * 30_000 + "a = 1" + ")" * 30_000,
    "calls": "f(" * 30_000,
    "lists": "A_EQUALS(" + "(" * 60_000,
    "an unclosed text": "a = '" + "x" * 60_000,
    "escapes in an unclosed text": "a = '" + r"\'" * 30_000,
    "quotes": "'" * 60_001,
    "an unclosed name": '"' + "x" * 60_000,
    "digits": "a = " + "1" * 60_000,
    "decimals": "a = 1." + "1" * 60_000,
    "an exponent": "a = 1e" + "9" * 60_000,
    "AND": "a = 1" + " AND a = 1" * 6_000,
    "NOT": "NOT " * 16_000 + "a = 1",
    "plus": "a = 1" + "+1" * 30_000,
    "minus": "a = " + "-" * 60_000 + "b",
    "an unclosed list": "a IN (" + "1," * 30_000,
    "IS NULL": "a" + " IS NULL" * 8_000,
    "BETWEEN": "a BETWEEN " * 6_000,
    "parentheses of a geometry": "S_WITHIN(a, MULTIPOLYGON(" + "(" * 60_000,
    "an unclosed geometry": "S_WITHIN(a, LINESTRING(1 1" + ",1 1" * 16_000,
    "an unclosed collection": "S_WITHIN(a, GEOMETRYCOLLECTION(" + "POINT(1 1)," * 5_900,
    "a megabyte": "a = 1 AND " * 100_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_refused(text):
    with pytest.raises(CQL2Error):
        parse(text)


def test_a_filter_has_a_greatest_length():
    assert parse("TRUE".ljust(MAX_LENGTH)) == Value(True)
    with pytest.raises(CQL2Error, match=f"at most {MAX_LENGTH} characters"):
        parse("TRUE".ljust(MAX_LENGTH + 1))


@pytest.mark.parametrize("text", ["{open}a = 1{close}", "TRUE = a + {open}1{close}", "a IN ({less}1{shut})"])
def test_parentheses_have_a_greatest_depth(text):
    def nested(depth):
        return text.format(open="(" * depth, close=")" * depth, less="(" * (depth - 1), shut=")" * (depth - 1))

    assert parse(nested(MAX_DEPTH)) is not None
    with pytest.raises(CQL2Error, match=f"at most {MAX_DEPTH} deep"):
        parse(nested(MAX_DEPTH + 1))


@pytest.mark.parametrize("text", ["a = 0{0}", "NOT{0} TRUE"])
def test_chains_count_as_the_depth_that_they_make(text):
    link = " + 1" if "=" in text else " NOT"
    assert parse(text.format(link * (MAX_DEPTH - 1))) is not None
    with pytest.raises(CQL2Error, match=f"at most {MAX_DEPTH} deep"):
        parse(text.format(link * MAX_DEPTH))


def test_chains_of_and_are_one_and_of_any_length_within_the_number_of_nodes():
    many = MAX_NODES - 1
    assert len(parse("TRUE" + " AND TRUE" * (many - 1)).args) == many
    with pytest.raises(CQL2Error, match=f"at most {MAX_NODES}"):
        parse("TRUE" + " AND TRUE" * many)


def respelt(text, random):
    """The same filter with other spaces and keywords in other case."""
    tokens, spelt = Tokens(text), ""
    while tokens.kind != "end":
        raw = tokens.raw
        if raw.upper() in KEYWORDS:
            raw = random.choice([raw.upper(), raw.lower(), raw.title()])
        spelt += raw if spelt.endswith("-") else random.choice([" ", "\n", "\t \u3000"]) + raw
        tokens.advance()
    return spelt + random.choice(["", " "])


@given(filters, st.randoms(use_true_random=False))
def test_spaces_and_the_case_of_keywords_mean_nothing(node, random):
    assert repr(parse(respelt(write(node), random))) == repr(node)


PIECES = """a b
    AND OR NOT = <> < >= LIKE BETWEEN IN IS NULL TRUE ( ) , + - * / div ^ 'x' 1 .5 f( casei( S_WITHIN( POINT(
    1 2 POLYGON(( 0 0, T_AFTER( INTERVAL( '..' DATE('2020-02-29') BBOX( A_EQUALS( "q" ' " \\ ; Z EMPTY"""


@given(st.text() | st.lists(st.sampled_from(PIECES.split()), max_size=25).map(" ".join))
def test_whatever_comes_is_read_or_refused(text):
    with suppress(CQL2Error):
        node = parse(text)
        assert repr(parse(write(node))) == repr(node)
        assert repr(json.parse(json.write(node))) == repr(node)
