"""SQL that filters and orders are compiled to, in pieces. What CQL2 means by them is not known here.

A condition is true, false or NULL, as SQL has it: no lookup of Django's, which would add IS NOT NULL where it negates.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Self

from django.db.models import BooleanField, DecimalField, F, Field, JSONField, TextField
from django.db.models.expressions import Expression

TRUTH: "Field[Any, Any]" = BooleanField()
NUMBER: "Field[Any, Any]" = DecimalField()
TEXT: "Field[Any, Any]" = TextField()
JSON: "Field[Any, Any]" = JSONField()

Fill = Expression | F


class Sql(Expression):
    """SQL with gaps, ``{}``, that other expressions fill.

    Pieces inside pieces become one flat piece, so that the depth of a filter costs Django no stack.
    """

    def __init__(self, template: str, *fills: Fill, output: "Field[Any, Any]" = TRUTH) -> None:
        super().__init__(output_field=output)
        texts = template.split("{}")
        self.texts = [texts[0]]
        self.fills: list[Any] = []
        for fill, text in zip(fills, texts[1:], strict=True):
            self._add(fill)
            self.texts[-1] += text

    def _add(self, fill: Fill) -> None:
        if isinstance(fill, Sql):
            self.texts[-1] += fill.texts[0]
            self.texts += fill.texts[1:]
            self.fills += fill.fills
        else:
            self.texts.append("")
            self.fills.append(fill)

    def get_source_expressions(self) -> list[Any]:
        return self.fills

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        self.fills = list(exprs)

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Self:
        """Resolve what fills the gaps: once what fills many, as the column of properties does."""
        resolved = self.copy()
        each = {key: fill.resolve_expression(*args, **kwargs) for key, fill in self.different().items()}
        resolved.fills = [each[id(fill)] for fill in self.fills]
        return resolved

    def different(self) -> dict[int, Any]:
        """What fills the gaps, each once."""
        return {id(fill): fill for fill in self.fills}

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        written: list[str] = [self.texts[0]]
        params: list[Any] = []
        each = {key: compiler.compile(fill) for key, fill in self.different().items()}
        for fill, text in zip(self.fills, self.texts[1:], strict=True):
            sql, values = each[id(fill)]
            written += sql, text
            params += values
        return "".join(written), params


class Parameter(Expression):
    """A value that is sent beside the SQL, with the type that it has there."""

    def __init__(self, value: Any, sql_type: str) -> None:
        super().__init__(output_field=TEXT)
        self.value = value
        self.sql_type = sql_type

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Self:
        return self

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return f"%s::{self.sql_type}", [self.value]


TRUE, FALSE = Sql("TRUE"), Sql("FALSE")


def numeric(value: int | float) -> Decimal:
    """The exact decimal that a JSON number is written as: 0.1 is a tenth."""
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def text(value: str) -> Parameter:
    return Parameter(value, "text")


def number(value: int | float) -> Parameter:
    return Parameter(numeric(value), "numeric")


def instant(value: datetime) -> Parameter:
    return Parameter(value, "timestamptz")


def collated(value: Fill) -> Sql:
    """A text in the order of its code points."""
    return Sql('({} COLLATE "C")', value, output=TEXT)


def joined(word: str, conditions: Iterable[Fill]) -> Sql:
    """Join one condition or more by AND or OR."""
    held = list(conditions)
    return Sql("(" + f" {word} ".join(["{}"] * len(held)) + ")", *held)


def negated(condition: Fill) -> Sql:
    return Sql("(NOT {})", condition)


def any_of(value: Fill, values: list[Any], sql_type: str) -> Sql:
    """Whether a value is one of these: one parameter for any number of them, and none is false."""
    return Sql("({} = ANY({}))", value, Parameter(values, f"{sql_type}[]"))
