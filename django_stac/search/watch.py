"""Slow searches, told to the operator. How a search is run is not known here."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from time import monotonic
from typing import Concatenate, ParamSpec, TypeVar

from django_stac.conf import stac_settings
from django_stac.cql2 import text
from django_stac.exceptions import QueryTimeout
from django_stac.logs import plain
from django_stac.search.query import SearchQuery
from django_stac.spec.datetimes import format_instant
from django_stac.spec.geometry import bbox_of

logger = logging.getLogger("django_stac.search")

P = ParamSpec("P")
T = TypeVar("T")


def watched(search: Callable[Concatenate[SearchQuery, P], T]) -> Callable[Concatenate[SearchQuery, P], T]:
    """Log a search that takes ``SLOW_SEARCH`` milliseconds or more, or that the database gives up."""

    @wraps(search)
    def timed(query: SearchQuery, /, *args: P.args, **kwargs: P.kwargs) -> T:
        started = monotonic()
        try:
            found = search(query, *args, **kwargs)
        except QueryTimeout:
            logger.warning("Timed out after %.1f s: %s", monotonic() - started, told(query))
            raise
        seconds = monotonic() - started
        if 0 < stac_settings.SLOW_SEARCH <= seconds * 1000:
            logger.warning("Took %.1f s: %s", seconds, told(query))
        return found

    return timed


def told(query: SearchQuery) -> str:
    """The parameters of a search in one line; of a geometry its type and its box."""
    parts = {
        "limit": query.limit,
        "collections": ",".join(query.collections),
        "ids": ",".join(query.ids),
        "bbox": query.bbox and corners(query.bbox),
        "intersects": query.intersects and f"{query.intersects['type']}({corners(bbox_of(query.intersects))})",
        "datetime": query.interval and "/".join(map(end, (query.interval.start, query.interval.end))),
        "q": query.words,
        "query": ",".join(f"{each.name}:{each.operator}:{each.value}" for each in query.comparisons),
        "filter": query.filter and text.write(query.filter),
        "sortby": ",".join(f"{'-' if key.descending else '+'}{key.name}" for key in query.sort),
        "token": query.token and "given",
    }
    return plain(" ".join(f"{name}={value}" for name, value in parts.items() if value))


def corners(bbox: Sequence[float]) -> str:
    return ",".join(f"{number:g}" for number in bbox)


def end(moment: datetime | None) -> str:
    return format_instant(moment) if moment else ".."
