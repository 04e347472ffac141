"""CQL2 filters as conditions of the database, and properties as values to order, count and index by.

Every condition is true, false or NULL, whatever the rows hold; what can be seen to be wrong in the filter raises
CQL2Error with its place.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django_stac.cql2 import arithmetic, arrays, comparisons, functions, spatial, temporal, texts
from django_stac.cql2.columns import READERS, Target, text_at
from django_stac.cql2.expressions import FALSE, TRUE, Fill, Sql, collated, joined, negated
from django_stac.cql2.kinds import RESULTS, kind_of_literal, mismatch
from django_stac.cql2.queryables import Kind
from django_stac.cql2.tree import (
    ARITHMETIC,
    ARRAYS,
    COMPARISONS,
    SPATIAL,
    TEMPORAL,
    CQL2Error,
    Node,
    Operation,
    Property,
    Value,
)


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
        assert isinstance(node, Value), "of the other literals the operators know what they make"
        return literal(node)

    def stored(self, node: Property, wanted: Kind) -> Fill:
        """Read a property as one of a kind."""
        name = self.target.named(node).name
        if column := self.target.column(name):
            return column.value
        if wanted not in READERS:
            raise mismatch(node, Kind.ANY, wanted)
        return READERS[wanted](name)


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


OPERATORS: dict[str, Callable[[Compiler, Operation], Fill]] = {
    "and": logical,
    "or": logical,
    "not": negation,
    "isNull": is_null,
    "between": comparisons.between,
    "in": comparisons.is_in,
    "like": texts.like,
    "casei": texts.casei,
    "accenti": texts.accenti,
    **dict.fromkeys(COMPARISONS, comparisons.comparison),
    **dict.fromkeys(ARITHMETIC, arithmetic.operation),
    **dict.fromkeys(SPATIAL, spatial.relation),
    **dict.fromkeys(TEMPORAL, temporal.relation),
    **dict.fromkeys(ARRAYS, arrays.relation),
}
