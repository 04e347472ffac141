"""What a JSON Schema refers to. Where the schemas come from is not known here."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

Find = Callable[[str], Any]
"""Gives the schema at an address without a fragment; None where there is none."""
DATA = {"const", "enum", "default", "examples"}
"""Keywords whose values are no schemas."""
# jsonschema-rs brings the schemas of schemas itself.
OF_THE_STANDARD = ("http://json-schema.org/", "https://json-schema.org/")


class SchemaMissing(LookupError):
    """A schema that another one refers to is nowhere."""


def references(schema: Any, address: str) -> set[str]:
    """The addresses, without fragments, of the other schemas that a schema refers to."""
    home = base_of(schema, address)
    found = {without_fragment(uri) for uri in _joined(schema, address)}
    return {uri for uri in found - {address, home, ""} if not uri.startswith(OF_THE_STANDARD)}


def base_of(schema: Any, address: str) -> str:
    """The address that relative references of a schema begin at: its own `$id`, else the one it was found at."""
    named = schema.get("$id") if isinstance(schema, dict) else None
    return without_fragment(_join(address, named)) if isinstance(named, str) else address


def without_fragment(uri: str) -> str:
    """An address as schemas are filed under it, also one that Python's own parser would not read."""
    return uri.partition("#")[0]


def _join(base: str, reference: str) -> str:
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference


def _joined(schema: Any, address: str) -> Iterator[str]:
    stack = [(schema, address)]
    while stack:
        node, base = stack.pop()
        if isinstance(node, dict):
            base = base_of(node, base)
            if isinstance(node.get("$ref"), str):
                yield _join(base, node["$ref"])
            stack.extend((value, base) for key, value in node.items() if key not in DATA)
        elif isinstance(node, list):
            stack.extend((value, base) for value in node)


def gathered(schema: Any, address: str, find: Find) -> dict[str, Any]:
    """A schema with all that it refers to, directly or not, by address. Raises SchemaMissing."""
    found = {address: schema, base_of(schema, address): schema}
    open_ones = [(uri, address) for uri in sorted(references(schema, address))]
    while open_ones:
        uri, from_where = open_ones.pop()
        if uri in found:
            continue
        if (inner := find(uri)) is None:
            raise SchemaMissing(f"{from_where} refers to {uri}, which is not in the cache")
        found[uri] = inner
        open_ones += [(each, uri) for each in sorted(references(inner, uri))]
    return found
