"""Comparisons of values (OGC 21-065r2 §6.2 and §7.1): of one kind with itself, as it is stored."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django_stac.cql2 import temporal
from django_stac.cql2.columns import Column, has_key_of
from django_stac.cql2.expressions import FALSE, Fill, Parameter, Sql, any_of, collated, joined, negated
from django_stac.cql2.kinds import described, mismatch
from django_stac.cql2.queryables import Kind
from django_stac.cql2.tree import Array, CQL2Error, Node, Operation, Property, Value
from django_stac.spec.datetimes import fixed_width

if TYPE_CHECKING:
    from django_stac.cql2.compile import Compiler

TIMES = frozenset({Kind.INSTANT, Kind.DATE, Kind.PERIOD})
SCALARS = {Kind.TEXT: "text", Kind.NUMBER: "numeric", Kind.BOOLEAN: "boolean"}
"""Kinds that compare with themselves, and their types in the database."""
HINTS = {
    Kind.ARRAY: " For lists there are a_contains, a_containedBy, a_equals and a_overlaps.",
    Kind.GEOMETRY: " For geometries there is s_intersects, and seven more.",
}


def comparison(compiler: "Compiler", node: Operation) -> Sql:
    left, right = node.args
    if has_time(compiler, node.args):
        return temporal.comparison(compiler, node.op, left, right)
    kind = common(compiler, node.args)
    if kind is Kind.ANY:
        return of_any_kind(compiler, node.op, left, right)
    if node.op in ("=", "<>") and (found := by_key(compiler, left, [right]) or by_key(compiler, right, [left])):
        return found if node.op == "=" else negated(found)
    return compared(node.op, kind, *(compiler.term(arg, kind) for arg in as_stored(compiler, node.args)))


def between(compiler: "Compiler", node: Operation) -> Sql:
    """Compare with two ends, both included; ends in the wrong order hold nothing between them."""
    if has_time(compiler, node.args):
        return both_ends(temporal.comparison, compiler, node)
    kind = common(compiler, node.args)
    if kind is Kind.ANY:
        return both_ends(of_any_kind, compiler, node)
    terms = [compiler.term(arg, kind) for arg in as_stored(compiler, node.args)]
    return Sql("({} BETWEEN {} AND {})", *(in_order(term) if kind is Kind.TEXT else term for term in terms))


def both_ends(compare: Callable[["Compiler", str, Node, Node], Sql], compiler: "Compiler", node: Operation) -> Sql:
    held, low, high = node.args
    return joined("AND", [compare(compiler, ">=", held, low), compare(compiler, "<=", held, high)])


def is_in(compiler: "Compiler", node: Operation) -> Sql:
    """Compare with the members of a list; literals are sent together."""
    held, listed = node.args
    members = listed.members if isinstance(listed, Array) else ()
    if not members:
        compiler.kind(held)
        return FALSE
    if has_time(compiler, (held, *members)):
        return temporal.is_in(compiler, held, members)
    kind = common(compiler, (held, *members))
    if found := by_key(compiler, held, members):
        return found
    held, *rest = as_stored(compiler, (held, *members))
    if kind is Kind.ANY:
        return joined("OR", [of_any_kind(compiler, "=", held, member) for member in rest])
    return one_of(kind, compiler.term(held, kind), [compiler.term(member, kind) for member in rest])


def one_of(kind: Kind, term: Fill, others: list[Fill]) -> Sql:
    sent = [other.value for other in others if isinstance(other, Parameter)]
    if len(sent) == len(others):
        return any_of(term, sent, SCALARS[kind])
    return Sql(f"({{}} IN ({', '.join(['{}'] * len(others))}))", term, *others)


def compared(op: str, kind: Kind, left: Fill, right: Fill) -> Sql:
    """Compare two terms of one kind; equal texts are equal in any order, and an index of any order finds them."""
    if kind is Kind.TEXT and op not in ("=", "<>"):
        left, right = in_order(left), in_order(right)
    return Sql(f"({{}} {op} {{}})", left, right)


def of_any_kind(compiler: "Compiler", op: str, left: Node, right: Node) -> Sql:
    """Compare properties of which no kind is known: row by row those that hold the same one."""
    alike = [compared(op, kind, compiler.term(left, kind), compiler.term(right, kind)) for kind in SCALARS]
    return Sql("COALESCE({}, {}, {})", *alike)


def by_key(compiler: "Compiler", held: Node, others: Sequence[Node]) -> Sql | None:
    """Compare what is stored in another table with texts, by the key that refers to it; None where this is not so."""
    column = column_of(compiler, held)
    if column is None or not column.key or not all(isinstance(other, Value) for other in others):
        return None
    terms = [compiler.term(other, Kind.TEXT) for other in others]
    return has_key_of(column, [term.value for term in terms if isinstance(term, Parameter)])


def in_order(term: Fill) -> Fill:
    """Give a text the order of code points; compiled ones have it."""
    return term if isinstance(term, Sql) else collated(term)


def has_time(compiler: "Compiler", nodes: Sequence[Node]) -> bool:
    return any(compiler.kind(node) in TIMES for node in nodes)


def column_of(compiler: "Compiler", node: Node) -> Column | None:
    return compiler.target.column(compiler.target.named(node).name) if isinstance(node, Property) else None


def common(compiler: "Compiler", nodes: Sequence[Node]) -> Kind:
    """Find the one kind of what is compared; ANY when no node tells. Raises CQL2Error."""
    known = [(node, kind) for node in nodes if (kind := compiler.kind(node)) is not Kind.ANY]
    for node, kind in known:
        if kind not in SCALARS:
            raise CQL2Error(f"{described(node, kind)} has no value to compare.{HINTS.get(kind, '')}", node.place)
        if kind is not known[0][1]:
            raise mismatch(node, kind, known[0][1])
    return known[0][1] if known else Kind.ANY


def as_stored(compiler: "Compiler", nodes: Sequence[Node]) -> list[Node]:
    """Write texts that are times as they are stored in ``properties``, where one of the nodes is read there."""
    if not any(isinstance(node, Property) and column_of(compiler, node) is None for node in nodes):
        return list(nodes)
    return [
        Value(fixed_width(node.value) or node.value, node.place)
        if isinstance(node, Value) and isinstance(node.value, str)
        else node
        for node in nodes
    ]
