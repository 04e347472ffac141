"""A filter as one JSON path, to be looked at before the filter itself: all that it compares is opened once.

What the filter passes the path passes too; what a path cannot say is left out. Paths are strict: lists are no values.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import orjson

from django_stac.cql2.columns import PROPERTIES, Target
from django_stac.cql2.expressions import Parameter, Sql, numeric
from django_stac.cql2.kinds import kind_of_literal
from django_stac.cql2.queryables import Kind
from django_stac.cql2.tree import Array, Node, Operation, Property, Value, parts
from django_stac.spec.datetimes import fixed_width

MOST = 50
"""Comparisons of a path: the database reads it by recursion."""

OPERATORS = {"=": "==", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}

# The planner takes a condition like this for one that nearly all rows fulfil, and leaves its guesses as they were.
SIEVE = "(NULLIF(jsonb_path_match(target => {}, path => {}, silent => true), false) IS NOT NULL)"

Path: TypeAlias = str | None
"""A predicate; None says nothing, and lets all pass."""
Shape: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Sieve:
    """What all rows pass that pass some filters."""

    condition: Sql
    shape: Shape | None
    """How the filters are written, but for their values; None where others pass, too."""


def sieve(filters: Iterable[Node], target: Target) -> Sieve | None:
    """Compile what a JSON path can say of filters that compile and hold together; None where that is nothing."""
    teller = Teller(target)
    held = list(filters)
    path = teller.both(held)
    if path is None or path.count("$") > MOST:
        return None
    condition = Sql(SIEVE, PROPERTIES, Parameter(f"strict {path}", "jsonpath"))
    return Sieve(condition, None if teller.left_out else tuple(map(outline, held)))


def outline(node: Node) -> Shape:
    """A filter, but for its values."""
    return type(node).__name__, getattr(node, "op", getattr(node, "name", None)), *map(outline, parts(node))


class Teller:
    """Says nodes of filters as predicates."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.left_out = False

    def said(self, node: Node) -> Path:
        """Say one condition."""
        found = SAYING[node.op](self, node) if isinstance(node, Operation) and node.op in SAYING else None
        self.left_out |= found is None
        return found

    def both(self, args: Sequence[Node]) -> Path:
        """Say what can be said of conditions that hold together."""
        told = [path for arg in args if (path := self.said(arg))]
        return f"({' && '.join(told)})" if told else None

    def either(self, args: Sequence[Node]) -> Path:
        """Say alternatives, all or none."""
        told = [path for arg in args if (path := self.said(arg))]
        return f"({' || '.join(told)})" if len(told) == len(args) else None

    def comparison(self, node: Operation) -> Path:
        """Compare a property of a kind that paths know with a literal."""
        op, (left, right) = node.op, node.args
        if isinstance(right, Property):
            op, left, right = MIRRORED.get(op, op), right, left
        if not isinstance(left, Property) or not isinstance(right, Value):
            return None
        name, value = self.name(left, kind_of_literal(right)), literal(right)
        # A path takes null for something that differs.
        self.left_out |= op == "<>"
        return name and value and f"({name} {OPERATORS[op]} {value})"

    def name(self, node: Property, kind: Kind) -> Path:
        """Say a property that is stored among the others, and whose values are of the kind."""
        found = self.target.named(node)
        if self.target.column(found.name) or found.kind is not kind or not found.name.isprintable():
            return None
        return f"$.{quoted(found.name)}"

    def between(self, node: Operation) -> Path:
        held, low, high = node.args
        return self.both([Operation(">=", (held, low)), Operation("<=", (held, high))])

    def is_in(self, node: Operation) -> Path:
        held, listed = node.args
        members = listed.members if isinstance(listed, Array) else ()
        return self.either([Operation("=", (held, each)) for each in members]) if 0 < len(members) <= MOST else None


SAYING: dict[str, Callable[[Teller, Operation], Path]] = {
    "and": lambda teller, node: teller.both(node.args),
    "or": lambda teller, node: teller.either(node.args),
    "between": Teller.between,
    "in": Teller.is_in,
    **dict.fromkeys(OPERATORS, Teller.comparison),
}


def literal(node: Value) -> Path:
    """Say a value as it is stored: texts that are times in their one width."""
    if isinstance(node.value, str):
        return quoted(fixed_width(node.value) or node.value) if node.value.isprintable() else None
    if isinstance(node.value, bool):
        return "true" if node.value else "false"
    return str(numeric(node.value))


def quoted(text: str) -> str:
    """A text of printable characters, as JSON and JSON paths write it."""
    return orjson.dumps(text).decode()
