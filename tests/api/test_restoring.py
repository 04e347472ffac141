"""Restoring over HTTP: over what stands, which is a version then, or after it was deleted."""

import pytest
from django.test import Client

from django_stac import transactions
from django_stac.access import AccessPolicy
from django_stac.api.views import versions
from django_stac.models import Item, Version
from tests.api.asking import ask, asker, follow, href
from tests.api.sending import a_user, send, writer
from tests.api.test_history import changed
from tests.factories import an_item, put, put_collection

__all__ = ["changed", "writer"]

KINDS = [
    (("item-version", 1, "scenes", "a"), ("item", "scenes", "a")),
    (("collection-version", 1, "scenes"), ("collection", "scenes")),
    (("catalog-version", 1, "shelf"), ("catalog", "shelf")),
]
every_kind = pytest.mark.parametrize(("version", "thing"), KINDS, ids=lambda route: route[0])


@pytest.fixture
def deleted(writer, changed):
    """All of it is gone."""
    for route, query in [(("collection", "scenes"), "?cascade=true"), (("catalog", "shelf"), "")]:
        assert send(writer, "DELETE", *route, query=query).status_code == 204


def title(client, thing):
    return ask(*thing, client=client).json().get("title")


# Over what stands


@every_kind
def test_a_version_replaces_what_stands(writer, changed, version, thing):
    first = title(writer, version)
    answer = send(writer, "POST", *version)
    assert (answer.status_code, answer.content, title(writer, thing)) == (204, b"", first)
    assert ask(*thing, client=writer)["ETag"] == answer["ETag"]


@every_kind
def test_what_was_replaced_is_a_version_itself(writer, changed, version, thing):
    send(writer, "POST", *version)
    history = href(ask(*thing, client=writer).json(), "version-history")
    assert [each["number"] for each in follow(history, client=writer).json()["versions"]] == [4, 3, 2, 1]
    assert title(writer, (version[0], 3, *version[2:])) == "third"


@every_kind
def test_who_wants_the_document_gets_it(writer, changed, version, thing):
    answer = send(writer, "POST", *version, prefer="return=representation")
    assert (answer.status_code, answer.json()["id"]) == (200, thing[-1])


@every_kind
def test_what_stands_is_restored_by_doing_nothing(writer, changed, version, thing):
    assert send(writer, "POST", version[0], 3, *version[2:]).status_code == 204
    assert Version.objects.filter(number=3).count() == 0


def test_the_state_that_is_replaced_may_be_named(writer, changed):
    tag = ask("item", "scenes", "a", client=writer)["ETag"]
    assert send(writer, "POST", "item-version", 1, "scenes", "a", if_match='"other"').status_code == 412
    assert send(writer, "POST", "item-version", 1, "scenes", "a", if_none_match="*").status_code == 412
    assert send(writer, "POST", "item-version", 1, "scenes", "a", if_match=tag).status_code == 204
    assert send(writer, "POST", "item-version", 2, "scenes", "a", if_match=tag).status_code == 412


def test_a_site_may_demand_the_state_that_was_read(writer, changed, settings):
    settings.DJANGO_STAC = {"REQUIRE_IF_MATCH": True}
    assert send(writer, "POST", "item-version", 1, "scenes", "a").status_code == 428


@every_kind
def test_a_key_restores_once(writer, changed, version, thing):
    for _ in range(2):
        assert send(writer, "POST", *version, idempotency_key="k").status_code == 204
    assert Version.objects.filter(number__gt=3).count() == 0


def test_rules_that_have_become_stricter_are_told(writer, changed):
    transactions.set_validation("scenes", rules={"schema": {"required": ["title"]}})
    answer = send(writer, "POST", "item-version", 1, "scenes", "a")
    assert (answer.status_code, answer.json()["code"]) == (400, "InvalidDocument")
    assert title(writer, ("item", "scenes", "a")) == "third"


# After it was deleted


def test_an_item_is_had_again(writer, changed):
    send(writer, "DELETE", "item", "scenes", "a")
    answer = send(writer, "POST", "item-version", 2, "scenes", "a")
    assert (answer.status_code, answer.json()["title"]) == (201, "second")
    assert answer["Location"] == "http://testserver/stac/collections/scenes/items/a"
    assert ask("item", "scenes", "a").json()["title"] == "second"


