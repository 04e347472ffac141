"""Tokens of `next` and `prev` links: a place in a result as text. They hold no secret: checked, not signed."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import Any, NoReturn

import orjson

from django_stac.exceptions import InvalidParameter
from django_stac.search.query import SearchQuery
from django_stac.spec import json_text

VERSION = 1
MAX_LENGTH = 4_096
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
_TEXT = re.compile(r"[A-Za-z0-9_-]+")
_LARGEST = 2**63 - 1


class Direction(StrEnum):
    """Which way from its place a page lies."""

    NEXT = "next"
    PREV = "prev"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """A place between two items of a search, newest first."""

    direction: Direction
    datetime: datetime
    """Of the item beside the place, aware, to the microsecond."""
    id: int
    """Its primary key."""
    matched: int | None
    """The count of the first page; None when it was not counted."""
    query: str
    """The fingerprint of the search that the place belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionCursor:
    """A place between two collections, in the order of their ids."""

    direction: Direction
    collection_id: str
    matched: int | None


def fingerprint(query: SearchQuery) -> str:
    """Hash everything but page size and place: sixteen hexadecimal digits."""
    collections, ids = tuple(sorted(query.collections)), tuple(sorted(query.ids))
    asked = replace(query, limit=0, token=None, collections=collections, ids=ids)
    return blake2b(orjson.dumps(asked, option=orjson.OPT_SORT_KEYS), digest_size=8).hexdigest()


def encode(cursor: Cursor) -> str:
    """Write a place as a token."""
    at = (cursor.datetime - EPOCH) // MICROSECOND
    return packed(d=cursor.direction, t=at, i=cursor.id, m=cursor.matched, q=cursor.query)


def decode(token: str, *, query: str) -> Cursor:
    """Read a token for the search of this fingerprint. Raises InvalidParameter."""
    given = unpacked(token, {"d": is_direction, "t": is_moment, "i": is_count, "m": is_matched, "q": is_text})
    if given["q"] != query:
        refuse("belongs to another search: follow the links of a page without changing other parameters.")
    return Cursor(
        direction=Direction(given["d"]),
        datetime=EPOCH + given["t"] * MICROSECOND,
        id=given["i"],
        matched=given["m"],
        query=query,
    )


def encode_collection(cursor: CollectionCursor) -> str:
    """Write a place in the list of collections as a token."""
    return packed(d=cursor.direction, c=cursor.collection_id, m=cursor.matched)


def decode_collection(token: str) -> CollectionCursor:
    """Read a token of the list of collections. Raises InvalidParameter."""
    given = unpacked(token, {"d": is_direction, "c": is_text, "m": is_matched})
    return CollectionCursor(direction=Direction(given["d"]), collection_id=given["c"], matched=given["m"])


# The text


def packed(**members: Any) -> str:
    return urlsafe_b64encode(orjson.dumps({"v": VERSION, **members})).rstrip(b"=").decode()


def unpacked(token: str, shape: dict[str, Callable[[object], bool]]) -> dict[str, Any]:
    """Read a token that has exactly these members. Raises InvalidParameter."""
    if len(token) > MAX_LENGTH or not _TEXT.fullmatch(token):
        refuse()
    try:
        given = json_text.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except ValueError:
        refuse()
    if not isinstance(given, dict) or given.pop("v", None) != VERSION or given.keys() != shape.keys():
        refuse()
    if not all(fits(given[name]) for name, fits in shape.items()):
        refuse()
    return given


def refuse(reason: str = "is none that this server has made: take it from a `next` or `prev` link.") -> NoReturn:
    raise InvalidParameter("token", reason)


def is_direction(value: object) -> bool:
    return isinstance(value, str) and value in list(Direction)


def is_moment(value: object) -> bool:
    """Whether a datetime of the years 0001 to 9999 has these microseconds from 1970."""
    first = (datetime.min.replace(tzinfo=UTC) - EPOCH) // MICROSECOND
    last = (datetime.max.replace(tzinfo=UTC) - EPOCH) // MICROSECOND
    return type(value) is int and first <= value <= last


def is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= _LARGEST


def is_matched(value: object) -> bool:
    return value is None or is_count(value)


def is_text(value: object) -> bool:
    return isinstance(value, str) and value.isprintable()
