"""A bar of time: its ticks, the span, and marks in it. How a date is written is left to the template."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
MOST_TICKS = 9
WIDTH = 480
LEAST_WIDTH = 3.0

Unit = Literal["month", "year"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A line of the scale: where, which day, and the width up to the next."""

    at: str
    label_at: str
    when: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A bar of 480 pixels; all positions are text in pixels from the left."""

    unit: Unit
    ticks: Sequence[Tick]
    start: str
    length: str
    marks: Sequence[str]
    opens: bool
    """Whether the span has no end."""


def timeline(
    start: datetime | None, end: datetime | None, *, marks: Sequence[datetime] = (), now: datetime
) -> Timeline | None:
    """Draw a span (aware datetimes; None is open) and marks; None when nothing in it has a date."""
    known = [moment.astimezone(UTC) for moment in (start, end, *marks) if moment]
    if not known:
        return None
    if start is not None and end is None:
        known.append(max(now, start))
    unit, edges = scale(min(known), max(known))
    first, last = edges[0], edges[-1]
    places = [place(edge, first, last) for edge in edges]
    left, right = place(start or first, first, last), place(end or last, first, last)
    return Timeline(
        unit=unit,
        ticks=[
            Tick(at=f"{here:.1f}", label_at=f"{(here + there) / 2:.1f}", when=edge)
            for edge, here, there in zip(edges, places, places[1:], strict=False)
        ],
        start=f"{min(left, WIDTH - LEAST_WIDTH):.1f}",
        length=f"{max(right - left, LEAST_WIDTH):.1f}",
        marks=[f"{place(mark, first, last):.1f}" for mark in marks],
        opens=start is not None and end is None,
    )


def place(moment: datetime, first: datetime, last: datetime) -> float:
    return (moment - first) / (last - first) * WIDTH


def scale(low: datetime, high: datetime) -> tuple[Unit, list[datetime]]:
    """The calendar year of a short span by months, or round years around a longer one."""
    if low.year == high.year:
        months = [datetime(low.year, month, 1, tzinfo=UTC) for month in range(1, 13)]
        return "month", [*months, year_start(low.year + 1)]
    step = next((step for step in YEAR_STEPS if (high.year - low.year) / step < MOST_TICKS), YEAR_STEPS[-1])
    first = low.year // step * step
    years = range(first, high.year // step * step + 2 * step, step)
    return "year", [year_start(year) for year in years]


def year_start(year: int) -> datetime:
    """The first instant of a year; years that Python has not become its first or last."""
    if year > 9999:
        return datetime.max.replace(tzinfo=UTC) - timedelta(days=1)
    return datetime(max(year, 1), 1, 1, tzinfo=UTC)
