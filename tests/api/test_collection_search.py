"""Searches of collections (STAC API - Collection Search), by GET on two resources and by POST."""

import json

import pytest

from tests.api.asking import ask, follow, href, hrefs, ids, search_collections, url
from tests.factories import put_collection

ROOT = "http://testserver/stac/"


@pytest.fixture
def regions(db):
    for name, box, interval in [
        ("alps", [10, 45, 11, 46], ["2000-01-01T00:00:00Z", "2009-12-31T00:00:00Z"]),
        ("fiji", [177, -18, -178, -16], ["2010-01-01T00:00:00Z", None]),
        ("world", [-180, -90, 180, 90], [None, None]),
    ]:
        extent = {"spatial": {"bbox": [box]}, "temporal": {"interval": [interval]}}
        put_collection(name, extent=extent, keywords=["hot" if name == "fiji" else "cold"])


CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
LIKE = {"op": "like", "args": [{"property": "title"}, "F%"]}
ASKED = [
    ({"bbox": "179,-17,-179,-16.5"}, {"bbox": [179, -17, -179, -16.5]}, ["fiji", "world"]),
    ({"bbox": "10,45,0,11,46,99"}, {"bbox": [10, 45, 0, 11, 46, 99]}, ["alps", "world"]),
    ({"datetime": "2030-01-01T00:00:00Z/.."}, {"datetime": "2030-01-01T00:00:00Z/.."}, ["fiji", "world"]),
    ({"q": "fiji,nothing"}, {"q": ["fiji", "nothing"]}, ["fiji"]),
    ({"q": "scenes -fiji"}, {"q": "scenes -fiji"}, ["alps", "world"]),
    ({"filter": "title LIKE 'F%'"}, {"filter": LIKE}, ["fiji"]),
    ({"filter": json.dumps(LIKE), "filter-lang": "cql2-json"}, {"filter": LIKE, "filter-lang": "cql2-json"}, ["fiji"]),
    ({"filter": "id = 'x'", "filter-crs": CRS84}, {"filter": "id = 'x'", "filter-lang": "cql2-text"}, []),
    ({"query": '{"title": {"startsWith": "f"}}'}, {"query": {"title": {"startsWith": "f"}}}, ["fiji"]),
    ({"query": '{"keywords": {"contains": "hot"}}'}, {"query": {"keywords": {"contains": "hot"}}}, ["fiji"]),
    ({"sortby": "-id"}, {"sortby": [{"field": "id", "direction": "desc"}]}, ["world", "fiji", "alps"]),
    ({"sortby": "+properties.datetime,id"}, {"sortby": [{"field": "datetime"}]}, ["alps", "fiji", "world"]),
    ({"limit": "1"}, {"limit": 1}, ["alps"]),
]


@pytest.mark.parametrize(("params", "body", "found"), ASKED)
def test_parameters_and_body_ask_the_same(regions, params, body, found):
    assert ids(search_collections(**params).json()) == found
    assert ids(ask("collections-search", **params).json()) == found
    assert ids(search_collections(body).json()) == found


def test_counts_are_those_of_the_search(regions):
    page = search_collections(bbox="0,0,1,1").json()
    assert (ids(page), page["numberMatched"], page["numberReturned"]) == (["world"], 1, 1)


def test_pages_by_get_keep_the_parameters(regions):
    first = search_collections(bbox="10,45,11,46", limit=1).json()
    second = follow(href(first, "next")).json()
    assert (ids(first), ids(second), hrefs(second, "next")) == (["alps"], ["world"], [])
    assert "bbox=10,45,11,46" in href(first, "next")
    assert ids(follow(href(second, "prev")).json()) == ["alps"]


def test_pages_by_post_carry_the_whole_body(regions):
    body = {"bbox": [10, 45, 11, 46], "limit": 1}
    (following,) = [link for link in search_collections(body).json()["links"] if link["rel"] == "next"]
    assert {**following, "body": {**following["body"], "token": ""}} == {
        "rel": "next", "href": f"{ROOT}collections-search", "type": "application/json", "method": "POST",
        "body": {**body, "token": ""}, "merge": False,
    }  # fmt: skip
    assert ids(search_collections(following["body"]).json()) == ["world"]