def test_a_collection_and_a_catalogue_are_had_again(writer, deleted):
    for version, thing in KINDS[1:]:
        assert send(writer, "POST", version[0], 3, *version[2:]).status_code == 201
        assert ask(*thing).json()["title"] == "third"


def test_an_item_needs_its_collection_first(writer, deleted):
    assert send(writer, "POST", "item-version", 3, "scenes", "a").status_code == 404
    assert send(writer, "POST", "collection-version", 3, "scenes").status_code == 201
    assert send(writer, "POST", "item-version", 3, "scenes", "a").status_code == 201


def test_a_key_makes_it_anew_once(writer, changed):
    send(writer, "DELETE", "item", "scenes", "a")
    answers = [send(writer, "POST", "item-version", 3, "scenes", "a", idempotency_key="k") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].content == answers[1].content


def test_what_is_made_anew_has_no_state_to_match(writer, changed):
    send(writer, "DELETE", "item", "scenes", "a")
    assert send(writer, "POST", "item-version", 3, "scenes", "a", if_match="*").status_code == 412
    assert send(writer, "POST", "item-version", 3, "scenes", "a", if_none_match="*").status_code == 201


def test_what_was_made_again_and_hidden_is_not_replaced_by_those_who_do_not_see_it(writer, changed, settings):
    send(writer, "DELETE", "item", "scenes", "a")
    put(an_item("a", title="secret"), published=False)
    client = asker(Client(), a_user("add_item", "change_item", "delete_item", name="blind"))
    assert send(client, "POST", "item-version", 1, "scenes", "a").status_code == 403
    assert Item.objects.get().document["title"] == "secret"


def test_nothing_is_restored_into_a_collection_that_is_there_again_unseen(writer, changed):
    send(writer, "DELETE", "collection", "scenes", query="?cascade=true")
    put_collection("scenes", published=False)
    client = asker(Client(), a_user("add_item", "change_item", "view_item", name="blind"))
    assert send(client, "POST", "item-version", 3, "scenes", "a").status_code == 404
    assert not Item.objects.exists()


def test_what_is_deleted_meanwhile_is_not_made_anew(writer, changed, monkeypatch):
    def digest_to_match(request, digest):
        transactions.delete_item("scenes", "a")

    monkeypatch.setattr(versions, "digest_to_match", digest_to_match)
    assert send(writer, "POST", "item-version", 1, "scenes", "a").status_code == 404
    assert not Item.objects.exists()


class Embargo(AccessPolicy):
    """What has an embargo is hidden from all."""

    def visible_items(self, user, using=None):
        return super().visible_items(user, using).exclude(properties__has_key="x:embargo")


def test_what_a_policy_hides_is_not_replaced(changed, settings):
    transactions.delete_item("scenes", "a")
    put(an_item("a", **{"x:embargo": True}))
    settings.DJANGO_STAC = {"ACCESS_POLICY": f"{__name__}.Embargo"}
    client = asker(Client(), a_user())
    answer = send(client, "POST", "item-version", 1, "scenes", "a")
    assert (answer.status_code, answer.json()["code"]) == (409, "AlreadyExists")
    assert "x:embargo" in Item.objects.get().document["properties"]


# Who may


@every_kind
def test_strangers_and_readers_restore_nothing(changed, version, thing):
    reader = asker(Client(), a_user("view_item", "view_collection", name="reader"))
    assert send(Client(), "POST", *version).status_code == 401
    assert send(reader, "POST", *version).status_code == 403


def test_who_may_change_and_not_add_restores_what_stands_alone(changed):
    client = asker(Client(), a_user("change_item", "delete_item", "view_item", name="editor"))
    assert send(client, "POST", "item-version", 1, "scenes", "a").status_code == 204
    assert send(client, "DELETE", "item", "scenes", "a").status_code == 204
    assert send(client, "POST", "item-version", 1, "scenes", "a").status_code == 403


@pytest.mark.parametrize("version", [("item-version", 9, "scenes", "a"), ("item-version", 1, "scenes", "x")])
def test_what_never_was_is_not_restored(writer, changed, version):
    assert send(writer, "POST", *version).status_code == 404
