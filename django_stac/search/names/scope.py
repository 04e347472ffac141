"""The collections that a search of items looks at, and of which kind the properties are that it names there.

Only visible collections are asked, and of these only for the names in question.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import orjson
from psycopg.sql import SQL

from django_stac.conf import stac_settings
from django_stac.cql2.known import KNOWN
from django_stac.cql2.queryables import PREFIX, Queryable, Queryables
from django_stac.models.execute import fetched
from django_stac.models.where import Where, compiled
from django_stac.search.names.disputes import are_disputed, known_to_all
from django_stac.search.names.vocabulary import names_of, queryable
from django_stac.spec.fields import CORE
from django_stac.spec.schemas import Schema

if TYPE_CHECKING:
    from django_stac.models.querysets import CollectionQuerySet

# Types are told apart in the database: of a thousand collections that agree one row comes back. What is derived is
# opened once a collection, before its names are looked up: that is what OFFSET 0 is for.
SCOPE = """\
SELECT array(SELECT ARRAY[django_stac_collection.collection_id, django_stac_collection.id::text]
             FROM {source} WHERE ({condition}) AND {lists}),
       array(SELECT DISTINCT ARRAY[name, schema ->> 'type', schema ->> 'format']
             FROM {source} CROSS JOIN LATERAL (SELECT {observed} AS observed OFFSET 0) AS opened
             CROSS JOIN LATERAL (
                 SELECT name, coalesce(queryables -> name, observed -> name) AS schema
                 FROM unnest(%(names)s::text[]) AS asked(name) OFFSET 0) AS said
             WHERE ({condition}) AND {named} AND schema IS NOT NULL)
"""
OBSERVED, NOT_TOLD = SQL("derived -> 'properties'"), SQL("NULL::jsonb")
NAMED = "django_stac_collection.collection_id = ANY(%(ids)s)"


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a search looks, and what it may name there."""

    homes: Mapping[str, int]
    """Primary keys of the collections that were asked for and are visible; empty where none was asked for."""
    queryables: Queryables


def scope_of(collections: "CollectionQuerySet", ids: Iterable[str] = (), names: Iterable[str] = ()) -> Scope:
    """Look up the collections of these ids, default all, and the properties named, by one statement.

    Of all collections nothing is looked up where everybody knows the names, and no collection has another meaning.
    A name that is nothing there costs a second one, for all names: so that it can be told what may have been meant, and
    whether items may have more than is known of them. Names of common metadata and of extensions are something
    everywhere: NULL where no item has them.
    """
    ids, asked = list(ids), set(names)
    known = None if ids else known_to_all(asked, collections.db)
    if known is not None and not are_disputed(known, collections.db):
        return assumed_scope()
    where = compiled(collections)
    if where is None:
        return Scope({}, Queryables({**KNOWN, **declared()}))
    observed = OBSERVED if collections.tells_derived else NOT_TOLD
    homes, found = looked_up(collections.db, where, observed, ids, candidates(asked))
    queryables = Queryables({**KNOWN, **declared(), **found})
    if any(queryables.get(name) is None for name in asked):
        everything = names_of(collections, ids)
        queryables = replace(everything, known={**everything.known, **queryables.known})
    return Scope(homes, queryables)


def assumed_scope() -> Scope:
    """What names are to everybody."""
    return Scope({}, Queryables({**KNOWN, **declared()}))


def declared() -> dict[str, Queryable]:
    """What the site declares for all collections."""
    return {name: queryable(name, ()) for name in stac_settings.QUERYABLES if name not in CORE}


def candidates(names: Iterable[str]) -> list[str]:
    """The names that properties of items may have, with and without the prefix."""
    found = {candidate for name in names for candidate in (name, name.removeprefix(PREFIX))}
    return sorted(name for name in found - CORE.keys() if is_storable(name))


def is_storable(name: str) -> bool:
    """Whether the database could hold it: no NUL, no half of a surrogate pair."""
    return "\0" not in name and not any("\ud800" <= letter <= "\udfff" for letter in name)


def looked_up(
    using: str, where: Where, observed: SQL, ids: list[str], names: list[str]
) -> tuple[dict[str, int], dict[str, Queryable]]:
    """Primary keys by id, and what is said of the names."""
    named, lists = (SQL(NAMED), SQL(NAMED)) if ids else (SQL("true"), SQL("false"))
    parts = {"source": where.source, "condition": where.condition, "observed": observed}
    statement = SQL(SCOPE).format(named=named, lists=lists, **parts)
    ((homes, found),) = fetched(using, statement, where.params | {"ids": ids, "names": names})
    schemas: dict[str, list[Schema]] = {}
    for name, types, form in found:
        schemas.setdefault(name, []).append(schema(types, form))
    known = {name: queryable(name, said) for name, said in schemas.items()}
    return {home: int(key) for home, key in homes}, known


def schema(types: str | None, form: str | None) -> Schema:
    """A JSON Schema of its type, one name or a JSON array of some, and its format."""
    found = {"type": orjson.loads(types) if types and types.startswith("[") else types, "format": form}
    return {word: value for word, value in found.items() if value is not None}
