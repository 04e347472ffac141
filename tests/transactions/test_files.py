"""Stored files: in step with the documents that name them, and deleted only when they are ours and nobody's."""

from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from django_stac import signals, transactions
from django_stac.documents.collection import present
from django_stac.documents.hrefs import Hrefs
from django_stac.documents.item import to_dict
from django_stac.exceptions import InvalidDocument
from django_stac.models import Collection, Item, StoredFile
from django_stac.models.stored_file import storage_named
from django_stac.transactions import FileFact, Incoming
from tests.factories import a_collection, an_item, put_collection
from tests.statements import statements

pytestmark = pytest.mark.django_db(transaction=True)

STORAGE = "django_stac"


@pytest.fixture
def storage(settings, tmp_path):
    settings.DJANGO_STAC = {"FILES_ROOT": tmp_path, "HISTORY": False}
    return storage_named(STORAGE)


def a_file(storage, path, *, owned=True, key="data"):
    if not storage.exists(path):
        storage.save(path, ContentFile(b"pixels"))
    return FileFact(storage=STORAGE, path=path, key=key, size=6, owned=owned)


def holding(item_id, *facts, **changes):
    assets = {fact.key: {"href": fact.reference} for fact in facts}
    return Incoming(document=an_item(item_id, assets=assets, **changes), files=facts)


@contextmanager
def heard_by(receiver):
    signals.items_changed.connect(receiver, weak=False, dispatch_uid="test")
    try:
        yield
    finally:
        signals.items_changed.disconnect(dispatch_uid="test")


def upsert(*incoming):
    put_collection()
    report = transactions.upsert_items(incoming)
    assert report.failed == 0
    return report


def test_an_owned_file_goes_with_its_item(storage):
    upsert(holding("a", a_file(storage, "a.tif")))
    transactions.delete_item("scenes", "a")
    assert not storage.exists("a.tif")


def test_a_raster_in_place_is_never_deleted(storage):
    upsert(holding("a", a_file(storage, "a.tif", owned=False)))
    transactions.delete_collection("scenes", cascade=True)
    assert storage.exists("a.tif")


def test_a_file_of_two_owners_goes_with_the_last(storage):
    fact = a_file(storage, "shared.tif")
    upsert(holding("a", fact), holding("b", fact))
    transactions.delete_item("scenes", "a")
    assert storage.exists("shared.tif")
    transactions.delete_item("scenes", "b")
    assert not storage.exists("shared.tif")


def test_a_file_that_the_document_names_no_more_goes(storage):
    upsert(holding("a", a_file(storage, "old.tif"), a_file(storage, "kept.tif", key="kept")))
    upsert(holding("a", a_file(storage, "new.tif"), a_file(storage, "kept.tif", key="kept")))
    assert set(StoredFile.objects.values_list("path", flat=True)) == {"new.tif", "kept.tif"}
    assert [storage.exists(name) for name in ("old.tif", "new.tif", "kept.tif")] == [False, True, True]


def test_a_document_loaded_again_keeps_its_files(storage):
    upsert(holding("a", a_file(storage, "a.tif")))
    document = Item.objects.get().document
    upsert(Incoming(document={**document, "properties": {**document["properties"], "x:y": 1}}))
    assert StoredFile.objects.get().owned
    assert storage.exists("a.tif")


def test_facts_of_a_file_are_kept_up_to_date(storage):
    upsert(holding("a", a_file(storage, "a.tif")))
    newer = FileFact(storage=STORAGE, path="a.tif", key="data", size=7, checksum="x", owned=True)
    upsert(holding("a", newer, **{"x:y": 1}))
    row = StoredFile.objects.get()
    assert (row.size, row.checksum, row.owned) == (7, "x", True)


def test_nothing_is_deleted_when_the_transaction_is_taken_back(storage):
    upsert(holding("a", a_file(storage, "a.tif")))
    with transaction.atomic():
        transactions.delete_item("scenes", "a")
        transaction.set_rollback(True)
    assert storage.exists("a.tif")
    assert StoredFile.objects.count() == 1


def test_files_of_a_collection_go_with_it(storage):
    fact = a_file(storage, "thumbnail.png", key="thumbnail")
    document = a_collection(assets={"thumbnail": {"href": fact.reference}})
    transactions.create_collection(document, files=[fact])
    upsert(holding("a", a_file(storage, "a.tif")))
    transactions.delete_collection("scenes", cascade=True)
    assert not any(storage.exists(name) for name in ("thumbnail.png", "a.tif"))


def test_many_changed_items_cost_no_statement_each(storage):
    def batch(count, size):
        return [
            holding(str(number), FileFact(storage=STORAGE, path=f"{number}.tif", key="data", size=size))
            for number in range(count)
        ]

    upsert(*batch(2, 1), *batch(20, 1))
    with statements() as few:
        upsert(*batch(2, 2))
    with statements() as many:
        upsert(*batch(20, 3))
    assert len(many) == len(few)


@pytest.mark.parametrize("batch", [1, 2, 1000])
def test_a_collection_is_emptied_some_items_at_a_time(storage, monkeypatch, batch):
    monkeypatch.setattr("django_stac.transactions.rows.BATCH", batch)
    upsert(*(holding(name, a_file(storage, name)) for name in "abcde"))
    heard = []
    with heard_by(lambda **news: heard.append(news["deleted"])):
        transactions.delete_collection("scenes", cascade=True)
    assert sorted(heard[0]) == [("scenes", name) for name in "abcde"]
    assert not Item.objects.exists()
    assert not any(storage.exists(name) for name in "abcde")


