"""What the published items of a collection say: extent, summaries and count, computed when marks ask for it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import connections

from django_stac.models import Collection
from django_stac.spec.datetimes import format_instant
from django_stac.spec.extents import WORLD
from django_stac.transactions.collections import PROJECTED, project
from django_stac.transactions.gate import Write, write

if TYPE_CHECKING:
    from django_stac.access import User

MARKED = """
DELETE FROM django_stac_mark
WHERE id IN (
    SELECT id FROM django_stac_mark WHERE collection_id = ANY(%(wanted)s) OR %(wanted)s IS NULL
    ORDER BY id FOR UPDATE SKIP LOCKED)
RETURNING collection_id
"""
# Boxes are measured twice, once from -180 and once from 0, and the narrower wins: that is the antimeridian. A geometry
# across longitude 0 has no box in the second measure, unless it was cut at 180 degrees.
FACTS = """
SELECT count(*), min(coalesce(start_datetime, datetime)), max(coalesce(end_datetime, datetime)),
       min(ST_XMin(geometry)), min(ST_YMin(geometry)), max(ST_XMax(geometry)), max(ST_YMax(geometry)),
       min(ST_XMin(shifted)), max(ST_XMax(shifted)),
       coalesce(bool_or(ST_XMin(geometry) < 0 AND ST_XMax(geometry) >= 0 AND shifted IS NULL), false)
FROM django_stac_item
CROSS JOIN LATERAL (
    SELECT CASE WHEN ST_XMax(geometry) < 0 OR ST_XMin(geometry) >= 0
                  OR (ST_XMin(geometry) <= -180 AND ST_XMax(geometry) >= 180 AND ST_NumGeometries(geometry) > 1)
           THEN ST_ShiftLongitude(geometry) END AS shifted) AS measure
WHERE collection_id = %s AND published
"""
# Texts are counted before they are gathered: of ten million different ones no list could be made.
SUMMARIES = """
SELECT key, kind, min(low), max(high), array_agg(text ORDER BY text) FILTER (WHERE text IS NOT NULL AND place <= %s)
FROM (
    SELECT key, kind, text, min(number) AS low, max(number) AS high,
           row_number() OVER (PARTITION BY key, kind ORDER BY text) AS place
    FROM django_stac_item
    CROSS JOIN LATERAL jsonb_each(properties) AS property(key, value)
    CROSS JOIN LATERAL (
        SELECT jsonb_typeof(value) AS kind,
               CASE jsonb_typeof(value) WHEN 'number' THEN (value #>> '{}')::numeric END AS number,
               CASE jsonb_typeof(value) WHEN 'string' THEN value #>> '{}' END AS text) AS scalar
    WHERE collection_id = %s AND published AND key <> ALL (%s) AND kind IN ('number', 'string')
    GROUP BY key, kind, text) AS found
GROUP BY key, kind ORDER BY key, kind
"""
NOT_SUMMARISED = ["datetime", "start_datetime", "end_datetime", "created", "updated", "title", "description"]
MOST_VALUES = 50


def derive(*, collections: Iterable[str] | None = None, using: str | None = None, actor: "User" = None) -> list[str]:
    """Compute the facts of every marked collection, or of those named; return the ids of the collections.

    Marks that another process holds are left to it.
    """
    with write(using, actor) as current:
        rows = Collection.objects.using(current.using)
        if collections is None:
            wanted = rows.filter(pk__in=marked(current))
        else:
            wanted = rows.filter(collection_id__in=filter(str.isprintable, collections))
            marked(current, list(wanted.values_list("pk", flat=True)))
        # Two that derive one collection take turns, and the second sees all that the first has seen.
        found = list(wanted.order_by("pk").select_for_update(no_key=True))
        for collection in found:
            collection.derived = facts(collection.pk, current.using)
            project(collection)
            collection.save(using=current.using, update_fields=["derived", *PROJECTED])
    return [collection.collection_id for collection in found]


def marked(current: Write, wanted: list[int] | None = None) -> set[int]:
    """Consume the marks, or those of some collections, that nobody else is consuming; return whose they were."""
    with connections[current.using].cursor() as cursor:
        cursor.execute(MARKED, {"wanted": wanted})
        return {collection for (collection,) in cursor.fetchall()}


def facts(collection: int, using: str) -> dict[str, Any]:
    """The JSON of ``Collection.derived``: ``count``, ``extent`` (STAC form) and ``summaries``."""
    with connections[using].cursor() as cursor:
        cursor.execute(FACTS, [collection])
        count, start, end, west, south, east, north, shifted_west, shifted_east, straddles = cursor.fetchone()
        cursor.execute(SUMMARIES, [MOST_VALUES + 1, collection, NOT_SUMMARISED])
        summaries = dict(filter(None, map(summary, cursor.fetchall())))
    if west is not None and not straddles and shifted_east - shifted_west < east - west:
        west, east = unshifted(shifted_west), unshifted(shifted_east)
    bbox = list(WORLD) if west is None else [west, south, east, north]
    interval = [None, None] if start is None else [format_instant(start), format_instant(end)]
    extent = {"spatial": {"bbox": [bbox]}, "temporal": {"interval": [interval]}}
    return {"count": count, "extent": extent, "summaries": summaries}


def unshifted(longitude: float) -> float:
    """Bring a longitude of 0..360 back to -180..180."""
    return longitude - 360 if longitude > 180 else longitude


def summary(row: tuple[Any, ...]) -> tuple[str, Any] | None:
    """A range for numbers, a list for few texts, nothing for many."""
    key, kind, low, high, texts = row
    if kind == "number":
        return key, {"minimum": float(low), "maximum": float(high)}
    return (key, texts) if len(texts) <= MOST_VALUES else None
