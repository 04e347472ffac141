"""What the ``stac_`` commands share: common options, one report, exit codes. What each does is in its own module."""

from argparse import RawDescriptionHelpFormatter
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser, DjangoHelpFormatter
from django.db import OperationalError, connections

from django_stac.exceptions import StacError
from django_stac.management.progress import Progress
from django_stac.models.alias import write_alias
from django_stac.transactions import Report

FAILED, USAGE, INTERRUPTED = 1, 2, 130
"""Exit codes, beside 0."""


class HelpFormatter(DjangoHelpFormatter, RawDescriptionHelpFormatter):
    """Django's order of options, and examples as they were written."""


class StacCommand(BaseCommand):
    """A command whose every input ends in exactly one counter of ``self.report``.

    A subclass defines ``add_options`` and ``run``, which fills ``self.report`` as it goes, so that an interruption
    loses nothing, and ``self.details``, further members of the JSON report. Errors that ``run`` raises are wrong usage
    or configuration (exit code 2), or the database's, which gave up (1); failures of inputs are only counted (1);
    KeyboardInterrupt passes through (130).
    """

    writes = True
    """Whether there is a ``--dry-run``."""
    examples: tuple[str, ...] = ()
    """Command lines for ``--help``, without ``manage.py``."""

    report: Report
    details: dict[str, Any]
    progress: Progress
    using: str
    """The database alias, never empty."""
    dry_run: bool

    def add_options(self, parser: CommandParser) -> None:
        """Declare the options of one command."""

    def run(self, options: dict[str, Any]) -> None:
        """Do the work."""
        raise NotImplementedError

    def show(self, count: int = 1) -> None:
        """Count some inputs as passed, and tell what became of them."""
        self.progress.step(count)
        self.progress.tell(self.report)

    def next_steps(self) -> str:
        """Return a sentence that says what the reader may do now."""
        return ""

    # What Django calls

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        lines = [f"  manage.py {example}" for example in self.examples]
        epilog = "\n".join(["examples:", *lines]) if lines else None
        return super().create_parser(prog_name, subcommand, epilog=epilog, formatter_class=HelpFormatter, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        self.add_options(parser)
        group = parser.add_argument_group("report and database")
        group.add_argument("--json", action="store_true", help="Write the report as JSON to stdout.")
        if self.writes:
            group.add_argument("--dry-run", action="store_true", help="Do everything but store; same report.")
        group.add_argument(
            "--database",
            metavar="ALIAS",
            choices=tuple(connections),
            help="Database of the items (default: where the routers write them).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.report, self.details = Report(), {}
        self.dry_run = options.get("dry_run", False)
        self.using = write_alias(options["database"])
        self.progress = Progress(self.stderr, self.style, verbosity=options["verbosity"])
        end: CommandError | None = None
        try:
            self.run(options)
        except KeyboardInterrupt:
            end = CommandError("Interrupted: run it again for the rest.", returncode=INTERRUPTED)
        except OperationalError as error:
            end = given_up(error)
        except StacError as error:
            raise CommandError(str(error), returncode=USAGE) from error
        finally:
            self.progress.tell(self.report)
            self.progress.clear()
        self._conclude(as_json=options["json"], end=end)

    def _conclude(self, *, as_json: bool, end: CommandError | None) -> None:
        seconds = self.progress.seconds
        if as_json:
            document = {**self.report.as_dict(), **self.details, "dry_run": self.dry_run, "seconds": round(seconds, 2)}
            self.stdout.write(orjson.dumps(document, option=orjson.OPT_INDENT_2).decode())
        if self.progress.is_shown:
            for line in self._summary(seconds):
                self.progress.say(line)
        if end:
            raise end
        if self.report.failed:
            raise CommandError(f"{self.report.failed} of {self.report.total} inputs failed.", returncode=FAILED)

    def _summary(self, seconds: float) -> list[str]:
        report = self.report
        counts = ("created", "updated", "unchanged", "skipped", "failed")
        lines = [
            f"inputs       {report.total} in {seconds:.1f} s ({report.total / max(seconds, 0.001):.1f} a second)",
            "outcome      " + ", ".join(f"{getattr(report, name)} {name}" for name in counts),
            *(f"{name:12} {shown(value)}" for name, value in self.details.items()),
            f"database     {self.using}" + (", nothing stored (--dry-run)" if self.dry_run else ""),
        ]
        if unnamed := report.failed - len(report.failures):
            lines.append(f"not named    {unnamed} more failures")
        return [*lines, f"next         {steps}"] if (steps := self.next_steps()) else lines


def given_up(error: OperationalError) -> CommandError:
    """The end of a command whose database went away, or gave up what it did for somebody else's sake."""
    reason = " ".join(str(error).split())
    end = CommandError(f"The database gave up, run it again for the rest: {reason}", returncode=FAILED)
    end.__cause__ = error
    return end


def shown(value: Any) -> str:
    """Return one value of the report for people: of a mapping its keys, of a list of objects how many there are."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return str(len(value))
    return ", ".join(map(str, value)) or "none" if isinstance(value, list | dict) else str(value)
