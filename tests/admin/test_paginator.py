"""Counting without counting."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from django_stac.admin import paginator
from django_stac.admin.paginator import EstimatedPaginator
from django_stac.models import Item
from tests.factories import an_item, put


def pages_of(rows):
    return EstimatedPaginator(rows.order_by("pk"), 2)


def five_items_beyond_the_bound(monkeypatch):
    monkeypatch.setattr(paginator, "BOUND", 4)
    put(*(an_item(f"i{number}") for number in range(5)))


def test_short_lists_are_counted(db):
    put(an_item("a"), an_item("b"))
    with CaptureQueriesContext(connection) as captured:
        assert pages_of(Item.objects.all()).count == 2
    assert len(captured) == 1


def test_long_lists_are_as_long_as_the_planner_thinks(db, monkeypatch):
    five_items_beyond_the_bound(monkeypatch)
    monkeypatch.setattr(EstimatedPaginator, "estimated", lambda pages: 1_000)
    assert pages_of(Item.objects.all()).count == 1_000


def test_an_estimate_is_never_less_than_what_was_seen(db, monkeypatch):
    five_items_beyond_the_bound(monkeypatch)
    monkeypatch.setattr(EstimatedPaginator, "estimated", lambda pages: 0)
    assert pages_of(Item.objects.filter(published=True)).count == 5


def test_the_planner_answers_for_any_filter(db):
    put(an_item())
    assert pages_of(Item.objects.filter(item_id__startswith="sc", collection__collection_id="scenes")).estimated() >= 1


def test_pages_end_where_counting_does(db, monkeypatch):
    five_items_beyond_the_bound(monkeypatch)
    assert pages_of(Item.objects.all()).num_pages == 2


def test_empty_table_has_one_empty_page(db):
    assert list(EstimatedPaginator(Item.objects.order_by("pk"), 10).page(1)) == []
