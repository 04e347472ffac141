"""Publishing and hiding: a column of the row, in no document and no digest."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models.query import QuerySet

from django_stac import signals
from django_stac.history.tombstones import lock_sight
from django_stac.models import Collection, Item, Kind
from django_stac.models.changed import CurrentTransaction
from django_stac.transactions.gate import Write, write
from django_stac.transactions.rows import alias_of, change_items, chosen, homes_of

if TYPE_CHECKING:
    from django_stac.access import User

Row = Item | Collection
Rows = QuerySet[Item] | QuerySet[Collection] | Iterable[Row]


def set_published(rows: Row | Rows, *, published: bool, using: str | None = None, actor: "User" = None) -> int:
    """Show items or collections to everybody, or hide them: one row, several or a queryset, all or none.

    Return how many changed; these are announced as updates, at once. Rows that are gone are passed over. Raises
    TypeError for anything but items and collections.
    """
    given = listed(rows)
    with write(alias_of(given, using), actor) as current:
        items = chosen(Item, of(Item, given), current)
        # Who deletes a collection locks it before its items.
        collections = chosen(Collection, of(Collection, given), current)
        count = publish_collections(collections, current, published=published, with_items=items)
        count += publish_items(items, current, published=published)
    if isinstance(given, list):
        for row in given:
            row.published = published
    return count


def listed(rows: Row | Rows) -> QuerySet[Any] | list[Row]:
    given = [rows] if isinstance(rows, Row) else rows if isinstance(rows, QuerySet) else list(rows)
    kinds = {given.model} if isinstance(given, QuerySet) else set(map(type, given))
    if strangers := sorted(kind.__name__ for kind in kinds if not issubclass(kind, Row)):
        raise TypeError(f"Items or collections are published, not {', '.join(strangers)}.")
    return given


def of(model: type[Row], given: QuerySet[Any] | list[Row]) -> Iterable[Any]:
    """Those of the rows that are of one model."""
    if isinstance(given, QuerySet):
        return given if issubclass(given.model, model) else ()
    return [row for row in given if isinstance(row, model)]


def publish_collections(
    rows: QuerySet[Collection], current: Write, *, published: bool, with_items: QuerySet[Item]
) -> int:
    """Publish or hide collections; the items are those that the same transaction will take next."""
    differing = rows.filter(published=not published).order_by("pk").select_for_update(no_key=True)
    found = dict(differing.values_list("pk", "collection_id"))
    for name in found.values():
        current.note(signals.collections_changed, "updated", name)
    current.mark(*found)
    if found:
        lock_sight({*found, *homes_of(with_items)}, current.using)
    if not published:
        current.hide(Kind.COLLECTION, *found)
    now = CurrentTransaction()
    standing = Collection.objects.using(current.using).filter(pk__in=found)
    return standing.update(published=published, changed=now, shown=now)


def publish_items(rows: QuerySet[Item], current: Write, *, published: bool) -> int:
    def publish(batch: list[int]) -> None:
        if not published:
            current.hide(Kind.ITEM, *batch)
        Item.objects.using(current.using).filter(pk__in=batch).update(published=published, changed=CurrentTransaction())

    differing = rows.filter(published=not published)
    return change_items("updated", differing, current, publish, leaving=not published)
