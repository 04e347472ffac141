"""The SQL of a page, written by hand: order, cursor, branches and the join of documents. The WHERE comes compiled.

The keys of a page are found first; documents are joined for the page only. Every branch gives the first keys of its
part in the order of pages, so that the first keys of all branches together are those of the whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from psycopg.sql import SQL, Composable, Identifier, Placeholder

from django_stac.models import Collection, Item
from django_stac.search.cursor import Cursor, Direction
from django_stac.search.stretch import FIRST, LAST, Kind, Stretch, stretches
from django_stac.search.where import Where
from django_stac.spec.datetimes import Interval

Statement = tuple[Composable, dict[str, Any]]

MOST_TIES = 50
"""Keys that a near-newest branch fetches beyond the page before it asks for those of one instant by themselves."""


class Order(Enum):
    """How the keys of a page are found."""

    PLAIN = auto()
    """Along (datetime, id): for all but small places."""
    NEAR = auto()
    """Along the distance in time on the index of places: for small places."""
    GATHERED = auto()
    """All of them, then sorted: for named items."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A page to be written as SQL."""

    wheres: Sequence[Where]
    """One, or one for each part of a box over the antimeridian."""
    interval: Interval | None
    cursor: Cursor | None
    limit: int
    order: Order = Order.PLAIN
    guess: int | None = None
    """How many items match, by the planner's estimate; None before it was asked."""

    @property
    def backwards(self) -> bool:
        return self.cursor is not None and self.cursor.direction is Direction.PREV

    @property
    def params(self) -> dict[str, Any]:
        """The values of all parameters: only those are sent that the SQL names."""
        values: dict[str, Any] = {
            "first": FIRST,
            "last": LAST,
            "limit": self.limit,
            "take": self.limit + 1,
            "largest": 2**63 - 1,
        }
        values["many"] = min(self.limit + 1 + MOST_TIES, 4 * (self.limit + 1))
        if self.interval:
            values |= {"start": self.interval.start, "end": self.interval.end}
        if self.cursor:
            values |= {"at": self.cursor.datetime, "id": self.cursor.id}
        for where in self.wheres:
            values |= where.params
        return values


TABLE = Item._meta.db_table
NAMES: dict[str, Composable] = {
    "items": Identifier(TABLE),
    "collections": Identifier(Collection._meta.db_table),
    "id": Identifier(TABLE, "id"),
    "datetime": Identifier(TABLE, "datetime"),
    "range_start": Identifier(TABLE, "start_datetime"),
    "range_end": Identifier(TABLE, "end_datetime"),
}
NEWEST_FIRST = NAMES | {
    "order": SQL("DESC"),
    "beyond": SQL("<"),
    "until": SQL("<="),
    "since": SQL(">="),
    "farthest": SQL("max"),
    "last": SQL("min"),
    "back": SQL("+"),
    "forth": SQL("-"),
}
OLDEST_FIRST = NAMES | {
    "order": SQL("ASC"),
    "beyond": SQL(">"),
    "until": SQL(">="),
    "since": SQL("<="),
    "farthest": SQL("min"),
    "last": SQL("max"),
    "back": SQL("-"),
    "forth": SQL("+"),
}

PAGE = """\
{parts}SELECT (extract(epoch FROM page.datetime) * 1000000)::int8, page.id,
    collection.collection_id, item.item_id, item.digest, item.document
FROM (SELECT id, datetime FROM ({branches}) AS keys ORDER BY datetime {order}, id {order} LIMIT %(take)s) AS page
JOIN {items} AS item ON item.id = page.id JOIN {collections} AS collection ON collection.id = item.collection_id
ORDER BY page.datetime {order}, page.id {order}"""
COUNT = "SELECT count(*) FROM (SELECT id FROM ({branches}) AS keys LIMIT %(bound)s) AS matched"
ROW = """\
SELECT collection.collection_id, item.item_id, item.digest, item.document
FROM ({keys}) AS key JOIN {items} AS item USING (id)
JOIN {collections} AS collection ON collection.id = item.collection_id"""
ESTIMATE = "EXPLAIN (FORMAT JSON) {branches}"
MET = "SELECT FROM {items} WHERE {met}"
THERE = "SELECT FROM {items}"
MATCHED = "SELECT FROM {source} WHERE {conditions}"
MEETS = "ST_Intersects(geometry, {}::geometry)"

