"""How items are distributed: what they are grouped by, and how the buckets of each distribution look."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any, Self

from django.db.models import F

from django_stac.cql2.columns import number_of, text_of
from django_stac.cql2.expressions import NUMBER, TEXT, Sql
from django_stac.search.aggregation.cells import holding
from django_stac.search.aggregation.measures import Aggregation, DataType
from django_stac.search.pages.cursor import EPOCH
from django_stac.search.parse import shown
from django_stac.spec.datetimes import format_instant
from django_stac.spec.grids import Grid

Bucket = dict[str, Any]
Group = tuple[str, int]
"""A key, as text, and how many items have it."""

LONGEST = 1_000
"""Characters of a text that is the key of a bucket."""


class Interval(StrEnum):
    """Spans of the calendar, in UTC; weeks begin on Mondays."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    HOUR = "hour"
    MINUTE = "minute"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Distribution(Aggregation):
    """How many items have each key; one that has none is in no bucket."""

    @property
    def head(self) -> dict[str, str]:
        return {"name": self.name, "data_type": "frequency_distribution"}

    @property
    def described(self) -> dict[str, str]:
        return {**self.head, "frequency_distribution_data_type": self.data_type}

    def key(self) -> Sql:
        """What items are grouped by."""
        raise NotImplementedError

    def buckets(self, found: Iterable[Group]) -> list[Bucket]:
        """Write the buckets of groups in their order."""
        return [self.bucket(key, frequency) for key, frequency in sorted(found, key=self.place)]

    def place(self, group: Group) -> Any:
        """Where a group stands: the fullest first."""
        key, frequency = group
        return -frequency, key

    def bucket(self, key: str, frequency: int) -> Bucket:
        """Write the bucket of one group."""
        return {"key": key, "data_type": self.data_type, "frequency": frequency}


@dataclass(frozen=True, slots=True)
class Terms(Distribution):
    """One bucket a text of at most LONGEST characters."""

    data_type = DataType.TEXT

    def key(self) -> Sql:
        text = text_of(self.source)
        return Sql(f"CASE WHEN length({{}}) <= {LONGEST} THEN {{}} END", text, text, output=TEXT)


@dataclass(frozen=True, slots=True)
class Collections(Distribution):
    """One bucket a collection."""

    data_type = DataType.TEXT

    def key(self) -> Sql:
        return Sql("{}", F("collection_id"), output=NUMBER)


@dataclass(frozen=True, slots=True)
class Numbers(Distribution):
    """Keys are whole numbers, and their order is that of the buckets."""

    def place(self, group: Group) -> Any:
        return int(group[0])


@dataclass(frozen=True, slots=True)
class Ranges(Numbers):
    """One bucket between two bounds each, and one at either end: all are there, if only empty."""

    bounds: tuple[float, ...]
    data_type = DataType.NUMERIC

    def key(self) -> Sql:
        bounds = ", ".join(map(str, self.bounds))
        return Sql(f"width_bucket({{}}, ARRAY[{bounds}]::numeric[])", number_of(self.source), output=NUMBER)

    def buckets(self, found: Iterable[Group]) -> list[Bucket]:
        none = {str(place): 0 for place in range(len(self.bounds) + 1)}
        return Distribution.buckets(self, (none | dict(found)).items())

    def bucket(self, key: str, frequency: int) -> Bucket:
        edges = (None, *self.bounds, None)
        start, stop = edges[int(key)], edges[int(key) + 1]
        ends = {name: edge for name, edge in (("from", start), ("to", stop)) if edge is not None}
        name = "-".join("*" if edge is None else str(edge) for edge in (start, stop))
        return {**Distribution.bucket(self, name, frequency), **ends}


@dataclass(frozen=True, slots=True)
class Steps(Numbers):
    """One bucket every so many units in which there are items."""

    width: int = 5
    data_type = DataType.NUMERIC

    def key(self) -> Sql:
        return Sql(f"floor({{}} / {self.width})", number_of(self.source), output=NUMBER)

    def bucket(self, key: str, frequency: int) -> Bucket:
        start = float(int(key) * self.width)
        return {**Distribution.bucket(self, str(start), frequency), "from": start, "to": start + self.width}


@dataclass(frozen=True, slots=True)
class Spans(Numbers):
    """One bucket a span of the calendar in which there are items; its key is the beginning."""

    interval: Interval = Interval.MONTH
    option = "interval"
    data_type = DataType.DATETIME

    @property
    def allowed(self) -> dict[str, Any]:
        return {"type": "string", "enum": [*Interval], "default": self.interval}

    def refined(self, value: object) -> Self:
        if value not in list(Interval):
            raise ValueError(f"must be one of {', '.join(Interval)}; got {shown(value)}.")
        return replace(self, interval=Interval(str(value)))

    def key(self) -> Sql:
        template = f"extract(epoch FROM date_trunc('{self.interval}', {{}}, 'UTC'))::int8"
        return Sql(template, F("datetime"), output=NUMBER)

    def bucket(self, key: str, frequency: int) -> Bucket:
        return Distribution.bucket(self, format_instant(EPOCH + timedelta(seconds=int(key))), frequency)


@dataclass(frozen=True, slots=True)
class Centres(Distribution):
    """One bucket a cell of a grid in which centroids of items lie."""

    grid: Grid
    option = "precision"
    data_type = DataType.TEXT

    @property
    def allowed(self) -> dict[str, Any]:
        grid = self.grid
        return {"type": "integer", "minimum": grid.coarsest, "maximum": grid.finest, "default": grid.precision}

    def refined(self, value: object) -> Self:
        grid = type(self.grid)
        if not isinstance(value, int) or isinstance(value, bool) or not grid.coarsest <= value <= grid.finest:
            raise ValueError(f"must be a whole number from {grid.coarsest} to {grid.finest}; got {shown(value)}.")
        return replace(self, grid=grid(value))

    def key(self) -> Sql:
        return Sql(holding(self.grid), F("geometry"), output=NUMBER)

    def bucket(self, key: str, frequency: int) -> Bucket:
        return Distribution.bucket(self, self.grid.key(*divmod(int(key), self.grid.rows)), frequency)


@dataclass(frozen=True, slots=True)
class Footprints(Centres):
    """One bucket a cell of a grid that geometries of items meet: an item counts in every one."""

    def key(self) -> Sql:
        return Sql("{}", F("geometry"), output=NUMBER)
