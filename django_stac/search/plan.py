"""A search on its way to a statement: names looked up, conditions compiled, the way to its keys chosen."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django_stac.search import statement
from django_stac.search.cursor import Cursor, fitting
from django_stac.search.execute import fetched
from django_stac.search.filter import matching
from django_stac.search.shape import place_of
from django_stac.search.wanted import NEWEST, OLDEST, Order, Statement, Wanted
from django_stac.search.where import compiled
from django_stac.spec.geometry import split_bbox
from django_stac.spec.wkb import ewkb

if TYPE_CHECKING:
    from django_stac.models.querysets import CollectionQuerySet, ItemQuerySet
    from django_stac.search.query import SearchQuery

SMALL_SHARE = 0.1
"""Places that hold less of all items than this are searched on their own index."""


def planned(
    query: "SearchQuery", cursor: Cursor | None, visible: "ItemQuerySet", collections: "CollectionQuerySet"
) -> Wanted | None:
    """Turn a search into what its statement needs; None when nothing can match. Raises InvalidParameter."""
    homes = primary_keys(query, collections)
    if query.collections and not homes:
        return None
    keys = OLDEST if query.sort and not query.sort[0].descending else NEWEST
    parts = [replace(query, bbox=part) for part in split_bbox(query.bbox)] if query.bbox else [query]
    wheres = [compiled(matching(part, visible, homes), prefix=f"where_{n}") for n, part in enumerate(parts)]
    possible = [where for where in wheres if where is not None]
    if not possible:
        return None
    cursor = cursor and fitting(cursor, [key.scale for key in keys])
    wanted = Wanted(wheres=possible, interval=query.interval, cursor=cursor, limit=query.limit, keys=keys)
    return foreseen(wanted, parts, visible.db)


def primary_keys(query: "SearchQuery", collections: "CollectionQuerySet") -> dict[str, int]:
    """Look up the collections that the search names; those that are absent or hidden match nothing."""
    if not query.collections:
        return {}
    named = collections.filter(collection_id__in=query.collections).order_by()
    return dict(named.values_list("collection_id", "pk"))


def foreseen(wanted: Wanted, parts: "Sequence[SearchQuery]", using: str) -> Wanted:
    """Choose how keys are found, asking the planner about places. ``parts`` differ in their boxes only."""
    if parts[0].ids:
        return replace(wanted, order=Order.GATHERED, guess=0)
    places = [place for part in parts if (place := place_of(part))]
    if not places or not wanted.is_along_time:
        return wanted
    met, there, *matched = guesses(using, statement.estimate(wanted, [ewkb(place) for place in places]))
    return replace(wanted, order=Order.NEAR if met < SMALL_SHARE * there else Order.PLAIN, guess=sum(matched))


def guesses(using: str, estimate: Statement) -> list[int]:
    """The rows that the planner expects of each branch."""
    (((plan,),),) = fetched(using, *estimate)
    node = plan["Plan"]
    while node["Node Type"].startswith("Gather"):
        node = node["Plans"][0]
    if node["Node Type"] != "Append":
        return [node["Plan Rows"]]
    return [branch["Plan Rows"] for branch in node["Plans"] if branch["Parent Relationship"] == "Member"]
