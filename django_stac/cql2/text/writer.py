"""A filter, written in the text encoding with as few parentheses as it takes."""

import re
from collections.abc import Iterable

from django_stac.cql2 import grammar
from django_stac.cql2.text import wkt
from django_stac.cql2.text.reader import KEYWORDS
from django_stac.cql2.text.stack import BINDING, COMPARISON, NOT, PRODUCT, SIGN, SUM
from django_stac.cql2.text.tokens import NAME
from django_stac.cql2.tree import (
    ARRAYS,
    Array,
    BBox,
    Date,
    Geometry,
    Interval,
    Node,
    Operation,
    Property,
    Timestamp,
    Value,
)
from django_stac.spec.datetimes import format_instant

_NAME = re.compile(NAME)
_READ_AS_ESCAPE = re.compile(r"\\(?=[abtnvfr'\\]|\Z)")

_BINDING = {word.lower(): binding for word, binding in BINDING.items()} | {
    "not": NOT,
    "in": COMPARISON,
    "isNull": COMPARISON,
}
_NEGATED_INSIDE = ("like", "between", "in", "isNull")


def write(node: Node) -> str:
    """Write a filter, or a part of one, so that it is read as the same tree."""
    match node:
        case Operation():
            return _operation(node)
        case Value():
            return _value(node)
        case Property():
            return _name(node.name)
        case Array():
            return _list(node)
        case _:
            return _constant(node)


def _constant(node: Date | Timestamp | Interval | BBox | Geometry) -> str:
    match node:
        case Date():
            return f"DATE({_instant(node)})"
        case Timestamp():
            return f"TIMESTAMP({_instant(node)})"
        case Interval():
            return f"INTERVAL({_end(node.start)}, {_end(node.end)})"
        case BBox():
            return f"BBOX({', '.join(map(wkt.written, node.numbers))})"
        case Geometry():
            return wkt.write(node)


def _value(node: Value) -> str:
    if isinstance(node.value, str):
        return "'" + _READ_AS_ESCAPE.sub(r"\\\\", node.value).replace("'", "''") + "'"
    return str(node.value).upper() if isinstance(node.value, bool) else wkt.written(node.value)


def _name(name: str) -> str:
    if _NAME.fullmatch(name) and name.upper() not in KEYWORDS:
        return name
    return '"' + name.replace('"', '""') + '"'


def _instant(node: Date | Timestamp) -> str:
    return f"'{node.day.isoformat() if isinstance(node, Date) else format_instant(node.instant)}'"


def _end(node: Node | None) -> str:
    if node is None:
        return "'..'"
    return _instant(node) if isinstance(node, Date | Timestamp) else write(node)


def _list(node: Array) -> str:
    # Among arguments (1) is a group; the comma, which the standard does not know, makes it a list.
    if len(node.members) == 1 and grammar.gives(node.members[0]) & grammar.GROUPED:
        return f"({write(node.members[0])},)"
    return _parenthesis(node.members)


def _parenthesis(nodes: Iterable[Node]) -> str:
    return f"({', '.join(map(write, nodes))})"


def _operation(node: Operation, negation: str = "") -> str:
    op, args = node.op, node.args
    if op == "not":
        return _negation(args[0])
    if op in ("and", "or"):
        return f" {op.upper()} ".join(_operand(arg, _BINDING[op] + 1) for arg in args)
    if op == "between":
        value, lower, upper = (_operand(arg, SUM) for arg in args)
        return f"{value} {negation}BETWEEN {lower} AND {upper}"
    if op == "isNull":
        return f"{_operand(args[0], SUM)} IS {negation}NULL"
    if op == "in" and isinstance(args[1], Array):
        return f"{_operand(args[0], SUM)} {negation}IN {_parenthesis(args[1].members)}"
    return _infix(node, negation) if op in _BINDING else _call(node)


def _negation(node: Node) -> str:
    if isinstance(node, Operation) and node.op in _NEGATED_INSIDE:
        return _operation(node, "NOT ")
    return f"NOT {_operand(node, NOT)}"


def _infix(node: Operation, negation: str) -> str:
    binding = _BINDING[node.op]
    # Sums and products are read from the left; comparisons and powers do not chain.
    left = binding if binding in (SUM, PRODUCT) else binding + 1
    return f"{_operand(node.args[0], left)} {negation}{node.op.upper()} {_operand(node.args[1], binding + 1)}"


def _operand(node: Node, binding: int) -> str:
    binds = _BINDING.get(node.op, SIGN) if isinstance(node, Operation) else SIGN
    return write(node) if binds >= binding else f"({write(node)})"


def _call(node: Operation) -> str:
    if node.op in ARRAYS:
        args = (_parenthesis(arg.members) if isinstance(arg, Array) else write(arg) for arg in node.args)
        return f"{node.op.upper()}({', '.join(args)})"
    return (node.op.upper() if node.op in grammar.SPELLINGS.values() else _name(node.op)) + _parenthesis(node.args)
