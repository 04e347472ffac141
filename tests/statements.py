"""What the server is asked, as the server logs it: a raw cursor is invisible to Django's own capturing."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connections
from psycopg.errors import Diagnostic

MARKS = ("statement: ", "execute ")


@contextmanager
def statements(using: str = "default") -> Iterator[list[str]]:
    """Collect the text of every statement that the connection sends inside; skipped where no superuser asks."""
    connection = connections[using]
    connection.ensure_connection()
    if connection.connection.info.parameter_status("is_superuser") != "on":
        pytest.skip("only a superuser may read what the server logs")
    seen: list[str] = []

    def note(notice: Diagnostic) -> None:
        message = notice.message_primary or ""
        if notice.severity_nonlocalized == "LOG" and message.startswith(MARKS):
            seen.append(message.split(": ", 1)[1])

    connection.connection.add_notice_handler(note)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET log_min_messages = 'panic'; SET client_min_messages = 'log'; SET log_statement = 'all'")
        yield seen
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET log_statement; RESET client_min_messages; RESET log_min_messages")
        connection.connection.remove_notice_handler(note)
        seen[:] = [text for text in seen if not text.startswith("RESET log_statement")]
