"""A search on its way to a statement: names looked up, conditions compiled, the way to its keys chosen."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from django_stac.cql2.columns import ITEMS, Target
from django_stac.cql2.expressions import Sql
from django_stac.cql2.queryables import Queryables
from django_stac.cql2.tree import Property
from django_stac.models.execute import fetched
from django_stac.models.where import compiled
from django_stac.search.filter import at_home, demanded
from django_stac.search.foresight import asked, keep, kept
from django_stac.search.names import properties
from django_stac.search.names.demand import demand
from django_stac.search.names.disputes import known_to_all
from django_stac.search.names.scope import Scope, assumed_scope, scope_of
from django_stac.search.pages import along_keys
from django_stac.search.pages.cursor import Cursor, fitting, restored
from django_stac.search.pages.wanted import STROLLED, Guess, Order, Wanted, summed
from django_stac.search.shape import place_of
from django_stac.search.sorting import is_along_time
from django_stac.spec.geometry import split_bbox
from django_stac.spec.wkb import ewkb

if TYPE_CHECKING:
    from django_stac.models.querysets import CollectionQuerySet, ItemQuerySet
    from django_stac.models.where import Condition
    from django_stac.search.query import SearchQuery

SMALL_SHARE = 0.1
"""Places that hold less of all items than this are searched on their own index."""

WALKABLE = 5_000
"""Units of the planner's cost above which a filter is tried on the nearest items first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """The items that a search matches, at any time: in one part, or in one for each side of the antimeridian."""

    base: "ItemQuerySet"
    """Those of its collections."""
    properties: properties.Demanded
    """What is demanded of properties."""
    parts: "Sequence[Sequence[Condition]]"
    """What is demanded beside."""
    queries: "Sequence[SearchQuery]"
    """The parts of the search, which differ in their boxes only."""
    target: Target
    """What the search may name."""

    @property
    def names(self) -> "frozenset[str]":
        """The properties that are named."""
        return frozenset(self.target.named(Property(name)).name for name in properties.names_asked(self.queries[0]))

    @property
    def is_of_properties(self) -> bool:
        """Whether nothing is demanded that the planner may know more about, nor another order than that of time."""
        query = self.queries[0]
        return not (any(self.parts) or query.interval or self.names & ITEMS.own.keys()) and is_along_time(query.sort)

    @property
    def items(self) -> "list[ItemQuerySet]":
        """The items of each part."""
        return [self.base.filter(*self.properties.all, *part) for part in self.parts]


def planned(
    query: "SearchQuery",
    cursor: Cursor | None,
    visible: "ItemQuerySet",
    collections: "CollectionQuerySet",
    known: Sequence[str] = (),
) -> Wanted | None:
    """Turn a search into what its statement needs; None when nothing can match. Raises InvalidParameter.

    Where all properties that it names are ``known``, they are not looked up.
    """
    found = found_in(assumed_scope() if known else looked_up(query, collections), query, visible)
    if found is None:
        return None
    keys, values = properties.order(query.sort, found.target)
    cursor = cursor and fitting(cursor, [key.scale for key in keys])
    page = partial(Wanted, interval=query.interval, cursor=cursor, limit=query.limit, keys=keys, known=known)
    return eased(page, found) or weighed(page, found, values)


def eased(page: "Callable[..., Wanted]", found: Matching) -> Wanted | None:
    """Make it a page without asking the planner, who was asked about a filter like this a short while ago.

    Properties that have no index need not be compared in its form. A stroll may fill the page where a walk is worth it.
    """
    shape = found.properties.shape
    if shape is None or not found.is_of_properties:
        return None
    where = compiled(found.base, more=[found.properties.sieve])
    guess = where and kept.get((found.base.db, *where.told, shape))
    if not where or not guess:
        return None
    wanted = page(base=where, wheres=[where.narrowed(where.more, where.more)], seen=where.digest, guess=guess)
    chosen = order(wanted, (), guess)
    return replace(wanted, order=chosen, is_easy=chosen is Order.WALKED and wanted.limit < STROLLED)


