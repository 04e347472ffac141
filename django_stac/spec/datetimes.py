"""RFC 3339 instants and the intervals of the ``datetime`` parameter. Named time zones are not here."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

# RFC 3339 §5.6: datetime.fromisoformat would also take week dates and offsets without a colon.
_DATE_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?"
    r"([Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)
_ZERO_OFFSETS = frozenset(("Z", "z", "+00:00", "-00:00"))
_OPEN = frozenset(("", ".."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A closed interval of time; an instant has ``start == end``."""

    start: datetime | None
    """Aware, UTC; None is open."""
    end: datetime | None
    """Aware, UTC; None is open."""


def parse_instant(text: str) -> datetime:
    """Read a RFC 3339 date-time as an aware UTC datetime; digits after the microseconds are cut off.

    Second 60 becomes the second after 59. Raises ValueError with a sentence.
    """
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        raise ValueError(_refusal(text))
    # RFC 3339 §5.7 allows second 60, Python's datetime does not.
    leap = match[1] == "60"
    iso = f"{text[:17]}59{text[19:]}" if leap else text
    try:
        value = datetime.fromisoformat(iso.upper()).astimezone(UTC)
        return value + timedelta(seconds=1) if leap else value
    except (ValueError, OverflowError):
        raise ValueError(_refusal(text)) from None


def parse_interval(text: str) -> Interval:
    """Read the ``datetime`` parameter: an instant, or two ends joined by ``/`` of which one may be open.

    Raises ValueError with a sentence.
    """
    parts = text.split("/")
    if len(parts) > 2:
        raise ValueError(f"an interval has two ends, start/end; got {len(parts)} in {text!r}.")
    if len(parts) == 1:
        instant = parse_instant(text)
        return Interval(start=instant, end=instant)
    start, end = map(_parse_end, parts)
    if start is None and end is None:
        raise ValueError(f"one end of an interval may be open, not both; got {text!r}.")
    if start is not None and end is not None and start > end:
        raise ValueError(f"an interval must not end before it starts; got {text!r}.")
    return Interval(start=start, end=end)


def format_instant(value: datetime) -> str:
    """Write an aware datetime as RFC 3339 in UTC with ``Z``; a fraction appears only when it is not zero."""
    if value.tzinfo is None:
        raise ValueError(f"a datetime must know its time zone; got {value.isoformat()}.")
    return value.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"


def in_utc(text: str) -> str:
    """Take a non-zero offset off a RFC 3339 text; a text in UTC comes back unchanged.

    Seconds and fraction keep their digits. Raises ValueError with a sentence for any other text.
    """
    parse_instant(text)
    offset = text[-1:] if text[-1] in "Zz" else text[-6:]
    if offset in _ZERO_OFFSETS:
        return text
    # Offsets are whole minutes, so that a second 60 and a fraction of nine digits pass untouched.
    minutes = int(offset[:3]) * 60 + int(offset[0] + offset[4:])
    shifted = datetime.fromisoformat(text[:16].upper()) - timedelta(minutes=minutes)
    return shifted.isoformat(timespec="minutes") + text[16:-6] + "Z"


def fixed_width(text: str) -> str | None:
    """Write a RFC 3339 date-time as ``YYYY-MM-DDTHH:MM:SS.ffffffZ``, sortable as text; else None."""
    # Called for every string of an item's properties: nearly all are refused by these two looks.
    if len(text) < 20 or text[10] not in "Tt":
        return None
    try:
        return parse_instant(text).isoformat(timespec="microseconds")[:26] + "Z"
    except ValueError:
        return None


def _parse_end(text: str) -> datetime | None:
    return None if text in _OPEN else parse_instant(text)


def _refusal(text: str) -> str:
    shown = text if len(text) <= 60 else text[:57] + "..."
    return f"not a RFC 3339 date-time such as 2020-02-29T12:00:00Z: {shown!r}."
