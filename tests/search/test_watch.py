"""Slow searches are told to the operator."""

import pytest

from django_stac.cql2.tree import Operation, Property, Value
from django_stac.exceptions import QueryTimeout
from django_stac.search import watch
from django_stac.search.query import Comparison, SearchQuery, SortKey
from django_stac.spec.datetimes import parse_interval
from tests.factories import box
from tests.search.asking import search


@pytest.fixture
def lasting(monkeypatch, caplog):
    """Let searches take so many seconds, and return what was logged."""

    def of(seconds, verb):
        monkeypatch.setattr(watch, "monotonic", iter([100.0, 100.0 + seconds]).__next__)
        verb(SearchQuery(limit=5))
        return [record.getMessage() for record in caplog.records]

    return of


@pytest.mark.parametrize(("seconds", "expected"), [(1.9, []), (2.0, ["Took 2.0 s: limit=5"])])
def test_only_slow_searches_are_told(lasting, seconds, expected):
    assert lasting(seconds, watch.watched(lambda query: None)) == expected


@pytest.mark.parametrize(("threshold", "is_told"), [(50, True), (0, False)])
def test_what_is_slow_is_the_sites_to_say(lasting, settings, threshold, is_told):
    settings.DJANGO_STAC = {"SLOW_SEARCH": threshold}
    assert bool(lasting(0.06, watch.watched(lambda query: None))) == is_told


def test_a_search_that_the_database_gives_up_is_told(db, settings, caplog):
    settings.DJANGO_STAC = {"STATEMENT_TIMEOUT": 1}

    @watch.watched
    def refused(query):
        raise QueryTimeout

    with pytest.raises(QueryTimeout):
        refused(SearchQuery(limit=5))
    (record,) = caplog.records
    assert (record.name, record.levelname) == ("django_stac.search", "WARNING")
    assert record.getMessage().startswith("Timed out after 0.")


def test_a_search_returns_what_it_has_found(db):
    assert search().rows == []


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, "limit=5"),
        ({"collections": ("a", "b"), "ids": ("x\ny",)}, r"limit=5 collections=a,b ids=x\ny"),
        ({"bbox": (170.5, -10, -170, 10)}, "limit=5 bbox=170.5,-10,-170,10"),
        ({"intersects": box(0, 1, 2, 3)}, "limit=5 intersects=Polygon(0,1,2,3)"),
        ({"interval": parse_interval("2024-01-01T00:00:00Z/..")}, "limit=5 datetime=2024-01-01T00:00:00Z/.."),
        ({"filter": Operation("<", (Property("a"), Value(5)))}, "limit=5 filter=a < 5"),
        ({"comparisons": (Comparison(name="a", operator="lt", value=5),)}, "limit=5 query=a:lt:5"),
        ({"sort": (SortKey("a", descending=True), SortKey("b"))}, "limit=5 sortby=-a,+b"),
        ({"token": "eyJ2IjoxfQ"}, "limit=5 token=given"),
    ],
)
def test_the_parameters_are_told_in_one_line(asked, shown):
    assert watch.told(SearchQuery(limit=5, **asked)) == shown


def test_a_thousand_ids_are_told_in_part():
    assert len(watch.told(SearchQuery(limit=5, ids=tuple(map(str, range(1000)))))) == 300
