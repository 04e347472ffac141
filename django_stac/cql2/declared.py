"""Queryables that owners declare, ``{property: JSON Schema}``: what is wrong with them. Who keeps them is not here."""

from collections.abc import Iterator
from typing import Any

import jsonschema_rs

from django_stac.cql2.queryables import Kind, kinds_of
from django_stac.spec.fields import CORE
from django_stac.validation.problems import Problem, pointer_to
from django_stac.validation.soundness import unsound

MOST = 500
LONGEST = 200
"""Characters of a name."""
TYPES = (
    "must have one `type` of string, number, integer, boolean, array and object; "
    "a string may have the `format` date-time or date"
)


def problems_of(declared: object) -> list[Problem]:
    """Name what is wrong, by JSON pointer; nothing where they can be kept."""
    if not isinstance(declared, dict):
        return [Problem("", "must be an object of JSON Schemas, each by the name of a property")]
    if len(declared) > MOST:
        return [Problem("", f"must not declare more than {MOST} properties; got {len(declared)}")]
    # As a member: a property may have the name of a member that documents have.
    if problems := unsound({"type": "Collection", "queryables": declared}):
        return [Problem(problem.pointer.removeprefix("/queryables"), problem.message) for problem in problems]
    return [problem for name, schema in declared.items() for problem in problems_of_one(name, schema)]


def problems_of_one(name: str, schema: Any) -> Iterator[Problem]:
    """Name what is wrong with one schema."""
    pointer = pointer_to([name])
    if name in CORE:
        yield Problem(pointer, "is a column of every item, of a type that cannot be declared")
    elif not 0 < len(name) <= LONGEST or not name.isprintable():
        yield Problem(pointer, f"must have a name of 1 to {LONGEST} printable characters")
    elif not isinstance(schema, dict):
        yield Problem(pointer, "must be a JSON Schema: an object")
    elif len(kinds := kinds_of(schema)) != 1 or Kind.GEOMETRY in kinds:
        yield Problem(f"{pointer}/type", TYPES)
    else:
        yield from problems_of_schema(pointer, schema)


def problems_of_schema(pointer: str, schema: dict[str, Any]) -> Iterator[Problem]:
    # The validator would fetch what `$schema` names.
    if referring := [word for word in schema if word.startswith("$")]:
        yield Problem(pointer + pointer_to([referring[0]]), "must be left out: the schema is a part of a larger one")
        return
    try:
        jsonschema_rs.meta.validate(schema)
    except jsonschema_rs.ValidationError as error:
        yield Problem(pointer + pointer_to(error.instance_path), f"is no JSON Schema: {error.message[:200]}")
