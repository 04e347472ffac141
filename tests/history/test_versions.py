"""Versions, as the verbs make them."""

import pytest
from django.core.files.base import ContentFile

from django_stac import transactions
from django_stac.models import Collection, ExtentMode, Item, Version
from django_stac.models.stored_file import storage_named
from django_stac.transactions import FileFact, Incoming
from tests.factories import a_catalog, a_collection, an_item, put, put_catalog, put_collection

pytestmark = pytest.mark.django_db


def told(*names):
    return list(Version.objects.order_by("id").values_list(*names, flat=len(names) == 1))


def upsert(*documents, **further):
    return transactions.upsert_items(documents, **further)


def test_what_is_new_is_in_no_version():
    put(an_item("a"))
    put_catalog()
    upsert(an_item("b"))
    assert not Version.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda: transactions.replace_item(an_item("a", title="second")),
        lambda: transactions.patch_item("scenes", "a", {"title": "second"}),
        lambda: upsert(an_item("a", title="second"), an_item("b")),
        lambda: upsert(Incoming(document=an_item("a", title="second"), if_match=Item.objects.get().digest)),
    ],
)
def test_what_is_replaced_is_kept(change):
    (item,) = put(an_item("a", title="first"))
    change()
    version = Version.objects.get()
    assert (version.kind, version.collection_id, version.thing_id, version.number) == ("item", "scenes", "a", 1)
    assert (version.document, version.digest, version.deleted) == (item.document, item.digest, False)


@pytest.mark.parametrize(
    "change",
    [
        lambda: transactions.replace_item(an_item("a")),
        lambda: upsert(an_item("a")),
        lambda: upsert(an_item("a", title="second"), replace=False),
        lambda: upsert(Incoming(document=an_item("a", title="second"), if_match="other")),
        lambda: upsert(Incoming(document=an_item("absent"), if_match="other")),
        lambda: transactions.set_published(Item.objects.all(), published=False),
        lambda: transactions.set_validation("scenes", level="off"),
        lambda: transactions.set_rights("scenes", visibility="groups"),
        lambda: transactions.replace_collection(a_collection(), extent_mode=ExtentMode.DERIVED),
        transactions.derive,
    ],
)
def test_what_is_not_replaced_is_not_kept(change):
    put(an_item("a"))
    change()
    assert (Version.objects.count(), Item.objects.count()) == (0, 1)


@pytest.mark.parametrize(
    "delete",
    [
        lambda: transactions.delete_item("scenes", "a"),
        lambda: transactions.delete_items(Item.objects.all()),
    ],
)
def test_what_is_deleted_is_kept(delete):
    (item,) = put(an_item("a"))
    delete()
    assert told("document", "deleted", "number") == [(item.document, True, 1)]


def test_a_deleted_collection_is_kept_with_each_of_its_items():
    put(an_item("a"), an_item("b"))
    transactions.delete_collection("scenes", cascade=True)
    assert told("kind", "thing_id") == [("item", "a"), ("item", "b"), ("collection", "scenes")]


def test_collections_and_catalogues_are_kept():
    put_collection(), put_catalog()
    transactions.replace_collection(a_collection(title="second"))
    transactions.replace_catalog(a_catalog(title="second"))
    transactions.delete_catalog("shelf")
    assert told("kind", "collection_id", "thing_id", "number") == [
        ("collection", "scenes", "scenes", 1),
        ("catalog", "", "shelf", 1),
        ("catalog", "", "shelf", 2),
    ]


def test_numbers_go_on_after_a_deletion():
    for title in ("first", "second"):
        put(an_item("a", title=title))
        transactions.delete_item("scenes", "a")
    put(an_item("a"))
    upsert(an_item("a", title="third"))
    assert told("number", "deleted") == [(1, True), (2, True), (3, False)]


def test_a_version_tells_who_wrote_it_when_and_who_ended_it(django_user_model):
    ann, bob = (django_user_model.objects.create_user(name) for name in ("ann", "bob"))
    put_collection()
    item = transactions.create_item(an_item("a"), actor=ann)
    item = transactions.patch_item("scenes", "a", {"title": "second"}, actor=bob)
    upsert(an_item("a", title="third"))
    transactions.delete_item("scenes", "a", actor=ann)
    assert told("written_by", "ended_by") == [(str(ann.pk), str(bob.pk)), (str(bob.pk), None), (None, str(ann.pk))]
    first, second, third = Version.objects.order_by("number")
    assert (first.written, second.written) == (item.created, item.updated)
    assert first.written < first.ended <= second.ended <= third.ended


def test_rights_do_not_pass_for_a_document_that_was_written(django_user_model):
    put_collection()
    written = Collection.objects.get().updated
    transactions.set_rights("scenes", visibility="groups", actor=django_user_model.objects.create_user("ann"))
    transactions.set_queryables("scenes", {"a": {"type": "string"}})
    transactions.set_validation("scenes", level="off")
    transactions.replace_collection(a_collection(title="second"))
    assert told("written", "written_by") == [(written, None)]


def test_a_version_tells_who_could_see_it():
    put_collection(published=False)
    transactions.set_rights("scenes", visibility="groups", viewer_groups=[1], owner_groups=[2])
    put_catalog("shelf")
    put(an_item("a"), published=False)
    transactions.delete_collection("scenes", cascade=True)
    transactions.delete_catalog("shelf")
    rights = ("published", "visibility", "viewer_groups", "owner_groups", "item_published")
    assert told(*rights) == [
        (False, "groups", [1], [2], False),
        (False, "groups", [1], [2], True),
        (True, "public", [], [], True),
    ]


def test_an_item_has_a_word_of_its_own():
    put_collection("scenes", published=False)
    put(an_item("a"))
    transactions.delete_collection("scenes", cascade=True)
    assert [(each.kind, each.was_published) for each in Version.objects.order_by("pk")] == [
        ("item", True),
        ("collection", False),
    ]


def test_a_version_names_the_files_of_its_document(settings, tmp_path):
    settings.DJANGO_STAC = {"FILES_ROOT": tmp_path}
    storage_named("django_stac").save("a.tif", ContentFile(b"pixels"))
    fact = FileFact(storage="django_stac", path="a.tif", key="data", size=6, checksum="1220ab", owned=True)
    put_collection()
    upsert(Incoming(document=an_item("a", assets={"data": {"href": fact.reference}}), files=[fact]))
    upsert(an_item("a"))
    upsert(an_item("a", title="third"))
    named = {"storage": "django_stac", "path": "a.tif", "key": "data", "size": 6, "checksum": "1220ab", "owned": True}
    assert told("files") == [[named], None]


def test_a_site_may_keep_none(settings):
    settings.DJANGO_STAC = {"HISTORY": False}
    put(an_item("a"))
    upsert(an_item("a", title="second"))
    transactions.delete_collection("scenes", cascade=True)
    assert not Version.objects.exists()


def test_a_verb_that_is_taken_back_keeps_none():
    put(an_item("a"), an_item("b"))
    with pytest.raises(Exception, match="at most 1"):
        transactions.delete_items(Item.objects.all(), at_most=1)
    assert not Version.objects.exists()
