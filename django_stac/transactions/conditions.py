"""Items of a batch that are replaced only in the state that their writer has read."""

from typing import TYPE_CHECKING

from django_stac.exceptions import PreconditionFailed
from django_stac.models import Item

if TYPE_CHECKING:
    from django_stac.transactions.bulk import Batch
    from django_stac.transactions.gate import Write

Key = tuple[int, str]
Stored = tuple[int, int, str, bool]
"""Primary key, collection, item id, and whether it is new."""

# Checked where the row is locked: a look before would be of a state that another writer may change.
MATCHING = """ AND item.digest = COALESCE((
    SELECT wanted.digest FROM unnest(%s::int[], %s::text[], %s::text[]) AS wanted (collection_id, item_id, digest)
    WHERE wanted.collection_id = EXCLUDED.collection_id AND wanted.item_id = EXCLUDED.item_id), item.digest)"""


def wanted(batch: "Batch") -> dict[Key, str]:
    """The digests that must stand, of those items that name one."""
    return {key: entry.if_match for key, (_, entry) in batch.items.items() if entry.if_match is not None}


def in_columns(conditions: dict[Key, str]) -> list[list[int] | list[str]]:
    """The parameters of ``MATCHING``."""
    return [[key for key, _ in conditions], [name for _, name in conditions], list(conditions.values())]


def refuse_changed(batch: "Batch", rows: list[Stored], current: "Write") -> list[Stored]:
    """Report the items whose condition does not hold, and return what was stored of the others."""
    if not (conditions := wanted(batch)):
        return rows
    is_new = {(collection, item_id): pk for pk, collection, item_id, created in rows if created}
    strangers = conditions.keys() & is_new.keys()
    Item.objects.using(current.using).filter(pk__in=[is_new[key] for key in strangers]).only("pk").delete()
    untouched = conditions.keys() - {(collection, item_id) for _, collection, item_id, _ in rows}
    stand = digests(untouched, current)
    changed = {key for key in untouched if stand.get(key) != conditions[key]}
    for key in sorted(strangers | changed):
        _, entry = batch.items.pop(key)
        batch.report.fail(entry.source or key[1], PreconditionFailed(reason(key, stand.get(key), conditions[key])))
    return [row for row in rows if (row[1], row[2]) not in strangers]


def reason(key: Key, digest: str | None, condition: str) -> str:
    if digest is None:
        return f"There is no item {key[1]!r} that could be in the state {condition}."
    return f"The item {key[1]!r} was changed since it was read: its digest is {digest}, not {condition}."


def digests(keys: set[Key], current: "Write") -> dict[Key, str]:
    """The digests of stored items."""
    rows = Item.objects.using(current.using).filter(
        collection__in={collection for collection, _ in keys}, item_id__in={item_id for _, item_id in keys}
    )
    return {
        (collection, name): digest
        for collection, name, digest in rows.values_list("collection_id", "item_id", "digest")
    }
