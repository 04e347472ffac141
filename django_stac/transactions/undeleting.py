"""Many items that were deleted are made anew: what somebody has deleted by mistake, with its collection or without."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Exists, Min, OuterRef

from django_stac.exceptions import NotFound
from django_stac.models import Item, Kind, Tombstone, Version
from django_stac.models.alias import write_alias
from django_stac.models.querysets import VersionQuerySet
from django_stac.transactions.bulk import Incoming, upsert_items
from django_stac.transactions.report import Report
from django_stac.transactions.restoring import facts_of
from django_stac.transactions.rows import BATCH

if TYPE_CHECKING:
    from django_stac.access import User


def restore_items(
    collection: str, *, since: dt.datetime | None = None, using: str | None = None, actor: "User" = None
) -> Iterator[Report]:
    """Make anew the items that were deleted since an instant (default: with the collection) and do not stand.

    Each is as published as it was; a report of each thousand is yielded. Whose document is not kept any more is passed
    over, what the gate refuses is reported; so are all where the collection does not stand. Raises NotFound where
    nothing says since when.
    """
    alias, last = write_alias(using), ""
    began = since or deletion_of(collection, alias)
    while batch := list(deleted_items(collection, began, alias).filter(thing_id__gt=last)[:BATCH]):
        last = batch[-1].thing_id
        yield restored(batch, collection, alias, actor)


def deletion_of(collection: str, using: str) -> dt.datetime:
    """When the last deletion of a collection began; its items were deleted since. Raises NotFound."""
    stones = Tombstone.objects.using(using)
    last = stones.of_collection(collection).filter(deleted=True).last()
    if last is None:
        raise NotFound(f"The collection {collection!r} was never deleted: say since when its items were.")
    # All of one transaction; versions end right after their tombstones.
    together = stones.filter(collection_id=collection, changed=last.changed, deleted=True)
    began: dt.datetime = together.aggregate(began=Min("at"))["began"]
    return began


def restored(versions: list[Version], collection: str, using: str, actor: "User") -> Report:
    """Store these documents, those that were published and those that were not."""
    report = Report()
    for published in (True, False):
        incoming = [
            Incoming(document=version.document, source=version.thing_id, files=facts_of(version))
            for version in versions
            if version.item_published is published
        ]
        report += upsert_items(
            incoming, collection=collection, published=published, replace=False, using=using, actor=actor
        )
    return report


def deleted_items(collection: str, since: dt.datetime, using: str) -> VersionQuerySet:
    """The last versions of items that were deleted, in the order of ids."""
    versions = Version.objects.using(using)
    found = versions.kept().filter(kind=Kind.ITEM, collection_id=collection, deleted=True, ended__gte=since)
    standing = Item.objects.using(using).filter(
        collection__collection_id=OuterRef("collection_id"), item_id=OuterRef("thing_id")
    )
    return found.exclude(Exists(versions.later())).exclude(Exists(standing)).order_by("thing_id")
