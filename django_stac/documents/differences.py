"""What differs between two states of a document, for people."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django_stac.spec.changes import ABSENT, Change, changes

LONGEST = 400
"""Characters of a value that are shown."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that differs, in words: a JSON pointer, and the values as JSON, None where there was nothing."""

    place: str
    before: str | None
    after: str | None


def differences(before: dict[str, Any], after: dict[str, Any], most: int) -> tuple[list[Difference], int]:
    """Return the first differences, and how many there are more."""
    found = changes(before, after)
    shown = [told(change) for change in islice(found, most)]
    return shown, count(found)


def told(change: Change) -> Difference:
    return Difference(change.pointer or "/", in_short(change.before), in_short(change.after))


def in_short(value: Any) -> str | None:
    """A value as JSON, shortened; None of what is not there."""
    if value is ABSENT:
        return None
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def count(rest: Iterator[Any]) -> int:
    return sum(1 for _ in rest)
