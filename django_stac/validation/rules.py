"""What the owner of a collection asks of its items beside STAC: extensions, a JSON Schema of its own, known assets."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import jsonschema_rs
import orjson

from django_stac.validation.extensions import compile_schema, named, problems_of, short_name
from django_stac.validation.problems import Problem, pointer_to
from django_stac.validation.soundness import unsound
from django_stac.validation.weight import MOST_PARTS, parts_of

MEMBERS = ("extensions", "schema", "item_assets")
ASSETS = ("keys", "match")
"""Assets must be among `item_assets` by their keys; or by keys, with the type and the roles told there."""
MOST_EXTENSIONS = 100
MOST_BYTES = 65_536
"""Of a JSON Schema as text."""
HERE = "item-schema:"
"""The address of an owner's schema, which has none."""
# Of a linear engine: a pattern of an owner may not stop the server. It knows no look-around.
PATTERNS = jsonschema_rs.RegexOptions()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRules:
    """The rules of one collection, as its owner wrote them, and its `item_assets`."""

    rules: Mapping[str, Any]
    item_assets: Mapping[str, Any] = field(default_factory=dict)

    def problems(self, item: dict[str, Any]) -> Iterator[Problem]:
        """Name what a sound item lacks or has too much."""
        yield from self._missing_extensions(item)
        if "schema" in self.rules:
            schema = compiled(orjson.dumps(self.rules["schema"]))
            if not schema.is_valid(item):
                yield from problems_of(item, schema, "schema of the collection")
        if asked := self.rules.get("item_assets"):
            yield from self._unknown_assets(item["assets"], is_strict=asked == "match")

    def _missing_extensions(self, item: dict[str, Any]) -> Iterator[Problem]:
        standing = set(named(item))
        for uri in self.rules.get("extensions", ()):
            if uri not in standing:
                yield Problem("/stac_extensions", f"must name {short_name(uri)}, which the collection asks for: {uri}")

    def _unknown_assets(self, assets: dict[str, Any], *, is_strict: bool) -> Iterator[Problem]:
        for key, asset in assets.items():
            pointer = pointer_to(["assets", key])
            if not isinstance(told := self.item_assets.get(key), dict):
                known = ", ".join(self.item_assets) or "none"
                yield Problem(pointer, f"is no asset that the collection knows; `item_assets` has {known[:200]}")
            elif is_strict:
                yield from differences(pointer, asset, told)


def differences(pointer: str, asset: dict[str, Any], told: dict[str, Any]) -> Iterator[Problem]:
    """Name where an asset has not the type, or lacks a role, that `item_assets` tells of it."""
    if "type" in told and asset.get("type") != told["type"]:
        yield Problem(f"{pointer}/type", f"must be {told['type']}, as in `item_assets`; got {asset.get('type')!r}")
    roles = listed(asset.get("roles"))
    if lacking := [role for role in listed(told.get("roles")) if role not in roles]:
        yield Problem(f"{pointer}/roles", f"must have {', '.join(map(str, lacking))}, as in `item_assets`")


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


@lru_cache(maxsize=128)
def compiled(text: bytes) -> jsonschema_rs.Validator:
    """Compile an owner's schema. Raises UnusableSchema."""
    return compile_schema(orjson.loads(text), HERE, {}, pattern_options=PATTERNS)


# What is wrong with rules


def problems_of_rules(rules: object) -> list[Problem]:
    """Name what is wrong with rules, by JSON pointer; nothing where they can be kept."""
    if not isinstance(rules, dict):
        return [Problem("", f"must be an object with {', '.join(MEMBERS)}")]
    # As a member: what may be stored of a document may be stored of rules.
    if problems := unsound({"type": "Collection", "rules": rules}):
        return [Problem(problem.pointer.removeprefix("/rules"), problem.message) for problem in problems]
    return [*_unknown_members(rules), *_problems_of_members(rules)]


def _unknown_members(rules: dict[str, Any]) -> Iterator[Problem]:
    for name in rules.keys() - set(MEMBERS):
        yield Problem(pointer_to([name]), f"is no rule; rules are {', '.join(MEMBERS)}")


def _problems_of_members(rules: dict[str, Any]) -> Iterator[Problem]:
    extensions = rules.get("extensions", [])
    if not isinstance(extensions, list) or not all(isinstance(uri, str) for uri in extensions):
        yield Problem("/extensions", "must be a list of the addresses of extensions")
    elif len(extensions) > MOST_EXTENSIONS:
        yield Problem("/extensions", f"must not name more than {MOST_EXTENSIONS}; got {len(extensions)}")
    if "schema" in rules and (reason := schema_problem(rules["schema"])):
        yield Problem("/schema", reason)
    if rules.get("item_assets", "keys") not in ASSETS:
        yield Problem("/item_assets", f"must be one of {', '.join(ASSETS)}; got {rules['item_assets']!r}")


def schema_problem(schema: Any) -> str:
    """Say why no item can be checked by a schema; empty where it can."""
    if not isinstance(schema, dict):
        return "must be a JSON Schema: an object"
    text = orjson.dumps(schema)
    if len(text) > MOST_BYTES:
        return f"must not be longer than {MOST_BYTES} bytes; it has {len(text)}"
    try:
        if parts_of(schema) > MOST_PARTS:
            return f"must not have more than {MOST_PARTS} parts, with those that it refers to counted each time"
        compiled(text)
    except ValueError as error:
        return f"is no JSON Schema that may be kept: {error}"
    return ""
