"""Filters like one that the planner was asked about a short while ago: a short walk is tried before all else."""

from dataclasses import replace

import pytest
from django.db import connection

from django_stac.cql2.tree import Operation, Property, Value
from django_stac.models import CatalogChild, Collection, Item
from django_stac.models.execute import fetched
from django_stac.models.gate import open_gate
from django_stac.search import foresight, memory
from django_stac.search.pages import statement
from django_stac.search.plan import planned
from django_stac.search.query import SearchQuery
from django_stac.search.run import search_items
from django_stac.spec.datetimes import parse_interval
from tests.factories import put_catalog
from tests.search.asking import a_home, a_row, at, point, search, store
from tests.search.test_statements import told
from tests.statements import statements

pytestmark = pytest.mark.django_db(transaction=True)

FULL = "estimate indexes limit page count COMMIT"


def finer(size):
    return Operation("<", (Property("gsd"), Value(size)))


@pytest.fixture
def five(monkeypatch):
    """Five items a metre apart in size, of which the last is the newest; every filter is dear."""
    monkeypatch.setattr("django_stac.search.plan.WALKABLE", -1)
    home = a_home()
    rows = [a_row(f"{number}", home, at(f"2024-06-0{number}"), geometry=point(1, 1)) for number in range(1, 6)]
    for number, row in enumerate(rows, 1):
        row.properties = {"gsd": number, "platform": "a"}
    store(*rows)


def sent_for(**asked):
    """What is sent for a page of one item."""
    with statements() as sent:
        page = search(**{"limit": 1} | asked)
    return told(sent), [row.item_id for row in page.rows]


def test_a_filter_like_one_before_is_not_guessed_whatever_it_compares_with(five):
    assert sent_for(filter=finer(6)) == (FULL, ["5"])
    assert sent_for(filter=finer(5)) == ("limit stroll count COMMIT", ["4"])


def test_a_further_page_is_one_statement(five):
    first = search(limit=1, filter=finer(6))
    assert sent_for(filter=finer(6), token=first.next) == ("limit stroll COMMIT", ["4"])
    second = search(limit=1, filter=finer(6), token=first.next)
    assert sent_for(filter=finer(6), token=second.prev)[1] == ["5"]


def test_where_a_stroll_does_not_fill_the_page_all_are_looked_at(five, monkeypatch):
    search(limit=1, filter=finer(6))
    monkeypatch.setattr("django_stac.search.pages.along_time.STROLLED", 2)
    assert sent_for(filter=finer(3), limit=2) == ("limit stroll page COMMIT", ["2", "1"])


@pytest.mark.parametrize(
    "asked",
    [
        {"interval": parse_interval("2024-01-01T00:00:00Z/..")},
        {"bbox": (0.0, 0.0, 2.0, 2.0)},
        {"ids": ("1", "2")},
        {"filter": Operation("like", (Property("platform"), Value("a%")))},
        {"filter": Operation("and", (finer(6), Operation("=", (Property("id"), Value("1")))))},
    ],
    ids=str,
)
def test_what_the_planner_may_know_more_of_is_asked_every_time(five, asked):
    for _ in range(2):
        assert "stroll" not in sent_for(**{"filter": finer(6)} | asked)[0]


def test_a_property_with_an_index_is_asked_every_time(five, monkeypatch):
    indexed = [type("Index", (), {"property": "gsd"})]
    monkeypatch.setattr(foresight, "property_indexes", lambda using: indexed)
    assert [sent_for(filter=finer(6))[0] for _ in range(2)] == [FULL.replace("indexes ", "")] * 2


def test_a_page_that_no_stroll_can_fill_is_not_tried(five):
    search(limit=1, filter=finer(6))
    assert sent_for(filter=finer(6), limit=10_000)[0] == "limit page COMMIT"


def test_documents_of_a_page_that_is_not_filled_are_not_read(five):
    search(limit=1, filter=finer(6))
    found = planned(SearchQuery(limit=5, filter=finer(6)), None, Item.objects.published(), Collection.objects.all())
    assert found.is_easy
    assert fetched("default", *statement.stroll(found)) == []


def test_a_cheap_filter_is_not_guessed_anew(five, monkeypatch):
    monkeypatch.setattr("django_stac.search.plan.WALKABLE", 10**9)
    search(limit=1, filter=finer(6))
    assert sent_for(filter=finer(5)) == ("limit page count COMMIT", ["4"])


def test_a_guess_is_kept_for_a_minute(five, monkeypatch):
    search(limit=1, filter=finer(6))
    monkeypatch.setattr(memory, "monotonic", lambda: 10**9)
    assert sent_for(filter=finer(6))[0] == FULL


def test_a_guess_is_of_those_who_see_the_same(five):
    search(limit=1, filter=finer(6))
    assert sent_for(filter=finer(6), collections=("scenes",))[0] == "look-up " + FULL.replace("indexes ", "")


def test_only_so_many_guesses_are_kept(monkeypatch):
    monkeypatch.setattr(memory, "MOST_KEPT", 2)
    kept = memory.Memory()
    for number in range(3):
        kept.set((number,), foresight.Guess(1, 1.0))
    assert [kept.get((number,)) is not None for number in range(3)] == [False, True, True]


@pytest.mark.parametrize("asked", [{}, {"filter": finer(9)}], ids=str)
def test_a_policy_that_joins_many_rows_of_which_one_passes_doubles_nothing(five, asked):
    home = Collection.objects.get()
    with open_gate():
        for name in ("shelf", "rack"):
            CatalogChild._default_manager.create(parent=put_catalog(name), collection=home)
    visible = Item.objects.filter(collection__parents__parent__catalog_id="shelf")
    for _ in range(2):
        query, met = SearchQuery(limit=2, **asked), []
        for _ in range(3):
            page = search_items(query, visible=visible, collections=Collection.objects.all())
            met += [row.item_id for row in page.rows]
            query = replace(query, token=page.next)
        assert met == ["5", "4", "3", "2", "1"]


def test_hidden_items_are_not_met(five):
    connection.cursor().execute("UPDATE django_stac_item SET published = false WHERE item_id = '5'")
    assert [sent_for(filter=finer(6))[1] for _ in range(2)] == [["4"], ["4"]]
