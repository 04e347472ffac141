"""Counting without counting."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from django_stac.admin import paginator
from django_stac.admin.paginator import EstimatedPaginator
from django_stac.models import Item
from tests.factories import an_item, put


def counted(rows):
    with CaptureQueriesContext(connection) as captured:
        return EstimatedPaginator(rows.order_by("pk"), 10).count, len(captured)


def test_short_lists_are_counted(db):
    put(an_item("a"), an_item("b"))
    assert counted(Item.objects.all()) == (2, 1)


def test_filtered_list_ends_at_the_bound(db, monkeypatch):
    monkeypatch.setattr(paginator, "BOUND", 2)
    put(*(an_item(f"i{number}") for number in range(5)))
    assert counted(Item.objects.filter(published=True)) == (2, 1)


def test_whole_table_is_as_long_as_the_planner_thinks(db, monkeypatch):
    monkeypatch.setattr(paginator, "BOUND", 2)
    put(*(an_item(f"i{number}") for number in range(5)))
    assert counted(Item.objects.all()) == (3, 2)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE django_stac_item")
    assert counted(Item.objects.all()) == (5, 2)


def test_empty_table_has_one_empty_page(db):
    assert list(EstimatedPaginator(Item.objects.order_by("pk"), 10).page(1)) == []
