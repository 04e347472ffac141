"""The stored files of an item or a collection: kept in step with the document that refers to them."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from django.db import transaction

from django_stac.conf import stac_settings
from django_stac.logs import plain
from django_stac.models import StoredFile, Version
from django_stac.models.stored_file import reference, storage_named
from django_stac.transactions.gate import Write
from django_stac.transactions.prepare import REFERENCE

if TYPE_CHECKING:
    from django.db.models import QuerySet

logger = logging.getLogger("django_stac.transactions")

Noun = Literal["item", "collection"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFact:
    """A file that an asset refers to, as ingest found or wrote it."""

    storage: str
    path: str
    key: str
    size: int
    checksum: str = ""
    owned: bool = False

    @property
    def reference(self) -> str:
        return reference(self.storage, self.path)


@dataclass(frozen=True, slots=True)
class Held:
    """What one owner holds: the bytes of its document, and the facts that came with it."""

    body: bytes
    facts: Sequence[FileFact] = ()

    @property
    def references(self) -> set[str]:
        """The stored files that the document names."""
        return {text.decode() for text in REFERENCE.findall(self.body)}


def references_of(using: str, *, items: Iterable[int] = (), collections: Iterable[int] = ()) -> dict[int, set[str]]:
    """The references that items, or collections, may hold, by primary key."""
    found: dict[int, set[str]] = {}
    rows = StoredFile.objects.using(using)
    for row in rows.filter(item__in=list(items)):
        found.setdefault(row.item_id or 0, set()).add(row.reference)
    for row in rows.filter(collection__in=list(collections)):
        found.setdefault(row.collection_id or 0, set()).add(row.reference)
    return found


def keep_in_step(current: Write, noun: Noun, held: Mapping[int, Held]) -> None:
    """Store the facts of owners, by primary key, and drop the rows that their documents name no more."""
    rows = StoredFile.objects.using(current.using)
    standing = {identity(noun, row): row for row in rows.filter(**{f"{noun}__in": list(held)})} if held else {}
    facts = {(owner, *place(fact)): fact for owner, each in held.items() for fact in each.facts}
    fresh = facts.keys() - standing.keys()
    rows.bulk_create(StoredFile(**{f"{noun}_id": key[0]}, **asdict(facts[key])) for key in sorted(fresh))
    update(rows, {standing[key]: facts[key] for key in facts.keys() & standing.keys()})
    named = {owner: each.references for owner, each in held.items()}
    unnamed = [row.pk for (owner, *_), row in standing.items() if row.reference not in named[owner]]
    drop(current, rows.filter(pk__in=unnamed))


def identity(noun: Noun, row: StoredFile) -> tuple[int, str, str, str]:
    """What is unique of a row: its owner, and what :func:`place` tells."""
    owner: int = getattr(row, f"{noun}_id")
    return (owner, *place(row))


def place(file: StoredFile | FileFact) -> tuple[str, str, str]:
    return file.key, file.storage, file.path


def update(rows: "QuerySet[StoredFile]", facts: dict[StoredFile, FileFact]) -> None:
    """Write what is known of files anew; who finds a file in its place knows less than who wrote it there."""
    for row, fact in facts.items():
        checksum = fact.checksum or (row.checksum if row.size == fact.size else "")
        row.size, row.checksum, row.owned = fact.size, checksum, row.owned or fact.owned
    rows.bulk_update(facts, ["size", "checksum", "owned"])


def drop(current: Write, rows: "QuerySet[StoredFile]") -> None:
    """Delete rows, and after the commit the owned files that have no row left; with a history a version names them."""
    owned = set() if stac_settings.HISTORY else set(rows.filter(owned=True).values_list("storage", "path"))
    rows.delete()
    for storage, path in sorted(owned):
        remove_later(current.using, storage, path)


def remove_later(using: str, storage: str, path: str) -> None:
    """Delete a file after the commit. What is stored stays so whatever fails then: Django logs it."""

    # Django wants the name of a function that fails, which a partial has not.
    def remove() -> None:
        remove_if_last(using, storage, path)

    transaction.on_commit(remove, using=using, robust=True)


def remove_if_last(using: str, storage: str, path: str) -> None:
    """Delete a file that no row and no version refers to; a storage that refuses is logged with the file that stays."""
    rows = StoredFile.objects.using(using).filter(storage=storage, path=path)
    if rows.exists() or Version.objects.using(using).naming_file(storage, path).exists():
        return
    try:
        storage_named(storage).delete(path)
    except Exception:
        logger.exception("The storage %r did not delete %s", storage, plain(path))
