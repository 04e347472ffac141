"""Searches run: a page of items, one item, a page of collections. What a page looks like as JSON is not here."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from django_stac.conf import stac_settings
from django_stac.exceptions import InvalidParameter, QueryTimeout
from django_stac.models.execute import Rows, fetched, limited
from django_stac.models.where import compiled
from django_stac.search.collections import CollectionPage, search_collections
from django_stac.search.foresight import asked
from django_stac.search.names.demand import demand
from django_stac.search.names.disputes import Disputed, are_disputed, remember
from django_stac.search.pages import statement
from django_stac.search.pages.cursor import Cursor, Direction, decode, encode, fingerprint, known_count, way_back
from django_stac.search.pages.wanted import Wanted, summed
from django_stac.search.plan import assumable, planned
from django_stac.search.sorting import is_along_time
from django_stac.search.watch import watched

if TYPE_CHECKING:
    from django_stac.models.querysets import CollectionQuerySet, ItemQuerySet
    from django_stac.search.query import SearchQuery

__all__ = ["CollectionPage", "Page", "Row", "item_row", "search_collections", "search_items"]

FAR_BEYOND, CHEAP = 3, 30_000
"""Nobody counts when the planner expects more than so many times the bound, and more than is counted in no time."""

DEAR = 50_000
"""Units of the planner's cost, some five microseconds each, above which items that pass a filter are not counted."""


class Row(NamedTuple):
    """An item as it is stored."""

    collection_id: str
    item_id: str
    digest: str
    document: bytes
    has_files: bool
    """Whether its assets refer to stored files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Items in the order asked for, with the tokens of the pages beside them."""

    rows: list[Row]
    next: str | None = None
    prev: str | None = None
    matched: int | None = None
    """How many items the whole search has; None when there are too many to count."""


@watched
def search_items(
    query: "SearchQuery", *, visible: "ItemQuerySet", collections: "CollectionQuerySet", using: str | None = None
) -> Page:
    """Return one page of a search among visible items; ``collections`` are the visible ones.

    What everybody knows of properties is looked up only where a collection disputes it. Raises InvalidParameter or
    QueryTimeout.
    """
    alias = using or visible.db
    found = partial(searched, query, visible.using(alias), collections.using(alias))
    known = assumable(query, alias)
    try:
        page = found(known)
    except Disputed:
        remember(known, alias)
    except InvalidParameter:
        if not are_disputed(known, alias):
            raise
    else:
        demand.note(known)
        return page
    return found(())


def searched(
    query: "SearchQuery", visible: "ItemQuerySet", collections: "CollectionQuerySet", known: Sequence[str]
) -> Page:
    """Search, taking known names for what everybody does. Raises Disputed where a collection does not."""
    mark, alias = fingerprint(query), visible.db
    cursor = None if query.token is None else decode(query.token, query=mark)
    wanted = planned(query, cursor, visible, collections, known)
    if wanted is None:
        return Page(rows=[], matched=bounded(0))
    costly = is_costly(query)
    # A plan that serves all boxes serves large ones badly: 62 ms instead of 19 for a continent.
    with limited(alias) if costly else nullcontext():
        found = page_rows(alias, wanted, reuse_plan=not (costly or query.bbox))
        if cursor is not None:
            return page_of(found, wanted, mark, known_count(cursor, wanted.seen))
        if len(found) <= query.limit:
            return page_of(found, wanted, mark, bounded(len(found)))
        if not is_countable(alias, wanted, is_filtered=bool(query.filter or query.comparisons)):
            return page_of(found, wanted, mark, None)
        with nullcontext() if costly else limited(alias):
            return page_of(found, wanted, mark, counted(alias, wanted))


def page_rows(using: str, wanted: Wanted, *, reuse_plan: bool) -> Rows:
    """Fetch the rows of a page, by a stroll if that fills it. Raises Disputed or QueryTimeout."""
    found = fetched(using, *statement.stroll(wanted), reuse_plan=True) if wanted.is_easy else []
    found = found or fetched(using, *statement.page(wanted), reuse_plan=reuse_plan)
    if found and found[0][len(wanted.keys)] is None:
        raise Disputed
    return found


def is_costly(query: "SearchQuery") -> bool:
    """Whether the database may have to look at all items."""
    return bool(query.intersects or query.filter or query.comparisons or query.words) or not is_along_time(query.sort)


def item_row(collection_id: str, item_id: str, *, visible: "ItemQuerySet") -> Row | None:
    """Return one visible item; None when there is none."""
    where = compiled(visible.filter(collection__collection_id=collection_id, item_id=item_id))
    if where is None or "\0" in collection_id + item_id:
        return None
    rows = fetched(visible.db, *statement.row(where), reuse_plan=True)
    return Row(*rows[0]) if rows else None


# Pages


def page_of(found: Rows, wanted: Wanted, mark: str, matched: int | None) -> Page:
    """Make a page of limit + 1 rows in the direction of the walk."""
    more, rows = len(found) > wanted.limit, found[: wanted.limit]
    if wanted.backwards:
        rows.reverse()
    if not rows:
        onward, back = way_back(wanted.cursor)
        return Page(rows=[], next=onward, prev=back, matched=matched)
    has_next = more or wanted.backwards
    has_prev = more if wanted.backwards else wanted.cursor is not None
    place = partial(token, wanted=wanted, mark=mark, matched=matched)
    return Page(
        rows=[Row(*row[len(wanted.keys) + 1 :]) for row in rows],
        next=place(Direction.NEXT, rows[-1]) if has_next else None,
        prev=place(Direction.PREV, rows[0]) if has_prev else None,
        matched=matched,
    )


def token(direction: Direction, row: tuple[Any, ...], *, wanted: Wanted, mark: str, matched: int | None) -> str:
    """Write the place beside a row, which begins with the values of the keys."""
    *keys, key = row[: len(wanted.keys) + 1]
    cursor = Cursor(direction=direction, keys=tuple(keys), id=key, matched=matched, query=mark, seen=wanted.seen)
    return encode(cursor)


def is_countable(using: str, wanted: Wanted, *, is_filtered: bool) -> bool:
    """Whether a count is asked for, and not in vain or dear by the planner's guess.

    It is in vain far beyond the bound, and dear where a filter looks at all items to meet few that pass.
    """
    bound = stac_settings.COUNT_BOUND
    if not bound:
        return False
    guess = wanted.guess or summed(asked(using, wanted))
    share = min(1, bound / max(guess.rows, 1))
    is_dear = is_filtered and guess.cost * share > DEAR
    return guess.rows <= max(FAR_BEYOND * bound, CHEAP) and not is_dear


def counted(using: str, wanted: Wanted) -> int | None:
    """Count what matches; None when that is beyond the bound or takes too long."""
    try:
        ((number,),) = fetched(using, *statement.count(wanted, stac_settings.COUNT_BOUND))
    except QueryTimeout:
        return None
    return bounded(number)


def bounded(number: int) -> int | None:
    return number if 0 < stac_settings.COUNT_BOUND >= number else None
