"""Items of a batch that are replaced only in the state that their writer has read."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django_stac.exceptions import PreconditionFailed
from django_stac.models import Item

if TYPE_CHECKING:
    from django_stac.transactions.bulk import Batch
    from django_stac.transactions.gate import Write
    from django_stac.transactions.staging import Stored

Key = tuple[int, str]


def wanted(batch: "Batch") -> dict[Key, str]:
    """The digests that must stand, of those items that name one."""
    return {key: entry.if_match for key, (_, entry) in batch.items.items() if entry.if_match is not None}


def refuse_changed(batch: "Batch", rows: "list[Stored]", current: "Write") -> None:
    """Report the items that were not written because their condition does not hold."""
    written = {(collection, item_id) for _, collection, item_id, _ in rows}
    conditions = {key: digest for key, digest in wanted(batch).items() if key not in written}
    stand = digests(conditions.keys(), current) if conditions else {}
    for key in sorted(conditions):
        if stand.get(key) != conditions[key]:
            _, entry = batch.items.pop(key)
            batch.report.fail(entry.source or key[1], PreconditionFailed(reason(key, stand.get(key), conditions[key])))


def reason(key: Key, digest: str | None, condition: str) -> str:
    if digest is None:
        return f"There is no item {key[1]!r} that could be in the state {condition}."
    return f"The item {key[1]!r} was changed since it was read: its digest is {digest}, not {condition}."


def digests(keys: Collection[Key], current: "Write") -> dict[Key, str]:
    """The digests of stored items."""
    rows = Item.objects.using(current.using).filter(
        collection__in={collection for collection, _ in keys}, item_id__in={item_id for _, item_id in keys}
    )
    return {
        (collection, name): digest
        for collection, name, digest in rows.values_list("collection_id", "item_id", "digest")
    }