KEYS = "SELECT {id}, {datetime} FROM {source} WHERE {conditions}"
SOME = "(SELECT {id} FROM {source} WHERE {conditions} LIMIT %(bound)s)"
ORDERED = "({keys} ORDER BY {datetime} {order}, {id} {order} LIMIT %(take)s)"
GATHERED = "{name} AS MATERIALIZED ({keys})"
NEAREST = "{name} AS MATERIALIZED ({keys} ORDER BY {datetime} <-> {far} LIMIT %(many)s)"
FARTHEST = """\
(SELECT {farthest}(datetime) FROM {items}
WHERE datetime >= %(first)s::timestamptz AND datetime < %(last)s::timestamptz)"""
# The index knows no order within one instant, and rounds: where the page ends about the last instant fetched, more keys
# of that instant may have been left out, and they are asked for in their own order.
EDGE = """\
{name} AS MATERIALIZED (SELECT {last}(datetime) AS datetime FROM {near} HAVING count(*) = %(many)s AND {last}(datetime)
{since} (SELECT datetime FROM {near} ORDER BY datetime {order} OFFSET %(limit)s LIMIT 1) {forth} interval '4 us')"""
AT_EDGE = """\
{datetime} {since} (SELECT datetime FROM {name})
AND {datetime} {until} (SELECT datetime FROM {name}) {back} interval '4 us'"""

BEHIND = "({datetime}, {id}) {beyond} (%(at)s::timestamptz, %(id)s::int8)"
BESIDE = "{datetime} = %(at)s::timestamptz AND {id} {beyond} %(id)s::int8"
BEYOND = "{datetime} {beyond} %(at)s::timestamptz"
PAST = "{datetime} < %(first)s::timestamptz"
PRESENT = "{datetime} >= %(first)s::timestamptz AND {datetime} < %(last)s::timestamptz"
FUTURE = "{datetime} >= %(last)s::timestamptz"
INSTANT = "{range_end} IS NULL"
RANGE = "{range_end} IS NOT NULL"
# Rows are compared where the order is plain: no GiST index takes that, which seems cheap to the planner and is not.
INSTANT_IN_ORDER = (
    "({datetime}, {id}) >= (%(start)s::timestamptz, 0)",
    "({datetime}, {id}) <= (%(end)s::timestamptz, %(largest)s)",
)
INSTANT_WITHIN = "{datetime} >= %(start)s::timestamptz", "{datetime} <= %(end)s::timestamptz"
RANGE_WITHIN = "{range_end} >= %(start)s::timestamptz", "{range_start} <= %(end)s::timestamptz"


# Statements


def page(wanted: Wanted) -> Statement:
    """Write a page: microseconds from 1970, key, collection id, item id, digest, document of limit + 1 items."""
    write = BRANCHES[wanted.order]
    parts: list[Composable] = []
    branches: list[Composable] = []
    for number, (where, stretch) in enumerate(pairs(wanted)):
        with_parts, with_branches = write(wanted, where, stretch, number)
        parts += with_parts
        branches += with_branches
    with_ = SQL("WITH {}\n").format(SQL(",\n").join(parts)) if parts else SQL("")
    return said(PAGE, wanted, parts=with_, branches=SQL("\nUNION ").join(branches)), wanted.params


def count(wanted: Wanted, bound: int) -> Statement:
    """Write the number of items that match, up to one above ``bound``."""
    branches = [
        said(SOME, wanted, source=where.source, conditions=conditions(wanted, where, *within(wanted, stretch)))
        for where, stretch in pairs(wanted)
    ]
    return said(COUNT, wanted, branches=SQL("\nUNION ").join(branches)), wanted.params | {"bound": bound + 1}


def row(where: Where) -> Statement:
    """Write one item: collection id, item id, digest, document."""
    keys = SQL("SELECT {id} FROM {source} WHERE {condition}").format(
        id=NAMES["id"], source=where.source, condition=where.condition
    )
    return SQL(ROW).format(keys=keys, **{name: NAMES[name] for name in ("items", "collections")}), where.params


def estimate(wanted: Wanted, places: Sequence[bytes] = ()) -> Statement:
    """Write the planner's guesses, one a branch: of items that match, one or more branches.

    With places (EWKB) two come before: of items that meet any of them, and of all items.
    """
    names = [f"place_{number}" for number in range(len(places))]
    met = SQL(" OR ").join([SQL(MEETS).format(Placeholder(name)) for name in names])
    share = [said(MET, wanted, met=met), said(THERE, wanted)] if places else []
    matched = [
        said(MATCHED, wanted, source=where.source, conditions=conditions(wanted, where, *within(wanted, stretch)))
        for where, stretch in pairs(wanted)
    ]
    branches = SQL("\nUNION ALL ").join([*share, *matched])
    return SQL(ESTIMATE).format(branches=branches), wanted.params | dict(zip(names, places, strict=True))


