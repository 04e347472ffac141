"""What was deleted, as a list in the admin, and how it is had again."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from django_stac import transactions
from django_stac.access import AccessPolicy
from django_stac.admin import deleted
from django_stac.models import Catalog, Collection, Item, Tombstone, Version
from tests.factories import an_item, put, put_catalog, put_collection

pytestmark = pytest.mark.django_db
LIST = reverse("admin:django_stac_tombstone_changelist")
RIGHTS = [f"{verb}_{noun}" for verb in ("view", "add", "change") for noun in ("item", "collection", "catalog")]


@pytest.fixture
def editor(curator):
    return curator(*RIGHTS)


@pytest.fixture
def gone():
    """One of each kind, deleted."""
    put(an_item("a", title="last"), an_item("b"))
    put_catalog("shelf")
    transactions.delete_item("scenes", "b")
    transactions.delete_collection("scenes", cascade=True)
    transactions.delete_catalog("shelf")


def listed(client, **params):
    return [stone.thing_id for stone in client.get(LIST, params).context["cl"].result_list]


def undelete(client, *names):
    chosen = Tombstone.objects.filter(thing_id__in=names).values_list("pk", flat=True)
    return client.post(LIST, {"action": "undelete", "_selected_action": list(chosen)}, follow=True)


def messages(response):
    return [str(message) for message in response.context["messages"]]


def test_what_was_deleted_last_comes_first(editor, gone):
    assert listed(editor) == ["shelf", "scenes", "a", "b"]
    assert listed(editor, kind__exact="item") == ["a", "b"]
    assert listed(editor, q="sh") == ["shelf"]


def test_what_is_there_again_is_not_listed(editor, gone):
    put(an_item("a"))
    assert listed(editor) == ["shelf", "b"]


def test_what_was_deleted_twice_is_listed_once(editor):
    for _ in range(2):
        put(an_item("a"))
        transactions.delete_item("scenes", "a")
    assert listed(editor) == ["a"]


def test_a_page_shows_what_it_was(editor, gone):
    stone = Tombstone.objects.get(thing_id="a")
    page = editor.get(reverse("admin:django_stac_tombstone_change", args=[stone.pk]))
    assert "last" in page.content.decode()
    assert "/stac/history/collections/scenes/items/a" in page.content.decode()


def page_of(client, **stone):
    (found,) = Tombstone.objects.filter(**stone)
    return client.get(reverse("admin:django_stac_tombstone_change", args=[found.pk])).content.decode()


def test_a_page_shows_nothing_that_was_hidden_later(curator):
    put(an_item("a", title="shown"))
    transactions.delete_item("scenes", "a")
    put(an_item("a", title="secret"), published=False)
    transactions.delete_item("scenes", "a")
    page = page_of(curator("change_item"), item_published=True)
    assert ("shown" in page, "secret" in page) == (True, False)


class Forgetful(AccessPolicy):
    """Nobody may know what was."""

    def sees_history(self, user, action, **kwargs):
        return False


def test_a_page_shows_what_was_to_those_who_may_see_the_history(editor, gone, settings):
    settings.DJANGO_STAC = {"ACCESS_POLICY": f"{__name__}.Forgetful"}
    assert "example.com" not in page_of(editor, thing_id="b")
    assert "0 things" in messages(undelete(editor, "shelf"))[-1]


def test_all_of_it_is_restored_collections_before_their_items(editor, gone):
    assert messages(undelete(editor, "a", "b", "scenes", "shelf")) == ["4 things were restored."]
    assert [model.objects.count() for model in (Item, Collection, Catalog)] == [2, 1, 1]
    assert listed(editor) == []


def test_an_item_without_its_collection_says_so(editor, gone):
    refusal, count = messages(undelete(editor, "a"))
    assert refusal.startswith("a was not restored: ")
    assert count == "0 things were restored."


def test_what_was_purged_is_not_restored(editor, gone):
    Version.objects.update(document=None)
    assert "not kept" in messages(undelete(editor, "shelf"))[0]
    stone = Tombstone.objects.get(thing_id="shelf")
    assert editor.get(reverse("admin:django_stac_tombstone_change", args=[stone.pk])).status_code == 200


def test_who_may_change_and_not_add_restores_nothing(curator, gone):
    client = curator("change_catalog")
    assert listed(client) == ["shelf"]
    assert "You may not do this here." in messages(undelete(client, "shelf"))[0]
    assert Catalog.objects.count() == 0


def test_readers_have_no_list(reader, gone):
    assert reader.get(LIST).status_code == 403


def test_many_at_once_are_refused(editor, gone, monkeypatch):
    monkeypatch.setattr(deleted, "MOST_RESTORED", 1)
    assert "choose fewer" in messages(undelete(editor, "a", "b"))[0]


def test_what_was_hidden_is_not_listed_for_those_who_did_not_see_it(curator):
    put(an_item("secret"), published=False)
    put(an_item("shown"))
    transactions.delete_items(Item.objects.all())
    assert listed(curator("change_item")) == ["shown"]


def test_what_is_in_a_hidden_collection_now_is_not_listed(curator):
    put(an_item("a"))
    transactions.delete_item("scenes", "a")
    transactions.set_rights("scenes", visibility="groups")
    assert listed(curator("change_item")) == []


def test_what_was_in_a_collection_that_was_hidden_and_then_deleted_is_not_listed(curator):
    put(an_item("a"))
    transactions.delete_item("scenes", "a")
    transactions.set_rights("scenes", visibility="groups")
    transactions.delete_collection("scenes")
    assert listed(curator("change_item")) == []


def test_a_collection_that_is_there_again_unseen_changes_nothing(curator):
    put(an_item("a"))
    transactions.delete_collection("scenes", cascade=True)
    put_collection("scenes", published=False)
    client = curator("change_item", "add_item", "view_item")
    assert listed(client) == ["a"]
    assert "Its collection is not there." in messages(undelete(client, "a"))[0]
    assert Item.objects.count() == 0


def test_only_what_the_list_offers_may_be_asked(editor, gone):
    assert editor.get(LIST, {"owner_groups__contains": "1"}).status_code == 400


def test_what_is_there_again_unseen_is_not_replaced(curator):
    put(an_item("a"))
    transactions.delete_item("scenes", "a")
    put(an_item("a", title="secret"), published=False)
    client = curator("change_item", "add_item")
    assert "may not" in messages(undelete(client, "a"))[0]
    assert Item.objects.get().document["title"] == "secret"


class Embargo(AccessPolicy):
    """What has an embargo is hidden from all."""

    def visible_items(self, user, using=None):
        return super().visible_items(user, using).exclude(properties__has_key="x:embargo")


def test_what_a_policy_hides_is_not_replaced(editor, settings):
    put(an_item("a"))
    transactions.delete_item("scenes", "a")
    put(an_item("a", **{"x:embargo": True}))
    settings.DJANGO_STAC = {"ACCESS_POLICY": f"{__name__}.Embargo"}
    assert listed(editor) == ["a"]
    assert "stands there already" in messages(undelete(editor, "a"))[0]
    assert "x:embargo" in Item.objects.get().document["properties"]


def test_owners_restore_items_of_their_collection(client, staff):
    group = Group.objects.create(name="owners")
    staff.groups.add(group)
    client.force_login(staff)
    put(an_item("mine", collection="ours"), an_item("theirs"))
    put_collection("ours")
    transactions.set_rights("ours", owner_groups=[group.pk])
    transactions.delete_items(Item.objects.all())
    assert listed(client) == ["mine"]
    assert messages(undelete(client, "mine")) == ["1 thing was restored."]
