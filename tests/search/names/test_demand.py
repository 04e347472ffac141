"""What is searched is counted, and no search fails for it."""

import pytest
from django.db import connection

from django_stac.models import SearchedProperty
from django_stac.search.names import demand as module
from django_stac.search.names.demand import Demand, searched
from tests.factories import an_item, put
from tests.statements import statements

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def counting(settings):
    settings.DJANGO_STAC = {"COUNT_SEARCHED": True}


def counts():
    return {name: each.searches for name, each in searched().items()}


def test_searches_are_added_up_most_first():
    demand = Demand()
    for names in (["platform"], ["platform", "gsd"]):
        demand.note(names)
        demand.write()
    assert list(counts().items()) == [("platform", 2), ("gsd", 1)]


def test_counts_are_written_once_in_a_while():
    demand = Demand()
    with statements() as seen:
        demand.note(["platform"])
    assert seen == []


def test_counts_are_written_when_it_is_time(monkeypatch):
    monkeypatch.setattr(module, "EVERY", 0)
    Demand().note(["platform"])
    assert counts() == {"platform": 1}


def test_a_database_that_cannot_be_written_loses_counts_and_nothing_else():
    demand = Demand()
    demand.note(["platform"])
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
    demand.write()
    assert SearchedProperty.objects.count() == 0


def test_names_are_bounded(monkeypatch):
    monkeypatch.setattr(module, "MOST_NAMES", 2)
    demand = Demand()
    demand.note(["a", "b", "c"])
    demand.note(["a"])
    demand.write()
    assert counts() == {"a": 2, "b": 1}


def test_a_site_may_refuse_to_count(settings):
    settings.DJANGO_STAC = {"COUNT_SEARCHED": False}
    demand = Demand()
    demand.note(["platform"])
    demand.write()
    assert counts() == {}


def test_a_search_counts_the_properties_that_it_filters_and_sorts_by(client, monkeypatch):
    counted = Demand()
    for room in ("plan", "run"):
        monkeypatch.setattr(f"django_stac.search.{room}.demand", counted)
    put(an_item("a", **{"eo:cloud_cover": 3}))
    client.get(
        "/stac/search", {"filter": "properties.eo:cloud_cover < 5 AND id = 'a' AND odd_one = 1", "sortby": "-gsd"}
    )
    client.get("/stac/search", {"filter": "eo:cloud_cover < 5"})
    counted.write()
    assert counts() == {"eo:cloud_cover": 2, "gsd": 1}
