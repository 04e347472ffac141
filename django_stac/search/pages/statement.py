"""The statements of a search, written by hand around a compiled WHERE: a page, its count and estimate, one item.

The keys of a page are found first; documents are joined for the page only.
"""

from collections.abc import Sequence

from psycopg.sql import SQL, Placeholder

from django_stac.models.where import Where
from django_stac.search.pages import along_keys, along_time
from django_stac.search.pages.wanted import NAMES, Statement, Wanted, conditions, pairs, said, within

COUNT = "SELECT count(*) FROM (SELECT id FROM ({branches}) AS keys LIMIT %(bound)s) AS matched"
ROW = """\
SELECT collection.collection_id, item.item_id, item.digest, item.document, {has_files}
FROM ({keys}) AS key JOIN {items} AS item USING (id)
JOIN {collections} AS collection ON collection.id = item.collection_id"""
ESTIMATE = "EXPLAIN (FORMAT JSON) {branches}"
MET = "SELECT FROM {items} WHERE {met}"
THERE = "SELECT FROM {items}"
MATCHED = "SELECT FROM {source} WHERE {conditions}"
MEETS = "ST_Intersects(geometry, {}::geometry)"

SOME = "(SELECT {id} FROM {source} WHERE {conditions} LIMIT %(bound)s)"


def page(wanted: Wanted) -> Statement:
    """Write a page of limit + 1 items: keys of the order, primary key, and what :func:`row` has."""
    return along_time.page(wanted) if wanted.is_along_time else along_keys.page(wanted)


def stroll(wanted: Wanted) -> Statement:
    """Write the same of an easy page, if a short walk fills it; else it has no rows."""
    return along_time.stroll(wanted)


def count(wanted: Wanted, bound: int) -> Statement:
    """Write the number of items that match, up to one above ``bound``."""
    branches = [
        said(SOME, wanted, source=where.source, conditions=conditions(wanted, where, *within(wanted, stretch)))
        for where, stretch in pairs(wanted)
    ]
    return said(COUNT, wanted, branches=SQL("\nUNION ").join(branches)), wanted.params | {"bound": bound + 1}


def row(where: Where) -> Statement:
    """Write one item: collection id, item id, digest, document, whether it has stored files."""
    keys = SQL("SELECT {id} FROM {source} WHERE {condition}").format(
        id=NAMES["id"], source=where.source, condition=where.condition
    )
    tables = {name: NAMES[name] for name in ("items", "collections", "has_files")}
    return SQL(ROW).format(keys=keys, **tables), where.params


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
