"""Versions that are brought back, over what stands or after it was deleted."""

import pytest
from django.core.files.base import ContentFile

from django_stac import transactions
from django_stac.exceptions import InvalidDocument, NotFound, PreconditionFailed
from django_stac.models import Catalog, Collection, ExtentMode, Item, StoredFile, Tombstone, Version
from django_stac.models.stored_file import storage_named
from django_stac.transactions import FileFact, Incoming
from tests.factories import a_catalog, a_collection, an_item, put, put_catalog, put_collection

pytestmark = pytest.mark.django_db


@pytest.fixture
def twice():
    """An item that was replaced once."""
    put(an_item("a", title="first"))
    return transactions.replace_item(an_item("a", title="second"))


def restored(number=1, **further):
    return transactions.restore_item("scenes", "a", number, **further)


def titles():
    return [version.document["title"] for version in Version.objects.order_by("number")]


# Over what stands


def test_a_version_replaces_what_stands_which_is_one_then(twice):
    item, was_deleted = restored()
    assert (item.document["title"], was_deleted, titles()) == ("first", False, ["first", "second"])


@pytest.mark.parametrize("number", [1, 3])
def test_what_stands_as_it_was_is_left_alone(twice, number):
    first, _ = restored()
    assert restored(number)[0].changed == first.changed
    assert titles() == ["first", "second"]


@pytest.mark.parametrize("number", [-1, 0, 3, 2**31])
def test_a_version_that_is_not_there_is_not_found(twice, number):
    with pytest.raises(NotFound, match=f"no version {number}"):
        restored(number)


def test_nothing_has_a_name_that_cannot_be(twice):
    with pytest.raises(NotFound):
        transactions.restore_item("scenes", "a\x00", 1)


def test_the_digest_of_what_stands_may_be_named(twice):
    with pytest.raises(PreconditionFailed):
        restored(if_match="other")
    assert restored(if_match=twice.digest)[0].document["title"] == "first"


def test_a_version_is_validated_as_if_it_came_in_now(twice):
    transactions.set_validation("scenes", rules={"schema": {"properties": {"title": {"const": "second"}}}})
    with pytest.raises(InvalidDocument):
        restored()


def test_collections_and_catalogues_come_back_too():
    put_collection(title="first")
    put_catalog(title="first")
    transactions.replace_collection(a_collection(title="second"))
    transactions.replace_catalog(a_catalog(title="second"))
    rows = transactions.restore_collection("scenes", 1), transactions.restore_catalog("shelf", 1)
    assert [(row.title, was_deleted) for row, was_deleted in rows] == [("first", False)] * 2


# After it was deleted


def test_an_item_comes_back_as_published_as_it_was(twice):
    transactions.set_published(twice, published=False)
    transactions.delete_item("scenes", "a")
    item, was_deleted = restored(1)
    assert (item.document["title"], item.published, was_deleted) == ("first", False, True)
    assert titles() == ["first", "second"]


def test_an_item_needs_its_collection(twice):
    transactions.delete_collection("scenes", cascade=True)
    with pytest.raises(NotFound, match="no collection 'scenes'"):
        restored()
    transactions.restore_collection("scenes", 1)
    assert restored()[1]


def test_nothing_stands_that_a_condition_could_name(twice):
    transactions.delete_item("scenes", "a")
    with pytest.raises(PreconditionFailed, match="Nothing stands"):
        restored(if_match=twice.digest)


def test_what_was_made_again_meanwhile_is_replaced(twice):
    transactions.delete_item("scenes", "a")
    put(an_item("a", title="third"))
    assert restored()[1] is False
    assert titles() == ["first", "second", "third"]


def test_without_history_there_is_nothing_to_bring_back(twice, settings):
    settings.DJANGO_STAC = {"HISTORY": False}
    transactions.replace_item(an_item("a", title="third"))
    transactions.delete_item("scenes", "a")
    assert (restored()[0].document["title"], titles()) == ("first", ["first"])


def test_a_collection_comes_back_with_its_rights_and_its_place():
    collection = transactions.create_collection(a_collection(), extent_mode=ExtentMode.DERIVED)
    transactions.add_child(put_catalog(), collection)
    transactions.set_rights("scenes", visibility="groups", viewer_groups=[1], owner_groups=[2])
    transactions.set_validation("scenes", level="extensions", rules={"extensions": []})
    transactions.set_published(collection, published=False)
    transactions.delete_collection("scenes")
    row, _ = transactions.restore_collection("scenes", 1)
    row.refresh_from_db()
    assert (row.visibility, row.viewer_groups, row.owner_groups, row.published) == ("groups", [1], [2], False)
    assert (row.extent_mode, row.validation) == ("derived", "extensions")
    assert row.parents.get().parent.catalog_id == "shelf"


def test_a_collection_that_nobody_knows_anything_of_comes_back_hidden(settings):
    put_collection()
    transactions.replace_collection(a_collection(title="second"))
    settings.DJANGO_STAC = {"HISTORY": False}
    transactions.delete_collection("scenes")
    Tombstone.objects.all().delete()
    assert transactions.restore_collection("scenes", 1)[0].published is False


def test_a_catalogue_comes_back_into_the_graph_but_for_cycles():
    above, shelf, below, other = (put_catalog(name) for name in ("above", "shelf", "below", "other"))
    for parent, child in [(above, shelf), (shelf, below), (shelf, other), (shelf, put_collection())]:
        transactions.add_child(parent, child)
    transactions.delete_catalog("shelf")
    transactions.add_child(other, above)
    transactions.restore_catalog("shelf", 1)
    shelf = Catalog.objects.get(catalog_id="shelf")
    assert [link.parent for link in shelf.parents.all()] == [above]
    assert [(link.catalog, link.collection) for link in shelf.children.all()] == [
        (below, None),
        (None, Collection.objects.get()),
    ]


# Files


@pytest.fixture
def storage(settings, tmp_path):
    settings.DJANGO_STAC = {"FILES_ROOT": tmp_path}
    return storage_named("django_stac")


def with_file(storage, path, **further):
    """An item with a file that is ours."""
    storage.save(path, ContentFile(b"pixels"))
    fact = FileFact(storage="django_stac", path=path, key="data", size=6, owned=True)
    document = an_item("a", assets={"data": {"href": fact.reference}}, **further)
    put_collection()
    assert transactions.upsert_items([Incoming(document=document, files=[fact])]).failed == 0


@pytest.mark.django_db(transaction=True)
def test_a_file_that_a_version_names_stays_and_is_the_items_again(storage):
    with_file(storage, "old.tif")
    with_file(storage, "new.tif")
    assert StoredFile.objects.get().path == "new.tif"
    restored()
    assert (StoredFile.objects.get().path, StoredFile.objects.get().owned) == ("old.tif", True)
    assert storage.exists("old.tif")
    assert storage.exists("new.tif")


@pytest.mark.django_db(transaction=True)
def test_files_of_a_deleted_item_come_back_with_it(storage):
    with_file(storage, "a.tif")
    transactions.delete_item("scenes", "a")
    assert (StoredFile.objects.count(), storage.exists("a.tif")) == (0, True)
    restored()
    assert Item.objects.get().files.get().path == "a.tif"
