"""The command ``stac_history``: what it counts, what it lets go, and what it reports."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from django_stac import transactions
from django_stac.models import Collection, Item, Version
from django_stac.models.document import dump
from tests.factories import a_catalog, an_item, put, put_catalog

pytestmark = pytest.mark.django_db


@pytest.fixture
def past():
    """A version of an item, one of a catalogue, and a deleted item."""
    put(an_item("a"), an_item("b"))
    put_catalog()
    transactions.patch_item("scenes", "a", {"title": "second"})
    transactions.replace_catalog(a_catalog(title="second"))
    transactions.delete_item("scenes", "b")


def history(**options):
    out = StringIO()
    call_command("stac_history", json=True, stdout=out, stderr=StringIO(), **options)
    return json.loads(out.getvalue())


def test_it_counts_what_is_kept(past):
    report = history()
    size = sum(len(dump(version.document)) for version in Version.objects.all())
    counts = {name: report[name] for name in ("items", "collections", "catalogs", "bytes", "tombstones", "updated")}
    assert counts == {"items": 2, "collections": 0, "catalogs": 1, "bytes": size, "tombstones": 1, "updated": 0}


def test_it_lets_go_of_what_is_old(past):
    assert history(purge=True, older_than=1)["updated"] == 0
    report = history(purge=True, older_than=0)
    assert (report["updated"], report["items"], report["bytes"], report["tombstones"]) == (3, 0, 0, 1)


def test_a_dry_run_lets_go_of_nothing(past):
    assert history(purge=True, older_than=0, dry_run=True)["updated"] == 3
    assert Version.objects.kept().count() == 3


@pytest.mark.parametrize(
    "options",
    [{"purge": True}, {"older_than": 3}, {"purge": True, "older_than": -1}, {"purge": True, "older_than": 10**9}],
)
def test_what_it_cannot_understand_is_wrong_usage(past, options):
    with pytest.raises(CommandError) as raised:
        history(**options)
    assert (raised.value.returncode, Version.objects.kept().count()) == (2, 3)


# Undelete


@pytest.mark.django_db(transaction=True)
def test_a_collection_comes_back_with_what_was_deleted_with_it(past, monkeypatch):
    monkeypatch.setattr("django_stac.transactions.rows.BATCH", 1)
    put(an_item("c"))
    transactions.delete_collection("scenes", cascade=True)
    report = history(undelete="scenes")
    assert (report["created"], report["failed"]) == (3, 0)
    assert list(Item.objects.order_by("item_id").values_list("item_id", flat=True)) == ["a", "c"]
    assert Collection.objects.get().derived["count"] == 2


@pytest.mark.django_db(transaction=True)
def test_it_comes_back_with_what_was_deleted_before_if_that_is_wanted(past):
    transactions.delete_collection("scenes", cascade=True)
    assert history(undelete="scenes", since="2000-01-01T00:00:00Z")["created"] == 3


def test_items_of_a_collection_that_stands_come_back(past):
    assert history(undelete="scenes", since="2000-01-01T00:00:00Z", dry_run=True)["created"] == 1
    assert Item.objects.count() == 1
    assert history(undelete="scenes", since="2000-01-01T00:00:00Z")["created"] == 1
    assert Item.objects.count() == 2


@pytest.mark.parametrize(
    "options",
    [
        {"undelete": "scenes"},
        {"since": "2000-01-01T00:00:00Z"},
        {"undelete": "scenes", "since": "yesterday"},
        {"undelete": "nothing", "since": "2000-01-01T00:00:00Z"},
    ],
)
def test_what_cannot_be_undeleted_is_wrong_usage(past, options):
    with pytest.raises(CommandError) as raised:
        history(**options)
    assert raised.value.returncode == 2
