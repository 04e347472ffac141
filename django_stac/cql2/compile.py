"""CQL2 filters as conditions of the database, and properties as values to order, count and index by.

Every condition is true, false or NULL, whatever the rows hold; what can be seen to be wrong in the filter raises
CQL2Error with its place.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django_stac.cql2 import arithmetic, arrays, functions, spatial, temporal, texts
from django_stac.cql2.columns import READERS, Target, text_at
from django_stac.cql2.expressions import FALSE, TRUE, Fill, Parameter, Sql, any_of, collated, joined, negated
from django_stac.cql2.kinds import RESULTS, described, kind_of_literal, mismatch
from django_stac.cql2.queryables import Kind
from django_stac.cql2.tree import (
    ARITHMETIC,
    ARRAYS,
    COMPARISONS,
    SPATIAL,
    TEMPORAL,
    Array,
    CQL2Error,
    Node,
    Operation,
    Property,
    Value,
)
from django_stac.spec.datetimes import fixed_width

TIMES = frozenset({Kind.INSTANT, Kind.DATE, Kind.PERIOD})
SCALARS = {Kind.TEXT: "text", Kind.NUMBER: "numeric", Kind.BOOLEAN: "boolean"}
"""Kinds that compare with themselves, and their types in the database."""


def condition(node: Node, target: Target) -> Sql:
    """Compile a filter to a condition for ``QuerySet.filter()``. Raises CQL2Error."""
    return Sql("{}", Compiler(target).term(node, Kind.BOOLEAN))


def value(name: str, target: Target) -> Sql:
    """Return what a property is ordered, counted and indexed by: NULL where it is absent or of another kind.

    Filters compare this very expression, so that its index serves them. Raises CQL2Error for a name that is none, and
    for a property of which no kind is known.
    """
    found = target.named(Property(name))
    if column := target.column(found.name):
        return collated(column.value) if column.kind is Kind.TEXT else Sql("{}", column.value, output=column.field)
    if found.kind not in READERS:
        raise CQL2Error(f"what `{found.name}` holds is not known: it has no order.")
    return READERS[found.kind](found.name)


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles the nodes of one filter."""

    target: Target

    def kind(self, node: Node) -> Kind:
        """Tell of which kind a node is; ANY is a property that takes the kind of what it is compared with."""
        if isinstance(node, Property):
            return self.target.named(node).kind
        if isinstance(node, Operation):
            return RESULTS.get(node.op) or functions.named(node).returns
        return kind_of_literal(node)

    def term(self, node: Node, wanted: Kind) -> Fill:
        """Compile a node that must be of this kind. Raises CQL2Error."""
        if self.kind(node) not in (wanted, Kind.ANY):
            raise mismatch(node, self.kind(node), wanted)
        if isinstance(node, Property):
            return self.stored(node, wanted)
        if isinstance(node, Operation):
            return OPERATORS.get(node.op, functions.called)(self, node)
        if isinstance(node, Value):
            return literal(node)
        raise mismatch(node, self.kind(node), wanted)

    def stored(self, node: Property, wanted: Kind) -> Fill:
        """Read a property as one of a kind."""
        name = self.target.named(node).name
        if column := self.target.column(name):
            return column.value
        if wanted not in READERS:
            raise mismatch(node, Kind.ANY, wanted)
        return READERS[wanted](name)

    def common(self, nodes: Sequence[Node]) -> Kind:
        """Find the one kind of what is compared; ANY when no node tells. Raises CQL2Error."""
        known = [(node, self.kind(node)) for node in nodes if self.kind(node) is not Kind.ANY]
        for node, kind in known:
            if kind not in SCALARS:
                raise CQL2Error(f"{described(node, kind)} has no value to compare.{HINTS.get(kind, '')}", node.place)
            if kind is not known[0][1]:
                raise mismatch(node, kind, known[0][1])
        return known[0][1] if known else Kind.ANY


HINTS = {
    Kind.ARRAY: " For lists there are a_contains, a_containedBy, a_equals and a_overlaps.",
    Kind.GEOMETRY: " For geometries there is s_intersects, and seven more.",
}


def literal(node: Value) -> Fill:
    if isinstance(node.value, bool):
        return TRUE if node.value else FALSE
    return texts.literal(node) if isinstance(node.value, str) else arithmetic.literal(node)


def logical(compiler: Compiler, node: Operation) -> Sql:
    return joined(node.op.upper(), [compiler.term(arg, Kind.BOOLEAN) for arg in node.args])


def negation(compiler: Compiler, node: Operation) -> Sql:
    return negated(compiler.term(node.args[0], Kind.BOOLEAN))


