"""The one statement of a page of the feed.

It reads what was changed by transactions that are all over: those before the first that still runs in this database,
in the same snapshot. What runs has a greater number, and what begins later, so that nothing that commits late is
passed over. Transactions of other databases have numbers of the same row; they change nothing here.
"""

from collections.abc import Sequence
from typing import Any

from psycopg.sql import SQL, Composable, Identifier, Literal

from django_stac.history.place import LARGEST, SMALLEST, Place, Rank
from django_stac.history.sight import Sight
from django_stac.history.source import Part, Source, parts_of
from django_stac.models.where import Where

LOOKED_AT = 10_000
"""Rows of a large table that one page looks at, for the user or not."""

ELSEWHERE = SQL("""
SELECT coalesce(array_agg(transactionid::text::bigint), '{}') FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'transactionid' AND granted
      AND datid <> (SELECT oid FROM pg_database WHERE datname = current_database())""")
"""The transactions that run in other databases; asked before, because the snapshot of a page is older than it."""

STATEMENT = """
WITH now AS MATERIALIZED (
    SELECT concat_ws('/', system_identifier, greatest(timeline_id, min_recovery_end_timeline), pg_database.oid,
                     django_stac_epoch.tableoid, django_stac_epoch.xmin) AS epoch,
           least({first_running}, pg_current_xact_id_if_assigned()::text::bigint) AS horizon,
           pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS ceiling, pg_is_in_recovery() AS is_copy
    FROM pg_control_system(), pg_control_checkpoint(), pg_control_recovery(), pg_database
    LEFT JOIN django_stac_epoch ON true WHERE datname = current_database()),
stop AS MATERIALIZED ({stop}),
newest AS MATERIALIZED (SELECT {newest} AS changed FROM now),
found AS ({nothing}{branches} ORDER BY changed, rank, key LIMIT %(most)s)
SELECT now.epoch, now.ceiling <= %(changed)s AND NOT now.is_copy, newest.changed, stop.*, found.*
FROM now CROSS JOIN newest CROSS JOIN stop LEFT JOIN found ON true ORDER BY found.changed, found.rank, found.key"""
FIRST_RUNNING = """
coalesce((SELECT min(running::text::bigint) FROM pg_snapshot_xip(pg_current_snapshot()) AS running
          WHERE running::text::bigint %% 4294967296 <> ALL (%(elsewhere)s::bigint[])),
         pg_snapshot_xmax(pg_current_snapshot())::text::bigint)"""
NOTHING = """
SELECT 0::bigint AS changed, 0 AS rank, 0::bigint AS key, '' AS type, '' AS kind, '' AS home, '' AS thing, now() AS at,
       '' AS digest WHERE false"""
BRANCH = """
UNION ALL (SELECT {changed}, {rank}, {table}.id, {type}, {thing} FROM {source}
           WHERE ({condition}) AND {beside} AND {behind} ORDER BY {order} LIMIT %(most)s)"""
LAST = "(SELECT CASE WHEN rank > {rank} THEN {largest} WHEN rank = {rank} THEN key ELSE {smallest} END FROM stop)"
"""The key of a rank at which the page stops at the latest."""

# What was changed, in the order of transactions

STOP = """
SELECT changed, rank, key FROM ({budgets} SELECT horizon AS changed, 0 AS rank, {smallest}::bigint AS key FROM now) AS _
ORDER BY changed, rank, key LIMIT 1"""
BUDGET = """
(SELECT changed, {rank} AS rank, id AS key FROM {table}
 WHERE (changed, id) > (%(changed)s, {key}) AND changed >= %(changed)s AND changed < (SELECT horizon FROM now)
 ORDER BY changed, id OFFSET {looked_at} LIMIT 1) UNION ALL"""
BEHIND = """
({changed}, {table}.id) > (%(changed)s, {key}) AND {changed} >= %(changed)s
AND ({changed}, {table}.id) <= ((SELECT changed FROM stop), {last})"""

# What stands, in the order of primary keys

