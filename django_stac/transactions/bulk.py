"""Many items at once: prepared in Python, sent by binary COPY, stored by a few statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import orjson

from django_stac.exceptions import AlreadyExists, InvalidDocument, NotFound
from django_stac.models import Collection, Item
from django_stac.transactions.conditions import refuse_changed
from django_stac.transactions.files import FileFact, Held, keep_in_step, references_of
from django_stac.transactions.gate import Write, write
from django_stac.transactions.prepare import PreparedItem, prepare_item
from django_stac.transactions.report import Report
from django_stac.transactions.rows import held
from django_stac.transactions.schemas import strictness_of
from django_stac.transactions.staging import Stored, staged
from django_stac.transactions.strictness import Strictness

if TYPE_CHECKING:
    from django_stac.access import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One item on its way in."""

    document: Any
    source: str = ""
    """The file or line, as its giver would name it; default: the item's id."""
    files: Sequence[FileFact] = ()
    if_match: str | None = None
    """The digest in which alone a stored item is replaced; one that names it is never created."""


@dataclass(slots=True, kw_only=True)
class Batch:
    """The items of one statement, the last of each id."""

    replace: bool
    """Whether an item that stands is replaced; else it is a failure to name one."""
    report: Report = field(default_factory=Report)
    collections: dict[str, int] = field(default_factory=dict)
    strictness: dict[str, Strictness] = field(default_factory=dict)
    """How the items of each collection are judged."""
    items: dict[tuple[int, str], tuple[PreparedItem, Incoming]] = field(default_factory=dict)
    unchecked: dict[str, str] = field(default_factory=dict)
    """Extensions that nobody could check, with the reason."""

    @property
    def names(self) -> dict[int, str]:
        return {pk: name for name, pk in self.collections.items()}


def upsert_items(
    incoming: Iterable[Incoming | dict[str, Any]],
    *,
    collection: str | None = None,
    published: bool = True,
    replace: bool = True,
    using: str | None = None,
    actor: "User" = None,
) -> Report:
    """Create or replace one batch of items, about a thousand, in one transaction.

    What is refused is reported by name and the rest is stored; the last of several items with one id wins, and the
    report counts the others as skipped. Without ``replace`` an id that is taken, be it by another item of the batch,
    is a failure. ``published`` concerns new items only. What the database refuses splits the batch into parts.
    """
    entries = [entry if isinstance(entry, Incoming) else Incoming(document=entry) for entry in incoming]
    part = partial(upsert_items, collection=collection, published=published, replace=replace, using=using, actor=actor)
    try:
        with write(using, actor) as current:
            return merged(entries, collection, current, published=published, replace=replace)
    except InvalidDocument as error:
        # Which of them the database has refused it does not say: half of them, and half again, until one is left.
        half = len(entries) // 2
        if half == 0:
            return refused(entries[0], error)
        report = part(entries[:half])
        report += part(entries[half:])
        return report


def merged(
    entries: list[Incoming], collection: str | None, current: Write, *, published: bool, replace: bool
) -> Report:
    """Store what can be stored, and report what is refused. Raises InvalidDocument where the database refuses one."""
    homes = known_collections(entries, collection, current)
    batch = Batch(
        replace=replace,
        collections={home.collection_id: home.pk for home in homes},
        strictness={home.collection_id: strictness_of(home, current.using) for home in homes},
    )
    for entry in entries:
        take(entry, collection, batch, current)
    batch.report.leave_unchecked(batch.unchecked)
    if batch.items:
        merge(batch, current, published=published)
    return batch.report


def refused(entry: Incoming, error: InvalidDocument) -> Report:
    report = Report()
    report.fail(entry.source or identifier_of(entry), error)
    return report


# Reading in


def known_collections(entries: list[Incoming], collection: str | None, current: Write) -> list[Collection]:
    """The collections that these items name."""
    return held({collection} if collection else set(filter(None, map(named_collection, entries))), current)


def named_collection(entry: Incoming) -> str | None:
    name = entry.document.get("collection") if isinstance(entry.document, dict) else None
    return name if isinstance(name, str) else None


