"""Which years, months and days a set of items has, and the items of one: for walking through a collection by links.

Nothing here reads more than a page of items: spans are found by leaping along the index from one to the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from psycopg.sql import SQL, Identifier, Literal

from django_stac.models import Item
from django_stac.models.execute import fetched, limited
from django_stac.models.where import compiled
from django_stac.spec.spans import Span, Unit

if TYPE_CHECKING:
    from django_stac.models.querysets import ItemQuerySet

MOST_ITEMS = 1_000
"""Items that are listed together; more of them are split."""

SPANS = """\
WITH RECURSIVE found AS (
    (SELECT date_trunc({unit}, {datetime} AT TIME ZONE 'UTC') AS start FROM {source} WHERE {condition}
     ORDER BY {datetime} DESC LIMIT 1)
    UNION ALL
    SELECT (SELECT date_trunc({unit}, {datetime} AT TIME ZONE 'UTC') FROM {source}
            WHERE {condition} AND {datetime} < found.start AT TIME ZONE 'UTC'
            ORDER BY {datetime} DESC LIMIT 1)
    FROM found WHERE found.start IS NOT NULL)
SELECT start::date FROM found WHERE start IS NOT NULL"""


@dataclass(frozen=True, slots=True)
class Part:
    """Items of one day that are too many to be listed together: ids from ``first``, before ``stop``; None is open."""

    first: str | None = None
    stop: str | None = None


def within(items: "ItemQuerySet", span: Span | None, part: Part) -> "ItemQuerySet":
    """The items of a span; all of them where it is None."""
    if span is not None:
        items = items.filter(datetime__gte=span.start, datetime__lte=span.last)
    if part.first is not None:
        items = items.filter(item_id__gte=part.first)
    return items if part.stop is None else items.filter(item_id__lt=part.stop)


def few(items: "ItemQuerySet") -> list[str] | None:
    """The ids of all items, newest first; None when they are too many to be listed together."""
    ids = list(items.order_by("-datetime", "-id").values_list("item_id", flat=True)[: MOST_ITEMS + 1])
    return ids if len(ids) <= MOST_ITEMS else None


def spans(items: "ItemQuerySet", unit: Unit) -> list[Span]:
    """The spans of a unit in which there are items, newest first. Raises QueryTimeout."""
    where = compiled(items)
    if where is None:
        return []
    statement = SQL(SPANS).format(
        unit=Literal(unit.value),
        datetime=Identifier(Item._meta.db_table, "datetime"),
        source=where.source,
        condition=where.condition,
    )
    with limited(items.db):
        return [Span(unit, day) for (day,) in fetched(items.db, statement, where.params)]


def parts(items: "ItemQuerySet", whole: Part) -> Sequence[Part]:
    """Cut the items, in the order of their ids, into parts that can be listed. Raises QueryTimeout."""
    numbered = items.annotate(place=Window(RowNumber(), order_by="item_id")).order_by("item_id")
    with limited(items.db):
        firsts = list(numbered.annotate(rest=F("place") % MOST_ITEMS).filter(rest=1).values_list("item_id", flat=True))
    bounds = [whole.first, *firsts[1:], whole.stop]
    return [Part(first, stop) for first, stop in pairwise(bounds)]
