"""Where the values of properties are stored, and how they are read so that they compare.

Texts are in the order of code points, numbers are decimals, times in ``properties`` are texts of one width. A value of
another kind than asked for is NULL, never an error.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any

from django.contrib.gis.db.models import GeometryField
from django.db.models import DateTimeField, F, Field

from django_stac.cql2.expressions import JSON, NUMBER, TEXT, TRUTH, Parameter, Sql, text
from django_stac.cql2.queryables import Kind, Queryable, Queryables
from django_stac.cql2.tree import CQL2Error, Property

PROPERTIES = F("properties")

LONGEST_KEPT = 200
"""Characters of a name: longer ones come from nobody who means a property."""

# A fifth of the price of a regular expression, for what no other text looks like.
INSTANT_FORM = "LIKE '____-__-__T__:__:__.______Z'"
DAY_FORM = "~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of its own for a property; times in columns are timestamps."""

    name: str
    kind: Kind
    key: str = ""
    """Of a text in another table, the column that refers to it."""

    @property
    def value(self) -> F:
        return F(self.name)

    @property
    def field(self) -> "Field[Any, Any]":
        """What its values are in Python."""
        if self.kind is Kind.GEOMETRY:
            return GeometryField(srid=4326)
        return TEXT if self.kind is Kind.TEXT else DateTimeField()


@dataclass(frozen=True, slots=True)
class Period:
    """The columns of the time of a row."""

    moment: str
    """What orders and comparisons see: an instant, or the start."""
    start: str
    end: str
    has_instants: bool
    """Whether a row without an end is an instant, at ``moment``; otherwise NULL is an open end."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a model; all other properties are in its column ``properties``."""

    own: Mapping[str, Column]
    period: Period


ITEMS = Columns(
    own={
        "id": Column("item_id", Kind.TEXT),
        "collection": Column("collection__collection_id", Kind.TEXT, key="collection_id"),
        "geometry": Column("geometry", Kind.GEOMETRY),
        "datetime": Column("datetime", Kind.PERIOD),
        "start_datetime": Column("start_datetime", Kind.INSTANT),
        "end_datetime": Column("end_datetime", Kind.INSTANT),
    },
    period=Period("datetime", "start_datetime", "end_datetime", has_instants=True),
)
COLLECTIONS = Columns(
    own={
        "id": Column("collection_id", Kind.TEXT),
        "title": Column("title", Kind.TEXT),
        "description": Column("description", Kind.TEXT),
        "license": Column("license", Kind.TEXT),
        "geometry": Column("geometry", Kind.GEOMETRY),
        "datetime": Column("start_datetime", Kind.PERIOD),
        "start_datetime": Column("start_datetime", Kind.INSTANT),
        "end_datetime": Column("end_datetime", Kind.INSTANT),
    },
    period=Period("start_datetime", "start_datetime", "end_datetime", has_instants=False),
)


@dataclass(frozen=True, slots=True)
class Target:
    """What a filter is compiled for: what it may name, and where that is stored."""

    queryables: Queryables
    columns: Columns

    def named(self, node: Property) -> Queryable:
        """Find what a property means, with the kind that its column has. Raises CQL2Error."""
        found = self.queryables.get(node.name)
        if found is None:
            raise CQL2Error(unknown(node.name, self.queryables.like(node.name)), node.place)
        column = self.columns.own.get(found.name)
        return found if column is None else Queryable(found.name, column.kind, found.schema)

    def column(self, name: str) -> Column | None:
        return self.columns.own.get(name)


def unknown(name: str, like: list[str]) -> str:
    """Say that nothing has this name, and what may have been meant."""
    meant = f" Did you mean {' or '.join(f'`{each}`' for each in like)}?" if like else ""
    return f"`{name}` is no queryable here.{meant}"


def has_key_of(column: Column, ids: list[str]) -> Sql:
    """Whether a row refers to one of these: by keys that are looked up once, so that indexes of the row serve."""
    if len(ids) == 1:
        # -1 is no key: what refers to nothing that is there is false, not NULL.
        return Sql(
            "({} = (SELECT COALESCE(max(id), -1) FROM django_stac_collection WHERE collection_id = {}))",
            F(column.key),
            text(ids[0]),
        )
    keys = Sql("ARRAY(SELECT id FROM django_stac_collection WHERE collection_id = ANY({}))", Parameter(ids, "text[]"))
    return Sql("({} = ANY({}))", F(column.key), keys)


def kept(read: Callable[[str], Sql]) -> Callable[[str], Sql]:
    """Keep what is made for a name: a filter may name a property thousands of times."""
    keep = lru_cache(maxsize=500)(read)

    @wraps(read)
    def remembered(name: str) -> Sql:
        return keep(name) if len(name) <= LONGEST_KEPT else read(name)

    return remembered


@kept
def number_of(name: str) -> Sql:
    return Sql("(CASE WHEN {} = 'number' THEN ({})::numeric END)", type_of(name), text_at(name), output=NUMBER)


@kept
def text_of(name: str) -> Sql:
    return Sql("(CASE WHEN {} = 'string' THEN ({}) COLLATE \"C\" END)", type_of(name), text_at(name), output=TEXT)


@kept
def truth_of(name: str) -> Sql:
    return Sql("(CASE WHEN {} = 'boolean' THEN ({})::boolean END)", type_of(name), text_at(name), output=TRUTH)


@kept
def instant_of(name: str) -> Sql:
    """Fixed-width UTC."""
    return _formed(name, INSTANT_FORM)


@kept
def day_of(name: str) -> Sql:
    return _formed(name, DAY_FORM)


@kept
def array_of(name: str) -> Sql:
    return Sql("(CASE WHEN {} = 'array' THEN {} END)", type_of(name), json_at(name), output=JSON)


@kept
def object_of(name: str) -> Sql:
    return Sql("(CASE WHEN {} = 'object' THEN {} END)", type_of(name), json_at(name), output=JSON)


READERS = {
    Kind.NUMBER: number_of,
    Kind.TEXT: text_of,
    Kind.BOOLEAN: truth_of,
    Kind.INSTANT: instant_of,
    Kind.DATE: day_of,
    Kind.ARRAY: array_of,
    Kind.OBJECT: object_of,
}
"""How a property in ``properties`` is read as one of a kind."""


@kept
def text_at(name: str) -> Sql:
    """A property as text, whatever it is; NULL where it is absent or null."""
    return Sql("({} ->> {})", PROPERTIES, text(name), output=TEXT)


@kept
def json_at(name: str) -> Sql:
    return Sql("({} -> {})", PROPERTIES, text(name), output=JSON)


@kept
def type_of(name: str) -> Sql:
    return Sql("jsonb_typeof({})", json_at(name), output=TEXT)


def _formed(name: str, form: str) -> Sql:
    template = f'(CASE WHEN ({{}} COLLATE "C") {form} THEN ({{}}) COLLATE "C" END)'
    return Sql(template, text_at(name), text_at(name), output=TEXT)
