"""Of which kind the properties are that everybody knows: core fields, common metadata, and those of extensions."""

from collections.abc import Mapping
from typing import Any

from django_stac.cql2.queryables import Kind, Queryable, kinds_of
from django_stac.spec.fields import CORE, FIELDS

CORE_KINDS = {
    "id": Kind.TEXT,
    "collection": Kind.TEXT,
    "geometry": Kind.GEOMETRY,
    "datetime": Kind.PERIOD,
    "start_datetime": Kind.INSTANT,
    "end_datetime": Kind.INSTANT,
}
KNOWN: Mapping[str, Queryable] = {
    **{name: Queryable(name, kind, CORE[name]) for name, kind in CORE_KINDS.items()},
    **{name: Queryable(name, next(iter(kinds_of(schema))), schema) for name, schema in FIELDS.items()},
}
"""What items may have that need not be observed."""


def disputed(observed: Mapping[str, Any], declared: Mapping[str, Any]) -> list[str]:
    """Those known names that a collection has for something of another kind; both arguments are JSON Schemas by name.

    What its owner declares goes before what its items have.
    """
    said = {**observed, **declared}
    return sorted(name for name in said.keys() & FIELDS.keys() if is_another(KNOWN[name].kind, said[name]))


def is_another(known: Kind, schema: Mapping[str, Any]) -> bool:
    """Whether values of the schema are of some kind, and never of this one."""
    kinds = kinds_of(schema)
    return bool(kinds) and known not in kinds
