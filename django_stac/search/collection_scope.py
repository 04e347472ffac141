"""What a search of collections may name, and of which kind it is: that is observed where no specification says it.

Only visible collections are looked at.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from psycopg.sql import SQL, Literal

from django_stac.cql2.columns import COLLECTIONS, DAY_FORM, INSTANT_FORM, Target
from django_stac.cql2.queryables import PREFIX, Kind, Queryable, Queryables
from django_stac.search.execute import fetched
from django_stac.search.where import compiled

if TYPE_CHECKING:
    from django_stac.models.querysets import CollectionQuerySet

KNOWN = {
    **{name: column.kind for name, column in COLLECTIONS.own.items()},
    "keywords": Kind.ARRAY,
    "providers": Kind.ARRAY,
    "created": Kind.INSTANT,
    "updated": Kind.INSTANT,
}
"""What every collection may have (Collection Spec)."""

KINDS = """\
SELECT name, array_agg(DISTINCT kind) FROM (
    SELECT name, CASE jsonb_typeof(value) WHEN 'string' THEN
        CASE WHEN value #>> '{{}}' ~ {instant} THEN 'instant' WHEN value #>> '{{}}' ~ {day} THEN 'date' ELSE 'text' END
        ELSE jsonb_typeof(value) END AS kind
    FROM {source} CROSS JOIN LATERAL jsonb_each(properties) AS held(name, value)
    WHERE ({condition}) AND (name = ANY(%(names)s) OR %(names)s IS NULL)) AS found
WHERE kind <> 'null' GROUP BY name"""


def target_of(visible: "CollectionQuerySet", names: Iterable[str]) -> Target:
    """Return what a filter or an order that names these is compiled for.

    Where one of them is nothing here, all that there is comes along, so that it can be told what may have been meant.
    """
    wanted = {name.removeprefix(PREFIX) for name in names} - KNOWN.keys()
    found = kinds_of(visible, wanted) if wanted else {}
    return Target(queryables(found if found.keys() == wanted else kinds_of(visible)), COLLECTIONS)


def queryables_of_collections(visible: "CollectionQuerySet") -> Queryables:
    """Return all that may be named, by one statement."""
    return queryables(kinds_of(visible))


def queryables(found: dict[str, Kind]) -> Queryables:
    return Queryables({name: Queryable(name, kind) for name, kind in {**found, **KNOWN}.items()})


def kinds_of(visible: "CollectionQuerySet", names: Iterable[str] | None = None) -> dict[str, Kind]:
    """The kinds of those of the names that occur, default all; ANY where one is of several."""
    where = compiled(visible)
    if where is None:
        return {}
    statement = SQL(KINDS).format(
        source=where.source,
        condition=where.condition,
        instant=Literal(INSTANT_FORM),
        day=Literal(DAY_FORM),
    )
    rows = fetched(visible.db, statement, {**where.params, "names": None if names is None else list(names)})
    return {name: common(kinds) for name, kinds in rows}


def common(kinds: list[str]) -> Kind:
    """The one kind of what was observed: times among other texts are texts."""
    if len(kinds) == 1:
        return Kind(kinds[0])
    return Kind.TEXT if set(kinds) <= {Kind.TEXT, Kind.INSTANT, Kind.DATE} else Kind.ANY