STOP_OF_WALK = """
SELECT 0::bigint AS changed, rank, key FROM ({budgets} SELECT {end} AS rank, {smallest}::bigint AS key) AS _
ORDER BY rank, key LIMIT 1"""
BUDGET_OF_WALK = """
(SELECT {rank} AS rank, id AS key FROM {table} WHERE id > {key} ORDER BY id OFFSET {looked_at} LIMIT 1) UNION ALL"""
BEHIND_OF_WALK = "{table}.id > {key} AND {table}.id <= {last}"

# The last transaction that changed something for the user, or of many that did not, one that is late enough

NEWEST = """
coalesce((SELECT {changed} FROM {source} WHERE ({condition}) AND {changed} < now.horizon AND {changed} >= {floor}
          ORDER BY {changed} DESC, {table}.id DESC LIMIT 1), {floor})"""
FLOOR = """
coalesce((SELECT changed FROM {table} WHERE changed < now.horizon
          ORDER BY changed DESC, id DESC OFFSET {looked_at} LIMIT 1), 0)"""


def statement(sight: Sight, place: Place, *, most: int, begins: bool = False) -> tuple[Composable, dict[str, Any]]:
    """Return what reads ``most`` changes behind a place, and its parameters.

    Where somebody ``begins``, the transaction is found behind which changes go on for them.
    """
    parts = list(parts_of(sight))
    read = [part for part in parts if part[0].stands and part[0].rank >= place.rank] if place.is_walk else parts
    text = SQL(STATEMENT).format(
        first_running=SQL(FIRST_RUNNING),
        stop=stop(read, place),
        nothing=SQL(NOTHING),
        branches=SQL("").join(branch(*part, place) for part in read),
        newest=newest(parts) if begins else SQL("NULL::bigint"),
    )
    params = {name: value for _, where in parts for name, value in where.params.items()}
    return text, params | {"changed": place.changed, "most": most}


def branch(source: Source, where: Where, place: Place) -> Composable:
    """Select the changes of one rank."""
    names = names_of(source, place)
    behind = SQL(BEHIND_OF_WALK if place.is_walk else BEHIND).format(**names)
    return SQL(BRANCH).format(
        **names | {"changed": SQL("0::bigint") if place.is_walk else names["changed"]},
        type=SQL("'created'" if place.is_walk else source.type),
        thing=SQL(source.thing),
        source=where.source,
        condition=where.condition,
        beside=SQL("true" if place.is_walk else source.beside),
        behind=behind,
        order=SQL("{table}.id" if place.is_walk else "{changed}, {table}.id").format(**names),
    )


def stop(parts: Sequence[Part], place: Place) -> Composable:
    """Select the place at which the page stops at the latest."""
    budget = SQL(BUDGET_OF_WALK if place.is_walk else BUDGET)
    budgets = [budget.format(**names_of(source, place)) for source, _ in parts if source.is_large]
    end, smallest = Literal(max(Rank) + 1), Literal(SMALLEST)
    return SQL(STOP_OF_WALK if place.is_walk else STOP).format(
        budgets=SQL("").join(budgets), end=end, smallest=smallest
    )


def newest(parts: Sequence[Part]) -> Composable:
    """Select the transaction behind which changes go on for somebody who begins now."""
    found: list[Composable] = [SQL("0::bigint")]
    for source, where in parts:
        names = names_of(source, Place())
        floor = SQL(FLOOR).format(**names) if source.is_large else SQL("0")
        text = SQL(NEWEST).format(**names, source=where.source, condition=where.condition, floor=floor)
        found.append(text)
    return SQL("greatest({})").format(SQL(",").join(found))


def names_of(source: Source, place: Place) -> dict[str, Composable]:
    """What the parts of the statement name."""
    table, rank = Identifier(source.table), Literal(int(source.rank))
    return {
        "table": table,
        "rank": rank,
        "changed": SQL("{}.{}").format(table, Identifier(source.changed)),
        "key": Literal(place.key_of(source.rank)),
        "last": SQL(LAST).format(rank=rank, largest=Literal(LARGEST), smallest=Literal(SMALLEST)),
        "looked_at": Literal(LOOKED_AT),
    }
