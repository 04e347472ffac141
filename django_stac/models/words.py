"""Texts as the database's text search sees them."""

from functools import cache
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import connections
from django.db.models import Expression, F, Func, Value
from django.db.models.functions import Coalesce

from django_stac.conf import stac_settings


class Config(Expression):
    """A text search configuration as a constant; None is the one that the site names when the statement is written."""

    def __init__(self, name: str | None = None) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[()]]:
        name = stac_settings.TEXT_SEARCH_CONFIG if self.name is None else self.name
        return "'{}'::regconfig".format(name.replace("'", "''").replace("%", "%%")), ()


LONGEST = 50_000
"""Characters of texts that are read: the database refuses to make more than 1 MB of words."""


class TextVector(Func):
    """The words of one or more texts, as far as they are read; null is none."""

    function = "to_tsvector"
    output_field = SearchVectorField()

    def __init__(self, config: str, *texts: str) -> None:
        joined = Func(Value(" "), *(Coalesce(F(text), Value("")) for text in texts), function="concat_ws")
        super().__init__(Config(config), Func(joined, Value(LONGEST), function="left"))


class JSONVector(Func):
    """The words of all texts in a JSON column, however deep: no keys, no numbers.

    Times and what is long without a space (identifiers, URLs) are no words: they would be half of an index, and a
    number would find the seconds of a time.
    """

    function = "jsonb_to_tsvector"
    template = """%(function)s(%(expressions)s, '["string"]')"""
    output_field = SearchVectorField()

    def __init__(self, config: str | None, column: str) -> None:
        super().__init__(Config(config), Func(F(column), template=TEXTS))


class ListVector(Func):
    """The words of a JSON array of texts: of the first 200, unless they are longer than 100 characters."""

    function = "jsonb_to_tsvector"
    template = """%(function)s(%(expressions)s, '["string"]')"""
    output_field = SearchVectorField()

    def __init__(self, config: str, column: str) -> None:
        super().__init__(Config(config), Func(F(column), template=MEMBERS))


MEMBERS = """jsonb_path_query_array(%(expressions)s, '$[0 to 199] ? (!(@ like_regex "^.{101}"))')"""


class WordsOfItem(Func):
    """The words of all texts in the properties of an item; of more than 200 kB those of title and description."""

    template = "(CASE %(expressions)s END)"
    arg_joiner = " "
    output_field = SearchVectorField()

    def __init__(self) -> None:
        properties = F("properties")
        named = Func(Config(), Func(properties, template=NAMED), function="to_tsvector")
        super().__init__(
            Func(properties, template="WHEN octet_length((%(expressions)s)::text) <= 200000"),
            Func(JSONVector(None, "properties"), template="THEN %(expressions)s"),
            Func(named, template="ELSE %(expressions)s"),
        )


class Both(Func):
    """The words of two vectors, one behind the other."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = SearchVectorField()


NAMED = """left(coalesce(%(expressions)s ->> 'title', '') ||
    ' ' || coalesce(%(expressions)s ->> 'description', ''), 50000)"""
TEXTS = """jsonb_path_query_array(%(expressions)s, 'strict $.** ? (\
@.type() == "string" && !(@ like_regex "^[0-9]{4}-[0-9]{2}-[0-9]{2}T|^[!-~]{33}"))')"""


def vector_of_collection(config: str) -> Func:
    """The words of a collection: of its id, title, description and keywords."""
    keywords = Coalesce(ListVector(config, "properties__keywords"), Value("", SearchVectorField()))
    return Both(TextVector(config, "collection_id", "title", "description"), keywords)


CONFIG_OF_ITEMS = """
SELECT (regexp_match(pg_get_expr(adbin, adrelid), $$'((?:[^']|'')*)'::regconfig$$))[1]
FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum
WHERE adrelid = to_regclass('django_stac_item') AND attname = 'words'
"""


def stored_config(using: str) -> str | None:
    """The configuration that the words of an alias's items were read with; None before they were migrated."""
    with connections[using].cursor() as cursor:
        cursor.execute(CONFIG_OF_ITEMS)
        found = cursor.fetchone()
    return str(found[0]).replace("''", "'") if found else None


@cache
def config_of_items(using: str) -> str:
    """The same; a process asks once.

    A changed setting has not changed the column: what is asked for is read as what is stored.
    """
    return stored_config(using) or stac_settings.TEXT_SEARCH_CONFIG
