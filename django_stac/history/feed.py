"""The feed of changes: all that stands, and then whatever becomes of it, for ever.

Something may be told twice, each time as it is then. Who does what they are told, in its order, has in the end what
they may see.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from django_stac.exceptions import StartAgain
from django_stac.history.place import LARGEST, SMALLEST, Place, Rank, behind, decode, digest, encode, is_sealed
from django_stac.history.sight import Sight
from django_stac.history.statement import ELSEWHERE, statement
from django_stac.models.execute import fetched, limited

NOW = "now"
"""What to ask for instead of a place by who has a copy of what stands."""
GONE = "This place is of before a restore, or you may see other things now: start again without since."
FOUND = 6
"""Columns of a row before those of the change."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one thing that the user sees, or saw."""

    is_shown: bool
    """Whether others see the collection than before: what its items are must be asked anew."""
    type: Literal["created", "updated", "deleted"]
    kind: Literal["item", "collection", "catalog"]
    collection: str
    """STAC id of the item's collection, or of the collection itself; empty for a catalogue."""
    id: str
    at: dt.datetime
    digest: str
    """Of the document; empty where there is none any more."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some changes, in their order."""

    changes: list[Change]
    next: str
    """The token of what follows, be it there or not."""
    is_end: bool
    """Whether nothing follows as yet."""


def changes(sight: Sight, since: str | None, limit: int) -> Stretch:
    """Return what follows a place, the beginning unless one is given.

    Raises InvalidParameter, QueryTimeout, or StartAgain for a place of another time or of who saw other things.
    """
    if since is None:
        return begun(sight, Place(newest=0), limit)
    if since == NOW:
        return begun(sight, behind(LARGEST), limit)
    place, seal = decode(since, collections=sight.named)
    read = reading(sight, place, limit)
    if read.is_ahead or not is_sealed(place, seal, read.epoch):
        raise StartAgain(GONE)
    return stretch(read, sight, place, limit)


def begun(sight: Sight, place: Place, limit: int) -> Stretch:
    """The beginning of what stands; or nothing, for who begins behind it."""
    read = reading(sight, place, limit, begins=True)
    start = replace(place, newest=read.newest) if place.is_walk else behind(read.newest)
    return stretch(read, sight, start, limit)


@dataclass(frozen=True, slots=True)
class Read:
    """What the statement of a page has returned."""

    epoch: str
    """The digest of what the data are, and of what the user may see."""
    is_ahead: bool
    """Whether the place is behind transactions that are still to come: of data that were lost."""
    newest: int
    stop: Place
    """Where the page stops at the latest, short of the end or not."""
    rows: list[tuple[Place, Change]]


def reading(sight: Sight, place: Place, limit: int, *, begins: bool = False) -> Read:
    """Send the statement of a page. Raises QueryTimeout."""
    with limited(sight.using):
        ((elsewhere,),) = fetched(sight.using, ELSEWHERE, {})
        text, params = statement(sight, place, most=limit + 1, begins=begins)
        rows = fetched(sight.using, text, params | {"elsewhere": elsewhere})
    epoch, is_ahead, newest, *stop = rows[0][:FOUND]
    found = [row[FOUND:] for row in rows if row[FOUND] is not None]
    return Read(
        epoch=digest(epoch, sight.mark),
        is_ahead=is_ahead,
        newest=newest or 0,
        stop=place_of(stop, place),
        rows=[(place_of(row[:3], place), Change(row[1] == Rank.SHOWN, *row[3:])) for row in found],
    )


def place_of(where: Sequence[int], place: Place) -> Place:
    """A further place on the way of this one."""
    changed, rank, key = where
    return Place(changed=changed, rank=rank, key=key, newest=place.newest)


def stretch(read: Read, sight: Sight, place: Place, limit: int) -> Stretch:
    """As many changes as were asked for, and the place behind them."""
    told, is_cut = read.rows[:limit], len(read.rows) > limit
    is_end = not is_cut and read.stop.key == SMALLEST
    last = told[-1][0] if told else place
    if not is_cut and not is_end:
        last = read.stop
    if place.newest is not None:  # The walk: behind its end are the changes since it began.
        last = behind(place.newest) if is_end else replace(last, newest=place.newest)
    token = encode(last, epoch=read.epoch, collections=sight.named)
    return Stretch([each for _, each in told], token, is_end=is_end and not place.is_walk)
