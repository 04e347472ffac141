"""Many items that were deleted are made anew: what somebody has deleted by mistake, with its collection or without."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from django_stac.models import Item, Kind, Version
from django_stac.models.alias import write_alias
from django_stac.models.querysets import VersionQuerySet
from django_stac.transactions.bulk import Incoming, upsert_items
from django_stac.transactions.report import Report
from django_stac.transactions.restoring import facts_of
from django_stac.transactions.rows import BATCH

if TYPE_CHECKING:
    from django_stac.access import User


def restore_items(
    collection: str, *, since: dt.datetime, using: str | None = None, actor: "User" = None
) -> Iterator[Report]:
    """Make anew the items that were deleted since an instant and do not stand; yield a report of each thousand.

    Each is as published as it was. Whose document is not kept any more is passed over, what the gate refuses is
    reported; so are all where the collection does not stand.
    """
    alias, last = write_alias(using), ""
    while batch := list(deleted_items(collection, since, alias).filter(thing_id__gt=last)[:BATCH]):
        last = batch[-1].thing_id
        yield restored(batch, collection, alias, actor)


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
