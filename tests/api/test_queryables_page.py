"""What may be filtered and sorted by, as people see it."""

import pytest

from django_stac import transactions
from django_stac.api.pages.queryables import row_of
from tests.api.asking import ask
from tests.factories import an_item, put


def shown(schema, name="x:y"):
    row = row_of(name, schema)
    return row.type, row.values


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string", "enum": ["a", "b"]}, ("text", "a, b")),
        ({"type": "integer", "minimum": 1, "maximum": 9}, ("whole number", "1 \N{EN DASH} 9")),
        ({"type": "number", "minimum": 1}, ("number", "")),
        ({"type": ["boolean", "number"]}, ("true or false, number", "")),
        ({"format": "geometry-any"}, ("geometry", "")),
        ({"type": "array", "items": {"type": "string", "enum": ["a"]}}, ("list", "a")),
        ({"type": "array", "items": {"type": "string"}}, ("list", "")),
        ({"type": "string", "enum": [str(number) for number in range(14)]},
         ("text", "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more")),
        ({}, ("", "")),
        ({"type": 7, "enum": 8}, ("7", "")),
    ],
)  # fmt: skip
def test_a_schema_is_told_in_words(schema, words):
    assert shown(schema) == words


def test_addresses_stand_on_lines_of_their_own(db):
    schema = {"type": "string", "enum": ["s3://a/b", "s3://c/d"]}
    put(an_item())
    transactions.set_queryables("scenes", {"x:y": schema})
    assert "s3://a/b<br>s3://c/d" in ask("collection-queryables", "scenes", f="html").content.decode()


def test_units_are_told():
    assert (
        shown({"type": "number", "minimum": 0, "maximum": 7.5}, "eo:cloud_cover")[1]
        == "0 \N{EN DASH} 7.5\N{NO-BREAK SPACE}%"
    )


def test_times_are_told_as_times():
    ends = {"formatMinimum": "2020-01-01T00:00:00Z", "formatMaximum": "2021-01-01T00:00:00Z"}
    kind, values = shown({"type": "string", "format": "date-time", **ends})
    assert kind == "time"
    assert "2020" in values
    assert "T00" not in values


@pytest.mark.parametrize("route", [("queryables",), ("collection-sortables", "scenes"), ("collections-queryables",)])
def test_pages_have_a_line_for_each_property(db, route):
    put(an_item("a", **{"x:y": "<b>"}))
    transactions.derive()
    page = ask(*route, f="html").content.decode()
    assert page.count('<th scope="row">') == len(ask(*route).json()["properties"])
    assert "<b>" not in page


def test_pages_say_where_there_may_be_more(db):
    put(an_item("a"))
    assert "There may be more" in ask("queryables", f="html").content.decode()
    transactions.derive()
    assert "There may be more" not in ask("queryables", f="html").content.decode()


def test_pages_of_a_collection_lead_back_to_it(db):
    put(an_item("a", collection="a b"))
    page = ask("collection-queryables", "a b", f="html").content.decode()
    assert 'href="http://testserver/stac/collections/a%20b"' in page
