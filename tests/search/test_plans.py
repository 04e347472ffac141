"""At 100,000 items the main searches use their indexes, and no page costs more than its neighbours.

Judged by the rows and blocks that the server says it has touched, never by time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection
from psycopg import sql

from django_stac.models import Collection, Item
from django_stac.models.execute import fetched
from django_stac.search import run
from django_stac.search.pages import statement
from django_stac.search.pages.cursor import decode, fingerprint
from django_stac.search.query import SearchQuery
from django_stac.spec.datetimes import parse_interval
from tests.search.asking import search
from tests.statements import statements

pytestmark = pytest.mark.django_db

FILL = """
INSERT INTO django_stac_collection (collection_id, description, license, properties, document, digest,
                                    published, extent_mode, created, updated)
SELECT 'c' || n, '', '', '{}', '{}', '', true, 'document', now(), now() FROM generate_series(1, 10) AS n;
INSERT INTO django_stac_item (collection_id, item_id, geometry, datetime, start_datetime, end_datetime,
                              properties, document, digest, published, created, updated)
SELECT (SELECT min(id) FROM django_stac_collection) + drawn.home, 'item-' || n,
       ST_MakeEnvelope(x, y, x + 1, y + 1, 4326), moment, CASE WHEN n % 11 = 0 THEN moment END,
       CASE WHEN n % 11 = 0 THEN moment + interval '1 day' END,
       '{}', '{}', '', true, now(), now()
FROM (
    SELECT n, CASE WHEN n % 500 = 0 THEN 9 ELSE n % 9 END AS home,
           -180 + (n * 7919 % 100003) / 100003.0 * 359 AS x, -60 + (n * 104729 % 99991) / 99991.0 * 120 AS y,
           {moment} AS moment
    FROM generate_series(1::int8, 100000) AS n
) AS drawn;
"""
EVERYWHERE = """
INSERT INTO django_stac_collection (collection_id, description, license, properties, document, digest,
                                    published, extent_mode, created, updated)
SELECT 'd' || n, '', '', '{}', '{}', '', true, 'document', now(), now() FROM generate_series(1, 200) AS n;
INSERT INTO django_stac_item (collection_id, item_id, geometry, datetime,
                              properties, document, digest, published, created, updated)
SELECT id, 'everywhere', ST_MakeEnvelope(0, 0, 1, 1, 4326), timestamptz '2000-01-01Z',
       '{}', '{}', '', true, now(), now()
FROM django_stac_collection WHERE collection_id LIKE 'd%';
"""
ANALYZE = "VACUUM (ANALYZE) django_stac_item, django_stac_collection"
"""What tests before have rolled back stays in the tables until then, and is read by each scan of the collections."""
SPREAD = "timestamptz '2016-01-01Z' + n::float8 * interval '53 minutes'"
ONE_INSTANT = "timestamptz '2020-01-01Z'"
EMPTY = "TRUNCATE django_stac_item, django_stac_collection CASCADE"


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker, request) -> Iterator[None]:
    """A hundred thousand items, made once and taken away at the end; beside those spread, one id in 200 collections."""
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute(EMPTY)  # and of what other tests have rolled back
            cursor.execute(FILL.replace("{moment}", request.param))
            cursor.execute(EVERYWHERE if request.param == SPREAD else "")
            cursor.execute(ANALYZE)
        yield
        with connection.cursor() as cursor:
            cursor.execute(EMPTY)


spread = pytest.mark.parametrize("filled", [SPREAD], indirect=True, ids=["spread"])
one_instant = pytest.mark.parametrize("filled", [ONE_INSTANT], indirect=True, ids=["one-instant"])


@dataclass(frozen=True, slots=True)
class Plan:
    """What the server did for a page."""

    text: str

    @property
    def blocks(self) -> int:
        """Blocks read, from cache or disk; the first line of buffers is that of the whole."""
        return sum(map(int, re.findall(r"(?:hit|read)=(\d+)", re.search(r"Buffers:.*", self.text)[0])))

    @property
    def indexes(self) -> set[str]:
        """Indexes of items that gave rows."""
        return set(re.findall(r"(?:using|Scan on) (stac_(?:item|property)_\w+)", self.text))


def plan(*, limit=100, **asked) -> Plan:
    """Run a page's statement under EXPLAIN."""
    query = SearchQuery(limit=limit, **asked)
    cursor = None if query.token is None else decode(query.token, query=fingerprint(query))
    wanted = run.planned(query, cursor, Item.objects.published(), Collection.objects.published())
    text, params = statement.page(wanted)
    rows = fetched("default", sql.SQL("EXPLAIN (ANALYZE, BUFFERS) ") + text, params)
    return Plan("\n".join(line for (line,) in rows))


