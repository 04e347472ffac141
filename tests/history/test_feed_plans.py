"""At 60,000 items and as many tombstones a page of the feed reads as much as it tells, wherever it is.

Judged by the indexes and blocks that the server says it has touched, never by time.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import connection
from psycopg.sql import SQL

from django_stac.history.place import LARGEST, Place, Rank, behind
from django_stac.history.statement import LOOKED_AT, statement
from django_stac.models.execute import fetched
from tests.api.people import person
from tests.history.consuming import settle, sight_of

pytestmark = pytest.mark.django_db

FILL = """
INSERT INTO django_stac_collection (collection_id, description, license, properties, document, digest,
                                    published, extent_mode, created, updated, changed, shown)
SELECT 'c' || n, '', '', '{}', '{}', '', n < 10, 'document', now(), now(), n, n FROM generate_series(1, 10) AS n;
INSERT INTO django_stac_item (collection_id, item_id, datetime, properties, document, digest, published,
                              created, updated, changed)
SELECT (SELECT min(id) FROM django_stac_collection) + n % 10, 'item-' || n, now(), '{}', '{}', '', n % 20 > 0,
       now(), now(), 1 + n / 300 FROM generate_series(1::int8, 60000) AS n;
INSERT INTO django_stac_tombstone (kind, collection_id, thing_id, deleted, published, visibility, viewer_groups,
                                   owner_groups, item_published, at, changed)
SELECT 'item', 'c' || n % 10, 'gone-' || n, true, true, 'public', '{}', '{}', n % 20 > 0, now(), 1 + n / 200
FROM generate_series(1::int8, 60000) AS n;
"""
TABLES = "django_stac_item, django_stac_collection, django_stac_tombstone"
EMPTY = f"TRUNCATE {TABLES} CASCADE"


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Changes by some hundred transactions, made once and taken away at the end."""
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute(EMPTY)
            cursor.execute(FILL)
            cursor.execute(f"VACUUM (ANALYZE) {TABLES}")
        settle()
        yield
        with connection.cursor() as cursor:
            cursor.execute(EMPTY)


PLACES = {
    "the beginning": {"place": Place(newest=0), "begins": True},
    "within what stands": {"place": Place(rank=Rank.ITEM, key=30_000, newest=5)},
    "behind what stands": {"place": behind(LARGEST), "begins": True},
    "the first change": {"place": behind(0)},
    "within a transaction": {"place": Place(changed=150, rank=Rank.ITEM, key=45_000)},
    "the last changes": {"place": behind(198)},
    "the end": {"place": behind(10**9)},
    "one collection": {"place": behind(20), "named": ("c3",)},
    "no collection": {"place": behind(20), "named": ("absent",)},
}
PEOPLE = ("anonymous", "member", "superuser")


def plan(sight, place, *, begins=False) -> str:
    """What the server did for a page of a hundred changes."""
    text, params = statement(sight, place, most=101, begins=begins)
    rows = fetched("default", SQL("EXPLAIN (ANALYZE, BUFFERS) ") + text, params | {"elsewhere": []})
    return "\n".join(line for (line,) in rows)


def blocks(text) -> int:
    """Blocks read, from cache or disk; the first line of buffers is that of the whole."""
    return sum(map(int, re.findall(r"(?:hit|read)=(\d+)", re.search(r"Buffers:.*", text)[0])))


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("asked", PLACES)
def test_no_page_reads_a_whole_table(filled, asked, who):
    named = PLACES[asked].get("named", ())
    text = plan(sight_of(person(who), named), PLACES[asked]["place"], begins=PLACES[asked].get("begins", False))
    assert blocks(text) < 1_500
    assert not re.search(r"Seq Scan on django_stac_(item|tombstone)", text)


@pytest.mark.parametrize("place", [Place(newest=0), behind(0)], ids=["what stands", "what changed"])
def test_who_sees_nothing_pays_for_the_rows_of_a_page_at_most(filled, place):
    sight = sight_of()
    blind = replace(sight, items=sight.items.filter(digest="x"), tombstones=sight.tombstones.filter(by="x"))
    assert blocks(plan(blind, place)) < 2.5 * LOOKED_AT
