"""The HTML form of every resource (OGC API - Features, class html)."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from tests.api.asking import ask
from tests.factories import an_item, put, put_catalog, put_collection

SINGLES = [("catalog", "shelf"), ("collection", "scenes"), ("item", "scenes", "one")]
RESOURCES = [
    ("landing",), ("conformance",), ("api",), ("api-html",), ("catalogs",), ("collections",),
    ("items", "scenes"), ("search",), ("aggregate",), ("aggregations",), ("collection-aggregate", "scenes"),
    ("collection-aggregations", "scenes"), ("queryables",), ("collection-sortables", "scenes"),
    ("collections-queryables",), *SINGLES,
]  # fmt: skip
EVIL = '"><script>alert(1)</script>'


class Page(HTMLParser):
    """The tags of a page and their attributes."""

    def __init__(self, response):
        super().__init__()
        self.tags = []
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def all(self, name):
        return [attributes for tag, attributes in self.tags if tag == name]

    def links(self):
        return [attributes["href"] for attributes in self.all("a")]


def page(*names, **params):
    return Page(ask(*names, f="html", **params))


@pytest.fixture
def one_of_each(db):
    put(an_item("one"))
    put_catalog()


@pytest.mark.parametrize("names", RESOURCES)
def test_every_resource_has_a_page(one_of_each, names):
    response = ask(*names, f="html")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert b"<h1>" in response.content


@pytest.mark.parametrize("names", RESOURCES)
def test_pages_run_no_script_and_ask_nobody_else(one_of_each, names):
    tags = page(*names).tags
    assert not [tag for tag, _ in tags if tag in ("script", "iframe", "object", "embed", "style")]
    assert not [name for _, attributes in tags for name in attributes if name == "style" or name.startswith("on")]
    loaded = [attributes.get("src") or "" for tag, attributes in tags if tag == "img"]
    assert all(url.startswith("http://testserver/") for url in loaded)


@pytest.mark.parametrize("names", SINGLES)
def test_page_shows_every_link_of_the_document(one_of_each, names):
    shown = ask(*names, f="html").content.decode()
    for link in ask(*names).json()["links"]:
        assert f'<a href="{link["href"]}">' in shown


@pytest.mark.parametrize("names", RESOURCES)
def test_page_links_to_its_json(one_of_each, names):
    if names != ("api-html",):
        assert "?f=json" in page(*names).links()


@pytest.mark.parametrize("names", RESOURCES)
def test_every_page_is_a_document_with_landmarks(one_of_each, names):
    shown = page(*names)
    assert [len(shown.all(tag)) for tag in ("main", "h1")] == [1, 1]
    assert shown.all("html")[0]["lang"] == "en"
    assert shown.links()[0] == "#content"
    assert all("alt" in image for image in shown.all("img"))


def test_ids_in_a_page_are_unique(one_of_each):
    ids = [attributes["id"] for _, attributes in page("landing").tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_browsers_get_the_page_and_programs_the_json(one_of_each):
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert ask("landing", headers={"accept": browser})["Content-Type"].startswith("text/html")
    assert ask("landing", headers={"accept": "*/*"})["Content-Type"] == "application/json"


def test_error_is_a_page_that_says_what_is_wrong(db):
    response = ask("search", f="html", bbox="1,2")
    assert response.status_code == 400
    assert "bbox" in response.content.decode()
    assert ask("collection", "none", f="html").status_code == 404


def test_refused_credentials_give_a_page(db):
    response = ask("landing", f="html", headers={"authorization": "Basic bm86bm8="})
    assert response.status_code == 401
    assert response["Content-Type"].startswith("text/html")


def test_empty_fields_of_a_form_are_taken_off_the_url(one_of_each):
    response = ask("search", f="html", bbox="", datetime="", collections="scenes", limit="24")
    assert response.status_code == 303
    assert response["Location"] == "?f=html&collections=scenes&limit=24"


def test_empty_fields_are_still_refused_in_json(db):
    assert ask("search", bbox="").status_code == 400


def test_search_by_post_can_be_a_page(one_of_each):
    response = Client().post("/stac/search", {"limit": 1}, "application/json", headers={"accept": "text/html"})
    assert "1 item found" in response.content.decode()


def test_search_by_post_never_becomes_another_search(one_of_each):
    search = {"path": "/stac/search?f=html&limit=", "data": {"limit": 1}, "content_type": "application/json"}
    assert Client().post(**search).status_code == 400


@pytest.mark.parametrize("member", ["title", "description", "license", "keywords", "providers", "assets", "summaries"])
def test_what_strangers_wrote_in_a_collection_is_escaped(db, settings, member):
    settings.DJANGO_STAC = {"VALIDATION": "off"}
    put_collection("evil", **{member: {EVIL: {"href": EVIL}} if member == "assets" else EVIL})
    for names in (("collection", "evil"), ("collections",), ("landing",)):
        assert "<script" not in ask(*names, f="html").content.decode()


def test_what_strangers_wrote_in_an_item_is_escaped(db, settings):
    settings.DJANGO_STAC = {"VALIDATION": "off"}
    assets = {EVIL: {"href": EVIL, "title": EVIL, "type": EVIL, "roles": [EVIL], "bands": [{"name": EVIL}]}}
    put(an_item("evil", properties={"title": EVIL, EVIL: EVIL, "x:y": {EVIL: EVIL}}, assets=assets))
    for names in (("item", "scenes", "evil"), ("items", "scenes"), ("collection", "scenes"), ("search",)):
        assert "<script" not in ask(*names, f="html").content.decode()


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", " JavaScript:alert(1)", "java\nscript:alert(1)", "data:text/html,x"]
)
def test_dangerous_hrefs_are_text(db, settings, href):
    settings.DJANGO_STAC = {"VALIDATION": "off"}
    item = an_item("evil", assets={"a": {"href": href}}, links=[{"rel": "about", "href": href}])
    put(item)
    links = page("item", "scenes", "evil").links()
    assert not [url for url in links if not re.match(r"https?://|\?|#", url)]


@pytest.mark.parametrize(
    "changes",
    [
        {"links": [{"rel": 7, "href": {}}, {"rel": "about", "href": "http://[bad"}]},
        {"assets": {"a": {"href": 7, "roles": 7, "bands": 7, "classification:classes": "x", "file:size": "big"}}},
        {"assets": {"a": {"bands": [{"statistics": 7, "classification:classes": [{"value": {}, "color_hint": 7}]}]}}},
        {"stac_extensions": 7},
        {"properties": {"eo:cloud_cover": "much", "title": 7, "datetime": "2024-06-01T10:00:00Z"}},
        {"geometry": None, "bbox": None},
    ],
)
def test_odd_items_of_a_lenient_catalogue_still_have_pages(db, settings, changes):
    settings.DJANGO_STAC = {"VALIDATION": "off"}
    put(an_item("odd", **changes))
    for names in (("item", "scenes", "odd"), ("items", "scenes"), ("collection", "scenes"), ("landing",)):
        assert ask(*names, f="html").status_code == 200


@pytest.mark.parametrize("member", ["extent", "providers", "keywords", "summaries", "item_assets", "description"])
@pytest.mark.parametrize("value", [7, "x", [7], {"x": 7}, {"spatial": {"bbox": 7}}, None])
def test_odd_collections_of_a_lenient_catalogue_still_have_pages(db, settings, member, value):
    settings.DJANGO_STAC = {"VALIDATION": "off"}
    put_collection("odd", **{member: value})
    for names in (("collection", "odd"), ("collections",), ("landing",)):
        assert ask(*names, f="html").status_code == 200


def test_page_speaks_the_language_that_was_asked_for(db):
    response = ask("landing", f="html", lang="de")
    assert '<html lang="de">' in response.content.decode()
    assert '<html lang="en">' in ask("landing", f="html", lang="nonsense").content.decode()


def test_numbers_of_pictures_have_points_in_every_language(one_of_each):
    shown = ask("item", "scenes", "one", f="html", lang="de").content.decode()
    assert re.search(r'viewBox="0 0 480 320"', shown)
    assert not re.search(r'(?:x|y|width|height)="[0-9]+,[0-9]', shown)
