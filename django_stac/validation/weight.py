"""How large a JSON Schema is when all that it refers to is written out: few references may stand for many parts."""

from typing import Any
from urllib.parse import unquote

MOST_PARTS = 20_000
ELSEWHERE = ("$dynamicRef", "$recursiveRef", "$dynamicAnchor", "$anchor")
"""Ways to refer that are not counted."""


class Uncountable(ValueError):
    """A schema that refers to itself, to nowhere or to another schema."""


def parts_of(schema: dict[str, Any]) -> int:
    """Count the objects and lists of a schema, each as often as it is referred to. Raises Uncountable."""
    try:
        return _Weight(schema).of({key: value for key, value in schema.items() if key != "$id"})
    except RecursionError as error:
        raise Uncountable("it is nested, or refers, too deep") from error


class _Weight:
    """Counts the parts of one schema; a target is counted once and remembered."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._schema = schema
        self._targets: dict[str, int] = {}
        self._open: set[str] = set()

    def of(self, node: Any) -> int:
        if isinstance(node, list):
            return 1 + sum(map(self.of, node))
        if not isinstance(node, dict):
            return 0
        if strange := [key for key in ("$id", *ELSEWHERE) if isinstance(node.get(key), str)]:
            raise Uncountable(f"`{strange[0]}` must be left out")
        reference = node.get("$ref")
        return 1 + sum(map(self.of, node.values())) + (self._target(reference) if isinstance(reference, str) else 0)

    def _target(self, reference: str) -> int:
        if reference in self._open:
            raise Uncountable(f"{reference!r} refers to itself")
        if reference not in self._targets:
            self._open.add(reference)
            self._targets[reference] = self.of(self._found(reference))
            self._open.remove(reference)
        return self._targets[reference]

    def _found(self, reference: str) -> Any:
        if not reference.startswith("#/"):
            raise Uncountable(f"{reference!r} must be a place of the same schema, such as '#/definitions/name'")
        node: Any = self._schema
        for step in unquote(reference[2:]).split("/"):
            name = step.replace("~1", "/").replace("~0", "~")
            node = node.get(name) if isinstance(node, dict) else None
        if node is None:
            raise Uncountable(f"{reference!r} is no place of the schema")
        return node
