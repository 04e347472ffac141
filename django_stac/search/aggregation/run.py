"""Aggregations of what a search finds, counted by the database in one statement."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django_stac.exceptions import InvalidParameter
from django_stac.models import Item
from django_stac.models.execute import Rows, fetched, limited
from django_stac.models.where import Where, compiled
from django_stac.search.aggregation import statement as aggregate_statement
from django_stac.search.aggregation.distributions import Distribution, Footprints, Group
from django_stac.search.aggregation.measures import Aggregation, Extreme
from django_stac.search.aggregation.query import AggregateQuery
from django_stac.search.pages.cursor import EPOCH, MICROSECOND
from django_stac.search.plan import found_by
from django_stac.search.query import SearchQuery
from django_stac.search.watch import watched
from django_stac.spec.datetimes import format_instant

if TYPE_CHECKING:
    from django_stac.models.querysets import CollectionQuerySet, ItemQuerySet


@dataclass(slots=True)
class Counted:
    """What the database has counted for one aggregation."""

    groups: list[Group] = field(default_factory=list)
    facts: dict[str, int] = field(default_factory=dict)


def aggregate(
    query: AggregateQuery, *, visible: "ItemQuerySet", collections: "CollectionQuerySet"
) -> list[dict[str, Any]]:
    """Return the aggregations asked for, in their order, of visible items; ``collections`` are the visible ones.

    Raises InvalidParameter (a precision) or QueryTimeout.
    """
    return aggregated(query.search, query.aggregations, visible, collections) if query.aggregations else []


@watched
def aggregated(
    query: SearchQuery,
    asked: Sequence[Aggregation],
    visible: "ItemQuerySet",
    collections: "CollectionQuerySet",
) -> list[dict[str, Any]]:
    """Ask for all of them at once."""
    distributions = [each for each in asked if isinstance(each, Distribution)]
    where = conditions(query, distributions, visible, collections)
    rows = run(where, distributions, visible.db)
    counted = sorted_out(rows)
    totals = counted[None].facts
    numbers = {each.name: number for number, each in enumerate(distributions)}
    return [presented(each, counted[numbers.get(each.name)], totals) for each in asked]


def conditions(
    query: SearchQuery, asked: Iterable[Distribution], visible: "ItemQuerySet", collections: "CollectionQuerySet"
) -> Where | None:
    """Compile the search, and what its items are counted by; None when nothing can match."""
    found = found_by(query, visible, collections)
    if found is None:
        return None
    items = either(found.items)
    if query.interval:
        items = items.overlapping(query.interval.start, query.interval.end)
    return compiled(items, keys=[each.key() for each in asked])


def either(parts: Sequence["ItemQuerySet"]) -> "ItemQuerySet":
    """The items of any part: a box over the antimeridian has two, and an item in both counts once."""
    first, *others = parts
    if not others:
        return first
    return Item.objects.using(first.db).filter(pk__in=first.values("pk").union(*(part.values("pk") for part in others)))


def run(where: Where | None, asked: Sequence[Distribution], using: str) -> Rows:
    """Run the statement, where anything can match. Raises QueryTimeout."""
    if where is None:
        return []
    with limited(using):
        return fetched(using, *aggregate_statement.statement(where, asked))


def sorted_out(rows: Rows) -> defaultdict[int | None, Counted]:
    """Sort rows by aggregation; totals of all are under None."""
    counted: defaultdict[int | None, Counted] = defaultdict(Counted)
    for number, what, key, value in rows:
        if what == "group":
            counted[number].groups.append((key, value))
        else:
            counted[number].facts[what] = value or 0
    return counted


def presented(asked: Aggregation, counted: Counted, totals: dict[str, int]) -> dict[str, Any]:
    """Write an aggregation."""
    items = totals.get("items", 0)
    if isinstance(asked, Distribution):
        buckets = asked.buckets(counted.groups)
        return {**asked.head, "buckets": buckets, "overflow": items - grouped(asked, counted)}
    if isinstance(asked, Extreme):
        moment = EPOCH + totals.get("last" if asked.is_last else "first", 0) * MICROSECOND
        return {**asked.head, "value": format_instant(moment) if items else None}
    return {**asked.head, "value": items}


def grouped(asked: Distribution, counted: Counted) -> int:
    """How many items are in any bucket. Raises InvalidParameter where the cells were too many to be counted."""
    if not isinstance(asked, Footprints):
        return sum(frequency for _, frequency in counted.groups)
    if (cells := counted.facts.get("cells", 0)) > (most := aggregate_statement.MOST_OF_ALL):
        reason = f"is too fine: what the search finds covers {cells} cells, and {most} are counted at most"
        raise InvalidParameter(f"{asked.name}_{asked.option}", f"{reason}; lower it, or narrow the search.")
    return counted.facts.get("grouped", 0)
