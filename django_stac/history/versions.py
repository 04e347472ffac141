"""Versions as they are made: rows are copied where they are, before something else is written there."""

from collections.abc import Iterable
from typing import Any

from django.db import connections

from django_stac.conf import stac_settings
from django_stac.models import Kind

# Whoever supersedes a row has locked it, so that nobody else takes the number meanwhile.
KEEP = """
INSERT INTO django_stac_version (
    kind, collection_id, thing_id, number, document, digest,
    item_published, published, visibility, viewer_groups, owner_groups,
    written, written_by, ended, ended_by, deleted, files, beside)
SELECT %(kind)s, collection_id, thing_id,
       1 + coalesce((
           SELECT max(number) FROM django_stac_version AS last
           WHERE last.kind = %(kind)s AND last.collection_id = ending.collection_id
             AND last.thing_id = ending.thing_id), 0),
       document, digest, item_published, published, visibility, viewer_groups, owner_groups,
       updated, written_by, statement_timestamp(), %(by)s, %(deleted)s, files, CASE WHEN %(deleted)s THEN beside END
FROM ({rows}) AS ending
"""
FILES = """(
    SELECT jsonb_agg(jsonb_build_object(
        'storage', storage, 'path', path, 'key', key, 'size', size, 'checksum', checksum, 'owned', owned) ORDER BY id)
    FROM django_stac_storedfile AS file WHERE {owner}) AS files"""
ITEMS = """
SELECT home.collection_id, item_id AS thing_id, item.document, item.digest, item.published AS item_published,
       home.published, home.visibility, home.viewer_groups, home.owner_groups, item.updated, item.written_by, {files},
       NULL::jsonb AS beside
FROM django_stac_item AS item JOIN django_stac_collection AS home ON home.id = item.collection_id
WHERE item.id = ANY(%(keys)s) ORDER BY item.id
"""
COLLECTIONS = """
SELECT collection_id, collection_id AS thing_id, document, digest, true AS item_published,
       published, visibility, viewer_groups, owner_groups, updated, written_by, {files},
       jsonb_build_object(
           'extent_mode', extent_mode, 'validation', validation, 'rules', rules, 'queryables', queryables,
           'parents', ARRAY(
               SELECT parent.catalog_id FROM django_stac_catalogchild AS link
               JOIN django_stac_catalog AS parent ON parent.id = link.parent_id
               WHERE link.collection_id = home.id ORDER BY link.id)) AS beside
FROM django_stac_collection AS home
WHERE id = ANY(%(keys)s)
"""
CATALOGS = """
SELECT '' AS collection_id, shelf.catalog_id AS thing_id, document, digest, true AS item_published,
       true AS published, 'public' AS visibility, ARRAY[]::int[] AS viewer_groups, ARRAY[]::int[] AS owner_groups,
       updated, written_by, NULL::jsonb AS files,
       jsonb_build_object(
           'parents', ARRAY(
               SELECT parent.catalog_id FROM django_stac_catalogchild AS link
               JOIN django_stac_catalog AS parent ON parent.id = link.parent_id
               WHERE link.catalog_id = shelf.id ORDER BY link.id),
           'catalogs', ARRAY(
               SELECT child.catalog_id FROM django_stac_catalogchild AS link
               JOIN django_stac_catalog AS child ON child.id = link.catalog_id
               WHERE link.parent_id = shelf.id ORDER BY link.id),
           'collections', ARRAY(
               SELECT child.collection_id FROM django_stac_catalogchild AS link
               JOIN django_stac_collection AS child ON child.id = link.collection_id
               WHERE link.parent_id = shelf.id ORDER BY link.id)) AS beside
FROM django_stac_catalog AS shelf
WHERE id = ANY(%(keys)s)
"""
ROWS = {
    Kind.ITEM: ITEMS.format(files=FILES.format(owner="file.item_id = item.id AND file.collection_id IS NULL")),
    Kind.COLLECTION: COLLECTIONS.format(
        files=FILES.format(owner="file.collection_id = home.id AND file.item_id IS NULL")
    ),
    Kind.CATALOG: CATALOGS,
}


def keep(kind: Kind, keys: Iterable[int], *, deleted: bool, by: str | None, using: str) -> None:
    """Copy rows that the caller has locked (primary keys) before they are replaced or deleted, if the site wants it."""
    if stac_settings.HISTORY:
        with connections[using].cursor() as cursor:
            parameters: dict[str, Any] = {"kind": kind.value, "keys": list(keys), "deleted": deleted, "by": by}
            cursor.execute(KEEP.format(rows=ROWS[kind]), parameters)
