"""Catalogues and collections in, one by one through their verbs, and their places in the graph."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django_stac import transactions
from django_stac.exceptions import AlreadyExists, StacError
from django_stac.models import Catalog, CatalogChild, Collection
from django_stac.spec.versions import kind_of
from django_stac.transactions import FileFact
from django_stac.transactions.prepare import identified
from django_stac.transfer.naming import name_clashing
from django_stac.transfer.tree import Container, Tree, shelves_above

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from django_stac.transfer.load import Load

Row = Catalog | Collection


def take_containers(run: "Load", tree: Tree) -> None:
    """Store the containers of a tree in its order, then their graph."""
    if run.options.rename_ids:
        name_clashing(tree)
    rows: dict[int, Row] = {}
    passed = 0
    for container in tree.containers:
        run.on_progress(1)
        if container.is_catalog and not container.is_shelf:
            passed += 1
        elif row := take_container(run, container):
            rows[id(container)] = row
    if passed:
        run.report.skipped += passed
        run.report.notes.append(f"{passed} catalogues below collections only order their items: not stored themselves.")
    place_children(run, tree, rows)


def take_container(run: "Load", container: Container) -> Row | None:
    """Create or replace a catalogue or a collection; of two that clash in one run the first stays."""
    found, document = container.found, container.document
    document = {**document, "id": container.name} if container.name else document
    document = renamed(document, "id") if run.options.rename_ids else document
    first = run.containers.setdefault((found.kind, document["id"]), container) if container.id else container
    if not first.is_like(container):
        way = "" if run.options.rename_ids else ", or have both renamed by --rename-ids"
        clash = f"Its id {document.get('id')!r} is that of {first.found.source}: give it another{way}."
        run.report.fail(found.source, clash)
        return None
    try:
        outcome, row = upsert_container(run, *placed(run, container, document))
    except StacError as error:
        run.report.fail(found.source, error)
        return None
    setattr(run.report, outcome, getattr(run.report, outcome) + 1)
    return row


def placed(run: "Load", container: Container, document: dict[str, Any]) -> tuple[dict[str, Any], Sequence[FileFact]]:
    """The document with hrefs for consumers; a catalogue has no stored files."""
    if container.is_catalog:
        return run.assets.with_links(document, container.file), ()
    return run.assets.placed(document, container.file, str(document.get("id")))


def renamed(document: dict[str, Any], member: str) -> dict[str, Any]:
    """Put dots for the slashes of an id."""
    value = document.get(member)
    return {**document, member: value.replace("/", ".")} if isinstance(value, str) else document


def upsert_container(run: "Load", document: dict[str, Any], files: Sequence[FileFact]) -> tuple[str, Row]:
    """Return ``created``, ``updated`` or ``unchanged``, and the row."""
    who: dict[str, Any] = {"using": run.using, "actor": run.options.actor}
    create: Callable[..., Row]
    replace: Callable[..., Row]
    if kind_of(document) == "Catalog":
        create, replace = transactions.create_catalog, transactions.replace_catalog
    else:
        create = partial(transactions.create_collection, files=files, published=run.options.published)
        replace = partial(transactions.replace_collection, files=files)
    before = standing_digest(run, document)
    if before is None:
        try:
            return "created", create(document, **who)
        except AlreadyExists:
            pass
    row = replace(document, **who)
    return ("unchanged" if row.digest == before else "updated"), row


def standing_digest(run: "Load", document: dict[str, Any]) -> str | None:
    """Return the digest of what stands under the document's id."""
    kind = kind_of(document)
    name = identified(document, kind=kind)
    if kind == "Catalog":
        rows: QuerySet[Any] = Catalog.objects.filter(catalog_id=name)
    else:
        rows = Collection.objects.filter(collection_id=name)
    digest: str | None = rows.using(run.using).values_list("digest", flat=True).first()
    return digest


# The graph


def place_children(run: "Load", tree: Tree, rows: dict[int, Row]) -> None:
    """List what was stored under its catalogues, from the top down; cycles and what is gone are told in notes."""
    pairs = sorted(wanted_pairs(tree, rows), key=itemgetter(0))
    standing = set(standing_pairs(run, {parent.pk for _, parent, _ in pairs}))
    for _, parent, child in pairs:
        if (parent.pk, type(child), child.pk) in standing:
            continue
        try:
            transactions.add_child(parent, child, using=run.using, actor=run.options.actor)
        except StacError as error:
            run.report.notes.append(str(error))


def wanted_pairs(tree: Tree, rows: dict[int, Row]) -> Iterator[tuple[int, Catalog, Row]]:
    """The depth of a catalogue, itself and what it lists. From the top down no search for cycles goes deep."""
    for container in tree.containers:
        child = rows.get(id(container))
        for shelf in shelves_above(container) if child else ():
            parent = rows.get(id(shelf))
            if isinstance(parent, Catalog) and child is not None:
                yield shelf.depth, parent, child


def standing_pairs(run: "Load", parents: Iterable[int]) -> Iterator[tuple[int, type[Row], int]]:
    """What these catalogues list already."""
    links = CatalogChild.objects.using(run.using).filter(parent__in=list(parents))
    for parent, catalog, collection in links.values_list("parent_id", "catalog_id", "collection_id"):
        yield (parent, Catalog, catalog) if catalog else (parent, Collection, collection)
