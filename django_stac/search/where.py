"""A queryset as the FROM and WHERE of hand-written SQL. Its order, limits and columns are left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import EmptyResultSet, FullResultSet
from psycopg import sql

if TYPE_CHECKING:
    from django.db.models import Expression, QuerySet

Rows = TypeVar("Rows", bound="QuerySet[Any]")
_PLACEHOLDER = re.compile(r"%[s%]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The conditions on rows. Parameters have names: a statement may repeat the conditions and sends them once."""

    source: sql.Composable
    condition: sql.Composable
    params: dict[str, Any]
    joins: sql.Composable
    """The part of the source behind the table itself."""
    keys: tuple[sql.Composable, ...] = ()
    """Expressions beside the conditions, by which a page is sorted."""


def compiled(rows: "QuerySet[Any]", *, prefix: str = "where", keys: "Sequence[Expression]" = ()) -> Where | None:
    """Compile a queryset, and expressions on its rows; None when nothing can match.

    ``prefix`` begins the names of the parameters.
    """
    query = plain(rows).order_by().values("pk").query
    # Before FROM is written: an expression may join.
    resolved = [key.resolve_expression(query) for key in keys]
    compiler = query.get_compiler(rows.db)
    compiler.pre_sql_setup()
    source, source_params = compiler.get_from_clause()
    try:
        condition, params = compiler.compile(compiler.where)
    except EmptyResultSet:
        return None
    except FullResultSet:
        condition, params = "TRUE", []
    joins, source_named = named(" ".join(["", *source[1:]]), source_params, f"{prefix}_from_")
    text, params_named = named(condition, params, f"{prefix}_")
    all_named, written = source_named | params_named, []
    for number, key in enumerate(resolved):
        expression, values = compiler.compile(key)
        key_text, key_named = named(expression, values, f"{prefix}_key_{number}_")
        written.append(sql.SQL(key_text))
        all_named |= key_named
    return Where(
        source=sql.SQL(source[0] + joins),
        condition=sql.SQL(text),
        params=all_named,
        joins=sql.SQL(joins),
        keys=tuple(written),
    )


def plain(rows: Rows) -> Rows:
    """Wrap what is more than conditions: a policy may slice, group or combine."""
    query = rows.query
    if query.is_sliced or query.distinct or query.combinator or query.group_by is not None:
        wrapped: Rows = rows.model._default_manager.using(rows.db).filter(pk__in=rows.values("pk"))
        return wrapped
    return rows


def named(text: str, params: Sequence[Any], prefix: str) -> tuple[str, dict[str, Any]]:
    """Give names to positional parameters."""
    numbers = count()
    text = _PLACEHOLDER.sub(lambda found: "%%" if found[0] == "%%" else f"%({prefix}{next(numbers)})s", text)
    return text, {f"{prefix}{number}": value for number, value in enumerate(params)}
