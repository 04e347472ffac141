"""``/changes``: the form of what it tells, and who is told; what the feed is made of is tested in ``tests/history``."""

import pytest

from django_stac import transactions
from tests.api.asking import ask, follow, href
from tests.factories import an_item, put, put_catalog
from tests.history.consuming import settle

ROOT = "http://testserver/stac/"


@pytest.fixture
def stored(db):
    put_catalog("shelf")
    put(an_item("a/b"))


def test_a_change_tells_what_became_of_which_thing_and_where_it_is(stored):
    catalog, collection, item = ask("changes").json()["changes"]
    assert (catalog["type"], catalog["kind"], catalog["href"]) == ("created", "catalog", f"{ROOT}catalogs/shelf")
    assert (collection["kind"], collection["id"]) == ("collection", "scenes")
    assert (item["collection"], item["id"], item["href"]) == ("scenes", "a/b", f"{ROOT}collections/scenes/items/a%2Fb")


def test_the_digest_begins_the_tag_of_the_document(stored):
    *_, item = ask("changes").json()["changes"]
    assert follow(item["href"])["ETag"].startswith(f'"{item["digest"]}.')


def test_pages_are_as_long_as_is_asked_and_lead_on(stored):
    first = ask("changes", limit=2).json()
    second = follow(href(first, "next")).json()
    assert (first["numberReturned"], first["atEnd"], second["numberReturned"]) == (2, False, 1)


def test_at_the_end_it_says_so_and_leads_on_nevertheless(stored):
    page = follow(href(ask("changes").json(), "next")).json()
    assert (page["changes"], page["atEnd"]) == ([], True)
    assert href(page, "next") == href(page, "self")


@pytest.mark.django_db(transaction=True)
def test_who_has_a_copy_begins_now():
    put(an_item("a"))
    settle()
    begun = ask("changes", since="now").json()
    transactions.delete_item("scenes", "a")
    settle()
    later = follow(href(begun, "next")).json()
    assert (begun["changes"], begun["atEnd"]) == ([], True)
    assert [(each["type"], each["id"]) for each in later["changes"]] == [("deleted", "a")]
    assert later["changes"][0].keys() == {"type", "kind", "collection", "id", "at"}
