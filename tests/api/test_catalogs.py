"""Catalogues and their graph."""

import pytest

from django_stac import transactions
from tests.api.asking import ask, href, hrefs, ids, url
from tests.factories import put_catalog, put_collection

ROOT = "http://testserver/stac/"


@pytest.fixture
def shelf(db):
    """A catalogue that lists another, a published collection and a hidden one."""
    shelf = put_catalog("shelf", title="Shelf")
    transactions.add_child(shelf, put_catalog("board"))
    transactions.add_child(shelf, put_collection("shown"))
    transactions.add_child(shelf, put_collection("hidden", published=False))
    return shelf


def test_catalogue_links_to_its_children_that_the_user_may_see(shelf, viewer):
    assert hrefs(ask("catalog", "shelf").json(), "child") == [f"{ROOT}catalogs/board", f"{ROOT}collections/shown"]
    assert f"{ROOT}collections/hidden" in hrefs(ask("catalog", "shelf", user=viewer).json(), "child")


def test_parent_of_a_catalogue_that_nothing_lists_is_the_root(shelf):
    assert href(ask("catalog", "shelf").json(), "parent") == ROOT


def test_parent_is_the_catalogue_that_listed_it_first(shelf):
    board = put_catalog("drawer")
    transactions.add_child(shelf, board)
    transactions.add_child(put_catalog("another"), board)
    assert href(ask("catalog", "drawer").json(), "parent") == f"{ROOT}catalogs/shelf"


def test_list_holds_every_catalogue_as_it_stands_alone(shelf):
    listed = ask("catalogs").json()
    assert ids(listed) == ["board", "shelf"]
    assert listed["catalogs"] == [ask("catalog", name).json() for name in ids(listed)]


def test_unknown_catalogue_is_404(db):
    response = ask("catalog", "none")
    assert (response.status_code, response.json()["code"]) == (404, "NotFound")


@pytest.mark.parametrize("name", ["a b", "ä", "50%", "a?b#c", "{z}", "100% {x}"])
def test_any_printable_id_is_found_by_its_own_link(db, client, name):
    put_catalog(name)
    self_link = href(ask("catalog", name).json(), "self")
    assert self_link.isascii()
    assert not set(" {}?#") & set(self_link)
    assert client.get(self_link).json()["id"] == name


def test_one_slash_behind_a_catalogue_is_ignored(shelf, client):
    assert client.get(f"{url('catalog', 'shelf')}/").json()["id"] == "shelf"
