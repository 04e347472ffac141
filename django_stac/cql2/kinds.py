"""Of which kind the nodes of a filter are, and how that is told to people."""

from django_stac.cql2.literals import shown
from django_stac.cql2.queryables import Kind
from django_stac.cql2.tree import (
    ARITHMETIC,
    ARITY,
    LOGICAL,
    Array,
    BBox,
    CQL2Error,
    Date,
    Geometry,
    Interval,
    Node,
    Operation,
    Property,
    Timestamp,
    Value,
)

RESULTS: dict[str, Kind] = {
    **dict.fromkeys((*ARITY, *LOGICAL), Kind.BOOLEAN),
    **dict.fromkeys(ARITHMETIC, Kind.NUMBER),
    **dict.fromkeys(("casei", "accenti"), Kind.TEXT),
}
"""What operators come to; functions say so themselves."""

_LITERALS: dict[type[Node], Kind] = {
    Date: Kind.DATE,
    Timestamp: Kind.INSTANT,
    Interval: Kind.PERIOD,
    Geometry: Kind.GEOMETRY,
    BBox: Kind.GEOMETRY,
    Array: Kind.ARRAY,
}
WORDS = {
    Kind.TEXT: "a text",
    Kind.NUMBER: "a number",
    Kind.BOOLEAN: "a truth value",
    Kind.INSTANT: "an instant",
    Kind.DATE: "a date",
    Kind.PERIOD: "a time",
    Kind.ARRAY: "a list",
    Kind.OBJECT: "an object",
    Kind.GEOMETRY: "a geometry",
    Kind.ANY: "of a kind that is not known",
}


def kind_of_literal(node: Node) -> Kind:
    """Tell the kind of what is neither a property nor an operation."""
    if not isinstance(node, Value):
        return _LITERALS[type(node)]
    if isinstance(node.value, bool):
        return Kind.BOOLEAN
    return Kind.TEXT if isinstance(node.value, str) else Kind.NUMBER


def described(node: Node, kind: Kind) -> str:
    """Name a node in a sentence, with its kind."""
    return f"`{node.name}` is {WORDS[kind]} and" if isinstance(node, Property) else WORDS[kind]


def mismatch(node: Node, kind: Kind, wanted: Kind) -> CQL2Error:
    """Make the refusal of a node that is of another kind than its place asks for."""
    return CQL2Error(f"{WORDS[wanted]} is needed here; {_got(node, kind)}.", node.place)


def _got(node: Node, kind: Kind) -> str:
    if isinstance(node, Property):
        return f"`{node.name}` is {WORDS[kind]}"
    if isinstance(node, Operation):
        return f"{node.op} gives {WORDS[kind]}"
    if isinstance(node, Value):
        return f"got {WORDS[kind]}, {shown(node.value) if isinstance(node.value, str) else node.value}"
    return f"got {WORDS[kind]}"
