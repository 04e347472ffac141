"""Searches of collections (STAC API - Collection Search), by GET on two resources and by POST."""

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
        put_collection(name, extent={"spatial": {"bbox": [box]}, "temporal": {"interval": [interval]}})


ASKED = [
    ({"bbox": "179,-17,-179,-16.5"}, {"bbox": [179, -17, -179, -16.5]}, ["fiji", "world"]),
    ({"bbox": "10,45,0,11,46,99"}, {"bbox": [10, 45, 0, 11, 46, 99]}, ["alps", "world"]),
    ({"datetime": "2030-01-01T00:00:00Z/.."}, {"datetime": "2030-01-01T00:00:00Z/.."}, ["fiji", "world"]),
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


@pytest.mark.parametrize("name", ["collections", "collections-search"])
@pytest.mark.parametrize(
    ("params", "blamed"),
    [({"bbox": "1,2,3"}, "bbox"), ({"datetime": "yesterday"}, "datetime"), ({"ids": "alps"}, "ids"), ({"x": "1"}, "x")],
)
def test_what_is_not_understood_is_refused_by_name(db, name, params, blamed):
    response = ask(name, **params)
    assert (response.status_code, response.json()["parameter"]) == (400, blamed)


@pytest.mark.parametrize("body", [[], "x", {"ids": ["a"]}, {"bbox": "1,2,3,4"}, {"limit": "1"}, {"datetime": 7}])
def test_bodies_that_are_not_understood_are_refused(db, body):
    assert search_collections(body).status_code == 400


def test_collections_are_not_searched_by_post_where_they_are_made(db, client):
    assert client.post(url("collections"), {}, content_type="application/json").status_code == 405


def test_hidden_collections_are_neither_found_nor_counted(regions):
    put_collection("hidden", published=False)
    page = search_collections({"bbox": [0, 0, 1, 1]}).json()
    assert (ids(page), page["numberMatched"]) == (["world"], 1)
