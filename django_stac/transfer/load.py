"""Documents in: catalogues and collections through their verbs, items in batches."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import router, transaction

from django_stac import transactions
from django_stac.exceptions import AlreadyExists, StacError
from django_stac.models import Catalog, Collection, ExtentMode
from django_stac.spec.versions import CURRENT
from django_stac.transactions import Incoming, Report
from django_stac.transactions.prepare import identified
from django_stac.transfer.source import Found, documents_in, files_in

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from django_stac.access import User

BATCH = 1000
CONTAINERS = ("Catalog", "Collection")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadOptions:
    """How documents are taken in."""

    collection: str | None = None
    """Put every item into this collection, whatever collection it names."""
    create_collections: bool = False
    """Make the collections that items name and nobody has."""
    rename_ids: bool = False
    """Put a dot for each slash in the ids of collections and catalogues."""
    published: bool = True
    dry_run: bool = False
    using: str | None = None
    actor: "User" = None


@dataclass(slots=True)
class Load:
    """One run."""

    options: LoadOptions
    on_progress: Callable[[int], None]
    report: Report
    waiting: list[Incoming] = field(default_factory=list)
    containers: dict[tuple[str, str], Found] = field(default_factory=dict)
    """Catalogues and collections of this run, by type and id."""

    @property
    def using(self) -> str:
        return self.options.using or router.db_for_write(Collection)


def load(
    paths: Iterable[Path],
    options: LoadOptions,
    *,
    report: Report | None = None,
    on_progress: Callable[[int], None] = lambda count: None,
) -> Report:
    """Load the documents of files and folders; every document ends in exactly one counter of the report.

    Catalogues and collections are taken before items, so that one call may bring both. A dry run stores nothing. An
    interruption (KeyboardInterrupt) stores the open batch and passes on. Raises UnreadableDocument for an empty path.
    """
    run = Load(options, on_progress, report or Report())
    files = list(chain.from_iterable(map(files_in, paths)))
    with transaction.atomic(using=run.using) if options.dry_run else paused_collector():
        try:
            for found in in_order(files):
                take(run, found)
        except KeyboardInterrupt:
            conclude(run)
            raise
        conclude(run)
    return run.report


def conclude(run: Load) -> None:
    """Store the last batch, compute what follows from all, and undo it where it was a rehearsal."""
    flush(run)
    transactions.derive(using=run.using, actor=run.options.actor)
    if run.options.dry_run:
        transaction.set_rollback(True, using=run.using)


@contextmanager
def paused_collector() -> Iterator[None]:
    """Parsed documents hold no cycles: the collector would only walk them again and again (2.9 times as slow)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def in_order(files: Iterable[Path]) -> Iterator[Found]:
    """Documents of all files; files that begin with a catalogue or a collection come first."""
    later = []
    for file in files:
        documents = documents_in(file)
        first = next(documents, None)
        if first is None:
            continue
        if first.kind in CONTAINERS:
            yield first
            yield from documents
        else:
            documents.close()  # type: ignore[attr-defined]  # a generator: it closes its file
            later.append(file)
    for file in later:
        yield from documents_in(file)


def take(run: Load, found: Found) -> None:
    """Take one document in: at once, or with the next batch."""
    run.on_progress(1)
    if found.document is None:
        run.report.fail(found.source, found.problem)
    elif found.kind in CONTAINERS:
        take_container(run, found, found.document)
    elif found.kind == "Feature":
        take_item(run, found, found.document)
    else:
        allowed = ", ".join(("Feature", "FeatureCollection", *CONTAINERS))
        run.report.fail(found.source, f"`type` must be one of {allowed}; got {found.document.get('type')!r}.")


def take_container(run: Load, found: Found, document: dict[str, Any]) -> None:
    """Create or replace a catalogue or a collection; of two that clash in one run the first stays."""
    document = renamed(document, "id") if run.options.rename_ids else document
    first = run.containers.setdefault((found.kind, str(document.get("id"))), found)
    if first.document != found.document:
        run.report.fail(found.source, f"Its id {document.get('id')!r} is that of {first.source}: give it another.")
        return
    try:
        outcome = upsert_container(run, document)
    except StacError as error:
        run.report.fail(found.source, error)
    else:
        setattr(run.report, outcome, getattr(run.report, outcome) + 1)


def upsert_container(run: Load, document: dict[str, Any]) -> str:
    """Return ``created``, ``updated`` or ``unchanged``."""
    who: dict[str, Any] = {"using": run.using, "actor": run.options.actor}
    create: Callable[..., object] = partial(transactions.create_collection, published=run.options.published)
    replace: Callable[..., Catalog | Collection] = transactions.replace_collection
    if document["type"] == "Catalog":
        create, replace = transactions.create_catalog, transactions.replace_catalog
    before = standing_digest(run, document)
    if before is None:
        with suppress(AlreadyExists):
            create(document, **who)
            return "created"
    return "unchanged" if replace(document, **who).digest == before else "updated"


def standing_digest(run: Load, document: dict[str, Any]) -> str | None:
    """Return the digest of what stands under the document's id."""
    identifier = identified(document, kind=document["type"])
    if document["type"] == "Catalog":
        rows: QuerySet[Any] = Catalog.objects.filter(catalog_id=identifier)
    else:
        rows = Collection.objects.filter(collection_id=identifier)
    digest: str | None = rows.using(run.using).values_list("digest", flat=True).first()
    return digest


def take_item(run: Load, found: Found, document: dict[str, Any]) -> None:
    """Put an item into the batch."""
    if run.options.collection:
        document = {**document, "collection": run.options.collection}
    elif run.options.rename_ids:
        document = renamed(document, "collection")
    run.waiting.append(Incoming(document=document, source=found.source))
    if len(run.waiting) >= BATCH:
        flush(run)


def renamed(document: dict[str, Any], member: str) -> dict[str, Any]:
    """Put dots for the slashes of an id."""
    value = document.get(member)
    return {**document, member: value.replace("/", ".")} if isinstance(value, str) else document


def flush(run: Load) -> None:
    """Store the batch."""
    if run.waiting:
        if run.options.create_collections:
            create_missing(run)
        run.report += transactions.upsert_items(
            run.waiting, published=run.options.published, using=run.using, actor=run.options.actor
        )
        run.waiting = []


def create_missing(run: Load) -> None:
    """Make the collections that the batch names and nobody has; their extent is that of their items."""
    named = {incoming.document.get("collection") for incoming in run.waiting}
    wanted = {name for name in named if isinstance(name, str) and name}
    stands = Collection.objects.using(run.using).filter(collection_id__in=wanted)
    for name in sorted(wanted - set(stands.values_list("collection_id", flat=True))):
        try:
            transactions.create_collection(
                plain_collection(name),
                published=run.options.published,
                extent_mode=ExtentMode.DERIVED,
                using=run.using,
                actor=run.options.actor,
            )
        except StacError as error:
            run.report.notes.append(str(error))
        else:
            run.report.notes.append(f"Collection {name!r} was created: give it a description and a license.")


def plain_collection(collection_id: str) -> dict[str, Any]:
    """The least that a Collection must say."""
    return {
        "type": "Collection",
        "stac_version": CURRENT,
        "id": collection_id,
        "description": f"Items of {collection_id}.",
        "license": "other",
        "extent": {"spatial": {"bbox": [[-180, -90, 180, 90]]}, "temporal": {"interval": [[None, None]]}},
        "links": [],
    }
