"""Lists as sets (OGC 21-065r2 §7.6): order and repetition do not count, and a scalar is no list of one."""

import json
from typing import TYPE_CHECKING, Any

from django_stac.cql2 import temporal
from django_stac.cql2.columns import json_at
from django_stac.cql2.expressions import JSON, Fill, Parameter, Sql
from django_stac.cql2.kinds import mismatch
from django_stac.cql2.literals import sound
from django_stac.cql2.queryables import Kind
from django_stac.cql2.tree import Array, Date, Node, Operation, Property, Timestamp, Value
from django_stac.spec.datetimes import fixed_width

if TYPE_CHECKING:
    from django_stac.cql2.compile import Compiler

# Containment of jsonb looks into lists inside a list, which a set does not: it is right beside scalars only.
BESIDE_SCALARS = {
    "a_contains": "a @> b",
    "a_containedBy": "a <@ b",
    "a_equals": "a @> b AND a <@ b",
    "a_overlaps": "EXISTS (SELECT FROM jsonb_array_elements(a) AS e WHERE b @> jsonb_build_array(e))",
}
_WITHIN = "NOT EXISTS (SELECT jsonb_array_elements(a) EXCEPT SELECT jsonb_array_elements(b))"
_AROUND = "NOT EXISTS (SELECT jsonb_array_elements(b) EXCEPT SELECT jsonb_array_elements(a))"
MEMBER_BY_MEMBER = {
    "a_contains": _AROUND,
    "a_containedBy": _WITHIN,
    "a_equals": f"{_WITHIN} AND {_AROUND}",
    "a_overlaps": "EXISTS (SELECT jsonb_array_elements(a) INTERSECT SELECT jsonb_array_elements(b))",
}
MIRRORED = {"a_contains": "a_containedBy", "a_containedBy": "a_contains"}

SETS = """(SELECT CASE WHEN a IS NOT NULL AND b IS NOT NULL THEN {condition} END
    FROM (SELECT {{}} AS a, {{}} AS b OFFSET 0) AS sets)"""
BUILT = """(SELECT CASE WHEN array_position(members, NULL) IS NULL THEN to_jsonb(members) END
    FROM (SELECT ARRAY[{gaps}]::jsonb[] AS members OFFSET 0) AS built)"""


def relation(compiler: "Compiler", node: Operation) -> Sql:
    """Compare two sets; NULL where one is no list."""
    op, (left, right) = node.op, node.args
    if holds_scalars(left):
        op, left, right = MIRRORED.get(op, op), right, left
    conditions = BESIDE_SCALARS if holds_scalars(right) else MEMBER_BY_MEMBER
    template = SETS.format(condition=conditions[op])
    return Sql(template, operand(compiler, left), operand(compiler, right))


def operand(compiler: "Compiler", node: Node) -> Fill:
    if not isinstance(node, Array):
        return compiler.term(node, Kind.ARRAY)
    if holds_scalars(node):
        return sent([scalar(member) for member in node.members])
    gaps = ", ".join(["{}"] * len(node.members))
    return Sql(BUILT.format(gaps=gaps), *(member_of(compiler, member) for member in node.members), output=JSON)


def holds_scalars(node: Node) -> bool:
    return isinstance(node, Array) and all(isinstance(member, Value | Date | Timestamp) for member in node.members)


def sent(value: Any) -> Parameter:
    return Parameter(json.dumps(value, ensure_ascii=False), "jsonb")


def scalar(node: Node) -> Any:
    """Write a literal as it is stored in ``properties``."""
    if isinstance(node, Date):
        return node.day.isoformat()
    if isinstance(node, Timestamp):
        return fixed_width(node.instant.isoformat())
    value = node.value  # type: ignore[union-attr]
    return (fixed_width(value) or sound(value, node.place)) if isinstance(value, str) else value


def member_of(compiler: "Compiler", node: Node) -> Fill:
    """Compile a member of a list that is not made of literals; NULL where it is absent."""
    if isinstance(node, Value | Date | Timestamp):
        return sent(scalar(node))
    kind = compiler.kind(node)
    if kind is Kind.ANY and isinstance(node, Property):
        return Sql("NULLIF({}, 'null')", json_at(compiler.target.named(node).name), output=JSON)
    if kind is Kind.ARRAY:
        return operand(compiler, node)
    if kind in (Kind.INSTANT, Kind.DATE, Kind.PERIOD):
        return Sql("to_jsonb({})", temporal.written(compiler, node), output=JSON)
    # No condition is a member: it could hold lists again, of conditions.
    if kind is Kind.GEOMETRY or (kind not in (Kind.TEXT, Kind.NUMBER) and not isinstance(node, Property)):
        raise mismatch(node, kind, Kind.TEXT)
    return Sql("to_jsonb({})", compiler.term(node, kind), output=JSON)
