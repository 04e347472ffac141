"""Tombstones, as the verbs make them."""

import threading

import pytest
from django.db import connection, transaction

from django_stac import transactions
from django_stac.models import Collection, Item, Tombstone
from tests.factories import an_item, put, put_catalog, put_collection

pytestmark = pytest.mark.django_db


def told(*names):
    return list(Tombstone.objects.order_by("id").values_list(*names, flat=len(names) == 1))


@pytest.mark.parametrize(
    "delete",
    [
        lambda: transactions.delete_item("scenes", "a"),
        lambda: transactions.delete_items(Item.objects.all()),
    ],
)
def test_what_is_deleted_has_one(delete):
    put(an_item("a"))
    delete()
    assert told("kind", "collection_id", "thing_id", "deleted") == [("item", "scenes", "a", True)]


def test_a_deleted_collection_has_one_and_each_of_its_items():
    put(an_item("a"), an_item("b"))
    put_catalog()
    transactions.delete_collection("scenes", cascade=True)
    transactions.delete_catalog("shelf")
    assert told("kind", "collection_id", "thing_id") == [
        ("item", "scenes", "a"),
        ("item", "scenes", "b"),
        ("collection", "scenes", "scenes"),
        ("catalog", "", "shelf"),
    ]


def test_one_tells_who_could_see_the_thing():
    put(an_item("a"))
    put(an_item("b"), published=False)
    transactions.set_rights("scenes", visibility="groups", viewer_groups=[1], owner_groups=[2])
    Tombstone.objects.all().delete()
    transactions.delete_items(Item.objects.all())
    rights = ("published", "visibility", "viewer_groups", "owner_groups", "item_published")
    assert told(*rights) == [(True, "groups", [1], [2], True), (True, "groups", [1], [2], False)]


def test_one_tells_who_deleted_and_in_which_transaction(django_user_model):
    ann = django_user_model.objects.create_user("ann")
    (item,) = put(an_item("a"))
    transactions.delete_item("scenes", "a", actor=ann)
    assert told("by", "changed") == [(str(ann.pk), item.changed)]


def test_a_site_that_keeps_no_documents_has_them_all_the_same(settings):
    settings.DJANGO_STAC = {"HISTORY": False}
    put(an_item("a"))
    transactions.delete_item("scenes", "a")
    assert told("deleted") == [True]


# Hiding


def test_what_is_hidden_has_one_and_what_is_shown_again_keeps_it():
    items = put(an_item("a"))
    for published in (False, False, True, True):
        transactions.set_published(items, published=published)
    assert told("kind", "deleted", "item_published") == [("item", False, True)]


def test_a_hidden_collection_has_one_and_its_items_none():
    put(an_item("a"))
    transactions.set_published(Collection.objects.all(), published=False)
    transactions.set_published(Collection.objects.all(), published=True)
    assert told("kind", "deleted", "published") == [("collection", False, True)]


def rights(visibility="groups", viewers=(1, 2), owners=(3, 4)):
    return {"visibility": visibility, "viewer_groups": viewers, "owner_groups": owners}


@pytest.mark.parametrize(
    "after",
    [rights("signed-in"), rights(viewers=[1]), rights(viewers=[1, 9]), rights(owners=[]), rights(owners=[3, 9])],
)
@pytest.mark.parametrize("before", [rights(), rights("public")])
def test_rights_that_narrow_make_one(before, after):
    put_collection()
    transactions.set_rights("scenes", **before)
    Tombstone.objects.all().delete()
    transactions.set_rights("scenes", **after)
    narrows = before["visibility"] == "public" or after["visibility"] == "groups"
    assert told("visibility", "viewer_groups", "owner_groups") == [(before["visibility"], [1, 2], [3, 4])] * narrows


@pytest.mark.parametrize("after", [rights("public"), rights("signed-in"), rights(viewers=[1, 2, 9], owners=[3, 4, 9])])
def test_rights_that_widen_make_none(after):
    put_collection()
    transactions.set_rights("scenes", **rights())
    Tombstone.objects.all().delete()
    transactions.set_rights("scenes", **after)
    assert told("id") == []


@pytest.mark.django_db(transaction=True)
def test_a_change_of_sight_is_told_by_its_transaction():
    put(an_item("a"))
    before = Collection.objects.get()
    transactions.set_rights("scenes", owner_groups=[1])
    owned = Collection.objects.get()
    transactions.set_published(owned, published=False)
    hidden = Collection.objects.get()
    transactions.patch_collection("scenes", {"title": "other"})
    written = Collection.objects.get()
    assert before.shown < owned.shown == owned.changed < hidden.shown == hidden.changed
    assert hidden.shown == written.shown < written.changed


@pytest.mark.django_db(transaction=True)
def test_a_deletion_and_a_change_of_sight_take_turns():
    """Otherwise a tombstone would not be told to those who saw the item before it was gone."""
    put(an_item("a"))
    transactions.set_rights("scenes", visibility="groups")

    def delete():
        try:
            transactions.delete_item("scenes", "a")
        finally:
            connection.close()

    with transaction.atomic():
        transactions.set_rights("scenes", visibility="public")
        deleting = threading.Thread(target=delete)
        deleting.start()
        deleting.join(0.5)
        assert deleting.is_alive()
    deleting.join(10)
    assert Tombstone.objects.last().visibility == "public"
