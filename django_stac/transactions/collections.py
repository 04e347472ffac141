"""The verbs of collections."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.gis.geos import GEOSGeometry

from django_stac import signals
from django_stac.cql2.known import disputed
from django_stac.documents.collection import with_facts
from django_stac.exceptions import NotEmpty
from django_stac.models import Collection, ExtentMode, Item, Kind
from django_stac.models.projection import project_collection
from django_stac.transactions.files import FileFact, Held, drop, keep_in_step, references_of
from django_stac.transactions.gate import Write, require_match, write
from django_stac.transactions.items import remove
from django_stac.transactions.patch import Patch, patched_document
from django_stac.transactions.prepare import Prepared, identified, prepare_collection
from django_stac.transactions.rows import insert, locked
from django_stac.transactions.schemas import strictness_of

if TYPE_CHECKING:
    from django_stac.access import User


def create_collection(
    document: dict[str, Any],
    *,
    published: bool = True,
    extent_mode: ExtentMode = ExtentMode.DOCUMENT,
    files: Sequence[FileFact] = (),
    using: str | None = None,
    actor: "User" = None,
) -> Collection:
    """Store a new collection. Raises InvalidDocument or AlreadyExists; then nothing is stored."""
    with write(using, actor) as current:
        return inserted(Collection(published=published, extent_mode=extent_mode), document, current, files=files)


def replace_collection(
    document: dict[str, Any],
    *,
    extent_mode: ExtentMode | None = None,
    files: Sequence[FileFact] = (),
    if_match: str | None = None,
    using: str | None = None,
    actor: "User" = None,
) -> Collection:
    """Replace the collection of the document's id; its extent comes from where it did unless ``extent_mode`` is given.

    Raises InvalidDocument, NotFound or PreconditionFailed.
    """
    with write(using, actor) as current:
        collection = locked_collection(identified(document, kind="Collection"), current, to_delete=False)
        require_match(collection.digest, if_match)
        rewrite(collection, document, current, extent_mode=extent_mode, files=files)
    return collection


def patch_collection(
    collection_id: str,
    patch: Patch,
    *,
    if_match: str | None = None,
    using: str | None = None,
    actor: "User" = None,
) -> Collection:
    """Change the stored document of a collection by a merge patch (RFC 7396) or a JSON Patch (RFC 6902).

    Raises InvalidDocument, NotFound or PreconditionFailed; then nothing is changed.
    """
    with write(using, actor) as current:
        collection = locked_collection(collection_id, current, to_delete=False)
        require_match(collection.digest, if_match)
        rewrite(collection, patched_document(collection.document, patch), current)
    return collection


def inserted(
    collection: Collection, document: dict[str, Any], current: Write, *, files: Sequence[FileFact] = ()
) -> Collection:
    """Store a document as that of a new collection. Raises InvalidDocument or AlreadyExists."""
    strictness = strictness_of(collection, current.using)
    prepared = prepare_collection(document, files={fact.reference for fact in files}, strictness=strictness)
    collection.collection_id, collection.unchecked = prepared.id, prepared.unchecked
    assign(collection, prepared, current)
    project(collection)
    insert(collection, current, f"There is a collection {prepared.id!r} already.")
    keep_in_step(current, "collection", {collection.pk: Held(prepared.body, files)})
    current.note(signals.collections_changed, "created", prepared.id)
    current.mark(collection.pk)
    return collection


def rewrite(
    collection: Collection,
    document: dict[str, Any],
    current: Write,
    *,
    extent_mode: ExtentMode | None = None,
    files: Sequence[FileFact] = (),
) -> None:
    """Store another document of a locked collection, where it differs. Raises InvalidDocument."""
    own = references_of(current.using, collections=[collection.pk]).get(collection.pk, set())
    given = own | {fact.reference for fact in files}
    prepared = prepare_collection(document, files=given, strictness=strictness_of(collection, current.using))
    collection.unchecked = prepared.unchecked
    mode = collection.extent_mode if extent_mode is None else extent_mode
    if (prepared.digest, mode) == (collection.digest, collection.extent_mode):
        return
    is_same = prepared.digest == collection.digest
    if not is_same:
        current.supersede(Kind.COLLECTION, collection.pk)
        assign(collection, prepared, current)
    collection.extent_mode = mode
    project(collection)
    collection.save(using=current.using, update_fields=["extent_mode", "changed", *PROJECTED] if is_same else None)
    keep_in_step(current, "collection", {collection.pk: Held(prepared.body, files)})
    current.note(signals.collections_changed, "updated", prepared.id)


def delete_collection(
    collection_id: str,
    *,
    cascade: bool = False,
    if_match: str | None = None,
    using: str | None = None,
    actor: "User" = None,
) -> None:
    """Delete a collection; ``cascade`` deletes its items too.

    Raises NotFound, NotEmpty or PreconditionFailed; then nothing is deleted.
    """
    with write(using, actor) as current:
        collection = locked_collection(collection_id, current, to_delete=True)
        require_match(collection.digest, if_match)
        items = Item.objects.using(current.using).filter(collection=collection)
        if not cascade and items.exists():
            raise NotEmpty(f"Collection {collection_id!r} still has items: delete them first, or ask for cascade.")
        remove(items, current)
        current.bury(Kind.COLLECTION, collection.pk)
        drop(current, collection.files.using(current.using))
        collection.delete(using=current.using)
        current.note(signals.collections_changed, "deleted", collection_id)


def locked_collection(collection_id: str, current: Write, *, to_delete: bool) -> Collection:
    """Return a row that no other writer changes meanwhile; loaders wait only for its deletion. Raises NotFound."""
    rows = Collection.objects.using(current.using).select_for_update(no_key=not to_delete)
    return locked(rows, f"There is no collection {collection_id!r}.", collection_id=collection_id)


def assign(collection: Collection, prepared: Prepared, current: Write) -> None:
    """Set the document, what is read from it alone, and who wrote it."""
    collection.written_by = current.by
    collection.document, collection.digest = prepared.document, prepared.digest
    collection.title = prepared.text("title")
    collection.description = prepared.text("description") or ""
    collection.license = prepared.text("license") or ""


PROJECTED = ("geometry", "start_datetime", "end_datetime", "properties", "disputed")


def project(collection: Collection) -> None:
    """Set the columns that find a collection, and its names, from what is served of it."""
    columns = project_collection(with_facts(collection))
    collection.geometry = None if columns.geometry is None else GEOSGeometry(memoryview(columns.geometry))
    collection.start_datetime, collection.end_datetime = columns.start_datetime, columns.end_datetime
    collection.properties = columns.properties
    dispute(collection)


def dispute(collection: Collection) -> None:
    """Set which known names are of another kind here."""
    observed = (collection.derived or {}).get("properties", {})
    collection.disputed = disputed(observed, collection.queryables or {})