def is_null(compiler: Compiler, node: Operation) -> Sql:
    arg = node.args[0]
    if isinstance(arg, Property):
        found = compiler.target.named(arg)
        return Sql("({} IS NULL)", text_at(found.name) if found.kind is Kind.ANY else compiler.stored(arg, found.kind))
    if isinstance(arg, Operation):
        return Sql("({} IS NULL)", compiler.term(arg, compiler.kind(arg)))
    return FALSE


# Comparisons


def comparison(compiler: Compiler, node: Operation) -> Sql:
    left, right = node.args
    if has_time(compiler, node.args):
        return temporal.comparison(compiler, node.op, left, right)
    kind = compiler.common(node.args)
    if kind is Kind.ANY:
        return of_any_kind(compiler, node.op, left, right)
    return compared(node.op, kind, *(compiler.term(arg, kind) for arg in as_stored(compiler, node.args)))


def between(compiler: Compiler, node: Operation) -> Sql:
    if has_time(compiler, node.args):
        return both_ends(temporal.comparison, compiler, node)
    kind = compiler.common(node.args)
    if kind is Kind.ANY:
        return both_ends(of_any_kind, compiler, node)
    terms = [compiler.term(arg, kind) for arg in as_stored(compiler, node.args)]
    return Sql("({} BETWEEN {} AND {})", *(in_order(term) if kind is Kind.TEXT else term for term in terms))


def both_ends(compare: Callable[[Compiler, str, Node, Node], Sql], compiler: Compiler, node: Operation) -> Sql:
    held, low, high = node.args
    return joined("AND", [compare(compiler, ">=", held, low), compare(compiler, "<=", held, high)])


def is_in(compiler: Compiler, node: Operation) -> Sql:
    held, listed = node.args
    members = listed.members if isinstance(listed, Array) else ()
    if not members:
        compiler.kind(held)
        return FALSE
    if has_time(compiler, (held, *members)):
        return temporal.is_in(compiler, held, members)
    kind = compiler.common((held, *members))
    held, *rest = as_stored(compiler, (held, *members))
    if kind is Kind.ANY:
        return joined("OR", [of_any_kind(compiler, "=", held, member) for member in rest])
    term = compiler.term(held, kind)
    terms = [compiler.term(member, kind) for member in rest]
    if all(isinstance(each, Parameter) for each in terms):
        return any_of(term, [each.value for each in terms if isinstance(each, Parameter)], SCALARS[kind])
    return Sql(f"({{}} IN ({', '.join(['{}'] * len(terms))}))", term, *terms)


def compared(op: str, kind: Kind, left: Fill, right: Fill) -> Sql:
    """Compare two terms of one kind; equal texts are equal in any order, and an index of any order finds them."""
    if kind is Kind.TEXT and op not in ("=", "<>"):
        left, right = in_order(left), in_order(right)
    return Sql(f"({{}} {op} {{}})", left, right)


def of_any_kind(compiler: Compiler, op: str, left: Node, right: Node) -> Sql:
    """Compare properties of which no kind is known: row by row those that hold the same one."""
    alike = [compared(op, kind, compiler.term(left, kind), compiler.term(right, kind)) for kind in SCALARS]
    return Sql("COALESCE({}, {}, {})", *alike)


def in_order(term: Fill) -> Fill:
    """Give a text the order of code points; compiled ones have it."""
    return term if isinstance(term, Sql) else collated(term)


def has_time(compiler: Compiler, nodes: Sequence[Node]) -> bool:
    return any(compiler.kind(node) in TIMES for node in nodes)


def as_stored(compiler: Compiler, nodes: Sequence[Node]) -> list[Node]:
    """Write texts that are times as they are stored in ``properties``, where one of the nodes is read there."""
    if not any(isinstance(node, Property) and not compiler.target.column(node.name) for node in nodes):
        return list(nodes)
    return [
        Value(fixed_width(node.value) or node.value, node.place)
        if isinstance(node, Value) and isinstance(node.value, str)
        else node
        for node in nodes
    ]


OPERATORS: dict[str, Callable[[Compiler, Operation], Fill]] = {
    "and": logical,
    "or": logical,
    "not": negation,
    "isNull": is_null,
    "between": between,
    "in": is_in,
    "like": texts.like,
    "casei": texts.casei,
    "accenti": texts.accenti,
    **dict.fromkeys(COMPARISONS, comparison),
    **dict.fromkeys(ARITHMETIC, arithmetic.operation),
    **dict.fromkeys(SPATIAL, spatial.relation),
    **dict.fromkeys(TEMPORAL, temporal.relation),
    **dict.fromkeys(ARRAYS, arrays.relation),
}
