"""``/changes``: the form of what it tells, and who is told; what the feed is made of is tested in ``tests/history``."""

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.test import Client

from django_stac import transactions
from django_stac.history import source
from django_stac.models import Item
from tests.api.asking import ask, follow, href, url
from tests.api.people import person
from tests.api.test_access import FOR, FROM, hide, published
from tests.factories import an_item, put, put_catalog
from tests.history.consuming import settle

__all__ = ["published"]

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


def dropped():
    """Delete what is hidden."""
    transactions.delete_collection("secret", cascade=True)
    for item in Item.objects.filter(published=False):
        transactions.delete_item("shown", item.item_id)


def heard(user, token, change):
    """What somebody is told of a change, and where they are then."""
    change()
    settle()
    page = follow(token, user=user).json()
    return {(each["type"], each["id"]) for each in page["changes"]}, href(page, "next")


def begin(user):
    settle()
    return href(ask("changes", user=user, since="now").json(), "next")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("way", "who"), FROM)
def test_who_does_not_see_a_thing_never_hears_of_it(published, way, who):
    user = person(who)
    if way == "unpublished":
        token = begin(user)
        assert heard(user, token, lambda: hide(way)) == (set(), token)
    else:
        hide(way)  # It is there for everybody until it has its rights.
        token = begin(user)
    assert heard(user, token, dropped) == (set(), token)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("way", "who"), FOR)
def test_who_sees_a_thing_hears_what_becomes_of_it(published, way, who):
    user = person(who)
    made, token = heard(user, begin(user), lambda: hide(way))
    gone, _ = heard(user, token, dropped)
    assert made >= {("created", "secret"), ("created", "secret-too")}
    assert gone >= {("deleted", "secret"), ("deleted", "secret-too")}


@pytest.mark.django_db(transaction=True)
def test_a_place_of_before_a_flush_is_410_and_says_what_to_do():
    page = ask("changes").json()
    call_command("flush", interactive=False, verbosity=0)
    answer = follow(href(page, "next"))
    assert (answer.status_code, answer.json()["code"]) == (410, "StartAgain")
    assert answer.json()["description"].endswith("start again without since.")


def test_an_idle_feed_is_not_sent_again(stored):
    page = follow(href(ask("changes").json(), "next"))
    again = follow(href(page.json(), "next"), **{"if-none-match": page["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_head_tells_the_length(stored):
    answer, head = ask("changes"), Client().head(url("changes"))
    assert (head.content, head["Content-Length"]) == (b"", str(len(answer.content)))


def test_the_page_for_people_lists_changes_and_leads_on(stored):
    page = ask("changes", f="html", limit=3).content.decode()
    assert "<td>created</td><td>catalogue</td>" in page
    assert 'href="http://testserver/stac/collections/scenes/items/a%2Fb">a/b</a>' in page
    assert 'rel="next"' in page


def test_the_landing_page_leads_there(db):
    assert href(ask("landing").json(), "changes") == f"{ROOT}changes"


@pytest.mark.parametrize(
    ("params", "blamed"), [({"since": "x"}, "since"), ({"limit": "0"}, "limit"), ({"collections": "\0"}, "collections")]
)
def test_what_is_no_question_is_refused(db, params, blamed):
    answer = ask("changes", **params)
    assert (answer.status_code, answer.json()["parameter"]) == (400, blamed)


def test_a_page_is_never_longer_than_the_site_allows(stored, settings):
    settings.DJANGO_STAC = {"MAX_LIMIT": 1}
    assert ask("changes", limit=1000).json()["numberReturned"] == 1


@pytest.mark.django_db(transaction=True)
def test_what_takes_too_long_is_503(settings, monkeypatch):
    put(an_item("a"))
    settings.DJANGO_STAC = {"STATEMENT_TIMEOUT": 50}
    slow = source.SOURCES[-1]
    monkeypatch.setattr(source, "SOURCES", [replace(slow, thing=slow.thing.replace("'item'", "pg_sleep(1)::text"))])
    assert ask("changes").status_code == 503
