"""``stac_index``: which properties are searched, and indexes that make them fast."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.management.base import CommandParser

from django_stac.cql2.queryables import PREFIX, SORTABLE, Kind, Queryable
from django_stac.exceptions import InvalidParameter
from django_stac.management.command import StacCommand
from django_stac.management.listing import listed
from django_stac.models import Collection
from django_stac.search.names import indexes
from django_stac.search.names.demand import searched
from django_stac.search.names.indexes import PropertyIndex
from django_stac.search.names.scope import scope_of

KINDS = sorted(kind.value for kind in SORTABLE - {Kind.PERIOD})


class Command(StacCommand):
    """Without arguments it lists; indexes are made and dropped while the site reads and writes."""

    help = "List which properties of items are searched, make some fast by an index, drop indexes that nobody uses."
    examples = (
        "stac_index",
        "stac_index eo:cloud_cover platform",
        "stac_index my:grade --kind number",
        "stac_index --drop platform",
        "stac_index --drop-unused --days 90",
        "stac_index --words",
    )

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("properties", nargs="*", metavar="PROPERTY", help="Properties to make fast.")
        parser.add_argument("--kind", choices=KINDS, help="What the properties hold, where items do not tell.")
        parser.add_argument("--drop", action="store_true", help="Drop the indexes of the properties instead.")
        parser.add_argument(
            "--drop-unused", action="store_true", help="Drop indexes that no search has needed, see --days."
        )
        parser.add_argument(
            "--days",
            type=int,
            default=30,
            help="Days that an index must be old, and its property not searched, to be unused (default: 30).",
        )
        parser.add_argument(
            "--words",
            action="store_true",
            help="Read the words of all items anew, as DJANGO_STAC['TEXT_SEARCH_CONFIG'] says now. Locks the items.",
        )

    def run(self, options: dict[str, Any]) -> None:
        named = list(dict.fromkeys(options["properties"]))
        if options["drop"] and not named:
            raise InvalidParameter("--drop", "needs the names of properties.")
        if options["drop_unused"] and named:
            raise InvalidParameter("--drop-unused", "finds the indexes itself: name no properties.")
        with indexes.unlimited(self.using):
            if options["words"]:
                self.renew_words()
            if options["drop_unused"]:
                self.drop(list(self.unused(options["days"])))
            elif options["drop"]:
                self.drop_named(named)
            else:
                self.create(named, options["kind"])
        found = listed(searched(self.using), self.standing())
        self.details["properties"] = [each.as_dict() for each in found]
        for each in found:
            self.progress.say(str(each))

    # Making

    def create(self, names: list[str], kind: str | None) -> None:
        """Make an index for each property."""
        standing = {each.name for each in self.standing() if each.is_valid}
        for name, found in self.found(names).items():
            chosen = Kind(kind) if kind else found
            if indexes.index_name(name, chosen) in standing:
                self.report.unchanged += 1
            elif problem := self.problem(name, chosen):
                self.report.fail(name, problem)
            else:
                self.make(name, chosen)
            self.show()

    def make(self, name: str, kind: Kind) -> None:
        self.progress.begin(f"indexing {name}")
        try:
            if not self.dry_run:
                indexes.create_index(name, kind, self.using)
        except InvalidParameter as error:
            self.report.fail(name, f"It {error.reason}")
        else:
            self.report.created += 1

    def problem(self, name: str, kind: Kind) -> str:
        """Say why a property gets no index; empty when it may have one."""
        if name in indexes.OWN:
            return "It has a column of its own, which is indexed as searches need it."
        if kind is Kind.ANY:
            return f"Items do not tell what it holds, or differ: say so with --kind ({', '.join(KINDS)})."
        return "" if kind in SORTABLE else f"It holds values of the kind {kind.value}, which have no order."

    def found(self, names: list[str]) -> dict[str, Kind]:
        """The properties by their own names, and what they hold, over all collections."""
        if not names:
            return {}
        queryables = scope_of(Collection.objects.using(self.using), (), frozenset(names)).queryables
        found = [queryables.get(name) or Queryable(name.removeprefix(PREFIX), Kind.ANY) for name in names]
        return {queryable.name: queryable.kind for queryable in found}

    def renew_words(self) -> None:
        self.progress.begin("reading words")
        if not self.dry_run:
            indexes.renew_words(self.using)
        self.report.updated += 1

    # Dropping

    def standing(self) -> list[PropertyIndex]:
        return indexes.property_indexes(self.using)

    def drop_named(self, names: list[str]) -> None:
        """Drop the indexes of each property."""
        standing = self.standing()
        for name in names:
            found = [each for each in standing if each.property in (name, name.removeprefix(PREFIX))]
            if not found:
                self.report.fail(name, "It has no index that stac_index has made.")
            self.drop(found)

    def drop(self, found: list[PropertyIndex]) -> None:
        for each in found:
            if not self.dry_run:
                indexes.drop_index(each.name, self.using)
            self.report.updated += 1
            self.show()

    def unused(self, days: int) -> Iterator[PropertyIndex]:
        """Indexes that are old enough, were never used, and whose property nobody has asked for of late."""
        since = datetime.now(UTC) - timedelta(days=days)
        wanted = searched(self.using)
        for each in self.standing():
            last = wanted[each.property].last_searched if each.property in wanted else None
            if each.created < since and not each.scans and (last is None or last < since):
                yield each
