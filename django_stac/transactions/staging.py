"""A batch in a temporary table, and its way to the items: what is absent is inserted, what differs replaced."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connections

from django_stac.models import Kind
from django_stac.models.operations import SERVER_HAS_LZ4
from django_stac.transactions.gate import Write

Stored = tuple[int, int, str, bool]
"""Primary key, collection, item id, and whether it is new."""

# A value keeps the compression of its first column on its way into the table: lz4 costs a quarter of the default.
STAGING = """
CREATE TEMPORARY TABLE django_stac_staging (
    collection_id int4, item_id text, geometry bytea, datetime timestamptz, start_datetime timestamptz,
    end_datetime timestamptz, properties bytea {compression}, document bytea {compression}, digest text,
    published bool, wanted text
) ON COMMIT DROP
"""
COPY = "COPY django_stac_staging FROM STDIN (FORMAT BINARY)"
COPY_TYPES = ("int4", "text", "bytea", *("timestamptz",) * 3, "bytea", "bytea", "text", "bool", "text")
# One pass in the order of the key inserts what is absent and locks what stands: a row is locked whose condition is
# false, too. So two loaders of the same items never wait in a ring, and nobody comes between the statements.
INSERT = """
INSERT INTO django_stac_item AS item (
    collection_id, item_id, geometry, datetime, start_datetime, end_datetime,
    properties, document, digest, published, created, updated, written_by)
SELECT collection_id, item_id, geometry::geometry, datetime, start_datetime, end_datetime,
       convert_from(properties, 'UTF8')::jsonb, document, digest, published, now(), now(), %s
FROM django_stac_staging ORDER BY collection_id, item_id
ON CONFLICT (collection_id, item_id) {conflict}
RETURNING id, collection_id, item_id, true
"""
LOCK, PASS = "DO UPDATE SET digest = item.digest WHERE false", "DO NOTHING"
# What is to be replaced in a certain state only is never to be made.
TAKE_BACK = """
DELETE FROM django_stac_item AS item USING django_stac_staging AS staging
WHERE item.id = ANY(%s) AND staging.wanted IS NOT NULL
  AND item.collection_id = staging.collection_id AND item.item_id = staging.item_id
RETURNING item.id
"""
# Found one by one in the index, whatever the planner takes the temporary table for: it would read all items else.
DIFFERING = """
SELECT item.id
FROM django_stac_staging AS staging CROSS JOIN LATERAL (
    SELECT id, digest FROM django_stac_item AS item
    WHERE item.collection_id = staging.collection_id AND item.item_id = staging.item_id OFFSET 0) AS item
WHERE item.digest <> staging.digest AND item.digest = coalesce(staging.wanted, item.digest)
"""
REPLACE = """
UPDATE django_stac_item AS item SET
    geometry = staging.geometry::geometry, datetime = staging.datetime, start_datetime = staging.start_datetime,
    end_datetime = staging.end_datetime, properties = convert_from(staging.properties, 'UTF8')::jsonb,
    document = staging.document, digest = staging.digest, updated = statement_timestamp(), written_by = %s,
    changed = pg_current_xact_id()::text::bigint
FROM django_stac_staging AS staging
WHERE item.id = ANY(%s) AND item.collection_id = staging.collection_id AND item.item_id = staging.item_id
RETURNING item.id, item.collection_id, item.item_id, false
"""


@dataclass(frozen=True, slots=True)
class Staging:
    """The temporary table, filled."""

    cursor: Any
    current: Write

    def insert(self, *, replace: bool) -> list[Stored]:
        """Insert what is absent; what stands nobody else changes from now on, if it is to be replaced."""
        self.cursor.execute(INSERT.format(conflict=LOCK if replace else PASS), [self.current.by])
        return list(self.cursor.fetchall())

    def take_back(self, rows: list[Stored]) -> list[Stored]:
        """Delete those new rows that were to be replaced only; return the others."""
        self.cursor.execute(TAKE_BACK, [[key for key, *_ in rows]])
        strangers = {key for (key,) in self.cursor.fetchall()}
        return [row for row in rows if row[0] not in strangers]

    def replace(self) -> list[Stored]:
        """Replace what differs; what was there is superseded."""
        self.cursor.execute(DIFFERING)
        keys = [key for (key,) in self.cursor.fetchall()]
        if not keys:
            return []
        self.current.supersede(Kind.ITEM, *keys)
        self.cursor.execute(REPLACE, [self.current.by, keys])
        return list(self.cursor.fetchall())


@contextmanager
def staged(rows: Iterable[tuple[Any, ...]], current: Write) -> Iterator[Staging]:
    """COPY rows, of ``COPY_TYPES``, into a temporary table that is there inside the block."""
    with connections[current.using].cursor() as cursor:
        cursor.execute(STAGING.format(compression="COMPRESSION lz4" if has_lz4(current.using) else ""))
        with cursor.copy(COPY) as copy:
            copy.set_types(COPY_TYPES)
            for row in rows:
                copy.write_row(row)
        yield Staging(cursor, current)
        cursor.execute("DROP TABLE django_stac_staging")


@lru_cache
def has_lz4(using: str) -> bool:
    """Whether the server was built with it."""
    with connections[using].cursor() as cursor:
        cursor.execute(SERVER_HAS_LZ4)
        (found,) = cursor.fetchone()
    return bool(found)
