"""How the database reads texts: the text search configuration that the words of items are read with, and Unicode."""

from typing import Any

from django.db import DatabaseError, transaction

from django_stac.checks.databases import asked_for
from django_stac.checks.messages import Messages, error, line, warning
from django_stac.conf import stac_settings
from django_stac.cql2.texts import COLLATION
from django_stac.models.words import stored_config

KNOWN = "SELECT cfgname FROM pg_ts_config WHERE pg_ts_config_is_visible(oid) ORDER BY cfgname"

UNICODE = "SELECT getdatabaseencoding() = 'UTF8' AND EXISTS (SELECT FROM pg_collation WHERE collname = %s)"


@asked_for
def check_config(alias: str, connection: Any) -> Messages:
    """E016: the text search configuration is not there, so that no words could be read."""
    if full_name(connection, stac_settings.TEXT_SEARCH_CONFIG):
        return []
    with connection.cursor() as cursor:
        cursor.execute(KNOWN)
        known = ", ".join(name for (name,) in cursor.fetchall())
    message = f"DJANGO_STAC['TEXT_SEARCH_CONFIG'] = {stac_settings.TEXT_SEARCH_CONFIG!r} is unknown to {alias!r}."
    return [error("django_stac.E016", message, f"Write {line('TEXT_SEARCH_CONFIG', 'simple')}, or one of {known}.")]


def full_name(connection: Any, config: str) -> str | None:
    """A configuration as the database writes it; None when there is none."""
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("SELECT %s::regconfig::text", [config])
            (name,) = cursor.fetchone()
    except (DatabaseError, ValueError):
        return None
    return str(name)


@asked_for
def check_words(alias: str, connection: Any) -> Messages:
    """W010: the words of items were read with another configuration, and are still found in that one."""
    wanted, stored = full_name(connection, stac_settings.TEXT_SEARCH_CONFIG), stored_config(alias)
    if None in (wanted, stored) or wanted == stored:
        return []
    message = f"The words of items in the database {alias!r} were read as {stored!r}, and DJANGO_STAC says {wanted!r}."
    return [warning("django_stac.W010", message, "Run `manage.py stac_index --words`, and start the site again.")]


@asked_for
def check_letters(alias: str, connection: Any) -> Messages:
    """W011: filters cannot leave out case or accents: the server knows no Unicode."""
    with connection.cursor() as cursor:
        cursor.execute(UNICODE, [COLLATION])
        (knows,) = cursor.fetchone()
    if knows:
        return []
    message = f"The database {alias!r} is not in UTF8, or has no collation {COLLATION!r}: CASEI and ACCENTI fail."
    return [warning("django_stac.W011", message, "Take a PostgreSQL that is built with ICU, and a database in UTF8.")]
