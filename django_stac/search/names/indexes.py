"""Indexes that make single properties fast. What is asked for is ``cql2.compile``'s expression, and so is the index.

The comment of each index says what it is for, so that those of this app are told from others.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from django.db import connections
from django.db.models import Index
from psycopg.errors import ProgramLimitExceeded

from django_stac.cql2.columns import ITEMS, Target
from django_stac.cql2.compile import value
from django_stac.cql2.queryables import Kind, Queryable, Queryables
from django_stac.exceptions import InvalidParameter
from django_stac.models import Item
from django_stac.models.words import config_of_items

MARK = "django-stac"
OWN = frozenset(ITEMS.own)
"""Properties that have columns of their own."""
TOO_LONG = "holds texts that are too long for an index: it takes about 2,700 bytes of each, compressed."
INDEXES = """
SELECT relation.relname, obj_description(relation.oid, 'pg_class'), pg_relation_size(relation.oid),
       coalesce(pg_stat_get_numscans(relation.oid), 0), index.indisvalid
FROM pg_index AS index JOIN pg_class AS relation ON relation.oid = index.indexrelid
WHERE index.indrelid = to_regclass(%s) AND obj_description(relation.oid, 'pg_class') LIKE %s
ORDER BY relation.relname
"""


@dataclass(frozen=True, slots=True)
class PropertyIndex:
    """An index on a property of items."""

    name: str
    """Of the index."""
    property: str
    kind: Kind
    created: datetime
    bytes: int
    scans: int
    """How often it was used since the statistics of the database began."""
    is_valid: bool
    """False where its making was interrupted."""


def property_indexes(using: str) -> list[PropertyIndex]:
    """The indexes that this app has made on properties."""
    with connections[using].cursor() as cursor:
        cursor.execute(INDEXES, [Item._meta.db_table, f'{{"made_by": "{MARK}"%'])
        return list(map(read, cursor.fetchall()))


def read(row: tuple[str, str, int, int, bool]) -> PropertyIndex:
    """Read a row of the database's own lists."""
    name, comment, size, scans, is_valid = row
    told = json.loads(comment)
    made = datetime.fromisoformat(told["created"])
    return PropertyIndex(name, told["property"], Kind(told["kind"]), made, size, scans, is_valid)


def create_index(name: str, kind: Kind, using: str) -> str:
    """Make a property of this kind fast while others read and write; return the name of the index.

    Raises CQL2Error for what has no order, InvalidParameter where a text is too long. The statistics of the table are
    collected anew.
    """
    expression = value(name, Target(Queryables({name: Queryable(name, kind)}), ITEMS))
    # Not of those alone that have it: of a partial index the planner takes no statistics.
    index = Index(expression, "id", name=index_name(name, kind))
    drop_index(index.name, using)
    try:
        add(index, using)
    except BaseException as error:
        # What is built beside reads and writes stays behind where it fails, and costs with every write.
        drop_index(index.name, using)
        if isinstance(error.__cause__, ProgramLimitExceeded):
            raise InvalidParameter(name, TOO_LONG) from error
        raise
    with connections[using].schema_editor(atomic=False) as editor:
        for statement in described(index.name, name, kind, editor.quote_name):
            editor.execute(statement, params=None)
    return index.name


def add(index: Index, using: str) -> None:
    """Build an index while others read and write."""
    editor: Any
    with connections[using].schema_editor(atomic=False) as editor:
        editor.add_index(Item, index, concurrently=True)


def described(index: str, name: str, kind: Kind, quote: Callable[[str], str]) -> Iterator[str]:
    """Statements that write the comment of an index, and let the planner know what the property holds."""
    comment = json.dumps(
        {"made_by": MARK, "property": name, "kind": kind.value, "created": datetime.now(UTC).isoformat()}
    )
    yield "COMMENT ON INDEX {} IS '{}'".format(quote(index), comment.replace("'", "''"))
    yield f"ANALYZE {quote(Item._meta.db_table)}"


def drop_index(index: str, using: str) -> None:
    """Drop an index while others read and write; one that is not there is none to drop."""
    with connections[using].schema_editor(atomic=False) as editor:
        editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {editor.quote_name(index)}", params=None)


def index_name(name: str, kind: Kind) -> str:
    """A name within PostgreSQL's 63 bytes, whatever the property is called."""
    return f"stac_property_{kind.value}_{blake2b(name.encode(), digest_size=8).hexdigest()}"


def renew_words(using: str) -> None:
    """Read the words of all items anew, in the site's text search configuration: nobody reads or writes meanwhile."""
    words = Item._meta.get_field("words")
    editor: Any
    with connections[using].schema_editor(atomic=True) as editor:
        editor.remove_field(Item, words)
        editor.add_field(Item, words)
        for index in Item._meta.indexes:
            if index.fields == ["words"]:
                editor.add_index(Item, index)
    config_of_items.cache_clear()


@contextmanager
def unlimited(using: str) -> Iterator[None]:
    """Let statements take their time: the site's own timeout, an option of the connection, is for requests."""
    with connections[using].cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    try:
        yield
    finally:
        with connections[using].cursor() as cursor:
            cursor.execute("RESET statement_timeout")
