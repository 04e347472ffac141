"""The verbs of single items."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.gis.geos import GEOSGeometry

from django_stac.exceptions import InvalidDocument, NotFound, PreconditionFailed
from django_stac.history.tombstones import share_sight
from django_stac.models import Collection, Item, Kind, StoredFile
from django_stac.transactions.files import FileFact, Held, drop, keep_in_step, references_of
from django_stac.transactions.gate import Write, require_match, write
from django_stac.transactions.patch import Patch, patched_document
from django_stac.transactions.prepare import PreparedItem, identified, prepare_item
from django_stac.transactions.rows import alias_of, change_items, chosen, held, insert, locked
from django_stac.transactions.schemas import strictness_of
from django_stac.validation.problems import Problem

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from django_stac.access import User


def create_item(
    document: dict[str, Any],
    *,
    collection: str | None = None,
    published: bool = True,
    using: str | None = None,
    actor: "User" = None,
) -> Item:
    """Store a new item in a collection (default: the one its document names).

    Raises InvalidDocument, NotFound (collection) or AlreadyExists; then nothing is stored.
    """
    with write(using, actor) as current:
        return inserted(document, home_of(document, collection, current), current, published=published)


def replace_item(
    document: dict[str, Any],
    *,
    collection: str | None = None,
    if_match: str | None = None,
    using: str | None = None,
    actor: "User" = None,
) -> Item:
    """Replace the item of the document's id; ``if_match`` is the digest that the writer has read.

    Raises InvalidDocument, NotFound or PreconditionFailed; then nothing is changed.
    """
    with write(using, actor) as current:
        home = home_of(document, collection, current)
        item = locked_item(home.collection_id, identified(document, kind="Feature"), current)
        require_match(item.digest, if_match)
        rewrite(item, document, current)
    return item


def patch_item(
    collection: str,
    item_id: str,
    patch: Patch,
    *,
    if_match: str | None = None,
    using: str | None = None,
    actor: "User" = None,
) -> Item:
    """Change the stored document of an item by a merge patch (RFC 7396) or a JSON Patch (RFC 6902).

    Raises InvalidDocument, NotFound or PreconditionFailed; then nothing is changed.
    """
    with write(using, actor) as current:
        item = locked_item(collection, item_id, current)
        require_match(item.digest, if_match)
        rewrite(item, patched_document(item.document, patch, fixed=("id", "collection")), current)
    return item


def delete_item(
    collection: str,
    item_id: str,
    *,
    if_match: str | None = None,
    using: str | None = None,
    actor: "User" = None,
) -> None:
    """Delete an item, and without a history the files that django-stac wrote for it.

    Raises NotFound or PreconditionFailed.
    """
    with write(using, actor) as current:
        share_sight([home.pk for home in held([collection], current)], current.using)
        item = locked_item(collection, item_id, current)
        require_match(item.digest, if_match)
        current.bury(Kind.ITEM, item.pk)
        drop(current, item.files.using(current.using))
        item.delete(using=current.using)
        current.note_item("deleted", collection, item_id)
        current.mark(item.collection_id)


def delete_items(
    items: "Iterable[Item | int]", *, at_most: int | None = None, using: str | None = None, actor: "User" = None
) -> int:
    """Delete the items of a queryset, or those of an iterable of items or primary keys: all or none.

    Return how many were deleted; those that are gone are passed over. They may be millions: documents are not read,
    and only their ids are kept, for the announcement. Raises PreconditionFailed when there are more than ``at_most``,
    the number that somebody has agreed to.
    """
    with write(alias_of(items, using), actor) as current:
        count = remove(chosen(Item, items, current), current)
        if at_most is not None and count > at_most:
            raise PreconditionFailed(f"{count} items would be deleted, not at most {at_most}: none was.")
    return count


def remove(items: "QuerySet[Item]", current: Write) -> int:
    """Delete items some at a time; return how many."""

    def delete(batch: list[int]) -> None:
        current.bury(Kind.ITEM, *batch)
        drop(current, StoredFile.objects.using(current.using).filter(item__in=batch))
        Item.objects.using(current.using).filter(pk__in=batch).only("pk").delete()

    return change_items("deleted", items, current, delete, leaving=True)


def inserted(
    document: dict[str, Any], home: Collection, current: Write, *, published: bool, files: Sequence[FileFact] = ()
) -> Item:
    """Store a new item in a collection. Raises InvalidDocument or AlreadyExists."""
    strictness, references = strictness_of(home, current.using), {fact.reference for fact in files}
    prepared = prepare_item(document, collection_id=home.collection_id, files=references, strictness=strictness)
    item = Item(collection=home, item_id=prepared.id, published=published)
    item.unchecked = prepared.unchecked
    assign(item, prepared, current)
    insert(item, current, f"Collection {home.collection_id!r} has an item {item.item_id!r} already.")
    if files:
        keep_in_step(current, "item", {item.pk: Held(prepared.body, files)})
    current.note_item("created", home.collection_id, item.item_id)
    current.mark(home.pk)
    return item


def rewrite(item: Item, document: dict[str, Any], current: Write, *, files: Sequence[FileFact] = ()) -> None:
    """Store another document of a locked item, where it differs. Raises InvalidDocument."""
    home = item.collection
    own = references_of(current.using, items=[item.pk]).get(item.pk, set())
    given = own | {fact.reference for fact in files}
    strictness = strictness_of(home, current.using)
    prepared = prepare_item(document, collection_id=home.collection_id, files=given, strictness=strictness)
    item.unchecked = prepared.unchecked
    if prepared.digest == item.digest:
        return
    current.supersede(Kind.ITEM, item.pk)
    assign(item, prepared, current)
    item.save(using=current.using)
    keep_in_step(current, "item", {item.pk: Held(prepared.body, files)})
    current.note_item("updated", home.collection_id, item.item_id)
    current.mark(home.pk)


def home_of(document: object, collection: str | None, current: Write) -> Collection:
    """Return the collection that an item goes into. Raises InvalidDocument or NotFound."""
    named = document.get("collection") if isinstance(document, dict) else None
    collection_id = collection or named
    if not isinstance(collection_id, str):
        raise InvalidDocument([Problem("/collection", "is missing: an item is stored in a collection.")])
    if not (found := held([collection_id], current)):
        raise NotFound(f"There is no collection {collection_id!r}.")
    return found[0]


def locked_item(collection: str, item_id: str, current: Write) -> Item:
    """Return a row that no other writer changes meanwhile. Raises NotFound."""
    items = Item.objects.using(current.using).select_for_update(of=("self",)).select_related("collection")
    missing = f"There is no item {item_id!r} in collection {collection!r}."
    return locked(items, missing, collection__collection_id=collection, item_id=item_id)


def assign(item: Item, prepared: PreparedItem, current: Write) -> None:
    """Set the document, its projections, and who wrote it."""
    columns = prepared.columns
    item.written_by = current.by
    item.document, item.digest = prepared.document, prepared.digest
    item.geometry = None if columns.geometry is None else GEOSGeometry(memoryview(columns.geometry))
    item.datetime = columns.datetime
    item.start_datetime, item.end_datetime = columns.start_datetime, columns.end_datetime
    item.properties = columns.properties