def weighed(page: "Callable[..., Wanted]", found: Matching, values: Sequence[Sql]) -> Wanted | None:
    """Compile all conditions, and ask the planner about places and filters how keys are best found."""
    where = compiled(found.base, keys=values, more=[found.properties.sieve, found.properties.exact, *found.parts])
    if where is None:
        return None
    sieve, exact, *parts = where.more
    brief = [sieve] if found.properties.shape else [sieve, exact]
    wanted = page(
        base=where if found.properties.all else None,
        wheres=[where.narrowed([sieve, exact, part], [*brief, part]) for part in parts],
        seen=where.digest,
    )
    return foreseen(placed(wanted, found.base.db), found)


def placed(wanted: Wanted, using: str) -> Wanted:
    """Look up the texts that were too long for the token. Raises InvalidParameter."""
    cursor = wanted.cursor
    if cursor is None or cursor.is_whole:
        return wanted
    rows = fetched(using, *along_keys.texts(wanted))
    return replace(wanted, cursor=restored(cursor, rows[0] if rows else [None] * len(cursor.keys)))


def found_by(query: "SearchQuery", visible: "ItemQuerySet", collections: "CollectionQuerySet") -> Matching | None:
    """Find what a search matches, but for its interval; None when nothing can. Raises InvalidParameter."""
    return found_in(looked_up(query, collections), query, visible)


def found_in(scope: Scope, query: "SearchQuery", visible: "ItemQuerySet") -> Matching | None:
    """The same in a scope."""
    if query.collections and not scope.homes:
        return None
    target = Target(scope.queryables, ITEMS)
    query = properties.lifted(query, target)
    queries = [replace(query, bbox=box) for box in split_bbox(query.bbox)] if query.bbox else [query]
    return Matching(
        base=at_home(query, visible, scope.homes),
        properties=properties.demanded(query, target),
        parts=[demanded(each, visible.db) for each in queries],
        queries=queries,
        target=target,
    )


def looked_up(query: "SearchQuery", collections: "CollectionQuerySet") -> Scope:
    """Look up, in one statement if any, the collections and the properties that a search names."""
    if names := properties.names_asked(query):
        scope = scope_of(collections, query.collections, names)
        demand.note(counted(names, scope.queryables))
        return scope
    return Scope(homes=primary_keys(query, collections), queryables=Queryables({}))


def assumable(query: "SearchQuery", using: str) -> list[str]:
    """The properties that a search names, where everybody knows all of them, and no collection is named."""
    return [] if query.collections else known_to_all(properties.names_asked(query), using) or []


def counted(names: Iterable[str], queryables: Queryables) -> set[str]:
    """Those of the names that are properties without a column of their own; what is unknown is not counted."""
    found = {found.name for name in names if (found := queryables.get(name))}
    return {name for name in found if name in queryables.known and name not in ITEMS.own}


def primary_keys(query: "SearchQuery", collections: "CollectionQuerySet") -> dict[str, int]:
    """Look up the collections that the search names; those that are absent or hidden match nothing."""
    if not query.collections:
        return {}
    named = collections.filter(collection_id__in=query.collections).order_by()
    return dict(named.values_list("collection_id", "pk"))


def foreseen(wanted: Wanted, found: Matching) -> Wanted:
    """Choose how keys are found, asking the planner about places and filters."""
    using = found.base.db
    if found.queries[0].ids:
        return replace(wanted, order=Order.GATHERED, guess=Guess(0, 0))
    places = [ewkb(place) for part in found.queries if (place := place_of(part))]
    if not wanted.is_along_time or not (places or wanted.base):
        return wanted
    guesses = asked(using, wanted, places)
    shares, matched = guesses[: 2 if places else 0], summed(guesses[2 if places else 0 :])
    if found.properties.shape and found.is_of_properties and wanted.base:
        keep((using, *wanted.base.told, found.properties.shape), matched, found.names, using)
    return replace(wanted, order=order(wanted, shares, matched), guess=matched)


def order(wanted: Wanted, shares: Sequence[Guess], matched: Guess) -> Order:
    """Choose the order by what is expected: items in the places and items at all, if there are places; those found."""
    if shares and shares[0].rows < SMALL_SHARE * shares[1].rows:
        return Order.NEAR
    return Order.WALKED if wanted.base and matched.cost > WALKABLE else Order.PLAIN
