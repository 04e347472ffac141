"""The SQL of a page along time: its cursor, and the branches that find its keys.

Every branch gives the first keys of its part in the order of pages, so that the first keys of all branches together
are those of the whole.
"""

from psycopg.sql import SQL, Composable, Identifier, Literal, Placeholder

from django_stac.models.where import Where
from django_stac.search.pages.stretch import FIRST, LAST, Stretch
from django_stac.search.pages.wanted import (
    STROLLED,
    Order,
    Statement,
    Wanted,
    conditions,
    keys,
    or_dispute,
    pairs,
    said,
    undisputed,
    within,
)

PAGE = """\
{parts}SELECT (extract(epoch FROM page.datetime) * 1000000)::int8, page.id,
    collection.collection_id, item.item_id, item.digest, item.document, {has_files}
FROM (SELECT id, datetime FROM ({branches}) AS keys WHERE {undisputed}
      ORDER BY datetime {order}, id {order} LIMIT %(take)s) AS page
JOIN {items} AS item ON item.id = page.id JOIN {collections} AS collection ON collection.id = item.collection_id
ORDER BY page.datetime {order}, page.id {order}"""

# Those who are met need not be looked up again; their documents are read only where they fill the page.
STROLL = """\
WITH met AS MATERIALIZED (
    SELECT {of_page} FROM {nearby}{joins} WHERE {condition} AND {undisputed}
    ORDER BY {datetime} {order}, {id} {order} LIMIT {take})
SELECT (extract(epoch FROM item.datetime) * 1000000)::int8, item.id,
    collection.collection_id, item.item_id, item.digest, item.document, {has_files}
FROM met AS item JOIN {collections} AS collection ON collection.id = item.collection_id
WHERE (SELECT count(*) FROM met) = {take}
ORDER BY item.datetime {order}, item.id {order}"""

ORDERED = "({keys} ORDER BY {datetime} {order}, {id} {order} LIMIT %(take)s)"
GATHERED = "{name} AS MATERIALIZED ({keys})"
NEARBY = """\
(SELECT {columns} FROM {source} WHERE {conditions}
ORDER BY {datetime} {order}, {id} {order} LIMIT {far}) AS {items}"""
ALL = "{items}.*"
# What is appended to the properties unpacks them once, instead of for every comparison.
UNPACKED = "{unpacked}, {properties} || '{{}}' AS properties"
WALKED = """\
{name} AS MATERIALIZED (SELECT {id}, {datetime} FROM {nearby}{joins} WHERE {condition}
ORDER BY {datetime} {order}, {id} {order} LIMIT %(take)s)"""
UNFILLED = "(SELECT count(*) FROM {name}) < %(take)s"
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

BEHIND = "({datetime}, {id}) {beyond} (%(at)s::timestamptz, %(edge)s::int8)"
BESIDE = "{datetime} = %(at)s::timestamptz AND {id} {beyond} %(edge)s::int8"
BEYOND = "{datetime} {beyond} %(at)s::timestamptz"
PAST = "{datetime} < %(first)s::timestamptz"
PRESENT = "{datetime} >= %(first)s::timestamptz AND {datetime} < %(last)s::timestamptz"
FUTURE = "{datetime} >= %(last)s::timestamptz"
# Rows are compared where the order is plain: no GiST index takes that, which seems cheap to the planner and is not.
INSTANT_IN_ORDER = (
    "({datetime}, {id}) >= (%(start)s::timestamptz, 0)",
    "({datetime}, {id}) <= (%(end)s::timestamptz, %(largest)s)",
)


