"""One run: scenes are read by processes, stored in batches through the gate, and counted."""

from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field

from django.db import transaction

from django_stac.exceptions import AlreadyExists, NotFound, PreconditionFailed, StacError
from django_stac.ingest.arrival import Arrival, arrive, settle, unsettled
from django_stac.ingest.claims import release
from django_stac.ingest.collection import Newcomer
from django_stac.ingest.files import discard
from django_stac.ingest.plan import Entry, Plan
from django_stac.ingest.workers import TIMEOUT, read_scenes
from django_stac.models import Collection, ExtentMode
from django_stac.raster.discover import shown
from django_stac.raster.item import Reading, ReadOptions
from django_stac.transactions import Report, create_collection, derive, replace_collection, upsert_items

BATCH = 100
"""Items of one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """How a run is done."""

    using: str
    read: ReadOptions = field(default_factory=ReadOptions)
    workers: int = 1
    timeout: float = TIMEOUT
    """Seconds for one scene."""
    published: bool = True
    """Whether everybody sees what is new."""
    dry_run: bool = False
    """Whether nothing is stored, neither rows nor files."""


def ingest(plan: Plan, options: RunOptions, report: Report, *, on_scene: Callable[[], None] = lambda: None) -> None:
    """Carry out a plan. Every scene ends in one counter of the report; ``on_scene`` is called after each.

    Interrupted (KeyboardInterrupt) it stores what it has read, counts the rest as skipped and passes the exception on;
    so it does with StacError when the processes cannot start.
    """
    report += plan.report
    run = Run(options, report)
    try:
        read(plan.entries, run, on_scene)
        run.finish()
    except (KeyboardInterrupt, StacError):
        run.finish()
        if unread := plan.inputs - report.total:
            report.skipped += unread
            report.notes.append(f"{unread} inputs were left out: run it again.")
        raise


def read(entries: list[Entry], run: "Run", on_scene: Callable[[], None]) -> None:
    """Let the processes read, and the run take what they find."""
    options = run.options
    by_rasters = {entry.scene.rasters: entry for entry in entries}
    outcomes = read_scenes(
        [entry.scene for entry in entries], options.read, workers=options.workers, timeout=options.timeout
    )
    with closing(outcomes):
        for scene, outcome in outcomes:
            run.take(by_rasters[scene.rasters], outcome)
            on_scene()


@dataclass(slots=True)
class Run:
    """What a run holds between two batches."""

    options: RunOptions
    report: Report
    batch: list[Arrival] = field(default_factory=list)
    standing: set[str] = field(default_factory=set)
    """Collections that need not be made."""
    newcomers: dict[str, Newcomer] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    """Newcomers that are stored, and the digests of their documents."""

    def take(self, entry: Entry, outcome: Reading | str) -> None:
        """Count a failure, or put an item into the batch."""
        if isinstance(outcome, str):
            self.fail(entry, outcome)
            return
        try:
            arrival = arrive(entry, outcome)
            settled = unsettled(arrival) if self.options.dry_run else settle(arrival, self.options.using)
        except StacError as error:
            self.fail(entry, str(error))
            return
        self.batch.append(settled)
        if len(self.batch) >= BATCH:
            self.store()

    def fail(self, entry: Entry, message: str) -> None:
        """Count a failure; the source names the file already."""
        self.report.fail(entry.source, message.removeprefix(f"{shown(entry.scene.rasters[0])}: "))

    def store(self) -> None:
        """Store the batch in one transaction; a dry run takes it back."""
        using, written = self.options.using, [fact for arrival in self.batch for fact in arrival.written]
        self.learn()
        try:
            with transaction.atomic(using=using):
                made = self.make_collections()
                incoming = [arrival.incoming for arrival in self.batch]
                outcome = upsert_items(incoming, published=self.options.published, using=using)
                if self.options.dry_run:
                    transaction.set_rollback(True, using=using)
        except Exception:
            self.batch = []
            discard(written, using)
            raise
        release(fact for arrival in self.batch for fact in arrival.facts if fact.owned)
        self.batch = []
        if outcome.failed:
            discard(written, using)
        self.report += outcome
        if not self.options.dry_run:
            self.made |= made

    def learn(self) -> None:
        """Let the newcomers learn from the batch's items."""
        named = {arrival.entry.collection for arrival in self.batch} - self.standing - self.newcomers.keys()
        found = Collection.objects.using(self.options.using).filter(collection_id__in=named)
        self.standing |= set(found.values_list("collection_id", flat=True))
        self.newcomers |= {name: Newcomer(name) for name in sorted(named - self.standing)}
        for arrival in self.batch:
            if newcomer := self.newcomers.get(arrival.entry.collection):
                newcomer.add(arrival.document, arrival.thumbnail)

    def make_collections(self) -> dict[str, str]:
        """Store the newcomers that are not stored; return ids and digests. Somebody else's of the same id will do."""
        made = {}
        # In one order, so that two runs which make the same collections do not wait for each other in a ring.
        for name in sorted(self.newcomers.keys() - self.made.keys()):
            with suppress(AlreadyExists):
                made[name] = self.make(self.newcomers[name]).digest
        return made

    def make(self, newcomer: Newcomer) -> Collection:
        return create_collection(
            newcomer.document(),
            published=self.options.published,
            extent_mode=ExtentMode.DERIVED,
            files=newcomer.files,
            using=self.options.using,
        )

    def finish(self) -> None:
        """Store what is left, complete the collections that were made, and derive what the items say."""
        if self.batch:
            self.store()
        if self.options.dry_run:
            return
        for name, digest in self.made.items():
            newcomer = self.newcomers[name]
            # Who has changed the collection meanwhile knows better.
            with suppress(NotFound, PreconditionFailed):
                replace_collection(newcomer.document(), files=newcomer.files, if_match=digest, using=self.options.using)
        derive(using=self.options.using)
