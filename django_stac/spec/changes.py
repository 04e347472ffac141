"""What differs between two JSON documents, for people and as a JSON Patch (RFC 6902)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Any, Final

import orjson

from django_stac.spec.patches import MOST_OPERATIONS

JSON = Any
Operation = dict[str, JSON]


class Absent:
    """Stands for a value that is not there, which is not null."""


ABSENT: Final = Absent()


@dataclass(frozen=True, slots=True)
class Change:
    """One place that differs: a JSON pointer (RFC 6901), and what stood and stands there, ABSENT where nothing."""

    pointer: str
    before: JSON
    after: JSON

    @property
    def operation(self) -> Operation:
        """The operation of a JSON Patch that makes the change."""
        if self.after is ABSENT:
            return {"op": "remove", "path": self.pointer}
        return {"op": "add" if self.before is ABSENT else "replace", "path": self.pointer, "value": self.after}


def patch_between(before: JSON, after: JSON) -> list[Operation]:
    """Return the JSON Patch that makes ``after`` of ``before``: of as many operations as ``patched`` takes."""
    operations = [change.operation for change in islice(changes(before, after), MOST_OPERATIONS + 1)]
    return operations if len(operations) <= MOST_OPERATIONS else [Change("", before, after).operation]


def changes(before: JSON, after: JSON) -> Iterator[Change]:
    """Yield what differs, in an order in which it can be applied; the order of members is no difference.

    Lists of objects and texts are compared entry by entry, all others (coordinates, boxes) are one value. 1 and 1.0
    differ, as they do in a stored document. The documents are as orjson reads them.
    """
    waiting = [Change("", before, after)]
    while waiting:
        change = waiting.pop()
        inside = inside_of(change.before, change.after)
        if inside is not None:
            waiting.extend(reversed([Change(f"{change.pointer}/{escaped(step)}", *pair) for step, *pair in inside]))
        elif dump(change.before) != dump(change.after):
            yield change


def inside_of(before: JSON, after: JSON) -> list[tuple[str, JSON, JSON]] | None:
    """The parts of two values: step, before, after. None of what is compared as a whole."""
    if isinstance(before, dict) and isinstance(after, dict):
        return [(name, before.get(name, ABSENT), after.get(name, ABSENT)) for name in before | after]
    if isinstance(before, list) and isinstance(after, list) and are_entries(before) and are_entries(after):
        return entries_of(before, after)
    return None


def are_entries(values: list[JSON]) -> bool:
    """Whether each value of a list is something by itself, as links, bands and keywords are."""
    return all(isinstance(value, dict | str) for value in values)


def entries_of(before: list[JSON], after: list[JSON]) -> list[tuple[str, JSON, JSON]]:
    """The entries of two lists between what both begin and end with; those that are too many stand last."""
    ours, theirs = list(map(dump, before)), list(map(dump, after))
    start = alike(ours, theirs)
    end = alike(reversed(ours[start:]), reversed(theirs[start:]))
    left, right = before[start : len(before) - end], after[start : len(after) - end]
    both = min(len(left), len(right))
    paired = [(str(start + place), left[place], right[place]) for place in range(both)]
    # Each removal and each addition moves what follows: the last goes first, the first comes first.
    gone = [(str(start + place), left[place], ABSENT) for place in reversed(range(both, len(left)))]
    new = [(str(start + place), ABSENT, right[place]) for place in range(both, len(right))]
    return [*paired, *gone, *new]


def alike(one: Iterable[bytes], other: Iterable[bytes]) -> int:
    """How many values two lists begin with that are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def dump(value: JSON) -> bytes:
    """A value as bytes that are equal when the values are; of ABSENT they are empty."""
    return b"" if value is ABSENT else orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def escaped(step: str) -> str:
    """A member's name as a step of a pointer."""
    return step.replace("~", "~0").replace("/", "~1")
