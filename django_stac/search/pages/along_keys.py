"""The SQL of a page along keys that may be absent, tie, and run either way.

Where the first key may be absent, those that have it are asked for by themselves, in the order of an index on it; those
that lack it come after them, and are asked for only when the nearer half does not fill the page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from psycopg.sql import SQL, Composable, Identifier, Placeholder

from django_stac.models.where import Where
from django_stac.search.pages.cursor import Cursor, Scale
from django_stac.search.pages.wanted import (
    NAMES,
    Key,
    Order,
    Statement,
    Wanted,
    conditions,
    or_dispute,
    pairs,
    said,
    undisputed,
    within,
)

PAGE = """\
WITH {halves}
SELECT {values}, page.id, collection.collection_id, item.item_id, item.digest, item.document, {has_files}
FROM (SELECT * FROM ({union}) AS keys WHERE {undisputed} ORDER BY {sorting} LIMIT %(take)s) AS page
JOIN {items} AS item ON item.id = page.id JOIN {collections} AS collection ON collection.id = item.collection_id
ORDER BY {sorting_page}"""
HALF = "{name} AS MATERIALIZED ({branches})"
BRANCH = "(SELECT {id} AS id, {columns} FROM {source} WHERE {conditions}{first})"
FIRST = " ORDER BY {sorting} LIMIT %(take)s"
UNFILLED = "(SELECT count(*) FROM half_0) < %(take)s"
MICROSECONDS = "(extract(epoch FROM page.{}) * 1000000)::int8"
TEXT = "page.{}::text"
TEXTS = "SELECT {texts} FROM {source} WHERE ({condition}) AND {id} = %(id)s::int8"


@dataclass(frozen=True, slots=True)
class Half:
    """Those that have the first key, or those that lack it."""

    is_present: bool
    is_cut: bool
    """Whether only what lies behind the cursor is asked for."""


def page(wanted: Wanted) -> Statement:
    """Write a page of limit + 1 items: keys of the order, primary key, collection id, item id, digest, document."""
    halves = list(halves_of(wanted))
    named = [SQL("SELECT * FROM {}").format(name_of(number)) for number in range(len(halves))]
    written = said(
        PAGE,
        wanted,
        halves=SQL(",\n").join([half(wanted, number, each) for number, each in enumerate(halves)]),
        values=listed(value(number, key) for number, key in enumerate(wanted.keys)),
        undisputed=undisputed(wanted),
        union=SQL("\nUNION ALL ").join(named),
        sorting=sorting(wanted),
        sorting_page=sorting(wanted, "page"),
    )
    return or_dispute(written, wanted), wanted.params


def texts(wanted: Wanted) -> Statement:
    """Write the keys of the item at the cursor as texts, if the search finds it: a token may name a hidden one."""
    found = [
        said(TEXTS, wanted, texts=texts_of(where), source=where.source, condition=where.condition)
        for where in wanted.wheres
    ]
    return SQL("\nUNION ALL ").join(found), wanted.params


def texts_of(where: Where) -> Composable:
    return listed(SQL("({})::text").format(key) for key in where.keys)


def halves_of(wanted: Wanted) -> Iterator[Half]:
    """The halves that a page may reach into, the nearer one first."""
    cursor, first = wanted.cursor, wanted.keys[0]
    if not first.nullable:
        yield Half(is_present=True, is_cut=cursor is not None)
        return
    for is_present in (False, True) if wanted.backwards else (True, False):
        holds_cursor = cursor is not None and is_present is (cursor.keys[0] is not None)
        is_behind = cursor is None or is_present is wanted.backwards
        if holds_cursor or is_behind:
            yield Half(is_present=is_present, is_cut=holds_cursor)


def half(wanted: Wanted, number: int, half: Half) -> Composable:
    """One half, in a branch for every part of the search; the second waits for the first."""
    unfilled = [UNFILLED] if number else []
    branches = [branch(wanted, where, half, *within(wanted, stretch), *unfilled) for where, stretch in pairs(wanted)]
    return SQL(HALF).format(name=name_of(number), branches=SQL("\nUNION ").join(branches))


def branch(wanted: Wanted, where: Where, half: Half, *more: str) -> Composable:
    """The first keys of one part of a half; of named items all, whose sorting costs nothing."""
    columns = listed(SQL("{} AS {}").format(each, column(number)) for number, each in enumerate(where.keys))
    first = SQL(FIRST).format(sorting=sorting(wanted, half=half)) if wanted.order is not Order.GATHERED else SQL("")
    kept = conditions(wanted, where, *more, *belonging(wanted, where, half))
    return said(BRANCH, wanted, columns=columns, source=where.source, conditions=kept, first=first)


def belonging(wanted: Wanted, where: Where, half: Half) -> Iterator[Composable]:
    """The conditions of being in a half, and behind the cursor."""
    if wanted.keys[0].nullable:
        yield SQL("{} IS NOT NULL" if half.is_present else "{} IS NULL").format(where.keys[0])
    if half.is_cut and wanted.cursor:
        cut = behind if half.is_present else behind_absent
        yield from cut(wanted, where, wanted.cursor)


# The place of the cursor


def behind(wanted: Wanted, where: Where, cursor: Cursor) -> Iterator[Composable]:
    """The conditions of lying behind a cursor that has the first key, as an index on that key takes them."""
    sign, first, at = comparison(wanted, wanted.keys[0]), where.keys[0], place(wanted, 0)
    if len(wanted.keys) == 1:
        yield SQL("({}, {}) {} ({}, %(edge)s::int8)").format(first, NAMES["id"], sign, at)
    else:
        yield SQL("{} {}= {}").format(first, sign, at)
        yield beyond(wanted, where, cursor, 0)


def behind_absent(wanted: Wanted, where: Where, cursor: Cursor) -> Iterator[Composable]:
    """The condition of lying behind a cursor that lacks the first key."""
    yield beyond(wanted, where, cursor, 1)


def beyond(wanted: Wanted, where: Where, cursor: Cursor, number: int) -> Composable:
    """Lie behind the cursor by this key, or have the same value and lie behind it by those that follow."""
    if number == len(wanted.keys):
        return SQL("{} {} %(edge)s::int8").format(NAMES["id"], comparison(wanted, wanted.keys[0]))
    key, expression, following = wanted.keys[number], where.keys[number], beyond(wanted, where, cursor, number + 1)
    if cursor.keys[number] is None:
        same = SQL("({} IS NULL AND {})").format(expression, following)
        return SQL("({} IS NOT NULL OR {})").format(expression, same) if wanted.backwards else same
    at, absent = place(wanted, number), key.nullable and not wanted.backwards
    return SQL("({key} {sign} {at} OR ({key} = {at} AND {following}){absent})").format(
        key=expression,
        sign=comparison(wanted, key),
        at=at,
        following=following,
        absent=SQL(" OR {} IS NULL").format(expression) if absent else SQL(""),
    )


def place(wanted: Wanted, number: int) -> Composable:
    """The value of a key at the cursor."""
    return SQL("{}::{}").format(Placeholder(f"at_{number}"), SQL(wanted.keys[number].scale.value))


def comparison(wanted: Wanted, key: Key) -> Composable:
    return SQL("<" if falls(wanted, key) else ">")


def falls(wanted: Wanted, key: Key) -> bool:
    """Whether the walk goes to smaller values."""
    return key.descending is not wanted.backwards


# Columns


def sorting(wanted: Wanted, table: str = "", *, half: Half | None = None) -> Composable:
    """The order of the walk; inside a half, that of the first key alone is left to an index."""
    keys = [
        SQL("{} {}{}").format(
            column(number, table),
            SQL("DESC" if falls(wanted, key) else "ASC"),
            absent(wanted, key) if half is None or number else SQL(""),
        )
        for number, key in enumerate(wanted.keys)
        if half is None or number or half.is_present
    ]
    last = SQL("{} {}").format(
        Identifier(table, "id") if table else SQL("id"), SQL("DESC" if falls(wanted, wanted.keys[0]) else "ASC")
    )
    return listed([*keys, last])


def absent(wanted: Wanted, key: Key) -> Composable:
    """Where those stand that lack a key."""
    if not key.nullable:
        return SQL("")
    return SQL(" NULLS FIRST" if wanted.backwards else " NULLS LAST")


def value(number: int, key: Key) -> Composable:
    """The value of a key as a token holds it."""
    return SQL(MICROSECONDS if key.scale is Scale.MOMENT else TEXT).format(column(number))


def column(number: int, table: str = "") -> Composable:
    return Identifier(*([table] if table else []), f"key_{number}")


def name_of(number: int) -> Composable:
    return Identifier(f"half_{number}")


def listed(parts: Iterable[Composable]) -> Composable:
    return SQL(", ").join(list(parts))
