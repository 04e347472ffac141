"""What a search of collections may name, and of which kind it is: that is observed where no specification says it.

Only visible collections are looked at.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from psycopg.sql import SQL

from django_stac.cql2.columns import COLLECTIONS, Target
from django_stac.cql2.queryables import PREFIX, Kind, Queryable, Queryables, kinds_of
from django_stac.models import ExtentMode
from django_stac.models.execute import fetched
from django_stac.models.where import compiled
from django_stac.spec import fields

if TYPE_CHECKING:
    from django_stac.models.querysets import CollectionQuerySet

MEMBERS: Mapping[str, fields.Schema] = {
    "id": fields.text("Id"),
    "title": fields.text("Title"),
    "description": fields.text("Description"),
    "license": fields.text("Licence", "An SPDX expression, or other."),
    "keywords": fields.array("Keywords"),
    "providers": fields.array("Providers", description="Their names."),
    "geometry": {"title": "Extent", "description": "All its boxes together.", "format": "geometry-any"},
    "datetime": fields.instant("Time", "From the start to the end; null is open."),
    "start_datetime": fields.instant("Start", "Null is open."),
    "end_datetime": fields.instant("End", "Null is open."),
    "created": fields.instant("Created"),
    "updated": fields.instant("Updated"),
}
"""What every collection may have (Collection Spec)."""
KNOWN = {name: Queryable(name, next(iter(kinds_of(schema))), schema) for name, schema in MEMBERS.items()}

SCHEMAS: Mapping[Kind, Mapping[str, str]] = {
    Kind.TEXT: {"type": "string"},
    Kind.INSTANT: {"type": "string", "format": "date-time"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.NUMBER: {"type": "number"},
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.ARRAY: {"type": "array"},
}
OBSERVED = """\
SELECT name, array_agg(DISTINCT kind) FROM (
    SELECT name, CASE jsonb_typeof(value) WHEN 'string' THEN
        CASE WHEN value #>> '{{}}' LIKE '____-__-__T__:__:__.______Z' THEN 'instant'
             WHEN value #>> '{{}}' ~ '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$' THEN 'date' ELSE 'text' END
        ELSE jsonb_typeof(value) END AS kind
    FROM {source} CROSS JOIN LATERAL jsonb_each(properties) AS held(name, value)
    WHERE ({condition}) AND (name = ANY(%(names)s) OR %(names)s IS NULL)) AS found
WHERE kind <> 'null' GROUP BY name ORDER BY name"""


def target_of(visible: "CollectionQuerySet", names: Iterable[str]) -> Target:
    """Return what a filter or an order that names these is compiled for.

    Where one of them is nothing here, all that there is comes along, so that it can be told what may have been meant.
    """
    wanted = {name.removeprefix(PREFIX) for name in names} - KNOWN.keys()
    found = observed(visible, wanted) if wanted else {}
    return Target(with_known(found if found.keys() == wanted else observed(visible)), COLLECTIONS)


def queryables_of_collections(visible: "CollectionQuerySet") -> Queryables:
    """Return all that may be named, by one statement."""
    return with_known(observed(visible))


def with_known(found: Mapping[str, Queryable]) -> Queryables:
    return Queryables({**KNOWN, **{name: each for name, each in found.items() if name not in KNOWN}})


def observed(visible: "CollectionQuerySet", names: Iterable[str] | None = None) -> dict[str, Queryable]:
    """Those of the names that occur, default all, in their order."""
    where = compiled(visible if visible.tells_derived else of_documents(visible))
    if where is None:
        return {}
    statement = SQL(OBSERVED).format(source=where.source, condition=where.condition)
    rows = fetched(visible.db, statement, {**where.params, "names": None if names is None else list(names)})
    return {name: queryable(name, frozenset(map(Kind, kinds))) for name, kinds in rows}


def of_documents(collections: "CollectionQuerySet") -> "CollectionQuerySet":
    """Those that serve what their documents say of extents and values, and nothing that was derived from items."""
    return collections.filter(extent_mode=ExtentMode.DOCUMENT)


def queryable(name: str, kinds: frozenset[Kind]) -> Queryable:
    """What was found under a name: times among other texts are texts, and several kinds are any."""
    kind = Kind.TEXT if kinds <= {Kind.TEXT, Kind.INSTANT, Kind.DATE} else Kind.ANY
    kind = next(iter(kinds)) if len(kinds) == 1 else kind
    types = sorted({SCHEMAS[each]["type"] for each in kinds})
    return Queryable(name, kind, SCHEMAS.get(kind, {"type": types}))
