"""How fast items come in: newline-delimited JSON is read as ``stac_load`` reads it, and stored through the gate.

Imported when Django is set up.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
from django.core.management import call_command
from django.db import connection, connections

from django_stac import transactions
from django_stac.spec.json_text import uncollected
from django_stac.transactions import Incoming, Report
from django_stac.transfer.load import BATCH
from django_stac.transfer.source import documents_in
from tests.benchmarks.dataset import Dataset, collections

SIZES = """
SELECT pg_total_relation_size('django_stac_item'), pg_indexes_size('django_stac_item')
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loading:
    """What one load took; writing the files that were read is not counted."""

    items: int
    read: float
    """Seconds in which lines became documents."""
    stored: float
    """Seconds in ``upsert_items``."""
    derived: float
    """Seconds in ``derive``, once at the end."""
    table_bytes: int
    """The items with documents and indexes."""
    index_bytes: int

    def as_dict(self) -> dict[str, float]:
        """The figures in seconds and megabytes, and their sum: items a second."""
        return {
            "items_per_second": round(self.items / (self.read + self.stored)),
            "read_s": round(self.read, 2),
            "stored_s": round(self.stored, 2),
            "derived_s": round(self.derived, 2),
            "table_MB": round(self.table_bytes / 1e6, 1),
            "index_MB": round(self.index_bytes / 1e6, 1),
        }


def load(dataset: Dataset, on_progress: Callable[[int], None]) -> Loading:
    """Migrate an empty database and fill it. Raises RuntimeError when an item is refused."""
    call_command("migrate", verbosity=0)
    for document in collections():
        transactions.create_collection(document)
    read = stored = 0.0
    for start in range(0, dataset.total, BATCH):
        seconds = load_batch(dataset, start)
        read, stored = read + seconds[0], stored + seconds[1]
        on_progress(min(start + BATCH, dataset.total))
    started = time.perf_counter()
    transactions.derive()
    derived = time.perf_counter() - started
    table_bytes, index_bytes = sizes()
    connections.close_all()
    return Loading(
        items=dataset.total,
        read=read,
        stored=stored,
        derived=derived,
        table_bytes=table_bytes,
        index_bytes=index_bytes,
    )


def load_batch(dataset: Dataset, start: int) -> tuple[float, float]:
    """Store one batch; return the seconds of reading and of storing."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "items.ndjson"
        file.write_bytes(b"\n".join(map(orjson.dumps, dataset.items(start, start + BATCH))))
        with uncollected():
            started = time.perf_counter()
            incoming = [Incoming(document=found.document, source=found.source) for found in documents_in(file)]
            parsed = time.perf_counter()
            require_all_stored(transactions.upsert_items(incoming), len(incoming))
            return parsed - started, time.perf_counter() - parsed


def require_all_stored(report: Report, expected: int) -> None:
    if report.created != expected:
        raise RuntimeError(f"{expected - report.created} of {expected} items were not stored: {report.failures[:3]}")


def sizes() -> tuple[int, int]:
    """Bytes of the table of items, and of its indexes alone."""
    with connection.cursor() as cursor:
        cursor.execute(SIZES)
        table_bytes, index_bytes = cursor.fetchone()
    return table_bytes, index_bytes
