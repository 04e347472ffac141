"""Many items that were deleted are made anew."""

import datetime as dt

import pytest
from django.utils import timezone

from django_stac import transactions
from django_stac.exceptions import NotFound
from django_stac.models import Item, Version
from tests.factories import a_collection, an_item, put

pytestmark = pytest.mark.django_db


def restored(*, since=None, collection="scenes"):
    """Restore; return the counts of what was created and of what failed."""
    reports = list(transactions.restore_items(collection, since=since or timezone.now() - dt.timedelta(hours=1)))
    return sum(report.created for report in reports), sum(report.failed for report in reports)


def standing():
    return dict(Item.objects.order_by("item_id").values_list("item_id", "published"))


@pytest.fixture
def deleted():
    """Three items that were deleted, one of them hidden, and one that stands."""
    put(an_item("a"), an_item("b"), an_item("d"))
    put(an_item("c"), published=False)
    transactions.delete_items(Item.objects.exclude(item_id="d"))


def test_deleted_items_come_back_as_published_as_they_were(deleted):
    assert (restored(), standing()) == ((3, 0), {"a": True, "b": True, "c": False, "d": True})
    assert restored() == (0, 0)


def test_what_was_deleted_before_stays_deleted(deleted):
    Version.objects.filter(thing_id="a").update(ended=timezone.now() - dt.timedelta(days=1))
    assert (restored(), standing()) == ((2, 0), {"b": True, "c": False, "d": True})


def test_what_was_made_again_or_purged_is_passed_over(deleted):
    put(an_item("a", title="new"))
    Version.objects.filter(thing_id="b").update(document=None)
    assert restored() == (1, 0)
    assert Item.objects.get(item_id="a").document["title"] == "new"


def test_the_last_version_counts(deleted):
    put(an_item("a", title="second"))
    transactions.delete_item("scenes", "a")
    restored()
    assert Item.objects.get(item_id="a").document["title"] == "second"


def test_what_is_refused_is_reported_and_the_rest_comes_back(deleted):
    transactions.set_validation("scenes", rules={"schema": {"properties": {"id": {"enum": ["b", "d"]}}}})
    assert (restored(), standing()) == ((1, 2), {"b": True, "d": True})


def test_some_come_back_at_a_time(deleted, monkeypatch):
    monkeypatch.setattr("django_stac.transactions.undeleting.BATCH", 2)
    assert restored() == (3, 0)


def test_without_their_collection_they_do_not_come_back(deleted):
    transactions.delete_collection("scenes", cascade=True)
    assert restored() == (0, 4)
    transactions.create_collection(a_collection())
    assert restored() == (4, 0)


# With the collection


@pytest.mark.django_db(transaction=True)
def test_items_come_back_that_went_with_their_collection(monkeypatch):
    monkeypatch.setattr("django_stac.transactions.rows.BATCH", 1)
    put(an_item("a"), an_item("b"), an_item("c"))
    transactions.delete_item("scenes", "a")
    transactions.delete_collection("scenes", cascade=True)
    transactions.restore_collection("scenes", 1)
    assert sum(report.created for report in transactions.restore_items("scenes")) == 2
    assert standing() == {"b": True, "c": True}


def test_of_a_collection_that_was_never_deleted_it_must_be_said_since_when(deleted):
    with pytest.raises(NotFound, match="never deleted"):
        list(transactions.restore_items("scenes"))
