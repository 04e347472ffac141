"""The list of the functions that a filter may call."""

import pytest

from django_stac.cql2.functions import FUNCTIONS
from tests.api.asking import ask, hrefs

pytestmark = pytest.mark.django_db


def test_every_function_is_listed_with_what_it_takes_and_returns():
    listed = ask("functions").json()["functions"]
    assert [each["name"] for each in listed] == list(FUNCTIONS)
    assert {"name": "year", "description": "The year of a time, in UTC.",
            "args": [{"type": ["datetime"]}], "returns": ["number"]} in listed  # fmt: skip


def test_the_list_is_linked_from_the_landing_page():
    landing = ask("landing").json()
    assert hrefs(landing, "http://www.opengis.net/def/rel/ogc/1.0/functions") == ["http://testserver/stac/functions"]
    assert hrefs(ask("functions").json(), "root") == ["http://testserver/stac/"]


def test_the_list_is_a_page_too():
    assert b"year" in ask("functions", f="html").content
