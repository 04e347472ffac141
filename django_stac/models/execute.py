"""The one place that sends hand-written SQL. What it says is not known here."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from time import monotonic
from typing import Any, Self, TypeVar

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from django_stac.conf import stac_settings
from django_stac.exceptions import QueryTimeout

Rows = list[tuple[Any, ...]]
T = TypeVar("T")
AT_ONCE = 0.25
"""Seconds in which a connection that was dead before shows it."""


class BinaryCursor(psycopg.Cursor[tuple[Any, ...]]):
    """A cursor whose parameters and results travel as they are: documents arrive as bytes."""

    prepare: bool | None = None
    """False never reuses a plan that was made for other values; None leaves it to the connection."""

    def execute(self, query: Any, params: Any = None, **_: Any) -> Self:
        return super().execute(query, params, prepare=self.prepare, binary=True)


def fetched(using: str, statement: sql.Composable, params: Mapping[str, Any], *, reuse_plan: bool = False) -> Rows:
    """Run one statement that reads on an alias and return its rows. Raises QueryTimeout.

    Django's own cursor lends its wrapper: ``execute_wrappers`` and query log of the site stay in force. So does the
    health check: the statement itself is one, which spares asking before it.
    """
    connection = connections[using]
    with timeouts_named():
        return sent(connection, partial(rows_of, connection, statement, params, reuse_plan=reuse_plan))


def sent(connection: Any, ask: Callable[[], T]) -> T:
    """Ask; where Django would check the connection first, the question is the check."""
    return ask() if is_checked(connection) else asked_as_check(connection, ask)


def rows_of(
    connection: BaseDatabaseWrapper, statement: sql.Composable, params: Mapping[str, Any], *, reuse_plan: bool
) -> Rows:
    """Send a statement."""
    with connection.cursor() as cursor:
        raw = BinaryCursor(connection.connection)
        raw.prepare = None if reuse_plan else False
        cursor.cursor = raw
        cursor.execute(statement.as_string(raw.connection), params)
        return list(cursor.fetchall())


def is_checked(connection: Any) -> bool:
    """Whether there is nothing for Django to check: no connection, no wish, or it was done since the request began."""
    wanted = connection.health_check_enabled and not connection.health_check_done
    return connection.connection is None or connection.in_atomic_block or not wanted


def asked_as_check(connection: Any, ask: Callable[[], T]) -> T:
    """Ask; if the connection turns out to be dead at once, ask again on a new one. What is ended later stays ended."""
    connection.health_check_done, began = True, monotonic()
    try:
        return ask()
    except (OperationalError, InterfaceError):
        if monotonic() - began > AT_ONCE or connection.is_usable():
            raise
        connection.close()
        return ask()


@contextmanager
def limited(using: str) -> Iterator[None]:
    """Hold the statements inside to the site's timeout, and none after them. They must not write."""
    connection = connections[using]
    limit = f"SET LOCAL statement_timeout = {int(stac_settings.STATEMENT_TIMEOUT)}"
    if connection.in_atomic_block or not connection.get_autocommit():
        with limited_in_transaction(connection, limit):
            yield
        return
    # One message, where `atomic` and a limit would take two.
    sent(connection, partial(run, connection, f"BEGIN; {limit}"))
    try:
        yield
    except BaseException:
        rolled_back(connection)
        raise
    run(connection, "COMMIT")


@contextmanager
def limited_in_transaction(connection: BaseDatabaseWrapper, limit: str) -> Iterator[None]:
    """Limit statements inside the site's own transaction, for which a released savepoint would keep the limit."""
    with transaction.atomic(using=connection.alias):
        run(connection, limit)
        yield
        transaction.set_rollback(True, using=connection.alias)


def run(connection: BaseDatabaseWrapper, text: str) -> None:
    """Send statements that have neither parameters nor rows, several of them at once."""
    with connection.cursor() as cursor:
        cursor.cursor = psycopg.ClientCursor(connection.connection)
        cursor.execute(text)


def rolled_back(connection: BaseDatabaseWrapper) -> None:
    """End a transaction in which something was wrong; with a connection that is gone it has ended."""
    try:
        run(connection, "ROLLBACK")
    except DatabaseError:
        connection.close()


@contextmanager
def timeouts_named() -> Iterator[None]:
    """Turn the database's word for a timeout into ours."""
    try:
        yield
    except OperationalError as error:
        if isinstance(error.__cause__, psycopg.errors.QueryCanceled):
            raise QueryTimeout from error
        raise
