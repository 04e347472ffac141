"""Tokens of links: a place as text. They hold no secret and anybody can make one, so that all in them is checked."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from typing import Any

import orjson

from django_stac.spec import json_text

MAX_LENGTH = 4_096
_TEXT = re.compile(r"[A-Za-z0-9_-]+")
_LARGEST = 2**63 - 1

Shape = Mapping[str, Callable[[object], bool]]
"""The members of a token, and whether a value fits."""


def packed(version: int, **members: Any) -> str:
    """Write members as a token."""
    return urlsafe_b64encode(orjson.dumps({"v": version, **members})).rstrip(b"=").decode()


def unpacked(token: str, version: int, shape: Shape) -> dict[str, Any]:
    """Read a token that has exactly these members. Raises ValueError."""
    if len(token) > MAX_LENGTH or not _TEXT.fullmatch(token):
        raise ValueError("no token")
    given = json_text.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    if not isinstance(given, dict) or given.pop("v", None) != version or given.keys() != shape.keys():
        raise ValueError("a token of something else")
    if not all(fits(given[name]) for name, fits in shape.items()):
        raise ValueError("a token that was changed")
    return given


def is_count(value: object) -> bool:
    """Whether a column of 64 bits can count it."""
    return type(value) is int and 0 <= value <= _LARGEST


def is_text(value: object) -> bool:
    return isinstance(value, str) and value.isprintable()
