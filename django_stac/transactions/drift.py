"""Whether the facts that a collection holds are those of its items: compared in one snapshot, nothing stored."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from textwrap import shorten
from typing import Any

import orjson
from django.db import connections, transaction

from django_stac.models import Collection, ExtentMode, Item, Mark
from django_stac.spec.datetimes import parse_instant
from django_stac.spec.extents import covers
from django_stac.spec.geometry import OVERSHOOT, parse_bbox
from django_stac.transactions.facts import facts

SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """How the derived facts of one collection differ from what its published items say."""

    differences: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    """Stored and true value by fact: ``count``, ``bbox``, ``interval``, ``summaries.<key>``, ``properties.<name>``,
    ``is_partial``; None is absent."""
    is_marked: bool = False
    """Whether something has changed since the facts were derived, so that they may differ."""
    uncovered: tuple[str, ...] = ()
    """``bbox`` or ``interval`` where the extent of the owner's document leaves items outside."""

    def __str__(self) -> str:
        differing = self.differences.items()
        return "; ".join(f"{fact} is {shown(stored)}, should be {shown(true)}" for fact, (stored, true) in differing)


def shown(value: Any) -> str:
    """Return a fact as a message tells it: absent, or shortened JSON."""
    return "absent" if value is None else shorten(orjson.dumps(value).decode(), 80, placeholder=" …")


@contextmanager
def snapshot(using: str) -> Iterator[None]:
    """Read one state of the database inside the block, whatever others write meanwhile; nothing can be written.

    Inside a transaction of the caller its isolation stays as it is.
    """
    is_outermost = not connections[using].in_atomic_block
    with transaction.atomic(using=using):
        if is_outermost:
            with connections[using].cursor() as cursor:
                cursor.execute(SNAPSHOT)
        yield


def drift(collection: Collection, using: str) -> Drift:
    """Compare one collection with its items; inside :func:`snapshot` no writer disturbs it."""
    true = facts(collection.pk, using)
    stored, wanted = flat(collection.derived or {}), flat(true)
    differing = sorted(key for key in stored.keys() | wanted.keys() if stored.get(key) != wanted.get(key))
    return Drift(
        differences={key: (stored.get(key), wanted.get(key)) for key in differing},
        is_marked=Mark.objects.using(using).filter(collection=collection.pk).exists(),
        uncovered=tuple(uncovered(collection, true["extent"], using)),
    )


def flat(derived: dict[str, Any]) -> dict[str, Any]:
    """The facts one by one; numbers as they compare, for the database stores 1e20 as an integer."""
    if not derived:
        return {}
    extent = derived["extent"]
    found = {
        "count": derived["count"],
        "bbox": list(map(float, extent["spatial"]["bbox"][0])),
        "interval": extent["temporal"]["interval"][0],
    }
    if derived.get("is_partial"):
        found["is_partial"] = True
    for group in ("summaries", "properties"):
        found |= {f"{group}.{key}": comparable(value) for key, value in derived.get(group, {}).items()}
    return found


def comparable(fact: Any) -> Any:
    if not isinstance(fact, dict):
        return fact
    numbers = {end: fact[end] for end in ("minimum", "maximum") if isinstance(fact.get(end), int)}
    return fact | {end: float(number) for end, number in numbers.items()}


def uncovered(collection: Collection, true: dict[str, Any], using: str) -> Iterator[str]:
    """The parts of an owner's own extent that leave items outside; the first box and interval are those of all."""
    own = collection.document.get("extent")
    if collection.extent_mode != ExtentMode.DOCUMENT or not own:
        return
    placed = Item.objects.using(using).filter(collection=collection.pk, published=True, geometry__isnull=False)
    # What is stored with validation off may have no box, or one that is none.
    with suppress(LookupError, TypeError, ValueError):
        box = parse_bbox(true["spatial"]["bbox"][0])
        if not covers(parse_bbox(own["spatial"]["bbox"][0], overshoot=OVERSHOOT), box) and placed.exists():
            yield "bbox"
    with suppress(LookupError, TypeError, ValueError):
        if not encloses(own["temporal"]["interval"][0], true["temporal"]["interval"][0]):
            yield "interval"


def encloses(outer: list[str | None], inner: list[str | None]) -> bool:
    """Whether an interval of RFC 3339 texts holds another; an open end of the inner one means that there is none."""
    (first, last), (start, end) = outer, inner
    if start is None or end is None:
        return True
    return (first is None or parse_instant(first) <= parse_instant(start)) and (
        last is None or parse_instant(last) >= parse_instant(end)
    )