BOX = (10.0, 10.0, 16.0, 16.0)
SEA = (0.0, -89.0, 60.0, -62.0)
HALF = (-180.0, -60.0, 0.0, 60.0)
MONTH = parse_interval("2020-05-01T00:00:00Z/2020-06-01T00:00:00Z")


@spread
@pytest.mark.parametrize(
    ("asked", "index", "blocks"),
    [
        ({}, "stac_item_newest", 1_500),
        ({"collections": ("c10",)}, "stac_item_coll_newest", 1_500),
        ({"bbox": BOX}, "stac_item_place", 1_500),
        ({"bbox": SEA}, "stac_item_place", 100),
        ({"bbox": HALF}, "stac_item_newest", 2_500),
        ({"bbox": BOX, "collections": ("c1",)}, "stac_item_place", 1_500),
        ({"bbox": BOX, "interval": MONTH}, "stac_item_place", 500),
        ({"interval": MONTH}, "stac_item_newest", 12_000),
        ({"ids": ("item-5", "item-77")}, "stac_item_id", 60),
        ({"bbox": (179.0, 10.0, -179.0, 16.0)}, "stac_item_place", 1_500),
        ({"intersects": {"type": "Point", "coordinates": [12, 12]}}, "stac_item_place", 500),
    ],
    ids=str,
)
def test_a_search_uses_its_index(filled, asked, index, blocks):
    done = plan(**asked)
    assert index in done.indexes, done.text
    assert done.blocks < blocks, done.text


@spread
@pytest.mark.parametrize(
    ("ids", "collections"), [(("everywhere",), ("d77",)), (("everywhere", "item-5"), ("c6", "d77", "d78"))]
)
def test_ids_in_collections_are_found_by_both_at_once(filled, ids, collections):
    done = plan(ids=ids, collections=collections)
    assert done.indexes == {"stac_item_unique"}, done.text
    assert done.blocks < 60, done.text


@spread
@pytest.mark.parametrize(
    ("collections", "matched", "is_counted"),
    [(("c10",), 200, True), (("c1",), None, True), (("c1", "c2", "c3"), None, False), ((), None, False)],
    ids=["below the bound", "beyond it", "three times beyond it", "everything"],
)
def test_counts_are_exact_up_to_the_bound_and_not_tried_far_beyond(filled, collections, matched, is_counted):
    with statements() as seen:
        assert search(limit=1, collections=collections).matched == matched
    assert any("AS matched" in text for text in seen) == is_counted


@spread
def test_deep_pages_cost_what_the_first_costs(filled):
    for asked in ({}, {"bbox": BOX}, {"collections": ("c1",)}):
        first = plan(limit=10, **asked).blocks
        token = search(limit=200, **asked).next
        assert plan(limit=10, token=token, **asked).blocks < 2 * first + 100


@spread
def test_one_item_of_the_year_9999_spoils_nothing(filled):
    connection.cursor().execute("UPDATE django_stac_item SET datetime = '9999-12-31Z' WHERE item_id = 'item-1'")
    assert search(limit=1).rows[0].item_id == "item-1"
    near = plan(bbox=BOX)
    assert "stac_item_place" in near.indexes
    assert near.blocks < 1_500, near.text


WALK = [{}, {"bbox": HALF}, {"bbox": BOX}, {"collections": ("c1",)}, {"collections": ("c1",), "bbox": HALF}]


@one_instant
@pytest.mark.parametrize("asked", WALK, ids=str)
def test_pages_of_one_instant_are_cheap_everywhere(filled, asked):
    assert plan(limit=10, **asked).blocks < 2_500
    deep = search(limit=200, **asked).next
    behind = plan(limit=10, token=deep, **asked)
    assert behind.blocks < 2_500, behind.text
    back = search(limit=10, token=deep, **asked).prev
    before = plan(limit=10, token=back, **asked)
    assert before.blocks < 2_500, before.text
