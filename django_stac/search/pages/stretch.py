"""Which instants one branch of a page's statement may hold. How they are asked for is SQL and not here."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum, auto
from typing import Self

from django_stac.search.pages.cursor import Cursor
from django_stac.spec.datetimes import Interval

FIRST = datetime(1900, 1, 1, tzinfo=UTC)
LAST = datetime(2200, 1, 1, tzinfo=UTC)
"""Between these, LAST excluded, the index's distance of two instants (float8 seconds) tells microseconds apart."""


class Kind(Enum):
    """What items a stretch is about."""

    ALL = auto()
    INSTANTS = auto()
    RANGES = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Bounds of the column ``datetime``, each with the name of its parameter; None is open."""

    kind: Kind
    earliest: tuple[str, datetime] | None = None
    latest: tuple[str, datetime] | None = None

    def beyond(self, cursor: Cursor | None, *, oldest_first: bool) -> Self:
        """Return the part behind a cursor, on a walk to newer instants or to older ones."""
        if cursor is None:
            return self
        bound = ("at", cursor.datetime)
        if oldest_first:
            return replace(self, earliest=max(bound, self.earliest or bound, key=moment))
        return replace(self, latest=min(bound, self.latest or bound, key=moment))

    @property
    def reaches_past(self) -> bool:
        return self.earliest is None or self.earliest[1] < FIRST

    @property
    def reaches_future(self) -> bool:
        return self.latest is None or self.latest[1] >= LAST

    @property
    def reaches_present(self) -> bool:
        """Whether any of it lies between FIRST and LAST."""
        starts = self.earliest is None or self.earliest[1] < LAST
        return starts and (self.latest is None or self.latest[1] >= FIRST)


def moment(bound: tuple[str, datetime]) -> datetime:
    return bound[1]


def stretches(interval: Interval | None) -> Iterator[Stretch]:
    """Split a search in time: items with a range match by their range, others by their instant.

    Two simple conditions find their indexes where one with OR finds none.
    """
    if interval is None:
        yield Stretch(kind=Kind.ALL)
        return
    earliest = None if interval.start is None else ("start", interval.start)
    latest = None if interval.end is None else ("end", interval.end)
    yield Stretch(kind=Kind.INSTANTS, earliest=earliest, latest=latest)
    yield Stretch(kind=Kind.RANGES)
