"""A page that is wanted, and the pieces of SQL that the statements about it have in common."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, NamedTuple

from psycopg.sql import SQL, Composable, Identifier

from django_stac.models import Collection, Item, StoredFile
from django_stac.models.where import TRUE, Where
from django_stac.search.names.disputes import IS_DISPUTED
from django_stac.search.pages.cursor import Cursor, Direction, Scale, moment_of
from django_stac.search.pages.stretch import FIRST, LAST, Kind, Stretch, stretches
from django_stac.spec.datetimes import Interval

Statement = tuple[Composable, dict[str, Any]]

MOST_TIES = 50
"""Keys that a near-newest branch fetches beyond the page before it asks for those of one instant by themselves."""

MOST_WALKED, SHARE_WALKED = 200_000, 4
"""Items that are walked along time for those that pass a filter, before all are looked at: so many at most, and so few
that it costs a quarter of that at most. To walk one costs a unit of the planner's cost."""


STROLLED = 10_000
"""Items that are met before anything else is tried, and without a limit of time: as many as the largest page has."""


class Order(Enum):
    """How the keys of a page are found."""

    PLAIN = auto()
    """Along (datetime, id): for all but small places."""
    NEAR = auto()
    """Along the distance in time on the index of places: for small places."""
    GATHERED = auto()
    """All of them, then sorted: for named items."""
    WALKED = auto()
    """Among the nearest items, and only if these do not fill the page among all: for dear filters that many pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key of the order of a page; what has no value comes last either way."""

    scale: Scale
    descending: bool
    nullable: bool = True
    """Whether values may be absent."""


NEWEST = (Key(scale=Scale.MOMENT, descending=True, nullable=False),)
OLDEST = (Key(scale=Scale.MOMENT, descending=False, nullable=False),)


class Guess(NamedTuple):
    """What the planner expects of finding all that matches."""

    rows: int
    cost: float
    """In its own units: of which one is some five microseconds."""


