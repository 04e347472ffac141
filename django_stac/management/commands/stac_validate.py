"""``stac_validate``: what the gate would say of stored rows, or of files, told by problem."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from django_stac.exceptions import InvalidParameter, NotFound
from django_stac.management.command import StacCommand
from django_stac.management.tally import Tally
from django_stac.models import Catalog, Collection, Item, Validation
from django_stac.spec.json_text import uncollected
from django_stac.transactions.judging import Judge
from django_stac.transfer.source import Found, documents_in, files_in
from django_stac.validation.extensions import Findings
from django_stac.validation.problems import Problem

BATCH = 500

Judged = Iterator[tuple[str, Findings]]
"""Documents by the name that people know them by, with what was found."""


class Command(StacCommand):
    """Nothing is changed: rows that are refused now were stored when less was asked."""

    help = (
        "Check stored catalogues, collections and items, or documents in files, as if they came in now, and count "
        "them by problem. A document is checked as its collection or the site asks, or at --level."
    )
    examples = (
        "stac_validate",
        "stac_validate --collection scenes --level extensions",
        "stac_validate --item scene-1 --item scene-2",
        "stac_validate archive/ --json",
    )
    writes = False

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths", nargs="*", type=Path, metavar="PATH", help="Files or folders; default: what is stored."
        )
        parser.add_argument(
            "--collection",
            dest="collections",
            action="append",
            default=[],
            metavar="ID",
            help="Check this collection and its items only; repeatable.",
        )
        parser.add_argument(
            "--item", dest="items", action="append", default=[], metavar="ID", help="Check this item only; repeatable."
        )
        parser.add_argument("--level", choices=Validation.values, help="How much is checked, whatever is set.")

    def run(self, options: dict[str, Any]) -> None:
        if options["paths"] and (options["collections"] or options["items"]):
            raise InvalidParameter("PATH", "cannot be combined with --collection and --item.")
        self.judge, self.tally = Judge(self.using, level=options["level"]), Tally()
        self.progress.begin("documents")
        try:
            with uncollected():
                self.count(self.judged(options))
        finally:
            self.details |= self.tally.as_dict()
            self.progress.tell(self.report)
            for line in self.tally.lines():
                self.progress.say(line)

    def judged(self, options: dict[str, Any]) -> Judged:
        if options["paths"]:
            yield from self.in_files(options["paths"])
        else:
            yield from self.stored(options["collections"], options["items"])

    def next_steps(self) -> str:
        return "stac_schemas --from URL stores schemas that are missing" if self.details["unchecked"] else ""

    def count(self, judged: Judged) -> None:
        """Count each document once; by name only the first ones of each kind of problem."""
        for source, found in judged:
            is_first = self.tally.add(source, found)
            if not found.problems:
                self.report.unchanged += 1
            elif is_first:
                self.report.fail(source, "; ".join(map(str, found.problems[:3])))
            else:
                self.report.failed += 1
            self.progress.step()

    # What is stored

    def stored(self, collections: list[str], items: list[str]) -> Judged:
        homes = self.homes(collections)
        if not items:
            yield from self.containers(homes, alone=bool(collections))
        missing = set(items)
        for batch in self.batches(homes, items):
            missing -= {row.item_id for row in batch}
            yield from zip(map(name_of_item, batch), self.judge.items(batch), strict=True)
        for item_id in sorted(missing):
            yield item_id, Findings(problems=[Problem("", "There is no such item.")])

    def batches(self, homes: dict[int, Collection], items: list[str]) -> Iterator[list[Item]]:
        """The items of these collections, or those of these ids among them, in the order of their keys."""
        rows = Item.objects.using(self.using).filter(collection__in=list(homes))
        rows = rows.filter(item_id__in=items) if items else rows
        last = 0
        while batch := list(rows.only("item_id", "collection", "document").filter(pk__gt=last).order_by("pk")[:BATCH]):
            for row in batch:
                row.collection = homes[row.collection_id]
            yield batch
            last = batch[-1].pk

    def homes(self, named: list[str]) -> dict[int, Collection]:
        """The collections by primary key. Raises NotFound."""
        rows = Collection.objects.using(self.using)
        found = {row.pk: row for row in (rows.filter(collection_id__in=named) if named else rows)}
        if absent := sorted(set(named) - {row.collection_id for row in found.values()}):
            raise NotFound(f"There is no collection {absent[0]!r}.")
        return found

    def containers(self, homes: dict[int, Collection], *, alone: bool) -> Judged:
        if not alone:
            for row in Catalog.objects.using(self.using).iterator():
                yield row.catalog_id, self.judge.document(row.document, None)
        for home in homes.values():
            yield home.collection_id, self.judge.collection(home)

    # Files

    def in_files(self, paths: list[Path]) -> Judged:
        homes = {row.collection_id: row for row in self.homes([]).values()}
        for path in paths:
            for file in files_in(path):
                for found in documents_in(file):
                    yield found.source, self.in_file(found, homes)

    def in_file(self, found: Found, homes: dict[str, Collection]) -> Findings:
        """Judge one document as the collection of its name would, where that stands."""
        if found.document is None:
            return Findings(problems=[Problem("", found.problem)])
        name = found.document.get("id" if found.kind == "Collection" else "collection")
        home = homes.get(name) if isinstance(name, str) else None
        return self.judge.document(found.document, home, collection_id=name if isinstance(name, str) else "none")


def name_of_item(row: Item) -> str:
    return f"{row.collection.collection_id}/{row.item_id}"