# Branches: parts of the WITH clause, and queries of keys


def plain(wanted: Wanted, where: Where, stretch: Stretch, number: int) -> "Written":
    behind = [BEHIND] if wanted.cursor else []
    return [], [ordered(wanted, where, *within(wanted, stretch, INSTANT_IN_ORDER), *behind)]


def gathered(wanted: Wanted, where: Where, stretch: Stretch, number: int) -> "Written":
    name = Identifier(f"gathered_{number}")
    behind = [BEHIND] if wanted.cursor else []
    part = said(GATHERED, wanted, name=name, keys=keys(wanted, where, *within(wanted, stretch), *behind))
    return [part], [SQL("SELECT id, datetime FROM {}").format(name)]


def near(wanted: Wanted, where: Where, stretch: Stretch, number: int) -> "Written":
    """Near-newest keys of the present; what lies far out, or beside the cursor, in plain order."""
    rest = stretch.beyond(wanted.cursor)
    beyond = [*within(wanted, stretch), *([BEYOND] if wanted.cursor else [])]
    branches = [ordered(wanted, where, *within(wanted, stretch), BESIDE)] if wanted.cursor else []
    if rest.reaches_past:
        branches.append(ordered(wanted, where, *beyond, PAST))
    if rest.reaches_future:
        branches.append(ordered(wanted, where, *beyond, FUTURE))
    if not rest.reaches_present:
        return [], branches
    name, edge = Identifier(f"near_{number}"), Identifier(f"edge_{number}")
    nearest = keys(wanted, where, *beyond, PRESENT)
    parts = [
        said(NEAREST, wanted, name=name, keys=nearest, far=farthest(wanted, rest)),
        said(EDGE, wanted, name=edge, near=name),
    ]
    branches.append(SQL("SELECT id, datetime FROM {}").format(name))
    branches.append(ordered(wanted, where, *beyond, said(AT_EDGE, wanted, name=edge)))
    return parts, branches


Written = tuple[list[Composable], list[Composable]]
BRANCHES = {Order.PLAIN: plain, Order.GATHERED: gathered, Order.NEAR: near}


def farthest(wanted: Wanted, stretch: Stretch) -> Composable:
    """The instant from which distances are taken: a bound of the stretch, else the newest (oldest) of all items."""
    bound = stretch.earliest if wanted.backwards else stretch.latest
    if bound and FIRST <= bound[1] < LAST:
        return SQL("{}::timestamptz").format(Placeholder(bound[0]))
    return said(FARTHEST, wanted)


# Pieces


def pairs(wanted: Wanted) -> Iterator[tuple[Where, Stretch]]:
    for where in wanted.wheres:
        for stretch in stretches(wanted.interval):
            yield where, stretch


def within(wanted: Wanted, stretch: Stretch, instant: tuple[str, str] = INSTANT_WITHIN) -> Iterator[str]:
    """The conditions of a stretch."""
    interval = wanted.interval
    if interval is None:
        return
    since, until = instant if stretch.kind is Kind.INSTANTS else RANGE_WITHIN
    yield INSTANT if stretch.kind is Kind.INSTANTS else RANGE
    if interval.start is not None:
        yield since
    if interval.end is not None:
        yield until


def ordered(wanted: Wanted, where: Where, *more: str | Composable) -> Composable:
    return said(ORDERED, wanted, keys=keys(wanted, where, *more))


def keys(wanted: Wanted, where: Where, *more: str | Composable) -> Composable:
    return said(KEYS, wanted, source=where.source, conditions=conditions(wanted, where, *more))


def conditions(wanted: Wanted, where: Where, *more: str | Composable) -> Composable:
    written = [said(each, wanted) if isinstance(each, str) else each for each in more]
    return SQL(" AND ").join([SQL("({})").format(where.condition), *written])


def said(template: str, wanted: Wanted, **more: Composable) -> Composable:
    """Fill a template with the words of the walk."""
    return SQL(template).format(**(OLDEST_FIRST if wanted.backwards else NEWEST_FIRST), **more)
