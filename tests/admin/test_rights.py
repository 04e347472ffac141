"""Rights in the admin: who gives them, and what owners of a collection do without model permissions."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from django_stac import transactions
from django_stac.access import policy
from django_stac.models import Collection, Item
from tests.admin.test_editing import NO_ASSETS, NO_FILES, edit, refused, saved, text, url
from tests.factories import a_collection, an_item, put, put_catalog, put_collection

pytestmark = pytest.mark.django_db

ITEMS = reverse("admin:django_stac_item_changelist")
COLLECTIONS = reverse("admin:django_stac_collection_changelist")


@pytest.fixture
def group():
    return Group.objects.create(name="surveyors")


@pytest.fixture
def mine(group):
    """An item of a collection that the group owns, and that others do not see."""
    (item,) = put(an_item("mine", collection="ours"))
    transactions.set_rights("ours", visibility="groups", owner_groups=[group.pk])
    return Item.objects.select_related("collection").get(pk=item.pk)


@pytest.fixture
def theirs():
    return put(an_item("theirs", collection="public"))[0]


@pytest.fixture
def owner(staff, group, client):
    """A client signed in as staff of the group, without any permission."""
    staff.groups.add(group)
    client.force_login(staff)
    return client


def rights():
    return Collection.objects.values_list("visibility", "viewer_groups", "owner_groups").get()


# Who gives them


def test_curators_say_who_sees_a_collection_and_who_owns_it(admin_client, group):
    collection, other = put_collection(), Group.objects.create(name="drones")
    fields = {
        "visibility": "groups",
        "viewer_groups": [other.pk],
        "owner_groups": [group.pk],
        "extent_mode": "document",
    }
    saved(admin_client, url(collection), edit(collection, **fields))
    assert rights() == ("groups", [other.pk], [group.pk])


def test_a_new_collection_has_its_rights_from_the_start(admin_client, group):
    fields = {"visibility": "signed-in", "owner_groups": [group.pk], "extent_mode": "document", **NO_FILES}
    data = {"document": text(a_collection("new")), **fields}
    saved(admin_client, reverse("admin:django_stac_collection_add"), data)
    assert rights() == ("signed-in", [], [group.pk])


def told_to_everybody():
    """What anybody hears to have left their sight."""
    return list(policy().visible_tombstones(None))


def test_of_a_collection_that_was_never_for_them_people_do_not_hear_that_it_is_gone(admin_client, group):
    fields = {"visibility": "groups", "viewer_groups": [group.pk], "extent_mode": "document", **NO_FILES}
    data = {"document": text(a_collection("new")), "published": "on", **fields}
    saved(admin_client, reverse("admin:django_stac_collection_add"), data)
    assert (Collection.objects.get().published, told_to_everybody()) == (True, [])


@pytest.mark.parametrize(("before", "after"), [("public", "groups"), ("groups", "public")])
def test_nor_when_it_is_shown_to_some_or_hidden_from_some_in_one_form(admin_client, before, after):
    collection = put_collection(published=False)
    transactions.set_rights("scenes", visibility=before)
    transactions.set_published(collection, published=before == "groups")
    data = edit(Collection.objects.get(), visibility=after, extent_mode="document")
    saved(
        admin_client, url(collection), {name: data[name] for name in data if name != "published" or after == "groups"}
    )
    assert (Collection.objects.get().published, told_to_everybody()) == (after == "groups", [])


def test_who_saves_a_note_leaves_rights_that_another_has_given(admin_client, group):
    collection = put_collection()
    data = edit(collection, member_title="Note", extent_mode="document")
    transactions.set_rights("scenes", visibility="groups", owner_groups=[group.pk])
    saved(admin_client, url(collection), data)
    assert rights() == ("groups", [], [group.pk])


def test_viewers_read_the_rights_in_words(reader, group):
    collection = put_collection()
    transactions.set_rights("scenes", visibility="signed-in", owner_groups=[group.pk])
    page = reader.get(url(collection)).content.decode()
    assert "surveyors" in page
    assert "everybody who is signed in" in page


def test_the_list_tells_and_filters_who_sees_a_collection(reader):
    for name in ("open", "closed"):
        put_collection(name)
    transactions.set_rights("closed", visibility="groups")
    page = reader.get(COLLECTIONS, {"visibility__exact": "groups"}).content.decode()
    assert ">closed<" in page
    assert ">open<" not in page


# What owners do


def test_owners_see_what_everybody_sees_and_what_they_own(owner, mine, theirs):
    page = owner.get(ITEMS).content.decode()
    assert ">mine<" in page
    assert ">theirs<" in page


def test_owners_edit_items_of_their_collection_and_of_no_other(owner, mine, theirs):
    saved(owner, url(mine), edit(mine, member_title="Morning"))
    assert Item.objects.get(item_id="mine").document["properties"]["title"] == "Morning"
    assert owner.get(url(theirs)).status_code == 200
    assert owner.post(url(theirs), edit(theirs, member_title="Morning")).status_code == 403


def test_owners_add_items_to_their_collection_and_to_no_other(owner, mine, theirs):
    add = reverse("admin:django_stac_item_add")
    document = {name: value for name, value in an_item("new").items() if name != "collection"}
    data = {"published": "on", "document": text(document), **NO_ASSETS, **NO_FILES}
    assert "may not add items" in refused(owner, add, {**data, "collection": theirs.collection.pk})
    saved(owner, add, {**data, "collection": mine.collection.pk})
    assert Item.objects.get(item_id="new").collection == mine.collection


def test_owners_delete_items_of_their_collection_and_of_no_other(owner, mine, theirs):
    assert owner.post(url(theirs, "delete"), {"post": "yes"}).status_code == 403
    saved(owner, url(mine, "delete"), {"post": "yes"})
    assert [item.item_id for item in Item.objects.all()] == ["theirs"]


@pytest.mark.parametrize("action", ["hide", "delete_selected"])
def test_actions_on_chosen_rows_are_for_all_of_them_or_none(owner, mine, theirs, action):
    chosen = {"action": action, "_selected_action": [mine.pk, theirs.pk], "post": "yes"}
    owner.post(ITEMS, chosen)
    assert list(Item.objects.values_list("published", flat=True)) == [True, True]
    owner.post(ITEMS, {**chosen, "_selected_action": [mine.pk]})
    assert not Item.objects.filter(item_id="mine", published=True).exists()


def test_a_refused_action_names_the_collections(owner, mine, theirs):
    chosen = {"action": "hide", "_selected_action": [mine.pk, theirs.pk]}
    assert "you may not do this in public." in owner.post(ITEMS, chosen, follow=True).content.decode()


def test_owners_edit_the_document_of_their_collection_but_not_its_rights(owner, mine, group):
    collection = mine.collection
    forged = {"visibility": "public", "owner_groups": [], "viewer_groups": [group.pk]}
    saved(owner, url(collection), edit(collection, member_title="Ours", extent_mode="document", **forged))
    assert Collection.objects.get().title == "Ours"
    assert rights() == ("groups", [], [group.pk])


def test_owners_neither_add_nor_delete_collections_nor_touch_catalogues(owner, mine):
    shelf = put_catalog()
    assert owner.get(reverse("admin:django_stac_collection_add")).status_code == 403
    assert owner.post(url(mine.collection, "delete"), {"post": "yes"}).status_code == 403
    assert owner.get(url(shelf)).status_code == 403


def test_staff_that_owns_nothing_is_not_let_in(owner, theirs):
    assert owner.get(ITEMS).status_code == 403
    assert owner.get(url(theirs)).status_code == 403


def test_owners_find_the_way_from_the_front_page_of_the_admin(owner, mine):
    page = owner.get(reverse("admin:index")).content.decode()
    assert ITEMS in page
    assert COLLECTIONS in page