def test_each_resource_links_itself(regions):
    assert href(search_collections().json(), "self") == f"{ROOT}collections"
    assert href(ask("collections-search").json(), "self") == f"{ROOT}collections-search"
    assert href(search_collections({}).json(), "root") == ROOT


FIELDS = [
    ({"fields": "title"}, {"fields": {"include": ["title"]}}, {"title"}),
    ({"fields": "extent.spatial,-title"}, {"fields": {"include": ["extent.spatial"]}}, {"extent"}),
    ({"fields": ""}, {"fields": None}, {"title", "description", "license", "extent", "links"}),
]


@pytest.mark.parametrize(("params", "body", "members"), FIELDS)
def test_parts_of_collections_can_be_asked_for(regions, params, body, members):
    asked = [search_collections(**params), ask("collections-search", **params), search_collections(body)]
    assert [set(page.json()["collections"][0]) for page in asked] == [{"type", "stac_version", "id", *members}] * 3


@pytest.mark.parametrize("name", ["collections", "collections-search"])
@pytest.mark.parametrize(
    "params", [{}, {"q": "fiji"}, {"q": "nothing"}, {"fields": "title"}, {"fields": "-title,-extent"}]
)
def test_every_search_has_a_page_for_people(regions, name, params):
    assert ask(name, f="html", **params).status_code == 200


def test_the_form_is_filled_with_what_was_asked_for(regions):
    page = ask("collections", f="html", q='"a & b" -fiji', bbox="0,0,1,1").content.decode()
    assert 'name="q" value="&quot;a &amp; b&quot; -fiji"' in page
    assert 'name="bbox" value="0,0,1,1"' in page
    assert "0 collections found" in page


def test_a_form_sent_without_words_lists_all(regions):
    response = ask("collections", f="html", q="", bbox="", datetime="")
    assert (response.status_code, response["Location"]) == (303, "?f=html")


@pytest.mark.parametrize("name", ["collections", "collections-search"])
@pytest.mark.parametrize(
    ("params", "blamed"),
    [
        ({"bbox": "1,2,3"}, "bbox"),
        ({"datetime": "yesterday"}, "datetime"),
        ({"ids": "alps"}, "ids"),
        ({"x": "1"}, "x"),
        ({"q": '"open'}, "q"),
        ({"filter": "title ="}, "filter"),
        ({"filter": "titel = 'x'"}, "filter"),
        ({"filter": "gsd > 'x' AND title = 5"}, "filter"),
        ({"filter": "title = 'x'", "filter-lang": "sql"}, "filter-lang"),
        ({"filter": "title = 'x'", "filter-crs": "EPSG:3857"}, "filter-crs"),
        ({"query": '{"title": {"like": "x"}}'}, "query"),
        ({"query": '{"created": {"lt": "x"}}'}, "query"),
        ({"sortby": "keywords"}, "sortby"),
        ({"sortby": "titel"}, "sortby"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(db, name, params, blamed):
    response = ask(name, **params)
    assert (response.status_code, response.json()["parameter"]) == (400, blamed)


@pytest.mark.parametrize(
    "body",
    [
        [], "x", {"ids": ["a"]}, {"bbox": "1,2,3,4"}, {"limit": "1"}, {"datetime": 7}, {"q": 7}, {"q": ["a", 7]},
        {"filter": 7}, {"filter": {"op": "=", "args": [{"property": "\0"}, 1]}}, {"filter": {"op": "x", "args": []}},
        {"filter": {"op": "=", "args": [{"property": "title"}, "\ud800"]}}, {"query": []},
        {"query": {"title": {}, "x": 1}},
        {"sortby": "id"}, {"sortby": [{"field": "\0"}]}, {"fields": []}, {"token": 7},
        {"filter": {"op": ">", "args": [{"property": "title"}, 1e400]}},
    ],
)  # fmt: skip
def test_bodies_that_are_not_understood_are_refused(db, body):
    assert search_collections(body).status_code == 400


def test_a_post_where_collections_are_made_searches_nothing(db, client):
    assert client.post(url("collections"), {}, content_type="application/json").status_code == 401


def test_hidden_collections_are_neither_found_nor_counted(regions):
    put_collection("hidden", published=False)
    page = search_collections({"bbox": [0, 0, 1, 1]}).json()
    assert (ids(page), page["numberMatched"]) == (["world"], 1)
