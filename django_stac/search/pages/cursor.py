"""Tokens of `next` and `prev` links: a place in a result as text. They hold no secret: checked, not signed."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum, StrEnum
from hashlib import blake2b
from types import NoneType
from typing import Any, NoReturn, TypeAlias

from django_stac.exceptions import InvalidParameter
from django_stac.search.query import SearchQuery
from django_stac.spec import tokens
from django_stac.spec.tokens import MAX_LENGTH, is_count, is_text

VERSION = 3
MAX_KEYS = 8
"""Keys of an order."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LARGEST = 2**63 - 1
"""The largest primary key."""
_NUMBER = re.compile(r"-?[0-9]{1,400}(?:\.[0-9]{1,1100})?", re.ASCII)


SHORT = 50
"""Characters of a text that is never left out of a token: eight of them fit, whatever they are."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Stands for a value that makes a token too long: that of the item beside the place, if it has this digest."""

    digest: str


KeyValue: TypeAlias = str | int | Reference | None
"""The value of a key of the order: microseconds from 1970 or a text, which holds numbers exactly; None is absent."""


class Scale(Enum):
    """What the values of a key are, as far as their order is concerned."""

    MOMENT = "timestamptz"
    NUMBER = "numeric"
    TEXT = "text"
    TRUTH = "boolean"


class Direction(StrEnum):
    """Which way from its place a page lies."""

    NEXT = "next"
    PREV = "prev"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """A place between two items of a search."""

    direction: Direction
    keys: tuple[KeyValue, ...]
    """The values of the keys of the order for the item beside the place."""
    id: int
    """Its primary key."""
    matched: int | None
    """The count of the first page; None when it was not counted."""
    query: str
    """The fingerprint of the search that the place belongs to."""
    seen: str
    """The digest of what the user who counted may see: the count is nobody else's."""
    includes: bool = False
    """Whether the item itself belongs to the page: the way back from a page on which nothing was left."""

    @property
    def back(self) -> "Cursor":
        """The same place, looked at from it the other way."""
        ahead = Direction.NEXT if self.direction is Direction.PREV else Direction.PREV
        return replace(self, direction=ahead, includes=not self.includes)

    def edge(self, *, falls: bool) -> int:
        """The primary key beyond which the page begins, where these fall or rise."""
        if not self.includes:
            return self.id
        return min(self.id + 1, LARGEST) if falls else self.id - 1

    @property
    def is_whole(self) -> bool:
        """Whether no value was left out of the token."""
        return not any(isinstance(key, Reference) for key in self.keys)

    @property
    def datetime(self) -> datetime:
        """The first key where the order is that of time."""
        first = self.keys[0]
        return moment_of(first if isinstance(first, int) else 0)


def moment_of(microseconds: int) -> datetime:
    """The instant so long after 1970."""
    return EPOCH + microseconds * MICROSECOND


def fingerprint(query: SearchQuery) -> str:
    """Hash everything but page size and place: sixteen hexadecimal digits."""
    collections, ids = tuple(sorted(query.collections)), tuple(sorted(query.ids))
    asked = replace(query, limit=0, token=None, collections=collections, ids=ids)
    # Of a filter it says all but where its parts stood, and integers beyond 64 bits, which orjson refuses.
    return blake2b(repr(asked).encode(errors="surrogatepass"), digest_size=8).hexdigest()


def restored(cursor: Cursor, texts: Sequence[KeyValue]) -> Cursor:
    """Return a cursor with the texts of its item for those left out of the token.

    Raises InvalidParameter where these are others now: without them the place is lost.
    """
    keys = [text if isinstance(key, Reference) else key for key, text in zip(cursor.keys, texts, strict=True)]
    for key, now in zip(cursor.keys, keys, strict=True):
        if isinstance(key, Reference) and (not isinstance(now, str) or digest(now) != key.digest):
            refuse("marks an item that is changed or gone, by a text too long to be kept: begin again without it.")
    return replace(cursor, keys=tuple(keys))


