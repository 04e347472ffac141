"""Dates as people write them in tags, metadata and file names, read as spans of time in UTC. No files here."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

EARLIEST = 1950


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """When something was observed; both ends aware, in UTC and inside; an instant has ``start == end``."""

    start: datetime
    end: datetime


_TEXT = re.compile(
    r"(?P<year>\d{4})(?:[-:/.]?(?P<month>\d\d)(?:[-:/.]?(?P<day>\d\d)"
    r"(?:[T ]+(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?P<fraction>\.\d+)?)?"
    r"\s*(?P<offset>Z|UTC|[+-]\d\d:?\d\d)?)?)?)?",
    re.IGNORECASE,
)
# Earth Engine writes milliseconds since 1970.
_MILLISECONDS = re.compile(r"-?\d{11,13}(?:\.0*)?")

_YEAR = r"(?P<year>(?:19[5-9]|20\d)\d)"
_MONTH = r"(?P<month>0[1-9]|1[0-2])"
_DAY = r"(?P<day>0[1-9]|[12]\d|3[01])"
_TIME = r"(?P<hour>[01]\d|2[0-3])[-:]?(?P<minute>[0-5]\d)[-:]?(?P<second>[0-5]\d)"

# In a name the most exact date wins, then the first: products put the acquisition before the processing. Years and
# months stand alone or end a word (`ndvi2020`, but not `v2020`, `T2000` or `2000m`).
_ALONE = r"(?:(?<![0-9A-Za-z])|(?<=[A-Za-z]{3}))"
_END = r"(?![0-9A-Za-z])"
_IN_NAMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}(?P<s>[-_.]?){_MONTH}(?P=s){_DAY}[T_ ]?{_TIME}(?!\d)",
        rf"(?<!\d){_YEAR}(?P<s>[-_.]?){_MONTH}(?P=s){_DAY}(?!\d)",
        # Day of the year: Landsat scene ids before 2017 and MODIS granules.
        rf"(?<![0-9A-Za-z])L[A-Z]\d{{7}}{_YEAR}(?P<yday>[0-3]\d\d)[A-Z]{{3}}\d\d",
        rf"(?<![0-9A-Za-z])A{_YEAR}(?P<yday>[0-3]\d\d)(?!\d)",
        rf"{_ALONE}{_YEAR}[-_.]?{_MONTH}{_END}",
        rf"{_ALONE}{_YEAR}[-_](?P<last>(?:19[5-9]|20\d)\d){_END}",
        rf"{_ALONE}{_YEAR}{_END}",
    )
)
_CODES = re.compile(r"EPSG[-_: ]?\d+", re.IGNORECASE)


def span_of(text: str) -> Span | None:
    """Read one date as tags and metadata write it, whole or in part; None for any other text.

    A day is the instant at its start, as common practice has it; only a month or a year is the span of it.
    """
    text = text.strip().strip('"')
    if _MILLISECONDS.fullmatch(text):
        return _instant(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=float(text)))
    match = _TEXT.fullmatch(text)
    return _span(match.groupdict()) if match else None


def last_moment(text: str) -> datetime | None:
    """Read a date that ends a range: a day, too, counts to its last second."""
    span = span_of(text)
    if span is None:
        return None
    whole_day = span.start == span.end and re.fullmatch(r"\d{4}\D?\d\d\D?\d\d", text.strip().strip('"'))
    return span.end + timedelta(days=1, seconds=-1) if whole_day else span.end


def span_in_name(name: str) -> Span | None:
    """Find the date in a file name: the most exact one, the first of several; None when there is none.

    Numbers are dates from 1950 to next year only, so that tile numbers and EPSG codes are not misread.
    """
    name = _CODES.sub(" ", name)
    for pattern in _IN_NAMES:
        for match in pattern.finditer(name):
            span = _span(match.groupdict())
            if span and span.start.year >= EARLIEST and span.end.year <= datetime.now(UTC).year + 1:
                return span
    return None


def _span(parts: dict[str, str | None]) -> Span | None:
    try:
        return _checked_span(parts)
    except (ValueError, OverflowError):
        return None


def _checked_span(parts: dict[str, str | None]) -> Span | None:
    year = int(parts["year"] or 0)
    if parts.get("last"):
        return _years(year, int(parts["last"] or 0))
    if parts.get("yday"):
        return _day_of_year(year, int(parts["yday"] or 0))
    if not parts.get("month"):
        return _years(year, year)
    month = int(parts["month"] or 0)
    if not parts.get("day"):
        return _closed(datetime(year, month, 1, tzinfo=UTC), days=monthrange(year, month)[1])
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    moment = datetime(year, month, int(parts["day"] or 0), hour, minute, second, tzinfo=UTC)
    fraction = timedelta(microseconds=int((parts.get("fraction") or ".0")[1:7].ljust(6, "0")))
    return _instant(moment + fraction - _offset(parts.get("offset")))


def _years(first: int, last: int) -> Span | None:
    if first > last:
        return None
    start = datetime(first, 1, 1, tzinfo=UTC)
    return Span(start=start, end=datetime(last, 12, 31, 23, 59, 59, tzinfo=UTC))


def _day_of_year(year: int, day: int) -> Span | None:
    moment = datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=day - 1)
    return _instant(moment) if moment.year == year else None


def _closed(start: datetime, *, days: int) -> Span:
    return Span(start=start, end=start + timedelta(days=days, seconds=-1))


def _instant(moment: datetime) -> Span:
    return Span(start=moment, end=moment)


def _offset(text: str | None) -> timedelta:
    if not text or text.upper() in ("Z", "UTC"):
        return timedelta(0)
    size = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return -size if text[0] == "-" else size
