"""Years, months and days as spans of time in UTC, named as ISO 8601 names them: 2024, 2024-05, 2024-05-17."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

_NAME = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class Unit(StrEnum):
    """How long a span is, as PostgreSQL's ``date_trunc`` calls it."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"

    @property
    def below(self) -> "Unit | None":
        """The next shorter one; None below days."""
        units = list(Unit)
        return units[units.index(self) + 1] if self is not Unit.DAY else None


@dataclass(frozen=True, slots=True)
class Span:
    """One year, month or day."""

    unit: Unit
    first_day: dt.date

    @classmethod
    def parse(cls, name: str) -> Self:
        """Read a name. Raises ValueError when it names no span of the years 0001 to 9999."""
        found = _NAME.fullmatch(name)
        if found is None:
            raise ValueError(f"{name!r} is no year, month or day such as 2024, 2024-05 or 2024-05-17.")
        year, month, day = found.groups()
        unit = Unit.DAY if day else Unit.MONTH if month else Unit.YEAR
        try:
            return cls(unit, dt.date(int(year), int(month or 1), int(day or 1)))
        except ValueError:
            raise ValueError(f"{name!r} is not in the calendar.") from None

    @property
    def name(self) -> str:
        return self.first_day.isoformat()[: {Unit.YEAR: 4, Unit.MONTH: 7, Unit.DAY: 10}[self.unit]]

    @property
    def title(self) -> str:
        """``2024``, ``May 2024`` or ``17 May 2024``, in English as all titles that the server makes."""
        day, month, year = self.first_day.day, MONTHS[self.first_day.month - 1], f"{self.first_day.year:04}"
        return {Unit.YEAR: year, Unit.MONTH: f"{month} {year}", Unit.DAY: f"{day} {month} {year}"}[self.unit]

    @property
    def parent(self) -> "Span | None":
        """The span that it lies in; None above years."""
        if self.unit is Unit.DAY:
            return Span(Unit.MONTH, self.first_day.replace(day=1))
        return Span(Unit.YEAR, self.first_day.replace(month=1, day=1)) if self.unit is Unit.MONTH else None

    @property
    def start(self) -> dt.datetime:
        return dt.datetime.combine(self.first_day, dt.time(), dt.UTC)

    @property
    def last(self) -> dt.datetime:
        """Its last microsecond."""
        month = self.first_day.month if self.unit is Unit.MONTH else 12
        day = self.first_day if self.unit is Unit.DAY else last_day(self.first_day.year, month)
        return dt.datetime.combine(day, dt.time.max, dt.UTC)


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def last_day(year: int, month: int) -> dt.date:
    """The last day of a month; there is none after the year 9999."""
    return dt.date(year, 12, 31) if month == 12 else dt.date(year, month + 1, 1) - dt.timedelta(days=1)
