"""Moments: the ends of what conditions compare in time, each stored or written in its own way.

In SQL a moment is a timestamp (columns), a fixed-width text (``properties``) or the text of a day; all of them are in
UTC, and texts compare as the times that they write.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django_stac.cql2.columns import day_of, instant_of
from django_stac.cql2.expressions import TEXT, Fill, Sql, any_of, instant, joined, text
from django_stac.spec.datetimes import fixed_width

MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}


class Moment:
    """A moment; ``is_day`` when it is no more precise than that, ``is_text`` when only its text is at hand."""

    is_day = False
    is_text = False

    def day(self) -> Fill:
        """The text ``YYYY-MM-DD``."""
        raise NotImplementedError

    def text(self) -> Fill:
        """The fixed-width text."""
        raise NotImplementedError

    def timestamp(self) -> Fill:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Instant(Moment):
    """An instant of the filter."""

    value: dt.datetime

    def day(self) -> Fill:
        return text(self.value.date().isoformat())

    def text(self) -> Fill:
        return text(written(self.value))

    def timestamp(self) -> Fill:
        return instant(self.value)


@dataclass(frozen=True, slots=True)
class Day(Moment):
    """A day of the filter."""

    value: dt.date
    is_day = True

    def day(self) -> Fill:
        return text(self.value.isoformat())

    @property
    def first(self) -> Instant:
        return Instant(dt.datetime.combine(self.value, dt.time.min, dt.UTC))

    @property
    def last(self) -> Instant:
        return Instant(dt.datetime.combine(self.value, dt.time.max, dt.UTC))


@dataclass(frozen=True, slots=True)
class Endless(Moment):
    """The open end of an interval, before or after all times."""

    is_future: bool

    def day(self) -> Fill:
        return self.text()

    def text(self) -> Fill:
        return Sql("('~' COLLATE \"C\")" if self.is_future else "''", output=TEXT)

    def timestamp(self) -> Fill:
        return Sql("'infinity'::timestamptz" if self.is_future else "'-infinity'::timestamptz", output=TEXT)


@dataclass(frozen=True, slots=True)
class StoredInstant(Moment):
    """An instant of ``properties``."""

    stored: Fill
    is_text = True

    def day(self) -> Fill:
        return Sql("left({}, 10)", self.stored, output=TEXT)

    def text(self) -> Fill:
        return self.stored


@dataclass(frozen=True, slots=True)
class StoredDay(Moment):
    """A day of ``properties``."""

    stored: Fill
    is_day = True

    def day(self) -> Fill:
        return self.stored


@dataclass(frozen=True, slots=True)
class StoredTime(Moment):
    """A property of which it is not known whether it holds instants or days."""

    name: str
    is_text = True

    def day(self) -> Fill:
        return Sql("left({}, 10)", self.any_text(), output=TEXT)

    def text(self) -> Fill:
        return instant_of(self.name)

    def any_text(self) -> Fill:
        return Sql("COALESCE({}, {})", instant_of(self.name), day_of(self.name), output=TEXT)


@dataclass(frozen=True, slots=True)
class Stamp(Moment):
    """An instant of a column."""

    column: Fill

    def day(self) -> Fill:
        return self._written("YYYY-MM-DD")

    def text(self) -> Fill:
        return self._written('YYYY-MM-DD"T"HH24:MI:SS.US"Z"')

    def timestamp(self) -> Fill:
        return self.column

    def _written(self, form: str) -> Fill:
        return Sql(f"(to_char({{}} AT TIME ZONE 'UTC', '{form}') COLLATE \"C\")", self.column, output=TEXT)


@dataclass(frozen=True, slots=True)
class OpenStamp(Moment):
    """An end of an interval in a column, where NULL is an open one."""

    stamp: Stamp
    otherwise: Endless

    def day(self) -> Fill:
        return Sql("COALESCE({}, {})", self.stamp.day(), self.otherwise.day(), output=TEXT)

    def text(self) -> Fill:
        return Sql("COALESCE({}, {})", self.stamp.text(), self.otherwise.text(), output=TEXT)

    def timestamp(self) -> Fill:
        return Sql("COALESCE({}, {})", self.stamp.timestamp(), self.otherwise.timestamp(), output=TEXT)


def written(value: dt.datetime) -> str:
    """Write an instant as it is stored in ``properties``."""
    return fixed_width(value.isoformat()) or ""


def compare(left: Moment, op: str, right: Moment) -> Sql:
    """Compare two moments: as days where one is a day, else exactly."""
    if isinstance(right, Day) and isinstance(left, StoredInstant | Stamp):
        return beside_day(left, op, right)
    if isinstance(left, Day) and isinstance(right, StoredInstant | Stamp):
        return beside_day(right, MIRRORED[op], left)
    if left.is_day or right.is_day:
        return Sql(f"({{}} {op} {{}})", left.day(), right.day())
    if left.is_text or right.is_text:
        return Sql(f"({{}} {op} {{}})", left.text(), right.text())
    return Sql(f"({{}} {op} {{}})", left.timestamp(), right.timestamp())


def one_of(moment: Moment, others: Sequence[Moment]) -> Sql:
    """Whether a moment is one of several; those of the filter are sent together."""
    instants = [other.value for other in others if isinstance(other, Instant)]
    days = [other.value.isoformat() for other in others if isinstance(other, Day)]
    found = [compare(moment, "=", other) for other in others if not isinstance(other, Instant | Day)]
    if instants and not moment.is_day:
        found.append(one_of_instants(moment, instants))
    elif instants:
        found.append(any_of(moment.day(), [value.date().isoformat() for value in instants], "text"))
    if days:
        found.append(any_of(moment.day(), days, "text"))
    return joined("OR", found)


def one_of_instants(moment: Moment, instants: list[dt.datetime]) -> Sql:
    if moment.is_text:
        return any_of(moment.text(), [written(value) for value in instants], "text")
    return any_of(moment.timestamp(), instants, "timestamptz")


def beside_day(moment: Moment, op: str, day: Day) -> Sql:
    """Compare an instant that is stored with a day: by the instants of the day, so that an index serves."""
    if op in ("=", "<>"):
        within = Sql("({} AND {})", compare(moment, ">=", day.first), compare(moment, "<=", day.last))
        return within if op == "=" else Sql("(NOT {})", within)
    return compare(moment, op, day.first if op in (">=", "<") else day.last)
