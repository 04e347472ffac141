"""The SQL of aggregations: one statement for all that is asked. The conditions, and what is counted by, come compiled.

Its rows are (number, what, key, value): number is the place of an aggregation among those asked, none for all of them.
"""

from collections.abc import Sequence
from typing import Any

from psycopg.sql import SQL, Composable, Identifier, Literal

from django_stac.models import Collection, Item
from django_stac.models.where import Where
from django_stac.search.aggregation.cells import ACROSS, boxes, envelope
from django_stac.search.aggregation.distributions import Collections, Distribution, Footprints

Statement = tuple[Composable, dict[str, Any]]

MOST_BUCKETS = 1_000
"""Buckets of one aggregation; the fullest are kept."""
MOST_OF_ITEM = 1_000
"""Cells that the box of one item may cover; an item of more is in none."""
MOST_OF_ALL = 5_000_000
"""Cells that the boxes of all items may cover together."""

STATEMENT = "WITH {parts}\n{rows}"
MATCHED = "matched AS (SELECT {columns} FROM {source} WHERE {condition})"
TOTALS = """\
SELECT NULL::int AS number, what, NULL::text AS key, value
FROM (SELECT count(*) AS items, min(datetime) AS first, max(datetime) AS last FROM matched) AS found
CROSS JOIN LATERAL (VALUES
    ('items', items),
    ('first', (extract(epoch FROM first) * 1000000)::int8),
    ('last', (extract(epoch FROM last) * 1000000)::int8)) AS total (what, value)"""
GROUPS = """\
(SELECT {number}, 'group', {key}::text, count(*) FROM matched WHERE {key} IS NOT NULL
 GROUP BY {key} ORDER BY count(*) DESC, {key} LIMIT {most})"""
COLLECTIONS = """\
SELECT {number}, 'group', home.collection_id, items FROM (
    SELECT {key} AS key, count(*) AS items FROM matched GROUP BY {key} ORDER BY count(*) DESC, {key} LIMIT {most}
) AS found JOIN {collections} AS home ON home.id = key"""

# Of what was cut at the antimeridian every part has a box: one around all of them would go around the world.
WHOLES = "SELECT id, {key} AS geometry, {key} AS part FROM matched WHERE NOT ({across})"
PARTS = "SELECT id, {key} AS geometry, (ST_Dump({key})).geom AS part FROM matched WHERE {across}"
COVERED = """\
{covered} AS (
    SELECT *, FALSE AS is_part FROM ({wholes}) AS whole WHERE many <= {most_of_item}
    UNION ALL
    SELECT id, geometry, west, east, low, high, together, TRUE FROM (
        SELECT *, least(sum(many) OVER (PARTITION BY id), {most_of_item} + 1)::int8 AS together FROM ({parts}) AS part
    ) AS part WHERE together <= {most_of_item})"""
CELLS = """\
{cells} AS (
    SELECT id, west * {rows} + low AS key FROM {covered} WHERE many = 1
    UNION ALL
    SELECT id, x * {rows} + y FROM {spread} WHERE many > 1 AND NOT is_part AND ST_Intersects(geometry, {cell})
    UNION ALL
    SELECT DISTINCT id, x * {rows} + y FROM {spread} WHERE many > 1 AND is_part AND ST_Intersects(geometry, {cell}))"""
# A function of many rows is asked for none where there would be too many: the planner keeps no order of conditions.
SPREAD = """\
{covered} CROSS JOIN LATERAL generate_series(
    west, CASE WHEN (SELECT sum(many) FROM {covered}) <= {most_of_all} THEN east ELSE west - 1 END) AS x
CROSS JOIN LATERAL generate_series(low, high) AS y"""
KEPT = """\
{kept} AS (SELECT key, count(*) AS items FROM {cells} GROUP BY key ORDER BY count(*) DESC, key LIMIT {most})"""
FOOTPRINTS = """\
SELECT {number}, 'group', key::text, items FROM {kept}
UNION ALL
SELECT {number}, 'grouped', NULL, CASE WHEN (SELECT count(*) FROM {kept}) < {most}
    THEN (SELECT count(*) FILTER (WHERE NOT is_part) + count(DISTINCT id) FILTER (WHERE is_part) FROM {covered})
    ELSE (SELECT count(DISTINCT id) FROM {cells} WHERE key IN (SELECT key FROM {kept})) END
UNION ALL
SELECT {number}, 'cells', NULL, sum(many)::int8 FROM {covered}"""


def statement(where: Where, asked: Sequence[Distribution]) -> Statement:
    """Write the statement for some distributions, and for the totals; the keys of ``where`` are theirs."""
    parts: list[Composable] = [matched(where)]
    rows: list[Composable] = [SQL(TOTALS)]
    for number, distribution in enumerate(asked):
        words = {"number": Literal(number), "key": column(number), "most": Literal(MOST_BUCKETS)}
        if isinstance(distribution, Footprints):
            with_parts, with_rows = footprints(distribution, number, words)
            parts += with_parts
            rows.append(with_rows)
        elif isinstance(distribution, Collections):
            rows.append(SQL(COLLECTIONS).format(collections=Identifier(Collection._meta.db_table), **words))
        else:
            rows.append(SQL(GROUPS).format(**words))
    written = SQL(STATEMENT).format(parts=SQL(",\n").join(parts), rows=SQL("\nUNION ALL\n").join(rows))
    return written, where.params


def matched(where: Where) -> Composable:
    """The items, each with what it is counted by."""
    table = Item._meta.db_table
    columns = [Identifier(table, "id"), Identifier(table, "datetime")]
    keys = [SQL("{} AS {}").format(key, column(number)) for number, key in enumerate(where.keys)]
    return SQL(MATCHED).format(
        columns=SQL(", ").join([*columns, *keys]), source=where.source, condition=where.condition
    )


def footprints(asked: Footprints, number: int, words: dict[str, Composable]) -> tuple[list[Composable], Composable]:
    """The cells that geometries meet: parts of the WITH clause, and rows."""
    known = words | {name: Identifier(f"{name}_{number}") for name in ("covered", "cells", "kept")}
    known |= {"most_of_item": Literal(MOST_OF_ITEM), "most_of_all": Literal(MOST_OF_ALL)}
    known |= {"rows": Literal(asked.grid.rows), "cell": SQL(envelope(asked.grid, "x", "y"))}
    known["across"] = SQL(ACROSS.format(f"key_{number}"))
    boxed = SQL(boxes(asked.grid))
    known["wholes"] = boxed.format(parts=SQL(WHOLES).format(**known))
    known["parts"] = boxed.format(parts=SQL(PARTS).format(**known))
    known["spread"] = SQL(SPREAD).format(**known)
    return [SQL(part).format(**known) for part in (COVERED, CELLS, KEPT)], SQL(FOOTPRINTS).format(**known)


def column(number: int) -> Identifier:
    return Identifier(f"key_{number}")
