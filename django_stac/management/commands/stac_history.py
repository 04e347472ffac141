"""``stac_history``: how much of the past is kept, and letting go of what is old."""

import datetime as dt
from contextlib import nullcontext
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.db.models import Count, F, Func, IntegerField, Sum
from django.utils import timezone

from django_stac.exceptions import InvalidParameter
from django_stac.management.command import StacCommand
from django_stac.models import Kind, Tombstone, Version
from django_stac.transactions import purge_versions

SIZE = Func(F("document"), function="octet_length", output_field=IntegerField())
LONGEST = 365_000
"""Days, nearly a thousand years: beyond, there is no such date."""


class Command(StacCommand):
    """Without options it counts; the numbers of versions, and what was deleted, are never forgotten."""

    help = "Count the versions that are kept of what was replaced or deleted, and let go of old ones."
    examples = ("stac_history", "stac_history --purge --older-than 365 --dry-run")

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--purge", action="store_true", help="Let go of old versions, and of files of theirs alone."
        )
        parser.add_argument(
            "--older-than", type=int, metavar="DAYS", help="With --purge: versions that were replaced before."
        )

    def run(self, options: dict[str, Any]) -> None:
        days = days_of(options)
        with transaction.atomic(using=self.using) if self.dry_run else nullcontext():
            if days is not None:
                self.purge(timezone.now() - dt.timedelta(days=days))
            self.count()
            if self.dry_run:
                transaction.set_rollback(True, using=self.using)

    def purge(self, before: dt.datetime) -> None:
        self.progress.begin("versions")
        for count in purge_versions(before, using=self.using):
            self.report.updated += count
            self.show(count)

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
