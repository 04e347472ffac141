"""Pages for people, under a strict policy of content and in another language."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from tests.factories import an_item, box, put
from tests.host_site.asking import get

pytestmark = pytest.mark.django_db(databases=["default", "geo"])
PATHS = [
    "", "collections", "collections/scenes", "collections/scenes/items", "collections/scenes/items/a", "search",
    "catalogs", "conformance", "api", "api.html", "collections/none", "aggregate",
    "aggregations", "collections/scenes/aggregate", "collections/scenes/aggregations",
]  # fmt: skip
DRAWN = ("", "collections", "collections/scenes", "collections/scenes/items", "collections/scenes/items/a", "search")
GEOMETRY = {"d", "points", "viewBox", "transform", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height"}


@pytest.fixture(autouse=True)
def scenes():
    put(an_item("a", geometry=box(1.25, 2.5, 3.75, 4.125), **{"eo:cloud_cover": 12345.5}))
    put(an_item("b", geometry=box(-1.25, -2.5, -0.75, -0.125)))


class Elements(HTMLParser):
    """Every start tag with its attributes."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def page(path, **headers):
    answer = get(path, accept="text/html", **headers)
    assert answer["Content-Type"].startswith("text/html")
    return Elements(answer.content.decode()).found


@pytest.mark.parametrize("path", PATHS)
def test_no_page_needs_more_than_the_sites_own_files(path):
    for tag, attributes in page(path):
        assert tag != "style"
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        assert tag != "script" or attributes.get("src", "").startswith("/") or "json" in attributes.get("type", "")


@pytest.mark.parametrize("path", PATHS)
def test_static_files_are_those_that_were_collected(path):
    sources = [attrs.get("href") or attrs.get("src") for tag, attrs in page(path) if tag in ("script", "link", "img")]
    own = [source for source in sources if source and source.startswith("/assets/")]
    assert own
    assert all(re.search(r"\.[0-9a-f]{12}\.", source) for source in own)


@pytest.mark.parametrize("path", PATHS)
def test_drawings_have_points_and_not_commas_in_their_numbers(path):
    elements = page(path, accept_language="de")
    assert "svg" in dict(elements) or path not in DRAWN
    for tag, attributes in elements:
        for name in GEOMETRY & attributes.keys() if tag not in ("img", "link") else ():
            assert not re.search(r"\d,\d+,\d", attributes[name]), (tag, name, attributes[name])
            assert "\xa0" not in attributes[name]
            assert name in ("d", "points", "transform", "viewBox") or "," not in attributes[name]


@pytest.mark.parametrize("path", PATHS)
def test_links_of_pages_stand_under_the_prefix(path):
    links = [
        attrs["href"] for tag, attrs in page(path) if tag == "a" and attrs.get("href", "").startswith(("/", "http://t"))
    ]
    assert links
    assert [link for link in links if not re.match(r"(http://testserver)?/geo/stac/|/admin/", link)] == []


def test_a_page_is_chosen_by_the_header_and_not_by_the_site():
    assert Client().get("/geo/stac/", headers={"accept": "text/html,*/*;q=0.8"})["Content-Type"].startswith("text/html")


def test_numbers_of_forms_and_links_have_no_separator_of_thousands():
    values = [
        value for _, attributes in page("search?limit=1000", accept_language="de") for value in attributes.values()
    ]
    assert [value for value in values if value and "limit=1000" in value]
    assert not [value for value in values if value and "1.000" in value]
