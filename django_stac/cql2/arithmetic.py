"""Arithmetic on decimals (OGC 21-065r2 §7.8), bounded: no filter makes the database work on endless numbers.

A division by what may be zero is NULL in the rows where it is, and so is a power that is no real number or too large;
what is so in every row is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import TYPE_CHECKING

from django_stac.cql2 import functions
from django_stac.cql2.expressions import NUMBER, Fill, Sql, number, numeric
from django_stac.cql2.queryables import Kind
from django_stac.cql2.tree import ARITHMETIC, CQL2Error, Node, Operation, Value

if TYPE_CHECKING:
    from django_stac.cql2.compile import Compiler

LONGEST = 10_000
"""Digits that the result of arithmetic may come to, before and behind the point together."""
STORED_DIGITS = 400
"""Digits of a stored number: documents hold what fits into 64 bits or a double."""
POWER_DIGITS = 400

# OFFSET keeps the planner from writing the operands out once for each use, doubled again by every power in a power.
POWER = """(SELECT CASE WHEN b = 0 THEN CASE WHEN e > 0 THEN 0 WHEN e = 0 THEN 1 END
    WHEN b < 0 AND e <> trunc(e) OR abs(e) > 1e6 OR abs(b) NOT BETWEEN 1e-300 AND 1e300 THEN NULL
    WHEN abs(e * log(abs(b))) <= 300 THEN power(b, e) END FROM (SELECT {} AS b, {} AS e OFFSET 0) AS p)"""
TEMPLATES = {
    "+": "({} + {})",
    "-": "({} - {})",
    "*": "({} * {})",
    "/": "({} / NULLIF({}, 0))",
    "%": "mod({}, NULLIF({}, 0))",
    "div": "div({}, NULLIF({}, 0))",
    "^": POWER,
}

# Nothing is trapped: what cannot be worked out becomes NaN or infinite.
_CONTEXT = Context(prec=60, traps=[])
_WORKED_OUT: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": _CONTEXT.add,
    "-": _CONTEXT.subtract,
    "*": _CONTEXT.multiply,
    "/": _CONTEXT.divide,
    "%": _CONTEXT.remainder,
    "div": _CONTEXT.divide_int,
    "^": _CONTEXT.power,
}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number on its way into SQL."""

    sql: Fill
    digits: int
    """How many it has at most, before and behind the point together."""
    constant: Decimal | None = None
    """The number itself, to 60 digits, where no row changes it."""


def literal(node: Value) -> Fill:
    return amount_of_literal(node).sql


def operation(compiler: "Compiler", node: Operation) -> Fill:
    return amount(compiler, node).sql


def amount(compiler: "Compiler", node: Node) -> Amount:
    """Compile a number. Raises CQL2Error."""
    if isinstance(node, Operation):
        return amount_of_operation(compiler, node)
    if isinstance(node, Value) and compiler.kind(node) is Kind.NUMBER:
        return amount_of_literal(node)
    return Amount(compiler.term(node, Kind.NUMBER), STORED_DIGITS)


def amount_of_operation(compiler: "Compiler", node: Operation) -> Amount:
    if node.op not in ARITHMETIC:
        return amount_of_call(compiler, node)
    left, right = (amount(compiler, arg) for arg in node.args)
    digits = digits_of(node.op, left.digits, right.digits)
    if digits > LONGEST:
        raise CQL2Error(f"numbers become longer than {LONGEST} digits here.", node.place)
    return Amount(Sql(TEMPLATES[node.op], left.sql, right.sql, output=NUMBER), digits, constant_of(node, left, right))


def amount_of_call(compiler: "Compiler", node: Operation) -> Amount:
    if compiler.kind(node) is Kind.NUMBER and functions.takes_number(node):
        of = amount(compiler, node.args[0])
        return Amount(functions.applied(node, of.sql), of.digits)
    return Amount(compiler.term(node, Kind.NUMBER), STORED_DIGITS)


def amount_of_literal(node: Value) -> Amount:
    assert isinstance(node.value, int | float)
    exact = numeric(node.value)
    return Amount(number(node.value), len(f"{exact:f}"), exact)


def digits_of(op: str, left: int, right: int) -> int:
    if op == "^":
        return POWER_DIGITS
    return left + right if op in ("*", "/", "div") else max(left, right) + 1


def constant_of(node: Operation, left: Amount, right: Amount) -> Decimal | None:
    """Work out what no row changes. Raises CQL2Error where it cannot be."""
    if right.constant == 0 and node.op in ("/", "%", "div"):
        raise CQL2Error("this divides by zero.", node.args[1].place)
    if left.constant is None or right.constant is None:
        return None
    if node.op == "^" and right.constant == 0:
        return Decimal(1)
    result = _WORKED_OUT[node.op](left.constant, right.constant)
    if node.op == "^" and not (result.is_finite() and abs(result.adjusted()) <= 300):
        raise CQL2Error("this power is no real number, or too large or small a one.", node.place)
    return result if result.is_finite() else None
