"""Collections (STAC API - Collections)."""

import pytest

from django_stac import transactions
from django_stac.models import ExtentMode
from tests.api.asking import ask, follow, href, hrefs, ids, url
from tests.factories import a_collection, an_item, put, put_catalog, put_collection

ROOT = "http://testserver/stac/"


def test_all_collections_come_in_one_page_with_self_as_the_landing_page_links_it(db):
    put_collection("a")
    put_collection("b")
    page = ask("collections").json()
    assert ids(page) == ["a", "b"]
    assert href(page, "self") == href(ask("landing").json(), "data") == f"{ROOT}collections"
    assert (page["numberMatched"], page["numberReturned"]) == (2, 2)
    assert hrefs(page, "next") == hrefs(page, "prev") == []


def test_list_has_no_type_member(db):
    assert "type" not in ask("collections").json()


def test_pages_are_walked_by_next_and_back_by_prev(db):
    for number in range(5):
        put_collection(f"c{number}")
    first = ask("collections", limit=2).json()
    second = follow(href(first, "next")).json()
    third = follow(href(second, "next")).json()
    assert [ids(page) for page in (first, second, third)] == [["c0", "c1"], ["c2", "c3"], ["c4"]]
    assert hrefs(third, "next") == []
    assert ids(follow(href(second, "prev")).json()) == ["c0", "c1"]


@pytest.mark.parametrize("limit", ["0", "-1", "x", "1.5", ""])
def test_limit_that_is_no_positive_integer_is_refused(db, limit):
    response = ask("collections", limit=limit)
    assert (response.status_code, response.json()["parameter"]) == (400, "limit")


def test_huge_limit_is_lowered(db):
    assert ask("collections", limit="1" + "0" * 50).status_code == 200


def test_unknown_token_is_refused(db):
    response = ask("collections", token="what")
    assert (response.status_code, response.json()["parameter"]) == (400, "token")


def test_collection_has_the_links_of_the_specification(db):
    put_collection("scenes")
    collection = ask("collection", "scenes").json()
    assert href(collection, "self") == f"{ROOT}collections/scenes"
    assert href(collection, "items") == f"{ROOT}collections/scenes/items"
    assert href(collection, "parent") == href(collection, "root") == ROOT


def test_parent_is_the_catalogue_that_lists_the_collection(db):
    transactions.add_child(put_catalog("shelf"), put_collection("scenes"))
    assert href(ask("collection", "scenes").json(), "parent") == f"{ROOT}catalogs/shelf"


def test_listed_collection_is_the_same_document_as_the_single_one(db):
    transactions.add_child(put_catalog("shelf"), put_collection("scenes"))
    assert ask("collections").json()["collections"] == [ask("collection", "scenes").json()]


def test_derived_extent_covers_the_published_items_only(db):
    collection = transactions.create_collection(a_collection("scenes"), extent_mode=ExtentMode.DERIVED)
    put(an_item("shown"))
    put(an_item("hidden", geometry=None, datetime="1999-01-01T00:00:00Z"), published=False)
    transactions.derive()
    served = ask("collection", collection.collection_id).json()
    assert served["extent"]["temporal"]["interval"] == [["2024-06-01T10:00:00Z", "2024-06-01T10:00:00Z"]]


def test_foreign_links_of_the_document_stay(db):
    licence = {"rel": "license", "href": "https://example.com/licence", "type": "text/html"}
    put_collection("scenes", links=[licence])
    assert licence in ask("collection", "scenes").json()["links"]


@pytest.mark.parametrize("name", ["none", "hidden"])
def test_unknown_and_hidden_collections_are_404_in_the_same_words(db, name):
    put_collection("hidden", published=False)
    response = ask("collection", name)
    assert response.status_code == 404
    assert response.json() == {"code": "NotFound", "description": f"There is no collection {name!r}."}


@pytest.mark.parametrize("name", ["a b", "ä", "50%", "a?b#c", "%2F", "a&b=c", "{z}"])
def test_any_printable_id_is_found_by_its_own_link(db, client, name):
    put_collection(name)
    collection = ask("collection", name).json()
    assert client.get(href(collection, "self")).json()["id"] == name
    assert client.get(href(collection, "items")).status_code == 200


@pytest.mark.parametrize("path", ["collections/", "collections/scenes/", "collections/scenes/items/"])
def test_one_slash_at_the_end_is_ignored_without_a_redirect(db, client, path):
    put_collection("scenes")
    slashed, plain = client.get(f"/stac/{path}"), client.get(f"/stac/{path[:-1]}")
    assert slashed.status_code == 200
    assert slashed.content == plain.content


def test_two_slashes_at_the_end_are_one_too_many(db, client):
    assert client.get(f"{url('collections')}//").status_code == 404


def test_numbers_beyond_64_bits_are_no_summary(db):
    transactions.create_collection(a_collection("scenes"), extent_mode=ExtentMode.DERIVED)
    put(an_item("a", **{"x:big": 1e20, "x:small": 1}))
    transactions.derive()
    assert ask("collection", "scenes").json()["summaries"] == {"x:small": {"minimum": 1, "maximum": 1}}
