"""The contract of links: what a link promises, its URL keeps."""

import pytest

from django_stac import transactions
from tests.api.asking import ask, follow
from tests.api.test_items import series
from tests.factories import an_item, put, put_catalog, put_collection

ROOT = "http://testserver/stac/"


@pytest.fixture
def stored(db):
    """Something of every kind, on more pages than one."""
    series(3)
    put(an_item("odd/id {z} ä"))
    shelf = put_catalog("shelf")
    transactions.add_child(shelf, put_catalog("a board"))
    transactions.add_child(shelf, put_collection("listed"))


def links_of(document):
    """Every link of a document and of the documents in it."""
    yield from document.get("links", [])
    for name in ("collections", "catalogs", "features"):
        for entry in document.get(name, []):
            yield from links_of(entry)


def walk():
    """Follow every GET link from the landing page on, and from pages of one entry: (link, response)."""
    starts = [f"{ROOT}collections?limit=1", f"{ROOT}search?limit=1", f"{ROOT}collections/scenes/items?limit=1"]
    waiting = [{"href": href, "type": None} for href in (ROOT, *starts)]
    seen = set()
    while waiting:
        link = waiting.pop()
        if (link["href"], link["type"]) in seen or link.get("method") == "POST":
            continue
        seen.add((link["href"], link["type"]))
        response = follow(link["href"], accept=link["type"])
        yield link, response
        if "json" in response["Content-Type"]:
            waiting.extend(links_of(response.json()))


def test_every_link_leads_to_what_its_type_says(stored):
    broken, types = [], set()
    for link, response in walk():
        answered = response["Content-Type"].removesuffix("; charset=utf-8")
        if response.status_code != 200 or answered != (link["type"] or answered):
            broken.append((link["href"], link["type"], response.status_code, answered))
        types.add(link["type"])
    assert broken == []
    assert len(types) == 6, "JSON, GeoJSON, JSON Schema, OpenAPI, HTML, and where the walk starts"


def test_every_link_has_a_type_and_a_url_that_needs_no_more_encoding(stored):
    for link, _ in walk():
        assert link["type"] or link["href"].startswith(ROOT)
        assert link["href"].isascii()
        assert not set(' {}<>"\\^`|') & set(link["href"])


def test_self_link_leads_to_the_same_document(stored):
    for name, *args in [("landing",), ("conformance",), ("catalogs",), ("collections",), ("search",)]:
        document = ask(name, *args).json()
        (self_link,) = [link["href"] for link in document["links"] if link["rel"] == "self"]
        assert follow(self_link).json() == document
