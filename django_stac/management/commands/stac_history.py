"""``stac_history``: how much of the past is kept, letting go of what is old, and having again what was deleted."""

import datetime as dt
from contextlib import nullcontext
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.db.models import Count, F, Func, IntegerField, Sum
from django.utils import timezone

from django_stac.exceptions import InvalidParameter
from django_stac.management.command import StacCommand
from django_stac.models import Collection, Kind, Tombstone, Version
from django_stac.spec.datetimes import parse_instant
from django_stac.transactions import derive, purge_versions, restore_collection, restore_items

SIZE = Func(F("document"), function="octet_length", output_field=IntegerField())
LONGEST = 365_000
"""Days, nearly a thousand years: beyond, there is no such date."""


class Command(StacCommand):
    """Without options it counts; the numbers of versions, and what was deleted, are never forgotten."""

    help = "Count the versions that are kept of what was replaced or deleted, let go of old ones, or undelete."
    examples = (
        "stac_history",
        "stac_history --purge --older-than 365 --dry-run",
        "stac_history --undelete sentinel-2",
        "stac_history --undelete sentinel-2 --since 2024-06-01T10:00:00Z",
    )

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--purge", action="store_true", help="Let go of old versions, and of files of theirs alone."
        )
        parser.add_argument(
            "--older-than", type=int, metavar="DAYS", help="With --purge: versions that were replaced before."
        )
        parser.add_argument(
            "--undelete",
            metavar="COLLECTION",
            help="Make a collection anew, if it is gone, and items that were deleted.",
        )
        parser.add_argument(
            "--since",
            metavar="DATETIME",
            help="With --undelete: items that were deleted since then (default: with the collection).",
        )

    def run(self, options: dict[str, Any]) -> None:
        days, since = days_of(options), since_of(options)
        with transaction.atomic(using=self.using) if self.dry_run else nullcontext():
            if days is not None:
                self.purge(timezone.now() - dt.timedelta(days=days))
            if options["undelete"] is not None:
                self.undelete(options["undelete"], since)
            self.count()
            if self.dry_run:
                transaction.set_rollback(True, using=self.using)

    def purge(self, before: dt.datetime) -> None:
        self.progress.begin("versions")
        for count in purge_versions(before, using=self.using):
            self.report.updated += count
            self.show(count)

    def undelete(self, collection: str, since: dt.datetime | None) -> None:
        """Make the collection anew where it is gone, and then its items."""
        if not Collection.objects.using(self.using).filter(collection_id=collection).exists():
            last = Version.objects.using(self.using).of_collection(collection).last()
            restore_collection(collection, last.number if last else 1, using=self.using)
            self.report.created += 1
        self.progress.begin("items")
        for report in restore_items(collection, since=since, using=self.using):
            self.report += report
            self.show(report.total)
        derive(using=self.using)

    def count(self) -> None:
        """Tell what is kept."""
        kept = Version.objects.using(self.using).kept()
        numbers = dict(kept.order_by().values_list("kind").annotate(Count("pk")))
        self.details |= {
            "items": numbers.get(Kind.ITEM, 0),
            "collections": numbers.get(Kind.COLLECTION, 0),
            "catalogs": numbers.get(Kind.CATALOG, 0),
            "bytes": kept.aggregate(total=Sum(SIZE))["total"] or 0,
            "tombstones": Tombstone.objects.using(self.using).count(),
        }


def days_of(options: dict[str, Any]) -> int | None:
    """The age from which versions go; None to let none go. Raises InvalidParameter."""
    days: int | None = options["older_than"]
    if options["purge"] != (days is not None):
        raise InvalidParameter("--purge", "needs --older-than DAYS, and the other way round.")
    if days is not None and not 0 <= days <= LONGEST:
        raise InvalidParameter("--older-than", f"must be 0 to {LONGEST} days; got {days}.")
    return days


def since_of(options: dict[str, Any]) -> dt.datetime | None:
    """The instant since which what was deleted comes back; None where none is given. Raises InvalidParameter."""
    if options["undelete"] is None and options["since"] is not None:
        raise InvalidParameter("--since", "needs --undelete COLLECTION.")
    try:
        return None if options["since"] is None else parse_instant(options["since"])
    except ValueError as error:
        raise InvalidParameter("--since", str(error)) from error
