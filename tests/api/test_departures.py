"""What was deleted: 410 for those who could see it, 404 for all others."""

import pytest
from django.test import Client

from django_stac import transactions
from django_stac.models import Item, Version
from tests.api.asking import ask, asker, follow, href, hrefs
from tests.api.people import group, person
from tests.api.sending import a_user, send, writer
from tests.factories import an_item, put, put_catalog, put_collection

__all__ = ["writer"]

KINDS = [("item", "scenes", "a"), ("collection", "scenes"), ("catalog", "shelf")]
every_kind = pytest.mark.parametrize("thing", KINDS, ids=lambda route: route[0])


@pytest.fixture
def deleted(writer):
    """One of each, gone."""
    put(an_item("a"))
    put_catalog("shelf")
    transactions.delete_collection("scenes", cascade=True)
    transactions.delete_catalog("shelf")


@every_kind
def test_what_was_deleted_is_gone_and_says_since_when(deleted, thing):
    answer = ask(*thing)
    assert (answer.status_code, answer.json()["code"]) == (410, "Gone")
    assert answer.json()["deleted"].endswith("Z")
    assert answer.json()["links"] == []


@every_kind
def test_a_site_answers_404_where_its_clients_know_no_410(deleted, thing, settings):
    settings.DJANGO_STAC = {"GONE": False}
    answer = ask(*thing)
    assert (answer.status_code, answer.json()["deleted"][-1:]) == (404, "Z")


@every_kind
def test_who_may_restore_it_is_led_to_it(writer, deleted, thing):
    answer = ask(*thing, client=writer).json()
    last = follow(href(answer, "latest-version"), client=writer).json()
    history = follow(href(answer, "version-history"), client=writer).json()
    assert (last["id"], history["deleted"]) == (thing[-1], answer["deleted"])
    assert [each["end"] for each in history["versions"]] == ["deleted"]
    assert hrefs(history, "about") == []
    (restore,) = [link for link in answer["links"] if link["rel"] == "restore"]
    assert (restore["method"], restore["href"]) == ("POST", href(answer, "latest-version"))


def test_what_is_not_kept_any_more_is_not_offered(writer, deleted):
    Version.objects.update(document=None)
    answer = ask(*KINDS[0], client=writer).json()
    assert [link["rel"] for link in answer["links"]] == ["version-history"]
    assert ask("item-history", "scenes", "a", client=writer).json()["versions"] == []


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
@every_kind
def test_what_is_gone_is_not_changed(writer, deleted, thing, method):
    assert send(writer, method, *thing, body={}).status_code == 410


def test_what_is_below_a_collection_that_is_gone_is_gone(writer, deleted):
    for name in ("items", "collection-queryables", "collection-aggregate", "dates"):
        assert ask(name, "scenes").status_code == 410
    assert send(writer, "POST", "items", "scenes", body=an_item("b")).status_code == 410


@every_kind
def test_deleting_it_again_is_done_already(writer, deleted, thing, settings):
    missing = 410 if thing[0] == "item" else 204
    assert send(writer, "DELETE", *thing).status_code == missing
    settings.DJANGO_STAC = {"STRICT_DELETE": True}
    assert send(writer, "DELETE", *thing).status_code == 410


def test_what_was_made_again_is_there(writer, db):
    put(an_item("a"))
    transactions.delete_item("scenes", "a")
    put(an_item("a"))
    assert ask("item", "scenes", "a").status_code == 200


def test_a_slash_at_the_end_is_ignored(deleted):
    assert Client().get("/stac/collections/scenes/items/a/").status_code == 410


def test_a_page_says_that_it_was_deleted(deleted):
    page = ask(*KINDS[0], f="html")
    assert page.status_code == 410
    assert b"deleted" in page.content


# Who is told


def gone(status, *, user=None, thing=KINDS[0]):
    return ask(*thing, user=user).status_code == status


def test_what_was_hidden_when_it_was_deleted_is_404_for_those_who_did_not_see_it(db):
    put(an_item("a"), published=False)
    transactions.delete_item("scenes", "a")
    assert gone(404)
    assert gone(404, user=person("writer"))
    assert gone(410, user=person("viewer"))


def test_what_was_hidden_first_and_deleted_then_stays_hidden(db):
    (item,) = put(an_item("a"))
    transactions.set_published(item, published=False)
    transactions.delete_item("scenes", "a")
    assert gone(404)
    assert gone(410, user=person("viewer"))


def test_nobody_learns_that_it_is_there_again_unseen(db):
    put(an_item("a"))
    transactions.delete_item("scenes", "a")
    put(an_item("a"), published=False)
    assert gone(410)
    transactions.delete_item("scenes", "a")
    assert gone(410)
    assert Item.objects.count() == 0


def test_what_was_hidden_is_no_deletion(db):
    (item,) = put(an_item("a"))
    transactions.set_published(item, published=False)
    assert gone(404)


def test_what_was_deleted_in_a_collection_that_is_hidden_now_is_hidden(db):
    put(an_item("a"), an_item("b"))
    transactions.delete_item("scenes", "a")
    transactions.set_rights("scenes", visibility="groups")
    assert gone(404)
    assert gone(410, user=person("viewer"))


def test_nobody_learns_that_a_hidden_collection_was_deleted(db):
    put(an_item("a"))
    transactions.delete_item("scenes", "a")
    transactions.set_rights("scenes", visibility="groups")
    transactions.delete_collection("scenes")
    assert gone(404)
    assert gone(404, thing=KINDS[1])


def test_nobody_learns_that_a_collection_is_there_again_unseen(db):
    put(an_item("a"))
    transactions.delete_collection("scenes", cascade=True)
    put_collection("scenes", published=False)
    assert gone(410)
    assert gone(410, thing=KINDS[1])


def test_groups_are_told_what_they_saw(db):
    put_collection("scenes")
    rights = {"viewer_groups": [group("member").pk], "owner_groups": [group("owner").pk]}
    transactions.set_rights("scenes", visibility="groups", **rights)
    put(an_item("a"))
    transactions.delete_collection("scenes", cascade=True)
    for who, status in {"reader": 404, "member": 410, "owner": 410, "stranger": 404, "superuser": 410}.items():
        user = person(who)
        assert gone(status, user=user)
        assert gone(status, user=user, thing=KINDS[1])


def test_owners_restore_what_was_deleted_in_their_collection(db):
    put(an_item("a"))
    transactions.set_rights("scenes", owner_groups=[group("owner").pk])
    transactions.delete_item("scenes", "a")
    client = asker(Client(), person("owner"))
    restore = href(ask("item", "scenes", "a", client=client).json(), "restore")
    assert client.post(restore.removeprefix("http://testserver")).status_code == 201


def test_who_may_not_add_is_not_led_to_restoring(db):
    put(an_item("a"))
    transactions.delete_item("scenes", "a")
    answer = ask("item", "scenes", "a", user=a_user("change_item")).json()
    assert {link["rel"] for link in answer["links"]} == {"version-history", "latest-version"}