@dataclass(slots=True, kw_only=True)
class OwnReferences:
    """The references to stored files that one item may hold; the database is asked only when one is met."""

    given: frozenset[str]
    using: str
    collection: int
    item_id: str

    def __contains__(self, reference: object) -> bool:
        return reference in self.given or reference in self.stored()

    def stored(self) -> set[str]:
        """References of the item that stands in the database."""
        items = Item.objects.using(self.using).filter(collection=self.collection, item_id=self.item_id)
        pk = items.values_list("pk", flat=True).first()
        return references_of(self.using, items=[pk]).get(pk, set()) if pk else set()


def take(entry: Incoming, collection: str | None, batch: Batch, current: Write) -> None:
    """Prepare one item into the batch, or report why it is refused."""
    name = collection or named_collection(entry)
    source = entry.source or identifier_of(entry)
    if name not in batch.collections:
        missing = f"There is no collection {name!r}." if name else "The item names no collection."
        batch.report.fail(source, NotFound(missing))
        return
    try:
        files = own_references(entry, name, batch, current)
        prepared = prepare_item(entry.document, collection_id=name, files=files, strictness=batch.strictness[name])
    except InvalidDocument as error:
        batch.report.fail(source, error)
        return
    batch.unchecked |= prepared.unchecked
    key = (batch.collections[name], prepared.id)
    if key in batch.items and not batch.replace:
        batch.report.fail(source, AlreadyExists(f"The id {prepared.id!r} is given more than once."))
        return
    if key in batch.items:
        batch.report.skipped += 1
        batch.report.notes.append(f"{prepared.id}: given more than once, the last one counts.")
    batch.items[key] = (prepared, entry)


def own_references(entry: Incoming, name: str, batch: Batch, current: Write) -> OwnReferences:
    given = frozenset(fact.reference for fact in entry.files)
    collection = batch.collections[name]
    return OwnReferences(given=given, using=current.using, collection=collection, item_id=identifier_of(entry))


def identifier_of(entry: Incoming) -> str:
    return str(entry.document.get("id")) if isinstance(entry.document, dict) else "?"


# Storing


def merge(batch: Batch, current: Write, *, published: bool) -> None:
    """Store the batch and count what became of it."""
    names, held = batch.names, {}
    rows = stored(batch, current, published=published)
    refuse_changed(batch, rows, current)
    for pk, collection, item_id, created in rows:
        prepared, entry = batch.items[collection, item_id]
        if entry.files or not created:
            held[pk] = Held(prepared.body, entry.files)
        current.note_item("created" if created else "updated", names[collection], item_id)
    keep_in_step(current, "item", held)
    if not batch.replace:
        refuse_taken(batch, {(collection, item_id) for _, collection, item_id, _ in rows})
    count(batch, [created for *_, created in rows])
    current.mark(*(collection for _, collection, *_ in rows))


def refuse_taken(batch: Batch, stored: set[tuple[int, str]]) -> None:
    """Report the items whose ids others have."""
    for collection, item_id in sorted(batch.items.keys() - stored):
        _, entry = batch.items.pop((collection, item_id))
        message = f"Collection {batch.names[collection]!r} has an item {item_id!r} already."
        batch.report.fail(entry.source or item_id, AlreadyExists(message))


def stored(batch: Batch, current: Write, *, published: bool) -> list[Stored]:
    """Write the batch: each row that was made or changed."""
    rows = (row(key, *each, published=published) for key, each in batch.items.items())
    is_conditional = any(entry.if_match is not None for _, entry in batch.items.values())
    with staged(rows, current) as staging:
        made = staging.insert(replace=batch.replace)
        changed = staging.replace() if batch.replace and len(made) < len(batch.items) else []
        return (staging.take_back(made) if is_conditional else made) + changed


def row(key: tuple[int, str], prepared: PreparedItem, entry: Incoming, *, published: bool) -> tuple[Any, ...]:
    """One row of the staging table."""
    columns = prepared.columns
    return (
        key[0],
        prepared.id,
        columns.geometry,
        columns.datetime,
        columns.start_datetime,
        columns.end_datetime,
        orjson.dumps(columns.properties),
        prepared.body,
        prepared.digest,
        published,
        entry.if_match,
    )


def count(batch: Batch, created: list[bool]) -> None:
    batch.report.created += sum(created)
    batch.report.updated += len(created) - sum(created)
    batch.report.unchanged += len(batch.items) - len(created)
