"""Searches of collections: a page of them, in the order of their ids unless another is asked for."""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import DateTimeField, F, Q

from django_stac.conf import stac_settings
from django_stac.cql2.columns import Target
from django_stac.cql2.compile import value
from django_stac.cql2.expressions import TEXT, Sql
from django_stac.cql2.queryables import PREFIX
from django_stac.cql2.tree import Property
from django_stac.models import Collection, ExtentMode
from django_stac.models.execute import limited, timeouts_named
from django_stac.models.where import compiled
from django_stac.search.languages import names_in
from django_stac.search.names.collection_scope import of_documents, target_of
from django_stac.search.names.properties import SCALES, demanded
from django_stac.search.pages.cursor import (
    Cursor,
    Direction,
    Scale,
    decode,
    encode,
    fingerprint,
    fitting,
    known_count,
    restored,
    way_back,
)
from django_stac.search.pages.keyset import Key, nearest_first, place_of
from django_stac.search.sorting import refuse_unsortable
from django_stac.search.watch import watched
from django_stac.search.words import in_collections

if TYPE_CHECKING:
    from django_stac.models.querysets import CollectionQuerySet
    from django_stac.search.query import SearchQuery, SortKey

CHARACTERS = 450
"""Of the texts in one token, with up to six bytes each in its JSON."""
OF_DOCUMENTS = frozenset(("id", "title", "description", "license", "keywords", "providers", "created", "updated"))
"""What is never derived."""
BY_ID = (Key(F("collection_id"), Scale.TEXT),)


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionPage:
    """Collections, with the tokens of the pages beside them."""

    rows: list[Collection]
    next: str | None = None
    prev: str | None = None
    matched: int | None = None
    """How many collections the whole search has; None when counting is off or they are too many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """A way through the collections that match, and the place where it goes on."""

    keys: Sequence[Key]
    query: str
    """The fingerprint of the search."""
    cursor: Cursor | None
    seen: str
    """A digest of what the user may see."""

    @property
    def backwards(self) -> bool:
        return self.cursor is not None and self.cursor.direction is Direction.PREV


@watched
def search_collections(query: "SearchQuery", *, visible: "CollectionQuerySet") -> CollectionPage:
    """Return one page of a search among visible collections. Raises InvalidParameter or QueryTimeout."""
    with timeouts_named(), limited(visible.db) if is_costly(query) else nullcontext():
        target = target_of(visible, named(query))
        walk = walk_of(query, order_of(query, target), visible)
        found = matching(query, visible, target)
        rows = list(nearest_first(found, walk.keys, walk.cursor)[: query.limit + 1])
        matched = known_count(walk.cursor, walk.seen) if walk.cursor else counted(found, len(rows), query.limit)
    return page_of(rows, walk, limit=query.limit, matched=matched)


def named(query: "SearchQuery") -> Iterator[str]:
    """The names of all properties that a search speaks of."""
    yield from (key.name for key in query.sort)
    yield from (each.name for each in query.comparisons)
    if query.filter is not None:
        yield from names_in(query.filter)


def order_of(query: "SearchQuery", target: Target) -> Sequence[Key]:
    """The keys of a search. Raises InvalidParameter for a name that has no order."""
    refuse_unsortable(query.sort, target.queryables)
    return [key_of(key, target, CHARACTERS // len(query.sort)) for key in query.sort] or BY_ID


def key_of(key: "SortKey", target: Target, longest: int) -> Key:
    """One key; of texts only so many characters, which is all that a token could hold."""
    found, kind = value(key.name, target), target.named(Property(key.name)).kind
    if isinstance(found.output_field, DateTimeField):
        return Key(found, Scale.MOMENT, key.descending)
    if kind in SCALES:
        return Key(found, SCALES[kind], key.descending)
    return Key(Sql(f"left({{}}, {longest})", found, output=TEXT), Scale.TEXT, key.descending)


def walk_of(query: "SearchQuery", keys: Sequence[Key], visible: "CollectionQuerySet") -> Walk:
    """Find the place where a page begins. Raises InvalidParameter."""
    mark, where = fingerprint(query), compiled(visible)
    seen = where.digest if where else ""
    if query.token is None:
        return Walk(keys=keys, query=mark, cursor=None, seen=seen)
    cursor = fitting(decode(query.token, query=mark), [key.scale for key in keys])
    return Walk(keys=keys, query=mark, cursor=cursor if cursor.is_whole else placed(cursor, keys, visible), seen=seen)


def placed(cursor: Cursor, keys: Sequence[Key], visible: "CollectionQuerySet") -> Cursor:
    """Look up the texts that were too long for the token. Raises InvalidParameter."""
    row = nearest_first(visible.filter(pk=cursor.id), keys, None).first()
    return restored(cursor, place_of(row, keys) if row else [None] * len(keys))


def matching(query: "SearchQuery", visible: "CollectionQuerySet", target: Target) -> "CollectionQuerySet":
    """Those visible collections that fit the search, in no order. Raises InvalidParameter."""
    found = visible
    if query.bbox:
        found = found.in_bbox(*query.bbox)
    if query.interval:
        found = found.overlapping(query.interval.start, query.interval.end)
    if not visible.tells_derived:
        found = untold(query, visible, found)
    if query.words:
        found = found.filter(in_collections(query.words))
    return found.filter(*demanded(query, target).all)


def untold(query: "SearchQuery", visible: "CollectionQuerySet", placed: "CollectionQuerySet") -> "CollectionQuerySet":
    """Those whose place and time fit, as far as they may be told.

    A collection whose extent is derived fits all places and times, and no filter or order by what may be derived.
    """
    if not {name.removeprefix(PREFIX) for name in named(query)} <= OF_DOCUMENTS:
        return of_documents(placed)
    return visible.filter(Q(pk__in=placed.values("pk")) | Q(extent_mode=ExtentMode.DERIVED))


def is_costly(query: "SearchQuery") -> bool:
    """Whether the search may take so long that it needs a limit."""
    return bool(query.filter or query.comparisons or query.words or query.sort)


def counted(found: "CollectionQuerySet", number: int, limit: int) -> int | None:
    """Count all, by a statement only where the first page does not tell."""
    bound = stac_settings.COUNT_BOUND
    if not bound:
        return None
    number = number if number <= limit else found.order_by()[: bound + 1].count()
    return number if number <= bound else None


def page_of(found: list[Collection], walk: Walk, *, limit: int, matched: int | None) -> CollectionPage:
    """Make a page of limit + 1 rows in the direction of the walk."""
    more, rows = len(found) > limit, found[:limit]
    if walk.backwards:
        rows.reverse()
    if not rows:
        onward, back = way_back(walk.cursor)
        return CollectionPage(rows=[], next=onward, prev=back, matched=matched)
    has_next, has_prev = more or walk.backwards, more if walk.backwards else walk.cursor is not None
    return CollectionPage(
        rows=rows,
        next=token(Direction.NEXT, rows[-1], walk, matched) if has_next else None,
        prev=token(Direction.PREV, rows[0], walk, matched) if has_prev else None,
        matched=matched,
    )


def token(direction: Direction, row: Collection, walk: Walk, matched: int | None) -> str:
    """Write the place beside a collection."""
    place = place_of(row, walk.keys)
    cursor = Cursor(direction=direction, keys=place, id=row.pk, matched=matched, query=walk.query, seen=walk.seen)
    return encode(cursor)
