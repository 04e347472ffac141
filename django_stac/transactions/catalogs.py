"""The verbs of catalogues and of their graph."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import connections
from django.db.models import Model

from django_stac import signals
from django_stac.exceptions import InvalidDocument, NotFound
from django_stac.models import Catalog, CatalogChild, Collection, Kind
from django_stac.transactions.gate import Write, require_match, write
from django_stac.transactions.patch import Patch, patched_document
from django_stac.transactions.prepare import Prepared, identified, prepare_catalog
from django_stac.transactions.rows import insert, locked
from django_stac.transactions.schemas import strictness_of
from django_stac.validation.problems import Problem

if TYPE_CHECKING:
    from django_stac.access import User

GRAPH = 5_471_829_003
"""The advisory lock of the graph: rows of catalogues would be as many locks as there are catalogues."""


# The locks that foreign keys take at the commit, taken before: only who deletes a row waits for them.
KEPT: dict[type[Model], str] = {
    Catalog: "SELECT id FROM django_stac_catalog WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE",
    Collection: "SELECT id FROM django_stac_collection WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE",
}


def create_catalog(document: dict[str, Any], *, using: str | None = None, actor: "User" = None) -> Catalog:
    """Store a new catalogue, listed at the root. Raises InvalidDocument or AlreadyExists."""
    with write(using, actor) as current:
        return inserted(document, current)


def replace_catalog(
    document: dict[str, Any], *, if_match: str | None = None, using: str | None = None, actor: "User" = None
) -> Catalog:
    """Replace the catalogue of the document's id; its children stay.

    Raises InvalidDocument, NotFound or PreconditionFailed.
    """
    with write(using, actor) as current:
        catalog = locked_catalog(identified(document, kind="Catalog"), current)
        require_match(catalog.digest, if_match)
        rewrite(catalog, document, current)
    return catalog


def patch_catalog(
    catalog_id: str, patch: Patch, *, if_match: str | None = None, using: str | None = None, actor: "User" = None
) -> Catalog:
    """Change the stored document of a catalogue by a merge patch (RFC 7396) or a JSON Patch (RFC 6902).

    Raises InvalidDocument, NotFound or PreconditionFailed; then nothing is changed.
    """
    with write(using, actor) as current:
        catalog = locked_catalog(catalog_id, current)
        require_match(catalog.digest, if_match)
        rewrite(catalog, patched_document(catalog.document, patch), current)
    return catalog


def inserted(document: dict[str, Any], current: Write) -> Catalog:
    """Store a document as that of a new catalogue. Raises InvalidDocument or AlreadyExists."""
    prepared = prepare_catalog(document, strictness=strictness_of(None, current.using))
    catalog = Catalog(catalog_id=prepared.id)
    catalog.unchecked = prepared.unchecked
    assign(catalog, prepared, current)
    insert(catalog, current, f"There is a catalogue {prepared.id!r} already.")
    current.note(signals.catalogs_changed, "created", prepared.id)
    return catalog


def rewrite(catalog: Catalog, document: dict[str, Any], current: Write) -> None:
    """Store another document of a locked catalogue, where it differs. Raises InvalidDocument."""
    prepared = prepare_catalog(document, strictness=strictness_of(None, current.using))
    catalog.unchecked = prepared.unchecked
    if prepared.digest == catalog.digest:
        return
    current.supersede(Kind.CATALOG, catalog.pk)
    assign(catalog, prepared, current)
    catalog.save(using=current.using)
    current.note(signals.catalogs_changed, "updated", prepared.id)


def delete_catalog(
    catalog_id: str, *, if_match: str | None = None, using: str | None = None, actor: "User" = None
) -> None:
    """Disband a catalogue: what it alone listed becomes a child of the root, no data are deleted."""
    with write(using, actor) as current:
        catalog = locked_catalog(catalog_id, current)
        require_match(catalog.digest, if_match)
        current.bury(Kind.CATALOG, catalog.pk)
        catalog.delete(using=current.using)
        current.note(signals.catalogs_changed, "deleted", catalog_id)


def add_child(
    parent: Catalog, child: Catalog | Collection, *, using: str | None = None, actor: "User" = None
) -> CatalogChild:
    """List a catalogue or a collection under a catalogue; listing it twice is the same as once.

    Raises InvalidDocument when the graph would get a cycle, and NotFound when one of the two is gone.
    """
    with write(using, actor) as current:
        if isinstance(child, Catalog):
            lock_graph(current)
        keep([parent, child], current)
        if isinstance(child, Catalog):
            refuse_cycle(parent, child, current)
        link, is_new = CatalogChild.objects.using(current.using).get_or_create(parent=parent, **member(child))
        if is_new:
            current.note(signals.catalogs_changed, "updated", parent.catalog_id)
    return link


def remove_child(
    parent: Catalog, child: Catalog | Collection, *, using: str | None = None, actor: "User" = None
) -> None:
    """Take a catalogue or a collection off the list of a catalogue. Raises NotFound."""
    with write(using, actor) as current:
        found = CatalogChild.objects.using(current.using).filter(parent=parent, **member(child))
        if not found.delete()[0]:
            raise NotFound(f"{parent.catalog_id!r} does not list {child}.")
        current.note(signals.catalogs_changed, "updated", parent.catalog_id)


def member(child: Catalog | Collection) -> dict[str, Any]:
    """The column of a child, by its name."""
    return {"catalog" if isinstance(child, Catalog) else "collection": child}


def lock_graph(current: Write) -> None:
    """Let two writers not build one cycle together, each half of it; the lock ends with the transaction."""
    with connections[current.using].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [GRAPH])


def refuse_cycle(parent: Catalog, child: Catalog, current: Write) -> None:
    """Raise InvalidDocument when the parent is the child or stands anywhere below it."""
    below, frontier = {child.pk}, {child.pk}
    links = CatalogChild.objects.using(current.using).filter(catalog__isnull=False)
    while frontier:
        found = links.filter(parent__in=frontier).values_list("catalog_id", flat=True)
        frontier = set(found) - below
        below |= frontier
    if parent.pk in below:
        message = f"{child.catalog_id!r} cannot be listed under {parent.catalog_id!r}, which it contains."
        raise InvalidDocument([Problem("/links", message)], document_id=parent.catalog_id)


def keep(rows: Iterable[Catalog | Collection], current: Write) -> None:
    """Let nobody delete these rows before this write ends. Raises NotFound for one that is gone."""
    given = list(rows)
    for model, statement in KEPT.items():
        wanted = {row.pk: row for row in given if isinstance(row, model)}
        found = model._default_manager.using(current.using).raw(statement, [list(wanted)]) if wanted else ()
        for key in wanted.keys() - {row.pk for row in found}:
            raise NotFound(f"{wanted[key]} was deleted meanwhile.")


def locked_catalog(catalog_id: str, current: Write) -> Catalog:
    """Return a row that no other writer changes meanwhile. Raises NotFound."""
    rows = Catalog.objects.using(current.using).select_for_update()
    return locked(rows, f"There is no catalogue {catalog_id!r}.", catalog_id=catalog_id)


def assign(catalog: Catalog, prepared: Prepared, current: Write) -> None:
    """Set the document, its projections, and who wrote it."""
    catalog.written_by = current.by
    catalog.document, catalog.digest = prepared.document, prepared.digest
    catalog.title = prepared.text("title")
    catalog.description = prepared.text("description") or ""
