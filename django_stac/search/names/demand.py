"""What is searched, counted in memory and written once in a while: ``stac_index`` lists it."""

import logging
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from threading import Lock
from time import monotonic

from django.db import DatabaseError, connections, transaction

from django_stac.conf import stac_settings
from django_stac.models import SearchedProperty
from django_stac.models.alias import write_alias

logger = logging.getLogger("django_stac.search")

EVERY = 60
"""Seconds between two writes of a process."""
MOST_NAMES = 1_000
"""Different properties that are counted between two writes."""

UPSERT = """
INSERT INTO django_stac_searchedproperty AS known (name, searches, last_searched)
SELECT name, searches, %s FROM unnest(%s::text[], %s::int8[]) AS seen (name, searches) ORDER BY name
ON CONFLICT (name) DO UPDATE
SET searches = known.searches + excluded.searches, last_searched = greatest(known.last_searched, excluded.last_searched)
"""


class Demand:
    """The counts of one process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: Counter[str] = Counter()
        self._written = monotonic()

    def note(self, names: Iterable[str]) -> None:
        """Count one search by these properties, and write what was counted when it is time."""
        if not stac_settings.COUNT_SEARCHED:
            return
        with self._lock:
            self._counts.update(name for name in names if name in self._counts or len(self._counts) < MOST_NAMES)
            is_due = monotonic() - self._written >= EVERY
        if is_due:
            self.write()

    def write(self) -> None:
        """Add the counts to those of the database; where that is read-only or gone, they are lost."""
        with self._lock:
            counts, self._counts, self._written = self._counts, Counter(), monotonic()
        if not counts:
            return
        alias = write_alias(None)
        params: tuple[datetime, list[str], list[int]] = datetime.now(UTC), [*counts], [*counts.values()]
        try:
            with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
                cursor.execute(UPSERT, params)
        except DatabaseError as error:
            logger.info("What was searched is not counted: %s", error)


demand = Demand()


def searched(using: str | None = None) -> dict[str, SearchedProperty]:
    """What has been searched, by name, most often first."""
    return {each.name: each for each in SearchedProperty._default_manager.using(using).order_by("-searches", "name")}
