"""Publishing and hiding: a column of the row, in no document and no digest."""

from typing import TYPE_CHECKING

from django_stac import signals
from django_stac.models import Collection, Item
from django_stac.transactions.gate import write

if TYPE_CHECKING:
    from django_stac.access import User


def set_published(row: Item | Collection, *, published: bool, using: str | None = None, actor: "User" = None) -> None:
    """Show an item or a collection to everybody, or hide it; announced as an update when it changes anything."""
    with write(using, actor) as current:
        model = type(row)
        changed = model._default_manager.using(current.using).filter(pk=row.pk, published=not published)
        row.published = published
        if not changed.update(published=published):
            return
        if isinstance(row, Item):
            current.note_item("updated", row.collection.collection_id, row.item_id)
            current.mark(row.collection_id)
        else:
            current.note(signals.collections_changed, "updated", row.collection_id)
            current.mark(row.pk)
