"""All that a search of items may name: declared by owners, observed in published items, summarised, known by name.

One property is described once for all collections that have it. Who may see which collection is not known here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, F, Field, Func, OuterRef, TextField

from django_stac.conf import stac_settings
from django_stac.cql2.known import KNOWN
from django_stac.cql2.queryables import Kind, Queryable, Queryables, kinds_of
from django_stac.models import ExtentMode, Mark
from django_stac.spec.datetimes import fixed_width
from django_stac.spec.fields import CORE
from django_stac.spec.schemas import MOST_VALUES, TOLD, Schema, types, united

if TYPE_CHECKING:
    from django_stac.models.querysets import CollectionQuerySet

ALWAYS = "created", "updated"
TYPES = {bool: "boolean", int: "integer", float: "number", str: "string"}
NO_SUMMARIES = frozenset({"keywords", "providers"})
"""Arrays that a collection has beside its summaries."""


def vocabulary_of(collections: "CollectionQuerySet", ids: Iterable[str] = ()) -> Queryables:
    """Describe all properties of these collections, or of those of the ids, by one statement."""
    described: dict[str, list[Schema]] = {name: [] for name in (*ALWAYS, *stac_settings.QUERYABLES)}
    homes, is_open = [], False
    for home, is_settled, observed, declared, members in rows(collections, ids):
        homes.append(home)
        is_open |= not is_settled
        for name, schema in (summarised(members) | observed | declared).items():
            described.setdefault(name, []).append(schema)
    found = {name: queryable(name, schemas) for name, schemas in sorted(described.items()) if name not in CORE}
    return Queryables(core(homes) | found, is_open=is_open)


def names_of(collections: "CollectionQuerySet", ids: Iterable[str] = ()) -> Queryables:
    """Name all properties of these collections, by one statement.

    What summaries alone know has its kind; all others are of any: what items have of them is not opened.
    """
    names: set[str] = {*ALWAYS, *stac_settings.QUERYABLES}
    summaries: dict[str, list[Schema]] = {}
    is_open = False
    for _, is_settled, observed, declared, members in rows(collections, ids, NAMES):
        is_open |= not is_settled
        names |= {*observed, *declared}
        for name, schema in summarised(members).items():
            summaries.setdefault(name, []).append(schema)
    known = {name: Queryable(name, Kind.ANY) for name in names - summaries.keys()}
    return Queryables(known | {name: queryable(name, schemas) for name, schemas in summaries.items()}, is_open=is_open)


OBSERVED = F("derived__properties")
TEXTS: "Field[Any, Any]" = ArrayField(TextField())
NAMES = Func(OBSERVED, template="ARRAY(SELECT jsonb_object_keys(%(expressions)s))", output_field=TEXTS)
Row = tuple[str, bool, Any, dict[str, Schema], dict[str, Any]]


def rows(collections: "CollectionQuerySet", ids: Iterable[str], observed: F | Func = OBSERVED) -> Iterator[Row]:
    """Each collection's id, whether all properties of its items are known, those observed, those declared, members.

    Where nothing is told of what was derived, there may always be more than is known.
    """
    named = list(ids)
    asked = collections.filter(collection_id__in=named) if named else collections
    waits = Exists(Mark.objects.using(collections.db).filter(collection=OuterRef("pk")))
    columns = "collection_id", observed, "derived__is_partial", "queryables", "properties", "extent_mode", waits
    for home, seen, is_partial, declared, members, mode, is_marked in asked.order_by("pk").values_list(*columns):
        if collections.tells_derived:
            yield home, is_partial is False and not is_marked, seen or {}, declared or {}, members
        else:
            yield home, False, {}, declared or {}, members if mode == ExtentMode.DOCUMENT else {}


def core(homes: Sequence[str] = ()) -> dict[str, Queryable]:
    """What every item may have in a column of its own; the collections are listed while they are few."""
    found = {name: KNOWN[name] for name in CORE}
    if 0 < len(homes) <= MOST_VALUES:
        found["collection"] = Queryable("collection", Kind.TEXT, {**CORE["collection"], "enum": sorted(homes)})
    return found


# One property


def queryable(name: str, schemas: Sequence[Schema]) -> Queryable:
    """Make one of what several collections say; what the setting declares wins, and a known name settles a dispute."""
    if name in stac_settings.QUERYABLES:
        schemas = [stac_settings.QUERYABLES[name]]
    known, seen = KNOWN.get(name), without_count(united(schemas))
    kinds = frozenset(chain.from_iterable(map(kinds_of, schemas)))
    kind = next(iter(kinds)) if len(kinds) == 1 else Kind.ANY
    if known is None:
        return Queryable(name, kind, seen)
    if kind is known.kind:
        return Queryable(name, kind, {**known.schema, **seen, "type": types([known.schema["type"], seen["type"]])})
    if not kinds or known.kind in kinds - {kind}:
        return known
    return Queryable(name, kind, {word: known.schema[word] for word in TOLD & known.schema.keys()} | seen)


def without_count(schema: Schema) -> dict[str, Any]:
    return {word: value for word, value in schema.items() if word != "count"}


# Summaries


def summarised(members: Mapping[str, Any]) -> dict[str, Schema]:
    """Read the schemas of a collection's summaries, lists and ranges, off its column."""
    found: dict[str, Schema] = {}
    for key, value in members.items():
        name, _, end = key.rpartition(".")
        if end == "minimum" and f"{name}.maximum" in members:
            ends = {"minimum": value, "maximum": members[f"{name}.maximum"]}
            found[name] = ends | typed(list(ends.values()))
        elif isinstance(value, list) and value and key not in NO_SUMMARIES:
            listed = {"enum": value, **typed(value)} if len(value) <= MOST_VALUES else typed(value)
            # Of a property that is an array the summary lists what the arrays hold.
            is_array = key in KNOWN and KNOWN[key].kind is Kind.ARRAY
            found[key] = {"type": "array", "items": listed} if is_array else listed
    return {name: schema for name, schema in found.items() if name not in KNOWN or KNOWN[name].kind in kinds_of(schema)}


def typed(values: Sequence[Any]) -> dict[str, Any]:
    """Type and format of these scalars, which are of the column: instants are of fixed width."""
    found: dict[str, Any] = {"type": types([TYPES[type(value)] for value in values])}
    if all(isinstance(value, str) and fixed_width(value) == value for value in values):
        found["format"] = "date-time"
    return found
