"""Filters as JSON paths, which open the properties of an item once."""

import json

import pytest
from django.db import connection

from django_stac.cql2.sieve import MOST, sieve
from django_stac.cql2.text import parse
from django_stac.models import Item
from tests.cql2.asking import TARGET, some_rows

pytestmark = pytest.mark.django_db


def path(*texts):
    """The JSON path of filters in the text encoding."""
    found = sieve(map(parse, texts), TARGET)
    return found and found.condition.fills[1].value.removeprefix("strict ")


def shape(text):
    found = sieve([parse(text)], TARGET)
    return found and found.shape


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("platform = 'a\"b'", '(($."platform" == "a\\"b"))'),
        ('10 > "eo:cloud_cover"', '(($."eo:cloud_cover" < 10))'),
        ("gsd BETWEEN 1 AND 2.5", '((($."gsd" >= 1) && ($."gsd" <= 2.5)))'),
        ("platform IN ('a', 'b')", '((($."platform" == "a") || ($."platform" == "b")))'),
        ("cloudy = TRUE", '(($."cloudy" == true))'),
        ("gsd < -1e30 OR gsd > 5", '((($."gsd" < -1E+30) || ($."gsd" > 5)))'),
    ],
)
def test_comparisons_with_literals_are_said(text, expected):
    assert path(text) == expected
    assert shape(text)


@pytest.mark.parametrize(
    "text",
    [
        "platform LIKE 'a%'", "casei(platform) = casei('A')", "gsd = \"eo:cloud_cover\"", "gsd + 1 > 2", "NOT gsd > 1",
        "gsd IS NULL", "odd = 1", "created > DATE('2024-01-01')", "id = 'a'", "collection = 'a'",
        "gsd > 1 OR platform LIKE 'a%'", "platform = 'a\tb'",
        f"gsd IN ({', '.join(map(str, range(MOST + 1)))})", " AND ".join(f"gsd <> {n}" for n in range(MOST + 1)),
    ],
)  # fmt: skip
def test_what_a_path_cannot_say_is_left_to_the_filter(text):
    assert path(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gsd > 1 AND platform LIKE 'a%'", '((($."gsd" > 1)))'),
        ("platform <> 'a'", '(($."platform" != "a"))'),
    ],
)
def test_what_says_less_than_the_filter_has_no_shape(text, expected):
    assert (path(text), shape(text)) == (expected, None)


def test_filters_that_hold_together_are_one_path():
    assert path("gsd > 1", "platform LIKE 'a%'", "gsd < 5") == '(($."gsd" > 1) && ($."gsd" < 5))'


def test_a_shape_tells_operators_names_and_how_many_values_but_no_value():
    assert shape("gsd > 1 AND platform IN ('a', 'b')") == shape("gsd > 7 AND platform IN ('c', 'd')")
    others = ("gsd < 1", "gsd > 1", "gsd > 1 OR platform IN ('a', 'b')", "gsd > 1 AND platform IN ('a')")
    assert len({shape(text) for text in others}) == len(others)


def test_a_sieve_leaves_the_guesses_of_the_planner_as_they_were():
    some_rows(*({"gsd": number} for number in range(300)))
    connection.cursor().execute("ANALYZE django_stac_item")
    kept = sieve([parse("gsd > 1")], TARGET)
    without, with_it = (rows_expected(Item.objects.filter(*found)) for found in ([], [kept.condition]))
    assert 0.98 * without < with_it <= without


def rows_expected(items):
    return json.loads(items.order_by().explain(format="json"))[0]["Plan"]["Plan Rows"]
