"""What the server is asked for a page, counted where the server sees it."""

import pytest
from django.db import connection, transaction

from django_stac.cql2.tree import BBox, Operation, Property
from django_stac.models import Collection, Item
from django_stac.search.pages.wanted import Guess
from django_stac.search.query import Comparison, SearchQuery, SortKey
from django_stac.search.run import item_row, search_items
from django_stac.spec.datetimes import parse_interval
from tests.search.asking import a_home, a_row, at, point, search, store
from tests.statements import statements

TRIANGLE = {"type": "Polygon", "coordinates": [[[0, 0], [10, 0], [0, 10], [0, 0]]]}

CLEAR = Operation("isNull", (Property("eo:cloud_cover"),))
NO_SIZE = Comparison(name="gsd", operator="eq", value=None)
MEETS = Operation("s_intersects", (Property("geometry"), BBox((0.0, 0.0, 2.0, 2.0))))


MARKS = {
    "EXPLAIN": "estimate",
    "AS page": "page",
    "ORDER BY item.datetime": "stroll",
    "SELECT EXISTS": "disputes",
    "FROM pg_index": "indexes",
    "AS matched": "count",
    "SET LOCAL": "limit",
    'FROM "django_stac_collection"': "look-up",
}


def told(seen) -> str:
    """What the statements are for; BEGIN and COMMIT as they are."""
    return " ".join(next((noun for mark, noun in MARKS.items() if mark in text), text) for text in seen)


@pytest.fixture
def three():
    home = a_home()
    store(*(a_row(f"{number}", home, at("2024-06-01"), geometry=point(1, 1)) for number in range(3)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, "page"),
        ({"collections": ("scenes",)}, "look-up page"),
        ({"collections": ("absent",)}, "look-up"),
        ({"ids": ("1",), "interval": parse_interval("2024-06-01T00:00:00Z/..")}, "page"),
        ({"bbox": (0.0, 0.0, 2.0, 2.0)}, "estimate page"),
        ({"bbox": (-180.0, -90.0, 180.0, 90.0)}, "page"),
        ({"bbox": (170.0, 0.0, 2.0, 2.0), "interval": parse_interval("2024-06-01T00:00:00Z/..")}, "estimate page"),
        ({"limit": 1}, "page estimate limit count COMMIT"),
        ({"intersects": TRIANGLE}, "estimate limit page COMMIT"),
        (
            {"limit": 1, "intersects": TRIANGLE, "collections": ("scenes",)},
            "look-up estimate limit page count COMMIT",
        ),
        ({"filter": CLEAR}, "estimate limit page COMMIT"),
        ({"filter": CLEAR, "collections": ("scenes",)}, "look-up estimate limit page COMMIT"),
        ({"filter": CLEAR, "limit": 1}, "estimate limit page count COMMIT"),
        ({"filter": CLEAR, "collections": ("absent",)}, "look-up"),
        ({"filter": MEETS}, "estimate limit page COMMIT"),
        (
            {"comparisons": (Comparison(name="gsd", operator="eq", value=None),)},
            "estimate limit page COMMIT",
        ),
        ({"sort": (SortKey("platform"), SortKey("id")), "ids": ("1",)}, "limit page COMMIT"),
        ({"sort": (SortKey("platform"),), "limit": 1}, "limit page estimate count COMMIT"),
        ({"sort": (SortKey("datetime"),)}, "page"),
    ],
    ids=str,
)
def test_a_page_is_one_statement_with_few_beside_it(three, asked, expected):
    with statements() as seen:
        search(**asked)
    assert told(seen) == expected


@pytest.mark.django_db(transaction=True)
def test_what_the_planner_expects_far_beyond_the_bound_is_not_counted(three, monkeypatch):
    monkeypatch.setattr("django_stac.search.run.CHEAP", 40_000)
    monkeypatch.setattr("django_stac.search.run.asked", lambda *_: [Guess(20_000, 0), Guess(20_001, 0)])
    with statements() as seen:
        assert search(limit=1).matched is None
    assert told(seen) == "page"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("guess", "matched"),
    [(Guess(100, 40_000), 3), (Guess(100, 60_000), None), (Guess(30_000, 120_000), 3), (Guess(30_000, 180_000), None)],
)
def test_what_passes_a_filter_is_counted_where_that_is_not_dear(three, monkeypatch, guess, matched):
    monkeypatch.setattr("django_stac.search.plan.asked", lambda *_: [guess])
    assert search(limit=1, filter=CLEAR).matched == matched
    assert search(limit=1).matched == 3


@pytest.mark.django_db(transaction=True)
def test_a_further_page_of_any_order_counts_nothing(three):
    sort = (SortKey("platform", descending=True),)
    token = search(limit=1, sort=sort).next
    with statements() as seen:
        search(limit=1, sort=sort, token=token)
    assert told(seen) == "limit page COMMIT"


@pytest.mark.django_db(transaction=True)
def test_a_further_page_counts_nothing(three):
    token = search(limit=1).next
    with statements() as seen:
        search(limit=1, token=token)
    assert len(seen) == 1


@pytest.mark.django_db
def test_one_item_is_one_statement(three):
    with statements() as seen:
        item_row("scenes", "1", visible=Item.objects.published())
    assert len(seen) == 1


@pytest.mark.django_db
def test_the_wrappers_and_the_query_log_of_the_site_see_the_page(three, django_assert_num_queries):
    texts = []

    def wrapper(execute, sql, params, many, context):
        texts.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper), django_assert_num_queries(1):
        search(limit=5)
    assert "AS page" in texts[0]


@pytest.mark.django_db
def test_the_timeout_ends_with_the_search_inside_a_transaction_of_the_site(three):
    with transaction.atomic():
        search(limit=1, intersects=TRIANGLE)
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() == ("0",)


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_has_closed_is_opened_again(three):
    connection.cursor().execute("SELECT 1")
    connection.connection.close()
    connection.close_if_unusable_or_obsolete()
    assert len(search(limit=5).rows) == 3


@pytest.mark.django_db
def test_statements_may_be_prepared_by_the_server(three, monkeypatch):
    monkeypatch.setattr(connection.connection, "prepare_threshold", 0)
    for limit in (1, 2, 300, 5):
        assert len(search(limit=limit, bbox=(0.0, 0.0, 2.0, 2.0)).rows) == min(limit, 3)


@pytest.mark.django_db(databases=["default"])
def test_the_alias_of_the_queryset_is_asked(three):
    visible = Item.objects.using("default").published()
    page = search_items(SearchQuery(limit=5), visible=visible, collections=Collection.objects.all(), using="default")
    assert len(page.rows) == 3
