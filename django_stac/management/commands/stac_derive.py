"""``stac_derive``: extents, summaries and counts of collections, computed from their published items."""

from contextlib import nullcontext
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from django_stac.exceptions import InvalidParameter
from django_stac.management.command import StacCommand
from django_stac.models import Collection
from django_stac.transactions import derive


class Command(StacCommand):
    """Consume the marks that writes leave, or compute what is named."""

    help = "Compute extents, summaries and counts of the collections that have changed, or of those named."
    examples = ("stac_derive", "stac_derive sentinel-2 elevation", "stac_derive --all")

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("collections", nargs="*", metavar="ID", help="Collections, changed or not.")
        parser.add_argument("--all", action="store_true", help="All collections.")

    def run(self, options: dict[str, Any]) -> None:
        named = options["collections"]
        if named and options["all"]:
            raise InvalidParameter("--all", "leaves nothing to name; give one or the other.")
        self.details["collections"] = []
        with transaction.atomic(using=self.using) if self.dry_run else nullcontext():
            self.compute(named, every=options["all"])
            if self.dry_run:
                transaction.set_rollback(True, using=self.using)

    def compute(self, named: list[str], *, every: bool) -> None:
        """Compute what has changed, what is named, or everything."""
        if not named and not every:
            self.note(derive(using=self.using))
            return
        standing = Collection.objects.using(self.using).values_list("collection_id", flat=True)
        for name in dict.fromkeys(named or standing):
            if derived := derive(collections=[name], using=self.using):
                self.note(derived)
            else:
                self.report.fail(name, "There is no such collection.")
            self.progress.step()

    def note(self, derived: list[str]) -> None:
        """Count collections as computed."""
        self.details["collections"] += derived
        self.report.updated += len(derived)
