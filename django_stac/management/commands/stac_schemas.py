"""``stac_schemas``: the cache of extension schemas, filled from a folder or from the web."""

from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from django_stac.exceptions import InvalidParameter
from django_stac.management.command import StacCommand
from django_stac.models import ExtensionSchema
from django_stac.transactions.schemas import current_schemas, forget_schemas, store_schemas
from django_stac.transfer.schemas import FoundSchema, is_address, schemas_at, schemas_in


class Command(StacCommand):
    """Without options it lists; a request never fetches a schema, this command alone does."""

    help = "List, store or drop the schemas of extensions that documents are checked by at the level `extensions`."
    examples = (
        "stac_schemas",
        "stac_schemas --from https://stac-extensions.github.io/eo/v2.0.0/schema.json",
        "stac_schemas --from /data/schemas",
        "stac_schemas --drop https://example.com/old/v1.0.0/schema.json",
    )

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from",
            dest="sources",
            action="append",
            default=[],
            metavar="DIR|URL",
            help="A folder of schemas, or the address of one, which is fetched with all that it refers to; repeatable.",
        )
        parser.add_argument("--drop", action="append", default=[], metavar="URL", help="Drop a schema; repeatable.")

    def run(self, options: dict[str, Any]) -> None:
        if options["sources"] and options["drop"]:
            raise InvalidParameter("--drop", "cannot be combined with --from.")
        with transaction.atomic(using=self.using) if self.dry_run else nullcontext():
            for source in options["sources"]:
                self.store(self.found(source))
            self.drop(options["drop"])
            self.list_all()
            if self.dry_run:
                transaction.set_rollback(True, using=self.using)

    def found(self, source: str) -> Iterable[FoundSchema]:
        self.progress.begin("schemas")
        return schemas_at(source, self.standing()) if is_address(source) else schemas_in(Path(source))

    def standing(self) -> list[str]:
        return list(ExtensionSchema.objects.using(self.using).order_by("uri").values_list("uri", flat=True))

    def store(self, schemas: Iterable[FoundSchema]) -> None:
        """Keep all of one source that can be kept."""
        texts = {}
        for found in schemas:
            if found.problem:
                self.report.fail(found.source, found.problem)
            elif found.uri in texts:
                self.report.fail(found.source, f"{found.uri} is given more than once.")
            else:
                texts[found.uri] = found.text
            self.show()
        stored = store_schemas(texts, self.using)
        self.report.created += len(stored.created)
        self.report.updated += len(stored.updated)
        self.report.unchanged += len(stored.unchanged)

    def drop(self, uris: list[str]) -> None:
        dropped = forget_schemas(uris, self.using)
        self.report.updated += len(dropped)
        for uri in dict.fromkeys(uris):
            if uri not in dropped:
                self.report.fail(uri, "There is no such schema.")

    def list_all(self) -> None:
        """Tell all that stand, and note those that nothing can be checked by."""
        schemas = current_schemas(self.using)
        self.details["schemas"] = []
        for uri in self.standing():
            reason = schemas.compiled(uri)
            problem = reason if isinstance(reason, str) else None
            self.details["schemas"].append({"uri": uri, "problem": problem})
            if problem:
                self.report.notes.append(f"{uri}: {problem}.")
            self.progress.say(uri)