def test_files_of_many_deleted_items_go_and_those_of_others_stay(storage, monkeypatch):
    monkeypatch.setattr("django_stac.transactions.rows.BATCH", 2)
    shared = a_file(storage, "shared.tif", key="shared")
    upsert(*(holding(name, a_file(storage, name), shared) for name in "abcde"))
    assert transactions.delete_items(Item.objects.exclude(item_id="c")) == 4
    assert [name for name in ("a", "b", "c", "d", "e", "shared.tif") if storage.exists(name)] == ["c", "shared.tif"]


def test_documents_are_not_read_to_be_deleted(storage, monkeypatch):
    upsert(holding("a"))
    monkeypatch.setattr("django_stac.models.document.DocumentField.from_db_value", lambda *args: 1 / 0)
    monkeypatch.setattr(
        "django_stac.transactions.collections.locked", lambda rows, *args, **names: rows.defer("document").get(**names)
    )
    transactions.delete_collection("scenes", cascade=True)
    assert not Collection.objects.exists()


# After the commit


def test_a_storage_that_refuses_to_delete_does_not_undo_what_is_stored(storage, monkeypatch, caplog):
    upsert(holding("a", a_file(storage, "a.tif")))
    monkeypatch.setattr("django.core.files.storage.FileSystemStorage.delete", lambda *args: 1 / 0)
    heard = []
    with heard_by(lambda **news: heard.append(news)):
        transactions.delete_item("scenes", "a")
    assert not Item.objects.exists()
    assert (len(heard), "division by zero" in caplog.text) == (1, True)
    assert [record.getMessage() for record in caplog.records] == ["The storage 'django_stac' did not delete a.tif"]


def test_a_receiver_that_raises_does_not_undo_what_is_stored(storage, caplog):
    with heard_by(lambda **news: 1 / 0):
        upsert(holding("a"))
    assert Item.objects.count() == 1
    assert "division by zero" in caplog.text


@pytest.mark.parametrize("root", ["https://stac.example.com/geo/stac/", "http://other.example.com/files/"])
def test_a_served_document_that_comes_back_keeps_its_files(storage, root):
    upsert(holding("a", a_file(storage, "a b/c.tif")))
    before = Item.objects.select_related("collection").get()
    served = to_dict(before, Hrefs(root))
    assert served["assets"]["data"]["href"] == f"{root}files/django_stac/a%20b/c.tif"
    assert transactions.replace_item(served).digest == before.digest
    assert transactions.upsert_items([served]).unchanged == 1
    assert storage.exists("a b/c.tif")
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize("href", ["https://example.com/files/django_stac/other.tif", "/files/django_stac/a.tif"])
def test_urls_of_other_files_stay_as_they_are(storage, href):
    upsert(holding("a", a_file(storage, "a.tif")), holding("b", a_file(storage, "other.tif")))
    item = transactions.replace_item(an_item("a", assets={"data": {"href": href}}))
    assert item.document["assets"]["data"]["href"] == href


def test_a_collection_that_comes_back_keeps_its_picture(storage):
    fact = a_file(storage, "c.png", key="thumbnail")
    document = a_collection(assets={"thumbnail": {"href": fact.reference, "roles": ["thumbnail"]}})
    before = transactions.create_collection(document, files=[fact])
    served = present(before, Hrefs("https://stac.example.com/"))
    assert transactions.replace_collection(served).digest == before.digest
    assert storage.exists("c.png")


@pytest.mark.parametrize("href", [["/files/"], {"at": "/files/"}])
def test_an_href_that_is_no_text_is_refused_by_name(storage, href):
    put_collection()
    with pytest.raises(InvalidDocument, match="/assets/data/href"):
        transactions.create_item(an_item(assets={"data": {"href": href}}))


def test_a_file_that_is_ours_stays_so_when_it_is_found_in_its_place(storage):
    fact = replace(a_file(storage, "a.tif"), checksum="1220ab")
    found = replace(fact, checksum="", owned=False)
    upsert(holding("a", fact))
    upsert(holding("a", found, title="again"))
    assert StoredFile.objects.values_list("owned", "checksum").get() == (True, "1220ab")
    upsert(holding("a", replace(found, size=7), title="grown"))
    assert StoredFile.objects.values_list("owned", "checksum").get() == (True, "")


# With a history


def test_no_file_is_looked_after_that_a_version_names(storage, settings):
    settings.DJANGO_STAC |= {"HISTORY": True}
    upsert(holding("a", a_file(storage, "a.tif")), holding("b"))
    with statements() as with_file:
        transactions.delete_item("scenes", "a")
    with statements() as without:
        transactions.delete_item("scenes", "b")
    assert len(with_file) == len(without)
    assert storage.exists("a.tif")


def test_a_file_goes_that_an_older_version_does_not_name(storage, settings):
    settings.DJANGO_STAC |= {"HISTORY": True}
    upsert(holding("a", a_file(storage, "kept.tif")))
    upsert(holding("a", a_file(storage, "gone.tif")))
    settings.DJANGO_STAC |= {"HISTORY": False}
    upsert(holding("a", a_file(storage, "kept.tif")))
    transactions.delete_item("scenes", "a")
    assert [storage.exists(name) for name in ("kept.tif", "gone.tif")] == [True, False]
