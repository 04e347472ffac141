"""Documents in: catalogues and collections through their verbs, items in batches."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from django_stac import transactions
from django_stac.exceptions import StacError
from django_stac.models import Collection, ExtentMode
from django_stac.models.alias import write_alias
from django_stac.spec.json_text import uncollected
from django_stac.spec.migration import with_commons
from django_stac.spec.versions import CURRENT, old_version
from django_stac.transactions import Incoming, Report
from django_stac.transactions.placement import ways
from django_stac.transfer.assets import Assets
from django_stac.transfer.containers import renamed, take_container, take_containers
from django_stac.transfer.source import Found, UnreadableDocument, documents_in, name_of
from django_stac.transfer.tree import CONTAINERS, DOWN, Container, Tree, links_of, walk

if TYPE_CHECKING:
    from django_stac.access import User

BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadOptions:
    """How documents are taken in."""

    collection: str | None = None
    """Put every item into this collection, whatever collection it names."""
    create_collections: bool = False
    """Make the collections that items name and nobody has."""
    rename_ids: bool = False
    """Put a dot for each slash in the ids of collections and catalogues, and the path before those that clash."""
    href_base: str | None = None
    """URL of the paths given, for the files that assets name."""
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
    assets: Assets
    waiting: list[Incoming] = field(default_factory=list)
    containers: dict[tuple[str, str], Container] = field(default_factory=dict)
    """Catalogues and collections of this run, by type and id."""
    stored: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    """Documents of other collections that old items lie in, by id."""

    @property
    def using(self) -> str:
        return write_alias(self.options.using)


def load(
    paths: Iterable[Path],
    options: LoadOptions,
    *,
    report: Report | None = None,
    on_progress: Callable[[int], None] = lambda count: None,
) -> Report:
    """Load the documents of files and folders, and what they link to; each ends in exactly one counter of the report.

    Catalogues and collections are taken before items, so that one call may bring both; their links give the structure.
    A dry run stores nothing. An interruption (KeyboardInterrupt) stores the open batch and passes on. Raises
    UnreadableDocument for an empty path, and InvalidParameter.
    """
    report = report or Report()
    open_ways = ways(href_base=options.href_base)
    with uncollected():
        tree = walk(paths, report)
    run = Load(options, on_progress, report, Assets(ways=open_ways, scopes=tree.scopes))
    with transaction.atomic(using=run.using) if options.dry_run else uncollected():
        try:
            take_containers(run, tree)
            take_items(run, tree)
        except KeyboardInterrupt:
            conclude(run)
            raise
        conclude(run)
    return run.report


def conclude(run: Load) -> None:
    """Store the last batch, compute what follows from all, and undo it where it was a rehearsal."""
    flush(run)
    run.assets.tell(run.report)
    transactions.derive(using=run.using, actor=run.options.actor)
    if run.options.dry_run:
        transaction.set_rollback(True, using=run.using)


def take_items(run: Load, tree: Tree) -> None:
    """Take the items of all files, and containers that stand among them."""
    for path, file in tree.items.items():
        is_empty = True
        for found in documents_in(file):
            is_empty = False
            if found.kind not in CONTAINERS or path not in tree.at:
                run.on_progress(1)
                take(run, tree, file, found)
        if is_empty:
            run.on_progress(1)
            run.report += Report(skipped=1, notes=[f"{name_of(file)}: it holds no document."])


def take(run: Load, tree: Tree, file: Path, found: Found) -> None:
    """Take a document of any kind."""
    if found.document is None:
        run.report.fail(found.source, found.problem)
    elif found.kind in CONTAINERS:
        take_container(run, container := Container(found, file))
        if any(links_of(container.document, DOWN)):
            run.report += Report(notes=[f"{found.source}: a {found.kind} among items; its links are not followed."])
    elif found.kind == "Feature":
        take_item(run, tree, file, found)
    else:
        allowed = ", ".join(("Feature", "FeatureCollection", *CONTAINERS))
        kind = found.document.get("type")
        run.report.fail(found.source, f"`type` must be one of {allowed}; got {kind!r}.")


def take_item(run: Load, tree: Tree, file: Path, found: Found) -> None:
    """Put an item into the batch; its collection is the one asked for, the one it names, or the one it lies under."""
    try:
        document = housed(run, tree, file, found.document or {})
    except UnreadableDocument as error:
        run.report.fail(found.source, error)
        return
    if old_version(document) and (above := collection_of(run, document)):
        document = with_commons(document, above)
    document, files = run.assets.placed(document, file, str(document.get("collection")))
    run.waiting.append(Incoming(document=document, source=found.source, files=files))
    if len(run.waiting) >= BATCH:
        flush(run)


def housed(run: Load, tree: Tree, file: Path, document: dict[str, Any]) -> dict[str, Any]:
    """The document with its collection. Raises UnreadableDocument where it has none, or any of several."""
    if run.options.collection:
        return {**document, "collection": run.options.collection}
    named = document.get("collection")
    candidates = tree.renamed.get(named) if isinstance(named, str) else None
    if not named or candidates:
        home = tree.home_above(document, file)
        if home is None or (named and named != home.id):
            raise UnreadableDocument(homeless(named, candidates))
        document = {**document, "collection": home.name or home.id}
    return renamed(document, "collection") if run.options.rename_ids else document


def homeless(named: object, candidates: list[str] | None) -> str:
    """Say why an item has no collection, and how it gets one."""
    if not candidates:
        return "The item names no collection and lies under none: put it into one with --collection."
    called = ", ".join(map(repr, candidates))
    return f"Its collection {named!r} is any of {called}: link it to its own, or name that with --collection."


def collection_of(run: Load, document: dict[str, Any]) -> dict[str, Any] | None:
    """The collection's document: the one of this run, or the stored one, asked for once."""
    name = document.get("collection")
    if not isinstance(name, str):
        return None
    if given := run.containers.get(("Collection", name)):
        return given.document
    if name not in run.stored and name.isprintable():
        stored = Collection.objects.using(run.using).filter(collection_id=name).first()
        run.stored[name] = stored.document if stored else None
    return run.stored.get(name)


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
    named = (incoming.document.get("collection") for incoming in run.waiting)
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
