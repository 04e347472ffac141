"""The stored files of an item or a collection: kept in step with the document that refers to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from django.db import transaction

from django_stac.models import Collection, Item, StoredFile
from django_stac.models.stored_file import reference, storage_named
from django_stac.transactions.gate import Write
from django_stac.transactions.prepare import REFERENCE

Owner = Item | Collection


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


def references_of(using: str, *, items: Iterable[int] = (), collections: Iterable[int] = ()) -> dict[int, set[str]]:
    """The references that items, or collections, may hold, by primary key."""
    found: dict[int, set[str]] = {}
    rows = StoredFile.objects.using(using)
    for row in rows.filter(item__in=list(items)):
        found.setdefault(row.item_id or 0, set()).add(row.reference)
    for row in rows.filter(collection__in=list(collections)):
        found.setdefault(row.collection_id or 0, set()).add(row.reference)
    return found


def keep_in_step(current: Write, owners: dict[str, int], body: bytes, facts: Sequence[FileFact]) -> None:
    """Store the facts of one owner (``{"item_id": pk}``), and drop its rows that the document names no more."""
    rows = StoredFile.objects.using(current.using)
    for fact in facts:
        rows.update_or_create(
            **owners,  # type: ignore[arg-type]  # the names are fields
            storage=fact.storage,
            path=fact.path,
            key=fact.key,
            defaults={"size": fact.size, "checksum": fact.checksum, "owned": fact.owned},
        )
    named = {text.decode() for text in REFERENCE.findall(body)}
    drop(current, [row for row in rows.filter(**owners) if row.reference not in named])


def drop(current: Write, rows: Iterable[StoredFile]) -> None:
    """Delete rows, and after the commit the owned files that have no row left."""
    for row in list(rows):
        row.delete(using=current.using)
        if row.owned:
            transaction.on_commit(partial(remove_if_last, current.using, row.storage, row.path), using=current.using)


def remove_if_last(using: str, storage: str, path: str) -> None:
    """Delete a file that no row refers to any more."""
    if not StoredFile.objects.using(using).filter(storage=storage, path=path).exists():
        storage_named(storage).delete(path)
