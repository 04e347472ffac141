"""Children of the landing page and of catalogues (STAC API - Children)."""

import pytest
from django.test import override_settings

from django_stac import transactions
from tests.api.asking import ask, follow, href, hrefs
from tests.factories import put_catalog, put_collection
from tests.statements import statements

ROOT = "http://testserver/stac/"


@pytest.fixture
def shelf(db):
    """A catalogue that lists another and two collections, beside one that nothing lists."""
    shelf = put_catalog("shelf")
    transactions.add_child(shelf, put_collection("second"))
    transactions.add_child(shelf, put_collection("first"))
    transactions.add_child(shelf, put_catalog("board"))
    transactions.add_child(shelf, put_collection("hidden", published=False))
    put_collection("free")
    return shelf


def children(*route, **params):
    return ask(*route, **params).json()["children"]


def test_conforms_to_children(shelf):
    for parent in (ask("landing").json(), ask("catalog", "shelf").json()):
        page = follow(href(parent, "children")).json()
        assert page["children"] == [follow(child).json() for child in hrefs(parent, "child")]
        assert {"self", "root", "parent"} <= {link["rel"] for link in page["links"]}


def test_conforms_to_children_type_filter(shelf):
    assert [each["id"] for each in children("children", type="Catalog")] == ["shelf"]
    assert [each["id"] for each in children("catalog-children", "shelf", type="Collection")] == ["second", "first"]


def test_another_type_is_refused_with_what_is_allowed(shelf):
    response = ask("children", type="Item")
    assert (response.status_code, response.json()["parameter"]) == (400, "type")
    assert "Catalog or Collection" in response.json()["description"]


def test_children_are_those_that_the_user_may_see(shelf, viewer):
    assert "hidden" not in [each["id"] for each in children("catalog-children", "shelf")]
    assert "hidden" in [each["id"] for each in children("catalog-children", "shelf", user=viewer)]


def test_parent_is_the_catalogue_whose_children_they_are(shelf):
    assert href(ask("catalog-children", "shelf").json(), "parent") == f"{ROOT}catalogs/shelf"


def test_children_of_an_unknown_catalogue_are_404(db):
    assert ask("catalog-children", "none").status_code == 404


def test_documents_that_are_not_asked_for_are_not_fetched(shelf):
    with statements() as seen:
        children("children", type="Catalog")
    assert not any('"django_stac_collection"."document"' in each for each in seen)


@override_settings(DJANGO_STAC={"LANDING_CHILDREN": 1})
def test_as_many_children_as_the_landing_page_links(shelf):
    put_collection("gone")
    listed = children("children")
    assert [each["id"] for each in listed] == ["shelf", "free", "django-stac-collections-after-free"]
    assert listed == [follow(child).json() for child in hrefs(ask("landing").json(), "child")]


@pytest.mark.parametrize(("noun", "params", "status"), [("items", {"after": "a"}, 404), ("catalogs", {}, 400)])
def test_more_of_what_there_is_not_or_after_nothing_is_refused(db, noun, params, status):
    assert ask("more", noun, **params).status_code == status


def test_page_for_people_shows_cards(shelf):
    page = ask("children", f="html").content.decode()
    assert "shelf" in page
    assert "free" in page
