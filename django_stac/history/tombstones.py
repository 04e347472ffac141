"""Tombstones as they are made: before a thing is deleted, or hidden from somebody."""

from collections.abc import Iterable
from typing import Any

from django.db import connections

from django_stac.models import Kind

BURY = """
INSERT INTO django_stac_tombstone (
    kind, collection_id, thing_id, item_published, published, visibility, viewer_groups, owner_groups, deleted, at, by)
SELECT %(kind)s, leaving.*, %(deleted)s, statement_timestamp(), %(by)s FROM ({rows}) AS leaving
"""
ITEMS = """
SELECT home.collection_id, item.item_id, item.published,
       home.published, home.visibility, home.viewer_groups, home.owner_groups
FROM django_stac_item AS item JOIN django_stac_collection AS home ON home.id = item.collection_id
WHERE item.id = ANY(%(keys)s) ORDER BY item.id
"""
COLLECTIONS = """
SELECT collection_id, collection_id, true, published, visibility, viewer_groups, owner_groups
FROM django_stac_collection WHERE id = ANY(%(keys)s) ORDER BY id
"""
CATALOGS = """
SELECT '', catalog_id, true, true, 'public', ARRAY[]::int[], ARRAY[]::int[]
FROM django_stac_catalog WHERE id = ANY(%(keys)s) ORDER BY id
"""
ROWS = {Kind.ITEM: ITEMS, Kind.COLLECTION: COLLECTIONS, Kind.CATALOG: CATALOGS}
SIGHT = 547_182_901
"""First key of the advisory locks on who sees a collection; the second is its primary key."""
LOCK_SIGHT = "SELECT pg_advisory_xact_lock{how}(%s, key) FROM (SELECT unnest(%s::int[]) AS key ORDER BY 1) AS homes"


def bury(kind: Kind, keys: Iterable[int], *, deleted: bool, by: str | None, using: str) -> None:
    """Tell who can see these rows (primary keys) until now, that the caller has locked, and then deletes or hides.

    Whoever buries items shares the sight of their collections.
    """
    parameters: dict[str, Any] = {"kind": kind.value, "keys": list(keys), "deleted": deleted, "by": by}
    with connections[using].cursor() as cursor:
        cursor.execute(BURY.format(rows=ROWS[kind]), parameters)


def share_sight(collections: Iterable[int], using: str) -> None:
    """Let nobody change who sees these collections (primary keys) before this transaction ends.

    It is taken before rows of items are locked: whoever changes both would wait in a ring with who has them already.
    """
    take_sight(collections, using, how="_shared")


def lock_sight(collections: Iterable[int], using: str) -> None:
    """Let nobody bury items of these collections (primary keys) while it changes who sees them.

    A tombstone would tell those who saw the item before, and somebody who sees the collection from now on reads the
    item that is not deleted yet. The lock ends with the transaction; loaders and ``derive`` do not meet it.
    """
    take_sight(collections, using, how="")


def take_sight(collections: Iterable[int], using: str, *, how: str) -> None:
    if keys := list(collections):
        with connections[using].cursor() as cursor:
            cursor.execute(LOCK_SIGHT.format(how=how), [SIGHT, keys])
