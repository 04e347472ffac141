"""Texts as the database's text search sees them. An index serves a search when both have the very same expression."""

from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Expression, F, Func, Value
from django.db.models.functions import Coalesce


class Config(Expression):
    """The name of a text search configuration, as a constant: with a parameter no index would be used."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[()]]:
        return "'{}'::regconfig".format(self.name.replace("'", "''").replace("%", "%%")), ()


class TextVector(Func):
    """The words of one or more texts; null is none."""

    function = "to_tsvector"
    output_field = SearchVectorField()

    def __init__(self, config: str, *texts: str) -> None:
        joined = Func(Value(" "), *(Coalesce(F(text), Value("")) for text in texts), function="concat_ws")
        super().__init__(Config(config), joined)


class JSONVector(Func):
    """The words of all texts in a JSON column, however deep."""

    function = "jsonb_to_tsvector"
    template = """%(function)s(%(expressions)s, '["string"]')"""
    output_field = SearchVectorField()

    def __init__(self, config: str, column: str) -> None:
        super().__init__(Config(config), F(column))