def page(wanted: Wanted) -> Statement:
    """Write a page: microseconds from 1970, primary key, collection id, item id, digest, document of each item."""
    write = BRANCHES[wanted.order]
    parts: list[Composable] = []
    branches: list[Composable] = []
    for number, (where, stretch) in enumerate(pairs(wanted)):
        with_parts, with_branches = write(wanted, where, stretch, number)
        parts += with_parts
        branches += with_branches
    with_ = SQL("WITH {}\n").format(SQL(",\n").join(parts)) if parts else SQL("")
    filled = {"parts": with_, "branches": SQL("\nUNION ").join(branches), "undisputed": undisputed(wanted)}
    return or_dispute(said(PAGE, wanted, **filled), wanted), wanted.params


def stroll(wanted: Wanted) -> Statement:
    """Write a page that a short walk fills, with rows as :func:`page` has them; of one that it does not fill, none.

    Its numbers are part of the text, so that a plan for all values is as good as one for these.
    """
    ((where, stretch),) = pairs(wanted)
    filled = {
        "nearby": nearby(wanted, where, stretch, columns=ALL, far=Literal(STROLLED)),
        "joins": where.joins,
        "condition": where.own,
        "undisputed": undisputed(wanted),
        "take": Literal(wanted.limit + 1),
    }
    return or_dispute(said(STROLL, wanted, **filled), wanted), wanted.params


# Branches: parts of the WITH clause, and queries of keys


def plain(wanted: Wanted, where: Where, stretch: Stretch, number: int) -> "Written":
    return [], [ordered(wanted, where, *steps(wanted, stretch))]


def gathered(wanted: Wanted, where: Where, stretch: Stretch, number: int) -> "Written":
    name = Identifier(f"gathered_{number}")
    behind = [BEHIND] if wanted.cursor else []
    part = said(GATHERED, wanted, name=name, keys=keys(wanted, where, *within(wanted, stretch), *behind))
    return [part], [SQL("SELECT id, datetime FROM {}").format(name)]


def walked(wanted: Wanted, where: Where, stretch: Stretch, number: int) -> "Written":
    """Those that pass the filter on a walk, and all of its part where these are too few."""
    name = Identifier(f"walked_{number}")
    walk = nearby(wanted, where, stretch, columns=UNPACKED, far=Placeholder("walk"))
    part = said(WALKED, wanted, name=name, nearby=walk, joins=where.joins, condition=where.own)
    rest = ordered(wanted, where, *steps(wanted, stretch), said(UNFILLED, wanted, name=name))
    return [part], [SQL("SELECT id, datetime FROM {}").format(name), rest]


def nearby(wanted: Wanted, where: Where, stretch: Stretch, *, columns: str, far: Composable) -> Composable:
    """The nearest items, whatever the filter says of them: the planner cannot foresee how many pass it."""
    base = wanted.base or where
    kept = conditions(wanted, base, *steps(wanted, stretch))
    return said(NEARBY, wanted, columns=said(columns, wanted), source=base.source, conditions=kept, far=far)


def steps(wanted: Wanted, stretch: Stretch) -> list[str]:
    """The conditions of a walk."""
    return [*within(wanted, stretch, INSTANT_IN_ORDER), *([BEHIND] if wanted.cursor else [])]


def near(wanted: Wanted, where: Where, stretch: Stretch, number: int) -> "Written":
    """Near-newest keys of the present; what lies far out, or beside the cursor, in plain order."""
    rest = stretch.beyond(wanted.cursor, oldest_first=wanted.oldest_first)
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
BRANCHES = {Order.PLAIN: plain, Order.GATHERED: gathered, Order.NEAR: near, Order.WALKED: walked}


def farthest(wanted: Wanted, stretch: Stretch) -> Composable:
    """The instant from which distances are taken: a bound of the stretch, else the newest (oldest) of all items."""
    bound = stretch.earliest if wanted.oldest_first else stretch.latest
    if bound and FIRST <= bound[1] < LAST:
        return SQL("{}::timestamptz").format(Placeholder(bound[0]))
    return said(FARTHEST, wanted)


def ordered(wanted: Wanted, where: Where, *more: str | Composable) -> Composable:
    return said(ORDERED, wanted, keys=keys(wanted, where, *more))
