"""Patches of stored documents."""

import pytest

from django_stac import signals, transactions
from django_stac.exceptions import InvalidDocument, NotFound, PreconditionFailed
from django_stac.models import Catalog, Collection, Item, Mark
from tests.factories import an_item, box, put, put_catalog, put_collection

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    (stored,) = put(an_item(**{"eo:cloud_cover": 5}))
    return stored


def patch(patch, **options):
    return transactions.patch_item("scenes", "scene", patch, **options)


@pytest.mark.parametrize(
    "change",
    [
        {"properties": {"eo:cloud_cover": 9}},
        [{"op": "replace", "path": "/properties/eo:cloud_cover", "value": 9}],
    ],
)
def test_both_kinds_of_patch_change_the_document_and_its_columns(item, change):
    returned = patch(change)
    stored = Item.objects.get()
    assert stored.properties["eo:cloud_cover"] == returned.document["properties"]["eo:cloud_cover"] == 9
    assert stored.digest == returned.digest != item.digest
    assert stored.document["assets"] == item.document["assets"]


def test_a_changed_item_is_announced_and_marked(item, django_capture_on_commit_callbacks):
    told = []
    signals.items_changed.connect(lambda **found: told.append(found["updated"]), weak=False, dispatch_uid="patch")
    Mark.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        patch({"properties": {"eo:cloud_cover": 9}})
    signals.items_changed.disconnect(dispatch_uid="patch")
    assert (told, Mark.objects.count()) == ([[("scenes", "scene")]], 1)


def test_what_changes_nothing_is_not_written(item):
    Mark.objects.all().delete()
    assert patch({"properties": {"eo:cloud_cover": 5}}).updated == item.updated
    assert not Mark.objects.exists()


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"id": "other"}, "/id"),
        ({"id": None}, "/id"),
        ({"collection": "other"}, "/collection"),
        ([{"op": "remove", "path": "/collection"}], "/collection"),
        ({"geometry": {"type": "Point", "coordinates": [200, 0]}}, "/geometry/coordinates/0"),
        ({"properties": None}, "/properties"),
        ({"type": "Catalog"}, "/type"),
        ({"stac_version": "0.9.0"}, "/stac_version"),
        ({"stac_version": None}, "/stac_version"),
        ([{"op": "remove", "path": "/nothing"}], "/0"),
        ([{"op": "test", "path": "/id", "value": "x"}], "/0"),
        ("text", ""),
    ],
)
def test_what_is_refused_is_named_and_changes_nothing(item, change, pointer):
    with pytest.raises(InvalidDocument) as refused:
        patch(change)
    assert pointer in {problem.pointer for problem in refused.value.problems}
    assert Item.objects.get().digest == item.digest


@pytest.mark.parametrize(
    "change", [{"geometry": box(1, 2, 3, 4)}, [{"op": "replace", "path": "/geometry", "value": box(1, 2, 3, 4)}]]
)
def test_another_geometry_has_another_box(item, change):
    assert patch(change).document["bbox"] == [1, 2, 3, 4]


def test_a_geometry_that_goes_takes_its_box_with_it(item):
    stored = patch([{"op": "replace", "path": "/geometry", "value": None}])
    assert (stored.document["geometry"], "bbox" in stored.document) == (None, False)


def test_a_box_that_a_patch_gives_is_taken(item):
    assert patch({"geometry": box(1, 2, 3, 4), "bbox": [0, 0, 5, 5]}).document["bbox"] == [0, 0, 5, 5]


def test_the_digest_that_was_read_must_stand(item):
    with pytest.raises(PreconditionFailed):
        patch({"properties": {"a": 1}}, if_match="0" * 32)
    assert patch({"properties": {"a": 1}}, if_match=item.digest).digest != item.digest


def test_files_that_a_patch_drops_are_dropped(item):
    fact = transactions.FileFact(storage="scenes", path="a.tif", key="a", size=1)
    document = an_item(assets={"a": {"href": fact.reference}})
    transactions.upsert_items([transactions.Incoming(document=document, files=[fact])])
    patch([{"op": "add", "path": "/assets/b", "value": {"href": "https://example.com/b.tif"}}])
    assert Item.objects.get().files.count() == 1
    patch({"assets": {"a": None}})
    assert Item.objects.get().files.count() == 0


def test_collections_and_catalogues_are_patched():
    put_collection()
    put_catalog()
    transactions.patch_collection("scenes", {"title": "New", "license": "MIT"})
    transactions.patch_catalog("shelf", [{"op": "add", "path": "/title", "value": "New"}])
    assert (Collection.objects.get().title, Collection.objects.get().license) == ("New", "MIT")
    assert Catalog.objects.get().document["title"] == "New"


@pytest.mark.parametrize("verb", [transactions.patch_collection, transactions.patch_catalog])
def test_their_ids_stay(verb):
    put_collection("x")
    put_catalog("x")
    with pytest.raises(InvalidDocument, match="/id: must stay 'x'"):
        verb("x", {"id": "y"})


@pytest.mark.parametrize(
    "call",
    [
        lambda: transactions.patch_item("none", "none", {}),
        lambda: transactions.patch_collection("none", {}),
        lambda: transactions.patch_catalog("no\0ne", {}),
    ],
)
def test_what_is_not_there_is_not_found(call):
    with pytest.raises(NotFound):
        call()