def summed(guesses: Sequence[Guess]) -> Guess:
    """All of them; none where the planner has seen that nothing can match, and names no branch."""
    return Guess(sum(guess.rows for guess in guesses), sum(guess.cost for guess in guesses))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A page to be written as SQL."""

    wheres: Sequence[Where]
    """One, or one for each part of a box over the antimeridian; they share their parameters."""
    base: Where | None = None
    """Of a search by properties the conditions without these and without places."""
    seen: str = ""
    """A digest of the conditions that the user did not ask for: they tell what may be seen."""
    interval: Interval | None
    cursor: Cursor | None
    limit: int
    keys: tuple[Key, ...] = NEWEST
    """NEWEST or OLDEST, or keys of other columns, whose SQL the wheres have."""
    known: Sequence[str] = ()
    """Names that were not looked up: where a collection disputes one of them, there is no row."""
    order: Order = Order.PLAIN
    is_easy: bool = False
    """Whether a stroll may fill the page, and nothing dear is asked of those who are met."""
    guess: Guess | None = None
    """None before the planner was asked."""

    @property
    def backwards(self) -> bool:
        return self.cursor is not None and self.cursor.direction is Direction.PREV

    @property
    def is_along_time(self) -> bool:
        return self.keys in (NEWEST, OLDEST)

    @property
    def oldest_first(self) -> bool:
        """Which way a walk along time goes."""
        return self.backwards is self.keys[0].descending

    @property
    def params(self) -> dict[str, Any]:
        """The values of all parameters: only those are sent that the SQL names."""
        values: dict[str, Any] = {
            "first": FIRST,
            "last": LAST,
            "limit": self.limit,
            "take": self.limit + 1,
            "largest": 2**63 - 1,
            "walk": self.walk,
            "known": list(self.known),
        }
        values["many"] = min(self.limit + 1 + MOST_TIES, 4 * (self.limit + 1))
        if self.interval:
            values |= {"start": self.interval.start, "end": self.interval.end}
        if self.cursor:
            edge = self.cursor.edge(falls=not self.oldest_first)
            values |= {"id": self.cursor.id, "edge": edge, **self.cursor_params(self.cursor)}
        return values | self.wheres[0].params

    @property
    def walk(self) -> int:
        """How many items are walked for those that pass a filter."""
        return min(MOST_WALKED, int(self.guess.cost / SHARE_WALKED)) if self.guess else 0

    def cursor_params(self, cursor: Cursor) -> dict[str, Any]:
        if self.is_along_time:
            return {"at": cursor.datetime}
        values = (moment_of(value) if isinstance(value, int) else value for value in cursor.keys)
        return {f"at_{number}": value for number, value in enumerate(values)}


TABLE = Item._meta.db_table
COLUMNS: list[Composable] = [
    Identifier(TABLE, str(field.column))
    for field in Item._meta.concrete_fields
    if field.name not in ("properties", "document")
]
# Where there is no file at all, no item is asked. That a file has no other owner is what its index wants to hear.
HAS_FILES = """\
EXISTS (SELECT FROM {files}) AND
    EXISTS (SELECT FROM {files} AS file WHERE file.item_id = item.id AND file.collection_id IS NULL)"""
NAMES: dict[str, Composable] = {
    "items": Identifier(TABLE),
    "collections": Identifier(Collection._meta.db_table),
    "id": Identifier(TABLE, "id"),
    "datetime": Identifier(TABLE, "datetime"),
    "unpacked": SQL(", ").join(COLUMNS),
    "of_page": SQL(", ").join(
        [Identifier(TABLE, name) for name in ("id", "datetime", "collection_id", "item_id", "digest", "document")]
    ),
    "properties": Identifier(TABLE, "properties"),
    "range_start": Identifier(TABLE, "start_datetime"),
    "range_end": Identifier(TABLE, "end_datetime"),
    "has_files": SQL(HAS_FILES).format(files=Identifier(StoredFile._meta.db_table)),
}
NEWEST_FIRST = NAMES | {
    "order": SQL("DESC"),
    "beyond": SQL("<"),
    "until": SQL("<="),
    "since": SQL(">="),
    "farthest": SQL("max"),
    "last": SQL("min"),
    "back": SQL("+"),
    "forth": SQL("-"),
}
OLDEST_FIRST = NAMES | {
    "order": SQL("ASC"),
    "beyond": SQL(">"),
    "until": SQL(">="),
    "since": SQL("<="),
    "farthest": SQL("min"),
    "last": SQL("max"),
    "back": SQL("-"),
    "forth": SQL("+"),
}

KEYS = "SELECT {id}, {datetime} FROM {source} WHERE {conditions}"
INSTANT = "{range_end} IS NULL"
RANGE = "{range_end} IS NOT NULL"
INSTANT_WITHIN = "{datetime} >= %(start)s::timestamptz", "{datetime} <= %(end)s::timestamptz"
RANGE_WITHIN = "{range_end} >= %(start)s::timestamptz", "{range_start} <= %(end)s::timestamptz"


# Pieces


def undisputed(wanted: Wanted) -> Composable:
    """The condition that names are to all collections what everybody takes them for."""
    return SQL("NOT {}").format(IS_DISPUTED) if wanted.known else TRUE


OF_ROW = "int8", "text", "text", "text", "bytea", "bool"
"""The types of a row behind its keys."""


def or_dispute(page: Composable, wanted: Wanted) -> Composable:
    """A page that has no row where a name is disputed; then one row of NULLs says so."""
    if not wanted.known:
        return page
    types = [*("int8" if key.scale is Scale.MOMENT else "text" for key in wanted.keys), *OF_ROW]
    nothing = SQL(", ").join([SQL(f"NULL::{each}") for each in types])
    return SQL("({page})\nUNION ALL SELECT {nothing} WHERE {disputed}").format(
        page=page, nothing=nothing, disputed=IS_DISPUTED
    )


def pairs(wanted: Wanted) -> Iterator[tuple[Where, Stretch]]:
    for where in wanted.wheres:
        for stretch in stretches(wanted.interval):
            yield where, stretch


def within(wanted: Wanted, stretch: Stretch, instant: tuple[str, str] = INSTANT_WITHIN) -> Iterator[str]:
    """The conditions of a stretch."""
    interval = wanted.interval
    if interval is None:
        return
    since, until = instant if stretch.kind is Kind.INSTANTS else RANGE_WITHIN
    yield INSTANT if stretch.kind is Kind.INSTANTS else RANGE
    if interval.start is not None:
        yield since
    if interval.end is not None:
        yield until


def keys(wanted: Wanted, where: Where, *more: str | Composable) -> Composable:
    return said(KEYS, wanted, source=where.source, conditions=conditions(wanted, where, *more))


def conditions(wanted: Wanted, where: Where, *more: str | Composable) -> Composable:
    written = [said(each, wanted) if isinstance(each, str) else each for each in more]
    return SQL(" AND ").join([SQL("({})").format(where.condition), *written])


def said(template: str, wanted: Wanted, **more: Composable) -> Composable:
    """Fill a template with the words of the walk."""
    return SQL(template).format(**(OLDEST_FIRST if wanted.oldest_first else NEWEST_FIRST), **more)
