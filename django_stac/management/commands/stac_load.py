"""``manage.py stac_load``: STAC documents in."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from django_stac.management.command import StacCommand
from django_stac.transfer.load import LoadOptions, load


class Command(StacCommand):
    """Documents of files and folders become catalogues, collections and items."""

    help = (
        "Load STAC documents of any version from 0.6: items, collections, catalogues, ItemCollections and "
        "newline-delimited JSON. Links to child and item are followed below the folders given. "
        "What stands already is replaced when it differs."
    )
    examples = (
        "stac_load collection.json items.ndjson",
        "stac_load tree/catalog.json --rename-ids",
        "stac_load archive/ --create-collections --unpublished",
    )

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths",
            nargs="+",
            type=Path,
            metavar="PATH",
            help="A file with all that it links to, or a folder with all below it.",
        )
        parser.add_argument("--collection", metavar="ID", help="Put every item into this collection.")
        parser.add_argument(
            "--create-collections", action="store_true", help="Make the collections that items name and nobody has."
        )
        parser.add_argument(
            "--rename-ids",
            action="store_true",
            help="Put a dot for each slash in ids of collections and catalogues, and the path before those that clash.",
        )
        parser.add_argument(
            "--href-base", metavar="URL", help="The paths are served there already: hrefs of assets begin with it."
        )
        parser.add_argument("--unpublished", action="store_true", help="Hide what is new until somebody publishes it.")

    def run(self, options: dict[str, Any]) -> None:
        self.progress.begin("documents")
        choices = LoadOptions(
            collection=options["collection"],
            create_collections=options["create_collections"],
            rename_ids=options["rename_ids"],
            href_base=options["href_base"],
            published=not options["unpublished"],
            dry_run=self.dry_run,
            using=self.using,
        )
        load(options["paths"], choices, report=self.report, on_progress=self.show)