def encode(cursor: Cursor) -> str:
    """Write a place as a token."""
    rest = {"d": cursor.direction, "i": cursor.id, "m": cursor.matched, "q": cursor.query, "s": cursor.seen}
    rest |= {"b": cursor.includes}
    whole = packed(k=cursor.keys, **rest)
    if len(whole) <= MAX_LENGTH:
        return whole
    return packed(
        k=[[digest(key)] if isinstance(key, str) and len(key) > SHORT else key for key in cursor.keys], **rest
    )


def way_back(cursor: Cursor | None) -> tuple[str | None, str | None]:
    """The tokens of ``next`` and ``prev`` on a page whose items have gone since the link to it was made."""
    if cursor is None:
        return None, None
    token = encode(cursor.back)
    return (token, None) if cursor.back.direction is Direction.NEXT else (None, token)


def decode(token: str, *, query: str) -> Cursor:
    """Read a token for the search of this fingerprint; its keys must still be ``fitting``. Raises InvalidParameter."""
    shape = {"d": is_direction, "k": is_keys, "i": is_count, "m": is_matched, "q": is_text, "s": is_text, "b": is_flag}
    given = unpacked(token, shape)
    if given["q"] != query:
        refuse("belongs to another search: follow the links of a page without changing other parameters.")
    return Cursor(
        direction=Direction(given["d"]),
        keys=tuple(Reference(*key) if isinstance(key, list) else key for key in given["k"]),
        id=given["i"],
        matched=given["m"],
        query=query,
        seen=given["s"],
        includes=given["b"],
    )


def known_count(cursor: Cursor, seen: str) -> int | None:
    """The count that comes with a place; None for somebody who may not see what was counted."""
    return cursor.matched if cursor.seen == seen else None


def fitting(cursor: Cursor, scales: Sequence[Scale]) -> Cursor:
    """Return a cursor whose keys are values of these scales. Raises InvalidParameter."""
    if len(cursor.keys) != len(scales):
        refuse()
    if not all(value is None or FITS[scale](value) for value, scale in zip(cursor.keys, scales, strict=True)):
        refuse("holds values that its order no longer has: begin again without it.")
    return cursor


def digest(text: str) -> str:
    """Tell a long text from others: thirty-two hexadecimal digits."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


# The text


def packed(**members: Any) -> str:
    return tokens.packed(VERSION, **members)


def unpacked(token: str, shape: tokens.Shape) -> dict[str, Any]:
    """Read a token that has exactly these members. Raises InvalidParameter."""
    try:
        return tokens.unpacked(token, VERSION, shape)
    except ValueError:
        refuse()


def refuse(reason: str = "is none that this server has made: take it from a `next` or `prev` link.") -> NoReturn:
    raise InvalidParameter("token", reason)


def is_direction(value: object) -> bool:
    return isinstance(value, str) and value in list(Direction)


def is_moment(value: object) -> bool:
    """Whether a datetime of the years 0001 to 9999 has these microseconds from 1970."""
    first = (datetime.min.replace(tzinfo=UTC) - EPOCH) // MICROSECOND
    last = (datetime.max.replace(tzinfo=UTC) - EPOCH) // MICROSECOND
    return type(value) is int and first <= value <= last


def is_keys(value: object) -> bool:
    if not isinstance(value, list) or len(value) > MAX_KEYS:
        return False
    return all(is_reference(each) or type(each) in (str, int, NoneType) for each in value)


def is_reference(value: object) -> bool:
    return isinstance(value, list) and len(value) == 1 and isinstance(value[0], str)


def is_number(value: object) -> bool:
    return isinstance(value, Reference) or (isinstance(value, str) and _NUMBER.fullmatch(value) is not None)


def is_storable(value: object) -> bool:
    """Whether it is a text that the database takes, or stands for one."""
    return isinstance(value, Reference) or (isinstance(value, str) and "\0" not in value)


def is_truth(value: object) -> bool:
    return value in ("true", "false")


def is_flag(value: object) -> bool:
    return isinstance(value, bool)


def is_matched(value: object) -> bool:
    return value is None or is_count(value)


FITS: dict[Scale, Callable[[object], bool]] = {
    Scale.MOMENT: is_moment,
    Scale.NUMBER: is_number,
    Scale.TEXT: is_storable,
    Scale.TRUTH: is_truth,
}
