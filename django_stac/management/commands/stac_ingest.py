"""``stac_ingest``: rasters in, items out. Only the options are here; the work is ``django_stac.ingest``."""

import os
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import CommandParser

from django_stac.exceptions import InvalidParameter
from django_stac.ingest.options import check_plan, read_options
from django_stac.ingest.plan import Sorting, make_plan
from django_stac.ingest.runs import RunOptions, ingest
from django_stac.ingest.workers import TIMEOUT
from django_stac.management.command import StacCommand
from django_stac.transactions.placement import ways

MOST_WORKERS = 8


class Command(StacCommand):
    """Read rasters in processes of their own, and store the items through the gate."""

    help = "Turn raster files into items. Run it again to go on: what has not changed is left alone."
    examples = (
        "stac_ingest /data/sentinel-2 --workers 4",
        "stac_ingest dem.tif --collection elevation --datetime 2021 --copy",
        "stac_ingest /data --collection-by folder --default-datetime 2019",
    )

    def add_options(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="Raster files, or folders that hold them.")
        self.add_options_of_items(parser)
        self.add_options_of_files(parser)
        self.add_options_of_reading(parser)

    def add_options_of_items(self, parser: CommandParser) -> None:
        group = parser.add_argument_group("items")
        group.add_argument(
            "--collection", metavar="ID", help="Made when absent (default: the name of the folder given)."
        )
        group.add_argument(
            "--collection-by",
            choices=("path", "folder"),
            default="path",
            help="One for each PATH (default), or one for each folder that lies directly in a PATH.",
        )
        group.add_argument("--group-by", metavar="file|stem|folder|REGEX", help="Which files make one item.")
        group.add_argument("--datetime", help="When all of it was taken: instant, start/end, year, month or day.")
        group.add_argument(
            "--default-datetime", metavar="DATETIME", help="The same, but only for files that tell no date themselves."
        )
        group.add_argument("--crs", help="Coordinate reference system instead of the files' own, such as EPSG:32631.")
        group.add_argument("--unpublished", action="store_true", help="Hide what is new.")

    def add_options_of_files(self, parser: CommandParser) -> None:
        group = parser.add_argument_group("where consumers find the files")
        group.add_argument("--copy", action="store_true", help="Copy files into the first of ASSET_STORAGES.")
        group.add_argument("--href-base", metavar="URL", help="URL under which the paths given are served.")

    def add_options_of_reading(self, parser: CommandParser) -> None:
        group = parser.add_argument_group("reading")
        group.add_argument(
            "--workers",
            type=a_count,
            default=min(MOST_WORKERS, os.cpu_count() or 1),
            metavar="N",
            help="Processes that read (default: %(default)s). One is a process too: a file may crash it.",
        )
        group.add_argument(
            "--timeout",
            type=a_duration,
            default=TIMEOUT,
            metavar="SECONDS",
            help="For one item (default: %(default)g).",
        )

    def run(self, options: dict[str, Any]) -> None:
        run_options = RunOptions(
            using=self.using,
            read=read_options(**{name: options[name] for name in ("datetime", "default_datetime", "crs")}),
            workers=options["workers"],
            timeout=options["timeout"],
            published=not options["unpublished"],
            dry_run=self.dry_run,
        )
        open_ways = ways(copy=options["copy"], href_base=options["href_base"])
        plan = make_plan(options["paths"], open_ways, sorting(options))
        check_plan(plan)
        if not plan.inputs:
            self.report.notes.append("There is no raster in what was given.")
        self.details["collections"] = plan.collections
        self.progress.begin("inputs", len(plan.entries))
        ingest(plan, run_options, self.report, on_scene=self.show)

    def next_steps(self) -> str:
        if self.dry_run:
            return "leave out --dry-run to store"
        return "run again after mending what failed: the rest stays as it is" if self.report.failed else ""


def sorting(options: dict[str, Any]) -> Sorting:
    """Return which files make one item and which items one collection. Raises InvalidParameter."""
    by_folder = options["collection_by"] == "folder"
    if by_folder and options["collection"]:
        raise InvalidParameter("--collection-by", "names collections after folders; leave out --collection.")
    return Sorting(collection=options["collection"], by_folder=by_folder, group_by=options["group_by"])


def a_count(text: str) -> int:
    """A whole number from 1 on."""
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return int(text)


def a_duration(text: str) -> float:
    """A number of seconds above 0."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds < float("inf"):
        raise ArgumentTypeError(f"{text!r} is no number of seconds above 0")
    return seconds
