"""Versions, as they are found."""

import json

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone

from django_stac import transactions
from django_stac.models import Kind, Tombstone, Version
from tests.factories import an_item, put


def version(kind, collection_id, thing_id, number=1, **further):
    return Version.objects.create(
        kind=kind, collection_id=collection_id, thing_id=thing_id, number=number, ended=timezone.now(), **further
    )


def test_things_of_one_name_are_told_apart_by_kind(db):
    item = version(Kind.ITEM, "a", "a")
    collection = version(Kind.COLLECTION, "a", "a")
    catalog = version(Kind.CATALOG, "", "a")
    versions = Version.objects
    assert [versions.of_item("a", "a").get(), versions.of_collection("a").get(), versions.of_catalog("a").get()] == [
        item, collection, catalog,
    ]  # fmt: skip


def test_a_number_is_given_once(db):
    version(Kind.ITEM, "a", "a")
    with pytest.raises(IntegrityError, match="stac_version_number"):
        version(Kind.ITEM, "a", "a")


def test_a_purged_version_is_not_kept(db):
    kept = version(Kind.ITEM, "a", "a", document={"id": "a"})
    version(Kind.ITEM, "a", "a", 2)
    assert list(Version.objects.kept()) == [kept]


def test_files_are_found_that_a_version_names(db):
    found = version(Kind.ITEM, "a", "a", files=[{"storage": "scenes", "path": "a.tif", "size": 1}])
    version(Kind.ITEM, "a", "b", files=[{"storage": "scenes", "path": "b.tif", "size": 1}])
    assert Version.objects.naming_file("scenes", "a.tif").get() == found


def test_they_are_told_by_the_names_of_their_things(db):
    stone = Tombstone(kind=Kind.ITEM, thing_id="a")
    assert (str(version(Kind.ITEM, "a", "a")), str(stone)) == ("a 1", "a")


def test_history_is_dumped_and_its_transactions_are_those_of_loading(db, tmp_path):
    file = tmp_path / "dump.json"
    put(an_item("a"))
    transactions.replace_item(an_item("a", title="second"))
    transactions.delete_item("scenes", "a")
    # Django writes times to the millisecond.
    told = Version.objects.values("kind", "collection_id", "thing_id", "number", "document", "deleted", "beside")
    before = list(told)
    call_command("dumpdata", "django_stac", output=str(file), verbosity=0)
    assert not [name for row in json.loads(file.read_text()) for name in row["fields"] if name in ("changed", "shown")]
    for model in (Version, Tombstone):
        model.objects.all().delete()
    call_command("loaddata", str(file), verbosity=0)
    assert list(told.all()) == before
    assert Tombstone.objects.get().changed
