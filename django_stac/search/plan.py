"""A search on its way to a statement: names looked up, conditions compiled, the way to its keys chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django_stac.cql2.columns import ITEMS, Target
from django_stac.cql2.queryables import Queryables
from django_stac.models.execute import fetched
from django_stac.models.where import compiled
from django_stac.search.filter import at_home, matching
from django_stac.search.names import properties
from django_stac.search.names.demand import demand
from django_stac.search.names.scope import Scope, scope_of
from django_stac.search.pages import along_keys, statement
from django_stac.search.pages.cursor import Cursor, fitting, restored
from django_stac.search.pages.wanted import Guess, Order, Statement, Wanted, summed
from django_stac.search.shape import place_of
from django_stac.spec.geometry import split_bbox
from django_stac.spec.wkb import ewkb

if TYPE_CHECKING:
    from django_stac.models.querysets import CollectionQuerySet, ItemQuerySet
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
    parts: "Sequence[ItemQuerySet]"
    queries: "Sequence[SearchQuery]"
    """The parts of the search, which differ in their boxes only."""
    target: Target
    """What the search may name."""
    is_filtered: bool
    """Whether anything is demanded of properties."""


def planned(
    query: "SearchQuery", cursor: Cursor | None, visible: "ItemQuerySet", collections: "CollectionQuerySet"
) -> Wanted | None:
    """Turn a search into what its statement needs; None when nothing can match. Raises InvalidParameter."""
    found = found_by(query, visible, collections)
    if found is None:
        return None
    keys, values = properties.order(query.sort, found.target)
    wheres = [compiled(part, prefix=f"where_{number}", keys=values) for number, part in enumerate(found.parts)]
    possible = [where for where in wheres if where is not None]
    if not possible:
        return None
    cursor = cursor and fitting(cursor, [key.scale for key in keys])
    base = compiled(found.base, prefix="base") if found.is_filtered else None
    wanted = Wanted(wheres=possible, base=base, interval=query.interval, cursor=cursor, limit=query.limit, keys=keys)
    return foreseen(placed(wanted, visible.db), found.queries, visible.db)


def placed(wanted: Wanted, using: str) -> Wanted:
    """Look up the texts that were too long for the token. Raises InvalidParameter."""
    cursor = wanted.cursor
    if cursor is None or cursor.is_whole:
        return wanted
    rows = fetched(using, *along_keys.texts(wanted))
    return replace(wanted, cursor=restored(cursor, rows[0] if rows else [None] * len(cursor.keys)))


def found_by(query: "SearchQuery", visible: "ItemQuerySet", collections: "CollectionQuerySet") -> Matching | None:
    """Find what a search matches, but for its interval; None when nothing can. Raises InvalidParameter."""
    scope = looked_up(query, collections)
    if query.collections and not scope.homes:
        return None
    target = Target(scope.queryables, ITEMS)
    query = properties.lifted(query, target)
    conditions = properties.conditions(query, target)
    queries = [replace(query, bbox=box) for box in split_bbox(query.bbox)] if query.bbox else [query]
    base = at_home(query, visible, scope.homes)
    parts = [matching(each, base, conditions) for each in queries]
    return Matching(base=base, parts=parts, queries=queries, target=target, is_filtered=bool(conditions))


def looked_up(query: "SearchQuery", collections: "CollectionQuerySet") -> Scope:
    """Look up, in one statement if any, the collections and the properties that a search names."""
    if names := properties.names_asked(query):
        scope = scope_of(collections, query.collections, names)
        demand.note(asked(names, scope.queryables))
        return scope
    return Scope(homes=primary_keys(query, collections), queryables=Queryables({}))


def asked(names: Iterable[str], queryables: Queryables) -> set[str]:
    """Those of the names that are properties without a column of their own; what is unknown is not counted."""
    found = {found.name for name in names if (found := queryables.get(name))}
    return {name for name in found if name in queryables.known and name not in ITEMS.own}


def primary_keys(query: "SearchQuery", collections: "CollectionQuerySet") -> dict[str, int]:
    """Look up the collections that the search names; those that are absent or hidden match nothing."""
    if not query.collections:
        return {}
    named = collections.filter(collection_id__in=query.collections).order_by()
    return dict(named.values_list("collection_id", "pk"))


def foreseen(wanted: Wanted, parts: "Sequence[SearchQuery]", using: str) -> Wanted:
    """Choose how keys are found, asking the planner about places and filters. ``parts`` differ in their boxes only."""
    if parts[0].ids:
        return replace(wanted, order=Order.GATHERED, guess=Guess(0, 0))
    places = [place for part in parts if (place := place_of(part))]
    if not wanted.is_along_time or not (places or wanted.base):
        return wanted
    expected = guesses(using, statement.estimate(wanted, [ewkb(place) for place in places]))
    shares, matched = expected[: 2 if places else 0], summed(expected[2 if places else 0 :])
    return replace(wanted, order=order(wanted, shares, matched), guess=matched)


def order(wanted: Wanted, shares: Sequence[Guess], matched: Guess) -> Order:
    """Choose the order by what is expected: items in the places and items at all, if there are places; those found."""
    if shares and shares[0].rows < SMALL_SHARE * shares[1].rows:
        return Order.NEAR
    return Order.WALKED if wanted.base and matched.cost > WALKABLE else Order.PLAIN


def guesses(using: str, estimate: Statement) -> list[Guess]:
    """What the planner expects of each branch."""
    (((plan,),),) = fetched(using, *estimate)
    node = plan["Plan"]
    while node["Node Type"].startswith("Gather"):
        node = node["Plans"][0]
    if node["Node Type"] != "Append":
        return [guess(node)]
    return [guess(branch) for branch in node["Plans"] if branch["Parent Relationship"] == "Member"]


def guess(node: dict[str, Any]) -> Guess:
    return Guess(node["Plan Rows"], node["Total Cost"])
