"""A database of its own for each size of archive: made, recognised, given a URL, dropped. It is not filled here."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from example_project.database import database_from_url

MAKER = "made by the django-stac benchmark"
FULL = MAKER + ": {} items, seed {}"
SESSION = "-c jit=off -c max_parallel_workers_per_gather=0"


class ForeignDatabase(Exception):
    """A database of the benchmark's name that the benchmark has not made, and therefore does not touch."""


def url_for(url: str, items: int) -> str:
    """Name the benchmark's database beside that of DATABASE_URL: ``…/stac`` gives ``…/stac_benchmark_100000``."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path}_benchmark_{items}"))


@contextmanager
def connected(url: str, name: str = "") -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """Connect to the database of the URL, or to another one of its server, until the block ends."""
    with connection(url, name) as opened:
        yield opened


def connection(url: str, name: str = "") -> psycopg.Connection[tuple[Any, ...]]:
    """Connect without Django."""
    given = database_from_url(url)
    address = {key: given[key.upper()] for key in ("user", "password", "host", "port") if given[key.upper()]}
    return psycopg.connect(dbname=name or given["NAME"], autocommit=True, options=SESSION, **address)


def stands(url: str, *, items: int, seed: int) -> bool:
    """Whether a filled database was kept by an earlier run. Raises ForeignDatabase."""
    comment = comment_of(url)
    if comment and not comment.startswith(MAKER):
        raise ForeignDatabase(f"{name_of(url)} was not made by the benchmark: rename it, or drop it yourself.")
    return comment == FULL.format(items, seed)


def create(url: str) -> None:
    """Make an empty database, dropping what an interrupted run has left."""
    drop(url)
    with connected(url, "postgres") as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name_of(url))))
        mark(connection, url, MAKER)


def finish(url: str, *, items: int, seed: int) -> None:
    """Remember that the database is filled."""
    with connected(url) as connection:
        connection.execute("VACUUM ANALYZE")
        mark(connection, url, FULL.format(items, seed))


def drop(url: str) -> None:
    """Drop the database where there is one."""
    with connected(url, "postgres") as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name_of(url))))


def mark(connection: psycopg.Connection[tuple[Any, ...]], url: str, comment: str) -> None:
    statement = sql.SQL("COMMENT ON DATABASE {} IS {}")
    connection.execute(statement.format(sql.Identifier(name_of(url)), sql.Literal(comment)))


def comment_of(url: str) -> str:
    """What is written on the database; empty where there is none."""
    query = "SELECT coalesce(shobj_description(oid, 'pg_database'), '?') FROM pg_database WHERE datname = %s"
    with connected(url, "postgres") as connection:
        row = connection.execute(query, [name_of(url)]).fetchone()
    return str(row[0]) if row else ""


def name_of(url: str) -> str:
    return str(database_from_url(url)["NAME"])
