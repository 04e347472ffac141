"""A queryset as the FROM and WHERE of hand-written SQL. Its order, limits and columns are left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.core.exceptions import EmptyResultSet, FullResultSet
from psycopg import sql

if TYPE_CHECKING:
    from django.db.models import Expression, Q, QuerySet

    Condition = Expression | Q

Rows = TypeVar("Rows", bound="QuerySet[Any]")
TRUE = sql.SQL("TRUE")
_NAMED = re.compile(r"%\((\w+)\)s")
_PLACEHOLDER = re.compile(r"%[s%]")


@dataclass(frozen=True, kw_only=True)
class Where:
    """The conditions on rows. Parameters have names: a statement may repeat the conditions and sends them once."""

    source: sql.Composable
    condition: sql.Composable
    params: dict[str, Any]
    joins: sql.Composable
    """The part of the source behind the table itself."""
    keys: tuple[sql.Composable, ...] = ()
    """Expressions beside the conditions, by which a page is sorted."""
    more: tuple[sql.Composable, ...] = ()
    """Further conditions."""
    own: sql.Composable = field(default_factory=lambda: TRUE)
    """Of what was narrowed the conditions that were added, in their briefest form."""

    @cached_property
    def told(self) -> tuple[str, str]:
        """How joins and conditions are written, and their values."""
        text = f"{self.joins.as_string()} {self.condition.as_string()}"
        return text, repr([plainly(self.params[name]) for name in _NAMED.findall(text)])

    @cached_property
    def digest(self) -> str:
        """Tell these conditions from those of other searches and of other users: sixteen hexadecimal digits."""
        return blake2b(repr(self.told).encode(errors="surrogatepass"), digest_size=8).hexdigest()

    def narrowed(self, conditions: Sequence[sql.Composable], briefly: Sequence[sql.Composable]) -> Self:
        """The rows that fulfil these conditions too; ``briefly`` says the same as they do.

        What is joined again behind them must fulfil all: of many rows that a row is joined to, a policy may take one.
        """
        joined = [self.condition] if self.joins.as_string() else []
        return replace(self, condition=both([self.condition, *conditions]), own=both([*joined, *briefly]))


def compiled(
    rows: "QuerySet[Any]",
    *,
    prefix: str = "where",
    keys: "Sequence[Expression]" = (),
    more: "Sequence[Sequence[Condition]]" = (),
) -> Where | None:
    """Compile a queryset, and expressions and conditions on its rows; None when nothing can match.

    ``prefix`` begins the names of the parameters. Each list of ``more`` becomes one condition.
    """
    query = plain(rows).order_by().values("pk").query
    # Before FROM is written: an expression may join.
    resolved = [key.resolve_expression(query) for key in keys]
    demanded = [[each.resolve_expression(query) for each in group] for group in more]
    compiler = query.get_compiler(rows.db)
    compiler.pre_sql_setup()
    (table, *joins), params = compiler.get_from_clause()
    named = Named(prefix)
    try:
        joined, condition = named.sql(" ".join(["", *joins]), params), named.sql(*conditions_of(compiler))
        further = tuple(both([named.sql(*compiler.compile(each)) for each in group]) for group in demanded)
    except EmptyResultSet:
        return None
    values = tuple(named.sql(*compiler.compile(key)) for key in resolved)
    source, params = sql.SQL(table) + joined, named.params
    return Where(source=source, joins=joined, condition=condition, keys=values, more=further, params=params)


def plainly(value: Any) -> Any:
    """A value whose ``repr`` tells it from others: that of a geometry is an address."""
    return getattr(value, "ewkb", value)


def both(conditions: Sequence[sql.Composable]) -> sql.Composable:
    """Conditions that hold together; none is true."""
    held = [each for each in conditions if each is not TRUE]
    return sql.SQL(" AND ").join([sql.SQL("({})").format(each) for each in held]) if held else TRUE


def conditions_of(compiler: Any) -> tuple[str, Sequence[Any]]:
    """Compile what rows must fulfil. Raises EmptyResultSet."""
    try:
        text, params = compiler.compile(compiler.where)
    except FullResultSet:
        return "TRUE", ()
    return text, params


def plain(rows: Rows) -> Rows:
    """Wrap what is more than conditions: a policy may slice, group or combine."""
    query = rows.query
    is_plain = not (query.is_sliced or query.distinct or query.combinator or query.where.contains_over_clause)
    if not is_plain or query.group_by is not None:
        wrapped: Rows = rows.model._default_manager.using(rows.db).filter(pk__in=rows.values("pk"))
        return wrapped
    return rows


class Named:
    """Gives names to positional parameters, and holds their values."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.params: dict[str, Any] = {}

    def sql(self, text: str, params: Sequence[Any]) -> sql.Composable:
        """Write a text with the names of its parameters."""
        values = iter(params)
        return sql.SQL(_PLACEHOLDER.sub(lambda found: "%%" if found[0] == "%%" else self.name(next(values)), text))

    def name(self, value: Any) -> str:
        name = f"{self.prefix}_{len(self.params)}"
        self.params[name] = value
        return f"%({name})s"
