"""Old versions are let go; their numbers are not given again, and files go with the last that names them."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from django_stac import transactions
from django_stac.models import Item, Tombstone, Version
from django_stac.models.stored_file import storage_named
from django_stac.transactions import FileFact, Incoming
from tests.factories import an_item, put, put_collection

pytestmark = pytest.mark.django_db


def purge(*, days=0):
    return sum(transactions.purge_versions(timezone.now() - dt.timedelta(days=days)))


def rewrite(*titles, name="a"):
    for title in titles:
        transactions.upsert_items([an_item(name, title=title)])


def kept():
    return [(version.number, version.document["title"]) for version in Version.objects.kept().order_by("number")]


@pytest.fixture
def thrice():
    put(an_item("a", title="first"))
    rewrite("second", "third")


def test_old_versions_go(thrice):
    assert (purge(), kept(), Item.objects.get().document["title"]) == (2, [], "third")
    assert purge() == 0


def test_younger_ones_stay(thrice):
    Version.objects.filter(number=1).update(ended=timezone.now() - dt.timedelta(days=31))
    assert (purge(days=30), kept()) == (1, [(2, "second")])


def test_numbers_go_on(thrice):
    purge()
    rewrite("fourth", "fifth")
    assert kept() == [(3, "third"), (4, "fourth")]
    assert (purge(), list(Version.objects.values_list("number", "document"))) == (3, [(4, None)])


def test_a_thing_that_is_gone_keeps_its_number_and_its_tombstone(thrice):
    transactions.delete_item("scenes", "a")
    purge()
    assert (Version.objects.get().number, Version.objects.get().document, Tombstone.objects.count()) == (3, None, 1)


def test_some_go_at_a_time(thrice, monkeypatch):
    monkeypatch.setattr("django_stac.transactions.purging.BATCH", 2)
    for name in "bcd":
        rewrite("first", "second", name=name)
    assert list(transactions.purge_versions(timezone.now())) == [2, 2, 1]


@pytest.mark.django_db(transaction=True)
def test_files_go_with_the_last_version_that_names_them(settings, tmp_path):
    settings.DJANGO_STAC = {"FILES_ROOT": tmp_path}
    storage = storage_named("django_stac")
    put_collection()
    for path in ("old.tif", "in_place.tif", "new.tif"):
        storage.save(path, ContentFile(b"pixels"))
        fact = FileFact(storage="django_stac", path=path, key="data", size=6, owned=path != "in_place.tif")
        transactions.upsert_items(
            [Incoming(document=an_item("a", assets={"data": {"href": fact.reference}}), files=[fact])]
        )
    purge()
    assert [storage.exists(path) for path in ("old.tif", "in_place.tif", "new.tif")] == [False, True, True]
