"""Texts as the database's text search sees them. An index serves a search when both have the very same expression."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
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
    """The words of all texts in a JSON column, however deep: no keys, no numbers.

    Times and what is long without a space (identifiers, URLs) are no words: they would be half of an index, and a
    number would find the seconds of a time.
    """

    function = "jsonb_to_tsvector"
    template = """%(function)s(%(expressions)s, '["string"]')"""
    output_field = SearchVectorField()

    def __init__(self, config: str, column: str) -> None:
        super().__init__(Config(config), Func(F(column), template=TEXTS))


class Both(Func):
    """The words of two vectors, one behind the other."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = SearchVectorField()


TEXTS = """jsonb_path_query_array(%(expressions)s, 'strict $.** ? (\
@.type() == "string" && !(@ like_regex "^[0-9]{4}-[0-9]{2}-[0-9]{2}T|^[!-~]{33}"))')"""
INDEX = "stac_item_words"


def vector_of_item(config: str) -> JSONVector:
    """The words of an item: of all texts in its properties."""
    return JSONVector(config, "properties")


def vector_of_collection(config: str) -> Func:
    """The words of a collection: of its id, title, description and keywords."""
    keywords = Coalesce(JSONVector(config, "properties__keywords"), Value("", SearchVectorField()))
    return Both(TextVector(config, "collection_id", "title", "description"), keywords)


def index_of_words(config: str) -> GinIndex:
    """The index that finds items by their words, in one text search configuration."""
    return GinIndex(vector_of_item(config), name=INDEX)
