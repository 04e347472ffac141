"""The few bounded questions to the database that pages ask beside their document, of what the user may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django_stac.access import policy
from django_stac.api.pages.visit import Visit
from django_stac.documents.collection import present
from django_stac.models import Item

MOST_CHOICES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A visible collection and its newest visible items."""

    pk: int | None = None
    count: int | None = None
    """Published items, as last derived."""
    items: Sequence[dict[str, Any]] = ()
    document: dict[str, Any] = field(default_factory=dict)
    """As served; empty unless it was asked for."""


def shelves(ids: Iterable[str], visit: Visit, *, each: int, documents: bool = False) -> dict[str, Shelf]:
    """Ask for collections and their newest items: two statements for any number of collections."""
    visible = policy().visible_collections(visit.user, visit.using).filter(collection_id__in=list(ids))
    rows = list(visible if documents else visible.defer("document"))
    newest = newest_items([row.pk for row in rows], visit, each=each)
    tells = policy().shows_derived(visit.user)
    return {
        row.collection_id: Shelf(
            pk=row.pk,
            count=(row.derived or {}).get("count") if tells else None,
            items=newest.get(row.pk, ()),
            document=present(row, visit.hrefs, tells_derived=tells) if documents else {},
        )
        for row in rows
    }


def newest_items(collections: list[int], visit: Visit, *, each: int) -> dict[int, list[dict[str, Any]]]:
    """The stored documents of the newest items of some collections (primary keys)."""
    if not collections or not each:
        return {}
    visible = policy().visible_items(visit.user, visit.using).newest_first()
    # One short walk along the index of (collection, datetime) for each, not a window over all items.
    walks = [visible.filter(collection=pk).values_list("collection_id", "document")[:each] for pk in collections]
    found: dict[int, list[dict[str, Any]]] = {}
    for pk, document in walks[0].union(*walks[1:], all=True) if len(walks) > 1 else walks[0]:
        found.setdefault(pk, []).append(document)
    return found


def catalog_titles(ids: Iterable[str], visit: Visit) -> dict[str, tuple[int, str | None, str]]:
    """Primary keys, titles and descriptions of catalogues."""
    visible = policy().visible_catalogs(visit.user, visit.using).filter(catalog_id__in=list(ids))
    rows = visible.values_list("catalog_id", "pk", "title", "description")
    return {name: (pk, title, description) for name, pk, title, description in rows}


def collection_choices(visit: Visit) -> list[tuple[str, str]]:
    """Ids and titles for a search form."""
    visible = policy().visible_collections(visit.user, visit.using).order_by("collection_id")
    rows = visible.values_list("collection_id", "title")[:MOST_CHOICES]
    return [(name, title or name) for name, title in rows]


def item_pk(visit: Visit, collection_id: str, item_id: str) -> int | None:
    """The primary key of a visible item."""
    visible = policy().visible_items(visit.user, visit.using)
    found = visible.filter(collection__collection_id=collection_id, item_id=item_id)
    return found.order_by().values_list("pk", flat=True).first()


def file_sizes(visit: Visit, collection_id: str, item_id: str) -> dict[str, int]:
    """The sizes of an item's stored files by asset key."""
    items = Item.objects.using(visit.using).filter(collection__collection_id=collection_id, item_id=item_id)
    files = policy().visible_files(visit.user, visit.using).filter(item__in=items)
    return dict(files.values_list("key", "size"))
