"""The functions that a filter may call beyond the operators of the standard (OGC 21-065r2 §7.7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from django.db.models import Field

from django_stac.cql2 import temporal
from django_stac.cql2.expressions import NUMBER, TEXT, Fill, Sql
from django_stac.cql2.queryables import LONGEST_LIKE, Kind
from django_stac.cql2.tree import CQL2Error, Operation

if TYPE_CHECKING:
    from typing import Any

    from django_stac.cql2.compile import Compiler


@dataclass(frozen=True, slots=True)
class Function:
    """A function of one argument."""

    name: str
    description: str
    takes: Kind
    """PERIOD is a time of any kind."""
    returns: Kind
    sql: str
    """With one gap; of times it is filled with ``YYYY-MM-DD`` or a fixed-width instant, as a text."""


def _of(takes: Kind, returns: Kind, *rows: tuple[str, str, str]) -> Iterable[Function]:
    return [Function(name, description, takes, returns, sql) for name, sql, description in rows]


FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        *_of(
            Kind.TEXT,
            Kind.TEXT,
            ("upper", '(upper({} COLLATE "und-x-icu") COLLATE "C")', "The text in capital letters."),
            ("lower", '(lower({} COLLATE "und-x-icu") COLLATE "C")', "The text in small letters."),
        ),
        *_of(Kind.TEXT, Kind.NUMBER, ("length", "char_length({})::numeric", "The number of characters of a text.")),
        *_of(
            Kind.NUMBER,
            Kind.NUMBER,
            ("abs", "abs({})", "The number without its sign."),
            ("floor", "floor({})", "The largest integer that is not larger."),
            ("ceil", "ceil({})", "The smallest integer that is not smaller."),
            ("round", "round({})", "The nearest integer; a half is rounded away from zero."),
            ("sqrt", "(SELECT CASE WHEN x >= 0 THEN sqrt(x) END FROM (SELECT {} AS x OFFSET 0) AS s)",
             "The square root; of a negative number NULL."),
        ),
        *_of(
            Kind.PERIOD,
            Kind.NUMBER,
            ("year", "substr({}, 1, 4)::numeric", "The year of a time, in UTC."),
            ("month", "substr({}, 6, 2)::numeric", "The month of a time, 1 to 12, in UTC."),
            ("day", "substr({}, 9, 2)::numeric", "The day of the month of a time, 1 to 31, in UTC."),
            ("hour", "NULLIF(substr({}, 12, 2), '')::numeric", "The hour of an instant, 0 to 23, in UTC."),
        ),
    )
}  # fmt: skip
"""By name. All are bounded in time and size, and none fails on any value."""


def named(node: Operation) -> Function:
    """Find a function. Raises CQL2Error with the names that there are."""
    found = FUNCTIONS.get(node.op)
    if found is None:
        meant = get_close_matches(node.op[:LONGEST_LIKE], FUNCTIONS, n=1)
        hint = f" Did you mean `{meant[0]}`?" if meant else ""
        raise CQL2Error(f"there is no function `{node.op}`; there are {', '.join(FUNCTIONS)}.{hint}", node.place)
    return found


def takes_number(node: Operation) -> bool:
    """Whether a call is of a function of numbers. Raises CQL2Error."""
    return named(node).takes is Kind.NUMBER and len(node.args) == 1


def called(compiler: "Compiler", node: Operation) -> Sql:
    """Compile a call. Raises CQL2Error."""
    function = named(node)
    if len(node.args) != 1:
        raise CQL2Error(f"{node.op} takes one argument; got {len(node.args)}.", node.place)
    if function.takes is Kind.PERIOD:
        return applied(node, temporal.written(compiler, node.args[0]))
    return applied(node, compiler.term(node.args[0], function.takes))


def applied(node: Operation, argument: Fill) -> Sql:
    """Write a call of a compiled argument."""
    function = named(node)
    output: Field[Any, Any] = TEXT if function.returns is Kind.TEXT else NUMBER
    return Sql(function.sql, argument, output=output)
