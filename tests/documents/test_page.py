"""Pages of items."""

import orjson
import pytest

from django_stac.documents.fields import Fields
from django_stac.documents.hrefs import Hrefs
from django_stac.documents.item import Stored, present
from django_stac.documents.page import item_collection
from django_stac.models.document import dump
from tests.factories import an_item

HREFS = Hrefs("https://example.com/stac/")
FILE = {"data": {"href": "stac-file:scenes/a.tif"}}


def stored(*names):
    return [Stored("scenes", name, "digest", dump(an_item(name, assets=FILE))) for name in names]


def page(rows, matched=None):
    return orjson.loads(item_collection(rows, HREFS, links=[], matched=matched).body)


@pytest.mark.parametrize("names", [(), ("a",), ("a", "b/c", "ü")])
def test_a_page_holds_the_documents_as_they_are_served_alone(names):
    assert page(stored(*names))["features"] == [orjson.loads(present(item, HREFS)) for item in stored(*names)]


def test_parts_of_items_have_the_links_and_files_of_the_whole():
    whole = page(stored("a", "b/c"))["features"]
    part = item_collection(stored("a", "b/c"), HREFS, links=[], matched=None, fields=Fields(("links", "assets"))).body
    assert [each["links"] for each in orjson.loads(part)["features"]] == [each["links"] for each in whole]
    assert [each["assets"] for each in orjson.loads(part)["features"]] == [each["assets"] for each in whole]


def test_parts_of_no_items_are_no_items():
    part = orjson.loads(item_collection([], HREFS, links=[], matched=0, fields=Fields(())).body)
    assert (part["features"], part["numberReturned"]) == ([], 0)


@pytest.mark.parametrize(("matched", "member"), [(7, {"numberMatched": 7}), (None, {})])
def test_a_page_counts_what_it_returns_and_never_says_null(matched, member):
    shown = {**page(stored("a", "b"), matched), "features": []}
    assert shown == {"type": "FeatureCollection", "features": [], "numberReturned": 2, "links": [], **member}
