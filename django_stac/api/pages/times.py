"""Instants and intervals in the words of the reader's language."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _

from django_stac.api.pages.members import mapping
from django_stac.drawing.timeline import Timeline, timeline
from django_stac.spec.datetimes import parse_instant

Span = tuple[datetime | None, datetime | None]
NEVER: Span = (None, None)
EN_DASH = "\N{EN DASH}"


def instant(value: object) -> datetime | None:
    """Read a RFC 3339 text; None for anything else."""
    try:
        return parse_instant(value) if isinstance(value, str) else None
    except ValueError:
        return None


def span_of_item(properties: dict[str, Any]) -> Span:
    """The range of an item, or its instant twice."""
    start, end = instant(properties.get("start_datetime")), instant(properties.get("end_datetime"))
    moment = instant(properties.get("datetime"))
    return (start, end) if start and end else (moment, moment)


def span_of_collection(document: dict[str, Any]) -> Span:
    """The overall interval of a collection: the first of its extent."""
    intervals = mapping(mapping(document.get("extent")).get("temporal")).get("interval")
    first = intervals[0] if isinstance(intervals, list) and intervals else None
    if not isinstance(first, list) or len(first) != 2:
        return NEVER
    return instant(first[0]), instant(first[1])


def day(moment: datetime) -> str:
    return date_format(moment, _("j F Y"))


def moment_in_words(moment: datetime) -> str:
    """A day and a time of day, UTC."""
    return _("%(day)s, %(time)s UTC") % {"day": day(moment), "time": moment.strftime("%H:%M:%S")}


def in_words(span: Span) -> str:
    """A span as a phrase of days; open ends say so."""
    start, end = span
    if start is None and end is None:
        return _("any time")
    if start is None:
        return _("until %(day)s") % {"day": day(end)} if end else ""
    if end is None:
        return _("since %(day)s") % {"day": day(start)}
    if start.date() == end.date():
        return day(start)
    return f"{day(start)} {EN_DASH} {day(end)}"


def bar(span: Span, marks: Iterable[datetime | None] = ()) -> Timeline | None:
    """The span as a picture."""
    return timeline(*span, marks=[mark for mark in marks if mark], now=now())
