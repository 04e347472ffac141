"""``stac_derive``: extents, summaries and counts of collections, computed from their published items."""

from contextlib import nullcontext
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from django_stac.exceptions import InvalidParameter
from django_stac.management.command import StacCommand
from django_stac.models import Collection
from django_stac.transactions import derive
from django_stac.transactions.drift import Drift, drift, snapshot

UNKNOWN = "There is no such collection."


class Command(StacCommand):
    """Consume the marks that writes leave, or compute what is named, or tell which stored facts are wrong."""

    help = "Compute extents, summaries and counts of the collections that have changed, or of those named."
    examples = ("stac_derive", "stac_derive sentinel-2 elevation", "stac_derive --all", "stac_derive --check --json")

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("collections", nargs="*", metavar="ID", help="Collections, changed or not.")
        parser.add_argument("--all", action="store_true", help="All collections.")
        parser.add_argument(
            "--check",
            action="store_true",
            help="Store nothing: fail for collections (default: all) whose stored facts are not those of their items.",
        )

    def run(self, options: dict[str, Any]) -> None:
        named = options["collections"]
        if named and options["all"]:
            raise InvalidParameter("--all", "leaves nothing to name; give one or the other.")
        self.details["collections"] = []
        if options["check"]:
            self.check_facts(named)
            return
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
                self.report.fail(name, UNKNOWN)
            self.progress.step()

    def note(self, derived: list[str]) -> None:
        """Count collections as computed."""
        self.details["collections"] += derived
        self.report.updated += len(derived)

    # --check

    def check_facts(self, named: list[str]) -> None:
        """Compare collections with their items, all in one snapshot."""
        self.details["differences"] = {}
        with snapshot(self.using):
            rows = Collection.objects.using(self.using)
            keys = dict(rows.order_by("collection_id").values_list("collection_id", "pk"))
            for name in dict.fromkeys(named or keys):
                if name in keys:
                    self.judge(name, drift(rows.get(pk=keys[name]), self.using))
                else:
                    self.report.fail(name, UNKNOWN)
                self.show()

    def judge(self, name: str, found: Drift) -> None:
        """Count one collection; an extent of the owner's own words is noted, whatever it leaves out."""
        if found.uncovered:
            leave = "leave" if len(found.uncovered) > 1 else "leaves"
            self.report.notes.append(f"{name}: its own {' and '.join(found.uncovered)} {leave} items outside.")
        if not found.differences:
            self.report.unchanged += 1
            return
        self.details["collections"].append(name)
        self.details["differences"][name] = {
            fact: {"stored": stored, "true": true} for fact, (stored, true) in found.differences.items()
        }
        if found.is_marked:
            self.report.skipped += 1
            self.report.notes.append(f"{name}: has not been derived since the last change.")
        else:
            self.report.fail(name, found)
